//! A list put in order by hand: drag by the handle (mouse, pen, finger), step with the arrow buttons, type a position,
//! or use the keyboard alone. The order is a value of the rules ([`OrderList`]); every gesture ends in one of its
//! operations, and every one can be undone.
//!
//! Without wasm the arrow buttons submit the surrounding form (`submit`), so the list works as a plain page.

mod drag;
mod row;

use crate::i18n::{Locale, t_string, td_string, use_i18n};
use crate::ui::{Icon, IconName};
use drag::Drag;
use leptos::{html, prelude::*};
use row::Row;
use rules::judging::OrderList;

/// One thing to be ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankItem {
    /// Stable key; also what is submitted.
    pub id: String,
    /// What it is called on screen and in announcements.
    pub title: String,
    /// A quieter line: code, category.
    pub note: Option<String>,
    /// Makes the title a link.
    pub href: Option<String>,
}

/// A line across the list that is moved like any row: what stands above it and what below are two parts of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankLine {
    /// Its key in the order.
    pub id: String,
    /// What it is called in announcements and by its handle.
    pub title: String,
    /// What stands on it.
    pub text: String,
}

/// What all parts of one list share.
#[derive(Clone, Copy)]
struct List {
    /// Prefix of the element ids, so several lists can stand on a page.
    id: StoredValue<String>,
    order: RwSignal<OrderList<String>>,
    items: StoredValue<Vec<RankItem>>,
    line: StoredValue<Option<RankLine>>,
    /// Orders before each change, oldest first.
    history: RwSignal<Vec<OrderList<String>>>,
    /// What the live region says.
    said: RwSignal<String>,
    /// The row being moved, by pointer or keyboard.
    lifted: RwSignal<Option<String>>,
    /// The order when it was lifted: what Esc goes back to.
    before: StoredValue<OrderList<String>>,
    disabled: Signal<bool>,
    on_change: Option<Callback<OrderList<String>>>,
    /// Event handlers have no context to look the language up in.
    words: Locale,
}

/// Ranks `items`. `order` holds the state and must name each item once; the list never adds or loses one.
///
/// `on_change` runs once per finished change (not on every pixel of a drag): save there. `name` adds a hidden input
/// with the order for a plain form ([`encode_order`]); `submit` is the name the arrow buttons send `up:<id>` and
/// `down:<id>` under when there is no wasm.
///
/// `<RankList id="board" label="…" items order submit="step" name="order" ties=true on_change=move |order| …/>`
#[component]
pub fn RankList(
    #[prop(into)] id: String,
    /// Accessible name of the list.
    #[prop(into)]
    label: String,
    items: Vec<RankItem>,
    order: RwSignal<OrderList<String>>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] submit: Option<String>,
    /// Offers to make an item equal to the one above.
    #[prop(optional)]
    ties: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_change: Option<Callback<OrderList<String>>>,
    /// A cell at the end of each row, by id: points, a badge.
    #[prop(optional, into)]
    extra: Option<Callback<String, AnyView>>,
    /// Parts the list in two; the order names it among the items.
    #[prop(optional, into)]
    line: Option<RankLine>,
) -> impl IntoView {
    let i18n = use_i18n();
    let list = List {
        id: StoredValue::new(id.clone()),
        order,
        items: StoredValue::new(items),
        line: StoredValue::new(line),
        history: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        lifted: RwSignal::new(None),
        before: StoredValue::new(OrderList::default()),
        disabled,
        on_change,
        words: i18n.get_locale_untracked(),
    };
    let node = NodeRef::<html::Ol>::new();
    let drag = Drag::new(list, node);
    let help = format!("{id}-help");
    let submit = StoredValue::new(submit);
    let keys = move || order.get().entries().cloned().collect::<Vec<_>>();
    view! {
        <div class="rank" class:rank-disabled=disabled>
            <p class="field-hint" id=help.clone()>{t_string!(i18n, common.rank.help)}</p>
            {name.map(|name| {
                view! { <input type="hidden" name=name value=move || order.with(encode_order)/> }
            })}
            <ol
                class="rank-list"
                class:rank-dragging=move || drag.active()
                aria-label=label
                aria-describedby=help
                node_ref=node
                on:pointermove=move |event| drag.moved(&event)
                on:pointerup=move |_| drag.dropped()
                on:pointercancel=move |_| drag.cancelled()
            >
                <For each=keys key=String::clone let:key>
                    <Row list drag key=key.clone() submit=submit.get_value() ties extra=extra.map(|extra| extra.run(key))/>
                </For>
            </ol>
            <div class="rank-foot">
                <button
                    class="button button-quiet button-small"
                    type="button"
                    disabled=move || list.history.with(Vec::is_empty) || disabled.get()
                    on:click=move |_| list.undo()
                >
                    <Icon name=IconName::Undo/>
                    <span>{t_string!(i18n, common.action.undo)}</span>
                </button>
            </div>
            <p class="visually-hidden" role="status" aria-live="assertive">{move || list.said.get()}</p>
        </div>
    }
    .into_any()
}

