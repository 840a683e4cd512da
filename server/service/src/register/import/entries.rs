//! Entries received on paper, a table of them at once.

use std::collections::{BTreeMap, BTreeSet};

use contract::Result;
use contract::register::RowProblem;
use rules::entry::{EntryField, EntryProblem, EntryState, EntryStep};
use rules::id::{UnitId, UserId};
use rules::register::{Channel, ImportField, needs_reason, parse_instant, parse_people};
use rules::text::fold;
use store::contest::ContestRow;
use store::deadline::Extension;
use store::{Conn, Tx};

use super::super::paper::{
    AUTHORS_MAX, PaperEntry, REASON_MAX, RECEIPT_MAX, SUMMARY_MAX, content_of, gaps, store_entry, timeliness,
};
use super::line::Line;
use super::{Made, Plan};
use crate::ctx::Ctx;
use crate::entry::deadline;
use crate::entry::gaps::Check;
use crate::entry::submit::next_code;
use crate::error::Fault;

/// Entries to register.
pub(super) struct Acts {
    check: Check,
    entries: Vec<PaperEntry>,
}

/// What rows are held against.
struct Known<'a> {
    contest: &'a ContestRow,
    check: &'a Check,
    units: BTreeMap<String, UnitId>,
    /// Accounts by unit and name in small letters; `None` where several have the same.
    accounts: BTreeMap<(UnitId, String), Option<UserId>>,
    receipts: BTreeSet<String>,
    codes: BTreeSet<String>,
    extensions: Vec<Extension>,
    now: rules::time::Timestamp,
}

/// Looks every row through.
pub(super) async fn plan(
    ctx: &Ctx,
    db: &impl Conn,
    contest: &ContestRow,
    mut lines: Vec<Line<'_>>,
) -> Result<Plan> {
    let mut keys = Vec::with_capacity(lines.len());
    let (mut codes, mut people) = (Vec::new(), Vec::new());
    for line in &mut lines {
        keys.push(line.line(ImportField::ReceiptNumber, RECEIPT_MAX));
        codes.push(line.line(ImportField::EntryCode, 60));
        people.push(parse_people(&line.text(ImportField::Authors, 4_000)));
    }
    let units = store::register::units_with_codes(db).await.fault()?;
    let check = Check::load(db, contest.id).await?;
    let known = Known {
        contest,
        check: &check,
        units: units.into_iter().map(|unit| (unit.code, unit.id)).collect(),
        accounts: accounts_of(db, &people).await?,
        receipts: store::register::receipts_taken(db, contest.id, &keys)
            .await
            .fault()?,
        codes: store::register::codes_taken(db, contest.id, &codes)
            .await
            .fault()?,
        extensions: store::deadline::in_force(db, contest.id, &[]).await.fault()?,
        now: contest.now(ctx.now()),
    };
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let (mut reports, mut entries) = (Vec::new(), Vec::new());
    let keys = keys.into_iter().zip(codes).zip(people);
    for (mut line, ((receipt, code), authors)) in lines.into_iter().zip(keys) {
        let title = line.line(ImportField::Title, rules::entry::TITLE_MAX as u32);
        if known.codes.contains(&code) {
            reports.push(line.exists(ImportField::EntryCode, &title));
            continue;
        }
        if known.receipts.contains(&receipt) {
            reports.push(line.exists(ImportField::ReceiptNumber, &title));
            continue;
        }
        if !code.is_empty() {
            line.say(ImportField::EntryCode, RowProblem::Unknown { value: code });
        }
        if receipt.is_empty() && line.is_good() {
            line.say(ImportField::ReceiptNumber, RowProblem::Missing);
        } else if let Some(first) = seen.insert(receipt.clone(), line.number) {
            line.say(ImportField::ReceiptNumber, RowProblem::Repeated { line: first });
        }
        let paper = row(&known, &mut line, title.clone(), receipt, authors);
        if line.is_good() {
            entries.extend(paper);
        }
        reports.push(line.report(&title));
    }
    Ok(Plan {
        reports,
        act: super::Acts::Entries(Box::new(Acts { check, entries })),
    })
}

/// Accounts of the people named, so that their entries stand among their own: where exactly one person of the unit has
/// the name.
async fn accounts_of(
    db: &impl Conn,
    people: &[Vec<String>],
) -> Result<BTreeMap<(UnitId, String), Option<UserId>>> {
    let names: BTreeSet<&str> = people.iter().flatten().map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut accounts = BTreeMap::new();
    for some in names.chunks(500) {
        let found = store::account::people_named(db, some).await.fault()?;
        for person in found {
            let Some(unit) = person.unit else { continue };
            accounts
                .entry((unit, person.full_name.to_lowercase()))
                .and_modify(|account| *account = None)
                .or_insert(Some(person.id));
        }
    }
    Ok(accounts)
}

