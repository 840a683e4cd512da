//! What must hold of every tally, whatever the scores.

use crate::support::{self, Grid, grid, input, rubric};
use proptest::prelude::*;
use rules::judging::{
    AdvanceRule, Aggregate, BallotKind, Explanation, OrderBallot, OrderList, Quorum, RowState, ScoringPolicy,
    advance, tally,
};
use rules::points::{Fraction, Points};
use rules::results::{PrizeTier, allocate};

fn policy(aggregate: Aggregate) -> ScoringPolicy {
    ScoringPolicy {
        aggregate,
        tie_break: support::ladder(),
        quorum: Quorum { num: 1, den: 3 },
        ..ScoringPolicy::default()
    }
}

fn aggregates() -> impl Strategy<Value = Aggregate> {
    prop_oneof![
        Just(Aggregate::Mean),
        Just(Aggregate::MeanRank),
        Just(Aggregate::TrimmedMean {
            min_scorecards: 4,
            drop_high: 1,
            drop_low: 1
        }),
    ]
}

/// Full order ballots, one a judge, each entry's place drawn.
fn orders(grid: &Grid, places: &[Vec<u8>]) -> Vec<OrderBallot<String, String>> {
    let ballots = (0..grid.judges).map(|judge| {
        let mut tiers: std::collections::BTreeMap<u8, Vec<String>> = std::collections::BTreeMap::new();
        for (entry, place) in places[judge].iter().enumerate().take(grid.entries) {
            tiers.entry(*place).or_default().push(support::entry(entry));
        }
        OrderBallot {
            judge: support::judge(judge),
            order: OrderList {
                tiers: tiers.into_values().collect(),
            },
        }
    });
    ballots.collect()
}

