//! Prizes tier by tier: what the rules give, what stays unfilled and why, and proposing it.

use contract::results::ResultsDeskView;
use leptos::prelude::*;
use rules::results::{PrizeTier, Unfilled, UnfilledReason};
use rules::text::format_money;

use super::api::ProposePrizes;
use crate::i18n::ui_locale;
use crate::judging::{Failure, after_success, failure_of, points_full};
use crate::text::word;
use crate::ui::{Badge, Button, Card, IconName, Notice, Tone};

/// The prizes as proposed, or as the rules suggest them.
#[component]
pub fn Prizes(desk: ResultsDeskView, again: Callback<()>) -> impl IntoView {
    let proposed = !desk.proposed.is_empty();
    let lines = if proposed {
        desk.proposed.clone()
    } else {
        desk.suggested.clone()
    };
    let tiers = desk
        .prizes
        .iter()
        .map(|tier| {
            let codes: Vec<&String> = lines.iter().filter(|(_, of)| *of == tier.code).map(|(code, _)| code).collect();
            let unfilled = desk.unfilled.iter().find(|unfilled| unfilled.tier == tier.code);
            let winners = codes
                .into_iter()
                .map(|code| {
                    let title = desk.ranked.iter().find(|ranked| ranked.code == *code).map(|ranked| ranked.title.clone());
                    view! { <li><span class="label-chip num">{code.clone()}</span><span>{title}</span></li> }
                })
                .collect_view();
            let amount = tier.amount.map(|amount| format_money(amount, ui_locale()));
            view! {
                <section class="tier">
                    <h3 class="tier-name">
                        <span>{tier.name.clone()}</span>
                        <span class="muted small num">{word!(results.prizes.count, count = tier.count)}</span>
                    </h3>
                    {amount.map(|amount| view! { <p class="muted small">{amount}</p> })}
                    <ul class="tier-winners">{winners}</ul>
                    {unfilled.map(|unfilled| view! { <p class="tier-unfilled">{unfilled_text(unfilled)}</p> })}
                </section>
            }
        })
        .collect_view();
    let differs = proposed && sorted(&desk.proposed) != sorted(&desk.suggested);
    let badge = if proposed {
        view! { <Badge tone=Tone::Ok icon=IconName::Check>{word!(results.prizes.proposed)}</Badge> }
            .into_any()
    } else {
        view! { <Badge>{word!(results.prizes.suggested)}</Badge> }.into_any()
    };
    view! {
        <Card title=word!(results.prizes.title)>
            <div class="stack">
                <div class="cluster">{badge}</div>
                {differs.then(|| view! { <Notice tone=Tone::Warn><p>{word!(results.prizes.differs)}</p></Notice> })}
                <div class="tiers">{tiers}</div>
                {desk.can_propose.then(|| view! { <Propose desk=desk.clone() again/> })}
            </div>
        </Card>
    }
    .into_any()
}

/// Takes the rules' prizes over as the organiser's proposal.
#[component]
fn Propose(desk: ResultsDeskView, again: Callback<()>) -> impl IntoView {
    let action = ServerAction::<ProposePrizes>::new();
    after_success(action, move |()| again.run(()));
    view! {
        <ActionForm action>
            <div class="stack stack-s">
                <Failure error=failure_of(action)/>
                <input type="hidden" name="cmd[key]" value=desk.key.to_string()/>
                <input type="hidden" name="cmd[contest]" value=desk.contest.to_string()/>
                <input type="hidden" name="cmd[expected]" value=desk.version.to_string()/>
                <p class="muted measure">{word!(results.prizes.propose_text)}</p>
                <div><Button icon=IconName::Award loading=action.pending()>{word!(results.prizes.propose)}</Button></div>
            </div>
        </ActionForm>
    }
    .into_any()
}

fn sorted(lines: &[(String, String)]) -> Vec<(String, String)> {
    let mut lines = lines.to_vec();
    lines.sort();
    lines
}

/// The name of a tier; its code where it is not among the contest's tiers.
pub fn tier_name(prizes: &[PrizeTier], code: &str) -> String {
    prizes
        .iter()
        .find(|tier| tier.code == code)
        .map_or_else(|| code.to_owned(), |tier| tier.name.clone())
}

fn unfilled_text(unfilled: &Unfilled) -> String {
    match unfilled.why {
        UnfilledReason::BelowFloor { floor, best } => {
            word!(
                results.prizes.below_floor,
                left = unfilled.left,
                floor = points_full(floor),
                best = points_full(best)
            )
        }
        UnfilledReason::NoEntryLeft => word!(results.prizes.none_left, left = unfilled.left),
    }
}
