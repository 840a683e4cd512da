//! A contest with its set-up and the head of its ledger.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Address part, unique.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// Unique.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub year: i64,
    pub organiser_unit_id: Uuid,
    /// `rules::contest::ContestPhase`.
    #[sea_orm(column_type = "Text")]
    pub phase: String,
    /// `rules::contest::ContestSetup`.
    #[sea_orm(column_type = "JsonBinary")]
    pub setup: Json,
    /// Frozen when the contest opens.
    #[sea_orm(column_type = "Text", nullable)]
    pub setup_hash: Option<String>,
    /// Entered as a past result.
    pub historical: bool,
    /// Invented data; the label stays on screen.
    pub fictional: bool,
    pub created_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    pub version: i64,
    /// Number of events in the ledger.
    pub last_seq: i64,
    /// Microseconds by which the contest's own clock is behind; 0 but in the demo.
    pub clock_shift: i64,
    /// Hash of the last event, hex.
    #[sea_orm(column_type = "Text")]
    pub last_hash: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
