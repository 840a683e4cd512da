//! The scorecard being filled in: what is typed, what the server has, and what is wrong with it. Saving is in
//! [`super::autosave`].

use contract::Error;
use contract::judging::{JudgeEntryView, OwnCard, OwnCardState, PutScorecard};
use leptos::prelude::*;
use rules::event::EntryLabel;
use rules::id::{RoundId, UserId};
use rules::judging::{CriterionCode, Rubric, ScoreProblem, check_draft, check_submission, total};
use rules::points::Points;
use rules::text::Locale;
use rules::time::Zone;

use super::autosave::Task;
use super::figure::{Reading, read};
use super::local_copy::{LocalCopy, place};
use crate::device::Place;
use crate::i18n::ui_locale;
use crate::judging::parts::fresh_key;
use crate::judging::words::typed_problem_text;
use crate::text::score_problem_text;
use crate::ui::FormError;

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
    /// The server said no.
    Refused(Error),
    /// Another device saved first: [`Sheet::theirs`] holds what.
    Clash,
}

/// A figure to fill in.
#[derive(Clone)]
pub struct Figure {
    pub code: CriterionCode,
    pub max: Points,
    pub text: RwSignal<String>,
}

/// What does not change while the page is open.
pub struct Frame {
    pub round: RoundId,
    pub label: EntryLabel,
    pub rubric: Rubric,
    pub zone: Zone,
    pub figures: Vec<Figure>,
    pub place: Option<Place>,
    pub locale: Locale,
    /// The round takes scorecards and the principles are confirmed.
    pub open: bool,
}

/// The scorecard on the screen.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub frame: StoredValue<Frame>,
    pub comment: RwSignal<String>,
    /// As the server last answered.
    pub card: RwSignal<OwnCard>,
    pub save: RwSignal<SaveState>,
    /// What another device saved.
    pub theirs: RwSignal<Option<OwnCard>>,
    /// How often handing in was refused here: missing figures are shown from the first time on.
    pub tries: RwSignal<u32>,
    /// The browser has taken over: buttons that need it work.
    pub awake: RwSignal<bool>,
    pub(super) task: StoredValue<Task>,
}

impl Sheet {
    /// The sheet of a page; `person` is whose typed figures may be kept on this device.
    pub fn new(view: &JudgeEntryView, person: Option<UserId>) -> Self {
        let locale = ui_locale();
        let text_of = |code: &CriterionCode| {
            view.card
                .scores
                .get(code)
                .map_or_else(String::new, |points| points.format(locale, 0))
        };
        let figures = view.rubric.scored().into_iter().map(|(code, max)| Figure {
            code: code.clone(),
            max,
            text: RwSignal::new(text_of(code)),
        });
        let frame = Frame {
            round: view.round,
            label: view.label.clone(),
            rubric: view.rubric.clone(),
            zone: view.zone.clone(),
            figures: figures.collect(),
            place: person.map(|person| place(person, view.round, &view.label)),
            locale,
            open: view.round_state.takes_ballots() && view.principles_confirmed,
        };
        Self {
            frame: StoredValue::new(frame),
            comment: RwSignal::new(view.card.comment.clone()),
            card: RwSignal::new(view.card.clone()),
            save: RwSignal::new(SaveState::Idle),
            theirs: RwSignal::new(None),
            tries: RwSignal::new(0),
            awake: RwSignal::new(false),
            task: StoredValue::new(Task::default()),
        }
    }

    /// Whether the judge may write.
    pub fn can_write(self) -> bool {
        let state = self.card.with(|card| card.state);
        let writable = matches!(
            state,
            OwnCardState::Empty | OwnCardState::Draft | OwnCardState::Reopened
        );
        writable && self.frame.with_value(|frame| frame.open)
    }

    /// The figures as typed.
    pub fn reading(self) -> Reading {
        self.frame.with_value(|frame| {
            read(
                frame
                    .figures
                    .iter()
                    .map(|figure| (&figure.code, figure.text.get())),
            )
        })
    }

    /// Sum of what is given so far.
    pub fn total(self) -> Points {
        total(&self.reading().scores)
    }

