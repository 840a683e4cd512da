//! "Ranked above because…": the explanation of a place, in words anyone can check against the table.

use rules::judging::{Explanation, Rubric};

use super::words::{decimal, named, points_full};
use crate::text::word;

/// What separates an entry from the next one. Without the rubric a criterion is named by its code.
pub fn why_text(why: &Explanation, rubric: Option<&Rubric>) -> String {
    match why {
        Explanation::Average { above, below } => {
            word!(
                judging.why.average,
                above = points_full(*above),
                below = points_full(*below)
            )
        }
        Explanation::MeanRank { above, below } => {
            word!(
                judging.why.mean_rank,
                above = points_full(*above),
                below = points_full(*below)
            )
        }
        Explanation::Criterion { code, above, below } => {
            let criterion = rubric.map_or_else(|| code.to_string(), |rubric| named(code, rubric));
            // Two decimals suffice unless they would print two different averages alike.
            let digits = if decimal(*above, 2) == decimal(*below, 2) {
                6
            } else {
                2
            };
            let (above, below) = (decimal(*above, digits), decimal(*below, digits));
            word!(
                judging.why.criterion,
                criterion = criterion,
                above = above,
                below = below
            )
        }
        Explanation::OrderBallots {
            above,
            below,
            ballots,
        } => {
            let (above, below) = (decimal(*above, 2), decimal(*below, 2));
            word!(
                judging.why.order,
                above = above,
                below = below,
                ballots = *ballots
            )
        }
        Explanation::Chair { reason } => word!(judging.why.chair, reason = reason.clone()),
        Explanation::Equal => word!(judging.why.equal),
    }
}
