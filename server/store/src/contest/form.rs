//! Entry forms of the past: the current one stands in the set-up.

use rules::entry::FormVersion;
use rules::id::{ContestId, UserId};
use rules::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entity::form_version;
use crate::error::Result;
use crate::value::{from_json, json, micros};

/// Keeps a form that is being replaced.
///
/// # Errors
/// `Unique` where this version is kept already.
pub async fn keep_form(
    db: &impl ConnectionTrait,
    id: Uuid,
    contest: ContestId,
    form: &FormVersion,
    by: UserId,
    now: Timestamp,
) -> Result<()> {
    let row = form_version::ActiveModel {
        id: Set(id),
        contest_id: Set(contest.uuid()),
        version: Set(i64::from(form.version)),
        fields: Set(json("form_version.fields", &form.fields)?),
        replaced_at: Set(micros(now)),
        replaced_by: Set(by.uuid()),
    };
    form_version::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A form that was replaced, by its version.
pub async fn kept_form(
    db: &impl ConnectionTrait,
    contest: ContestId,
    version: u32,
) -> Result<Option<FormVersion>> {
    let row = form_version::Entity::find()
        .filter(form_version::Column::ContestId.eq(contest.uuid()))
        .filter(form_version::Column::Version.eq(i64::from(version)))
        .one(db)
        .await?;
    row.map(|row| {
        Ok(FormVersion {
            version,
            fields: from_json("form_version.fields", row.fields)?,
        })
    })
    .transpose()
}
