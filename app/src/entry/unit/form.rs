//! The list as a form value, and the flat forms a page without script sends.

use contract::entry::ForwardEntries;
use contract::unit::SaveUnitOrder;
use rules::id::{CommandKey, ContestId, EntryId, UnitId, Version};
use rules::judging::OrderList;
use rules::unit::UnitOrder;
use serde::{Deserialize, Serialize};

use crate::entry::parts::{encode, unit_href};
use crate::ui::{decode_order, encode_order};

/// The key of the line between what is forwarded and the reserves.
pub const LINE: &str = "reserves";

/// The list as rows: what is forwarded, the line, the reserves.
pub fn rows(order: &UnitOrder) -> OrderList<String> {
    let above = order.selected.iter().map(ToString::to_string);
    let below = order.reserves.iter().map(ToString::to_string);
    OrderList::strict(above.chain([LINE.to_owned()]).chain(below))
}

/// The list of [`rows`]; without a line everything is forwarded.
pub fn list(rows: &OrderList<String>) -> UnitOrder {
    let mut order = UnitOrder::default();
    let mut below = false;
    for row in rows.entries() {
        if row == LINE {
            below = true;
        } else if let Ok(entry) = row.parse::<EntryId>() {
            if below {
                &mut order.reserves
            } else {
                &mut order.selected
            }
            .push(entry);
        }
    }
    order
}

/// The rows after a button of the plain page: `up:ID`, `down:ID`, `add:ID`, `reserve:ID`, `drop:ID`; any other leaves
/// them as they are.
pub fn after(rows: &OrderList<String>, act: &str) -> OrderList<String> {
    let Some((act, id)) = act.split_once(':') else {
        return rows.clone();
    };
    let key = id.to_owned();
    match act {
        "up" => rows.move_up(&key),
        "down" => rows.move_down(&key),
        _ => {
            let Ok(entry) = id.parse::<EntryId>() else {
                return rows.clone();
            };
            let mut order = list(rows).without(&[entry].into());
            match act {
                "add" => order.selected.push(entry),
                "reserve" => order.reserves.push(entry),
                "drop" => {}
                _ => return rows.clone(),
            }
            self::rows(&order)
        }
    }
}

/// The list as it stands on the page, and one act on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    pub unit: UnitId,
    /// Version of the list the page shows.
    pub expected: Version,
    /// As [`encode_order`] writes it, best first, with [`LINE`] in it.
    #[serde(default)]
    pub order: String,
    /// See [`after`]; also `save` and `ask`.
    #[serde(default)]
    pub act: String,
}

impl ListForm {
    fn rows(&self) -> OrderList<String> {
        after(&decode_order(&self.order), &self.act)
    }

    /// The command: the list after the act.
    pub fn command(&self) -> SaveUnitOrder {
        SaveUnitOrder {
            key: self.key,
            contest: self.contest,
            unit: self.unit,
            expected: self.expected,
            order: list(&self.rows()),
        }
    }

    /// Where a saved list leads: back to it, or to the question before forwarding.
    pub fn board(&self) -> String {
        let ask = if self.act == "ask" { "&ask=true" } else { "" };
        format!("{}{ask}#forward", unit_href(&self.slug, Some(self.unit)))
    }

    /// Where a list leads that somebody else was faster with: to a page with both.
    pub fn board_with_both(&self) -> String {
        let mine = encode(&encode_order(&self.rows()));
        format!("{}&mine={mine}#forward", unit_href(&self.slug, Some(self.unit)))
    }
}

/// Forwards the list as it was asked about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForwardForm {
    pub key: CommandKey,
    pub contest: ContestId,
    pub slug: String,
    pub unit: UnitId,
    /// Version of the list.
    pub expected: Version,
    /// `entry=version`, best first.
    #[serde(default)]
    pub entries: Vec<String>,
    #[serde(default)]
    pub reserves: Vec<EntryId>,
}

impl ForwardForm {
    /// The command; what is no entry with a version is left out.
    pub fn command(&self) -> ForwardEntries {
        let entry = |text: &String| {
            let (entry, version) = text.split_once('=')?;
            Some((entry.parse().ok()?, Version(version.parse().ok()?)))
        };
        ForwardEntries {
            key: self.key,
            contest: self.contest,
            unit: self.unit,
            order: self.expected,
            entries: self.entries.iter().filter_map(entry).collect(),
            reserves: self.reserves.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn ids() -> [EntryId; 3] {
        [1, 2, 3].map(|n| EntryId(Uuid::from_u128(n)))
    }

    #[test]
    fn a_list_survives_its_rows() {
        let [a, b, c] = ids();
        let order = UnitOrder {
            selected: vec![b],
            reserves: vec![c, a],
        };
        assert_eq!(encode_order(&rows(&order)), format!("{b}>{LINE}>{c}>{a}"));
        assert_eq!(list(&rows(&order)), order);
        let bare = list(&decode_order(&format!("{a}>{b}")));
        assert_eq!((bare.selected, bare.reserves.len()), (vec![a, b], 0));
        assert_eq!(list(&decode_order("x>y")), UnitOrder::default());
    }

    #[test]
    fn buttons_move_across_the_line_and_off_the_list() {
        let [a, b, c] = ids();
        let start = rows(&UnitOrder {
            selected: vec![a, b],
            reserves: Vec::new(),
        });
        let act = |act: String| list(&after(&start, &act));
        assert_eq!(act(format!("down:{b}")).reserves, [b]);
        assert_eq!(act(format!("up:{LINE}")).reserves, [b]);
        assert_eq!(act(format!("up:{b}")).selected, [b, a]);
        assert_eq!(act(format!("add:{c}")).selected, [a, b, c]);
        assert_eq!(act(format!("reserve:{a}")).reserves, [a]);
        assert_eq!(act(format!("drop:{a}")).selected, [b]);
        for nothing in ["save", "ask", "add:x", "what:1", ""] {
            assert_eq!(after(&start, nothing), start, "{nothing}");
        }
    }

    #[test]
    fn a_form_forwards_what_it_lists() {
        let [a, b, c] = ids();
        let form = ForwardForm {
            key: CommandKey(Uuid::nil()),
            contest: ContestId(Uuid::nil()),
            slug: String::new(),
            unit: UnitId(Uuid::nil()),
            expected: Version(4),
            entries: vec![format!("{c}=7"), format!("{b}=4"), "x=y".into()],
            reserves: vec![a],
        };
        let command = form.command();
        assert_eq!(command.entries, [(c, Version(7)), (b, Version(4))]);
        assert_eq!((command.reserves, command.order), (vec![a], Version(4)));
    }

    #[test]
    fn who_was_second_is_led_to_both_orders() {
        let [a, b, _] = ids();
        let form = ListForm {
            key: CommandKey(Uuid::nil()),
            contest: ContestId(Uuid::nil()),
            slug: "pt".into(),
            unit: UnitId(Uuid::nil()),
            expected: Version(1),
            order: format!("{a}>{b}>{LINE}"),
            act: format!("up:{b}"),
        };
        assert_eq!(form.command().order.selected, [b, a]);
        let both = form.board_with_both();
        assert!(
            both.contains(&format!("&mine={b}%3E{a}%3E{LINE}#forward")),
            "{both}"
        );
        let ask = ListForm {
            act: "ask".into(),
            ..form
        };
        assert!(ask.board().ends_with("&ask=true#forward"));
    }
}
