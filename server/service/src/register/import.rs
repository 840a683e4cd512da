//! Tables in: taken, looked through row by row, and imported in one transaction.

mod entries;
mod line;
mod people;
mod units;

use contract::error::FieldProblem;
use contract::register::{
    DryRun, ImportChoice, ImportQuery, ImportTable, ImportView, Imported, MadeFile, NewTable, RowCounts,
    RowOutcome, RowReport,
};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::id::UserId;
use rules::ledger::Hash32;
use rules::register::{ImportField, ImportKind, map_columns};
use rules::text::legacy::{Legacy, convert, detect};
use rules::text::one_line;
use rules::time::{Timestamp, Zone};
use store::contest::ContestRow;
use store::register::{ImportFile, NewImport};
use store::{Conn, Tx};
use uuid::Uuid;

use self::line::Line;
use super::paper::may_import;
use super::sheet;
use crate::actor::{anywhere, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::entry::desk::visible;
use crate::error::Fault;

/// Rows of the dry run on a page.
const PAGE_SIZE: usize = 50;
/// Tables kept of one person.
const KEPT: u64 = 20;

/// Whether the caller may import that sort of table; the contest, where it is one of entries.
async fn allowed(
    db: &impl Conn,
    actor: &Actor,
    kind: ImportKind,
    slug: Option<&str>,
) -> Result<Option<ContestRow>> {
    signed_in(actor)?;
    match kind {
        ImportKind::Entries => {
            let contest = store::contest::by_slug(db, slug.unwrap_or_default())
                .await
                .fault()?;
            let contest = visible(actor, contest)?;
            may_import(actor, &contest)?;
            Ok(Some(contest))
        }
        ImportKind::Units | ImportKind::People => {
            anywhere(actor, Action::ImportDirectory)?;
            Ok(None)
        }
    }
}

/// An empty table with the headings and an example.
pub(super) async fn template(actor: &Actor, kind: ImportKind) -> Result<MadeFile> {
    let action = match kind {
        ImportKind::Entries => Action::ImportEntries,
        ImportKind::Units | ImportKind::People => Action::ImportDirectory,
    };
    signed_in(actor)?;
    anywhere(actor, action)?;
    let headings = kind.fields().iter().map(|field| field.heading().to_owned());
    let example = kind.fields().iter().map(|field| example(*field).to_owned());
    let rows = vec![headings.collect(), example.collect()];
    let (name, title) = match kind {
        ImportKind::Entries => ("mau-bai-du-thi.xlsx", "Bài dự thi"),
        ImportKind::Units => ("mau-don-vi.xlsx", "Đơn vị"),
        ImportKind::People => ("mau-nguoi-dung.xlsx", "Người dùng"),
    };
    Ok(MadeFile {
        name: name.to_owned(),
        media_type: sheet::XLSX,
        bytes: sheet::to_xlsx(title, &rows)?,
    })
}

fn example(field: ImportField) -> &'static str {
    match field {
        ImportField::ReceiptNumber => "BN-001",
        ImportField::Title => "[Giả định] Rút ngắn thời gian trả kết quả tại bộ phận Một cửa",
        ImportField::Authors => "Nguyễn Giả Định; Trần Giả Định",
        ImportField::UnitCode => "don-vi-01",
        ImportField::Category => "1",
        ImportField::ReceivedAt => "12/10/2025 16:30",
        ImportField::Channel => "Bản giấy",
        ImportField::UnitName => "Xã Giả Định",
        ImportField::ShortName => "Giả Định",
        ImportField::UnitKind => "commune",
        ImportField::DocSymbol => "UBND",
        ImportField::ValidFrom => "01/07/2025",
        ImportField::UserName => "nguyen.gia.dinh",
        ImportField::FullName => "Nguyễn Giả Định",
        ImportField::Position => "Chuyên viên",
        ImportField::Email => "nguyen.gia.dinh@example.vn",
        ImportField::Roles => "Tác giả",
        ImportField::LateReason
        | ImportField::Summary
        | ImportField::EntryCode
        | ImportField::ParentCode
        | ImportField::ValidTo => "",
    }
}

/// Reads a table and keeps its cells.
pub(super) async fn take(ctx: &Ctx, actor: &Actor, table: NewTable) -> Result<Uuid> {
    let me = signed_in(actor)?.id;
    let contest = allowed(ctx.store.read(), actor, table.kind, table.contest.as_deref()).await?;
    let sha256 = Hash32::of(&table.bytes).to_string();
    let bytes = table.bytes;
    let mut cells = tokio::task::spawn_blocking(move || sheet::read(&bytes))
        .await
        .map_err(|panic| crate::error::internal(&panic))??;
    for cell in cells.iter_mut().flatten() {
        // no database holds it; left as a control character, the row is refused in words
        *cell = cell.replace('\0', "\u{1}");
    }
    let name: String = one_line(&table.file_name).chars().take(200).collect();
    let new = NewImport {
        id: ctx.id(),
        kind: table.kind,
        contest: contest.map(|contest| contest.id),
        person: me,
        file_name: name,
        sha256,
        sheet: cells,
    };
    let id = new.id;
    let tx = ctx.store.write(None).await.fault()?;
    store::register::insert_import(tx.conn(), new, ctx.now())
        .await
        .fault()?;
    store::register::forget_imports(tx.conn(), me, KEPT)
        .await
        .fault()?;
    ctx.commit(tx).await?;
    Ok(id)
}

