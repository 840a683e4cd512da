//! The forwarding slip as it was made with the act, to sign and file. Printed again it is the same, byte by byte.

use contract::Result;
use contract::unit::UnitService;
use papers::{Moment, Paper, Slip, SlipLine};
use rules::account::Actor;
use rules::id::SlipId;

use super::{Printed, Printing};
use crate::entry::UnitDesks;
use crate::entry::case::unit_tree;

impl Printing {
    /// A stored slip.
    ///
    /// # Errors
    /// As for the slip's page.
    pub async fn slip(&self, actor: &Actor, id: SlipId) -> Result<Printed> {
        let view = UnitDesks::new(self.ctx.clone()).slip(actor, id).await?;
        let tree = unit_tree(self.ctx.store.read()).await?;
        let above = tree.get(view.unit).and_then(|unit| tree.get(unit.parent?));
        let slip = view.slip;
        let zone = &slip.zone;
        let line = |line: rules::unit::SlipLine| SlipLine {
            rank: line.rank,
            code: line.code,
            title: line.title,
            authors: line.authors,
            category: line.category_name,
        };
        let paper = Slip {
            contest: slip.contest_name,
            parent: above.map(|unit| unit.name.clone()).unwrap_or_default(),
            code: slip.code.clone(),
            dated: Moment::date_line(slip.forwarded_at, zone),
            zone: zone.label.clone(),
            forwarded: Moment::exact(slip.forwarded_at, zone),
            made: slip.forwarded_at,
            maker: slip.maker,
            maker_position: slip.maker_position,
            lines: slip.lines.into_iter().map(line).collect(),
            reserves: slip.reserves.into_iter().map(line).collect(),
            hash: view.hash,
            unit: slip.unit_name,
        };
        let file_name = format!("{}.pdf", rules::text::slug(&slip.code));
        self.print(file_name, Paper::Slip(paper)).await
    }
}
