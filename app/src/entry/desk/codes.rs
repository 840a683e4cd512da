//! Drawing blind codes: what it seals, what still keeps it back, and where it leads.

use contract::entry::AssignBlindCodes;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::Desk;
use crate::entry::api::AssignBlindCodes as Assign;
use crate::judging::{Failure, after_success, failure_of, fresh_key};
use crate::text::{moment_text, word};
use crate::ui::{Badge, Button, Card, IconName, LinkButton, Tone, Variant};

/// The card; nothing in a contest that is not judged blind once it has begun.
#[component]
pub fn BlindCodes(desk: Desk) -> impl IntoView {
    let assign = ServerAction::<Assign>::new();
    after_success(assign, move |()| desk.reload());
    let part = desk.part(|view| {
        (
            view.blind,
            view.codes_assigned,
            view.unchecked,
            view.accepted,
            view.can_decide,
        )
    });
    let key = desk.part(|view| view.key);
    let (contest, slug) = desk
        .view
        .with_untracked(|view| (view.contest, view.contest_slug.clone()));
    let intake = desk.view.with_untracked(|view| {
        let ends = view.intake_ends.filter(|ends| *ends > view.now)?;
        Some(word!(entry.codes.intake, at = moment_text(ends, &view.zone)))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        assign.dispatch(Assign {
            cmd: AssignBlindCodes {
                key: fresh_key(),
                contest,
            },
        });
    };
    move || {
        let (blind, assigned, unchecked, accepted, can_decide) = part.get();
        let room = format!("/manage/{slug}");
        let waits = intake.clone().filter(|_| !assigned);
        let open = view! {
            <LinkButton href=room variant=Variant::Secondary icon=IconName::ArrowRight>{word!(entry.codes.open_round)}</LinkButton>
        };
        let standing = match (assigned, unchecked, accepted) {
            (true, ..) => word!(entry.codes.done),
            (_, 1.., _) => word!(entry.codes.unchecked, count = unchecked),
            (_, _, 0) => word!(entry.codes.none),
            _ => word!(entry.codes.ready, count = accepted),
        };
        let ready = !assigned && unchecked == 0 && accepted > 0;
        if !blind {
            return view! {
                <Card title=word!(entry.codes.next)><div class="stack stack-s"><p>{word!(entry.codes.open_names)}</p><div>{open}</div></div></Card>
            }
            .into_any();
        }
        view! {
            <Card title=word!(entry.codes.title) highlight=ready>
                <div class="stack stack-s">
                    <Failure error=failure_of(assign)/>
                    <p class="measure">{word!(entry.codes.text)}</p>
                    <p>
                        <Badge tone=if assigned { Tone::Ok } else if ready { Tone::Info } else { Tone::Warn }>{standing}</Badge>
                    </p>
                    {waits.map(|text| view! { <p class="muted small">{text}</p> })}
                    <div class="cluster">
                        {(can_decide && !assigned).then(|| view! {
                            <form method="post" action=Assign::url() on:submit=submit>
                                <input type="hidden" name="cmd[key]" value=key.get_untracked().to_string()/>
                                <input type="hidden" name="cmd[contest]" value=contest.to_string()/>
                                <Button icon=IconName::Lock loading=assign.pending() disabled=Signal::stored(!ready)>
                                    {word!(entry.codes.act)}
                                </Button>
                            </form>
                        })}
                        {assigned.then_some(open)}
                    </div>
                </div>
            </Card>
        }
        .into_any()
    }
}
