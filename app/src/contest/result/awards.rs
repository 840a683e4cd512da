//! The prizes by tier, the first tier first.

use crate::contest::label::FictionalLabel;
use crate::i18n::{t_string, use_i18n};
use crate::text::points_text;
use crate::ui::{Icon, IconName};
use contract::results::AwardLine;
use leptos::prelude::*;

/// Tiers in the order the awards come in. The first tier stands out; every winner has the same place for title,
/// authors and unit.
#[component]
pub fn Awards(
    awards: Vec<AwardLine>,
    /// Shows the part's own heading.
    heading: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let tiers = by_tier(awards)
        .into_iter()
        .enumerate()
        .map(|(place, (name, awards))| {
            let lines = awards
                .into_iter()
                .map(|award| view! { <Award award/> })
                .collect_view();
            view! {
                <li class="award-tier" data-place=place.min(3).to_string()>
                    <h3 class="award-tier-name">
                        <Icon name=IconName::Star/>
                        <span>{name}</span>
                    </h3>
                    <ul class="award-list">{lines}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="awards">
            {heading.then(|| view! { <h2>{t_string!(i18n, contest.result.awards)}</h2> })}
            <ol class="award-tiers">{tiers}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Award(award: AwardLine) -> impl IntoView {
    let i18n = use_i18n();
    let authors = award.authors.join(", ");
    view! {
        <li class="award">
            <FictionalLabel fictional=award.fictional text=award.title.clone()/>
            <p class="award-title">{award.title}</p>
            {(!authors.is_empty()).then(|| view! { <p class="award-authors">{authors}</p> })}
            {award.unit_name.map(|unit| view! { <p class="muted small">{unit}</p> })}
            {award
                .average
                .map(|points| {
                    view! { <p class="award-points small num">{t_string!(i18n, contest.result.points, points = points_text(points))}</p> }
                })}
        </li>
    }
    .into_any()
}

/// Neighbouring awards of one tier together, keeping their order.
fn by_tier(awards: Vec<AwardLine>) -> Vec<(String, Vec<AwardLine>)> {
    let mut tiers: Vec<(String, String, Vec<AwardLine>)> = Vec::new();
    for award in awards {
        match tiers.iter_mut().find(|(code, ..)| *code == award.tier) {
            Some((.., lines)) => lines.push(award),
            None => tiers.push((award.tier.clone(), award.tier_name.clone(), vec![award])),
        }
    }
    tiers.into_iter().map(|(_, name, lines)| (name, lines)).collect()
}
