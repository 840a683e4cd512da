//! Both rounds of the fictional contest against its expected results, field by field.

use std::collections::BTreeMap;

use rules::judging::{
    AdvanceRule, CardState, Explanation, RoundInput, Scorecard, ScoringPolicy, Tally, TallyRow, advance,
    rubric_r100_a, tally, total,
};
use rules::points::Points;
use rules::results::{PrizeTier, allocate};
use serde_json::{Value, json};

fn contest() -> Value {
    serde_json::from_str(include_str!("data/contest_sim22.json")).unwrap()
}

fn expected() -> Value {
    serde_json::from_str(include_str!("data/contest_sim22_expected.json")).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn accepted(contest: &Value) -> Vec<String> {
    let accepted = list(&contest["entries"]).filter(|entry| entry["state"] == "ACCEPTED");
    accepted.map(|entry| text(&entry["code"])).collect()
}

fn round(contest: &Value, code: &str, entries: Vec<String>) -> Tally<String> {
    let cards = list(&contest["scorecards"][code]).map(|card| Scorecard {
        entry: text(&card["entry"]),
        judge: text(&card["judge"]),
        state: match card["status"].as_str().unwrap() {
            "RECUSED" => CardState::Recused {
                reason: text(&card["reason"]),
            },
            "SUBMITTED" => {
                let scores = serde_json::from_value(card["scores"].clone()).unwrap();
                assert_eq!(total(&scores), text(&card["total"]).parse().unwrap());
                CardState::Submitted {
                    scores,
                    version: card["version"].as_i64().unwrap(),
                }
            }
            other => panic!("{other}"),
        },
    });
    let input = RoundInput {
        entries,
        judges: list(&contest["judges"][code])
            .map(|judge| text(&judge["code"]))
            .collect(),
        scorecards: cards.collect(),
        orders: Vec::new(),
        decisions: Vec::new(),
    };
    tally(&rubric_r100_a(), &ScoringPolicy::default(), &input).unwrap()
}

fn as_line(row: &TallyRow<String>) -> Value {
    let one_decimal = |points: Option<Points>| points.unwrap().format(rules::text::Locale::En, 1);
    let criterion = |code: &str| row.criteria[&code.parse().unwrap()].to_decimals(4);
    json!({
        "rank": row.rank,
        "entry": row.entry,
        "valid_scorecards": row.valid,
        "average_exact": row.average.unwrap().to_string(),
        "average": row.average.unwrap().to_decimals(2),
        "max": one_decimal(row.max),
        "min": one_decimal(row.min),
        "TC3_average": criterion("TC3"),
        "TC4_average": criterion("TC4"),
    })
}

fn table(tally: &Tally<String>) -> Value {
    tally.rows.iter().map(as_line).collect()
}

#[test]
fn preliminary_round_gives_the_expected_table_cut_and_deviations() {
    let (contest, expected) = (contest(), expected());
    let tally = round(&contest, "SL", accepted(&contest));
    assert_eq!(table(&tally), expected["SL"]["table"]);

    let advance = advance(&tally, &AdvanceRule::top(10));
    assert_eq!(json!(advance.advanced), expected["SL"]["advance"]);
    assert_eq!(advance.eliminated.len(), 12);
    assert_eq!(advance.undecided, Vec::<String>::new());
    assert_eq!(advance.margin, Some(Points::ZERO));

    let tie = advance.cut_tie.unwrap();
    let golden = &expected["SL"]["cutoff_tie"];
    let mut entries = tie.entries.clone();
    entries.sort();
    assert_eq!(json!(entries), golden["entries"]);
    assert_eq!(
        (json!(tie.above), json!(tie.below)),
        (golden["winner"].clone(), golden["loser"].clone())
    );
    let figure = tally.row(&tie.above).unwrap().rounded.unwrap();
    assert_eq!(figure, tally.row(&tie.below).unwrap().rounded.unwrap());
    assert_eq!(json!(figure), golden["equal_average"]);
    match tie.decided_by {
        Explanation::Criterion { code, .. } => assert_eq!(json!(code), golden["broken_by"]),
        other => panic!("{other:?}"),
    }

    let spreads: Vec<Value> = tally
        .deviations
        .iter()
        .map(|it| json!([it.entry, it.spread.0]))
        .collect();
    assert_eq!(
        spreads,
        [json!(["SIM-12", 2750])],
        "after the re-scoring one deviation is left, kept with explanation"
    );
}

#[test]
fn first_versions_show_both_deviations() {
    let (mut contest, expected) = (contest(), expected());
    for card in contest["scorecards"]["SL"].as_array_mut().unwrap() {
        if let Some(first) = card["history"].get(0).cloned() {
            card["scores"] = first["scores"].clone();
            card["total"] = first["total"].clone();
        }
    }
    let tally = round(&contest, "SL", accepted(&contest));
    let found: BTreeMap<String, Points> = tally
        .deviations
        .iter()
        .map(|it| (it.entry.clone(), it.spread))
        .collect();
    let golden: BTreeMap<String, Points> = list(&expected["SL"]["deviation_over_20"])
        .map(|it| (text(&it["entry"]), text(&it["spread_before"]).parse().unwrap()))
        .collect();
    assert_eq!(found, golden);
}

#[test]
fn final_round_gives_the_expected_table_tie_and_prizes() {
    let (contest, expected) = (contest(), expected());
    let first = round(&contest, "SL", accepted(&contest));
    let tally = round(&contest, "CK", advance(&first, &AdvanceRule::top(10)).advanced);
    assert_eq!(table(&tally), expected["CK"]["table"]);
    assert_eq!(tally.undecided, Vec::<Vec<String>>::new());

    let golden = &expected["CK"]["tie"];
    let pair = tally.why_above_next(&text(&golden["winner"])).unwrap();
    assert_eq!(json!([pair.above, pair.below]), golden["entries"]);
    match &pair.why {
        Explanation::Criterion { code, above, below } => {
            assert_eq!(json!(code), golden["broken_by"]);
            assert!(above > below);
        }
        other => panic!("{other:?}"),
    }

    let tiers: Vec<PrizeTier> = list(&contest["contest"]["prize_structure"])
        .map(|tier| {
            PrizeTier::new(
                &text(&tier["code"]),
                "giải",
                tier["count"].as_u64().unwrap() as u32,
            )
        })
        .collect();
    let allocation = allocate(&tally, &tiers, ScoringPolicy::default().prize_floor, &[]);
    let awards: Value = allocation
        .awards
        .iter()
        .map(|award| {
            let average = award.average.unwrap().format(rules::text::Locale::En, 2);
            json!({ "entry": award.entry, "prize": award.tier, "average": average })
        })
        .collect();
    assert_eq!(awards, expected["CK"]["awards"]);
    assert_eq!((allocation.unfilled, allocation.tie), (Vec::new(), None));
}

#[test]
fn counts_are_as_expected() {
    let (contest, expected) = (contest(), expected());
    let state = |wanted: &str| {
        list(&contest["entries"])
            .filter(|entry| entry["state"] == wanted)
            .count()
    };
    let cards = |code: &str, wanted: &str| {
        list(&contest["scorecards"][code])
            .filter(|card| card["status"] == wanted)
            .count()
    };
    let counts = json!({
        "submitted": contest["entries"].as_array().unwrap().len(),
        "accepted": state("ACCEPTED"),
        "late": state("REJECTED_LATE"),
        "withdrawn": state("WITHDRAWN"),
        "sl_scorecards_submitted": cards("SL", "SUBMITTED"),
        "sl_recused": cards("SL", "RECUSED"),
        "ck_scorecards_submitted": cards("CK", "SUBMITTED"),
        "ck_recused": cards("CK", "RECUSED"),
    });
    assert_eq!(counts, expected["counts"]);
    let first = round(&contest, "SL", accepted(&contest));
    assert_eq!(
        json!(first.rows.iter().map(|row| row.valid).sum::<u32>()),
        counts["sl_scorecards_submitted"]
    );
    assert_eq!(
        json!(first.rows.iter().map(|row| row.recused).sum::<u32>()),
        counts["sl_recused"]
    );
}
