//! The order on its way to the server: one request at a time, each from the version the one before brought back.

use contract::Error;
use contract::judging::{OrderView, PutOrder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use rules::id::{RoundId, Version};
use rules::judging::OrderList;
use rules::points::Points;
use rules::time::Timestamp;

use crate::judging::api;
use crate::judging::form::{keys, labels};
use crate::judging::parts::fresh_key;

/// Where the order on the screen is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderSave {
    Idle,
    Saving,
    Saved,
    /// The server could not be reached.
    Kept,
    Refused(Error),
}

/// The board's state.
#[derive(Clone, Copy)]
pub struct OrderDesk {
    pub round: RoundId,
    pub order: RwSignal<OrderList<String>>,
    pub version: RwSignal<Version>,
    pub save: RwSignal<OrderSave>,
    pub submitted_at: RwSignal<Option<Timestamp>>,
    /// What another device saved, until the judge has chosen.
    pub theirs: RwSignal<Option<OrderView>>,
    busy: StoredValue<bool>,
    again: StoredValue<Option<bool>>,
}

impl OrderDesk {
    /// The board as loaded. Nothing ordered yet starts from the own totals.
    pub fn new(view: &OrderView) -> Self {
        let order = if view.tiers.is_empty() {
            by_totals(view)
        } else {
            keys(&view.tiers)
        };
        Self {
            round: view.round,
            order: RwSignal::new(order),
            version: RwSignal::new(view.version),
            save: RwSignal::new(OrderSave::Idle),
            submitted_at: RwSignal::new(view.submitted_at),
            theirs: RwSignal::new(None),
            busy: StoredValue::new(false),
            again: StoredValue::new(None),
        }
    }

    /// Sends the order as it stands.
    pub fn put(self, submit: bool) {
        if self.busy.get_value() {
            // A submission asked for meanwhile is not forgotten over a later plain save.
            self.again
                .update_value(|again| *again = Some(submit || again.unwrap_or_default()));
            return;
        }
        self.busy.set_value(true);
        self.save.set(OrderSave::Saving);
        let cmd = PutOrder {
            key: fresh_key(),
            round: self.round,
            expected: self.version.get_untracked(),
            tiers: labels(self.order.get_untracked()),
            submit,
        };
        spawn_local(async move {
            let answer = api::put_order(cmd).await;
            if self.busy.try_set_value(false).is_some() {
                return; // the page is gone
            }
            self.take(answer, submit).await;
        });
    }

    async fn take(self, answer: Result<OrderView, Error>, submit: bool) {
        match answer {
            Ok(view) => {
                self.version.set(view.version);
                self.submitted_at.set(view.submitted_at);
                self.save.set(OrderSave::Saved);
                if let Some(submit) = self.again.get_value() {
                    self.again.set_value(None);
                    self.put(submit);
                }
            }
            Err(Error::Conflict(_)) => {
                let current = api::order(self.round).await;
                if self.save.is_disposed() {
                    return;
                }
                match current {
                    // An answer that was lost: the server has this very order.
                    Ok(view) if keys(&view.tiers) == self.order.get_untracked() => {
                        self.version.set(view.version);
                        self.submitted_at.set(view.submitted_at);
                        self.save.set(OrderSave::Saved);
                        if submit && view.submitted_at.is_none() {
                            self.put(true);
                        }
                    }
                    Ok(view) => self.theirs.set(Some(view)),
                    Err(error) => self.save.set(OrderSave::Refused(error)),
                }
            }
            Err(Error::Transport(_)) => self.save.set(OrderSave::Kept),
            Err(error) => self.save.set(OrderSave::Refused(error)),
        }
    }

    /// Keeps the order on the screen; it goes over the other one.
    pub fn keep_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.version.set(theirs.version);
            self.theirs.set(None);
            self.put(false);
        }
    }

    /// Takes over the other order.
    pub fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.version.set(theirs.version);
            self.submitted_at.set(theirs.submitted_at);
            self.order.set(keys(&theirs.tiers));
            self.save.set(OrderSave::Saved);
            self.theirs.set(None);
        }
    }
}

/// The entries to be ordered by own totals, best first: equal totals share a tier, entries without one come last.
pub fn by_totals(view: &OrderView) -> OrderList<String> {
    let mut ranked: Vec<(Option<Points>, String)> = view
        .entries
        .iter()
        .filter(|entry| !entry.recused)
        .map(|entry| (entry.total, entry.label.0.clone()))
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut tiers: Vec<Vec<String>> = Vec::new();
    let mut before = None;
    for (total, label) in ranked {
        match tiers.last_mut().filter(|_| total.is_some() && total == before) {
            Some(tier) => tier.push(label),
            None => tiers.push(vec![label]),
        }
        before = total;
    }
    OrderList { tiers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::judging::OrderEntry;
    use rules::event::EntryLabel;
    use rules::id::CommandKey;
    use rules::judging::RoundState;
    use rules::time::Zone;

    #[test]
    fn own_totals_give_the_first_order() {
        let entry = |label: &str, total: Option<i64>, recused| OrderEntry {
            label: EntryLabel(label.to_owned()),
            title: String::new(),
            total: total.map(Points::whole),
            recused,
        };
        let view = OrderView {
            round: RoundId(uuid::Uuid::nil()),
            round_name: String::new(),
            contest_name: String::new(),
            state: RoundState::Scoring,
            version: Version::FIRST,
            tiers: Vec::new(),
            entries: vec![
                entry("A", Some(70), false),
                entry("B", Some(90), false),
                entry("C", Some(70), false),
                entry("D", Some(99), true),
                entry("E", None, false),
                entry("F", None, false),
            ],
            submitted_at: None,
            can_edit: true,
            zone: Zone::default(),
            key: CommandKey(uuid::Uuid::nil()),
        };
        assert_eq!(crate::ui::encode_order(&by_totals(&view)), "B>A=C>E>F");
    }
}
