//! Who may be reminded of a deadline.

use std::collections::BTreeSet;

use rules::contest::ContestPhase;
use rules::entry::{EntryState, InvitationState};
use rules::id::{ContestId, EntryId, UnitId, UserId};
use rules::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{contest, entry, entry_author, entry_registration, invitation};
use crate::error::Result;
use crate::value::{from_word, word};

/// Entries looked at in one go.
const DRAFTS_MAX: u64 = 10_000;

/// An entry its authors have still to hand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearDraft {
    pub entry: EntryId,
    pub title: String,
    pub unit: Option<UnitId>,
    pub state: EntryState,
    /// Until when a returned entry is to be completed.
    pub due_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Who began it and the authors with an account; may name somebody twice.
    pub writers: Vec<UserId>,
}

/// Contests that take entries. Only their ids: one that cannot be read is no reason to pass over the others.
pub async fn open_contests(db: &impl ConnectionTrait) -> Result<Vec<ContestId>> {
    let ids = contest::Entity::find()
        .select_only()
        .column(contest::Column::Id)
        .filter(contest::Column::Phase.eq(word(&ContestPhase::Open)))
        .order_by_asc(contest::Column::Id)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(ContestId).collect())
}

/// Drafts and returned entries of a contest, oldest first. With `agreed_only` an author counts as a writer once they have
/// accepted their invitation.
pub async fn near_drafts(
    db: &impl ConnectionTrait,
    contest: ContestId,
    agreed_only: bool,
) -> Result<Vec<NearDraft>> {
    let editable = [EntryState::Draft, EntryState::ReturnedForSupplement].map(|state| word(&state));
    let rows = entry::Entity::find()
        .select_only()
        .columns([
            entry::Column::Id,
            entry::Column::Title,
            entry::Column::UnitId,
            entry::Column::State,
            entry::Column::DueAt,
            entry::Column::CreatedAt,
            entry::Column::CreatedBy,
        ])
        .filter(entry::Column::ContestId.eq(contest.uuid()))
        .filter(entry::Column::State.is_in(editable.clone()))
        .order_by_asc(entry::Column::Id)
        .limit(DRAFTS_MAX)
        .into_tuple::<(
            Uuid,
            String,
            Option<Uuid>,
            String,
            Option<Timestamp>,
            Timestamp,
            Uuid,
        )>()
        .all(db)
        .await?;
    // who registered a paper entry did not write it, and its authors signed it
    let registered = sea_orm::sea_query::Query::select()
        .column(entry_registration::Column::EntryId)
        .from(entry_registration::Entity)
        .and_where(entry_registration::Column::ContestId.eq(contest.uuid()))
        .to_owned();
    let on_paper: BTreeSet<Uuid> = entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::State.is_in(editable.clone()))
        .filter(entry::Column::Id.in_subquery(registered.clone()))
        .into_tuple::<Uuid>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let mut drafts = Vec::with_capacity(rows.len());
    for (id, title, unit, state, due_at, created_at, created_by) in rows {
        drafts.push(NearDraft {
            entry: EntryId(id),
            title,
            unit: unit.map(UnitId),
            state: from_word("entry state", &state)?,
            due_at,
            created_at,
            writers: if on_paper.contains(&id) {
                Vec::new()
            } else {
                vec![UserId(created_by)]
            },
        });
    }
    // both lists are in the order of the entries' ids, so one walk brings them together
    let mut authors = entry_author::Entity::find()
        .select_only()
        .columns([entry_author::Column::EntryId, entry_author::Column::PersonId])
        .filter(entry_author::Column::PersonId.is_not_null())
        .filter(
            entry_author::Column::EntryId.in_subquery(
                sea_orm::sea_query::Query::select()
                    .column(entry::Column::Id)
                    .from(entry::Entity)
                    .and_where(entry::Column::ContestId.eq(contest.uuid()))
                    .and_where(entry::Column::State.is_in(editable))
                    .to_owned(),
            ),
        );
    if agreed_only {
        let accepted = sea_orm::sea_query::Query::select()
            .column(invitation::Column::Id)
            .from(invitation::Entity)
            .and_where(
                Expr::col((invitation::Entity, invitation::Column::EntryId))
                    .equals((entry_author::Entity, entry_author::Column::EntryId)),
            )
            .and_where(
                Expr::col((invitation::Entity, invitation::Column::PersonId))
                    .equals((entry_author::Entity, entry_author::Column::PersonId)),
            )
            .and_where(invitation::Column::State.eq(word(&InvitationState::Accepted)))
            .to_owned();
        let signed = entry_author::Column::EntryId.in_subquery(registered);
        authors = authors.filter(Expr::exists(accepted).or(signed));
    }
    let authors = authors
        .order_by_asc(entry_author::Column::EntryId)
        .order_by_asc(entry_author::Column::Ordinal)
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?;
    for (id, person) in authors {
        if let Ok(at) = drafts.binary_search_by_key(&EntryId(id), |draft| draft.entry) {
            drafts[at].writers.push(UserId(person));
        }
    }
    Ok(drafts)
}