impl List {
    /// Replaces the order for good: remembered for undo, reported to the page. `focus` is the element to go on from,
    /// because moving a row in the document takes the focus from it.
    fn commit(self, next: OrderList<String>, focus: Option<String>) {
        let old = self.order.get_untracked();
        if next != old {
            self.history.update(|history| history.push(old));
            self.order.set(next.clone());
            self.report(next);
        }
        if let Some(focus) = focus {
            focus_soon(focus);
        }
    }

    fn report(self, order: OrderList<String>) {
        if let Some(on_change) = self.on_change {
            on_change.run(order);
        }
    }

    fn undo(self) {
        let Some(order) = self.history.try_update(Vec::pop).flatten() else {
            return;
        };
        self.order.set(order.clone());
        self.said
            .set(td_string!(self.words, common.rank.undone).to_owned());
        self.report(order);
    }

    /// Takes a row up, by pointer or by the space bar.
    fn lift(self, key: &str) {
        self.before.set_value(self.order.get_untracked());
        self.lifted.set(Some(key.to_owned()));
        let (title, place, total) = self.facts(key);
        self.said.set(td_string!(
            self.words,
            common.rank.lifted,
            title = title,
            place = place,
            total = total
        ));
    }

    /// Puts the lifted row down where it is.
    fn drop_here(self) {
        let Some(key) = self.lifted.get_untracked() else {
            return;
        };
        self.lifted.set(None);
        let before = self.before.get_value();
        let order = self.order.get_untracked();
        if order != before {
            self.history.update(|history| history.push(before));
            self.report(order);
        }
        let (title, place, total) = self.facts(&key);
        self.said.set(td_string!(
            self.words,
            common.rank.dropped,
            title = title,
            place = place,
            total = total
        ));
    }

    /// Puts the lifted row back where it came from.
    fn cancel(self) {
        let Some(key) = self.lifted.get_untracked() else {
            return;
        };
        self.lifted.set(None);
        self.order.set(self.before.get_value());
        let (title, place, total) = self.facts(&key);
        self.said.set(td_string!(
            self.words,
            common.rank.cancelled,
            title = title,
            place = place,
            total = total
        ));
    }

    /// Says where a row has come to.
    fn say_moved(self, key: &str) {
        let (title, place, total) = self.facts(key);
        self.said.set(td_string!(
            self.words,
            common.rank.moved,
            title = title,
            place = place,
            total = total
        ));
    }

    /// Title, place and number of items.
    fn facts(self, key: &str) -> (String, usize, usize) {
        let line = self.line.with_value(|line| {
            let line = line.as_ref().filter(|line| line.id == key);
            line.map(|line| line.title.clone())
        });
        let item = || {
            self.items.with_value(|items| {
                let item = items.iter().find(|item| item.id == key);
                item.map(|item| item.title.clone())
            })
        };
        let title = line.or_else(item).unwrap_or_default();
        let total = self.order.with_untracked(OrderList::len);
        let lines = usize::from(self.line.with_value(Option::is_some));
        let place = self.order.with_untracked(|order| self.place(order, key));
        (title, place, total.saturating_sub(lines))
    }

