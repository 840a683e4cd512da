//! One judge's scorecard for one entry (phiếu chấm điểm).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scorecard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub entry_id: Uuid,
    pub person_id: Uuid,
    /// `rules::judging::ScorecardState`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// `rules::judging::Scores`.
    #[sea_orm(column_type = "JsonBinary")]
    pub scores: Json,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    /// Of the recusal or reopening.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Recused by a conflict rule, not declared.
    pub by_rule: bool,
    pub version: i64,
    pub saved_at: DateTimeUtc,
    pub submitted_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
