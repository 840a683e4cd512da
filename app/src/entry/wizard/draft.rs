//! The draft being written: what is typed, what the server has, what is still missing. Saving is in
//! [`super::autosave`].
//!
//! One value lives as long as the wizard is open, over all its steps, so walking between them neither waits for the
//! network nor loses a key.

use std::collections::BTreeSet;

use contract::Error;
use contract::entry::DraftView;
use leptos::prelude::*;
use rules::contest::{ContestSetup, Exclusion};
use rules::entry::{
    Author, EntryField, EntryGap, EntryProblem, FormVersion, Step, check_for_submission, with_copy,
};
use rules::id::{EntryId, UserId};
use rules::points::Points;
use rules::text::{Locale, fold};
use rules::time::Zone;
use serde::{Deserialize, Serialize};

use super::autosave::Task;
use super::refused::Refused;
use crate::device::Place;
use crate::entry::typed::Typed;
use crate::i18n::ui_locale;
use crate::judging::fresh_key;
use crate::text::{entry_field_name, entry_problem_text, problem_text};

/// Where what was typed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was typed since the page came.
    Idle,
    /// Typed just now; kept on this device.
    Waiting,
    Saving,
    /// The server has it all.
    Saved,
    /// The server could not be reached; kept on this device and tried again.
    Kept,
    /// The server could not be reached, and this device keeps nothing: the page must stay open.
    Unkept,
    /// The server said no.
    Refused(Error),
    /// A co-author, or this person elsewhere, changed the same fields: [`Draft::clash`] holds how.
    Clash,
}

/// Two versions of some fields, until the person has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub theirs: Typed,
    pub fields: Vec<EntryField>,
}

/// What the page says once about where the text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Text kept on this device was put back.
    Restored,
    /// Somebody else's changes to other fields were taken in.
    Joined,
    /// Text kept on this device belongs to an entry that is closed now.
    KeptClosed,
}

/// What lies on the device: the typed text and the stored one it grew from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalCopy {
    pub base: Typed,
    pub typed: Typed,
}

/// What does not change while the wizard is open.
pub struct Frame {
    pub entry: EntryId,
    /// Where this device keeps what it knows of this person's entry: copies of the text and uploads under way.
    pub shelf: Option<Place>,
    /// Name of this page among them: two pages never write over one another.
    pub page: String,
    pub locale: Locale,
    pub zone: Zone,
    setup: ContestSetup,
}

impl Frame {
    /// Where copies of the text lie, one a page.
    pub fn copies(&self) -> Option<Place> {
        self.shelf.as_ref().map(|shelf| shelf.below("page"))
    }

    /// Where this page keeps its copy.
    pub fn place(&self) -> Option<Place> {
        self.copies().map(|copies| copies.below(&self.page))
    }
}

/// The draft on the screen.
#[derive(Clone, Copy)]
pub struct Draft {
    pub frame: StoredValue<Frame>,
    /// As the server last answered; its `content` is `base`, not the one of the first load.
    pub view: RwSignal<DraftView>,
    pub typed: RwSignal<Typed>,
    /// The stored text, as it was typed.
    pub base: StoredValue<Typed>,
    pub save: RwSignal<SaveState>,
    /// Steps set aside until their text changes.
    pub refused: RwSignal<Refused>,
    pub clash: RwSignal<Option<Clash>>,
    pub remark: RwSignal<Option<Remark>>,
    /// Rises when fields are filled by something else than the person's keys: those without a live value are redrawn.
    pub shown: RwSignal<u32>,
    /// Steps whose missing fields are marked: begun before, or left once.
    pub visited: RwSignal<BTreeSet<Step>>,
    gaps: Memo<Vec<EntryGap>>,
    /// The steps the entry goes through, as it stands.
    pub steps: Memo<Vec<Step>>,
    pub(super) task: StoredValue<Task>,
}

impl Draft {
    /// The draft of a page; `person` is whose text may be kept on this device.
    pub fn new(view: DraftView, person: Option<UserId>) -> Self {
        let locale = ui_locale();
        let typed = Typed::of(&view.content, |share| share_text(share, locale));
        let begun = Step::ALL
            .into_iter()
            .filter(|step| step.is_begun(&view.content, view.attachments.len()));
        let visited: BTreeSet<Step> = begun.collect();
        let frame = StoredValue::new(Frame {
            entry: view.entry,
            shelf: person.map(|person| Place::new(format!("entry/{person}/{}", view.entry))),
            page: fresh_key().to_string(),
            locale,
            zone: view.zone.clone(),
            setup: ContestSetup {
                categories: view.categories.clone(),
                eligibility: view.eligibility.clone(),
                declaration: view.declaration.clone(),
                form: view.form.clone(),
                ..ContestSetup::default()
            },
        });
        let excluded = StoredValue::new(Vec::new());
        let view = RwSignal::new(view);
        let base = StoredValue::new(typed.clone());
        let typed = RwSignal::new(typed);
        let gaps = Memo::new(move |_| {
            let content = typed.with(Typed::content);
            view.with(|view| {
                frame.with_value(|frame| {
                    excluded.update_value(|known: &mut Vec<(String, Exclusion)>| remember(view, known));
                    let admitted: Vec<bool> = content
                        .authors
                        .iter()
                        .map(|author| admits(view, author))
                        .collect();
                    let excluded: Vec<(usize, Exclusion)> = content
                        .authors
                        .iter()
                        .enumerate()
                        .filter_map(|(index, author)| {
                            let person = identity(author);
                            let found = excluded
                                .with_value(|known| known.iter().find(|(id, _)| *id == person).cloned());
                            Some((index, found?.1))
                        })
                        .collect();
                    let mut gaps =
                        check_for_submission(&content, &view.attachments, &frame.setup, &admitted, &excluded);
                    gaps.extend(view.consents.gaps(&content, view.now));
                    with_copy(gaps, view.files.copy)
                })
            })
        });
        let steps = Memo::new(move |_| {
            let content = typed.with(Typed::content);
            frame.with_value(|frame| Step::applicable(&frame.setup.form, &content))
        });
        Self {
            frame,
            view,
            typed,
            base,
            save: RwSignal::new(SaveState::Idle),
            refused: RwSignal::new(Refused::default()),
            clash: RwSignal::new(None),
            remark: RwSignal::new(None),
            shown: RwSignal::new(0),
            visited: RwSignal::new(visited),
            gaps,
            steps,
            task: StoredValue::new(Task::default()),
        }
    }

