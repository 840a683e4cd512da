//! How entries are judged: rounds, criteria, what advances; and the prizes.

use super::Part;
use crate::i18n::{t_string, ui_locale, use_i18n};
use crate::text::points_text;
use contract::contest::PublicRound;
use leptos::prelude::*;
use rules::points::Points;
use rules::results::PrizeTier;
use rules::text::{format_money, pad_count};

/// The rounds in order. Never who sits on a jury, only from where and how many.
#[component]
pub fn Rounds(rounds: Vec<PublicRound>) -> impl IntoView {
    let i18n = use_i18n();
    (!rounds.is_empty()).then(|| {
        let rounds = rounds
            .into_iter()
            .map(|round| view! { <Round round/> })
            .collect_view();
        view! {
            <Part id="rounds" title=t_string!(i18n, contest.page.rounds)>
                <ol class="rounds">{rounds}</ol>
            </Part>
        }
        .into_any()
    })
}

#[component]
fn Round(round: PublicRound) -> impl IntoView {
    let i18n = use_i18n();
    let jury = match (round.judges, round.jury_source.trim()) {
        (0, "") => None,
        (0, source) => Some(source.to_owned()),
        (judges, "") => Some(t_string!(
            i18n,
            contest.page.judges,
            count = pad_count(i64::from(judges))
        )),
        (judges, source) => Some(t_string!(
            i18n,
            contest.page.judges_from,
            count = pad_count(i64::from(judges)),
            source = source.to_owned()
        )),
    };
    let total: Points = round.criteria.iter().map(|(_, max)| *max).sum();
    let criteria = round
        .criteria
        .iter()
        .map(|(name, max)| view! { <li><span>{name.clone()}</span><span class="num">{points_text(*max)}</span></li> })
        .collect_view();
    let has_criteria = !round.criteria.is_empty();
    view! {
        <li class="round panel">
            <h3 class="round-name">{round.name}</h3>
            {jury.map(|jury| view! { <p class="muted">{jury}</p> })}
            {round.advance_top.map(|top| view! { <p>{t_string!(i18n, contest.page.advance, count = top)}</p> })}
            {has_criteria
                .then(|| {
                    view! {
                        <details>
                            <summary>{t_string!(i18n, contest.page.criteria, total = points_text(total))}</summary>
                            <ul class="criteria">{criteria}</ul>
                        </details>
                    }
                })}
        </li>
    }
    .into_any()
}

/// The prize tiers.
#[component]
pub fn Prizes(prizes: Vec<PrizeTier>) -> impl IntoView {
    let i18n = use_i18n();
    (!prizes.is_empty()).then(|| {
        let tiers = prizes
            .into_iter()
            .map(|tier| {
                let amount = tier.amount.map(|amount| {
                    view! { <span class="tier-amount num">{format_money(amount, ui_locale())}</span> }
                });
                view! {
                    <li class="tier">
                        <span class="tier-count num">{pad_count(i64::from(tier.count))}</span>
                        <span class="tier-name">{tier.name}</span>
                        {amount}
                    </li>
                }
            })
            .collect_view();
        view! {
            <Part id="prizes" title=t_string!(i18n, contest.page.prizes)>
                <ul class="tiers">{tiers}</ul>
            </Part>
        }
        .into_any()
    })
}
