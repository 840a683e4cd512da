//! Server functions of the unit's desk: each is a door, the service behind it decides.

use contract::Error;
use contract::unit as commands;
use contract::unit::{OrderDraft, ReturnsView, SlipView, UnitDeskView, UnitsFilter, UnitsView};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use rules::id::{EntryId, SlipId, UnitId};

use super::form::{ForwardForm, ListForm};

/// The desk of one unit.
#[server(prefix = "/api/unit", endpoint = "desk")]
pub async fn unit_desk(slug: String, unit: Option<UnitId>) -> Result<UnitDeskView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.desk(&actor, slug, unit).await)
}

/// Saves the list as it is made.
#[server(prefix = "/api/unit", endpoint = "save_order", input = Json)]
pub async fn save_unit_order(cmd: commands::SaveUnitOrder) -> Result<OrderDraft, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.save_order(&actor, cmd).await)
}

/// One act of the plain page on the list; leads back to the board, with both orders where somebody else was first.
#[server(prefix = "/api/unit", endpoint = "post_list")]
pub async fn post_list(form: ListForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let to = match services.unit.save_order(&actor, form.command()).await {
        Ok(_) => form.board(),
        Err(Error::Conflict(_)) => form.board_with_both(),
        Err(error) => return crate::ssr::answer(Err(error)),
    };
    leptos_axum::redirect(&to);
    Ok(())
}

/// Forwards the list in one act and leads to the board, which offers the slip.
#[server(prefix = "/api/entry", endpoint = "forward")]
pub async fn forward(form: ForwardForm) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    let slip = crate::ssr::answer(services.entry.forward(&actor, form.command()).await)?;
    leptos_axum::redirect(&format!(
        "{}&done={slip}",
        crate::entry::parts::unit_href(&form.slug, Some(form.unit))
    ));
    Ok(())
}

/// Takes up an entry that was kept back.
#[server(prefix = "/api/unit", endpoint = "take_up")]
pub async fn take_up(cmd: commands::TakeUp) -> Result<(), Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.take_up(&actor, cmd).await)
}

/// What was asked to be mended.
#[server(prefix = "/api/unit", endpoint = "returns")]
pub async fn returns(entry: EntryId) -> Result<ReturnsView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.returns(&actor, entry).await)
}

/// Ticks a comment off.
#[server(prefix = "/api/unit", endpoint = "mend")]
pub async fn mend(cmd: commands::MendNote) -> Result<ReturnsView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.mend(&actor, cmd).await)
}

/// A forwarding slip.
#[server(prefix = "/api/unit", endpoint = "slip")]
pub async fn slip(slip: SlipId) -> Result<SlipView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.slip(&actor, slip).await)
}

/// Every unit and its quota.
#[server(prefix = "/api/unit", endpoint = "units")]
pub async fn units(slug: String, filter: UnitsFilter) -> Result<UnitsView, Error> {
    let (services, actor) = crate::ssr::session()?;
    crate::ssr::answer(services.unit.units(&actor, slug, filter).await)
}
