//! Who may enter, with what, in which form.

use super::Part;
use crate::contest::label::Paragraphs;
use crate::i18n::{t_string, use_i18n};
use crate::ui::{Icon, IconName};
use contract::contest::PublicContestView;
use leptos::prelude::*;
use rules::text::pad_count;

/// Who may enter, categories and conditions, form.
#[component]
pub fn Content(view: PublicContestView) -> impl IntoView {
    let i18n = use_i18n();
    let rules = entry_rules(&view).into_iter().map(|text| {
        view! { <li><Icon name=IconName::Check/><span>{text}</span></li> }
    });
    let rules = rules.collect_view();
    let units = view
        .eligible_units
        .iter()
        .map(|unit| view! { <li>{unit.clone()}</li> })
        .collect_view();
    let has_units = !view.eligible_units.is_empty();
    let categories = view
        .categories
        .iter()
        .enumerate()
        .map(|(index, category)| {
            view! {
                <li class="category">
                    <span class="category-number num" aria-hidden="true">{index + 1}</span>
                    <div class="category-text">
                        <p class="category-name">{category.name.clone()}</p>
                        <div class="muted small"><Paragraphs text=category.description.clone()/></div>
                        {category
                            .medium_required
                            .then(|| {
                                view! {
                                    <p class="category-medium small">
                                        <Icon name=IconName::File/>
                                        <span>{t_string!(i18n, contest.page.medium)}</span>
                                    </p>
                                }
                            })}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Part id="who" title=t_string!(i18n, contest.page.who)>
            <div class="measure stack">
                <div><Paragraphs text=view.plan.who_may_enter/></div>
                <ul class="entry-rules">{rules}</ul>
                {has_units
                    .then(|| {
                        view! {
                            <details>
                                <summary>{t_string!(i18n, contest.page.units)}</summary>
                                <ul>{units}</ul>
                            </details>
                        }
                    })}
            </div>
        </Part>
        <Part id="categories" title=t_string!(i18n, contest.page.categories)>
            <div class="measure"><Paragraphs text=view.plan.conditions/></div>
            <ol class="categories">{categories}</ol>
        </Part>
        {(!view.plan.form.trim().is_empty())
            .then(|| {
                view! {
                    <Part id="form" title=t_string!(i18n, contest.page.form)>
                        <div class="measure"><Paragraphs text=view.plan.form/></div>
                    </Part>
                }
            })}
    }
    .into_any()
}

/// The rules of entering as short sentences.
fn entry_rules(view: &PublicContestView) -> Vec<String> {
    let i18n = use_i18n();
    let mut rules = vec![match (view.groups, view.group_max) {
        (false, _) => t_string!(i18n, contest.page.individual_only).to_owned(),
        (true, 0) => t_string!(i18n, contest.page.groups).to_owned(),
        (true, max) => t_string!(i18n, contest.page.groups_max, max = max),
    }];
    if view.unit_screening {
        rules.push(t_string!(i18n, contest.page.screening).to_owned());
    }
    if view.min_quota > 0 {
        rules.push(t_string!(
            i18n,
            contest.page.quota,
            count = pad_count(i64::from(view.min_quota))
        ));
    }
    rules
}
