//! The tie ladder, rounds, scorecards and conflicts, by example.

use rules::id::{UnitId, UserId};
use rules::judging::{
    AdvanceRule, Aggregate, BallotKind, CardState, ChairDecision, CommentReason, Conflict, ConflictRule,
    Explanation, LockProblem, OpenProblem, OrderBallot, OrderList, OrderProblem, Party, PolicyProblem,
    Quorum, RoundError, RoundInput, RoundOpening, RoundStanding, RoundState, RowState, ScoreProblem,
    Scorecard, ScorecardError, ScorecardState, Scores, ScoringPolicy, TallyProblem, TieBreak, advance,
    check_order, check_submission, conflict_of, rubric_r100_a, rubric_r100_b, tally,
};
use rules::points::{Fraction, Points};
use uuid::Uuid;

use crate::support;

type Input = RoundInput<&'static str, u32>;

fn card(entry: &'static str, judge: u32, first: i64, second: i64) -> Scorecard<&'static str, u32> {
    let code = |code: &str| code.parse().unwrap();
    let scores = Scores::from([
        (code("C1"), Points::whole(first)),
        (code("C2"), Points::whole(second)),
    ]);
    Scorecard {
        entry,
        judge,
        state: CardState::Submitted { scores, version: 1 },
    }
}

fn equal_three() -> Input {
    let cards = ["a", "b", "c"]
        .into_iter()
        .flat_map(|entry| (1..=2).map(move |judge| card(entry, judge, 40, 40)));
    RoundInput {
        entries: vec!["a", "b", "c"],
        judges: vec![1, 2],
        scorecards: cards.collect(),
        orders: Vec::new(),
        decisions: Vec::new(),
    }
}

fn policy() -> ScoringPolicy {
    ScoringPolicy {
        ballot: BallotKind::ScorecardsAndOrder,
        tie_break: support::ladder(),
        ..ScoringPolicy::default()
    }
}

fn order(judge: u32, tiers: &[&[&'static str]]) -> OrderBallot<&'static str, u32> {
    OrderBallot {
        judge,
        order: OrderList {
            tiers: tiers.iter().map(|tier| tier.to_vec()).collect(),
        },
    }
}

#[test]
fn undecided_ties_share_a_rank_until_the_chair_decides() {
    let mut input = equal_three();
    let open = tally(&support::rubric(), &policy(), &input).unwrap();
    assert_eq!(open.undecided, [["a", "b", "c"]]);
    assert_eq!(
        open.rows.iter().map(|row| row.rank).collect::<Vec<_>>(),
        [Some(1); 3]
    );

    input.decisions.push(ChairDecision {
        order: vec!["a", "b"],
        reason: "chưa đủ".into(),
    });
    assert_eq!(
        tally(&support::rubric(), &policy(), &input).unwrap(),
        open,
        "a decision must name the whole group"
    );

    input.decisions.push(ChairDecision {
        order: vec!["c", "a", "b"],
        reason: "phạm vi rộng hơn".into(),
    });
    let settled = tally(&support::rubric(), &policy(), &input).unwrap();
    assert_eq!(settled.ranking(), ["c", "a", "b"]);
    assert_eq!(settled.undecided, Vec::<Vec<&str>>::new());
    assert_eq!(
        settled.pairs[0].why,
        Explanation::Chair {
            reason: "phạm vi rộng hơn".into()
        }
    );
}

#[test]
fn order_ballots_break_what_criteria_leave_and_ignore_partial_ballots() {
    let mut input = equal_three();
    input.orders = vec![order(1, &[&["b"], &["a", "c"]]), order(2, &[&["a"]])];
    let tally = tally(&support::rubric(), &policy(), &input).unwrap();
    assert_eq!(tally.ranking(), ["b", "a", "c"]);
    let two_and_a_half = Fraction::new(5, 2).unwrap();
    assert_eq!(
        tally.pairs[0].why,
        Explanation::OrderBallots {
            above: Fraction::whole(1),
            below: two_and_a_half,
            ballots: 1
        }
    );
    assert_eq!(tally.undecided, [["a", "c"]]);
}

#[test]
fn equal_entries_at_the_edge_all_advance_or_wait_for_the_chair() {
    let tally = tally(&support::rubric(), &policy(), &equal_three()).unwrap();
    let all = advance(&tally, &AdvanceRule::top(2));
    assert_eq!(all.advanced, ["a", "b", "c"]);
    assert_eq!(all.cut_tie.unwrap().decided_by, Explanation::Equal);
    let wait = advance(
        &tally,
        &AdvanceRule {
            admit_all_equal: false,
            ..AdvanceRule::top(2)
        },
    );
    assert_eq!(
        (wait.advanced.len(), wait.undecided, wait.eliminated.len()),
        (0, vec!["a", "b", "c"], 0)
    );
}

#[test]
fn mean_rank_shares_middles_and_scales_partial_ballots() {
    let policy = ScoringPolicy {
        aggregate: Aggregate::MeanRank,
        ballot: BallotKind::Order,
        tie_break: vec![TieBreak::ChairDecision],
        prize_floor: None,
        ..ScoringPolicy::default()
    };
    assert_eq!(policy.validate(&support::rubric()), Ok(()));
    let input = RoundInput {
        entries: vec!["a", "b", "c"],
        judges: vec![1, 2],
        scorecards: Vec::new(),
        orders: vec![
            order(1, &[&["a", "b"], &["c"]]),
            order(2, &[&["b"], &["a"], &["c"]]),
        ],
        decisions: Vec::new(),
    };
    let full = tally(&support::rubric(), &policy, &input).unwrap();
    assert_eq!(full.ranking(), ["b", "a", "c"]);
    let rank_of = |entry| full.row(&entry).unwrap().mean_rank.unwrap().to_string();
    assert_eq!([rank_of("a"), rank_of("b"), rank_of("c")], ["7/4", "5/4", "3"]);

    let partial = RoundInput {
        orders: vec![order(1, &[&["a"], &["c"]])],
        judges: vec![1],
        ..input
    };
    let partial = tally(&support::rubric(), &policy, &partial).unwrap();
    assert_eq!(
        partial.row(&"a").unwrap().mean_rank,
        Some(Fraction::new(4, 3).unwrap())
    );
    assert_eq!(partial.row(&"b").unwrap().state, RowState::NoResult);
}

#[test]
fn recusals_reduce_the_divisor_but_not_the_jury() {
    let mut input = equal_three();
    input.judges = vec![1, 2, 3];
    let recused = |entry| Scorecard {
        entry,
        judge: 3,
        state: CardState::Recused {
            reason: "cùng đơn vị".into(),
        },
    };
    input.scorecards.extend(["a", "b", "c"].map(recused));
    let two_of_three = tally(&support::rubric(), &policy(), &input).unwrap();
    let row = two_of_three.row(&"a").unwrap();
    assert_eq!((row.state, row.valid, row.recused), (RowState::Ok, 2, 1));
    assert_eq!(row.average, Some(Fraction::whole(80)));

    input.judges.push(4);
    let two_of_four = tally(&support::rubric(), &policy(), &input).unwrap();
    assert_eq!(two_of_four.row(&"a").unwrap().state, RowState::QuorumNotMet);
    assert_eq!(two_of_four.row(&"a").unwrap().average, None);
}

#[test]
fn ballots_that_cannot_be_counted_are_named() {
    let rubric = support::rubric();
    let broken = |change: fn(&mut Input)| {
        let mut input = equal_three();
        change(&mut input);
        tally(&rubric, &policy(), &input).unwrap_err()
    };
    assert_eq!(
        broken(|input| input.scorecards.push(card("a", 1, 1, 1))),
        TallyProblem::DuplicateScorecard { entry: "a", judge: 1 }
    );
    assert_eq!(
        broken(|input| input.scorecards.push(card("z", 1, 1, 1))),
        TallyProblem::UnknownEntry { entry: "z", judge: 1 }
    );
    assert_eq!(
        broken(|input| input.scorecards.push(card("a", 9, 1, 1))),
        TallyProblem::UnknownJudge { judge: 9 }
    );
    assert_eq!(
        broken(|input| input.entries.push("a")),
        TallyProblem::DuplicateEntry { entry: "a" }
    );
    assert_eq!(
        broken(|input| input.judges.push(1)),
        TallyProblem::DuplicateJudge { judge: 1 }
    );
    let over = broken(|input| input.scorecards[0] = card("a", 1, 101, 1));
    assert!(
        matches!(&over, TallyProblem::BadScores { entry: "a", judge: 1, problems } if problems.len() == 1)
    );
    let twice = broken(|input| input.orders.push(order(1, &[&["a"], &["a"]])));
    assert_eq!(
        twice,
        TallyProblem::BadOrder {
            judge: 1,
            problems: vec![OrderProblem::Twice { entry: "a" }]
        }
    );
    assert_eq!(
        broken(|input| input.decisions.push(ChairDecision {
            order: vec!["a", "z"],
            reason: String::new()
        })),
        TallyProblem::BadDecision { entry: "z" }
    );
}

#[test]
fn order_ballots_are_checked_against_what_the_judge_has_to_order() {
    let ballot = OrderList {
        tiers: vec![vec!["a"], vec![], vec!["z", "a"]],
    };
    let expected = ["a", "b"].into_iter().collect();
    assert_eq!(
        check_order(&ballot, &expected),
        [
            OrderProblem::Unknown { entry: "z" },
            OrderProblem::Twice { entry: "a" },
            OrderProblem::EmptyTier,
            OrderProblem::Missing { entry: "b" },
        ]
    );
}

#[test]
fn dropping_on_a_tier_of_equals_never_splits_it() {
    let list = OrderList {
        tiers: vec![vec![1], vec![2, 3], vec![4]],
    };
    assert_eq!(list.move_item(0, 1).tiers, [vec![2, 3], vec![1], vec![4]]);
    assert_eq!(list.move_item(3, 2).tiers, [vec![1], vec![4], vec![2, 3]]);
    assert_eq!(list.move_up(&3).tiers, [vec![1], vec![3], vec![2], vec![4]]);
    assert_eq!(list.move_down(&2).tiers, [vec![1], vec![3], vec![2], vec![4]]);
    assert_eq!(list.tie_with_above(&4).tiers, [vec![1], vec![2, 3, 4]]);
    assert_eq!(list.set_position(&4, 1).tiers, [vec![4], vec![1], vec![2, 3]]);
    assert_eq!(
        [1, 2, 3, 4].map(|entry| list.place(&entry)),
        [Some(1), Some(2), Some(2), Some(4)]
    );
}

#[test]
fn a_low_total_or_a_zero_needs_a_comment() {
    let rubric = rubric_r100_a();
    let scores = |figures: [i64; 5]| -> Scores {
        let codes = ["TC1", "TC2", "TC3", "TC4", "TC5"];
        codes
            .iter()
            .zip(figures)
            .map(|(code, figure)| (code.parse().unwrap(), Points::whole(figure)))
            .collect()
    };
    assert_eq!(check_submission(&rubric, &scores([20, 15, 20, 10, 8]), ""), []);
    let low = scores([10, 10, 10, 10, 9]);
    let why = CommentReason::BelowTotal {
        total: Points::whole(49),
        limit: Points::whole(50),
    };
    assert_eq!(
        check_submission(&rubric, &low, " "),
        [ScoreProblem::CommentRequired { why }]
    );
    assert_eq!(check_submission(&rubric, &low, "thiếu số liệu"), []);
    let zero = CommentReason::Zero {
        criterion: "TC5".parse().unwrap(),
    };
    assert_eq!(
        check_submission(&rubric, &scores([20, 15, 20, 10, 0]), ""),
        [ScoreProblem::CommentRequired { why: zero }]
    );
    let negative = scores([20, 15, 20, 10, -1]);
    assert!(matches!(
        check_submission(&rubric, &negative, "")[..],
        [ScoreProblem::Negative { .. }]
    ));
}

#[test]
fn a_policy_names_each_of_its_problems() {
    let bad = ScoringPolicy {
        ballot: BallotKind::Order,
        tie_break: vec![
            TieBreak::ChairDecision,
            TieBreak::Criterion {
                code: "C1".parse().unwrap(),
            },
            TieBreak::Criterion {
                code: "C9".parse().unwrap(),
            },
        ],
        quorum: Quorum { num: 4, den: 3 },
        deviation: Some(Points::whole(-1)),
        prize_floor: Some(Points::whole(101)),
        ..ScoringPolicy::default()
    };
    let problems = bad.validate(&rubric_r100_b()).unwrap_err();
    let code = |code: &str| code.parse().unwrap();
    assert_eq!(
        problems,
        [
            PolicyProblem::AverageNeedsScorecards,
            PolicyProblem::CriterionNeedsScorecards { code: code("C1") },
            PolicyProblem::UnknownCriterion { code: code("C9") },
            PolicyProblem::CriterionNeedsScorecards { code: code("C9") },
            PolicyProblem::AfterChairDecision,
            PolicyProblem::QuorumOutOfRange { num: 4, den: 3 },
            PolicyProblem::DeviationOutOfRange {
                limit: Points::whole(-1),
                max: Points::whole(100)
            },
            PolicyProblem::PrizeFloorOutOfRange {
                floor: Points::whole(101),
                max: Points::whole(100)
            },
        ]
    );
}

#[test]
fn a_round_opens_only_when_complete_and_locks_only_when_nothing_is_open() {
    let (rubric, policy) = (rubric_r100_a(), ScoringPolicy::default());
    let ready = RoundOpening {
        rubric: &rubric,
        policy: &policy,
        judges: 8,
        chairs: 1,
        entries: 22,
        earlier_locked: true,
    };
    let empty = RoundOpening {
        judges: 0,
        chairs: 0,
        entries: 0,
        earlier_locked: false,
        ..ready
    };
    assert_eq!(
        RoundState::Planned.open(&empty),
        Err(RoundError::Open {
            problems: vec![
                OpenProblem::EarlierRoundOpen,
                OpenProblem::NoJudges,
                OpenProblem::NoEntries
            ]
        })
    );
    let open = RoundState::Planned.open(&ready).unwrap();
    assert_eq!(
        open.lock(&RoundStanding::default()),
        Err(RoundError::State {
            from: RoundState::Open
        })
    );
    let scoring = open.start_scoring().unwrap();
    let spread = Points::whole(20);
    assert_eq!(
        scoring.deliberate(spread, &policy),
        Err(RoundError::NoDeviation { spread })
    );
    let deliberation = scoring.deliberate(Points(2050), &policy).unwrap();
    let standing = RoundStanding {
        missing_scorecards: 2,
        open_deliberations: 1,
        undecided_ties: 1,
        ..Default::default()
    };
    assert_eq!(
        deliberation.lock(&standing),
        Err(RoundError::Lock {
            problems: vec![
                LockProblem::ScorecardsMissing { missing: 2 },
                LockProblem::DeliberationOpen { open: 1 },
                LockProblem::TieUndecided { ties: 1 },
            ]
        })
    );
    let locked = deliberation
        .conclude(0)
        .unwrap()
        .lock(&RoundStanding::default())
        .unwrap();
    assert_eq!(locked, RoundState::Locked);
    assert!(
        locked.open(&ready).is_err() && locked.start_scoring().is_err() && locked.lock(&standing).is_err()
    );
}

#[test]
fn a_scorecard_is_the_judges_until_handed_in_and_again_after_a_deliberation() {
    use ScorecardState::{Draft, Recused, Reopened, Submitted};
    let scoring = RoundState::Scoring;
    assert_eq!(Draft.save_draft(scoring), Ok(Draft));
    assert_eq!(Draft.submit(scoring), Ok(Submitted));
    assert_eq!(
        Submitted.save_draft(scoring),
        Err(ScorecardError::AlreadySubmitted)
    );
    assert_eq!(Submitted.submit(scoring), Err(ScorecardError::AlreadySubmitted));
    assert_eq!(
        Submitted.recuse(scoring, "lý do"),
        Err(ScorecardError::AlreadySubmitted)
    );
    assert_eq!(
        Submitted.reopen(scoring, false, "lý do"),
        Err(ScorecardError::NoDeliberation)
    );
    assert_eq!(
        Submitted.reopen(RoundState::Deliberation, true, " "),
        Err(ScorecardError::ReasonRequired)
    );
    assert_eq!(
        Submitted.reopen(RoundState::Deliberation, true, "chấm nhầm cột"),
        Ok(Reopened)
    );
    assert_eq!(Reopened.submit(RoundState::Deliberation), Ok(Submitted));
    assert_eq!(Draft.recuse(scoring, ""), Err(ScorecardError::ReasonRequired));
    assert_eq!(Draft.recuse(scoring, "quen biết"), Ok(Recused));
    assert_eq!(Recused.submit(scoring), Err(ScorecardError::Recused));
    for state in [RoundState::Planned, RoundState::Locked] {
        assert_eq!(Draft.submit(state), Err(ScorecardError::RoundNotOpen { state }));
        assert_eq!(
            Submitted.reopen(state, true, "lý do"),
            Err(ScorecardError::RoundNotOpen { state })
        );
    }
}

#[test]
fn conflicts_follow_authorship_units_and_declarations() {
    let unit = |number| UnitId(Uuid::from_u128(number));
    let user = |number| Some(UserId(Uuid::from_u128(number)));
    let judge = Party {
        user: user(1),
        unit_path: vec![unit(1), unit(2), unit(3)],
    };
    let colleague = Party {
        user: user(2),
        unit_path: judge.unit_path.clone(),
    };
    let cousin = Party {
        user: None,
        unit_path: vec![unit(1), unit(2), unit(4)],
    };
    let exact = ConflictRule::default();
    let by_level = |level| ConflictRule {
        same_unit: true,
        level: Some(level),
    };

    let conflict = |authors: &[&Party], rule, declared| {
        let authors: Vec<Party> = authors.iter().map(|author| (*author).clone()).collect();
        conflict_of(&judge, &authors, rule, declared)
    };
    assert_eq!(conflict(&[&cousin, &judge], exact, None), Some(Conflict::Author));
    assert_eq!(
        conflict(&[&cousin, &colleague], exact, None),
        Some(Conflict::SameUnit { unit: unit(3) })
    );
    assert_eq!(conflict(&[&cousin], exact, None), None);
    assert_eq!(
        conflict(&[&cousin], by_level(1), None),
        Some(Conflict::SameUnit { unit: unit(2) })
    );
    assert_eq!(conflict(&[&cousin], by_level(2), None), None);
    let off = ConflictRule {
        same_unit: false,
        level: Some(0),
    };
    assert_eq!(conflict(&[&colleague], off, None), None);
    assert_eq!(conflict(&[&colleague], off, Some(" ")), None);
    assert_eq!(
        conflict(&[&colleague], off, Some("họ hàng")),
        Some(Conflict::Declared {
            reason: "họ hàng".into()
        })
    );
    let outsider = Party::default();
    assert_eq!(
        conflict_of(&outsider, &[Party::default()], by_level(0), None),
        None,
        "no account and no unit meet nobody"
    );
}
