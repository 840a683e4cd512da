//! Entries received on paper, by e-mail or on a disc, entered by a desk (domain.md 2.1: paper and unit channels).

use contract::contest::NextDeadline;
use contract::error::FieldProblem;
use contract::register::{PaperView, RegisterEntry, Registered};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor, Role, may};
use rules::contest::{Extensions, Timeliness};
use rules::entry::{
    Author, AuthorType, EntryContent, EntryField, EntryGap, EntryState, EntryStep, Statement,
    StatementSection, even_shares,
};
use rules::event::Event;
use rules::id::{EntryId, UnitId, UserId, Version};
use rules::register::{Channel, needs_reason};
use rules::text::one_line;
use rules::time::Timestamp;
use store::Tx;
use store::contest::ContestRow;
use store::entry::{Entry, Revision};
use store::register::Registration;

use super::index;
use crate::actor::{at_unit, in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::case::unit_tree;
use crate::entry::desk::visible;
use crate::entry::gaps::Check;
use crate::entry::submit::{content_hash, next_code};
use crate::entry::{deadline, units};
use crate::error::Fault;
use crate::input::Form;

/// Longest receipt number, in characters.
pub(super) const RECEIPT_MAX: u32 = 60;
/// Longest summary, in characters.
pub(super) const SUMMARY_MAX: u32 = 20_000;
/// Longest reason, in characters.
pub(super) const REASON_MAX: u32 = 2_000;
/// Most authors, whatever the contest allows.
pub(super) const AUTHORS_MAX: usize = 50;

/// A paper entry made good.
#[derive(Clone, Debug)]
pub(super) struct PaperEntry {
    pub title: String,
    pub category: String,
    pub authors: Vec<(String, Option<UserId>)>,
    pub unit: Option<UnitId>,
    pub received_at: Timestamp,
    pub channel: Channel,
    pub receipt_number: String,
    pub late_reason: Option<String>,
    /// How `received_at` stands to the deadline of its unit.
    pub timeliness: Timeliness,
    pub summary: String,
}

/// The form; a coordinator registers for the own units only.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<PaperView> {
    let db = ctx.store.read();
    let contest = store::contest::by_slug(db, slug).await.fault()?;
    let contest = visible(actor, contest)?;
    in_contest(actor, Action::RegisterEntry, contest.id, contest.phase)?;
    let tree = unit_tree(db).await?;
    let organiser = actor.roles_in(Some(contest.id), None).has(Role::Organiser);
    let coordinated = actor.coordinated_units(contest.id);
    let setup = &contest.setup;
    let mut units = crate::account::unit_lines(ctx, store::account::units(db).await.fault()?);
    units.retain(|unit| {
        setup.eligibility.admits(Some(unit.id), &tree)
            && (organiser || coordinated.iter().any(|above| tree.is_within(unit.id, *above)))
    });
    Ok(PaperView {
        contest: contest.id,
        categories: setup.categories.clone(),
        units,
        outside_authors: organiser && setup.eligibility.outside_authors,
        organiser,
        now: contest.now(ctx.now()),
        zone: setup.timetable.zone.clone(),
        deadline: deadline::submission(&setup.timetable, EntryState::Draft, None, Extensions::default())
            .map(|next| next.at),
        key: ctx.key(),
        contest_slug: contest.slug,
        contest_name: contest.name,
    })
}

/// Registers an entry: it is submitted as of the time of receipt, and goes where it was received – to the unit's board
/// or to the organiser's desk.
pub(super) async fn register(ctx: &Ctx, actor: &Actor, command: RegisterEntry) -> Result<Registered> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<Registered>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(outcome) => return Ok(outcome),
        Begun::New(tx) => tx,
    };
    let key = command.key;
    let contest = store::contest::by_id(tx.conn(), command.contest)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Contest))?;
    let step = desk_step(actor, &contest, command.unit, &tx).await?;
    let paper = checked(ctx, &tx, &contest, command).await?;
    let check = Check::load(tx.conn(), contest.id).await?;
    let gaps = gaps(&content_of(&paper, &check), &check, &contest);
    if !gaps.is_empty() {
        return Err(Violation::EntryIncomplete { gaps }.into());
    }
    let last = store::entry::last_code(tx.conn(), contest.id).await.fault()?;
    let code = next_code(&contest.code, last.as_deref());
    let entry = store_entry(ctx, &mut tx, &contest, &check, me, step, &code, paper).await?;
    let outcome = Registered { entry, code };
    ctx.finish(tx, key, me, &outcome).await?;
    Ok(outcome)
}

