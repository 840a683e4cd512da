//! The built-in rubrics are those of `rubrics.json`, and all of them pass their own check.

use rules::judging::{
    CommentRule, Rubric, RubricProblem, ScoringPolicy, TieBreak, frozen_hash, rubric_by_id, rubric_r100_a,
};
use rules::points::Points;
use serde_json::Value;

fn file() -> Value {
    serde_json::from_str(include_str!("data/rubrics.json")).unwrap()
}

#[test]
fn built_in_rubrics_match_the_file() {
    let file = file();
    let rubrics = file["rubrics"].as_array().unwrap();
    assert_eq!(rubrics.len(), 4);
    for value in rubrics {
        let mut read: Rubric = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(read.validate(), Ok(()), "{}", read.id);
        let built_in = rubric_by_id(&read.id).unwrap();
        if value["comment_required_when"].is_string() {
            read.comment_rule = CommentRule {
                below_total: Some(Points::whole(50)),
                any_zero: true,
            };
        }
        assert_eq!(built_in, read);
    }
    assert_eq!(rubric_by_id("R100-Z"), None);
}

#[test]
fn default_policy_is_p_default() {
    let file = file();
    let written = &file["scoring_policies"][0];
    let policy = ScoringPolicy::default();
    assert_eq!(policy.validate(&rubric_r100_a()), Ok(()));
    let chain: Vec<String> = policy
        .tie_break
        .iter()
        .filter_map(|step| match step {
            TieBreak::Criterion { code } => Some(code.to_string()),
            TieBreak::ChairDecision => Some("chair_decision".to_owned()),
            // between TC1 and the chair; passed over in a round without order ballots
            TieBreak::OrderBallots => None,
        })
        .collect();
    assert_eq!(serde_json::to_value(chain).unwrap(), written["tie_break"]);
    assert_eq!(
        serde_json::to_value(policy.deviation).unwrap(),
        written["deviation"]["threshold"]
    );
    assert_eq!(
        serde_json::to_value(policy.prize_floor).unwrap(),
        written["prize_floor"]
    );
}

#[test]
fn a_rubric_names_each_of_its_problems() {
    let mut rubric = rubric_r100_a();
    rubric.criteria[1].max = Points(2030);
    rubric.criteria[2].code = rubric.criteria[0].code.clone();
    rubric.criteria[3].floor = Some(Points::whole(16));
    rubric.criteria[0].bands.swap(1, 2);
    let problems = rubric.validate().unwrap_err();
    let names: Vec<&str> = problems
        .iter()
        .map(|problem| match problem {
            RubricProblem::MaxOffStep { .. } => "step",
            RubricProblem::SubTotalDiffers { .. } => "parts",
            RubricProblem::DuplicateCode { .. } => "twice",
            RubricProblem::FloorOutOfRange { .. } => "floor",
            RubricProblem::BandOutOfOrder { .. } => "band",
            RubricProblem::TotalDiffers { .. } => "total",
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(names, ["band", "step", "parts", "twice", "floor", "total"]);
}

#[test]
fn the_frozen_hash_moves_with_rubric_and_policy() {
    let (rubric, policy) = (rubric_r100_a(), ScoringPolicy::default());
    let hash = frozen_hash(&rubric, &policy).unwrap();
    assert_eq!(frozen_hash(&rubric.clone(), &policy.clone()).unwrap(), hash);
    let stricter = ScoringPolicy {
        deviation: Some(Points::whole(15)),
        ..policy.clone()
    };
    assert_ne!(frozen_hash(&rubric, &stricter).unwrap(), hash);
    let mut finer = rubric;
    finer.step = Points(25);
    assert_ne!(frozen_hash(&finer, &policy).unwrap(), hash);
}
