//! Invitations of co-authors.

use std::collections::{BTreeMap, BTreeSet};

use rules::entry::{EntryContent, Invitation, InvitationState};
use rules::id::{EntryId, InvitationId, UserId, Version};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{entry, entry_author, entry_registration, entry_working_copy, invitation};
use crate::error::Result;
use crate::value::{from_json, from_word, micros, word};

/// Open invitations of one person listed at most.
const OPEN_MAX: u64 = 100;

/// An invitation as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    pub entry: EntryId,
    /// Who sent it last.
    pub invited_by: UserId,
    pub created_at: Timestamp,
    pub invitation: Invitation,
}

/// The invitations of an entry, oldest first.
pub async fn invitations_of(db: &impl ConnectionTrait, id: EntryId) -> Result<Vec<Invitation>> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::EntryId.eq(id.uuid()))
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(read(row)?.invitation)).collect()
}

/// The invitation with this id.
pub async fn invitation(db: &impl ConnectionTrait, id: InvitationId) -> Result<Option<InvitationRow>> {
    let row = invitation::Entity::find_by_id(id.uuid()).one(db).await?;
    row.map(read).transpose()
}

/// The invitation whose link has the secret with this SHA-256.
pub async fn by_token(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<InvitationRow>> {
    let row = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Invitations of a person that were not answered, newest first, run out or not: each contest has a clock of its own.
/// Whether an entry still lists the person is not asked here.
pub async fn waiting_for(db: &impl ConnectionTrait, person: UserId) -> Result<Vec<InvitationRow>> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::PersonId.eq(person.uuid()))
        .filter(invitation::Column::State.eq(word(&InvitationState::Waiting)))
        .order_by_desc(invitation::Column::Id)
        .limit(OPEN_MAX)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Entries that list the person as an author, but that somebody else began and the person has not agreed to.
pub async fn not_agreed_to(db: &impl ConnectionTrait, person: UserId) -> Result<BTreeSet<EntryId>> {
    let agreed = Query::select()
        .column(invitation::Column::EntryId)
        .from(invitation::Entity)
        .and_where(invitation::Column::PersonId.eq(person.uuid()))
        .and_where(invitation::Column::State.eq(word(&InvitationState::Accepted)))
        .to_owned();
    // those that came on paper were signed
    let registered = Query::select()
        .column(entry_registration::Column::EntryId)
        .from(entry_registration::Entity)
        .to_owned();
    let ids = entry_author::Entity::find()
        .select_only()
        .column(entry_author::Column::EntryId)
        .join(
            JoinType::InnerJoin,
            entry_author::Entity::belongs_to(entry::Entity)
                .from(entry_author::Column::EntryId)
                .to(entry::Column::Id)
                .into(),
        )
        .filter(entry_author::Column::PersonId.eq(person.uuid()))
        .filter(entry::Column::CreatedBy.ne(person.uuid()))
        .filter(entry_author::Column::EntryId.not_in_subquery(agreed))
        .filter(entry_author::Column::EntryId.not_in_subquery(registered))
        .into_tuple::<uuid::Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(EntryId).collect())
}

/// Copies of submitted entries that a person accepted to be an author of; whether they still list the person stands in
/// their content.
pub async fn copies_agreed_to(
    db: &impl ConnectionTrait,
    person: UserId,
) -> Result<BTreeMap<EntryId, EntryContent>> {
    let agreed = Query::select()
        .column(invitation::Column::EntryId)
        .from(invitation::Entity)
        .and_where(invitation::Column::PersonId.eq(person.uuid()))
        .and_where(invitation::Column::State.eq(word(&InvitationState::Accepted)))
        .to_owned();
    let rows = entry_working_copy::Entity::find()
        .filter(entry_working_copy::Column::EntryId.in_subquery(agreed))
        .limit(OPEN_MAX)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((EntryId(row.entry_id), from_json("entry content", row.content)?)))
        .collect()
}

/// Stores a new invitation with the hash of its link's secret.
pub async fn insert(db: &impl ConnectionTrait, row: &InvitationRow, token_hash: String) -> Result<()> {
    invitation::Entity::insert(active(row, Some(token_hash)))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Replaces the row if its version is still `expected`; `row` carries the one it gets. `token_hash` replaces the link's
/// secret where it was sent again. False where somebody else was first.
pub async fn update(
    db: &impl ConnectionTrait,
    row: &InvitationRow,
    token_hash: Option<String>,
    expected: Version,
) -> Result<bool> {
    let done = invitation::Entity::update_many()
        .set(active(row, token_hash))
        .filter(Expr::col(invitation::Column::Id).eq(row.invitation.id.uuid()))
        .filter(Expr::col(invitation::Column::Version).eq(expected.0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

fn read(row: invitation::Model) -> Result<InvitationRow> {
    let state = from_word("invitation state", &row.state)?;
    Ok(InvitationRow {
        entry: EntryId(row.entry_id),
        invited_by: UserId(row.invited_by),
        created_at: row.created_at,
        invitation: Invitation {
            id: InvitationId(row.id),
            version: Version(row.version),
            person: row.person_id.map(UserId),
            email: row.email,
            full_name: row.full_name,
            state,
            sendings: u32::try_from(row.sendings).unwrap_or(u32::MAX),
            sent_at: row.sent_at,
            answered_at: row.answered_at,
            expires_at: row.expires_at,
        },
    })
}

fn active(row: &InvitationRow, token_hash: Option<String>) -> invitation::ActiveModel {
    let it = &row.invitation;
    let mut model = invitation::ActiveModel {
        id: Set(it.id.uuid()),
        entry_id: Set(row.entry.uuid()),
        person_id: Set(it.person.map(UserId::uuid)),
        email: Set(it.email.clone()),
        full_name: Set(it.full_name.clone()),
        state: Set(word(&it.state)),
        invited_by: Set(row.invited_by.uuid()),
        sendings: Set(i64::from(it.sendings)),
        created_at: Set(micros(row.created_at)),
        sent_at: Set(micros(it.sent_at)),
        answered_at: Set(it.answered_at.map(micros)),
        expires_at: Set(micros(it.expires_at)),
        version: Set(it.version.0),
        ..Default::default()
    };
    if let Some(hash) = token_hash {
        model.token_hash = Set(hash);
    }
    model
}
