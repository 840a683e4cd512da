//! The rounds with how far each is.

use contract::contest::RoundLine;
use leptos::prelude::*;

use crate::text::{round_state_name, round_tone, word};
use crate::ui::{Badge, Card, IconName, LinkButton, ProgressBar, Variant};

/// A line a round.
#[component]
pub fn Rounds(rounds: Vec<RoundLine>) -> impl IntoView {
    let lines = rounds.into_iter().map(|round| {
        let href = format!("/rounds/{}", round.round);
        let label = word!(contest.manage.room.round_desk_of, round = round.name.clone());
        view! {
            <li class="room-round">
                <div class="cluster spread">
                    <span class="cluster">
                        <span class="strong">{round.name}</span>
                        <Badge tone=round_tone(round.state)>{round_state_name(round.state)}</Badge>
                    </span>
                    <LinkButton href label small=true variant=Variant::Secondary icon=IconName::ArrowRight>
                        {word!(contest.manage.room.round_desk)}
                    </LinkButton>
                </div>
                <p class="muted small">
                    {word!(contest.manage.room.round_line, judges = round.judges, entries = round.entries)}
                </p>
                <ProgressBar label=word!(contest.manage.room.ballots) done=u64::from(round.done) total=u64::from(round.of)/>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! { <Card title=word!(contest.manage.room.rounds)><ul class="room-rounds">{lines}</ul></Card> }
        .into_any()
}