    /// What keeps the scorecard from being handed in.
    pub fn open_problems(self) -> Vec<ScoreProblem> {
        let reading = self.reading();
        self.frame.with_value(|frame| {
            let all = self.comment.with(|comment| check_submission(&frame.rubric, &reading.scores, comment));
            // A text that is no number is given, if badly: its own message says so.
            let unread = |problem: &ScoreProblem| {
                matches!(problem, ScoreProblem::Missing { criterion } if reading.unread.iter().any(|(code, _)| code == criterion))
            };
            all.into_iter().filter(|problem| !unread(problem)).collect()
        })
    }

    /// The message beside a criterion's figure: at once where the figure is not allowed, from the first try to hand in
    /// where it is missing.
    pub fn message(self, code: &CriterionCode) -> Option<String> {
        let reading = self.reading();
        if let Some((code, problem)) = reading.unread.iter().find(|(unread, _)| unread == code) {
            return Some(typed_problem_text(code, *problem));
        }
        let problems = if self.tries.get() > 0 {
            self.open_problems()
        } else {
            self.frame
                .with_value(|frame| check_draft(&frame.rubric, &reading.scores))
        };
        problems
            .iter()
            .find(|problem| problem.criterion() == Some(code))
            .map(score_problem_text)
    }

    /// The message beside the comment.
    pub fn comment_message(self) -> Option<String> {
        let problem = self
            .open_problems()
            .into_iter()
            .find(|problem| problem.criterion().is_none())?;
        (self.tries.get() > 0).then(|| score_problem_text(&problem))
    }

    /// Every message at the last try to hand in, with the control it belongs to. Typing does not change it: the summary
    /// takes the focus whenever it changes.
    pub fn summary(self) -> Vec<FormError> {
        if self.tries.get() == 0 {
            return Vec::new();
        }
        untrack(|| {
            let figures = self.frame.with_value(|frame| frame.figures.clone());
            let line = |id: String, message| FormError {
                field: Some(id),
                message,
            };
            let beside = figures
                .iter()
                .filter_map(|figure| Some(line(figure_id(&figure.code), self.message(&figure.code)?)));
            let comment = self
                .comment_message()
                .map(|message| line(COMMENT_ID.to_owned(), message));
            beside.chain(comment).collect()
        })
    }

    /// Whether it may be handed in as it stands.
    pub fn is_complete(self) -> bool {
        self.reading().unread.is_empty() && self.open_problems().is_empty()
    }

    /// The command that stores what is allowed of what is typed; a figure that is not stays on this device until it is
    /// put right. Read outside any reactive scope.
    pub(super) fn command(self) -> PutScorecard {
        untrack(|| {
            let mut scores = self.reading().scores;
            let expected = self.card.with(|card| card.version);
            let comment = self.comment.get();
            self.frame.with_value(|frame| {
                for problem in check_draft(&frame.rubric, &scores) {
                    if let Some(code) = problem.criterion() {
                        scores.remove(code);
                    }
                }
                PutScorecard {
                    key: fresh_key(),
                    round: frame.round,
                    label: frame.label.clone(),
                    expected,
                    scores,
                    comment,
                }
            })
        })
    }

    /// What is typed, for this device.
    pub(super) fn copy(self) -> LocalCopy {
        untrack(|| LocalCopy {
            version: self.card.with(|card| card.version),
            typed: self.frame.with_value(|frame| {
                frame
                    .figures
                    .iter()
                    .map(|figure| (figure.code.clone(), figure.text.get()))
                    .collect()
            }),
            comment: self.comment.get(),
        })
    }

    /// Puts a card's figures into the form.
    pub fn show_card(self, card: &OwnCard) {
        self.frame.with_value(|frame| {
            for figure in &frame.figures {
                let text = card
                    .scores
                    .get(&figure.code)
                    .map_or_else(String::new, |points| points.format(frame.locale, 0));
                figure.text.set(text);
            }
        });
        self.comment.set(card.comment.clone());
    }

    /// Puts a copy's texts into the form.
    pub(super) fn show_copy(self, copy: &LocalCopy) {
        self.frame.with_value(|frame| {
            for figure in &frame.figures {
                if let Some((_, text)) = copy.typed.iter().find(|(code, _)| *code == figure.code) {
                    figure.text.set(text.clone());
                }
            }
        });
        self.comment.set(copy.comment.clone());
    }
}

/// Id of the control of a figure.
pub fn figure_id(code: &CriterionCode) -> String {
    format!("points-{}", crate::ui::field_id(code.as_str()))
}

/// Id of the comment's control.
pub const COMMENT_ID: &str = "scorecard-comment";
