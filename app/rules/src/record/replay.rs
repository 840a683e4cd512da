//! The record recomputed: the chain walked, every round counted again, the prizes given again, and the first thing that
//! differs from what was published.

mod ballots;
mod difference;

pub use difference::{Difference, Mismatch};

use std::collections::{BTreeMap, BTreeSet};

use self::ballots::Ballots;
use super::{ContestRecord, FORMAT, LedgerLine};
use crate::entry::{EntryState, EntryStep};
use crate::event::Event;
use crate::id::{EntryId, RoundId};
use crate::judging::{ScoringPolicy, Tally, advance, frozen_hash};
use crate::ledger::{Hash32, LedgerRow, Unsealed, verify_chain};
use crate::results::{PrizeTier, allocate, shared_tiers};

/// A locked round as recomputed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayedRound {
    pub round: RoundId,
    pub code: String,
    pub policy: ScoringPolicy,
    pub tally: Tally<EntryId>,
    /// In the order of the ranking; empty for the last round.
    pub advanced: Vec<EntryId>,
}

/// A record that agrees with what the rules compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Last hash of the chain.
    pub head: Hash32,
    pub events: usize,
    pub rounds: Vec<ReplayedRound>,
    /// Prizes as decided; empty before a decision.
    pub awards: Vec<(EntryId, String)>,
}

/// Recomputes a record.
///
/// # Errors
/// The first [`Mismatch`], in the order: format, hashes, events, published prizes.
pub fn replay(record: &ContestRecord) -> Result<Replayed, Mismatch> {
    if record.format != FORMAT {
        return Err(Mismatch::Format {
            found: record.format.clone(),
        });
    }
    let head = check_hashes(record)?;
    let mut replay = Replay::new(record);
    for line in &record.ledger {
        replay.apply(&line.event).map_err(|what| Mismatch::Event {
            seq: line.seq,
            what: Box::new(what),
        })?;
    }
    replay.check_published()?;
    Ok(Replayed {
        head,
        events: record.ledger.len(),
        rounds: replay.locked,
        awards: replay.decided.unwrap_or_default(),
    })
}

/// The chain, and the hash the record ends with.
fn check_hashes(record: &ContestRecord) -> Result<Hash32, Mismatch> {
    let rows: Result<Vec<LedgerRow>, Mismatch> = record.ledger.iter().map(|line| row(record, line)).collect();
    let head = verify_chain(&rows?)?;
    if record.head != head.to_string() {
        return Err(Mismatch::Head {
            expected: head,
            found: record.head.clone(),
        });
    }
    Ok(head)
}

fn row(record: &ContestRecord, line: &LedgerLine) -> Result<LedgerRow, Mismatch> {
    let unreadable = || Mismatch::Unreadable { seq: line.seq };
    Ok(LedgerRow {
        event: Unsealed {
            contest: record.contest,
            seq: line.seq,
            at: line.at,
            actor: line.actor,
            kind: line.event.kind().to_owned(),
            body: serde_json::to_value(&line.event).map_err(|_| unreadable())?,
        },
        prev_hash: line.prev_hash.parse().map_err(|_| unreadable())?,
        hash: line.hash.parse().map_err(|_| unreadable())?,
    })
}

/// What the events so far add up to.
struct Replay<'a> {
    record: &'a ContestRecord,
    codes: BTreeMap<EntryId, String>,
    /// Withdrawn or disqualified: in no tally from then on, and without a prize.
    out: BTreeSet<EntryId>,
    open: BTreeMap<RoundId, Ballots>,
    locked: Vec<ReplayedRound>,
    /// The last round is locked.
    ranked: bool,
    proposed: Option<Vec<(EntryId, String)>>,
    decided: Option<Vec<(EntryId, String)>>,
}

impl<'a> Replay<'a> {
    fn new(record: &'a ContestRecord) -> Self {
        Self {
            record,
            codes: BTreeMap::new(),
            out: BTreeSet::new(),
            open: BTreeMap::new(),
            locked: Vec::new(),
            ranked: false,
            proposed: None,
            decided: None,
        }
    }