/// Who may register for the unit, and where the entry then goes.
async fn desk_step(actor: &Actor, contest: &ContestRow, unit: Option<UnitId>, tx: &Tx) -> Result<EntryStep> {
    in_contest(actor, Action::RegisterEntry, contest.id, contest.phase)?;
    if actor.roles_in(Some(contest.id), None).has(Role::Organiser) {
        return Ok(EntryStep::SubmitToOrganiser);
    }
    let tree = unit_tree(tx.conn()).await?;
    let above = unit.and_then(|unit| {
        actor
            .coordinated_units(contest.id)
            .into_iter()
            .find(|above| tree.is_within(unit, *above))
    });
    let Some(above) = above else {
        return Err(Error::field("unit", FieldProblem::Missing));
    };
    at_unit(actor, Action::RegisterEntry, contest.id, above, contest.phase)?;
    Ok(if contest.setup.eligibility.unit_screening {
        EntryStep::SubmitToUnit
    } else {
        EntryStep::SubmitToOrganiser
    })
}

async fn checked(ctx: &Ctx, tx: &Tx, contest: &ContestRow, command: RegisterEntry) -> Result<PaperEntry> {
    let mut form = Form::new();
    let title = form.line("title", &command.title, rules::entry::TITLE_MAX as u32);
    let receipt_number = form.line("receipt_number", &command.receipt_number, RECEIPT_MAX);
    let late_reason = form.text("late_reason", &command.late_reason, REASON_MAX);
    let summary = form.text("summary", &command.summary, SUMMARY_MAX);
    let category = one_line(&command.category);
    if category.is_empty() {
        form.refuse("category", FieldProblem::Missing);
    }
    let mut names = Vec::new();
    for name in &command.authors {
        let name = form.optional_line("authors", name, 200);
        if !name.is_empty() {
            names.push(name);
        }
    }
    if names.is_empty() {
        form.refuse("authors", FieldProblem::Missing);
    } else if names.len() > AUTHORS_MAX {
        form.refuse(
            "authors",
            FieldProblem::TooLong {
                max: AUTHORS_MAX as u32,
            },
        );
    }
    let now = contest.now(ctx.now());
    if command.received_at > now {
        form.refuse("received_at", FieldProblem::NotADate);
    }
    form.check()?;
    let taken = store::register::receipts_taken(tx.conn(), contest.id, std::slice::from_ref(&receipt_number))
        .await
        .fault()?;
    if !taken.is_empty() {
        return Err(Error::field("receipt_number", FieldProblem::Taken));
    }
    let timetable = &contest.setup.timetable;
    let rows = store::deadline::in_force(tx.conn(), contest.id, &[])
        .await
        .fault()?;
    let extended = deadline::of_unit(&rows, &unit_tree(tx.conn()).await?, command.unit);
    let next = deadline::submission(timetable, EntryState::Draft, None, extended);
    let timeliness = timeliness(next.as_ref(), command.received_at);
    let deadline = next.map(|next| next.at);
    if let Some(deadline) = deadline.filter(|deadline| needs_reason(command.received_at, Some(*deadline)))
        && late_reason.is_empty()
    {
        return Err(Violation::LateWithoutReason {
            deadline,
            zone: timetable.zone.clone(),
        }
        .into());
    }
    let mut authors = Vec::with_capacity(names.len());
    for name in names {
        let user = account_of(tx, &name, command.unit).await?;
        authors.push((name, user));
    }
    Ok(PaperEntry {
        title,
        category,
        authors,
        unit: command.unit,
        received_at: command.received_at,
        channel: command.channel,
        receipt_number,
        late_reason: (!late_reason.is_empty() && needs_reason(command.received_at, deadline))
            .then_some(late_reason),
        timeliness,
        summary,
    })
}

/// How a time of receipt stands to a deadline; one received late has its reason beside it instead.
pub(super) fn timeliness(deadline: Option<&NextDeadline>, received_at: Timestamp) -> Timeliness {
    deadline
        .and_then(|deadline| deadline.admits(received_at))
        .unwrap_or_default()
}

/// The account of an author, where exactly one person of the unit has that name: the entry then stands among theirs.
async fn account_of(tx: &Tx, name: &str, unit: Option<UnitId>) -> Result<Option<UserId>> {
    let Some(unit) = unit else { return Ok(None) };
    let found = store::account::people_named(tx.conn(), &[name]).await.fault()?;
    let mut same = found
        .into_iter()
        .filter(|person| person.unit == Some(unit) && person.full_name.to_lowercase() == name.to_lowercase());
    Ok(match (same.next(), same.next()) {
        (Some(person), None) => Some(person.id),
        _ => None,
    })
}

