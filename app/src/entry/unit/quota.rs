//! The quota gauge: colour, figures and a sentence.

use contract::unit::UnitDeskView;
use leptos::prelude::*;
use rules::text::pad_count;
use rules::unit::{Quota, QuotaStanding};

use crate::text::word;
use crate::ui::{Badge, Gauge, Tone};

/// "02 đã gửi / tối thiểu 01 / tối đa 05".
pub fn figures(quota: Quota, count: u32) -> String {
    let padded = |count: u32| pad_count(i64::from(count));
    let mut parts = vec![word!(unit.quota.sent, sent = padded(count))];
    if quota.min > 0 {
        parts.push(word!(unit.quota.min, min = padded(quota.min)));
    }
    if quota.max > 0 {
        parts.push(word!(unit.quota.max, max = padded(quota.max)));
    }
    if quota.min == 0 && quota.max == 0 {
        parts.push(word!(unit.quota.free));
    }
    parts.join(" / ")
}

/// The standing as a tone and a sentence; nothing to say where no number is set.
pub fn sentence(standing: QuotaStanding) -> Option<(Tone, String)> {
    match standing {
        QuotaStanding::Free => None,
        QuotaStanding::Below { missing } => Some((Tone::Warn, word!(unit.quota.below, count = missing))),
        QuotaStanding::Met => Some((Tone::Ok, word!(unit.quota.met))),
        QuotaStanding::Full => Some((Tone::Info, word!(unit.quota.full))),
        QuotaStanding::Over { by } => Some((Tone::Danger, word!(unit.quota.over, count = by))),
    }
}

/// The gauge of what is forwarded.
#[component]
pub fn QuotaGauge(view: UnitDeskView) -> impl IntoView {
    let (quota, sent) = (view.quota, view.board.forwarded);
    let scale = if quota.max > 0 {
        quota.max.max(sent)
    } else {
        sent.max(quota.min).max(1)
    };
    let said = sentence(quota.standing(sent)).map(|(tone, text)| {
        view! { <p class="quota-said"><Badge tone>{text}</Badge></p> }
    });
    view! {
        <section class="panel quota" aria-labelledby="quota-title">
            <h2 class="panel-title" id="quota-title">{word!(unit.quota.title)}</h2>
            <Gauge
                label=word!(unit.quota.title)
                value=u64::from(sent)
                max=u64::from(scale)
                low=u64::from(quota.min)
                text=figures(quota, sent)
            />
            {said}
        </section>
    }
    .into_any()
}
