//! The whole of SIM-2025 in one go, from the plan to the decision.

use std::fmt::Write as _;
use std::sync::Arc;

use contract::Result;

use super::sim::{FINAL, PRELIMINARY};
use super::sim_play::SimPlay;
use super::{cast, script, units};
use crate::ctx::Ctx;
use crate::error::{Fault, internal};

/// Plays the contest through the services of `ctx`, whose database must be empty, and says what came out: the final
/// ranking with its reasons, the prizes, the ledger's last hash.
///
/// # Errors
/// What a service answers; nothing of the script is expected to be refused.
pub async fn walk(ctx: &Arc<Ctx>) -> Result<String> {
    let script = script::Script::new(ctx);
    let units = units::load(&script).await?;
    let cast = cast::load(&script, &units).await?;
    let mut play = SimPlay::begin(&script, &units, &cast).await?;
    play.take_entries().await?;
    for round in [PRELIMINARY, FINAL] {
        play.open_round(round).await?;
        play.score_all(round).await?;
        play.deliberate(round).await?;
        play.lock(round).await?;
    }
    play.decide().await?;
    report(&script, &cast, &play)
        .await
        .and_then(|text| text.map_err(|error| internal(&error)))
}

async fn report(
    script: &script::Script,
    cast: &cast::Cast,
    play: &SimPlay<'_>,
) -> Result<std::result::Result<String, std::fmt::Error>> {
    let organiser = cast.actor(script, "tochuc").await?;
    let desk = script
        .services
        .results
        .desk(&organiser, play.slug().to_owned())
        .await?;
    let head = store::contest::by_id(script.ctx.store.read(), play.contest())
        .await
        .fault()?;
    let head = head.map(|row| (row.last_seq, row.last_hash)).unwrap_or_default();
    let mut text = String::new();
    let mut write = || {
        writeln!(text, "Xếp hạng chung kết")?;
        for row in &desk.tally.rows {
            let title = desk
                .ranked
                .iter()
                .find(|entry| entry.code == row.entry)
                .map_or("", |entry| entry.title.as_str());
            let average = row
                .rounded
                .map(|points| points.format(rules::text::Locale::Vi, 2))
                .unwrap_or_default();
            let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
            writeln!(text, "{rank:>3}. {:<14} {average:>6}  {title}", row.entry)?;
        }
        writeln!(text, "Giải thưởng")?;
        for (entry, tier) in &desk.proposed {
            let name = desk
                .prizes
                .iter()
                .find(|known| known.code == *tier)
                .map_or(tier.as_str(), |known| &known.name);
            writeln!(text, "  {name}: {entry}")?;
        }
        write!(text, "Chuỗi băm: {} sự kiện, {}", head.0, head.1)
    };
    let written: std::fmt::Result = write();
    Ok(written.map(|()| text))
}
