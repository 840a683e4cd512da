//! Judging: rubric and scorecards, the frozen policy, the tally with its explanations, and who advances.

mod advance;
mod conflict;
mod order;
mod policy;
mod preset;
mod round;
mod rubric;
mod scorecard;
mod scores;
mod tally;

pub use advance::{Advance, AdvanceProblem, AdvanceRule, CutTie, advance};
pub use conflict::{Conflict, ConflictRule, Party, conflict_of};
pub use order::{OrderList, OrderProblem, check_order};
pub use policy::{Aggregate, BallotKind, PolicyProblem, Quorum, ScoringPolicy, TieBreak, frozen_hash};
pub use preset::{rubric_by_id, rubric_r100_a, rubric_r100_b, rubric_r100_c, rubric_r100_f};
pub use round::{LockProblem, OpenProblem, RoundError, RoundOpening, RoundStanding, RoundState};
pub use rubric::{
    Band, CommentRule, Criterion, CriterionCode, CriterionCodeProblem, Rubric, RubricProblem, ScoredAt,
    SubCriterion,
};
pub use scorecard::{ScorecardError, ScorecardState};
pub use scores::{
    CommentReason, ScoreProblem, Scores, check_draft, check_submission, criterion_points, total,
};
pub use tally::{
    CardState, ChairDecision, Deviation, Explanation, OrderBallot, Pair, RoundInput, RowState, Scorecard,
    Tally, TallyProblem, TallyRow, tally,
};
