//! A track of what happened and what is to come, each step dated.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// Where a step of a track lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackState {
    Past,
    Current,
    Future,
    /// It ended here, and not well: returned, refused.
    Stopped,
}

/// One step; `when` is a formatted time or period, `note` a sentence more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackStep {
    pub title: String,
    pub when: Option<String>,
    pub note: Option<String>,
    pub state: TrackState,
}

/// The steps from first to last.
///
/// `<Timeline steps=vec![TrackStep { … }]/>`
#[component]
pub fn Timeline(steps: Vec<TrackStep>, #[prop(optional, into)] label: Option<String>) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|step| {
            let (word, mark) = match step.state {
                TrackState::Past => ("past", Some(IconName::Check)),
                TrackState::Current => ("current", None),
                TrackState::Future => ("future", None),
                TrackState::Stopped => ("stopped", Some(IconName::Close)),
            };
            view! {
                <li class="track-step" data-state=word aria-current=(word == "current").then_some("step")>
                    <span class="track-mark" aria-hidden="true">{mark.map(|name| view! { <Icon name/> })}</span>
                    <div class="track-text">
                        <p class="track-title">{step.title}</p>
                        {step.when.map(|when| view! { <p class="track-when num">{when}</p> })}
                        {step.note.map(|note| view! { <p class="track-note">{note}</p> })}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="track" aria-label=label>{items}</ol> }.into_any()
}
