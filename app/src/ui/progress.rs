//! How much is done: bar, ring and gauge. All are drawn by the server as SVG or native elements, without inline styles.

use super::tone::Tone;
use leptos::prelude::*;

/// Whole per cent of `done` in `total`, rounded down so that 100 means all; 0 of 0 is 0.
pub fn percent(done: u64, total: u64) -> u64 {
    if total == 0 {
        0
    } else {
        (u128::from(done.min(total)) * 100 / u128::from(total)) as u64
    }
}

/// A bar with its label and "7/8".
///
/// `<ProgressBar label="…" done=7 total=8/>` — `done` and `total` may be signals.
#[component]
pub fn ProgressBar(
    #[prop(into)] label: String,
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] total: Signal<u64>,
    #[prop(default = Tone::Info)] tone: Tone,
    /// Keeps label and figures for assistive technology only.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let text = move || format!("{}/{}", done.get(), total.get());
    view! {
        <div class="progress" data-tone=tone.as_str()>
            <div class="progress-head" class:visually-hidden=bare>
                <span>{label.clone()}</span>
                <span class="num">{text}</span>
            </div>
            <progress
                class="progress-bar"
                aria-label=label
                max=move || total.get().max(1).to_string()
                value=move || done.get().to_string()
            >
                {text}
            </progress>
        </div>
    }
    .into_any()
}

/// A ring with the per cent inside, for one figure among others.
///
/// `<ProgressRing label="…" done=7 total=8/>`
#[component]
pub fn ProgressRing(
    #[prop(into)] label: String,
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] total: Signal<u64>,
    #[prop(default = Tone::Info)] tone: Tone,
) -> impl IntoView {
    let share = move || percent(done.get(), total.get());
    view! {
        <div
            class="ring"
            data-tone=tone.as_str()
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || share().to_string()
            aria-valuetext=move || format!("{}/{}", done.get(), total.get())
        >
            <svg class="ring-drawing" viewBox="0 0 40 40" aria-hidden="true">
                <circle class="ring-track" cx="20" cy="20" r="17" fill="none" stroke-width="4"></circle>
                <circle
                    class="ring-value"
                    cx="20"
                    cy="20"
                    r="17"
                    fill="none"
                    stroke-width="4"
                    pathLength="100"
                    stroke-dasharray=move || format!("{} 100", share())
                    transform="rotate(-90 20 20)"
                ></circle>
            </svg>
            <span class="ring-text num" aria-hidden="true">{move || format!("{}%", share())}</span>
        </div>
    }
    .into_any()
}

/// A value on a fixed scale, as units against their quota: red below `low`, green from it on.
///
/// `<Gauge label="…" value=1 max=5 low=1 text="1/01"/>`
#[component]
pub fn Gauge(
    #[prop(into)] label: String,
    value: u64,
    max: u64,
    /// The least that satisfies.
    low: u64,
    /// The figures as words, beside the bar.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let tone = if value >= low { Tone::Ok } else { Tone::Warn };
    let mark = percent(low, max.max(1));
    view! {
        <div class="gauge" data-tone=tone.as_str() role="meter" aria-label=label.clone() aria-valuemin="0"
            aria-valuemax=max.max(1).to_string() aria-valuenow=value.min(max.max(1)).to_string() aria-valuetext=text.clone()>
            <span class="gauge-label" aria-hidden="true">{label.clone()}</span>
            <svg class="gauge-drawing" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="gauge-track" width="100" height="8"></rect>
                <rect class="gauge-value" width=percent(value, max.max(1)).to_string() height="8"></rect>
                <rect class="gauge-mark" x=mark.saturating_sub(1).to_string() width="1" height="8"></rect>
            </svg>
            <span class="gauge-text num" aria-hidden="true">{text.clone()}</span>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_reaches_100_only_when_all_is_done() {
        assert_eq!(
            [percent(0, 0), percent(199, 200), percent(200, 200), percent(9, 3)],
            [0, 99, 100, 100]
        );
    }
}
