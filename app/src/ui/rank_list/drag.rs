//! Dragging with a pointer: mouse, pen or finger.
//!
//! The *list* captures the pointer, not the handle: moving a row in the document would end the row's own capture.

use super::List;
use leptos::{html, prelude::*};
use std::time::Duration;
use web_sys::PointerEvent;

/// Within this many pixels of the window's edge the page scrolls along.
const EDGE: i32 = 72;
/// Pixels a tick, and the time of a tick.
const SPEED: i32 = 12;
const TICK: Duration = Duration::from_millis(16);

/// The drag of one list.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    list: List,
    node: NodeRef<html::Ol>,
    /// Whether a pointer holds a row.
    held: RwSignal<bool>,
    /// Where the pointer was last, from the top of the window.
    y: StoredValue<i32>,
    timer: StoredValue<Option<IntervalHandle>>,
}

impl Drag {
    pub(super) fn new(list: List, node: NodeRef<html::Ol>) -> Self {
        let timer = StoredValue::new(None::<IntervalHandle>);
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Drag {
            list,
            node,
            held: RwSignal::new(false),
            y: StoredValue::new(0),
            timer,
        }
    }

    pub(super) fn active(self) -> bool {
        self.held.get()
    }

    /// The handle of `key` was pressed.
    pub(super) fn pressed(self, event: &PointerEvent, key: &str) {
        if self.list.disabled.get_untracked() || event.button() != 0 {
            return;
        }
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        // No text selection, no scrolling; the focus is set by hand because preventing the default also keeps it away.
        event.prevent_default();
        if node.set_pointer_capture(event.pointer_id()).is_err() {
            return;
        }
        self.list.lift(key);
        self.held.set(true);
        self.y.set_value(event.client_y());
        self.timer
            .set_value(set_interval_with_handle(move || self.scroll(), TICK).ok());
    }

    /// The pointer moved: the row follows it past the middle of its neighbours.
    pub(super) fn moved(self, event: &PointerEvent) {
        if self.held.get_untracked() {
            self.y.set_value(event.client_y());
            self.follow();
        }
    }

    pub(super) fn dropped(self) {
        if self.held.get_untracked() {
            self.stop();
            self.list.drop_here();
        }
    }

    pub(super) fn cancelled(self) {
        if self.held.get_untracked() {
            self.stop();
            self.list.cancel();
        }
    }

    fn stop(self) {
        self.held.set(false);
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer.set_value(None);
    }

    fn follow(self) {
        let (Some(node), Some(key)) = (self.node.get_untracked(), self.list.lifted.get_untracked()) else {
            return;
        };
        let order = self.list.order.get_untracked();
        let Some(from) = order.entries().position(|id| *id == key) else {
            return;
        };
        let rows = node.children();
        let middles = (0..rows.length())
            .filter_map(|index| rows.item(index))
            .map(|row| row.get_bounding_client_rect())
            .map(|rect| (rect.top() + rect.height() / 2.0) as i32)
            .collect::<Vec<_>>();
        let to = target(&middles, from, self.y.get_value());
        if to != from {
            self.list.order.set(order.move_item(from, to));
            self.list.say_moved(&key);
        }
    }

    /// Scrolls while the pointer rests at the edge of the window.
    fn scroll(self) {
        let Some(y) = self.y.try_get_value() else { return };
        let height = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or_default() as i32;
        let step = if y < EDGE {
            -SPEED
        } else if y > height - EDGE {
            SPEED
        } else {
            return;
        };
        window().scroll_by_with_x_and_y(0.0, f64::from(step));
        self.follow();
    }
}

/// Where the row at `from` belongs when the pointer is at `y` and the rows' middles are as given: it moves past every
/// row whose middle the pointer has crossed.
fn target(middles: &[i32], from: usize, y: i32) -> usize {
    let above = middles.iter().take(from).filter(|middle| **middle < y).count();
    if above < from {
        return above;
    }
    from + middles
        .iter()
        .skip(from + 1)
        .take_while(|middle| **middle < y)
        .count()
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn a_row_moves_past_the_middles_the_pointer_crossed() {
        let middles = [50, 150, 250, 350];
        assert_eq!(target(&middles, 1, 150), 1);
        assert_eq!(target(&middles, 1, 240), 1);
        assert_eq!(target(&middles, 1, 260), 2);
        assert_eq!(target(&middles, 1, 900), 3);
        assert_eq!(target(&middles, 2, 140), 1);
        assert_eq!(target(&middles, 3, -20), 0);
    }
}
