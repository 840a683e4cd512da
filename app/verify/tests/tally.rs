//! `verify tally` as a program: the golden contest, contests of other shapes, and files that are wrong.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program has to fail"
)]

use std::process::{Command, Output};

use serde_json::{Value, json};

const CONTEST: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../rules/tests/data/contest_sim22.json"
);
const EXPECTED: &str = include_str!("../../rules/tests/data/contest_sim22_expected.json");

fn verify(bytes: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contest.json");
    std::fs::write(&file, bytes).unwrap();
    Command::new(env!("CARGO_BIN_EXE_verify"))
        .arg("tally")
        .arg(&file)
        .output()
        .unwrap()
}

fn report(contest: &Value) -> Value {
    let output = verify(contest.to_string().as_bytes());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stderr.is_empty());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn contest() -> Value {
    serde_json::from_slice(&std::fs::read(CONTEST).unwrap()).unwrap()
}

fn expected() -> Value {
    let mut expected: Value = serde_json::from_str(EXPECTED).unwrap();
    expected.as_object_mut().unwrap().remove("_about");
    expected
}

/// A small contest: entries `A`, `B`, `C`; three judges; totals of the preliminary round by entry and judge.
fn small(totals: [[Option<&str>; 3]; 3]) -> Value {
    let mut cards = Vec::new();
    for (entry, row) in ["A", "B", "C"].iter().zip(totals) {
        for (judge, total) in ["G1", "G2", "G3"].iter().zip(row) {
            cards.extend(total.map(|total| {
                json!({ "entry": entry, "judge": judge, "status": "SUBMITTED", "scores": { "T": total }, "total": total })
            }));
        }
    }
    let entries = ["A", "B", "C"].map(|code| json!({ "code": code, "state": "ACCEPTED" }));
    let judges = ["G1", "G2", "G3"].map(|code| json!({ "code": code }));
    json!({
        "contest": { "advance": { "rule": "top_n", "n": 1 } },
        "rubric": {
            "id": "T", "name": "Tổng", "max_total": "100", "step": "0.5",
            "criteria": [{ "code": "T", "name": "Tổng", "max": "100" }],
        },
        "entries": entries,
        "judges": { "SL": judges },
        "scorecards": { "SL": cards },
    })
}

#[test]
fn the_golden_contest_gives_the_expected_results_exactly() {
    assert_eq!(report(&contest()), expected());
}

#[test]
fn the_report_keeps_the_order_of_the_format() {
    let output = verify(&std::fs::read(CONTEST).unwrap());
    let printed = String::from_utf8(output.stdout).unwrap();
    let lines = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("_about"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&printed), lines(EXPECTED));
}

