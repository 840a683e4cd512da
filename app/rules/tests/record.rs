//! A record replays to what was published, and whatever is changed in it is named.

use std::sync::LazyLock;

use proptest::prelude::*;
use rules::event::Event;
use rules::judging::Explanation;
use rules::ledger::BreakKind;
use rules::points::Points;
use rules::record::{ContestRecord, Difference, Mismatch, replay};
use serde_json::{Value, json};

use crate::record_of;

static RECORD: LazyLock<ContestRecord> =
    LazyLock::new(|| record_of::record(include_str!("data/contest_sim22.json")));

fn record() -> ContestRecord {
    RECORD.clone()
}

/// The first difference after a change, the chain sealed again.
fn resealed(change: impl FnOnce(&mut ContestRecord)) -> Difference {
    let mut record = record();
    change(&mut record);
    record_of::reseal(&mut record);
    match replay(&record).unwrap_err() {
        Mismatch::Event { what, .. } | Mismatch::Published { what } => *what,
        other => panic!("{other}"),
    }
}

fn position(record: &ContestRecord, kind: &str) -> usize {
    record
        .ledger
        .iter()
        .position(|line| line.event.kind() == kind)
        .unwrap()
}

#[test]
fn a_record_replays_to_the_golden_results() {
    let record = record();
    let replayed = replay(&record).unwrap();
    let expected: Value = serde_json::from_str(include_str!("data/contest_sim22_expected.json")).unwrap();
    let code_of = |entry: rules::id::EntryId| {
        record.ledger.iter().find_map(|line| match &line.event {
            Event::EntrySubmitted {
                entry: known, code, ..
            } if *known == entry => Some(code.clone()),
            _ => None,
        })
    };
    for (round, code) in replayed.rounds.iter().zip(["SL", "CK"]) {
        assert_eq!(round.code, code);
        let ranking: Value = round
            .tally
            .ranking()
            .into_iter()
            .map(|entry| json!(code_of(entry)))
            .collect();
        let golden: Value = expected[code]["table"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["entry"].clone())
            .collect();
        assert_eq!(ranking, golden);
    }
    let golden: Vec<Value> = expected["CK"]["awards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["entry"], it["prize"]]))
        .collect();
    let awards: Vec<Value> = replayed
        .awards
        .iter()
        .map(|(entry, tier)| json!([code_of(*entry), tier]))
        .collect();
    assert_eq!(awards, golden);
    assert_eq!(
        (replayed.head.to_string(), replayed.events),
        (record.head, record.ledger.len())
    );
    let broken_by_criterion = |why: &Explanation| matches!(why, Explanation::Criterion { .. });
    assert!(
        replayed.rounds[1]
            .tally
            .pairs
            .iter()
            .any(|pair| broken_by_criterion(&pair.why))
    );
}

#[test]
fn a_changed_event_breaks_the_chain_where_it_stands() {
    let mut changed = record();
    let at = position(&changed, "scorecard_submitted");
    if let Event::ScorecardSubmitted { comment, .. } = &mut changed.ledger[at].event {
        comment.push('!');
    }
    match replay(&changed).unwrap_err() {
        Mismatch::Chain { broken } => {
            assert_eq!((broken.seq, broken.kind), (at as i64 + 1, BreakKind::Content))
        }
        other => panic!("{other}"),
    }
    let mut cut = record();
    cut.ledger.pop();
    assert!(matches!(replay(&cut).unwrap_err(), Mismatch::Head { .. }));
}

#[test]
fn a_raised_score_is_found_even_when_the_chain_is_sealed_again() {
    let last = |record: &mut ContestRecord| {
        let locked = position(record, "round_locked");
        let at = record.ledger[..locked]
            .iter()
            .rposition(|line| line.event.kind() == "scorecard_submitted")
            .unwrap();
        match &mut record.ledger[at].event {
            Event::ScorecardSubmitted { scores, total, .. } => {
                let score = scores.get_mut(&"TC5".parse().unwrap()).unwrap();
                *score = score.saturating_sub(Points(50));
                *total = total.saturating_sub(Points(50));
            }
            other => panic!("{other:?}"),
        }
    };
    let found = resealed(last);
    assert!(
        matches!(found, Difference::List { .. } | Difference::TallyHash { .. }),
        "{found}"
    );
    let total_only = resealed(|record| {
        let at = position(record, "scorecard_submitted");
        if let Event::ScorecardSubmitted { total, .. } = &mut record.ledger[at].event {
            *total = total.saturating_add(Points(50));
        }
    });
    assert!(matches!(total_only, Difference::Total { .. }), "{total_only}");
}

#[test]
fn every_published_step_is_recomputed() {
    let locked = |change: fn(&mut Event)| {
        resealed(move |record| {
            let at = position(record, "round_locked");
            change(&mut record.ledger[at].event);
        })
    };
    let swapped = locked(|event| match event {
        Event::RoundLocked { ranking, .. } => ranking.swap(0, 1),
        _ => unreachable!(),
    });
    assert!(
        matches!(&swapped, Difference::List { list, place: 1, .. } if list == "ranking"),
        "{swapped}"
    );
    let dropped = locked(|event| match event {
        Event::RoundLocked { advanced, .. } => drop(advanced.pop()),
        _ => unreachable!(),
    });
    assert!(
        matches!(&dropped, Difference::List { list, place: 10, .. } if list == "advanced"),
        "{dropped}"
    );

    let policy = resealed(|record| {
        let at = position(record, "round_opened");
        if let Event::RoundOpened { policy, .. } = &mut record.ledger[at].event {
            policy.deviation = None;
        }
    });
    assert!(matches!(policy, Difference::FrozenHash { .. }), "{policy}");
    let missing = resealed(|record| {
        let at = position(record, "scorecard_submitted");
        record.ledger.remove(at);
    });
    assert!(matches!(missing, Difference::NotLockable { .. }), "{missing}");
    let silent = resealed(|record| {
        record
            .ledger
            .retain(|line| !line.event.kind().starts_with("deliberation"));
    });
    assert!(matches!(silent, Difference::NotLockable { .. }), "{silent}");
    let after_the_lock = resealed(|record| {
        let (card, lock) = (
            position(record, "scorecard_submitted"),
            position(record, "round_locked"),
        );
        let line = record.ledger[card].clone();
        record.ledger.insert(lock + 1, line);
    });
    assert_eq!(after_the_lock, Difference::RoundNotOpen);
    let prize = resealed(|record| {
        let at = position(record, "prizes_proposed");
        if let Event::PrizesProposed { awards } = &mut record.ledger[at].event {
            let (first, second) = (awards[0].0, awards[1].0);
            (awards[0].0, awards[1].0) = (second, first);
        }
    });
    assert!(matches!(prize, Difference::PrizeNotEarned { .. }), "{prize}");
    let decision = resealed(|record| {
        let at = position(record, "decision_recorded");
        if let Event::DecisionRecorded { awards, .. } = &mut record.ledger[at].event {
            awards.pop();
        }
    });
    assert!(matches!(decision, Difference::PrizeMissing { .. }), "{decision}");
}

#[test]
fn what_stands_beside_the_ledger_is_compared_with_it() {
    let published = |change: fn(&mut ContestRecord)| {
        let mut record = record();
        change(&mut record);
        replay(&record).unwrap_err()
    };
    assert!(matches!(
        published(|it| it.format = "contest-record/9".into()),
        Mismatch::Format { .. }
    ));
    assert!(matches!(
        published(|it| it.head = "0".repeat(64)),
        Mismatch::Head { .. }
    ));
    assert!(matches!(
        published(|it| it.ledger[3].hash = "zz".into()),
        Mismatch::Unreadable { seq: 4 }
    ));
    assert!(matches!(
        published(|it| it.code = "SIM-2026".into()),
        Mismatch::Event { seq: 1, .. }
    ));
    assert!(matches!(
        published(|it| drop(it.awards.pop())),
        Mismatch::Published { .. }
    ));
    assert!(matches!(
        published(|it| it.awards[0].entry_code = "SIM-99".into()),
        Mismatch::Published { .. }
    ));
    assert!(matches!(
        published(|it| it.prizes[0].count = 2),
        Mismatch::Event { .. }
    ));
    assert!(matches!(
        published(|it| it.advance[0] = None),
        Mismatch::Event { .. }
    ));
}

#[test]
fn a_mismatch_survives_the_wire() {
    let mut changed = record();
    changed.prizes[0].count = 2;
    let mismatch = replay(&changed).unwrap_err();
    let wire = serde_json::to_string(&mismatch).unwrap();
    assert_eq!(serde_json::from_str::<Mismatch>(&wire).unwrap(), mismatch);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_changed_byte_of_the_ledger_never_passes(place in any::<prop::sample::Index>(), flip in 1_u8..=255) {
        let record = record();
        let mut bytes = serde_json::to_vec(&record.ledger).unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        if let Ok(ledger) = serde_json::from_slice(&bytes) {
            let changed = ContestRecord { ledger, ..record.clone() };
            if changed != record {
                prop_assert!(replay(&changed).is_err());
            }
        }
    }
}

#[test]
fn a_hash_in_capitals_is_not_the_same_hash() {
    let mut record = record();
    record.ledger[0].hash = record.ledger[0].hash.to_uppercase();
    assert!(replay(&record).is_err());
}
