//! How anyone can check the result, in plain words, and the record for those entitled to it.

use crate::i18n::{t_string, use_i18n};
use crate::ui::{IconName, LinkButton, Notice, Tone, Variant};
use contract::results::ResultView;
use leptos::prelude::*;

/// What the ledger's last hash is for, and how to recompute. A past result without scorecards says so instead.
#[component]
pub fn Proof(result: ResultView) -> impl IntoView {
    let i18n = use_i18n();
    if result.historical {
        return view! {
            <Notice tone=Tone::Info title=t_string!(i18n, contest.result.historical_title)>
                <p>{t_string!(i18n, contest.result.historical)}</p>
            </Notice>
        }
        .into_any();
    }
    let record = result.can_export.then(|| {
        let href = format!("/contests/{}/record.json", result.contest_slug);
        view! {
            <LinkButton href variant=Variant::Secondary icon=IconName::Download external=true>
                {t_string!(i18n, contest.result.record)}
            </LinkButton>
        }
    });
    view! {
        <section class="proof panel stack" aria-labelledby="proof">
            <h2 id="proof">{t_string!(i18n, contest.result.proof)}</h2>
            <p class="measure">{t_string!(i18n, contest.result.proof_why)}</p>
            <ol class="proof-steps measure">
                <li>{t_string!(i18n, contest.result.proof_compare)}</li>
                <li>{t_string!(i18n, contest.result.proof_recompute)}</li>
                <li>{t_string!(i18n, contest.result.proof_judge)}</li>
            </ol>
            <div class="proof-hash">
                <span class="small muted" id="hash-name">{t_string!(i18n, contest.result.hash)}</span>
                <code class="hash" aria-labelledby="hash-name">{grouped(&result.ledger_head)}</code>
            </div>
            {record}
        </section>
    }
    .into_any()
}

/// Groups of eight, so that two people can compare a hash aloud.
fn grouped(hash: &str) -> String {
    let mut out = String::with_capacity(hash.len() + hash.len() / 8);
    for (index, c) in hash.chars().enumerate() {
        if index > 0 && index % 8 == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}
