//! Who does not score what: the judge who is an author, shares a unit with one, or declares a conflict.

use serde::{Deserialize, Serialize};

use crate::id::{UnitId, UserId};

/// A judge or an author, as far as conflicts go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// `None` for an author without an account.
    pub user: Option<UserId>,
    /// The unit and everything above it, from the root down; empty for nobody's unit.
    pub unit_path: Vec<UnitId>,
}

/// How near is too near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictRule {
    /// Whether colleagues are recused at all.
    pub same_unit: bool,
    /// Colleagues are people below the same unit at this level of the tree (0 = root). `None`: in the very same unit.
    pub level: Option<u32>,
}

impl Default for ConflictRule {
    fn default() -> Self {
        Self {
            same_unit: true,
            level: None,
        }
    }
}

/// Why a judge does not score an entry, the strongest reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "snake_case")]
pub enum Conflict {
    /// The judge is an author of the entry.
    Author,
    /// An author belongs to the judge's unit, or both to `unit` above them.
    SameUnit { unit: UnitId },
    /// Declared by the judge.
    Declared { reason: String },
}

/// The conflict between a judge and an entry's authors; `declared` is the judge's own statement.
pub fn conflict_of(
    judge: &Party,
    authors: &[Party],
    rule: ConflictRule,
    declared: Option<&str>,
) -> Option<Conflict> {
    if judge.user.is_some() && authors.iter().any(|author| author.user == judge.user) {
        return Some(Conflict::Author);
    }
    let shared = authors.iter().find_map(|author| shared_unit(judge, author, rule));
    if let Some(unit) = shared {
        return Some(Conflict::SameUnit { unit });
    }
    declared
        .map(str::trim)
        .filter(|reason| !reason.is_empty())
        .map(|reason| Conflict::Declared {
            reason: reason.to_owned(),
        })
}

fn shared_unit(judge: &Party, author: &Party, rule: ConflictRule) -> Option<UnitId> {
    if !rule.same_unit {
        return None;
    }
    let (own, other) = (&judge.unit_path, &author.unit_path);
    let same = own.last().filter(|unit| other.last() == Some(unit)).copied();
    let above = rule.level.and_then(|level| {
        let level = usize::try_from(level).ok()?;
        own.get(level)
            .filter(|unit| other.get(level) == Some(unit))
            .copied()
    });
    same.or(above)
}
