//! An entry beside the viewer's scorecard: side by side on a tablet held across, one above the other upright.

mod autosave;
mod clash;
mod criterion;
mod figure;
mod local_copy;
mod recuse;
mod scorecard;
mod sheet;
mod statement;
mod submit;

use contract::judging::{JudgeEntryView, OwnCardState};
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::event::EntryLabel;
use rules::id::{RoundId, UserId};

use self::recuse::Recuse;
use self::scorecard::Scorecard;
use self::sheet::Sheet;
use self::statement::EntryText;
use super::api;
use super::parts::{LabelChip, entry_href, queue_href};
use super::principles::Principles;
use super::words::CardBadge;
use crate::account::use_session;
use crate::text::{ErrorView, word};
use crate::ui::{IconName, LinkButton, Notice, PageHeader, Skeleton, Tone, Variant};

/// `/judging/:round/entry/:label`
pub struct EntryPage;

#[lazy_route]
impl LazyRoute for EntryPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let place = Memo::new(move |_| {
            let params = params.read();
            let round: Option<RoundId> = params.get("round").and_then(|text| text.parse().ok());
            round.zip(params.get("label").map(EntryLabel))
        });
        let loaded = Resource::new_blocking(
            move || place.get(),
            |place| async move {
                match place {
                    Some((round, label)) => api::judge_entry(round, label).await,
                    None => Err(Error::NotFound(Kind::Entry)),
                }
            },
        );
        let session = use_session();
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    let person = session.await.ok().and_then(|session| session.person).map(|person| person.id);
                    match loaded.await {
                        Ok(entry) => {
                            let again = Callback::new(move |()| loaded.refetch());
                            view! { <EntryDesk entry person again/> }.into_any()
                        }
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The page once it is loaded; `again` loads it anew after an act that changes more than the scorecard.
#[component]
fn EntryDesk(entry: JudgeEntryView, person: Option<UserId>, again: Callback<()>) -> impl IntoView {
    let sheet = Sheet::new(&entry, person);
    Effect::new(move |ran: Option<()>| {
        if ran.is_none() {
            sheet.restore();
        }
    });
    on_cleanup(move || sheet.leave());

    let (position, length) = entry.position;
    let crumbs = vec![
        (word!(judging.rounds.title), "/judging".to_owned()),
        (entry.round_name.clone(), queue_href(entry.round)),
    ];
    let overline = format!(
        "{} · {}",
        entry.contest_name,
        word!(judging.entry.position, position = position, length = length)
    );
    let (label, category) = (entry.label.clone(), entry.category_name.clone());
    let scored = entry.wants_scores.then(|| {
        let principles = entry.principles_confirmed;
        let open = entry.round_state.takes_ballots();
        let (round, key) = (entry.round, entry.key);
        let recuse = (open
            && entry.card.state != OwnCardState::Submitted
            && entry.card.state != OwnCardState::Recused)
            .then(|| view! { <Recuse round label=entry.label.clone() expected=sheet.card key again/> });
        view! {
            <section class="score-pane" id="scorecard" tabindex="0" aria-label=word!(judging.entry.scorecard)>
                {(open && !principles).then(|| view! { <Principles round key done=again/> })}
                <Scorecard entry=entry.clone() sheet/>
                {recuse}
            </section>
        }
    });
    let actions = {
        let entry = entry.clone();
        move || view! { <Neighbours entry=entry.clone() class="neighbours neighbours-above"/> }
    };
    let order_only = (!entry.wants_scores).then(|| {
        view! { <Notice tone=Tone::Info><p>{word!(judging.entry.order_only)}</p></Notice> }
    });
    view! {
        <div class="judge-page">
            <PageHeader title=entry.title.clone() crumbs overline actions>
                <LabelChip label/>
                {move || view! { <CardBadge state=sheet.card.with(|card| card.state)/> }}
                <span class="muted">{category}</span>
            </PageHeader>
            {order_only}
            <p class="score-jump"><a href="#scorecard" rel="external">{word!(judging.entry.jump)}</a></p>
            <div class="score-split">
                <EntryText entry=entry.clone()/>
                {scored}
            </div>
            <Neighbours entry class="neighbours neighbours-below"/>
        </div>
    }
    .into_any()
}

/// The way to the entries before and after in the queue.
#[component]
fn Neighbours(
    entry: JudgeEntryView,
    /// Where it stands: above, beside the title, where the page does not scroll; else below.
    class: &'static str,
) -> impl IntoView {
    let JudgeEntryView {
        round,
        previous,
        next,
        ..
    } = entry;
    let link = move |label: Option<EntryLabel>, text: String, icon: IconName| {
        label.map(|label| {
            let name = format!("{text}: {}", label.0);
            view! {
                <LinkButton href=entry_href(round, &label) variant=Variant::Secondary icon label=name>
                    {text}
                </LinkButton>
            }
        })
    };
    view! {
        <nav class=class aria-label=word!(judging.entry.neighbours)>
            {link(previous, word!(judging.entry.previous), IconName::ArrowLeft)}
            <LinkButton href=queue_href(round) variant=Variant::Quiet icon=IconName::List>
                {word!(judging.entry.queue)}
            </LinkButton>
            {link(next, word!(judging.entry.next), IconName::ArrowRight)}
        </nav>
    }
    .into_any()
}