    /// The place of a row, the line across the list not counted.
    fn place(self, order: &OrderList<String>, key: &str) -> usize {
        self.line
            .with_value(|line| place_beside(order, key, line.as_ref().map(|line| &line.id)))
    }

    /// The order with a row at a typed place.
    fn placed(self, order: &OrderList<String>, key: &String, place: usize) -> OrderList<String> {
        self.line
            .with_value(|line| placed_beside(order, key, place, line.as_ref().map(|line| &line.id)))
    }

    /// Id of one of a row's elements.
    fn element_id(self, part: &str, key: &str) -> String {
        format!("{}-{part}-{key}", self.id.get_value())
    }
}

/// The place of a row, from 1; the line across the list is not counted.
fn place_beside(order: &OrderList<String>, key: &str, line: Option<&String>) -> usize {
    let place = order.place(&key.to_owned()).unwrap_or_default();
    match line.and_then(|line| order.place(line)) {
        Some(line) if place > line => place - 1,
        _ => place,
    }
}

/// The order with a row at a place that does not count the line: up to the last place above the line it is above, at any
/// other below.
fn placed_beside(
    order: &OrderList<String>,
    key: &String,
    place: usize,
    line: Option<&String>,
) -> OrderList<String> {
    let place = match line.and_then(|line| order.place(line)) {
        Some(line) if place >= line => place.saturating_add(1),
        _ => place,
    };
    order.set_position(key, place)
}

/// Focuses an element once the rows have been moved.
fn focus_soon(id: String) {
    request_animation_frame(move || {
        use leptos::wasm_bindgen::JsCast;
        if let Some(element) = document()
            .get_element_by_id(&id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            // An element that cannot be focused any more (a button at the end of the list) is no loss.
            let _ = element.focus();
        }
    });
}

/// An order as one form value: `a>b=c>d`, best first, `=` between equals.
pub fn encode_order(order: &OrderList<String>) -> String {
    order
        .tiers
        .iter()
        .map(|tier| tier.join("="))
        .collect::<Vec<_>>()
        .join(">")
}

/// Reads [`encode_order`] back; whether it names the right items, the rules check.
pub fn decode_order(text: &str) -> OrderList<String> {
    let tier = |tier: &str| {
        tier.split('=')
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    OrderList {
        tiers: text
            .split('>')
            .map(tier)
            .filter(|tier| !tier.is_empty())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_place_does_not_count_the_line() {
        let order = decode_order("a>b>LINE>c>d");
        let line = "LINE".to_owned();
        let place = |key: &str| place_beside(&order, key, Some(&line));
        assert_eq!([place("a"), place("b"), place("c"), place("d")], [1, 2, 3, 4]);
        let typed =
            |key: &str, place| encode_order(&placed_beside(&order, &key.to_owned(), place, Some(&line)));
        assert_eq!(typed("d", 1), "d>a>b>LINE>c");
        assert_eq!(typed("d", 2), "a>d>b>LINE>c");
        assert_eq!(typed("d", 3), "a>b>LINE>d>c");
        assert_eq!(typed("a", 3), "b>LINE>c>a>d");
        assert_eq!(typed("a", 99), "b>LINE>c>d>a");
        assert_eq!(
            placed_beside(&order, &"d".to_owned(), 3, None),
            order.set_position(&"d".to_owned(), 3)
        );
    }

    #[test]
    fn an_order_survives_the_form() {
        let order = OrderList {
            tiers: vec![vec!["a".into()], vec!["b".into(), "c".into()], vec!["d".into()]],
        };
        assert_eq!(encode_order(&order), "a>b=c>d");
        assert_eq!(decode_order("a>b=c>d"), order);
        assert_eq!(
            decode_order(">a>>=b="),
            OrderList {
                tiers: vec![vec!["a".into()], vec!["b".into()]]
            }
        );
    }
}