/// The entry's content: what the paper says that the product needs.
pub(super) fn content_of(paper: &PaperEntry, check: &Check) -> EntryContent {
    let unit_name = units::name(&check.tree, paper.unit).unwrap_or_default();
    let authors = paper.authors.iter().zip(even_shares(paper.authors.len()));
    let authors = authors
        .enumerate()
        .map(|(at, ((full_name, user), share))| Author {
            user: *user,
            full_name: full_name.clone(),
            unit: paper.unit,
            unit_name: unit_name.clone(),
            position: String::new(),
            contact: String::new(),
            share,
            lead: at == 0,
        });
    let mut statement = Statement::default();
    if !paper.summary.is_empty() {
        statement
            .0
            .insert(StatementSection::Solution, paper.summary.clone());
    }
    EntryContent {
        author_type: if paper.authors.len() > 1 {
            AuthorType::Group
        } else {
            AuthorType::Individual
        },
        authors: authors.collect(),
        title: paper.title.clone(),
        category: Some(paper.category.clone()),
        statement,
        ..EntryContent::default()
    }
}

/// What keeps a paper entry from being registered: its authors, title and category are held to the same rules as any;
/// statement, files and declaration lie on paper and are for the checklist.
pub(super) fn gaps(content: &EntryContent, check: &Check, contest: &ContestRow) -> Vec<EntryGap> {
    let mut gaps = check.gaps(content, &[], &contest.setup);
    gaps.retain(|gap| {
        !matches!(
            gap.field,
            EntryField::Scope
                | EntryField::Maturity
                | EntryField::FirstAppliedOn
                | EntryField::Section(_)
                | EntryField::Answer(_)
                | EntryField::Attachments
                | EntryField::Declaration
        )
    });
    gaps
}

/// Stores a registered entry with its first revision and events.
#[expect(
    clippy::too_many_arguments,
    reason = "what a row and its events are made of, each once"
)]
pub(super) async fn store_entry(
    ctx: &Ctx,
    tx: &mut Tx,
    contest: &ContestRow,
    check: &Check,
    me: UserId,
    step: EntryStep,
    code: &str,
    paper: PaperEntry,
) -> Result<EntryId> {
    let content = content_of(&paper, check);
    let now = contest.now(ctx.now());
    let hash = content_hash(&content, &[])?;
    let entry = Entry {
        id: ctx.id(),
        contest: contest.id,
        code: Some(code.to_owned()),
        state: EntryState::Draft.after(step).map_err(Violation::from)?,
        unit: paper.unit,
        content,
        content_hash: Some(hash.clone()),
        revision: 1,
        blind_code: None,
        forward_rank: None,
        reason: None,
        due_at: None,
        created_by: me,
        created_at: now,
        updated_at: now,
        submitted_at: Some(paper.received_at),
        forwarded_at: None,
        prize_code: None,
        fictional: contest.fictional,
        version: Version::FIRST,
    };
    store::entry::insert(tx.conn(), &entry).await.fault()?;
    store::entry::set_authors(tx.conn(), entry.id, &entry.content, || ctx.ids.id())
        .await
        .fault()?;
    let revision = Revision {
        entry: entry.id,
        revision: 1,
        content: entry.content.clone(),
        content_hash: hash.clone(),
        submitted_at: paper.received_at,
        submitted_by: me,
        timeliness: paper.timeliness,
    };
    store::entry::insert_revision(tx.conn(), &revision)
        .await
        .fault()?;
    if paper.channel == Channel::Disc {
        store::entry::receive_copy(tx.conn(), entry.id, Some(paper.received_at))
            .await
            .fault()?;
    }
    let registration = Registration {
        entry: entry.id,
        contest: contest.id,
        channel: paper.channel,
        received_at: paper.received_at,
        receipt_number: paper.receipt_number,
        late_reason: paper.late_reason,
        registered_by: me,
        registered_at: now,
    };
    store::register::insert_registration(tx.conn(), &registration)
        .await
        .or_taken("receipt_number", "receipt_number")?;
    index::put(tx.conn(), &entry, &check.tree).await?;
    let registered = Event::EntryRegistered {
        entry: entry.id,
        channel: registration.channel,
        received_at: registration.received_at,
        receipt_number: registration.receipt_number,
        late_reason: registration.late_reason,
    };
    tx.record(contest.id, Some(me), now, registered).fault()?;
    let submitted = Event::EntrySubmitted {
        entry: entry.id,
        code: code.to_owned(),
        unit: entry.unit,
        category: entry.content.category.clone().unwrap_or_default(),
        content_hash: hash,
        revision: 1,
        timeliness: paper.timeliness,
    };
    tx.record(contest.id, Some(me), now, submitted).fault()?;
    Ok(entry.id)
}

/// Whether the caller may import entries: an organiser may, in the contest's open phase.
pub(super) fn may_import(actor: &Actor, contest: &ContestRow) -> Result<()> {
    Ok(may(
        Action::ImportEntries,
        &actor.roles_in(Some(contest.id), None),
        Some(contest.phase),
    )?)
}
