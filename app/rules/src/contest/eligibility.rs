//! Who may enter, who may not, and the organisation chart both are read from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::Role;
use crate::entry::AttachmentKind;
use crate::id::UnitId;

/// Rules about authors and units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// Units whose people may enter, each with everything below it. Empty means every unit.
    pub units: Vec<UnitId>,
    /// People outside the unit tree allowed (2.1).
    pub outside_authors: bool,
    /// Entries of a group of authors allowed.
    pub groups: bool,
    /// Largest group, lead author included; 0 for no limit.
    pub group_max: u32,
    /// Whether co-authors are asked before an entry is submitted in their name. Set-ups stored before the question
    /// existed ask nobody, and keep the hash they were opened with.
    #[serde(
        default = "CoAuthorConsent::before_it_was_asked",
        skip_serializing_if = "CoAuthorConsent::is_not_required"
    )]
    pub co_author_consent: CoAuthorConsent,
    /// Units screen and forward before any jury.
    pub unit_screening: bool,
    /// Least entries a unit is asked to forward; 0 for none.
    pub min_quota: u32,
    /// Most entries a unit may forward; 0 for no limit.
    pub max_quota: u32,
    /// A judge is recused where the author's unit and the judge's meet at or below this level of the tree
    /// (0 = root). `None`: only the very same unit.
    pub conflict_level: Option<u32>,
    /// Judges see blind codes only.
    pub blind: bool,
    /// Kinds of files taken. Empty means every kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<AttachmentKind>,
}

impl Default for Eligibility {
    fn default() -> Self {
        Self {
            units: Vec::new(),
            outside_authors: false,
            groups: true,
            group_max: 5,
            co_author_consent: CoAuthorConsent::Required,
            unit_screening: true,
            min_quota: 1,
            max_quota: 0,
            conflict_level: None,
            blind: true,
            kinds: Vec::new(),
        }
    }
}

/// Whether a co-author must agree before an entry carries their name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoAuthorConsent {
    /// Every co-author is invited and accepts; until then the entry cannot be submitted.
    #[default]
    Required,
    /// Whoever is listed is an author at once.
    NotRequired,
}

impl CoAuthorConsent {
    fn before_it_was_asked() -> Self {
        CoAuthorConsent::NotRequired
    }

    // serde hands over a reference
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
    fn is_not_required(&self) -> bool {
        *self == CoAuthorConsent::NotRequired
    }
}

/// Why somebody may not be an author (A-07; system administrators: 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionReason {
    OrganisingBoard,
    Jury,
    SystemAdministrator,
}

/// Somebody excluded, named so that the sentence can say who and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    pub full_name: String,
    pub reason: ExclusionReason,
}

impl ExclusionReason {
    /// The exclusion that follows from a role held in the contest.
    pub fn of_role(role: Role) -> Option<Self> {
        match role {
            Role::Organiser | Role::Leader => Some(Self::OrganisingBoard),
            Role::Judge | Role::JuryChair => Some(Self::Jury),
            Role::Administrator => Some(Self::SystemAdministrator),
            Role::Author | Role::UnitCoordinator | Role::Reader => None,
        }
    }
}

/// One unit with its validity (domain.md 0.7: units end and merge, history keeps old names).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitNode {
    pub id: UnitId,
    pub parent: Option<UnitId>,
    pub name: String,
    pub short_name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// The organisation chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTree {
    units: BTreeMap<UnitId, UnitNode>,
}

impl UnitTree {
    /// Builds the tree; a unit whose parent is unknown stands as a root.
    pub fn new(units: impl IntoIterator<Item = UnitNode>) -> Self {
        Self {
            units: units.into_iter().map(|unit| (unit.id, unit)).collect(),
        }
    }

    /// The unit with this id.
    pub fn get(&self, id: UnitId) -> Option<&UnitNode> {
        self.units.get(&id)
    }

    /// Every unit, by id.
    pub fn iter(&self) -> impl Iterator<Item = &UnitNode> {
        self.units.values()
    }

    /// The unit and everything above it, nearest first. A ring in bad data ends the walk.
    pub fn ancestors(&self, id: UnitId) -> Vec<UnitId> {
        let mut path = Vec::new();
        let mut next = Some(id);
        while let Some(unit) = next.and_then(|id| self.units.get(&id)) {
            if path.contains(&unit.id) {
                break;
            }
            path.push(unit.id);
            next = unit.parent;
        }
        path
    }

    /// Whether `id` is `above` or lies below it.
    pub fn is_within(&self, id: UnitId, above: UnitId) -> bool {
        self.ancestors(id).contains(&above)
    }

    /// Units asked to take part: those that forward, and of the eligible ones those whose entries nobody would
    /// forward, neither a unit above nor one below. So a unit that is silent altogether is seen too.
    pub fn asked(&self, forwarding: &BTreeSet<UnitId>, eligible: &[UnitId]) -> BTreeSet<UnitId> {
        let spoken_for = |unit: UnitId| {
            let related = |other: &UnitId| self.is_within(unit, *other) || self.is_within(*other, unit);
            forwarding.iter().any(related)
        };
        let silent = eligible.iter().copied().filter(|unit| !spoken_for(*unit));
        forwarding.iter().copied().chain(silent).collect()
    }

    /// Depth of a unit, 0 for a root.
    pub fn level(&self, id: UnitId) -> usize {
        self.ancestors(id).len().saturating_sub(1)
    }

    /// Whether two units count as the same for conflicts: equal, or with a common ancestor at `level` or deeper.
    pub fn same_for_conflict(&self, a: UnitId, b: UnitId, level: Option<u32>) -> bool {
        if a == b {
            return true;
        }
        let Some(level) = level else { return false };
        let above_a = self.ancestors(a);
        self.ancestors(b)
            .into_iter()
            .any(|unit| above_a.contains(&unit) && self.level(unit) >= level as usize)
    }
}

impl Eligibility {
    /// Whether files of a kind are taken.
    pub fn takes(&self, kind: AttachmentKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether somebody of `unit` may enter.
    pub fn admits(&self, unit: Option<UnitId>, tree: &UnitTree) -> bool {
        match unit {
            None => self.outside_authors,
            Some(unit) => {
                self.units.is_empty() || self.units.iter().any(|above| tree.is_within(unit, *above))
            }
        }
    }
}
