//! Opening a round: what it needs, what is frozen, who is recused by rule.

use std::collections::BTreeMap;

use contract::Result;
use contract::judging::OpenRound;
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::{
    ContestSetup, Deadline, Extensions, SetupField, SetupGap, SetupProblem, SetupSection, UnitTree,
};
use rules::entry::{EntryState, EntryStep};
use rules::event::{EntryLabel, Event};
use rules::id::{EntryId, UnitId, UserId};
use rules::judging::{
    Conflict, ConflictRule, OpenProblem, Party, RoundError, RoundOpening, RoundState, ScorecardState,
    conflict_of, frozen_hash,
};
use rules::time::Timestamp;
use store::Conn;
use store::entry::EntryAuthor;
use store::judging::{CardRow, Frozen, Juror, Outcome};

use super::card::empty;
use super::scope::{Scope, begin};
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// Why a judge is recused, as the record of a Vietnamese contest says it.
const IS_AUTHOR: &str = "giám khảo là tác giả của bài dự thi";
const SAME_UNIT: &str = "cùng đơn vị với tác giả";

/// What a round starts with.
pub(super) struct Opening {
    entries: Vec<(EntryId, EntryLabel)>,
    recused: Vec<(EntryId, UserId, &'static str)>,
    state: RoundState,
    /// Why it cannot open; empty when it can.
    pub(super) blocks: Vec<Violation>,
}

/// Opens a round.
pub(super) async fn open_round(ctx: &Ctx, actor: &Actor, command: OpenRound) -> Result<()> {
    let (me, begun) = begin::<()>(ctx, actor, command.round, command.key, &command).await?;
    let Begun::New(mut tx) = begun else { return Ok(()) };
    let scope = Scope::load(tx.conn(), command.round).await?;
    scope.at_desk(actor, Action::OpenRound)?;
    let now = scope.now(ctx);
    let opening = prepare(tx.conn(), &scope, now).await?;
    if let Some(block) = opening.blocks.into_iter().next() {
        return Err(block.into());
    }

    let plan = scope.plan()?;
    let hash = frozen_hash(&plan.rubric, &plan.policy).map_err(|problem| internal(&problem))?;
    let frozen = Frozen {
        rubric: plan.rubric.clone(),
        policy: plan.policy.clone(),
        hash: hash.to_string(),
    };
    store::judging::freeze(tx.conn(), command.round, opening.state, &frozen)
        .await
        .fault()?;
    store::judging::add_round_entries(tx.conn(), command.round, &opening.entries)
        .await
        .fault()?;
    let ids: Vec<EntryId> = opening.entries.iter().map(|(entry, _)| *entry).collect();
    store::judging::set_entry_states(tx.conn(), &ids, EntryState::InRound)
        .await
        .fault()?;
    let recusal = |(entry, judge, reason): &(EntryId, UserId, &'static str)| CardRow {
        state: ScorecardState::Recused,
        reason: Some((*reason).to_owned()),
        by_rule: true,
        ..empty(ctx, command.round, *entry, *judge, now)
    };
    let cards: Vec<CardRow> = opening.recused.iter().map(recusal).collect();
    store::judging::insert_cards(tx.conn(), &cards).await.fault()?;
    let phase = scope.contest.phase.start_judging().map_err(Violation::from)?;
    if phase != scope.contest.phase {
        store::contest::set_phase(tx.conn(), scope.contest.id, phase, now)
            .await
            .fault()?;
    }

    let opened = Event::RoundOpened {
        round: command.round,
        ordinal: scope.round.ordinal,
        code: scope.round.code.clone(),
        rubric: frozen.rubric,
        policy: frozen.policy,
        frozen_hash: frozen.hash,
        entries: opening.entries.clone(),
        judges: scope
            .seats
            .iter()
            .map(|seat| (seat.person, seat.label.clone()))
            .collect(),
    };
    tx.record(scope.contest.id, Some(me), now, opened).fault()?;
    let labels: BTreeMap<EntryId, EntryLabel> = opening.entries.into_iter().collect();
    for (entry, judge, reason) in opening.recused {
        let label = labels
            .get(&entry)
            .cloned()
            .unwrap_or_else(|| EntryLabel(String::new()));
        let event = Event::Recused {
            round: command.round,
            entry,
            label,
            judge,
            seat: scope.seat_label(judge),
            reason: reason.to_owned(),
            by_rule: true,
        };
        // nobody decided it: the rule did
        tx.record(scope.contest.id, None, now, event).fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// Gathers what a planned round would start with, and what is in its way.
pub(super) async fn prepare(db: &impl Conn, scope: &Scope, now: Timestamp) -> Result<Opening> {
    let plan = scope.plan()?;
    let setup = &scope.contest.setup;
    let (found, earlier_locked) = if scope.round.ordinal == 0 {
        (first_entries(db, scope, now).await?, true)
    } else {
        later_entries(db, scope).await?
    };
    let recused = recusals(db, scope, &found.entries).await?;
    let opening = RoundOpening {
        rubric: &plan.rubric,
        policy: &plan.policy,
        judges: scope.seats.len(),
        chairs: scope.seats.iter().filter(|seat| seat.chair).count(),
        entries: found.entries.len(),
        earlier_locked,
    };
    let mut blocks = found.blocks;
    let state = match scope.round.state.open(&opening) {
        Ok(state) => state,
        Err(RoundError::Open { problems }) => {
            blocks.extend(problems.iter().map(|problem| violation(problem, setup, scope)));
            scope.round.state
        }
        Err(_) => {
            blocks.insert(
                0,
                Violation::RoundState {
                    state: scope.round.state,
                },
            );
            scope.round.state
        }
    };
    if scope.seats.len() == 1 {
        blocks.push(jury_gap(scope, SetupProblem::JuryTooSmall));
    }
    // better said now, while the jury can still be changed, than when the round cannot be locked
    let short = |entry: &&(EntryId, EntryLabel)| {
        let away = recused.iter().filter(|(recused, ..)| *recused == entry.0).count();
        let appointed = scope.seats.len();
        appointed > 0
            && !plan
                .policy
                .quorum
                .is_met(appointed.saturating_sub(away) as u32, appointed as u32)
    };
    let short: Vec<EntryLabel> = found
        .entries
        .iter()
        .filter(short)
        .map(|(_, label)| label.clone())
        .collect();
    if !short.is_empty() {
        blocks.push(Violation::QuorumNotMet { entries: short });
    }
    Ok(Opening {
        entries: found.entries,
        recused,
        state,
        blocks,
    })
}

struct Found {
    entries: Vec<(EntryId, EntryLabel)>,
    blocks: Vec<Violation>,
}

/// Accepted entries, once the intake is over and all are checked.
async fn first_entries(db: &impl Conn, scope: &Scope, now: Timestamp) -> Result<Found> {
    let setup = &scope.contest.setup;
    let candidates = store::judging::candidates(db, scope.contest.id).await.fault()?;
    let extended = store::deadline::last_until(db, scope.contest.id).await.fault()?;
    let mut blocks: Vec<Violation> = before_deadline(setup, extended, now).into_iter().collect();
    let unchecked = candidates
        .iter()
        .filter(|entry| matches!(entry.state, EntryState::Forwarded | EntryState::EligibilityCheck))
        .count() as u32;
    if unchecked > 0 {
        blocks.push(Violation::EntriesUnchecked { count: unchecked });
    }
    let accepted: Vec<_> = candidates
        .into_iter()
        .filter(|entry| entry.state.after(EntryStep::EnterRound).is_ok())
        .collect();
    if accepted.len() < 2 {
        blocks.push(Violation::TooFewEntries {
            count: accepted.len() as u32,
        });
    }
    let blind = setup.eligibility.blind;
    if blind && accepted.iter().any(|entry| entry.blind_code.is_none()) {
        blocks.push(Violation::BlindCodesMissing);
    }
    let label = |blind_code: Option<String>, code: Option<String>| {
        EntryLabel((if blind { blind_code } else { code }).unwrap_or_default())
    };
    let mut entries: Vec<_> = accepted
        .into_iter()
        .map(|entry| (entry.entry, label(entry.blind_code, entry.code)))
        .collect();
    // in the order of labels, so that the queue does not tell who submitted first
    entries.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(Found { entries, blocks })
}

/// What the round before let through, under the same labels; and whether it is locked.
async fn later_entries(db: &impl Conn, scope: &Scope) -> Result<(Found, bool)> {
    let rounds = store::contest::rounds(db, scope.contest.id).await.fault()?;
    let earlier = rounds
        .into_iter()
        .rfind(|round| round.ordinal < scope.round.ordinal);
    let Some(earlier) = earlier.filter(|round| round.state.is_locked()) else {
        return Ok((
            Found {
                entries: Vec::new(),
                blocks: Vec::new(),
            },
            false,
        ));
    };
    let mut entries = store::judging::round_entries(db, &[earlier.id]).await.fault()?;
    entries.retain(|entry| {
        entry.outcome == Some(Outcome::Advanced) && entry.state.after(EntryStep::EnterRound).is_ok()
    });
    let entries = entries
        .into_iter()
        .map(|entry| (entry.entry, entry.label))
        .collect();
    Ok((
        Found {
            entries,
            blocks: Vec::new(),
        },
        true,
    ))
}

/// The intake is still running: its deadlines with their grace, and what was put off for single entries or units.
fn before_deadline(setup: &ContestSetup, extended: Option<Timestamp>, now: Timestamp) -> Option<Violation> {
    let timetable = &setup.timetable;
    let extensions = Extensions {
        entry: extended,
        unit: extended,
    };
    let deadlines = [
        rules::contest::submission(timetable, None, extensions),
        rules::contest::forwarding(timetable, extended),
    ];
    let last = deadlines.into_iter().flatten().max_by_key(Deadline::last)?;
    (now <= last.last()).then(|| Violation::BeforeDeadline {
        milestone: last.milestone,
        deadline: last.last(),
        zone: timetable.zone.clone(),
    })
}

/// Who does not score what, by the rules of conflict.
async fn recusals(
    db: &impl Conn,
    scope: &Scope,
    entries: &[(EntryId, EntryLabel)],
) -> Result<Vec<(EntryId, UserId, &'static str)>> {
    let ids: Vec<EntryId> = entries.iter().map(|(entry, _)| *entry).collect();
    let mut authors: BTreeMap<EntryId, Vec<Party>> = BTreeMap::new();
    let tree = UnitTree::new(store::account::units(db).await.fault()?);
    for author in store::entry::authors(db, &ids).await.fault()? {
        authors
            .entry(author.entry)
            .or_default()
            .push(author_party(&tree, &author));
    }
    let judges: Vec<(UserId, Party)> = scope
        .seats
        .iter()
        .map(|seat| (seat.person, judge_party(&tree, seat)))
        .collect();
    let rule = ConflictRule {
        same_unit: true,
        level: scope.contest.setup.eligibility.conflict_level,
    };
    let mut recused = Vec::new();
    for entry in ids {
        let authors = authors.get(&entry).map_or(&[][..], Vec::as_slice);
        for (judge, party) in &judges {
            match conflict_of(party, authors, rule, None) {
                Some(Conflict::Author) => recused.push((entry, *judge, IS_AUTHOR)),
                Some(Conflict::SameUnit { .. }) => recused.push((entry, *judge, SAME_UNIT)),
                Some(Conflict::Declared { .. }) | None => {}
            }
        }
    }
    Ok(recused)
}

fn judge_party(tree: &UnitTree, seat: &Juror) -> Party {
    Party {
        user: Some(seat.person),
        unit_path: path(tree, seat.unit),
    }
}

fn author_party(tree: &UnitTree, author: &EntryAuthor) -> Party {
    Party {
        user: author.person,
        unit_path: path(tree, author.unit),
    }
}

/// The unit and everything above it, from the root down.
fn path(tree: &UnitTree, unit: Option<UnitId>) -> Vec<UnitId> {
    let mut path = unit.map(|unit| tree.ancestors(unit)).unwrap_or_default();
    path.reverse();
    path
}

fn violation(problem: &OpenProblem, setup: &ContestSetup, scope: &Scope) -> Violation {
    let round = setup
        .rounds
        .iter()
        .position(|plan| plan.code == scope.round.code)
        .unwrap_or_default();
    let gap = |field, problem| Violation::SetupIncomplete {
        gaps: vec![SetupGap {
            section: SetupSection::Rounds,
            field,
            problem,
        }],
    };
    match problem {
        OpenProblem::EarlierRoundOpen => Violation::EarlierRoundOpen,
        OpenProblem::NoJudges => jury_gap(scope, SetupProblem::JuryTooSmall),
        OpenProblem::NotOneChair { .. } => jury_gap(scope, SetupProblem::NoChair),
        OpenProblem::NoEntries => Violation::TooFewEntries { count: 0 },
        OpenProblem::Rubric { .. } => gap(SetupField::Rubric(round), SetupProblem::RubricInvalid),
        OpenProblem::Policy { .. } => gap(SetupField::Policy(round), SetupProblem::PolicyInvalid),
    }
}

fn jury_gap(scope: &Scope, problem: SetupProblem) -> Violation {
    let round = scope
        .contest
        .setup
        .rounds
        .iter()
        .position(|plan| plan.code == scope.round.code);
    let field = SetupField::Jury(round.unwrap_or_default());
    Violation::SetupIncomplete {
        gaps: vec![SetupGap {
            section: SetupSection::Juries,
            field,
            problem,
        }],
    }
}
