//! Prizes, the decision, the published result, the record anyone entitled can recompute.

use async_trait::async_trait;
use rules::account::Actor;
use rules::contest::{ContestPhase, SignedDocument};
use rules::id::{CommandKey, ContestId, DocumentId, Version};
use rules::judging::Tally;
use rules::points::Points;
use rules::record::ContestRecord;
use rules::results::{PrizeTier, Unfilled};
use rules::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::Result;

/// A prize line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardLine {
    pub tier: String,
    pub tier_name: String,
    pub entry_code: String,
    pub title: String,
    pub authors: Vec<String>,
    pub unit_name: Option<String>,
    /// Only where the contest publishes points, or on the organiser's desk.
    pub average: Option<Points>,
    pub fictional: bool,
}

/// The published result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    pub contest_slug: String,
    pub contest_name: String,
    pub decision: SignedDocument,
    /// Signed file, where one was filed.
    pub file: Option<DocumentId>,
    pub published_at: Timestamp,
    pub zone: Zone,
    pub awards: Vec<AwardLine>,
    /// Entries received and units that took part; `None` where the source does not say.
    pub received: Option<u32>,
    pub units: Option<u32>,
    pub historical: bool,
    pub fictional: bool,
    /// Last hash of the ledger, to be compared with the record and the minutes.
    pub ledger_head: String,
    /// The viewer may export the record.
    pub can_export: bool,
}

/// A row of the final ranking on the results desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedEntry {
    pub code: String,
    pub title: String,
    pub authors: Vec<String>,
    pub unit_name: Option<String>,
    pub prize: Option<String>,
}

/// The results desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsDeskView {
    pub contest: ContestId,
    pub contest_slug: String,
    pub contest_name: String,
    pub phase: ContestPhase,
    pub version: Version,
    /// The last round's tally, entries named by their code.
    pub tally: Tally<String>,
    pub ranked: Vec<RankedEntry>,
    pub prizes: Vec<PrizeTier>,
    /// What the rules give from the ranking.
    pub suggested: Vec<(String, String)>,
    pub unfilled: Vec<Unfilled>,
    /// What the organiser proposed, entry code and tier; empty until proposed.
    pub proposed: Vec<(String, String)>,
    pub decision: Option<SignedDocument>,
    pub file_name: Option<String>,
    pub can_propose: bool,
    pub can_decide: bool,
    pub zone: Zone,
    pub key: CommandKey,
}

/// Proposes the prizes as the rules give them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposePrizes {
    pub key: CommandKey,
    pub contest: ContestId,
    pub expected: Version,
}

/// Records the signed decision: from then the result is official, public and immutable.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordDecision {
    pub key: CommandKey,
    pub contest: ContestId,
    pub expected: Version,
    pub document: SignedDocument,
    /// The signed file, uploaded before.
    pub file: Option<DocumentId>,
}

/// Results.
#[async_trait]
pub trait ResultsService: Send + Sync {
    /// The results desk.
    async fn desk(&self, actor: &Actor, slug: String) -> Result<ResultsDeskView>;
    /// Proposes the prizes.
    async fn propose_prizes(&self, actor: &Actor, command: ProposePrizes) -> Result<()>;
    /// Records the decision.
    async fn record_decision(&self, actor: &Actor, command: RecordDecision) -> Result<()>;
    /// The public result; `NotFound` before the decision.
    async fn result(&self, actor: &Actor, slug: String) -> Result<ResultView>;
    /// The record for recomputing.
    async fn export_record(&self, actor: &Actor, slug: String) -> Result<ContestRecord>;
}
