//! Saving by itself: at once on this device, 800 ms after the last key on the server, again and again while the server
//! cannot be reached. One request at a time, one step each, made from the version the one before brought back. A step
//! the server refuses waits for its own text to change; the others go on.

use std::time::Duration;

use contract::Error;
use contract::entry::{DraftView, SaveDraft, Saved};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::Violation;
use rules::entry::{Consent, EntryField, Step};

use super::draft::{Clash, Draft, Frame, LocalCopy, Remark, SaveState};
use super::refused::unsaved;
use crate::device::Place;
use crate::entry::api;
use crate::entry::typed::{Meeting, Typed, all_fields, fields_of, meet, says_the_same};
use crate::judging::fresh_key;

/// How long after the last key the draft is sent.
const PAUSE: Duration = Duration::from_millis(800);
/// How long after a failed try the next one starts.
const RETRY: Duration = Duration::from_secs(10);

/// What is under way.
#[derive(Default)]
pub struct Task {
    timer: Option<TimeoutHandle>,
    in_flight: bool,
    /// Asked for while a request was under way: send at once when it is back.
    hurry: bool,
    /// Copies of other pages not looked at yet.
    left: Vec<Place>,
    /// The copy whose text is here now, and where it lies; only while this page cannot keep one of its own.
    taken: Option<(Place, LocalCopy)>,
    /// Whether the last key reached this device's storage.
    kept: bool,
    /// Told once everything is stored (true) or cannot be now (false).
    then: Option<Callback<bool>>,
}

impl Draft {
    /// Changes what is typed, as the person does, and sees to it that it is saved.
    pub fn edit(self, change: impl FnOnce(&mut Typed)) {
        self.typed.update(change);
        self.keep();
        if self.clash.with_untracked(Option::is_none) {
            self.save.set(SaveState::Waiting);
            self.send_after(PAUSE);
        }
    }

    /// Sends what is typed now: the person leaves a field, or does not want to wait.
    pub fn save_now(self) {
        let busy = self.task.with_value(|task| task.in_flight);
        if busy {
            self.task.update_value(|task| task.hurry = true);
        } else if self.is_unsaved() && self.clash.with_untracked(Option::is_none) {
            self.clear_timer();
            self.send();
        }
    }

    /// Tells `then` as soon as the server has everything (true) or it turns out that it cannot get there now (false):
    /// an act of the person is not repeated behind their back.
    pub fn once_saved(self, then: Callback<bool>) {
        if self.clash.with_untracked(Option::is_some) {
            then.run(false);
        } else if self.task.with_value(|task| task.in_flight) || self.is_unsaved() {
            self.task.update_value(|task| task.then = Some(then));
            self.save_now();
        } else {
            then.run(true);
        }
    }

    /// Whether something typed has not reached the server, or was refused there.
    pub fn is_unsaved(self) -> bool {
        self.typed
            .with_untracked(|typed| self.base.with_value(|base| unsaved(base, typed).next().is_some()))
    }

    /// Brings back what this device kept, on whichever page it was typed; to be called once, in the browser.
    pub fn restore(self) {
        let Some(copies) = self.frame.with_value(Frame::copies) else {
            return;
        };
        self.task.update_value(|task| task.left = copies.all_below());
        self.take_next();
    }

    /// Takes up the next copy of another page; whether there was one with something the server does not have. One at a
    /// time: a second one is met with what has been stored of the first.
    fn take_next(self) -> bool {
        loop {
            let next = self.task.try_update_value(|task| task.left.pop()).flatten();
            let Some(place) = next else { return false };
            let Some(copy) = place.read::<LocalCopy>() else {
                continue;
            };
            let stored = self.base.get_value();
            let Meeting { base, typed, clashes } = meet(&copy.base, &copy.typed, &stored);
            let same = all_fields(&[&typed, &stored])
                .iter()
                .all(|field| says_the_same(&typed.text(field), &stored.text(field)));
            if same && clashes.is_empty() {
                place.clear();
                continue;
            }
            if !self.view.with_untracked(|view| view.can_edit) {
                // submitted meanwhile, perhaps by a co-author: the text stays on this device, in case the entry comes back
                self.remark.set(Some(Remark::KeptClosed));
                return false;
            }
            self.base.set_value(base);
            self.typed.set(typed);
            self.keep();
            // Two copies of one text would meet once this one is mended: a refused step may keep it here for long.
            if self.task.with_value(|task| task.kept) {
                place.clear();
            } else {
                self.task.update_value(|task| task.taken = Some((place, copy)));
            }
            self.shown.update(|shown| *shown += 1);
            self.remark.set(Some(Remark::Restored));
            if clashes.is_empty() {
                self.save.set(SaveState::Waiting);
                self.send_after(PAUSE);
            } else {
                self.clash.set(Some(Clash {
                    theirs: stored,
                    fields: clashes,
                }));
                self.save.set(SaveState::Clash);
            }
            return true;
        }
    }

