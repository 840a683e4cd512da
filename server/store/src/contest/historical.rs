//! A past contest entered with its result and nothing else: entries, prizes, decision, no scorecards.

use rules::contest::{ContestPhase, SignedDocument};
use rules::entry::{EntryContent, EntryState};
use rules::id::{ContestId, EntryId, UserId};
use rules::text::fold;
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::NewContest;
use crate::entity::{award, contest, decision, entry, entry_author};
use crate::error::{Error, Result};
use crate::value::{json, micros, word};

/// An entry of a past contest.
#[derive(Clone, Debug)]
pub struct HistoricalEntryRow {
    pub id: EntryId,
    pub code: String,
    pub content: EntryContent,
    /// Tier code of the prize won.
    pub prize: Option<String>,
    pub fictional: bool,
    /// Fresh ids, one an author.
    pub author_ids: Vec<Uuid>,
}

/// Everything of a past contest.
#[derive(Clone, Debug)]
pub struct HistoricalRows {
    pub contest: NewContest,
    pub entries: Vec<HistoricalEntryRow>,
    pub decision: SignedDocument,
    pub published_at: Timestamp,
    pub entered_by: UserId,
}

/// Stores a past contest as published.
///
/// # Errors
/// `Missing` where the decision has no date; `Unique` naming `slug` or `code`.
pub async fn insert_historical(
    db: &impl ConnectionTrait,
    rows: HistoricalRows,
    now: Timestamp,
) -> Result<()> {
    let id = rows.contest.id;
    let published_at = micros(rows.published_at);
    super::insert(db, rows.contest, now).await?;
    contest::Entity::update_many()
        .col_expr(
            contest::Column::Phase,
            Expr::value(word(&ContestPhase::Published)),
        )
        .col_expr(contest::Column::PublishedAt, Expr::value(published_at))
        .filter(contest::Column::Id.eq(id.uuid()))
        .exec(db)
        .await?;
    insert_entries(db, id, &rows.entries, published_at, rows.entered_by).await?;
    let document = rows.decision;
    let row = decision::ActiveModel {
        contest_id: Set(id.uuid()),
        number: Set(document.number),
        symbol: Set(document.symbol),
        issued_on: Set(document.issued_on.ok_or(Error::Missing("date of the decision"))?),
        signer: Set(document.signer),
        signer_position: Set(document.signer_position),
        file_id: Set(None),
        recorded_at: Set(micros(now)),
        recorded_by: Set(rows.entered_by.uuid()),
    };
    decision::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

async fn insert_entries(
    db: &impl ConnectionTrait,
    contest: ContestId,
    entries: &[HistoricalEntryRow],
    at: Timestamp,
    by: UserId,
) -> Result<()> {
    let (mut entry_rows, mut author_rows, mut award_rows) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        let state = if entry.prize.is_some() {
            EntryState::Awarded
        } else {
            EntryState::NotAwarded
        };
        entry_rows.push(entry_row(contest, entry, state, at, by)?);
        for (ordinal, (id, author)) in entry.author_ids.iter().zip(&entry.content.authors).enumerate() {
            author_rows.push(entry_author::ActiveModel {
                id: Set(*id),
                entry_id: Set(entry.id.uuid()),
                ordinal: Set(ordinal as i64),
                person_id: Set(author.user.map(UserId::uuid)),
                full_name: Set(author.full_name.clone()),
                search_key: Set(fold(&author.full_name)),
                unit_id: Set(author.unit.map(rules::id::UnitId::uuid)),
                lead: Set(author.lead),
            });
        }
        if let Some(prize) = &entry.prize {
            award_rows.push(award::ActiveModel {
                contest_id: Set(contest.uuid()),
                entry_id: Set(entry.id.uuid()),
                tier_code: Set(prize.clone()),
                ordinal: Set(award_rows.len() as i64),
            });
        }
    }
    if !entry_rows.is_empty() {
        entry::Entity::insert_many(entry_rows)
            .exec_without_returning(db)
            .await?;
    }
    if !author_rows.is_empty() {
        entry_author::Entity::insert_many(author_rows)
            .exec_without_returning(db)
            .await?;
    }
    if !award_rows.is_empty() {
        award::Entity::insert_many(award_rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

fn entry_row(
    contest: ContestId,
    entry: &HistoricalEntryRow,
    state: EntryState,
    at: Timestamp,
    by: UserId,
) -> Result<entry::ActiveModel> {
    Ok(entry::ActiveModel {
        id: Set(entry.id.uuid()),
        contest_id: Set(contest.uuid()),
        code: Set(Some(entry.code.clone())),
        state: Set(word(&state)),
        unit_id: Set(None),
        title: Set(entry.content.title.clone()),
        search_key: Set(fold(&entry.content.title)),
        category_code: Set(entry.content.category.clone()),
        content: Set(json("entry.content", &entry.content)?),
        content_hash: Set(None),
        // nothing was submitted here: the result is all that is known
        revision: Set(0),
        declaration_version: Set(None),
        blind_code: Set(None),
        forward_rank: Set(None),
        reason: Set(None),
        due_at: Set(None),
        created_by: Set(by.uuid()),
        created_at: Set(at),
        updated_at: Set(at),
        submitted_at: Set(None),
        forwarded_at: Set(None),
        prize_code: Set(entry.prize.clone()),
        fictional: Set(entry.fictional),
        version: Set(1),
    })
}
