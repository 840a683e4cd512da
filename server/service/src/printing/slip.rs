//! The forwarding slip: what a unit handed to the organiser, in its order, to sign and file.

use std::collections::BTreeMap;

use contract::Result;
use contract::entry::EntryService;
use papers::{Moment, Paper, Slip, SlipLine};
use rules::account::Actor;
use rules::id::{EntryId, UnitId};
use rules::time::Timestamp;

use super::{Printed, Printing};
use crate::entry::Entries;
use crate::entry::case::unit_tree;
use crate::error::Fault;

impl Printing {
    /// What a unit forwarded so far; `unit` chooses among several.
    ///
    /// # Errors
    /// As for the unit's board.
    pub async fn slip(&self, actor: &Actor, slug: String, unit: Option<UnitId>) -> Result<Printed> {
        let db = self.ctx.store.read();
        let board = Entries::new(self.ctx.clone())
            .unit_board(actor, slug, unit)
            .await?;
        let mut sent = board.entries;
        sent.retain(|entry| entry.state.is_forwarded());
        sent.sort_by_key(|entry| (entry.forward_rank.unwrap_or(u32::MAX), entry.submitted_at));
        let ids: Vec<EntryId> = sent.iter().map(|entry| entry.entry).collect();
        let forwarded: BTreeMap<EntryId, Timestamp> = store::entry::find_all(db, &ids)
            .await
            .fault()?
            .into_iter()
            .filter_map(|entry| Some((entry.id, entry.forwarded_at?)))
            .collect();
        let zone = &board.zone;
        let last = forwarded.values().copied().max();
        let lines = (1..).zip(sent).map(|(place, entry)| SlipLine {
            rank: entry.forward_rank.unwrap_or(place),
            at: Moment::short(
                forwarded.get(&entry.entry).copied().unwrap_or(entry.submitted_at),
                zone,
            ),
            code: entry.code,
            title: entry.title,
            authors: entry.authors,
            category: entry.category_name,
        });
        let tree = unit_tree(db).await?;
        let above = tree.get(board.unit).and_then(|unit| tree.get(unit.parent?));
        let slip = Slip {
            contest: board.contest_name,
            parent: above.map(|unit| unit.name.clone()).unwrap_or_default(),
            number: None,
            place: None,
            dated: last.map(|at| Moment::date_line(at, zone)),
            zone: zone.label.clone(),
            printed: Moment::exact(board.now, zone),
            made: board.now,
            lines: lines.collect(),
            hash: None,
            unit: board.unit_name,
        };
        let file_name = format!(
            "phieu-gui-bai-{}-{}.pdf",
            board.contest_slug,
            rules::text::slug(&slip.unit)
        );
        self.print(file_name, Paper::Slip(slip)).await
    }
}
