//! What viewers follow: live events without scores or names, and the reducer both sides fold them with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contest::ContestPhase;
use crate::id::{RoundId, UnitId};
use crate::judging::RoundState;

/// How an entry is called while it is judged: its blind code, or its entry code where the contest is not blind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryLabel(pub String);

/// How a judge's seat is called on boards, e.g. "GK 3".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeatLabel(pub String);

/// State of one judge × entry cell. It says that a ballot is in, never what is on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    #[default]
    Empty,
    Submitted,
    Recused,
    /// Reopened for a deliberation.
    Reopened,
}

/// A change as viewers get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiveEvent {
    PhaseChanged {
        phase: ContestPhase,
    },
    EntryReceived {
        unit: Option<UnitId>,
        day: chrono::NaiveDate,
    },
    /// Submitted again after a return: counts once.
    EntryRevised,
    EntryForwarded {
        unit: Option<UnitId>,
    },
    EntryWithdrawn {
        unit: Option<UnitId>,
        was_forwarded: bool,
    },
    RoundOpened {
        round: RoundId,
        ordinal: u32,
        entries: Vec<EntryLabel>,
        judges: Vec<SeatLabel>,
        /// Ballots wanted in all: entries × judges.
        of: u32,
        wants_order: bool,
    },
    BallotChanged {
        round: RoundId,
        seat: SeatLabel,
        entry: EntryLabel,
        cell: CellState,
    },
    OrderSubmitted {
        round: RoundId,
        seat: SeatLabel,
    },
    DeliberationOpened {
        round: RoundId,
        entry: EntryLabel,
    },
    DeliberationClosed {
        round: RoundId,
        entry: EntryLabel,
    },
    RoundLocked {
        round: RoundId,
        advanced: u32,
        last: bool,
    },
    /// The public form of a ballot: one more done, or one fewer when reopened; nothing of who or which.
    RoundStepped {
        round: RoundId,
        reopened: bool,
    },
}

/// Entries of one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCount {
    pub received: u32,
    pub forwarded: u32,
}

/// How full a round is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundProgress {
    pub round: RoundId,
    pub ordinal: u32,
    pub state: RoundState,
    pub entries: Vec<EntryLabel>,
    pub judges: Vec<SeatLabel>,
    /// Only cells that are not empty; keyed `seat`, then `entry`.
    pub cells: BTreeMap<SeatLabel, BTreeMap<EntryLabel, CellState>>,
    pub wants_order: bool,
    pub orders_in: Vec<SeatLabel>,
    pub deliberating: Vec<EntryLabel>,
    pub advanced: u32,
    /// Ballots wanted in all.
    pub of: u32,
    /// Ballots done, counted where the grid itself is not shown.
    pub counted: u32,
}

impl RoundProgress {
    /// The state of a cell.
    pub fn cell(&self, seat: &SeatLabel, entry: &EntryLabel) -> CellState {
        self.cells
            .get(seat)
            .and_then(|row| row.get(entry))
            .copied()
            .unwrap_or_default()
    }

    /// Cells that are done (submitted or recused) and cells in all.
    pub fn done(&self) -> (u32, u32) {
        if self.judges.is_empty() {
            return (self.counted, self.of);
        }
        let done = self
            .cells
            .values()
            .flat_map(BTreeMap::values)
            .filter(|cell| matches!(cell, CellState::Submitted | CellState::Recused))
            .count();
        (done as u32, self.of)
    }

    /// Done and all cells of one judge.
    pub fn done_by(&self, seat: &SeatLabel) -> (u32, u32) {
        let done = self.cells.get(seat).map_or(0, |row| {
            row.values()
                .filter(|cell| matches!(cell, CellState::Submitted | CellState::Recused))
                .count()
        });
        (done as u32, self.entries.len() as u32)
    }
}

/// The live picture of a contest, as far as its viewer may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Sequence number of the last event folded in.
    pub seq: i64,
    pub phase: Option<ContestPhase>,
    pub received: u32,
    pub forwarded: u32,
    pub units: BTreeMap<String, UnitCount>,
    /// Entries received per day in the contest's zone, `yyyy-MM-dd`.
    pub days: BTreeMap<String, u32>,
    pub rounds: Vec<RoundProgress>,
}

