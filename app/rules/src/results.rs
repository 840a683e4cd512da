//! From the final ranking to prizes, and the signed decision that makes them official.

mod allocate;
mod decision;
mod document;
mod prize;

pub use allocate::{Allocation, Award, PrizeTie, Unfilled, UnfilledReason, allocate, shared_tiers};
pub use decision::{DecisionField, DecisionProblem, ResultDecision};
pub use document::{DocumentNumber, DocumentNumberProblem};
pub use prize::{PrizeProblem, PrizeTier, check_prizes};
