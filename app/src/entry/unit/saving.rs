//! The list on its way to the server: one request at a time, each from the version the one before brought back. A second
//! coordinator's list is never written over: both are shown.

use contract::Error;
use contract::unit::{OrderDraft, SaveUnitOrder, UnitDeskView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::id::{ContestId, UnitId, Version};
use rules::judging::OrderList;
use rules::time::Timestamp;
use rules::unit::UnitOrder;

use super::{api, form};
use crate::judging::fresh_key;
use crate::ui::decode_order;

/// Where the list on the screen is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListSave {
    /// As the server has it.
    Idle,
    Saving,
    /// The server could not be reached.
    Kept,
    Refused(Error),
}

/// Who saved the list, and when.
pub type SavedBy = Option<(String, Timestamp)>;

/// The list on the screen.
#[derive(Clone, Copy)]
pub struct ListDesk {
    slug: StoredValue<String>,
    contest: ContestId,
    pub unit: UnitId,
    /// With the line in it.
    pub rows: RwSignal<OrderList<String>>,
    /// 0 while nobody saved a list.
    pub version: RwSignal<Version>,
    pub saved: RwSignal<SavedBy>,
    pub save: RwSignal<ListSave>,
    /// What another coordinator saved, until this one has chosen.
    pub theirs: RwSignal<Option<OrderDraft>>,
    busy: StoredValue<bool>,
    again: StoredValue<bool>,
}

impl ListDesk {
    /// The list as loaded; `mine` is the one of a plain page that was second.
    pub fn new(view: &UnitDeskView, mine: Option<&str>) -> Self {
        let board = &view.board;
        let mine = mine
            .map(|text| form::list(&decode_order(text)))
            .filter(|mine| *mine != view.order.order);
        let order = mine.as_ref().unwrap_or(&view.order.order);
        Self {
            slug: StoredValue::new(board.contest_slug.clone()),
            contest: board.contest,
            unit: board.unit,
            rows: RwSignal::new(form::rows(order)),
            version: RwSignal::new(view.order.version),
            saved: RwSignal::new(saved_by(&view.order)),
            save: RwSignal::new(ListSave::Idle),
            theirs: RwSignal::new(mine.map(|_| view.order.clone())),
            busy: StoredValue::new(false),
            again: StoredValue::new(false),
        }
    }

    /// The list without its line.
    pub fn order(self) -> UnitOrder {
        self.rows.with(form::list)
    }

    /// Nothing is on its way and nothing waits for a choice: the page may be drawn anew.
    pub fn at_rest(self) -> bool {
        self.save.try_get_untracked() == Some(ListSave::Idle)
            && self.theirs.try_with_untracked(Option::is_none) == Some(true)
    }

    /// One of the page's own buttons, then saved.
    pub fn act(self, act: &str) {
        self.rows.update(|rows| *rows = form::after(rows, act));
        self.put();
    }

    /// Sends the list as it stands.
    pub fn put(self) {
        if self.busy.get_value() {
            self.again.set_value(true);
            return;
        }
        self.busy.set_value(true);
        self.save.set(ListSave::Saving);
        let cmd = SaveUnitOrder {
            key: fresh_key(),
            contest: self.contest,
            unit: self.unit,
            expected: self.version.get_untracked(),
            order: self.rows.with_untracked(form::list),
        };
        spawn_local(async move {
            let answer = api::save_unit_order(cmd).await;
            if self.busy.try_set_value(false).is_some() {
                return; // the page is gone
            }
            self.take(answer).await;
        });
    }

    async fn take(self, answer: Result<OrderDraft, Error>) {
        match answer {
            Ok(draft) => {
                self.stored(&draft);
                if self.again.get_value() {
                    self.again.set_value(false);
                    self.put();
                }
            }
            Err(Error::Conflict(_)) => {
                let slug = self.slug.get_value();
                let current = api::unit_desk(slug, Some(self.unit)).await;
                if self.save.is_disposed() {
                    return;
                }
                match current {
                    // An answer that was lost: the server has this very list.
                    Ok(view) if view.order.order == self.rows.with_untracked(form::list) => {
                        self.stored(&view.order);
                    }
                    Ok(view) => {
                        self.save.set(ListSave::Idle);
                        self.theirs.set(Some(view.order));
                    }
                    Err(error) => self.save.set(ListSave::Refused(error)),
                }
            }
            Err(Error::Transport(_)) => self.save.set(ListSave::Kept),
            Err(error) => self.save.set(ListSave::Refused(error)),
        }
    }

    fn stored(self, draft: &OrderDraft) {
        self.version.set(draft.version);
        self.saved.set(saved_by(draft));
        self.save.set(ListSave::Idle);
    }

    /// Keeps the list on the screen; it goes over the other one, which was seen.
    pub fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.version.set(theirs.version);
            self.theirs.set(None);
            self.put();
        }
    }

    /// Takes over the other list.
    pub fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.rows.set(form::rows(&theirs.order));
            self.theirs.set(None);
            self.stored(&theirs);
        }
    }
}

fn saved_by(draft: &OrderDraft) -> SavedBy {
    draft.saved_by.clone().zip(draft.saved_at)
}
