//! `verify record` as a program: a record that agrees, one that differs, and files that are none.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program has to fail"
)]

#[path = "../../rules/tests/record_of.rs"]
mod record_of;

use std::process::{Command, Output};

use rules::event::Event;
use rules::record::ContestRecord;

fn record() -> ContestRecord {
    record_of::record(include_str!("../../rules/tests/data/contest_sim22.json"))
}

fn verify(bytes: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.json");
    std::fs::write(&file, bytes).unwrap();
    Command::new(env!("CARGO_BIN_EXE_verify"))
        .arg("record")
        .arg(&file)
        .output()
        .unwrap()
}

fn sentence(output: &Output, code: i32) -> String {
    let sentence = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert!(output.stdout.is_empty());
    sentence
}

#[test]
fn a_record_that_agrees_is_reported_with_its_prizes_and_last_hash() {
    let record = record();
    let output = verify(&serde_json::to_vec(&record).unwrap());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = String::from_utf8(output.stdout).unwrap();
    for line in [
        "SIM-2025: everything agrees",
        "NHAT: SIM-05",
        "BA: SIM-03",
        &format!("Last hash: {}", record.head),
    ] {
        assert!(report.contains(line), "{report}");
    }
}

#[test]
fn the_first_difference_is_named_with_exit_1() {
    let mut changed = record();
    let at = changed
        .ledger
        .iter()
        .position(|line| line.event.kind() == "scorecard_submitted")
        .unwrap();
    if let Event::ScorecardSubmitted { comment, .. } = &mut changed.ledger[at].event {
        comment.clear();
    }
    let broken = sentence(&verify(&serde_json::to_vec(&changed).unwrap()), 1);
    assert!(broken.contains(&format!("event {}", at + 1)), "{broken}");

    let mut swapped = record();
    let at = swapped
        .ledger
        .iter()
        .position(|line| line.event.kind() == "round_locked")
        .unwrap();
    if let Event::RoundLocked { ranking, .. } = &mut swapped.ledger[at].event {
        ranking.swap(0, 1);
    }
    record_of::reseal(&mut swapped);
    let differs = sentence(&verify(&serde_json::to_vec(&swapped).unwrap()), 1);
    for words in ["ranking, place 1", "SIM-16", "SIM-05"] {
        assert!(differs.contains(words), "{differs}");
    }
}

#[test]
fn what_is_no_record_gives_exit_2() {
    for bytes in [&b""[..], b"{}", b"\xff", b"[1]"] {
        sentence(&verify(bytes), 2);
    }
}
