//! Drawn rounds for the property tests.

use proptest::prelude::*;
use rules::judging::{CardState, Criterion, RoundInput, Rubric, Scorecard, Scores, TieBreak, rubric_r100_b};
use rules::points::Points;

/// Whole scores of two criteria by entry and judge; `None` is a recusal or a missing scorecard.
#[derive(Clone, Debug)]
pub struct Grid {
    pub entries: usize,
    pub judges: usize,
    cells: Vec<Vec<Option<[i64; 2]>>>,
    recused: bool,
}

impl Grid {
    /// Entries by judges, every scorecard there.
    pub fn of(cells: &[&[[i64; 2]]]) -> Self {
        Self {
            entries: cells.len(),
            judges: cells[0].len(),
            cells: cells
                .iter()
                .map(|row| row.iter().copied().map(Some).collect())
                .collect(),
            recused: false,
        }
    }

    pub fn cell(&mut self, entry: usize, judge: usize) -> Option<&mut [i64; 2]> {
        self.cells[entry][judge].as_mut()
    }

    pub fn scale(&mut self, by: i64) {
        for scores in self.cells.iter_mut().flatten().flatten() {
            scores.iter_mut().for_each(|score| *score *= by);
        }
    }
}

/// Few entries, few judges and few different scores, so that ties are common.
pub fn grid() -> impl Strategy<Value = Grid> {
    (1_usize..=8, 1_usize..=7, any::<bool>()).prop_flat_map(|(entries, judges, recused)| {
        let score = prop_oneof![4 => 97_i64..=100, 1 => 0_i64..=100];
        let cell = prop::option::weighted(0.9, [score.clone(), score]);
        prop::collection::vec(prop::collection::vec(cell, judges), entries).prop_map(move |cells| Grid {
            entries,
            judges,
            cells,
            recused,
        })
    })
}

pub fn entry(index: usize) -> String {
    format!("E{index}")
}

pub fn judge(index: usize) -> String {
    format!("J{index}")
}

/// Two criteria of `max` points each.
pub fn rubric_of(max: i64) -> Rubric {
    let template = rubric_r100_b();
    let criteria = template.criteria[..2]
        .iter()
        .map(|criterion| Criterion {
            max: Points::whole(max),
            floor: None,
            ..criterion.clone()
        })
        .collect();
    Rubric {
        criteria,
        max_total: Points::whole(2 * max),
        ..template
    }
}

pub fn rubric() -> Rubric {
    rubric_of(100)
}

/// Second criterion, order ballots, chair.
pub fn ladder() -> Vec<TieBreak> {
    vec![
        TieBreak::Criterion {
            code: "C2".parse().unwrap(),
        },
        TieBreak::OrderBallots,
        TieBreak::ChairDecision,
    ]
}

pub fn input(grid: &Grid) -> RoundInput<String, String> {
    let mut scorecards = Vec::new();
    for (row, cells) in grid.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let state = match cell {
                Some([first, second]) => CardState::Submitted {
                    scores: Scores::from([
                        ("C1".parse().unwrap(), Points::whole(*first)),
                        ("C2".parse().unwrap(), Points::whole(*second)),
                    ]),
                    version: 1,
                },
                None if grid.recused => CardState::Recused {
                    reason: "cùng đơn vị".to_owned(),
                },
                None => continue,
            };
            scorecards.push(Scorecard {
                entry: entry(row),
                judge: judge(column),
                state,
            });
        }
    }
    RoundInput {
        entries: (0..grid.entries).map(entry).collect(),
        judges: (0..grid.judges).map(judge).collect(),
        scorecards,
        orders: Vec::new(),
        decisions: Vec::new(),
    }
}