    /// The entry.
    pub fn entry(self) -> EntryId {
        self.frame.with_value(|frame| frame.entry)
    }

    /// The contest's own questions.
    pub fn form(self) -> FormVersion {
        self.frame.with_value(|frame| frame.setup.form.clone())
    }

    /// The name of a field; a question is called by its label.
    pub fn field_name(self, field: &EntryField) -> String {
        let label = |code: &String| {
            self.frame.with_value(|frame| {
                let question = frame.setup.form.field(code)?;
                Some(question.label.text(frame.locale).to_owned())
            })
        };
        match field {
            EntryField::Answer(code) => label(code),
            _ => None,
        }
        .unwrap_or_else(|| entry_field_name(field))
    }

    /// The step before one, of those the entry goes through.
    pub fn previous_step(self, step: Step) -> Option<Step> {
        self.steps.with(|steps| step.previous(steps))
    }

    /// What keeps the entry from being submitted, by the rules the server uses.
    pub fn gaps(self) -> Vec<EntryGap> {
        self.gaps.get()
    }

    /// The gaps of one step.
    pub fn gaps_of(self, step: Step) -> Vec<EntryGap> {
        self.gaps.with(|gaps| {
            gaps.iter()
                .filter(|gap| gap.field.step() == step)
                .cloned()
                .collect()
        })
    }

    /// The message beside a field: what the server refused, what cannot be read, what the rules miss. What is merely
    /// not written yet is marked once the person has been through the step.
    pub fn message(self, field: &EntryField) -> Option<String> {
        let refused = self
            .refused
            .with(|refused| self.typed.with(|typed| refused.problem(field, typed)));
        let refused = refused.map(|problem| entry_problem_text(&problem));
        let unread = || {
            let unread = self.typed.with(Typed::unread);
            unread
                .iter()
                .find(|(at, _)| at == field)
                .map(|(_, problem)| problem_text(problem))
        };
        // a phone number on its way to its tenth digit is no ID-card number
        let typing = self.save.with(|save| *save == SaveState::Waiting);
        let missing_too = self.visited.with(|visited| visited.contains(&field.step()));
        let gap = || {
            self.gaps.with(|gaps| {
                let mut ours = gaps
                    .iter()
                    .filter(|gap| gap.field == *field)
                    .filter(|gap| !typing || gap.problem != EntryProblem::IdCardNumber);
                let gap = ours.find(|gap| missing_too || gap.problem != EntryProblem::Missing)?;
                Some(entry_problem_text(&gap.problem))
            })
        };
        refused.or_else(unread).or_else(gap)
    }

    /// [`Draft::message`] as a signal.
    pub fn message_of(self, field: EntryField) -> Signal<Option<String>> {
        Signal::derive(move || self.message(&field))
    }

    /// A text of the draft that notifies only when it changes itself.
    pub fn text(self, read: impl Fn(&Typed) -> String + Send + Sync + 'static) -> Signal<String> {
        Memo::new(move |_| self.typed.with(&read)).into()
    }

    /// Whether the viewer may change the entry now.
    pub fn can_edit(self) -> bool {
        self.view.with(|view| view.can_edit)
    }

    /// A share as people write it.
    pub fn share_text(self, share: Points) -> String {
        share_text(share, self.frame.with_value(|frame| frame.locale))
    }

    /// The stored content as the fields show it.
    pub fn typed_of(self, view: &DraftView) -> Typed {
        Typed::of(&view.content, |share| self.share_text(share))
    }
}

fn share_text(share: Points, locale: Locale) -> String {
    if share == Points::ZERO {
        String::new()
    } else {
        share.format(locale, 0)
    }
}

/// Keeps what the server said about people excluded: only it knows their roles.
fn remember(view: &DraftView, known: &mut Vec<(String, Exclusion)>) {
    for gap in &view.gaps {
        if let (EntryField::Author(index), EntryProblem::Excluded(exclusion)) = (&gap.field, &gap.problem)
            && let Some(author) = view.content.authors.get(*index)
        {
            let person = identity(author);
            if known.iter().all(|(id, _)| *id != person) {
                known.push((person, exclusion.clone()));
            }
        }
    }
}

fn identity(author: &Author) -> String {
    match author.user {
        Some(user) => user.to_string(),
        None => format!("{}|{:?}", fold(&author.full_name), author.unit),
    }
}

/// Whether an author's unit may enter: `view.units` lists every unit that may.
fn admits(view: &DraftView, author: &Author) -> bool {
    match author.unit {
        None => view.eligibility.outside_authors,
        Some(unit) => view.units.iter().any(|line| line.id == unit),
    }
}