    fn apply(&mut self, event: &Event) -> Result<(), Difference> {
        match event {
            Event::ContestCreated { code } if *code != self.record.code => {
                return Err(Difference::ContestCode {
                    expected: code.clone(),
                    found: self.record.code.clone(),
                });
            }
            Event::EntrySubmitted { entry, code, .. } => {
                self.codes.insert(*entry, code.clone());
            }
            Event::EntryMoved {
                entry, from, step, ..
            } => self.moved(*entry, *from, *step),
            Event::RoundOpened { .. } => self.open(event)?,
            Event::RoundLocked {
                round,
                tally_hash,
                ranking,
                advanced,
                eliminated,
                last,
            } => {
                let published = Published {
                    tally_hash,
                    ranking,
                    advanced,
                    eliminated,
                    last: *last,
                };
                self.lock(*round, &published)?;
            }
            Event::PrizesProposed { awards } => self.propose(awards)?,
            Event::DecisionRecorded { awards, .. } => self.decide(awards)?,
            Event::HistoricalResultEntered { awards, .. } => self.decided = Some(awards.clone()),
            other => {
                if let Some(round) = ballots::round_of(other) {
                    let ballots = self.open.get_mut(&round).ok_or(Difference::RoundNotOpen)?;
                    ballots.apply(other)?;
                }
            }
        }
        Ok(())
    }

    fn moved(&mut self, entry: EntryId, from: EntryState, step: EntryStep) {
        if matches!(
            from.after(step),
            Ok(EntryState::Withdrawn | EntryState::Disqualified)
        ) {
            self.out.insert(entry);
        }
    }

    fn open(&mut self, event: &Event) -> Result<(), Difference> {
        let Event::RoundOpened {
            round,
            ordinal,
            code,
            rubric,
            policy,
            frozen_hash: found,
            entries,
            judges,
        } = event
        else {
            return Ok(());
        };
        let expected = frozen_hash(rubric, policy)
            .map(|hash| hash.to_string())
            .unwrap_or_default();
        if *found != expected {
            return Err(Difference::FrozenHash {
                expected,
                found: found.clone(),
            });
        }
        let entries: BTreeSet<EntryId> = entries.iter().map(|(entry, _)| *entry).collect();
        if let Some(earlier) = self.locked.last() {
            let mut let_through: BTreeSet<EntryId> = earlier.advanced.iter().copied().collect();
            let_through.retain(|entry| !self.out.contains(entry));
            if entries != let_through {
                return Err(Difference::RoundEntries);
            }
        }
        let judges = judges.iter().map(|(judge, _)| *judge).collect();
        let rule = usize::try_from(*ordinal)
            .ok()
            .and_then(|index| self.record.advance.get(index))
            .cloned()
            .flatten();
        let ballots = Ballots::new(
            code.clone(),
            rubric.clone(),
            policy.clone(),
            rule,
            entries,
            judges,
        );
        if self.open.insert(*round, ballots).is_some() {
            return Err(Difference::RoundTwice);
        }
        Ok(())
    }

    fn lock(&mut self, round: RoundId, published: &Published<'_>) -> Result<(), Difference> {
        let ballots = self.open.remove(&round).ok_or(Difference::RoundNotOpen)?;
        let tally = ballots.count(&self.out)?;
        same_list("ranking", &tally.ranking(), published.ranking)?;
        let (mut advanced, mut eliminated) = (Vec::new(), Vec::new());
        if !published.last {
            let rule = ballots.advance.as_ref().ok_or(Difference::NoAdvanceRule)?;
            let result = advance(&tally, &rule.under(&ballots.policy));
            if !result.undecided.is_empty() {
                return Err(Difference::TieUndecided);
            }
            (advanced, eliminated) = (result.advanced, result.eliminated);
        }
        same_list("advanced", &advanced, published.advanced)?;
        same_list("eliminated", &eliminated, published.eliminated)?;
        let expected = tally.hash().map(|hash| hash.to_string()).unwrap_or_default();
        if *published.tally_hash != expected {
            return Err(Difference::TallyHash {
                expected,
                found: published.tally_hash.clone(),
            });
        }
        self.ranked = published.last;
        self.locked.push(ReplayedRound {
            round,
            code: ballots.code,
            policy: ballots.policy,
            tally,
            advanced,
        });
        Ok(())
    }

    fn propose(&mut self, found: &[(EntryId, String)]) -> Result<(), Difference> {
        let last = self
            .locked
            .last()
            .filter(|_| self.ranked)
            .ok_or(Difference::NoRanking)?;
        let expected = prizes(last, &self.record.prizes, &self.out)?;
        same_awards(&expected, found)?;
        self.proposed = Some(found.to_vec());
        Ok(())
    }