#[test]
fn either_round_may_be_missing_or_empty() {
    for empty in [json!([]), Value::Null] {
        let mut without_final = contest();
        without_final["scorecards"]["CK"] = empty.clone();
        let result = report(&without_final);
        assert_eq!(result["SL"], expected()["SL"]);
        assert_eq!(result["CK"], json!({ "table": [] }));

        let mut without_preliminary = contest();
        without_preliminary["scorecards"]["SL"] = empty;
        without_preliminary["judges"]
            .as_object_mut()
            .unwrap()
            .remove("SL");
        let result = report(&without_preliminary);
        assert_eq!(result["SL"], json!({ "table": [] }));
        assert_eq!(result["CK"], expected()["CK"]);
    }
    let nothing = report(&json!({ "entries": [], "scorecards": {} }));
    assert_eq!(
        (&nothing["SL"]["table"], &nothing["CK"]["table"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn entries_without_quorum_or_ballots_have_a_state_and_no_average() {
    let result = report(&small([
        [Some("80"), Some("80.5"), None],
        [Some("99"), None, None],
        [None, None, None],
    ]));
    let lines: Vec<Value> = result["SL"]["table"].as_array().unwrap().clone();
    assert_eq!(lines[0]["average_exact"], "321/4");
    assert_eq!(lines[0]["average"], "80.25");
    assert_eq!(lines[0].get("state"), None);
    for (line, entry, valid, state) in [
        (&lines[1], "B", 1, "QUORUM_NOT_MET"),
        (&lines[2], "C", 0, "NO_RESULT"),
    ] {
        assert_eq!(line["entry"], entry);
        assert_eq!(line["valid_scorecards"], valid);
        assert_eq!(line["state"], state);
        assert_eq!((&line["average"], &line["rank"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(result["SL"]["advance"], json!(["A"]));
}

#[test]
fn entries_equal_to_the_end_share_a_rank_and_all_advance() {
    let equal = [Some("80"), Some("80"), Some("80")];
    let result = report(&small([equal, equal, [Some("70"), Some("70"), Some("70")]]));
    let ranks: Vec<&Value> = result["SL"]["table"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["rank"])
        .collect();
    assert_eq!(ranks, [1, 1, 3]);
    assert_eq!(result["SL"]["advance"], json!(["A", "B"]));
    let tie = &result["SL"]["cutoff_tie"];
    assert_eq!(tie["entries"], json!(["A", "B"]));
    assert_eq!((&tie["winner"], &tie["broken_by"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_spread_nobody_deliberated_is_open() {
    let result = report(&small([
        [Some("70"), Some("90.5"), Some("80")],
        [Some("70"), Some("90"), Some("80")],
        [Some("80"), Some("80"), Some("80")],
    ]));
    let open = json!([{ "entry": "A", "spread_before": "20.5", "outcome": "OPEN", "spread_after": "20.5" }]);
    assert_eq!(result["SL"]["deviation_over_20"], open);
}

#[test]
fn entries_that_were_not_accepted_are_not_counted() {
    let mut contest = small([[Some("80"); 3], [Some("99"); 3], [Some("70"); 3]]);
    contest["entries"][1]["state"] = json!("WITHDRAWN");
    let result = report(&contest);
    let entries: Vec<&Value> = result["SL"]["table"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["entry"])
        .collect();
    assert_eq!(entries, ["A", "C"]);
    assert_eq!(result["counts"]["withdrawn"], 1);
}

#[test]
fn a_malformed_file_gives_exit_2_and_one_sentence_saying_where() {
    type Break = fn(&mut Value);
    let breaks: [(Break, &str); 20] = [
        (
            |it| it["scorecards"]["SL"][1]["entry"] = json!("SIM-99"),
            "scorecards.SL[1]",
        ),
        (
            |it| it["scorecards"]["SL"][1]["judge"] = json!("GKCK-1"),
            "scorecards.SL[1]",
        ),
        (
            |it| it["scorecards"]["CK"][0]["total"] = json!("1.0"),
            "scorecards.CK[0]",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!("mười"),
            "scorecards.SL[2]",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!("16,125"),
            "scorecards.SL[2]",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!(16.5),
            "line 1 column",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!("25.5"),
            "TC1",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!("-1"),
            "TC1",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC1"] = json!("7.3"),
            "TC1",
        ),
        (
            |it| it["scorecards"]["SL"][2]["scores"]["TC9"] = json!("1.0"),
            "TC9",
        ),
        (
            |it| {
                drop(
                    it["scorecards"]["SL"][2]["scores"]
                        .as_object_mut()
                        .unwrap()
                        .remove("TC5"),
                )
            },
            "TC5",
        ),
        (
            |it| {
                drop(
                    it["scorecards"]["SL"][2]
                        .as_object_mut()
                        .unwrap()
                        .remove("scores"),
                )
            },
            "scorecards.SL[2]",
        ),
        (|it| it["scorecards"]["SL"][2]["status"] = json!("LOST"), "LOST"),
        (
            |it| it["scorecards"]["SL"][2] = it["scorecards"]["SL"][1].clone(),
            "scorecards.SL[2]",
        ),
        (|it| it["entries"][1]["code"] = json!("SIM-01"), "entries[1]"),
        (
            |it| it["judges"]["CK"][1]["code"] = json!("GKCK-1"),
            "judges.CK[1]",
        ),
        (|it| it["contest"]["rubric"] = json!("R100-Z"), "contest.rubric"),
        (|it| it["contest"]["advance"]["n"] = json!(0), "contest.advance"),
        (
            |it| it["contest"]["prize_floor"] = json!("bảy mươi"),
            "contest.prize_floor",
        ),
        (
            |it| drop(it.as_object_mut().unwrap().remove("scorecards")),
            "scorecards",
        ),
    ];
    for (number, (break_it, place)) in breaks.into_iter().enumerate() {
        let mut contest = contest();
        break_it(&mut contest);
        refused(contest.to_string().as_bytes(), place, number);
    }
}

#[test]
fn what_is_no_json_or_not_there_gives_exit_2() {
    refused(b"", "line 1", 100);
    refused(b"{\"entries\": [", "line 1", 101);
    refused(b"\xff\xfe{}", "line 1", 102);
    refused(b"[]", "line 1", 103);
    refused("[".repeat(100_000).as_bytes(), "line 1", 104);
    let twice = std::fs::read_to_string(CONTEST)
        .unwrap()
        .replacen("\"TC2\"", "\"TC1\"", 1);
    refused(twice.as_bytes(), "TC1", 105);

    let missing = Command::new(env!("CARGO_BIN_EXE_verify"))
        .args(["tally", "no such file"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        String::from_utf8(missing.stderr)
            .unwrap()
            .contains("no such file")
    );
}

fn refused(bytes: &[u8], place: &str, number: usize) {
    let output = verify(bytes);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "case {number}: {sentence}");
    assert!(output.stdout.is_empty(), "case {number}");
    assert_eq!(sentence.lines().count(), 1, "case {number}: {sentence}");
    assert!(sentence.contains(place), "case {number}: {sentence}");
    assert!(sentence.ends_with(".\n"), "case {number}: {sentence}");
}