proptest! {
    #[test]
    fn listing_judges_entries_or_ballots_in_another_order_changes_nothing(
        grid in grid(),
        aggregate in aggregates(),
        places in prop::collection::vec(prop::collection::vec(0_u8..4, 8), 7),
        seed in any::<prop::sample::Index>(),
    ) {
        let policy = ScoringPolicy { ballot: BallotKind::ScorecardsAndOrder, ..policy(aggregate) };
        let mut first = input(&grid);
        first.orders = orders(&grid, &places);
        let mut second = first.clone();
        second.entries.reverse();
        let turn = seed.index(second.judges.len());
        second.judges.rotate_left(turn);
        second.scorecards.reverse();
        let turn = seed.index(second.scorecards.len().max(1)).min(second.scorecards.len());
        second.scorecards.rotate_left(turn);
        second.orders.reverse();
        for ballot in &mut second.orders {
            ballot.order.tiers.iter_mut().for_each(|tier| tier.reverse());
        }
        prop_assert_eq!(tally(&rubric(), &policy, &first).unwrap(), tally(&rubric(), &policy, &second).unwrap());
    }

    #[test]
    fn a_higher_score_never_lowers_its_entry(grid in grid(), entry in 0_usize..8, judge in 0_usize..7, raise in 1_i64..20) {
        let policy = policy(Aggregate::Mean);
        let before = tally(&rubric(), &policy, &input(&grid)).unwrap();
        let mut raised = grid.clone();
        let (entry, judge) = (entry % grid.entries, judge % grid.judges);
        if let Some(scores) = raised.cell(entry, judge) {
            scores[0] = (scores[0] + raise).min(100);
        }
        let after = tally(&rubric(), &policy, &input(&raised)).unwrap();
        let rank = |tally: &rules::judging::Tally<String>| tally.row(&support::entry(entry)).unwrap().rank;
        if let (Some(before), Some(after)) = (rank(&before), rank(&after)) {
            prop_assert!(after <= before, "{before} → {after}");
        }
    }

    #[test]
    fn averages_lie_between_lowest_and_highest_total(grid in grid(), aggregate in aggregates()) {
        let tally = tally(&rubric(), &policy(aggregate), &input(&grid)).unwrap();
        for row in tally.rows.iter().filter(|row| row.average.is_some()) {
            let average = row.average.unwrap();
            prop_assert!(Fraction::from(row.min.unwrap()) <= average);
            prop_assert!(average <= Fraction::from(row.max.unwrap()));
        }
    }

    #[test]
    fn multiplying_every_score_keeps_the_ranking_of_exact_averages(grid in grid()) {
        // whole averages scale exactly; rounding may merge or part neighbours, so averages are compared, not ranks
        let once = tally(&rubric(), &policy(Aggregate::Mean), &input(&grid)).unwrap();
        let mut doubled = grid.clone();
        doubled.scale(2);
        let twice = tally(&support::rubric_of(200), &policy(Aggregate::Mean), &input(&doubled)).unwrap();
        for row in &once.rows {
            let other = twice.row(&row.entry).unwrap();
            let doubled = row.average.map(|average| average.checked_add(average).unwrap());
            prop_assert_eq!(doubled, other.average);
        }
        let by_mean_rank = |grid: &Grid, max| {
            tally(&support::rubric_of(max), &policy(Aggregate::MeanRank), &input(grid)).unwrap().ranking()
        };
        prop_assert_eq!(by_mean_rank(&grid, 100), by_mean_rank(&doubled, 200));
    }

    #[test]
    fn every_neighbour_pair_is_explained_and_ranks_follow(grid in grid(), aggregate in aggregates()) {
        let tally = tally(&rubric(), &policy(aggregate), &input(&grid)).unwrap();
        let ranking = tally.ranking();
        prop_assert_eq!(tally.pairs.len(), ranking.len().saturating_sub(1));
        for (pair, names) in tally.pairs.iter().zip(ranking.windows(2)) {
            prop_assert_eq!([&pair.above, &pair.below], [&names[0], &names[1]]);
            let rank = |entry| tally.row(entry).unwrap().rank.unwrap();
            let equal = rank(&pair.above) == rank(&pair.below);
            prop_assert_eq!(equal, pair.why == Explanation::Equal);
            let ordered = match &pair.why {
                Explanation::Average { above, below } => above > below,
                Explanation::MeanRank { above, below } => above < below,
                Explanation::Criterion { above, below, .. } => above > below,
                Explanation::OrderBallots { above, below, .. } => above < below,
                Explanation::Chair { .. } | Explanation::Equal => true,
            };
            prop_assert!(ordered, "{:?}", pair);
        }
        prop_assert_eq!(tally.rows.len(), grid.entries);
        for row in &tally.rows {
            prop_assert_eq!(row.rank.is_some(), row.state == RowState::Ok);
        }
    }

    #[test]
    fn those_who_advance_are_the_first_of_the_ranking(
        grid in grid(),
        n in 1_u32..9,
        least in prop::option::of(0_i64..200),
        admit_all_equal: bool,
    ) {
        let tally = tally(&rubric(), &policy(Aggregate::Mean), &input(&grid)).unwrap();
        let rule = AdvanceRule { top_n: Some(n), threshold: least.map(Points::whole), admit_all_equal };
        let advance = advance(&tally, &rule);
        let ranking = tally.ranking();
        let mut named = advance.advanced.clone();
        named.extend(advance.undecided.clone());
        prop_assert_eq!(&named[..], &ranking[..named.len()]);
        prop_assert_eq!(named.len() + advance.eliminated.len(), grid.entries);
        if !admit_all_equal {
            prop_assert!(advance.advanced.len() <= n as usize);
        } else {
            prop_assert!(advance.undecided.is_empty());
        }
        let last = named.last().map(|entry| tally.row(entry).unwrap().rank);
        for entry in &advance.eliminated {
            let rank = tally.row(entry).unwrap().rank;
            prop_assert!(rank.is_none() || last.is_none_or(|last| rank > last));
        }
    }

    #[test]
    fn prizes_never_exceed_their_counts_or_go_under_the_floor(
        grid in grid(),
        counts in prop::collection::vec(1_u32..4, 1..5),
        floor in prop::option::of(0_i64..200),
    ) {
        let tally = tally(&rubric(), &policy(Aggregate::Mean), &input(&grid)).unwrap();
        let tiers: Vec<PrizeTier> =
            counts.iter().enumerate().map(|(index, count)| PrizeTier::new(&format!("T{index}"), "giải", *count)).collect();
        let floor = floor.map(Points::whole);
        let allocation = allocate(&tally, &tiers, floor, &[]);
        for tier in &tiers {
            let given = allocation.awards.iter().filter(|award| award.tier == tier.code).count() as u32;
            let unfilled: u32 =
                allocation.unfilled.iter().filter(|it| it.tier == tier.code).map(|it| it.left).sum();
            prop_assert!(given + unfilled <= tier.count);
            prop_assert!(allocation.tie.is_some() || given + unfilled == tier.count);
        }
        let entries: Vec<String> = allocation.awards.iter().map(|award| award.entry.clone()).collect();
        prop_assert_eq!(&entries[..], &tally.ranking()[..entries.len()]);
        prop_assert!(allocation.awards.iter().all(|award| floor.is_none_or(|floor| award.average.unwrap() >= floor)));
    }
}

/// Two entries with equal mean ranks and different averages: the lines and their pair name them in one order.
#[test]
fn equals_by_mean_rank_stand_in_one_order_whatever_their_averages() {
    let grid = Grid::of(&[&[[97, 100], [100, 100]], &[[99, 100], [99, 100]]]);
    let tally = tally(&rubric(), &policy(Aggregate::MeanRank), &input(&grid)).unwrap();
    assert_eq!(tally.ranking(), ["E0", "E1"]);
    assert_eq!([&tally.pairs[0].above, &tally.pairs[0].below], ["E0", "E1"]);
    assert_eq!(tally.rows[0].rank, tally.rows[1].rank);
}
