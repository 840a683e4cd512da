//! Recording the signed decision: from then on the result is official, public and immutable.

use contract::error::{Conflict, FieldError, FieldProblem};
use contract::results::RecordDecision;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::SignedDocument;
use rules::entry::EntryState;
use rules::event::Event;
use rules::id::EntryId;
use rules::results::{DecisionField, DecisionProblem, DocumentNumberProblem, ResultDecision};
use rules::text::TextProblem;
use store::results::DecisionRow;

use super::final_round::final_round;
use super::prizes::pairs;
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Records the decision.
pub(super) async fn record_decision(ctx: &Ctx, actor: &Actor, command: RecordDecision) -> Result<()> {
    let me = signed_in(actor)?.id;
    let Begun::New(mut tx) = ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    else {
        return Ok(());
    };
    let contest = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::RecordDecision, contest.id, contest.phase)?;
    if contest.version != command.expected {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: contest.version,
        }));
    }
    let now = contest.now(ctx.now());
    let zone = &contest.setup.timetable.zone;
    let locked = store::results::last_event_at(tx.conn(), contest.id, "round_locked")
        .await
        .fault()?;
    let typed = &command.document;
    let issued_on = typed
        .issued_on
        .ok_or_else(|| Error::field("issued_on", FieldProblem::Missing))?;
    let decision = ResultDecision::record(
        &typed.number,
        &typed.symbol,
        issued_on,
        &typed.signer,
        &typed.signer_position,
        zone.date(now),
        locked.map(|at| zone.date(at)),
    )
    .map_err(|problems| Error::Invalid(problems.iter().map(field_error).collect()))?;
    let file = match command.file {
        None => None,
        Some(id) => {
            let found = store::entry::document(tx.conn(), id).await.fault()?;
            let own = found.filter(|document| document.contest == contest.id);
            Some(own.ok_or_else(|| Error::field("file", FieldProblem::Malformed))?)
        }
    };
    let awards = store::results::awards(tx.conn(), contest.id).await.fault()?;
    if awards.is_empty() {
        // no prize at all is a result too, where the floor lets nobody through
        let last = final_round(tx.conn(), &contest).await?;
        if last.is_none_or(|last| last.allocation.tie.is_some() || !last.allocation.awards.is_empty()) {
            return Err(Violation::PrizesMissing.into());
        }
    }
    let ranked = store::results::entries_in(tx.conn(), contest.id, &[EntryState::Ranked])
        .await
        .fault()?;
    if awards.iter().any(|award| !ranked.contains(&award.entry)) {
        // somebody proposed has left since: the prizes are to be proposed anew
        return Err(Violation::PrizesMissing.into());
    }
    let phase = contest.phase.publish().map_err(Violation::from)?;

    let document = SignedDocument {
        number: decision.number().number.clone(),
        symbol: decision.number().symbol.clone(),
        issued_on: Some(decision.issued_on()),
        signer: decision.signer().to_owned(),
        signer_position: decision.position().to_owned(),
    };
    let row = DecisionRow {
        contest: contest.id,
        document,
        file: file.as_ref().map(|file| file.id),
        recorded_at: now,
        recorded_by: me,
    };
    if !store::results::add_decision(tx.conn(), &row).await.fault()? {
        return Err(Error::field("issued_on", FieldProblem::Missing));
    }
    let won = |entry: &EntryId| awards.iter().any(|award| award.entry == *entry);
    let passed_over: Vec<EntryId> = ranked.into_iter().filter(|entry| !won(entry)).collect();
    store::results::give(tx.conn(), &awards).await.fault()?;
    store::judging::set_entry_states(tx.conn(), &passed_over, EntryState::NotAwarded)
        .await
        .fault()?;
    store::contest::set_phase(tx.conn(), contest.id, phase, now)
        .await
        .fault()?;
    let event = Event::DecisionRecorded {
        number: row.document.number,
        symbol: row.document.symbol,
        issued_on: decision.issued_on(),
        signer: row.document.signer,
        signer_position: row.document.signer_position,
        file_sha256: file.map(|file| file.sha256),
        awards: pairs(&awards),
    };
    tx.record(contest.id, Some(me), now, event).fault()?;
    ctx.finish(tx, command.key, me, &()).await
}

/// A problem as the form shows it.
fn field_error(problem: &DecisionProblem) -> FieldError {
    let field = match problem.field() {
        DecisionField::Number => "number",
        DecisionField::Symbol => "symbol",
        DecisionField::IssuedOn => "issued_on",
        DecisionField::Signer => "signer",
        DecisionField::Position => "signer_position",
    };
    let problem = match problem {
        DecisionProblem::Number { why } => match why {
            DocumentNumberProblem::NumberMissing | DocumentNumberProblem::SymbolMissing => {
                FieldProblem::Missing
            }
            _ => FieldProblem::Malformed,
        },
        DecisionProblem::Text { why, .. } => match why {
            TextProblem::Empty => FieldProblem::Missing,
            TextProblem::TooLong { max, .. } => FieldProblem::TooLong { max: *max as u32 },
            TextProblem::Hidden { .. } => FieldProblem::Malformed,
        },
        // a date that is none of this decision's
        DecisionProblem::InFuture { .. } | DecisionProblem::BeforeRanking { .. } => FieldProblem::NotADate,
    };
    FieldError::new(field, problem)
}