impl Progress {
    /// Folds one event in. Events at or below [`Progress::seq`] were folded already and change nothing, so a replay
    /// after a lost connection is harmless.
    pub fn apply(&mut self, seq: i64, event: &LiveEvent) {
        if seq <= self.seq {
            return;
        }
        self.seq = seq;
        match event {
            LiveEvent::PhaseChanged { phase } => self.phase = Some(*phase),
            LiveEvent::EntryReceived { unit, day } => {
                self.received += 1;
                *self.days.entry(day.to_string()).or_default() += 1;
                self.unit(unit).received += 1;
            }
            LiveEvent::EntryRevised => {}
            LiveEvent::EntryForwarded { unit } => {
                self.forwarded += 1;
                self.unit(unit).forwarded += 1;
            }
            LiveEvent::EntryWithdrawn { unit, was_forwarded } => {
                self.received = self.received.saturating_sub(1);
                let count = self.unit(unit);
                count.received = count.received.saturating_sub(1);
                if *was_forwarded {
                    count.forwarded = count.forwarded.saturating_sub(1);
                    self.forwarded = self.forwarded.saturating_sub(1);
                }
            }
            LiveEvent::RoundOpened {
                round,
                ordinal,
                entries,
                judges,
                of,
                wants_order,
            } => {
                self.phase = Some(ContestPhase::Judging);
                self.rounds.push(RoundProgress {
                    round: *round,
                    ordinal: *ordinal,
                    state: RoundState::Scoring,
                    entries: entries.clone(),
                    judges: judges.clone(),
                    cells: BTreeMap::new(),
                    wants_order: *wants_order,
                    orders_in: Vec::new(),
                    deliberating: Vec::new(),
                    advanced: 0,
                    of: *of,
                    counted: 0,
                });
            }
            LiveEvent::BallotChanged {
                round,
                seat,
                entry,
                cell,
            } => {
                if let Some(round) = self.round(*round) {
                    round
                        .cells
                        .entry(seat.clone())
                        .or_default()
                        .insert(entry.clone(), *cell);
                }
            }
            LiveEvent::OrderSubmitted { round, seat } => {
                if let Some(round) = self.round(*round)
                    && !round.orders_in.contains(seat)
                {
                    round.orders_in.push(seat.clone());
                }
            }
            LiveEvent::DeliberationOpened { round, entry } => {
                if let Some(round) = self.round(*round) {
                    round.state = RoundState::Deliberation;
                    if !round.deliberating.contains(entry) {
                        round.deliberating.push(entry.clone());
                    }
                }
            }
            LiveEvent::DeliberationClosed { round, entry } => {
                if let Some(round) = self.round(*round) {
                    round.deliberating.retain(|open| open != entry);
                    if round.deliberating.is_empty() {
                        round.state = RoundState::Scoring;
                    }
                }
            }
            LiveEvent::RoundLocked {
                round,
                advanced,
                last,
            } => {
                if let Some(round) = self.round(*round) {
                    round.state = RoundState::Locked;
                    round.advanced = *advanced;
                }
                if *last {
                    self.phase = Some(ContestPhase::AwaitingApproval);
                }
            }
            LiveEvent::RoundStepped { round, reopened } => {
                if let Some(round) = self.round(*round) {
                    round.counted = if *reopened {
                        round.counted.saturating_sub(1)
                    } else {
                        round.counted + 1
                    };
                }
            }
        }
    }

    /// The round with this id.
    fn round(&mut self, id: RoundId) -> Option<&mut RoundProgress> {
        self.rounds.iter_mut().find(|round| round.round == id)
    }

    fn unit(&mut self, unit: &Option<UnitId>) -> &mut UnitCount {
        let key = unit.map_or_else(|| "-".to_owned(), |unit| unit.to_string());
        self.units.entry(key).or_default()
    }
}
