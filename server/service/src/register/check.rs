//! The check of entries by the checklist, and the ground it gives a decision.

use std::collections::BTreeMap;

use contract::error::FieldProblem;
use contract::register::{AcceptChecked, AcceptedMany, CheckAct, CheckEntry, CheckView, RegistrationView};
use contract::{Conflict, Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Denied, may};
use rules::entry::{EntryContent, EntryField, EntryProblem, EntryStep, Scan, StatementSection};
use rules::event::Event;
use rules::id::{ContestId, EntryId, UserId, Version};
use rules::register::{CheckFacts, CheckProblem, CheckStanding, Checklist, Finding, ItemAnswer, NOTE_MAX};
use store::Conn;
use store::register::{EntryCheck, Registration};

use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::{Case, contest_of, unit_tree};
use crate::entry::deadline::{self, Extended};
use crate::entry::desk::{UNCHECKED, apply};
use crate::entry::gaps::Check;
use crate::entry::screen::optional_reason;
use crate::error::Fault;
use crate::input::Form;

/// Entries accepted in one act at most.
const MANY: u64 = 200;

/// Everything a decision by the checklist is made from.
struct Ground {
    checklist: Checklist,
    checklist_version: Version,
    /// The check as saved, of whichever submission.
    saved: Option<EntryCheck>,
    /// Answers to the submission at hand.
    answers: BTreeMap<String, ItemAnswer>,
    findings: BTreeMap<String, Finding>,
    registration: Option<Registration>,
}

impl Ground {
    async fn load(db: &impl Conn, case: &Case) -> Result<Self> {
        let row = store::register::checklist(db, case.contest.id).await.fault()?;
        let saved = store::register::check_of(db, case.entry.id).await.fault()?;
        let registration = store::register::registration(db, case.entry.id).await.fault()?;
        let facts = facts(db, case, registration.as_ref()).await?;
        let answers = saved
            .as_ref()
            .filter(|check| check.revision == case.entry.revision)
            .map(|check| check.answers.clone());
        Ok(Self {
            findings: row.checklist.findings(&facts),
            checklist: row.checklist,
            checklist_version: row.version,
            answers: answers.unwrap_or_default(),
            saved,
            registration,
        })
    }

    fn version(&self) -> Version {
        self.saved.as_ref().map_or(Version(0), |check| check.version)
    }
}

/// What a decision leaves behind.
pub(crate) struct Decision {
    /// As the author reads it.
    pub reason: Option<String>,
    /// The answers it was made from, where the contest has a checklist.
    pub event: Option<Event>,
}

/// The ground of a decision: without a checklist a rejection needs a reason; with one, accepting needs every answer and
/// a rejection something that fails, or a reason.
pub(crate) async fn ground(
    db: &impl Conn,
    case: &Case,
    accepted: bool,
    reason: Option<String>,
) -> Result<Decision> {
    let ground = Ground::load(db, case).await?;
    if ground.checklist.0.is_empty() {
        if reason.is_none() && !accepted {
            return Err(Violation::ReasonRequired.into());
        }
        return Ok(Decision { reason, event: None });
    }
    let Ground {
        checklist,
        answers,
        findings,
        ..
    } = &ground;
    let reason = if accepted {
        checklist.may_accept(answers, findings)?;
        reason
    } else {
        Some(checklist.rejection(reason.as_deref(), answers, findings)?)
    };
    let standing = checklist.0.iter().filter_map(|item| {
        let answer = Checklist::answer(item, answers, findings)?;
        Some((item.code.clone(), answer))
    });
    let event = Event::EntryChecked {
        entry: case.entry.id,
        checklist_version: ground.checklist_version.0,
        standing: standing.collect(),
        answers: answers.clone(),
    };
    Ok(Decision {
        reason,
        event: Some(event),
    })
}

