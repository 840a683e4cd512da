//! What an entry still lacks, with what only the server knows: units that may enter, people who may not.

use contract::Result;
use rules::contest::{ContestSetup, Exclusion, UnitTree};
use rules::entry::{
    AttachmentInfo, Author, EntryContent, EntryField, EntryGap, EntryProblem, check_for_draft,
    check_for_submission,
};
use rules::id::ContestId;
use rules::text::fold;
use store::Conn;
use store::entry::ExcludedPerson;

use super::case::unit_tree;
use super::form::unknown_answers;
use crate::error::Fault;

/// What the check of an entry is made against.
pub(crate) struct Check {
    pub tree: UnitTree,
    excluded: Vec<ExcludedPerson>,
}

impl Check {
    /// Loads it for a contest.
    pub async fn load(db: &impl Conn, contest: ContestId) -> Result<Self> {
        let tree = unit_tree(db).await?;
        let excluded = store::entry::excluded_people(db, contest).await.fault()?;
        Ok(Self { tree, excluded })
    }

    /// Everything between the entry and "submit".
    pub fn gaps(
        &self,
        content: &EntryContent,
        files: &[AttachmentInfo],
        setup: &ContestSetup,
    ) -> Vec<EntryGap> {
        let admitted: Vec<bool> = content
            .authors
            .iter()
            .map(|author| setup.eligibility.admits(author.unit, &self.tree))
            .collect();
        let authors = content.authors.iter().enumerate();
        let excluded: Vec<_> = authors
            .filter_map(|(index, author)| Some((index, self.exclusion(author)?)))
            .collect();
        check_for_submission(content, files, setup, &admitted, &excluded)
    }

    /// Why somebody may not be an author. An author typed in without an account is compared by name and unit, so
    /// that leaving out the account is no way round; somebody of the same name is told apart by choosing their account.
    pub fn exclusion(&self, author: &Author) -> Option<Exclusion> {
        let same = |person: &&ExcludedPerson| match author.user {
            Some(user) => person.person == user,
            None => {
                person.unit.is_some()
                    && person.unit == author.unit
                    && fold(&person.full_name) == fold(&author.full_name)
            }
        };
        let person = self.excluded.iter().find(same)?;
        Some(Exclusion {
            full_name: person.full_name.clone(),
            reason: person.reason,
        })
    }

    /// What may not even be kept in a draft: over-long texts, and people, units or categories that do not exist.
    pub async fn refusals(
        &self,
        db: &impl Conn,
        content: &EntryContent,
        setup: &ContestSetup,
    ) -> Result<Vec<EntryGap>> {
        let mut gaps = check_for_draft(content);
        let mut unknown = |field| {
            gaps.push(EntryGap {
                field,
                problem: EntryProblem::Unknown,
            })
        };
        let users = content.authors.iter().filter_map(|author| author.user);
        let people = store::account::people_by_ids(db, users).await.fault()?;
        for (index, author) in content.authors.iter().enumerate() {
            if author
                .user
                .is_some_and(|user| people.iter().all(|person| person.id != user))
            {
                unknown(EntryField::Author(index));
            }
            if author.unit.is_some_and(|unit| self.tree.get(unit).is_none()) {
                unknown(EntryField::AuthorUnit(index));
            }
        }
        let category = content.category.as_ref();
        if category.is_some_and(|code| setup.categories.iter().all(|category| category.code != *code)) {
            unknown(EntryField::Category);
        }
        gaps.extend(unknown_answers(content, &setup.form));
        Ok(gaps)
    }
}
