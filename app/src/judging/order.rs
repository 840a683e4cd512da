//! The comparison board: the judge's own order of the round, by dragging, stepping or typing a place.

mod board;
mod saving;

use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::id::RoundId;

use self::board::Board;
use super::api;
use crate::text::ErrorView;
use crate::ui::Skeleton;

/// `/judging/:round/order`
pub struct OrderPage;

#[lazy_route]
impl LazyRoute for OrderPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let round = Memo::new(move |_| {
            params
                .read()
                .get("round")
                .and_then(|text| text.parse::<RoundId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || round.get(),
            |round| async move {
                match round {
                    Some(round) => api::order(round).await,
                    None => Err(Error::NotFound(Kind::Round)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(order) => view! { <Board order/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}
