//! Every case of `scoring_cases.json`.

use rules::judging::{
    Aggregate, CardState, Quorum, RoundInput, RowState, ScoreProblem, Scorecard, Scores, ScoringPolicy,
    Tally, TallyRow, check_draft, check_submission, rubric_r100_a, rubric_r100_b, tally,
};
use rules::judging::{Criterion, CriterionCode, Rubric};
use rules::points::Points;
use rules::results::{PrizeTier, allocate};
use serde_json::Value;

/// A rubric of one criterion, so that a case's totals are its scores.
fn one_criterion(step: &str, max: &str) -> Rubric {
    let criterion = Criterion {
        code: code("T"),
        name: "Tổng".to_owned(),
        hint: String::new(),
        max: points(max),
        floor: None,
        sub: Vec::new(),
        bands: Vec::new(),
    };
    Rubric {
        max_total: points(max),
        step: points(step),
        criteria: vec![criterion],
        ..rubric_r100_b()
    }
}

fn code(text: &str) -> CriterionCode {
    text.parse().unwrap()
}

fn points(text: &str) -> Points {
    text.parse().unwrap()
}

fn scores_of(value: &Value) -> Scores {
    serde_json::from_value(value.clone()).unwrap()
}

fn count(case: &Value, rubric: &Rubric, cards: Vec<Scores>) -> Tally<String> {
    let trim = case["trim"].as_bool().unwrap_or(false);
    let policy = ScoringPolicy {
        aggregate: if trim {
            Aggregate::TrimmedMean {
                min_scorecards: 5,
                drop_high: 1,
                drop_low: 1,
            }
        } else {
            Aggregate::Mean
        },
        tie_break: Vec::new(),
        ..ScoringPolicy::default()
    };
    assert_eq!(policy.quorum, Quorum { num: 2, den: 3 });
    assert_eq!(policy.validate(rubric), Ok(()));
    let appointed = case["appointed"]
        .as_u64()
        .map_or(cards.len(), |appointed| appointed as usize);
    let input = RoundInput {
        entries: vec!["E".to_owned()],
        judges: (0..appointed).collect(),
        scorecards: cards
            .into_iter()
            .enumerate()
            .map(|(judge, scores)| Scorecard {
                entry: "E".to_owned(),
                judge,
                state: CardState::Submitted { scores, version: 1 },
            })
            .collect(),
        orders: Vec::new(),
        decisions: Vec::new(),
    };
    tally(rubric, &policy, &input).unwrap()
}

fn totals(case: &Value) -> Vec<Scores> {
    let totals = case["totals"].as_array().unwrap();
    totals
        .iter()
        .map(|total| Scores::from([(code("T"), points(total.as_str().unwrap()))]))
        .collect()
}

fn row(tally: &Tally<String>) -> &TallyRow<String> {
    tally.row(&"E".to_owned()).unwrap()
}

fn state_name(state: RowState) -> Value {
    serde_json::to_value(state).unwrap()
}

#[test]
fn every_scoring_case_holds() {
    let file: Value = serde_json::from_str(include_str!("data/scoring_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let id = case["id"].as_str().unwrap();
        match id.as_bytes()[0] {
            b'R' | b'T' | b'V' => average_case(id, case),
            b'D' => deviation_case(id, case),
            b'F' => floor_case(id, case),
            b'B' => input_case(id, case),
            _ => panic!("an unknown kind of case: {id}"),
        }
    }
}

fn average_case(id: &str, case: &Value) {
    let tally = count(case, &one_criterion("0.01", "100"), totals(case));
    let row = row(&tally);
    let shown = row.average.map(|average| average.to_decimals(2));
    assert_eq!(shown.as_deref(), case["expect"].as_str(), "{id}");
    assert_eq!(row.rounded, case["expect"].as_str().map(points), "{id}");
    if !case["state"].is_null() {
        assert_eq!(state_name(row.state), case["state"], "{id}");
    }
    assert_eq!(row.rank.is_some(), row.state == RowState::Ok, "{id}");
}

fn deviation_case(id: &str, case: &Value) {
    let tally = count(case, &one_criterion("0.5", "100"), totals(case));
    assert_eq!(
        !tally.deviations.is_empty(),
        case["expect_flag"].as_bool().unwrap(),
        "{id}"
    );
}

fn floor_case(id: &str, case: &Value) {
    let passes = case["passes"].as_bool().unwrap();
    let tally = if case["scores"].is_object() {
        count(case, &rubric_r100_b(), vec![scores_of(&case["scores"])])
    } else {
        count(case, &one_criterion("0.01", "100"), totals(case))
    };
    let row = row(&tally);
    assert_eq!(row.rounded, case["expect"].as_str().map(points), "{id}");
    if !case["state"].is_null() {
        assert_eq!(state_name(row.state), case["state"], "{id}");
    }
    let floor = case["floor"].as_str().map(points);
    let allocation = allocate(&tally, &[PrizeTier::new("NHAT", "Nhất", 1)], floor, &[]);
    assert_eq!(allocation.awards.len() == 1, passes, "{id}");
    assert_eq!(allocation.unfilled.is_empty(), passes, "{id}");
}

fn input_case(id: &str, case: &Value) {
    if let Some(input) = case["input"].as_str() {
        assert_eq!(
            Points::parse(input).unwrap().to_string(),
            case["expect"].as_str().unwrap(),
            "{id}"
        );
    } else if let Some(score) = case["score"].as_str() {
        let rubric = one_criterion("0.5", case["criterion_max"].as_str().unwrap());
        let scores = Scores::from([(code("T"), points(score))]);
        let problems = check_submission(&rubric, &scores, "");
        assert_eq!(problems.len(), 1, "{id}");
        assert_eq!(problems[0].criterion(), Some(&code("T")), "{id}");
        let over = matches!(problems[0], ScoreProblem::OverMax { .. });
        assert_eq!(over, id == "B1", "{id}");
        assert_eq!(case["state"], "INVALID", "{id}");
    } else {
        let scores = scores_of(&case["scores"]);
        assert_eq!(check_draft(&rubric_r100_a(), &scores), [], "{id}");
        let missing: Vec<String> = check_submission(&rubric_r100_a(), &scores, "ý kiến")
            .iter()
            .map(|problem| match problem {
                ScoreProblem::Missing { criterion } => criterion.to_string(),
                other => panic!("{id}: {other}"),
            })
            .collect();
        assert_eq!(missing, ["TC2", "TC3", "TC4", "TC5"], "{id}");
    }
}
