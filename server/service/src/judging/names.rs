//! The same result under other names: ids inside, labels at a desk, entry codes after the decision.

use rules::judging::{Advance, CutTie, Deviation, Pair, Tally, TallyRow};

/// A tally with its entries called by other names.
pub(crate) fn rename<A, B>(tally: &Tally<A>, name: impl Fn(&A) -> B) -> Tally<B> {
    let row = |row: &TallyRow<A>| TallyRow {
        entry: name(&row.entry),
        state: row.state,
        rank: row.rank,
        average: row.average,
        rounded: row.rounded,
        mean_rank: row.mean_rank,
        valid: row.valid,
        recused: row.recused,
        min: row.min,
        max: row.max,
        criteria: row.criteria.clone(),
    };
    let pair = |pair: &Pair<A>| Pair {
        above: name(&pair.above),
        below: name(&pair.below),
        why: pair.why.clone(),
    };
    let deviation = |found: &Deviation<A>| Deviation {
        entry: name(&found.entry),
        min: found.min,
        max: found.max,
        spread: found.spread,
    };
    Tally {
        rows: tally.rows.iter().map(row).collect(),
        pairs: tally.pairs.iter().map(pair).collect(),
        undecided: tally
            .undecided
            .iter()
            .map(|group| group.iter().map(&name).collect())
            .collect(),
        deviations: tally.deviations.iter().map(deviation).collect(),
        judges: tally.judges,
    }
}

/// Who advances, called by other names.
pub(super) fn rename_advance<A, B>(advance: &Advance<A>, name: impl Fn(&A) -> B) -> Advance<B> {
    let all = |entries: &[A]| entries.iter().map(&name).collect();
    Advance {
        advanced: all(&advance.advanced),
        eliminated: all(&advance.eliminated),
        undecided: all(&advance.undecided),
        margin: advance.margin,
        cut_tie: advance.cut_tie.as_ref().map(|tie| CutTie {
            entries: all(&tie.entries),
            above: name(&tie.above),
            below: name(&tie.below),
            decided_by: tie.decided_by.clone(),
        }),
    }
}