    /// Takes over what the server has after something else than saving changed it: a file came or went.
    pub fn refresh(self, view: DraftView) {
        let theirs = self.typed_of(&view);
        self.meet(view, theirs, false);
    }

    /// Settles one field of a clash.
    pub fn settle(self, field: &EntryField, take_theirs: bool) {
        let Some(mut clash) = self.clash.get_untracked() else {
            return;
        };
        // chosen knowing the stored text, so the next comparison starts from it
        self.base.update_value(|base| base.take(field, &clash.theirs));
        if take_theirs {
            self.typed.update(|typed| typed.take(field, &clash.theirs));
            self.shown.update(|shown| *shown += 1);
        }
        self.keep();
        clash.fields.retain(|open| open != field);
        if clash.fields.is_empty() {
            self.clash.set(None);
            self.save.set(SaveState::Waiting);
            self.send_after(Duration::ZERO);
        } else {
            self.clash.set(Some(clash));
        }
    }

    /// The wizard goes: what is not sent is sent without waiting for the answer; this device keeps it until a later
    /// visit finds that the server has it.
    pub fn leave(self) {
        let free = self.task.try_with_value(|task| {
            if let Some(timer) = task.timer {
                timer.clear();
            }
            !task.in_flight
        });
        let settled = self.clash.try_with_untracked(Option::is_none);
        if free == Some(true)
            && settled == Some(true)
            && let Some((_, cmd)) = self.command()
        {
            spawn_local(async move {
                // Nobody is left to tell: the copy on this device speaks at the next visit.
                let _ = api::save_draft(cmd).await;
            });
        }
    }

    /// The page is looked at again: where somebody's answer is awaited, what the server has now is fetched.
    pub fn look_again(self) {
        let waits = self.view.try_with_untracked(|view| {
            let authors = view.content.authors.iter();
            let mut consents = authors.map(|author| view.consents.of(author, view.now));
            view.can_edit && consents.any(|consent| matches!(consent, Consent::Waiting { .. }))
        });
        let busy = self.task.try_with_value(|task| task.in_flight);
        if waits != Some(true) || busy != Some(false) || self.clash.with_untracked(Option::is_some) {
            return;
        }
        let entry = self.entry();
        spawn_local(async move {
            // What stands there stays where the server cannot be reached.
            if let Ok(view) = api::draft(entry).await
                && !self.save.is_disposed()
            {
                self.refresh(view);
            }
        });
    }

    /// The network is back.
    pub fn online(self) {
        let waits = |save: &SaveState| matches!(save, SaveState::Kept | SaveState::Unkept);
        if self.save.try_with_untracked(waits) == Some(true) {
            self.save_now();
        }
    }

    /// The step to send; none while everything is stored or refused.
    fn next_step(self) -> Option<Step> {
        self.typed.with_untracked(|typed| {
            self.base.with_value(|base| {
                self.refused
                    .with_untracked(|refused| refused.next_step(base, typed))
            })
        })
    }

    fn command(self) -> Option<(Step, SaveDraft)> {
        let step = self.next_step()?;
        let content = self.typed.with_untracked(|typed| typed.step(step))?;
        let expected = self.view.with_untracked(|view| view.version);
        Some((
            step,
            SaveDraft {
                key: fresh_key(),
                entry: self.entry(),
                expected,
                content,
            },
        ))
    }

