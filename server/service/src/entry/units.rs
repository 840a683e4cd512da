//! Reading the organisation chart.

use rules::contest::UnitTree;
use rules::id::UnitId;

/// A unit with everything below it.
pub(crate) fn below(tree: &UnitTree, unit: UnitId) -> Vec<UnitId> {
    tree.iter()
        .map(|node| node.id)
        .filter(|id| tree.is_within(*id, unit))
        .collect()
}

/// A unit's name, where it is known.
pub(crate) fn name(tree: &UnitTree, unit: Option<UnitId>) -> Option<String> {
    unit.and_then(|unit| tree.get(unit)).map(|node| node.name.clone())
}
