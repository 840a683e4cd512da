//! The check before a round opens: what in the accepted entries may tell judges who wrote them. Advice, never a verdict.

use std::collections::BTreeMap;

use contract::paper::{BlindCheckView, CheckedEntry, CheckedFile, CluePlace, CopyState};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor, Role};
use rules::contest::UnitTree;
use rules::entry::{Answer, AnswerLine, EntryState, StatementSection, Traces};
use rules::id::EntryId;
use store::contest::ContestRow;
use store::entry::{Attachment, DeskQuery, Entry, EntryLine};

use super::Printing;
use crate::actor::in_contest;
use crate::entry::case::unit_tree;
use crate::entry::form::forms_of;
use crate::error::Fault;
use crate::uploads::holds_words;

/// Entries on a page: their files are read the first time somebody looks.
const PAGE_SIZE: u32 = 20;

impl Printing {
    /// A page of the check.
    pub(super) async fn check(&self, actor: &Actor, slug: &str, page: u32) -> Result<BlindCheckView> {
        let db = self.ctx.store.read();
        let contest = self.managed(actor, slug, Action::SeeEligibilityDesk).await?;
        let states: Vec<EntryState> = EntryState::ALL
            .into_iter()
            .filter(|state| state.is_eligible())
            .collect();
        let page = page.max(1);
        let size = u64::from(PAGE_SIZE);
        let query = DeskQuery::of_states(contest.id, &states, u64::from(page - 1) * size, size);
        let (lines, total) = store::entry::desk_page(db, &query).await.fault()?;
        let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
        let found = store::entry::find_all(db, &ids).await.fault()?;
        let mut found: BTreeMap<EntryId, Entry> = found.into_iter().map(|entry| (entry.id, entry)).collect();
        let mut files: BTreeMap<EntryId, Vec<Attachment>> = BTreeMap::new();
        for file in store::entry::handed_in(db, &ids).await.fault()? {
            files.entry(file.entry).or_default().push(file);
        }
        let tree = unit_tree(db).await?;
        let versions = found.values().map(|entry| entry.content.form_version);
        let forms = forms_of(db, &contest, versions).await?;
        let mut entries = Vec::with_capacity(lines.len());
        for line in lines {
            if let Some(entry) = found.remove(&line.id) {
                let files = files.remove(&line.id).unwrap_or_default();
                let answers = forms
                    .get(&entry.content.form_version)
                    .map(|form| form.lines_for_judges(&entry.content))
                    .unwrap_or_default();
                entries.push(self.checked(line, &entry, answers, files, &tree).await?);
            }
        }
        Ok(BlindCheckView {
            contest_slug: contest.slug,
            contest_name: contest.name,
            blind: contest.setup.eligibility.blind,
            entries,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            page,
            page_size: PAGE_SIZE,
        })
    }

    async fn checked(
        &self,
        line: EntryLine,
        entry: &Entry,
        answers: Vec<AnswerLine>,
        files: Vec<Attachment>,
        tree: &UnitTree,
    ) -> Result<CheckedEntry> {
        let content = &entry.content;
        let units = content.authors.iter().filter_map(|author| author.unit);
        let units = units.chain(entry.unit).filter_map(|unit| tree.get(unit));
        let traces = Traces::of(
            &content.authors,
            units.flat_map(|unit| [unit.name.as_str(), unit.short_name.as_str()]),
        );
        let mut clues = Vec::new();
        let mut note = |place: CluePlace, text: &str| {
            clues.extend(traces.find(text).into_iter().map(|clue| (place.clone(), clue)));
        };
        note(CluePlace::Title, &content.title);
        for section in StatementSection::ALL {
            note(CluePlace::Section(section), content.statement.section(section));
        }
        for line in answers {
            if let Some(Answer::Text(text) | Answer::LongText(text)) = line.answer {
                note(CluePlace::Answer(line.label), &text);
            }
        }
        let mut checked = Vec::with_capacity(files.len());
        for file in files {
            let copy = self.uploads.blind_copy(&file).await?;
            if let Some(text) = &copy.text {
                note(CluePlace::File(file.info.file_name.clone()), text);
            }
            checked.push(CheckedFile {
                unread: copy.text.is_none()
                    && copy.state != CopyState::Missing
                    && holds_words(&file.info.media_type),
                file_name: file.info.file_name,
                size: file.info.size,
                copy: copy.state,
            });
        }
        Ok(CheckedEntry {
            entry: line.id,
            code: line.code.unwrap_or_default(),
            title: line.title,
            clues,
            files: checked,
        })
    }

    /// A contest the caller may do `action` in; nobody else learns that a draft exists.
    pub(super) async fn managed(&self, actor: &Actor, slug: &str, action: Action) -> Result<ContestRow> {
        let contest = store::contest::by_slug(self.ctx.store.read(), slug)
            .await
            .fault()?;
        let organises = |contest: &ContestRow| actor.roles_in(Some(contest.id), None).has(Role::Organiser);
        let contest = contest
            .filter(|contest| contest.phase.is_public() || organises(contest))
            .ok_or(Error::NotFound(Kind::Contest))?;
        in_contest(actor, action, contest.id, contest.phase)?;
        Ok(contest)
    }
}