/// The caller's own table.
async fn own(db: &impl Conn, me: UserId, id: Uuid) -> Result<ImportFile> {
    store::register::import_file(db, id)
        .await
        .fault()?
        .filter(|file| file.person == me)
        .ok_or(Error::NotFound(Kind::Attachment))
}

/// What is to be done with the rows of a table.
struct Plan {
    reports: Vec<RowReport>,
    act: Acts,
}

/// Everything that can be imported, in order of the rows.
enum Acts {
    Entries(Box<entries::Acts>),
    Units(units::Acts),
    People(people::Acts),
}

/// The encoding of before Unicode that cells are in as a whole.
fn legacy_of<'a>(rows: impl Iterator<Item = &'a Vec<String>>) -> Option<Legacy> {
    let rows: Vec<String> = rows.map(|row| row.join("\n")).collect();
    detect(&rows.join("\n"))
}

/// The headings, in Unicode: nothing is stored of them, so nobody is asked.
fn headings_of(file: &ImportFile) -> Vec<String> {
    let headings = file.sheet.first().cloned().unwrap_or_default();
    match legacy_of(file.sheet.iter().take(1)) {
        Some(legacy) => headings.iter().map(|heading| convert(heading, legacy)).collect(),
        None => headings,
    }
}

/// Field of each column: as chosen, else by the headings.
fn columns_of(file: &ImportFile, choice: &ImportChoice) -> Vec<Option<ImportField>> {
    let headings = headings_of(file);
    if choice.columns.is_empty() {
        return map_columns(file.kind, &headings);
    }
    let mut taken = Vec::new();
    let mut columns: Vec<Option<ImportField>> = choice
        .columns
        .iter()
        .map(|field| {
            let field = field.filter(|field| file.kind.fields().contains(field) && !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect();
    columns.resize(headings.len(), None);
    columns
}

fn missing(kind: ImportKind, columns: &[Option<ImportField>]) -> Vec<ImportField> {
    let there = |field: &ImportField| columns.contains(&Some(*field));
    let fields = kind.fields().iter().copied();
    fields
        .filter(|field| field.is_required(kind) && !there(field))
        .collect()
}

/// Looks every row through.
async fn plan(
    ctx: &Ctx,
    db: &impl Conn,
    file: &ImportFile,
    contest: Option<&ContestRow>,
    columns: &[Option<ImportField>],
    convert: bool,
) -> Result<Plan> {
    let legacy = legacy_of(file.sheet.iter().skip(1));
    let lines: Vec<Line<'_>> = file
        .sheet
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
        .map(|(at, cells)| Line::new(at, cells, columns, legacy, convert))
        .collect();
    match (file.kind, contest) {
        (ImportKind::Entries, Some(contest)) => entries::plan(ctx, db, contest, lines).await,
        (ImportKind::Entries, None) => Err(Error::NotFound(Kind::Contest)),
        (ImportKind::Units, _) => units::plan(ctx, db, lines, columns, &file.file_name).await,
        (ImportKind::People, _) => people::plan(ctx, db, lines).await,
    }
}

fn counts(reports: &[RowReport]) -> RowCounts {
    let mut counts = RowCounts::default();
    for report in reports {
        match report.outcome {
            RowOutcome::Ok => counts.ok += 1,
            RowOutcome::Warning => counts.warnings += 1,
            RowOutcome::Error => counts.errors += 1,
            RowOutcome::Skip => counts.skipped += 1,
        }
    }
    counts
}

/// The page of an import.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, query: ImportQuery) -> Result<ImportView> {
    let db = ctx.store.read();
    let contest = allowed(db, actor, query.kind, query.contest.as_deref()).await?;
    let dry_run = match query.file {
        Some(id) => Some(
            dry_run(
                ctx,
                actor,
                contest.as_ref(),
                id,
                query.kind,
                &query.choice,
                query.page,
            )
            .await?,
        ),
        None => None,
    };
    Ok(ImportView {
        kind: query.kind,
        zone: contest
            .as_ref()
            .map_or_else(Zone::default, |contest| contest.setup.timetable.zone.clone()),
        contest_slug: contest.as_ref().map(|contest| contest.slug.clone()),
        contest_name: contest.map(|contest| contest.name),
        max_bytes: sheet::FILE_MAX,
        max_rows: sheet::ROWS_MAX as u32,
        dry_run,
    })
}

async fn dry_run(
    ctx: &Ctx,
    actor: &Actor,
    contest: Option<&ContestRow>,
    id: Uuid,
    kind: ImportKind,
    choice: &ImportChoice,
    page: u32,
) -> Result<DryRun> {
    let db = ctx.store.read();
    let file = own(db, signed_in(actor)?.id, id).await?;
    if file.kind != kind || file.contest != contest.map(|contest| contest.id) {
        return Err(Error::NotFound(Kind::Attachment));
    }
    let columns = columns_of(&file, choice);
    let missing = missing(kind, &columns);
    let mut reports = if missing.is_empty() {
        plan(ctx, db, &file, contest, &columns, choice.convert_legacy)
            .await?
            .reports
    } else {
        Vec::new()
    };
    let counts = counts(&reports);
    let legacy_rows = reports.iter().filter(|report| line::is_legacy(report)).count();
    reports.sort_by_key(|report| (report.outcome, report.line));
    let pages = reports.len().div_ceil(PAGE_SIZE).max(1);
    let page = (page.max(1) as usize).min(pages);
    let without_password = match kind {
        ImportKind::People => store::register::by_import(db, &file.created).await.fault()?.len(),
        ImportKind::Entries | ImportKind::Units => 0,
    };
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(DryRun {
        file: id,
        headings: headings_of(&file),
        columns,
        missing,
        counts,
        rows: reports
            .into_iter()
            .skip((page - 1) * PAGE_SIZE)
            .take(PAGE_SIZE)
            .collect(),
        page: small(page),
        pages: small(pages),
        convert_legacy: choice.convert_legacy,
        legacy_rows: small(legacy_rows),
        imported: file.imported_at.map(|at| (at, small(file.created.len()))),
        without_password: small(without_password),
        file_name: file.file_name,
        key: ctx.key(),
    })
}

/// What an import made, with the ids of what is new.
#[derive(Default)]
struct Made {
    created: Vec<Uuid>,
    changed: u32,
}

/// Imports a table: every row that can be, or nothing.
pub(super) async fn import(ctx: &Ctx, actor: &Actor, command: ImportTable) -> Result<Imported> {
    let me = signed_in(actor)?.id;
    let file = own(ctx.store.read(), me, command.file).await?;
    let slug = match file.contest {
        Some(id) => store::contest::by_id(ctx.store.read(), id)
            .await
            .fault()?
            .map(|contest| contest.slug),
        None => None,
    };
    let mut tx = match ctx
        .begin::<Imported>(file.contest, command.key, me, &command)
        .await?
    {
        Begun::Repeat(outcome) => return Ok(outcome),
        Begun::New(tx) => tx,
    };
    let contest = allowed(tx.conn(), actor, file.kind, slug.as_deref()).await?;
    let columns = columns_of(&file, &command.choice);
    if !missing(file.kind, &columns).is_empty() {
        return Err(Error::field("columns", FieldProblem::Missing));
    }
    let convert = command.choice.convert_legacy;
    let Plan { reports, act } = plan(ctx, tx.conn(), &file, contest.as_ref(), &columns, convert).await?;
    let counts = counts(&reports);
    if counts.errors > 0 && !command.good_rows_only {
        return Err(Violation::ImportRows { rows: counts.errors }.into());
    }
    if counts.ok + counts.warnings + counts.skipped == 0 {
        return Err(Violation::NothingChosen.into());
    }
    let now = contest
        .as_ref()
        .map_or(ctx.now(), |contest| contest.now(ctx.now()));
    let made = carry_out(ctx, &mut tx, contest.as_ref(), me, act, now).await?;
    let created: Vec<Uuid> = file.created.iter().chain(&made.created).copied().collect();
    store::register::mark_imported(tx.conn(), file.id, &created, ctx.now())
        .await
        .fault()?;
    let outcome = Imported {
        created: u32::try_from(made.created.len()).unwrap_or(u32::MAX),
        changed: made.changed,
        skipped: counts.skipped,
    };
    ctx.finish(tx, command.key, me, &outcome).await?;
    Ok(outcome)
}

async fn carry_out(
    ctx: &Ctx,
    tx: &mut Tx,
    contest: Option<&ContestRow>,
    me: UserId,
    act: Acts,
    now: Timestamp,
) -> Result<Made> {
    match (act, contest) {
        (Acts::Entries(acts), Some(contest)) => entries::import(ctx, tx, contest, me, *acts).await,
        (Acts::Entries(_), None) => Err(Error::NotFound(Kind::Contest)),
        (Acts::Units(acts), _) => units::import(tx, acts).await,
        (Acts::People(acts), _) => people::import(ctx, tx, acts, now).await,
    }
}