    fn send_after(self, pause: Duration) {
        self.clear_timer();
        let timer = set_timeout_with_handle(
            move || {
                if self.task.try_update_value(|task| task.timer = None).is_some() {
                    self.send();
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

    fn send(self) {
        if self.task.with_value(|task| task.in_flight) {
            self.task.update_value(|task| task.hurry = true);
            return;
        }
        let Some((step, cmd)) = self.command() else {
            self.rest();
            return;
        };
        let sent = self.typed.get_untracked();
        self.task
            .update_value(|task| (task.in_flight, task.hurry) = (true, false));
        self.save.set(SaveState::Saving);
        spawn_local(async move {
            let answer = api::save_draft(cmd).await;
            // The wizard may be gone by now; then the copy on this device is compared at the next visit.
            let Some(hurry) = self.task.try_update_value(|task| {
                task.in_flight = false;
                std::mem::take(&mut task.hurry)
            }) else {
                return;
            };
            self.take_answer(answer, step, &sent, hurry);
        });
    }

    fn take_answer(self, answer: Result<Saved, Error>, step: Step, sent: &Typed, hurry: bool) {
        match answer {
            Ok(saved) => {
                self.base.update_value(|base| {
                    for field in fields_of(step, &[base, sent]) {
                        base.take(&field, sent);
                    }
                });
                self.refused.update(|refused| refused.stored(step));
                let content = self.base.with_value(Typed::content);
                self.view.update(|view| {
                    view.version = saved.version;
                    view.saved_at = saved.saved_at;
                    view.gaps = saved.gaps;
                    view.content = content;
                });
                self.go_on(sent, hurry);
            }
            Err(Error::Rule(Violation::EntryIncomplete { gaps })) => {
                self.refused
                    .update(|refused| refused.set_aside(step, sent.clone(), gaps));
                self.go_on(sent, hurry);
            }
            Err(Error::Conflict(_)) => self.fetch_theirs(),
            Err(Error::Transport(_)) => {
                self.stuck(self.unreached());
                self.send_after(RETRY);
            }
            Err(error) => self.stuck(SaveState::Refused(error)),
        }
    }

    /// The step after the one just answered; where the person went on typing, after a pause.
    fn go_on(self, sent: &Typed, hurry: bool) {
        let typed_again = self.typed.with_untracked(|typed| typed != sent);
        if self.next_step().is_some() && typed_again && !hurry {
            self.save.set(SaveState::Waiting);
            self.send_after(PAUSE);
        } else {
            self.send();
        }
    }

    /// Nothing is left to send: everything is stored, or what is not was refused as it stands.
    fn rest(self) {
        if self.is_unsaved() {
            // the copy on this device stays, and knows what of it is stored by now
            self.keep();
            let gaps = self
                .typed
                .with_untracked(|typed| self.refused.with_untracked(|refused| refused.gaps(typed)));
            self.stuck(SaveState::Refused(Violation::EntryIncomplete { gaps }.into()));
        } else {
            self.done();
        }
    }

    /// Everything is stored.
    fn done(self) {
        self.save.set(SaveState::Saved);
        // A figure that cannot be read was not stored; it stays here until it is put right.
        if self.typed.with_untracked(|typed| typed.unread().is_empty()) {
            if let Some(place) = self.frame.with_value(Frame::place) {
                place.clear();
            }
            let taken = self.task.try_update_value(|task| task.taken.take()).flatten();
            // its page may be open still and have typed on
            if let Some((place, _)) = taken.filter(|(place, copy)| place.read().as_ref() == Some(copy)) {
                place.clear();
            }
            if self.take_next() {
                return;
            }
        }
        self.tell(true);
    }

    /// The state after the server could not be reached.
    fn unreached(self) -> SaveState {
        if self.task.with_value(|task| task.kept) {
            SaveState::Kept
        } else {
            SaveState::Unkept
        }
    }

    /// Nothing goes on by itself, or not soon.
    fn stuck(self, state: SaveState) {
        self.save.set(state);
        self.tell(false);
    }

    fn tell(self, saved: bool) {
        if let Some(then) = self.task.try_update_value(|task| task.then.take()).flatten() {
            then.run(saved);
        }
    }

    fn fetch_theirs(self) {
        let entry = self.entry();
        spawn_local(async move {
            let current = api::draft(entry).await;
            if self.save.is_disposed() {
                return;
            }
            match current {
                Ok(view) => {
                    let theirs = self.typed_of(&view);
                    self.meet(view, theirs, true);
                }
                Err(Error::Transport(_)) => {
                    self.stuck(self.unreached());
                    self.send_after(RETRY);
                }
                Err(error) => self.stuck(SaveState::Refused(error)),
            }
        });
    }

    /// Brings what is typed and what the server has together.
    fn meet(self, view: DraftView, theirs: Typed, tell: bool) {
        let mine = self.typed.get_untracked();
        let met = self.base.with_value(|base| meet(base, &mine, &theirs));
        let Meeting { base, typed, clashes } = met;
        self.view.set(view);
        self.base.set_value(base);
        if typed != mine {
            self.typed.set(typed);
            self.shown.update(|shown| *shown += 1);
            if tell {
                self.remark.set(Some(Remark::Joined));
            }
        }
        if clashes.is_empty() {
            self.clash.set(None);
            self.send();
        } else {
            self.keep();
            self.clash.set(Some(Clash {
                theirs,
                fields: clashes,
            }));
            self.stuck(SaveState::Clash);
        }
    }

    fn keep(self) {
        let place = self.frame.with_value(Frame::place);
        let copy = LocalCopy {
            base: self.base.get_value(),
            typed: self.typed.get_untracked(),
        };
        let kept = place.is_some_and(|place| place.write(&copy));
        self.task.update_value(|task| task.kept = kept);
    }
}
