//! A contest in a list.

use super::label::FictionalLabel;
use super::next::NextDeadlineLine;
use crate::i18n::{t_string, use_i18n};
use crate::text::{count_text, phase_name, phase_tone};
use crate::ui::{Badge, Card, Icon, IconName};
use contract::contest::ContestCard;
use leptos::prelude::*;
use rules::time::Timestamp;

/// A contest that is running: phase, time left, entries so far.
#[component]
pub fn RunningCard(card: ContestCard, now: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    let zone = card.zone.clone();
    let deadline = card
        .next_deadline
        .map(|next| view! { <NextDeadlineLine next zone now/> });
    view! {
        <Card title=card.name.clone() href=format!("/contests/{}", card.slug)>
            <div class="contest-card">
                <p class="contest-card-organiser">{card.organiser}</p>
                <div class="cluster">
                    <Badge tone=phase_tone(card.phase)>{phase_name(card.phase)}</Badge>
                    <FictionalLabel fictional=card.fictional text=card.name/>
                </div>
                {deadline}
                <p class="contest-card-count">
                    <Icon name=IconName::Inbox/>
                    <span>{t_string!(i18n, contest.received, count = count_text(card.received))}</span>
                </p>
            </div>
        </Card>
    }
    .into_any()
}

/// A contest whose result is published: leads to the result.
#[component]
pub fn PublishedCard(card: ContestCard) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="published">
            <span class="published-mark" aria-hidden="true"><Icon name=IconName::Star/></span>
            <div class="published-text">
                <h3 class="published-title">
                    <a href=format!("/contests/{}/result", card.slug)>{card.name.clone()}</a>
                </h3>
                <p class="muted">
                    <span>{card.organiser}</span>
                    <span class="num">{format!(" · {}", card.year)}</span>
                </p>
                <FictionalLabel fictional=card.fictional text=card.name/>
            </div>
            <a class="published-plan" href=format!("/contests/{}", card.slug)>{t_string!(i18n, contest.home.plan)}</a>
        </li>
    }
    .into_any()
}