/// What the system can say of the last submission.
async fn facts(db: &impl Conn, case: &Case, registration: Option<&Registration>) -> Result<CheckFacts> {
    let (contest, entry) = (&case.contest, &case.entry);
    let submitted = store::entry::revision(db, entry.id, entry.revision)
        .await
        .fault()?;
    let content = submitted.map_or_else(|| entry.content.clone(), |revision| revision.content);
    let files = store::entry::handed_in(db, &[entry.id]).await.fault()?;
    let gaps = Check::load(db, contest.id)
        .await?
        .gaps(&content, &[], &contest.setup);
    let excluded = gaps.iter().filter_map(|gap| match &gap.problem {
        EntryProblem::Excluded(exclusion) => Some(exclusion.clone()),
        _ => None,
    });
    let not_admitted = gaps.iter().filter_map(|gap| match (&gap.field, &gap.problem) {
        (EntryField::AuthorUnit(at), EntryProblem::UnitNotEligible) => {
            content.authors.get(*at).map(|author| author.full_name.clone())
        }
        _ => None,
    });
    let setup = &contest.setup;
    let category = setup
        .categories
        .iter()
        .find(|category| Some(&category.code) == content.category.as_ref());
    let media = files
        .iter()
        .filter(|file| file.info.kind.is_medium() && file.info.scan != Scan::Infected)
        .count();
    let by_hand = store::entry::copy(db, entry.id).await.fault()?;
    let media = media + usize::from(by_hand.received_at.is_some());
    let received = registration.map(|row| row.received_at);
    // what was added after a return does not make an entry late
    let first = store::entry::revision(db, entry.id, 1).await.fault()?;
    let first = first.map(|revision| revision.submitted_at);
    let extended = Extended::load(db, contest.id, entry.id, entry.unit).await?;
    let deadline = deadline::submission(&setup.timetable, entry.state, entry.due_at, extended.times());
    // what the system took was in time: an extension taken back since does not make it late
    let taken = first.filter(|_| received.is_none());
    Ok(CheckFacts {
        received_at: received
            .or(first)
            .or(entry.submitted_at)
            .unwrap_or(entry.updated_at),
        deadline: deadline.map(|deadline| match taken {
            Some(first) if first > deadline.at => deadline.last().max(first),
            _ => deadline.at,
        }),
        on_paper: registration.is_some(),
        declaration: content.declaration,
        declaration_in_force: setup.declaration.version,
        medium_required: category.is_some_and(|category| category.medium_required),
        media: u32::try_from(media).unwrap_or(u32::MAX),
        excluded: excluded.collect(),
        not_admitted: not_admitted.collect(),
        missing_sections: missing_sections(&content),
    })
}

fn missing_sections(content: &EntryContent) -> Vec<StatementSection> {
    StatementSection::ALL
        .into_iter()
        .filter(|section| section.is_required() && content.statement.section(*section).trim().is_empty())
        .collect()
}

/// The check of an entry, for the organiser.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, id: EntryId) -> Result<CheckView> {
    let db = ctx.store.read();
    let case = Case::load(db, id).await?;
    let tree = unit_tree(db).await?;
    if !case.desk(actor, &tree)?.organiser {
        return Err(Error::Denied(Denied::NotYourRole));
    }
    in_contest(
        actor,
        Action::SeeEligibilityDesk,
        case.contest.id,
        case.contest.phase,
    )?;
    let ground = Ground::load(db, &case).await?;
    let standing = actor.roles_in(Some(case.contest.id), None);
    let may_decide = may(Action::DecideEligibility, &standing, Some(case.contest.phase)).is_ok();
    let mut names: BTreeMap<UserId, String> = BTreeMap::new();
    let people = [
        ground.saved.as_ref().map(|check| check.checked_by),
        ground.registration.as_ref().map(|row| row.registered_by),
    ];
    for row in store::account::people_by_ids(db, people.into_iter().flatten())
        .await
        .fault()?
    {
        names.insert(row.id, row.full_name);
    }
    let name = |user: UserId| names.get(&user).cloned().unwrap_or_default();
    Ok(CheckView {
        entry: id,
        entry_version: case.entry.version,
        state: case.entry.state,
        standing: ground.checklist.standing(&ground.answers, &ground.findings),
        version: ground.version(),
        checked: ground
            .saved
            .as_ref()
            .map(|check| (name(check.checked_by), check.checked_at)),
        outdated: ground
            .saved
            .as_ref()
            .is_some_and(|check| check.revision != case.entry.revision),
        registration: ground.registration.as_ref().map(|row| RegistrationView {
            channel: row.channel,
            received_at: row.received_at,
            receipt_number: row.receipt_number.clone(),
            late_reason: row.late_reason.clone(),
            registered_by: name(row.registered_by),
        }),
        checklist: ground.checklist,
        checklist_version: ground.checklist_version,
        answers: ground.answers,
        findings: ground.findings,
        zone: case.contest.setup.timetable.zone.clone(),
        can_check: may_decide && is_decidable(&case),
        key: ctx.key(),
    })
}

/// Whether the organiser may accept or reject it, now or again.
fn is_decidable(case: &Case) -> bool {
    [EntryStep::Accept, EntryStep::Reject]
        .into_iter()
        .any(|step| case.entry.state.after(step).is_ok())
}

