//! Saving by itself: at once on this device, 800 ms after the last key on the server, again and again while the server
//! cannot be reached. One request at a time, each made from the version the one before brought back.

use std::time::Duration;

use contract::Error;
use contract::judging::{OwnCard, OwnCardState, PutScorecard};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::local_copy::LocalCopy;
use super::sheet::{SaveState, Sheet};
use crate::device::Place;
use crate::judging::api;
use crate::judging::parts::fresh_key;

/// How long after the last key the draft is sent.
const PAUSE: Duration = Duration::from_millis(800);
/// How long after a failed try the next one starts.
const RETRY: Duration = Duration::from_secs(10);

/// What is under way.
#[derive(Default)]
pub struct Task {
    timer: Option<TimeoutHandle>,
    in_flight: bool,
    /// Typed while a request was under way.
    again: bool,
    /// Hand in once the request under way has come back.
    submit: bool,
    /// Counts changes by the person; what was sent is remembered to know whether the answer covers everything.
    typed: u64,
    sent: u64,
}

impl Sheet {
    /// To be called after every change the person makes.
    pub fn touched(self) {
        self.keep();
        self.task.update_value(|task| task.typed += 1);
        if self.theirs.with_untracked(Option::is_none) {
            self.save.set(SaveState::Waiting);
            self.send_after(PAUSE);
        }
    }

    /// Sends what is typed now, for a person who does not want to wait.
    pub fn save_now(self) {
        if untrack(|| self.can_write()) && self.theirs.with_untracked(Option::is_none) {
            self.send_after(Duration::ZERO);
        }
    }

    /// Hands the scorecard in, after the request under way.
    pub fn submit(self) {
        self.clear_timer();
        if self.task.with_value(|task| task.in_flight) {
            self.task.update_value(|task| task.submit = true);
        } else {
            self.send(true);
        }
    }

    /// Brings back what this device kept; to be called once, in the browser.
    pub fn restore(self) {
        self.awake.set(true);
        let Some(place) = self.place() else { return };
        let Some(copy) = place.read::<LocalCopy>() else {
            return;
        };
        let card = self.card.get_untracked();
        if copy.says_the_same(&card) || !untrack(|| self.can_write()) {
            place.clear();
        } else {
            self.show_copy(&copy);
            if copy.version == card.version {
                self.touched();
            } else {
                self.theirs.set(Some(card));
                self.save.set(SaveState::Clash);
            }
        }
    }

    /// Keeps what this device has: it goes over what the other one saved.
    pub fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.card.set(theirs);
            self.theirs.set(None);
            self.touched();
            self.save_now();
        }
    }

    /// Takes over what the other device saved.
    pub fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.show_card(&theirs);
            self.card.set(theirs);
            self.theirs.set(None);
            self.save.set(SaveState::Saved);
            self.forget();
        }
    }

    /// The page goes: what is typed and not sent is sent without waiting for the answer; this device keeps it until a
    /// later visit finds that the server has it.
    pub fn leave(self) {
        let unsent = self.task.try_with_value(|task| {
            if let Some(timer) = task.timer {
                timer.clear();
            }
            task.typed > task.sent && !task.in_flight
        });
        if unsent == Some(true) && self.theirs.try_with_untracked(Option::is_none) == Some(true) {
            let cmd = self.command();
            spawn_local(async move {
                // Nobody is left to tell: the copy on this device speaks at the next visit.
                let _ = api::save_scorecard(cmd).await;
            });
        }
    }

    fn send_after(self, pause: Duration) {
        self.clear_timer();
        let timer = set_timeout_with_handle(
            move || {
                if self.task.try_update_value(|task| task.timer = None).is_some() {
                    self.send(false);
                }
            },
            pause,
        );
        self.task.update_value(|task| task.timer = timer.ok());
    }

    fn clear_timer(self) {
        self.task.update_value(|task| {
            if let Some(timer) = task.timer.take() {
                timer.clear();
            }
        });
    }

    fn send(self, submit: bool) {
        let busy = self.task.with_value(|task| task.in_flight);
        if busy {
            self.task.update_value(|task| task.again = true);
            return;
        }
        self.task.update_value(|task| {
            task.in_flight = true;
            task.again = false;
            task.sent = task.typed;
        });
        self.save.set(SaveState::Saving);
        let cmd = self.command();
        spawn_local(async move {
            let answer = deliver(cmd, submit).await;
            // The page may be gone by now; then the copy on this device is compared at the next visit.
            let Some(after) = self.task.try_update_value(|task| {
                task.in_flight = false;
                (
                    task.again || task.typed > task.sent,
                    std::mem::take(&mut task.submit),
                )
            }) else {
                return;
            };
            self.take_answer(answer, after, submit);
        });
    }

    fn take_answer(self, answer: Result<OwnCard, Error>, (again, then_submit): (bool, bool), submit: bool) {
        match answer {
            Ok(card) => {
                let done = card.state == OwnCardState::Submitted;
                self.card.set(card);
                if then_submit && !done {
                    self.send(true);
                } else if again && !done {
                    self.save.set(SaveState::Waiting);
                    self.send_after(PAUSE);
                } else {
                    self.save.set(SaveState::Saved);
                    // A figure that is not allowed was not sent; it stays here until it is put right.
                    if done || untrack(|| self.reading().unread.is_empty() && self.draft_is_allowed()) {
                        self.forget();
                    }
                }
            }
            Err(Error::Conflict(_)) => self.fetch_theirs(),
            Err(Error::Transport(_)) => {
                self.save.set(SaveState::Kept);
                // Handing in is an act of the person: it is not repeated behind their back.
                if !submit {
                    self.send_after(RETRY);
                }
            }
            Err(error) => self.save.set(SaveState::Refused(error)),
        }
    }

    fn fetch_theirs(self) {
        let (round, label) = self.frame.with_value(|frame| (frame.round, frame.label.clone()));
        spawn_local(async move {
            let current = api::judge_entry(round, label).await;
            if self.save.is_disposed() {
                return;
            }
            match current {
                Ok(view) if self.copy().says_the_same(&view.card) => {
                    self.card.set(view.card);
                    self.save.set(SaveState::Saved);
                    self.forget();
                }
                Ok(view) => {
                    self.theirs.set(Some(view.card));
                    self.save.set(SaveState::Clash);
                }
                Err(_) => {
                    self.save.set(SaveState::Kept);
                    self.send_after(RETRY);
                }
            }
        });
    }

    fn draft_is_allowed(self) -> bool {
        let scores = self.reading().scores;
        self.frame
            .with_value(|frame| rules::judging::check_draft(&frame.rubric, &scores).is_empty())
    }

    fn place(self) -> Option<Place> {
        self.frame.with_value(|frame| frame.place.clone())
    }

    fn keep(self) {
        if let Some(place) = self.place() {
            place.write(&self.copy());
        }
    }

    fn forget(self) {
        if let Some(place) = self.place() {
            place.clear();
        }
    }
}

/// One command on its way. A submission is saved first, so that what is refused is at least in the draft.
async fn deliver(cmd: PutScorecard, submit: bool) -> Result<OwnCard, Error> {
    let saved = api::save_scorecard(cmd.clone()).await?;
    if !submit {
        return Ok(saved);
    }
    api::submit_scorecard(PutScorecard {
        key: fresh_key(),
        expected: saved.version,
        ..cmd
    })
    .await
}
