//! How far the contest has come, moving by itself: counts only, never who or which.

use crate::i18n::{t_string, use_i18n};
use crate::live::{Feed, LinkBadge, use_live};
use crate::text::{count_text, phase_name, round_state_name};
use crate::ui::{ProgressBar, Stat};
use leptos::prelude::*;
use rules::event::Progress;

/// Entries received and how full each round is.
#[component]
pub fn PublicProgress(slug: String, progress: Progress, rounds: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let live = use_live(slug, progress, Feed::Public);
    let progress = live.progress;
    let received = Signal::derive(move || count_text(progress.read().received));
    let phase = move || progress.read().phase.map(phase_name);
    view! {
        <section class="panel stack contest-progress" aria-labelledby="progress">
            <div class="cluster spread">
                <h2 id="progress">{t_string!(i18n, contest.page.progress)}</h2>
                <span class="muted small">{phase}</span>
            </div>
            <Stat label=t_string!(i18n, contest.page.received) value=received/>
            <RoundBars progress rounds/>
            <LinkBadge link=live.link/>
        </section>
    }
    .into_any()
}

/// A bar for each round that has opened, in the order they opened.
#[component]
fn RoundBars(progress: RwSignal<Progress>, rounds: Vec<String>) -> impl IntoView {
    let opened = Memo::new(move |_| progress.read().rounds.len());
    let bars = move || {
        (0..opened.get())
            .map(|index| {
                let name = rounds.get(index).cloned().unwrap_or_default();
                let count = move || {
                    progress
                        .read()
                        .rounds
                        .get(index)
                        .map_or((0, 0), |round| round.done())
                };
                let state = move || {
                    progress
                        .read()
                        .rounds
                        .get(index)
                        .map(|round| round_state_name(round.state))
                };
                view! {
                    <div class="stack stack-s">
                        <ProgressBar
                            label=name
                            done=Signal::derive(move || u64::from(count().0))
                            total=Signal::derive(move || u64::from(count().1))
                        />
                        <span class="muted small">{state}</span>
                    </div>
                }
            })
            .collect_view()
    };
    view! { <div class="stack">{bars}</div> }.into_any()
}
