//! Prizes, document numbers and the decision, by example.

use chrono::NaiveDate;
use rules::judging::{CardState, RoundInput, Scorecard, Scores, ScoringPolicy, Tally, tally};
use rules::points::Points;
use rules::results::{
    DecisionField, DecisionProblem, DocumentNumber, DocumentNumberProblem, PrizeTie, PrizeTier,
    ResultDecision, UnfilledReason, allocate, check_prizes, shared_tiers,
};

use crate::support;

/// A ranking with these totals.
fn ranking(totals: &[i64]) -> Tally<usize> {
    let cards = totals.iter().enumerate().map(|(entry, total)| {
        let code = |code: &str| code.parse().unwrap();
        let scores = Scores::from([(code("C1"), Points::whole(*total)), (code("C2"), Points::ZERO)]);
        Scorecard {
            entry,
            judge: 1,
            state: CardState::Submitted { scores, version: 1 },
        }
    });
    let input = RoundInput {
        entries: (0..totals.len()).collect(),
        judges: vec![1],
        scorecards: cards.collect(),
        orders: Vec::new(),
        decisions: Vec::new(),
    };
    let policy = ScoringPolicy {
        tie_break: support::ladder(),
        ..ScoringPolicy::default()
    };
    tally(&support::rubric(), &policy, &input).unwrap()
}

fn tiers() -> Vec<PrizeTier> {
    vec![
        PrizeTier::new("NHAT", "Nhất", 1),
        PrizeTier::new("NHI", "Nhì", 2),
        PrizeTier::new("BA", "Ba", 2),
    ]
}

fn given(tally: &Tally<usize>, tiers: &[PrizeTier], shared: &[String]) -> Vec<(usize, String, bool)> {
    let allocation = allocate(tally, tiers, Some(Points::whole(70)), shared);
    allocation
        .awards
        .into_iter()
        .map(|award| (award.entry, award.tier, award.shared))
        .collect()
}

#[test]
fn a_tier_under_the_floor_stays_unfilled_and_a_lower_floor_may_still_be_met() {
    let mut tiers = tiers();
    tiers[2].floor = Some(Points::whole(60));
    let tally = ranking(&[90, 65, 50]);
    let allocation = allocate(&tally, &tiers, Some(Points::whole(70)), &[]);
    let awards: Vec<_> = allocation
        .awards
        .iter()
        .map(|award| (award.entry, award.tier.as_str()))
        .collect();
    assert_eq!(awards, [(0, "NHAT"), (1, "BA")]);
    let unfilled: Vec<_> = allocation
        .unfilled
        .iter()
        .map(|it| (it.tier.as_str(), it.left, it.why))
        .collect();
    let below = |floor, best| UnfilledReason::BelowFloor {
        floor: Points::whole(floor),
        best: Points::whole(best),
    };
    assert_eq!(unfilled, [("NHI", 2, below(70, 65)), ("BA", 1, below(60, 50))]);
}

#[test]
fn too_few_entries_leave_prizes_over() {
    let allocation = allocate(&ranking(&[90, 80]), &tiers(), None, &[]);
    assert_eq!(allocation.awards.len(), 2);
    let unfilled: Vec<_> = allocation
        .unfilled
        .iter()
        .map(|it| (it.tier.as_str(), it.left, it.why))
        .collect();
    assert_eq!(
        unfilled,
        [
            ("NHI", 1, UnfilledReason::NoEntryLeft),
            ("BA", 2, UnfilledReason::NoEntryLeft)
        ]
    );
}

#[test]
fn a_tie_inside_a_tier_needs_nobody_but_one_at_its_edge_does() {
    assert_eq!(given(&ranking(&[90, 80, 80, 75]), &tiers(), &[]).len(), 4);

    let tally = ranking(&[90, 90, 80]);
    let allocation = allocate(&tally, &tiers(), None, &[]);
    assert_eq!(allocation.awards, []);
    assert_eq!(
        allocation.tie,
        Some(PrizeTie {
            tier: "NHAT".into(),
            left: 1,
            entries: vec![0, 1]
        })
    );

    let shared = given(&tally, &tiers(), &["NHAT".to_owned()]);
    assert_eq!(
        shared,
        [
            (0, "NHAT".into(), true),
            (1, "NHAT".into(), true),
            (2, "NHI".into(), false)
        ]
    );
}

