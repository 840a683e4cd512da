//! Small parts that several pages of judging share.

use contract::Error;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use rules::event::EntryLabel;
use rules::id::{CommandKey, RoundId};

use crate::text::error_text;
use crate::ui::{Notice, Tone};

/// A fresh key for a command made by the browser's own code. A form takes the key its view brought along instead,
/// because what the server renders may hold nothing random.
pub fn fresh_key() -> CommandKey {
    #[expect(
        clippy::disallowed_methods,
        reason = "the browser names its own command; there is no clock to set here"
    )]
    CommandKey(uuid::Uuid::now_v7())
}

/// Runs `then` after each success of an action.
pub fn after_success<S>(action: ServerAction<S>, then: impl Fn(&S::Output) + 'static)
where
    S: ServerFn<Error = Error> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let value = action.value();
    Effect::new(move || {
        value.with(|answer| {
            if let Some(Ok(output)) = answer {
                then(output)
            }
        })
    });
}

/// The error of an action's last run, for [`Failure`].
pub fn failure_of<S>(action: ServerAction<S>) -> Signal<Option<Error>>
where
    S: ServerFn<Error = Error> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || {
        value.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()))
    })
}

/// Why an act was refused, spoken when it appears; nothing while there is nothing to say.
#[component]
pub fn Failure(#[prop(into)] error: Signal<Option<Error>>) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! { <Notice tone=Tone::Danger announce=true><p>{error_text(&error)}</p></Notice> }
        })
    }
}

/// Address of a queue.
pub fn queue_href(round: RoundId) -> String {
    format!("/judging/{round}")
}

/// Address of an entry beside its scorecard.
pub fn entry_href(round: RoundId, label: &EntryLabel) -> String {
    format!("/judging/{round}/entry/{}", label.0)
}

/// Address of the comparison board.
pub fn order_href(round: RoundId) -> String {
    format!("/judging/{round}/order")
}

/// An entry's label: a code to compare letter by letter.
#[component]
pub fn LabelChip(label: EntryLabel) -> impl IntoView {
    view! { <span class="label-chip num">{label.0}</span> }.into_any()
}
