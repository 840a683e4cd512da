//! A past contest, entered with its published result only.

use contract::error::FieldProblem;
use contract::{Error, Result};
use rules::contest::{ContestSetup, SignedDocument};
use rules::entry::{Author, AuthorType, EntryContent, even_shares};
use rules::event::Event;
use rules::id::{ContestId, EntryId, UnitId, UserId};
use rules::text::nfc;
use rules::time::Timestamp;
use store::contest::{HistoricalEntryRow, HistoricalRows, NewContest};

use crate::ctx::Ctx;
use crate::error::Fault;

/// An entry of a past contest, as far as its source tells.
#[derive(Clone, Debug)]
pub struct HistoricalEntry {
    pub code: String,
    pub title: String,
    /// Full names, the lead author first.
    pub authors: Vec<String>,
    /// Tier code of the prize won.
    pub prize: Option<String>,
    /// Invented to fill a demo; the label stays on screen.
    pub fictional: bool,
}

/// A past contest with its result.
#[derive(Clone, Debug)]
pub struct HistoricalResult {
    pub slug: String,
    pub code: String,
    pub name: String,
    pub year: i32,
    pub organiser: UnitId,
    pub setup: ContestSetup,
    pub decision: SignedDocument,
    /// In the order of the result.
    pub entries: Vec<HistoricalEntry>,
    pub published_at: Timestamp,
}

/// Stores a past contest as published, with its first and only events.
///
/// # Errors
/// `Invalid` where code or address is taken, the decision has no date, or a prize names no tier.
pub async fn enter_historical_result(ctx: &Ctx, by: UserId, result: HistoricalResult) -> Result<ContestId> {
    let id: ContestId = ctx.id();
    let issued_on = result
        .decision
        .issued_on
        .ok_or_else(|| Error::field("issued_on", FieldProblem::Missing))?;
    let tier_known = |prize: &String| result.setup.prizes.iter().any(|tier| tier.code == *prize);
    if !result
        .entries
        .iter()
        .filter_map(|entry| entry.prize.as_ref())
        .all(tier_known)
    {
        return Err(Error::field("prize", FieldProblem::Malformed));
    }
    let entries: Vec<HistoricalEntryRow> = result.entries.iter().map(|entry| row_of(ctx, entry)).collect();
    let awards: Vec<(EntryId, String)> = entries
        .iter()
        .filter_map(|entry| Some((entry.id, entry.prize.clone()?)))
        .collect();
    let event = Event::HistoricalResultEntered {
        number: result.decision.number.clone(),
        symbol: result.decision.symbol.clone(),
        issued_on,
        awards,
    };
    let code = result.code.clone();
    let rows = HistoricalRows {
        contest: NewContest {
            id,
            slug: result.slug,
            code: result.code,
            name: nfc(&result.name),
            year: result.year,
            organiser: result.organiser,
            setup: result.setup,
            historical: true,
            fictional: false,
        },
        entries,
        decision: result.decision,
        published_at: result.published_at,
        entered_by: by,
    };
    let now = ctx.now();
    let mut tx = ctx.store.write(None).await.fault()?;
    match store::contest::insert_historical(tx.conn(), rows, now).await {
        Err(error) if error.is_taken("slug") => return Err(Error::field("slug", FieldProblem::Taken)),
        other => other.or_taken("code", "code")?,
    }
    tx.record(id, Some(by), now, Event::ContestCreated { code })
        .fault()?;
    tx.record(id, Some(by), now, event).fault()?;
    ctx.commit(tx).await?;
    Ok(id)
}

fn row_of(ctx: &Ctx, entry: &HistoricalEntry) -> HistoricalEntryRow {
    let shares = even_shares(entry.authors.len());
    let authors = entry
        .authors
        .iter()
        .zip(shares)
        .enumerate()
        .map(|(index, (name, share))| Author {
            user: None,
            full_name: nfc(name),
            unit: None,
            unit_name: String::new(),
            position: String::new(),
            contact: String::new(),
            share,
            lead: index == 0,
        });
    HistoricalEntryRow {
        id: ctx.id(),
        code: entry.code.clone(),
        content: EntryContent {
            author_type: if entry.authors.len() > 1 {
                AuthorType::Group
            } else {
                AuthorType::Individual
            },
            authors: authors.collect(),
            title: nfc(&entry.title),
            ..EntryContent::default()
        },
        prize: entry.prize.clone(),
        fictional: entry.fictional,
        author_ids: entry.authors.iter().map(|_| ctx.ids.id()).collect(),
    }
}