/// One row made good; `None` where something is missing of which the line tells.
fn row(
    known: &Known<'_>,
    line: &mut Line<'_>,
    title: String,
    receipt_number: String,
    authors: Vec<String>,
) -> Option<PaperEntry> {
    if title.is_empty() && line.is_good() {
        line.say(ImportField::Title, RowProblem::Missing);
    }
    if authors.is_empty() {
        line.say(ImportField::Authors, RowProblem::Missing);
    } else if authors.len() > AUTHORS_MAX {
        line.say(
            ImportField::Authors,
            RowProblem::TooManyAuthors {
                max: AUTHORS_MAX as u32,
            },
        );
    }
    let unit_code = line.line(ImportField::UnitCode, 100);
    let unit = known.units.get(&unit_code).copied();
    if unit.is_none() && !unit_code.is_empty() {
        line.say(ImportField::UnitCode, RowProblem::Unknown { value: unit_code });
    }
    let category = category(known, line);
    let received_at = received(known, line);
    let channel = match line.line(ImportField::Channel, 60) {
        word if word.is_empty() => Some(Channel::Paper),
        word => {
            let channel = Channel::from_word(&word);
            if channel.is_none() {
                line.say(ImportField::Channel, RowProblem::Unknown { value: word });
            }
            channel
        }
    };
    let late_reason = line.text(ImportField::LateReason, REASON_MAX);
    let summary = line.text(ImportField::Summary, SUMMARY_MAX);
    let received_at = received_at?;
    let extended = deadline::of_unit(&known.extensions, &known.check.tree, unit);
    let timetable = &known.contest.setup.timetable;
    let next = deadline::submission(timetable, EntryState::Draft, None, extended);
    let timeliness = timeliness(next.as_ref(), received_at);
    let late = next
        .map(|next| next.at)
        .filter(|deadline| needs_reason(received_at, Some(*deadline)));
    if let Some(deadline) = late {
        if late_reason.is_empty() {
            line.say(
                ImportField::ReceivedAt,
                RowProblem::LateWithoutReason { deadline },
            );
        } else {
            line.say(ImportField::ReceivedAt, RowProblem::Late { deadline });
        }
    }
    let paper = PaperEntry {
        title,
        category: category?,
        authors: authors
            .into_iter()
            .map(|name| {
                let account = unit.and_then(|unit| known.accounts.get(&(unit, name.to_lowercase())));
                (name, account.copied().flatten())
            })
            .collect(),
        unit,
        received_at,
        channel: channel?,
        receipt_number,
        late_reason: late.map(|_| late_reason),
        timeliness,
        summary,
    };
    if line.is_good() {
        say_gaps(known, line, &paper);
    }
    Some(paper)
}

/// The category by its code, else by its name.
fn category(known: &Known<'_>, line: &mut Line<'_>) -> Option<String> {
    let typed = line.required(ImportField::Category, 500);
    let categories = &known.contest.setup.categories;
    let found = categories
        .iter()
        .find(|category| category.code == typed)
        .or_else(|| {
            categories
                .iter()
                .find(|category| fold(&category.name) == fold(&typed))
        });
    if found.is_none() && !typed.is_empty() {
        line.say(ImportField::Category, RowProblem::Unknown { value: typed });
    }
    found.map(|category| category.code.clone())
}

fn received(known: &Known<'_>, line: &mut Line<'_>) -> Option<rules::time::Timestamp> {
    let typed = line.required(ImportField::ReceivedAt, 40);
    if typed.is_empty() {
        return None;
    }
    let zone = &known.contest.setup.timetable.zone;
    match parse_instant(&typed, zone) {
        None => {
            line.say(ImportField::ReceivedAt, RowProblem::NotADate);
            None
        }
        // today, without a time, before noon
        Some(at) if at > known.now && !typed.contains(':') && zone.date(at) == zone.date(known.now) => {
            Some(known.now)
        }
        Some(at) if at > known.now => {
            line.say(ImportField::ReceivedAt, RowProblem::InTheFuture);
            None
        }
        Some(at) => Some(at),
    }
}

/// The rules every entry is held to, said of the cells they are about.
fn say_gaps(known: &Known<'_>, line: &mut Line<'_>, paper: &PaperEntry) {
    let content = content_of(paper, known.check);
    for gap in gaps(&content, known.check, known.contest) {
        let field = match gap.field {
            EntryField::Title => ImportField::Title,
            EntryField::Category => ImportField::Category,
            EntryField::AuthorUnit(_) => ImportField::UnitCode,
            _ => ImportField::Authors,
        };
        let problem = match gap.problem {
            EntryProblem::TooShort { min } => RowProblem::TooShort { min },
            EntryProblem::TooLong { max } => RowProblem::TooLong { max },
            EntryProblem::Duplicate => RowProblem::SameAuthorTwice,
            EntryProblem::TooMany { max } => RowProblem::TooManyAuthors { max },
            EntryProblem::GroupNotAllowed => RowProblem::GroupNotAllowed,
            EntryProblem::UnitNotEligible if paper.unit.is_none() => RowProblem::Missing,
            EntryProblem::UnitNotEligible => RowProblem::UnitNotEligible,
            EntryProblem::Excluded(exclusion) => RowProblem::Excluded(exclusion),
            EntryProblem::Missing => RowProblem::Missing,
            _ => RowProblem::Malformed,
        };
        line.say(field, problem);
        if matches!(gap.field, EntryField::AuthorUnit(_)) {
            // all authors of a row are of one unit: once is enough
            break;
        }
    }
}

/// Registers the entries, with codes in order of the rows.
pub(super) async fn import(
    ctx: &Ctx,
    tx: &mut Tx,
    contest: &ContestRow,
    me: UserId,
    acts: Acts,
) -> Result<Made> {
    let mut last = store::entry::last_code(tx.conn(), contest.id).await.fault()?;
    let mut made = Made::default();
    for paper in acts.entries {
        let code = next_code(&contest.code, last.as_deref());
        let step = EntryStep::SubmitToOrganiser;
        let id = store_entry(ctx, tx, contest, &acts.check, me, step, &code, paper).await?;
        made.created.push(id.uuid());
        last = Some(code);
    }
    Ok(made)
}
