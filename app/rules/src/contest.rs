//! A contest: its plan, categories, timetable, eligibility, rounds and prizes, and the phases it goes through.

mod deadline;
mod eligibility;
mod phase;
mod plan;
mod preset;
mod setup;
mod timetable;

pub use deadline::{
    Deadline, Extensions, GRACE_MAX, Grace, Timeliness, admitted, forwarding, submission, upload_may_begin,
    upload_may_finish,
};
pub use eligibility::{CoAuthorConsent, Eligibility, Exclusion, ExclusionReason, UnitNode, UnitTree};
pub use phase::{ContestPhase, PhaseError};
pub use plan::{ContestPlan, Hotline, LegalBasis, SignedDocument};
pub use preset::{Preset, preset};
pub use setup::{
    Category, ContestSetup, Declaration, JurySize, RoundPlan, SetupField, SetupGap, SetupProblem,
    SetupSection,
};
pub use timetable::{Milestone, MilestoneCode, Timetable};