/// Saves the answers, and decides where asked to: both or neither.
pub(super) async fn check(ctx: &Ctx, actor: &Actor, command: CheckEntry) -> Result<Version> {
    let me = signed_in(actor)?.id;
    let reason = optional_reason(&command.reason)?;
    let contest = contest_of(ctx, command.entry).await?;
    let mut tx = match ctx
        .begin::<Version>(Some(contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(version) => return Ok(version),
        Begun::New(tx) => tx,
    };
    let mut case = Case::load(tx.conn(), command.entry).await?;
    let tree = unit_tree(tx.conn()).await?;
    case.desk(actor, &tree)?;
    in_contest(actor, Action::DecideEligibility, contest, case.contest.phase)?;
    if !is_decidable(&case) {
        return Err(Violation::EntryStep {
            from: case.entry.state,
            step: EntryStep::Accept,
        }
        .into());
    }
    // answers are about the submission that was read
    case.at_version(command.entry_version)?;
    let ground = Ground::load(tx.conn(), &case).await?;
    for (expected, current) in [
        (command.checklist_version, ground.checklist_version),
        (command.expected, ground.version()),
    ] {
        if expected != current {
            return Err(Error::Conflict(Conflict { expected, current }));
        }
    }
    let answers = cleaned(&ground.checklist, command.answers, &ground.findings)?;
    let check = EntryCheck {
        entry: case.entry.id,
        contest,
        revision: case.entry.revision,
        checklist_version: ground.checklist_version,
        standing: ground.checklist.standing(&answers, &ground.findings),
        answers,
        checked_by: me,
        checked_at: case.now(ctx),
        version: command.expected.next(),
    };
    if !store::register::save_check(tx.conn(), &check, command.expected)
        .await
        .fault()?
    {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: check.version,
        }));
    }
    if command.act != CheckAct::Save {
        let accepted = command.act == CheckAct::Accept;
        apply(ctx, &mut tx, &mut case, me, accepted, reason).await?;
    }
    ctx.finish(tx, command.key, me, &check.version).await?;
    Ok(check.version)
}

/// The answers made good; those to items that are gone are left out.
fn cleaned(
    checklist: &Checklist,
    typed: BTreeMap<String, ItemAnswer>,
    findings: &BTreeMap<String, Finding>,
) -> Result<BTreeMap<String, ItemAnswer>> {
    let mut form = Form::new();
    let mut answers = BTreeMap::new();
    for (code, answer) in typed {
        if checklist.0.iter().all(|item| item.code != code) {
            continue;
        }
        let note = form.text(&format!("note.{code}"), &answer.note, NOTE_MAX as u32);
        if answer.answer.is_some() || !note.is_empty() {
            answers.insert(
                code,
                ItemAnswer {
                    answer: answer.answer,
                    note,
                },
            );
        }
    }
    for (code, problem) in checklist.problems(&answers, findings) {
        let field = format!("note.{code}");
        match problem {
            CheckProblem::NoteMissing => form.refuse(&field, FieldProblem::Missing),
            CheckProblem::NoteTooLong => form.refuse(&field, FieldProblem::TooLong { max: NOTE_MAX as u32 }),
        }
    }
    form.check()?;
    Ok(answers)
}

/// Entries that wait for a decision and whose check was complete when saved.
pub(crate) async fn ready(db: &impl Conn, contest: ContestId) -> Result<Vec<EntryId>> {
    store::register::complete_in(db, contest, &UNCHECKED, MANY)
        .await
        .fault()
}

/// Accepts every entry whose check is complete and still holds; the others are named.
pub(super) async fn accept_checked(ctx: &Ctx, actor: &Actor, command: AcceptChecked) -> Result<AcceptedMany> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<AcceptedMany>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(outcome) => return Ok(outcome),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), command.contest)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::DecideEligibility, contest.id, contest.phase)?;
    if store::register::checklist(tx.conn(), contest.id)
        .await
        .fault()?
        .checklist
        .0
        .is_empty()
    {
        return Err(Violation::NothingChosen.into());
    }
    let mut outcome = AcceptedMany {
        accepted: 0,
        left_out: Vec::new(),
    };
    for id in ready(tx.conn(), contest.id).await? {
        let mut case = Case::load(tx.conn(), id).await?;
        match apply(ctx, &mut tx, &mut case, me, true, None).await {
            Ok(()) => outcome.accepted += 1,
            Err(Error::Rule(Violation::ChecklistIncomplete { .. } | Violation::MediumMissing)) => {
                outcome.left_out.extend(case.entry.code.clone());
            }
            Err(other) => return Err(other),
        }
    }
    if outcome.accepted == 0 && outcome.left_out.is_empty() {
        return Err(Violation::NothingChosen.into());
    }
    ctx.finish(tx, command.key, me, &outcome).await?;
    Ok(outcome)
}

/// The standing of a check as the desk shows it: only of the last submission, by the checklist in force.
pub(crate) fn current_standing(
    check: &EntryCheck,
    revision: i64,
    checklist: Version,
) -> Option<CheckStanding> {
    (check.revision == revision && check.checklist_version == checklist).then_some(check.standing)
}