    fn decide(&mut self, found: &[(EntryId, String)]) -> Result<(), Difference> {
        if self.decided.is_some() {
            return Err(Difference::DecidedTwice);
        }
        let proposed = match &self.proposed {
            Some(proposed) => proposed.clone(),
            None => self.nothing_due()?,
        };
        same_awards(&proposed, found)?;
        self.decided = Some(found.to_vec());
        Ok(())
    }

    /// A decision needs no proposal where the floor lets nobody through.
    fn nothing_due(&self) -> Result<Vec<(EntryId, String)>, Difference> {
        let last = self.locked.last().filter(|_| self.ranked);
        let due = prizes(
            last.ok_or(Difference::NoProposal)?,
            &self.record.prizes,
            &self.out,
        )?;
        if due.is_empty() {
            Ok(due)
        } else {
            Err(Difference::NoProposal)
        }
    }

    /// The prizes beside the ledger are those of the decision, under the codes of the entries.
    fn check_published(&self) -> Result<(), Mismatch> {
        let published: Vec<(EntryId, String)> = self
            .record
            .awards
            .iter()
            .map(|award| (award.entry, award.tier.clone()))
            .collect();
        let decided = self.decided.clone().unwrap_or_default();
        same_awards(&decided, &published).map_err(|what| Mismatch::Published { what: Box::new(what) })?;
        for award in &self.record.awards {
            if let Some(code) = self
                .codes
                .get(&award.entry)
                .filter(|code| **code != award.entry_code)
            {
                let what = Difference::EntryCode {
                    expected: code.clone(),
                    found: award.entry_code.clone(),
                };
                return Err(Mismatch::Published { what: Box::new(what) });
            }
        }
        Ok(())
    }
}

/// What the lock of a round wrote down.
struct Published<'a> {
    tally_hash: &'a String,
    ranking: &'a [EntryId],
    advanced: &'a [EntryId],
    eliminated: &'a [EntryId],
    last: bool,
}

/// Prizes of a final ranking. Who left after the lock keeps a place in the ranking but gets no prize.
fn prizes(
    last: &ReplayedRound,
    tiers: &[PrizeTier],
    out: &BTreeSet<EntryId>,
) -> Result<Vec<(EntryId, String)>, Difference> {
    let mut tally = last.tally.clone();
    tally.rows.retain(|row| !out.contains(&row.entry));
    let somebody_left = tally.rows.len() < last.tally.rows.len();
    let shared = shared_tiers(&last.policy, tiers, somebody_left);
    let allocation = allocate(&tally, tiers, last.policy.prize_floor, &shared);
    if allocation.tie.is_some() {
        return Err(Difference::TieUndecided);
    }
    Ok(allocation
        .awards
        .into_iter()
        .map(|award| (award.entry, award.tier))
        .collect())
}

fn same_list(list: &'static str, expected: &[EntryId], found: &[EntryId]) -> Result<(), Difference> {
    let longest = expected.len().max(found.len());
    let place = (0..longest).find(|place| expected.get(*place) != found.get(*place));
    place.map_or(Ok(()), |place| {
        Err(Difference::List {
            list: list.to_owned(),
            place: place + 1,
            expected: expected.get(place).copied(),
            found: found.get(place).copied(),
        })
    })
}

/// Compares prizes as sets: their order is the reader's affair.
fn same_awards(expected: &[(EntryId, String)], found: &[(EntryId, String)]) -> Result<(), Difference> {
    let expected_set: BTreeSet<&(EntryId, String)> = expected.iter().collect();
    let found_set: BTreeSet<&(EntryId, String)> = found.iter().collect();
    if let Some((entry, tier)) = found_set.difference(&expected_set).next() {
        return Err(Difference::PrizeNotEarned {
            entry: *entry,
            tier: tier.clone(),
        });
    }
    if let Some((entry, tier)) = expected_set.difference(&found_set).next() {
        return Err(Difference::PrizeMissing {
            entry: *entry,
            tier: tier.clone(),
        });
    }
    if expected.len() != found.len() {
        return Err(Difference::PrizeTwice);
    }
    Ok(())
}
