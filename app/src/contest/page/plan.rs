//! The signed plan: its document, legal bases, purpose; who organises and who answers the phone.

use super::Part;
use crate::contest::label::{DocumentLine, Paragraphs};
use crate::i18n::{t_string, use_i18n};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;
use rules::contest::{ContestPlan, Hotline};

/// Document, legal bases, purpose.
#[component]
pub fn Plan(plan: ContestPlan) -> impl IntoView {
    let i18n = use_i18n();
    let bases = plan
        .legal_bases
        .iter()
        .map(|basis| view! { <li>{basis.text.clone()}</li> })
        .collect_view();
    let has_document = plan.document.reference().is_some();
    view! {
        {has_document
            .then(|| {
                view! {
                    <Part id="plan" title=t_string!(i18n, contest.page.plan)>
                        <DocumentLine kind=t_string!(i18n, contest.document.plan) document=plan.document/>
                        {(!plan.legal_bases.is_empty())
                            .then(|| {
                                view! {
                                    <details class="bases">
                                        <summary>{t_string!(i18n, contest.page.legal_bases)}</summary>
                                        <ol>{bases}</ol>
                                    </details>
                                }
                            })}
                    </Part>
                }
            })}
        {(!plan.purpose.trim().is_empty())
            .then(|| {
                view! {
                    <Part id="purpose" title=t_string!(i18n, contest.page.purpose)>
                        <div class="measure"><Paragraphs text=plan.purpose/></div>
                    </Part>
                }
            })}
    }
    .into_any()
}

/// Bodies that organise, and the hotlines (B-10).
#[component]
pub fn Organisers(plan: ContestPlan) -> impl IntoView {
    let i18n = use_i18n();
    let lines = plan
        .hotlines
        .iter()
        .map(|line| view! { <HotlineLine line=line.clone()/> })
        .collect_view();
    view! {
        {(!plan.organisers.trim().is_empty())
            .then(|| {
                view! {
                    <Part id="organisers" title=t_string!(i18n, contest.page.organisers)>
                        <div class="measure"><Paragraphs text=plan.organisers/></div>
                    </Part>
                }
            })}
        {(!plan.hotlines.is_empty())
            .then(|| {
                view! {
                    <Part id="hotlines" title=t_string!(i18n, contest.page.hotlines)>
                        <ul class="hotlines">{lines}</ul>
                    </Part>
                }
            })}
    }
    .into_any()
}

#[component]
fn HotlineLine(line: Hotline) -> impl IntoView {
    let digits: String = line
        .phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    view! {
        <li class="hotline">
            <Icon name=IconName::Phone/>
            <span class="hotline-text">
                <span class="strong">{line.name}</span>
                <span class="muted small">{line.role}</span>
            </span>
            <a class="hotline-number num" href=format!("tel:{digits}")>{line.phone}</a>
        </li>
    }
    .into_any()
}