#[test]
fn equals_share_the_prize_of_one_who_left_after_the_lock() {
    let policy = ScoringPolicy {
        tie_break: support::ladder(),
        ..ScoringPolicy::default()
    };
    let mut tally = ranking(&[95, 90, 90, 80]);
    tally.rows.retain(|row| row.entry != 0);
    // the chair decided between those there were; nobody decides now, and nobody stays without for it
    let undecided = allocate(&tally, &tiers(), None, &shared_tiers(&policy, &tiers(), false));
    assert!(undecided.tie.is_some());
    let allocation = allocate(&tally, &tiers(), None, &shared_tiers(&policy, &tiers(), true));
    assert!(allocation.tie.is_none());
    assert_eq!(
        given(&tally, &tiers(), &shared_tiers(&policy, &tiers(), true)),
        [
            (1, "NHAT".to_owned(), true),
            (2, "NHAT".to_owned(), true),
            (3, "NHI".to_owned(), false)
        ]
    );
}

#[test]
fn prize_lists_are_checked() {
    let mut tiers = tiers();
    assert_eq!(check_prizes(&tiers), []);
    tiers[1].code = "NHAT".into();
    tiers[2].count = 0;
    tiers[2].amount = Some(-1);
    assert_eq!(check_prizes(&tiers).len(), 3);
}

#[test]
fn document_numbers_follow_the_grammar_of_the_seeds() {
    for text in [
        "181/QĐ-KKT",
        "612/KH-UBND",
        "2158/UBND-KTTH",
        "5959/QĐ-UBND",
        "82/KH-BQLKKT",
        "12a/TTr-SNV",
    ] {
        assert_eq!(DocumentNumber::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(
        DocumentNumber::new(" 7 ", "Q\u{110}-KKT").unwrap().to_string(),
        "07/QĐ-KKT"
    );
    let refused = [
        ("181", DocumentNumberProblem::NoSlash),
        ("/QĐ-KKT", DocumentNumberProblem::NumberMissing),
        ("abc/QĐ-KKT", DocumentNumberProblem::BadNumber),
        ("123456789012/QĐ-KKT", DocumentNumberProblem::BadNumber),
        ("181/", DocumentNumberProblem::SymbolMissing),
        ("181/QĐ", DocumentNumberProblem::BadSymbol),
        ("181/QĐ--KKT", DocumentNumberProblem::BadSymbol),
        ("181/QĐ KKT-A", DocumentNumberProblem::BadSymbol),
    ];
    for (text, problem) in refused {
        assert_eq!(DocumentNumber::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn a_decision_is_complete_and_dated_between_ranking_and_today() {
    let day = |day| NaiveDate::from_ymd_opt(2021, 10, day).unwrap();
    let record = |number, issued_on, signer| {
        ResultDecision::record(
            number,
            "QĐ-KKT",
            day(issued_on),
            signer,
            "Trưởng ban",
            day(29),
            Some(day(20)),
        )
    };
    let decision = record("181", 29, "  Nguyễn  Văn A ").unwrap();
    assert_eq!(decision.number().to_string(), "181/QĐ-KKT");
    assert_eq!(
        (decision.signer(), decision.position(), decision.issued_on()),
        ("Nguyễn Văn A", "Trưởng ban", day(29))
    );

    let fields = |result: Result<ResultDecision, Vec<DecisionProblem>>| -> Vec<DecisionField> {
        result.unwrap_err().iter().map(DecisionProblem::field).collect()
    };
    assert_eq!(
        fields(record("", 30, "")),
        [
            DecisionField::Number,
            DecisionField::Signer,
            DecisionField::IssuedOn
        ]
    );
    assert_eq!(fields(record("181", 19, "A")), [DecisionField::IssuedOn]);
}
