//! What the rules find wrong with stored rounds, beside the field it is about.

use std::collections::BTreeMap;

use rules::contest::RoundPlan;
use rules::judging::{CriterionCode, PolicyProblem, Rubric, RubricProblem, ScoringPolicy, TieBreak};

use crate::text::{points_text, word};

/// Messages by field name; several about one field are joined.
pub fn of_rounds(rounds: &[RoundPlan]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut note = |key: String, text: String| {
        let line = found.entry(key).or_default();
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&text);
    };
    for (at, round) in rounds.iter().enumerate() {
        for problem in round.rubric.validate().err().unwrap_or_default() {
            note(
                format!("rounds.{at}.{}", rubric_field(&problem, &round.rubric)),
                rubric_text(&problem),
            );
        }
        for problem in round.policy.validate(&round.rubric).err().unwrap_or_default() {
            note(
                format!("rounds.{at}.{}", policy_field(&problem, &round.policy)),
                policy_text(&problem),
            );
        }
    }
    found
}

fn rubric_field(problem: &RubricProblem, rubric: &Rubric) -> String {
    let criterion = |code: &CriterionCode, field: &str| {
        // the last one, because of two equal codes the second is the mistake
        let own = |criterion: &rules::judging::Criterion| {
            criterion.code == *code || criterion.sub.iter().any(|part| part.code == *code)
        };
        match rubric.criteria.iter().rposition(own) {
            Some(at) => format!("criteria.{at}.{field}"),
            None => "rubric".to_owned(),
        }
    };
    match problem {
        RubricProblem::NoCriteria => "rubric".to_owned(),
        RubricProblem::StepNotPositive => "step".to_owned(),
        RubricProblem::TotalDiffers { .. } => "max_total".to_owned(),
        RubricProblem::DuplicateCode { code } => criterion(code, "code"),
        RubricProblem::MaxNotPositive { code }
        | RubricProblem::MaxOffStep { code, .. }
        | RubricProblem::SubTotalDiffers { code, .. }
        | RubricProblem::BandOutOfOrder { code, .. } => criterion(code, "max"),
        RubricProblem::FloorOutOfRange { code, .. } => criterion(code, "floor"),
    }
}

fn rubric_text(problem: &RubricProblem) -> String {
    match problem {
        RubricProblem::NoCriteria => word!(contest.manage.problem.no_criteria),
        RubricProblem::StepNotPositive => word!(contest.manage.problem.step),
        RubricProblem::DuplicateCode { code } => {
            word!(contest.manage.problem.code_twice, code = code.to_string())
        }
        RubricProblem::MaxNotPositive { .. } => word!(contest.manage.problem.max_zero),
        RubricProblem::MaxOffStep { step, .. } => {
            word!(contest.manage.problem.max_step, step = points_text(*step))
        }
        RubricProblem::TotalDiffers { sum, max_total } => {
            word!(
                contest.manage.problem.total,
                sum = points_text(*sum),
                total = points_text(*max_total)
            )
        }
        RubricProblem::SubTotalDiffers { sum, max, .. } => {
            word!(
                contest.manage.problem.parts,
                sum = points_text(*sum),
                max = points_text(*max)
            )
        }
        RubricProblem::FloorOutOfRange { max, .. } => {
            word!(contest.manage.problem.range, max = points_text(*max))
        }
        RubricProblem::BandOutOfOrder { band, .. } => word!(contest.manage.problem.band, number = band + 1),
    }
}

fn policy_field(problem: &PolicyProblem, policy: &ScoringPolicy) -> String {
    let step = |matches: &dyn Fn(&TieBreak) -> bool| match policy.tie_break.iter().rposition(matches) {
        Some(at) => format!("tie.{at}"),
        None => "aggregate".to_owned(),
    };
    match problem {
        PolicyProblem::UnknownCriterion { code } | PolicyProblem::CriterionNeedsScorecards { code } => {
            step(&|step| matches!(step, TieBreak::Criterion { code: own } if own == code))
        }
        PolicyProblem::RepeatedTieBreak { step: twice } => step(&|step| step == twice),
        PolicyProblem::AfterChairDecision => step(&|_| true),
        PolicyProblem::AverageNeedsScorecards => "aggregate".to_owned(),
        PolicyProblem::TrimsEverything { .. } => "min_scorecards".to_owned(),
        PolicyProblem::QuorumOutOfRange { .. } => "quorum_num".to_owned(),
        PolicyProblem::DeviationOutOfRange { .. } => "deviation".to_owned(),
        PolicyProblem::PrizeFloorOutOfRange { .. } => "prize_floor".to_owned(),
    }
}

fn policy_text(problem: &PolicyProblem) -> String {
    match problem {
        PolicyProblem::UnknownCriterion { code } => {
            word!(contest.manage.problem.unknown, code = code.to_string())
        }
        PolicyProblem::RepeatedTieBreak { .. } => word!(contest.manage.problem.repeated),
        PolicyProblem::AfterChairDecision => word!(contest.manage.problem.after_chair),
        PolicyProblem::AverageNeedsScorecards => word!(contest.manage.problem.average),
        PolicyProblem::CriterionNeedsScorecards { .. } => word!(contest.manage.problem.needs_scorecards),
        PolicyProblem::TrimsEverything { .. } => word!(contest.manage.problem.trims),
        PolicyProblem::QuorumOutOfRange { .. } => word!(contest.manage.problem.quorum),
        PolicyProblem::DeviationOutOfRange { max, .. } | PolicyProblem::PrizeFloorOutOfRange { max, .. } => {
            word!(contest.manage.problem.range, max = points_text(*max))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::contest::{Preset, preset};
    use rules::points::Points;

    #[test]
    fn problems_stand_beside_their_field() {
        let mut round = preset(Preset::Agency).rounds.remove(0);
        let code = |text: &str| CriterionCode::parse(text).expect("a code");
        let twice = RubricProblem::DuplicateCode { code: code("TC2.1") };
        assert_eq!(rubric_field(&twice, &round.rubric), "criteria.1.code");
        let floor = RubricProblem::FloorOutOfRange {
            code: code("TC5"),
            floor: Points(1),
            max: Points(0),
        };
        assert_eq!(rubric_field(&floor, &round.rubric), "criteria.4.floor");
        round.policy.tie_break.push(TieBreak::OrderBallots);
        assert_eq!(
            policy_field(&PolicyProblem::AfterChairDecision, &round.policy),
            "tie.5"
        );
        let repeated = PolicyProblem::RepeatedTieBreak {
            step: TieBreak::OrderBallots,
        };
        assert_eq!(policy_field(&repeated, &round.policy), "tie.5");
        let unknown = PolicyProblem::UnknownCriterion { code: code("TC4") };
        assert_eq!(policy_field(&unknown, &round.policy), "tie.1");
    }
}
