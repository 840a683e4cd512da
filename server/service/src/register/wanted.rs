//! A filter of the desk made ready to be asked of the store; the list, its export and whoever else works on "what the
//! desk shows" ask the same.

use contract::Result;
use contract::entry::{CheckFilter, DeskFilter};
use rules::contest::UnitTree;
use rules::entry::EntryState;
use rules::id::{ContestId, UnitId, Version};
use rules::register::{CheckStanding, SearchTerm, search_terms};
use store::contest::ContestRow;
use store::entry::DeskQuery;

use super::index;
use crate::ctx::Ctx;
use crate::entry::units;
use crate::error::Fault;

/// Longest search text looked at, in characters.
const QUERY_MAX: usize = 200;
/// Most terms of a search that are looked at.
const TERMS: usize = 8;

/// What is wanted of a contest's entries.
pub(crate) struct Wanted {
    contest: ContestId,
    states: Vec<EntryState>,
    terms: Vec<SearchTerm>,
    units: Vec<UnitId>,
    category: Option<String>,
    medium: Option<bool>,
    late: Option<bool>,
    check: Option<Option<CheckStanding>>,
    registered: Option<bool>,
    checklist: Version,
}

impl Wanted {
    /// Reads a filter. Without a chosen state it is what was handed to the organiser. Entries of before there was an
    /// index are indexed first, where the filter searches.
    pub async fn of(ctx: &Ctx, contest: &ContestRow, tree: &UnitTree, filter: DeskFilter) -> Result<Self> {
        let text: String = filter.query.chars().take(QUERY_MAX).collect();
        let terms = search_terms(&text, TERMS);
        if !terms.is_empty() {
            index::catch_up(ctx, contest.id).await?;
        }
        let checklist = store::register::checklist(ctx.store.read(), contest.id)
            .await
            .fault()?;
        Ok(Self {
            contest: contest.id,
            states: match filter.state {
                Some(state) => vec![state],
                None => EntryState::ALL
                    .into_iter()
                    .filter(|state| state.is_forwarded())
                    .collect(),
            },
            terms,
            units: filter.unit.map_or_else(Vec::new, |unit| {
                let mut below = units::below(tree, unit);
                // an unknown unit has no entries, not all of them
                below.push(unit);
                below
            }),
            category: filter.category.filter(|code| !code.is_empty()),
            medium: filter.medium,
            late: filter.late,
            check: filter.check.map(|check| match check {
                CheckFilter::Unchecked => None,
                CheckFilter::Open => Some(CheckStanding::Open),
                CheckFilter::Complete => Some(CheckStanding::Complete),
                CheckFilter::Failing => Some(CheckStanding::Failing),
            }),
            registered: filter.registered,
            // an emptied checklist is none
            checklist: if checklist.checklist.0.is_empty() {
                Version(0)
            } else {
                checklist.version
            },
        })
    }

    /// Version of the contest's checklist; 0 where it has none.
    pub fn checklist_version(&self) -> Version {
        self.checklist
    }

    /// The store's query.
    pub fn query(&self, offset: u64, limit: u64) -> DeskQuery<'_> {
        DeskQuery {
            contest: self.contest,
            terms: &self.terms,
            states: &self.states,
            category: self.category.as_deref(),
            units: &self.units,
            medium: self.medium,
            late: self.late,
            check: self.check.map(|check| (check, self.checklist)),
            registered: self.registered,
            offset,
            limit,
        }
    }
}
