//! Scorecards and the trail of what was handed in.

use std::collections::BTreeMap;

use rules::id::{EntryId, RoundId, ScorecardId, UserId, Version};
use rules::judging::{ScorecardState, Scores};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{scorecard, scorecard_revision};
use crate::error::Result;
use crate::value::{from_json, from_word, json, micros, word};

/// Rows of one INSERT; far below the engines' limits on parameters.
const BATCH: usize = 500;

/// A scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    pub id: ScorecardId,
    pub round: RoundId,
    pub entry: EntryId,
    pub person: UserId,
    pub state: ScorecardState,
    pub scores: Scores,
    pub comment: String,
    /// Of the recusal or reopening.
    pub reason: Option<String>,
    /// Recused by a conflict rule, not declared.
    pub by_rule: bool,
    pub version: Version,
    pub saved_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
}

/// Scorecards of a round.
pub async fn cards(db: &impl ConnectionTrait, round: RoundId) -> Result<Vec<CardRow>> {
    let found = scorecard::Entity::find()
        .filter(Expr::col(scorecard::Column::RoundId).eq(round.uuid()))
        .order_by_asc(scorecard::Column::EntryId)
        .order_by_asc(scorecard::Column::PersonId)
        .all(db)
        .await?;
    found.into_iter().map(row).collect()
}

/// One judge's scorecards in the rounds.
pub async fn cards_of(db: &impl ConnectionTrait, rounds: &[RoundId], person: UserId) -> Result<Vec<CardRow>> {
    let found = scorecard::Entity::find()
        .filter(Expr::col(scorecard::Column::RoundId).is_in(rounds.iter().map(|id| id.uuid())))
        .filter(Expr::col(scorecard::Column::PersonId).eq(person.uuid()))
        .all(db)
        .await?;
    found.into_iter().map(row).collect()
}

/// One judge's scorecard of one entry.
pub async fn card(
    db: &impl ConnectionTrait,
    round: RoundId,
    entry: EntryId,
    person: UserId,
) -> Result<Option<CardRow>> {
    let found = scorecard::Entity::find()
        .filter(Expr::col(scorecard::Column::RoundId).eq(round.uuid()))
        .filter(Expr::col(scorecard::Column::EntryId).eq(entry.uuid()))
        .filter(Expr::col(scorecard::Column::PersonId).eq(person.uuid()))
        .one(db)
        .await?;
    found.map(row).transpose()
}

/// Adds scorecards.
pub async fn insert_cards(db: &impl ConnectionTrait, cards: &[CardRow]) -> Result<()> {
    for batch in cards.chunks(BATCH) {
        let rows: Result<Vec<_>> = batch.iter().map(active).collect();
        scorecard::Entity::insert_many(rows?)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Stores a scorecard that exists, as it now is.
pub async fn update_card(db: &impl ConnectionTrait, card: &CardRow) -> Result<()> {
    scorecard::Entity::update(active(card)?).exec(db).await?;
    Ok(())
}

/// Keeps a version as it was handed in.
pub async fn add_revision(db: &impl ConnectionTrait, card: &CardRow, at: Timestamp) -> Result<()> {
    let revision = scorecard_revision::ActiveModel {
        scorecard_id: Set(card.id.uuid()),
        version: Set(card.version.0),
        scores: Set(json("scores", &card.scores)?),
        comment: Set(card.comment.clone()),
        submitted_at: Set(micros(at)),
    };
    scorecard_revision::Entity::insert(revision)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// What was handed in, by scorecard, oldest first.
pub async fn revisions(
    db: &impl ConnectionTrait,
    cards: &[ScorecardId],
) -> Result<BTreeMap<ScorecardId, Vec<Scores>>> {
    let found = scorecard_revision::Entity::find()
        .filter(Expr::col(scorecard_revision::Column::ScorecardId).is_in(cards.iter().map(|id| id.uuid())))
        .order_by_asc(scorecard_revision::Column::ScorecardId)
        .order_by_asc(scorecard_revision::Column::Version)
        .all(db)
        .await?;
    let mut revisions: BTreeMap<ScorecardId, Vec<Scores>> = BTreeMap::new();
    for revision in found {
        let scores = from_json("scores", revision.scores)?;
        revisions
            .entry(ScorecardId(revision.scorecard_id))
            .or_default()
            .push(scores);
    }
    Ok(revisions)
}

fn active(card: &CardRow) -> Result<scorecard::ActiveModel> {
    Ok(scorecard::ActiveModel {
        id: Set(card.id.uuid()),
        round_id: Set(card.round.uuid()),
        entry_id: Set(card.entry.uuid()),
        person_id: Set(card.person.uuid()),
        state: Set(word(&card.state)),
        scores: Set(json("scores", &card.scores)?),
        comment: Set(card.comment.clone()),
        reason: Set(card.reason.clone()),
        by_rule: Set(card.by_rule),
        version: Set(card.version.0),
        saved_at: Set(micros(card.saved_at)),
        submitted_at: Set(card.submitted_at.map(micros)),
    })
}

fn row(row: scorecard::Model) -> Result<CardRow> {
    Ok(CardRow {
        id: ScorecardId(row.id),
        round: RoundId(row.round_id),
        entry: EntryId(row.entry_id),
        person: UserId(row.person_id),
        state: from_word("scorecard state", &row.state)?,
        scores: from_json("scores", row.scores)?,
        comment: row.comment,
        reason: row.reason,
        by_rule: row.by_rule,
        version: Version(row.version),
        saved_at: row.saved_at,
        submitted_at: row.submitted_at,
    })
}
