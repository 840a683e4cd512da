//! One judge of a jury, and one person found who may become one.

use contract::account::PersonLine;
use contract::contest::{Jury, JuryMember};
use leptos::prelude::*;
use rules::id::{RoundId, UserId};

use super::juries::Acts;
use crate::text::word;
use crate::ui::{Badge, Button, IconName, Tone, Variant};

/// A judge with seat and chair mark; the chair changes and the seat empties while the round is planned.
#[component]
pub fn Member(member: JuryMember, round: RoundId, acts: Acts, editable: bool) -> impl IntoView {
    let name = member.full_name.clone();
    let chair = editable.then(|| {
        let (text, label) = if member.chair {
            (
                word!(contest.manage.juries.unchair),
                word!(contest.manage.juries.unchair_of, name = name.clone()),
            )
        } else {
            (
                word!(contest.manage.juries.make_chair),
                word!(contest.manage.juries.make_chair_of, name = name.clone()),
            )
        };
        view! { <Appoint round user=member.user chair=!member.chair acts text label/> }
    });
    let remove = (editable && !member.has_scored).then(|| {
        let label = word!(contest.manage.juries.remove_of, name = name.clone());
        view! {
            <ActionForm action=acts.remove>
                <input type="hidden" name="cmd[key]" value=acts.key.to_string()/>
                <input type="hidden" name="cmd[round]" value=round.to_string()/>
                <input type="hidden" name="cmd[user]" value=member.user.to_string()/>
                <Button variant=Variant::Quiet small=true icon=IconName::Trash label loading=acts.remove.pending()>
                    {word!(contest.manage.row.remove)}
                </Button>
            </ActionForm>
        }
    });
    view! {
        <li class="seat">
            <span class="seat-text">
                <span class="strong">{member.full_name}</span>
                <span class="muted small">{member.unit_name}</span>
            </span>
            <span class="cluster">
                <span class="small num">{word!(contest.manage.juries.seat, number = member.seat)}</span>
                {member.chair.then(|| view! { <Badge tone=Tone::Gold icon=IconName::Star>{word!(contest.manage.juries.chair)}</Badge> })}
                {chair}
                {remove}
            </span>
        </li>
    }
    .into_any()
}

/// A person found, with the two ways onto the jury.
#[component]
pub fn Found(person: PersonLine, jury: Jury, acts: Acts) -> impl IntoView {
    let here = jury.members.iter().any(|member| member.user == person.id);
    let about = [
        person.position.clone(),
        person.unit_name.clone().unwrap_or_default(),
    ];
    let about = about
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let name = person.full_name.clone();
    let ways = if here {
        view! { <span class="muted small">{word!(contest.manage.juries.already)}</span> }.into_any()
    } else {
        let (judge, chair) = (name.clone(), name);
        view! {
            <Appoint round=jury.round user=person.id chair=false acts text=word!(contest.manage.juries.appoint)
                label=word!(contest.manage.juries.appoint_of, name = judge)/>
            <Appoint round=jury.round user=person.id chair=true acts text=word!(contest.manage.juries.appoint_chair)
                label=word!(contest.manage.juries.appoint_chair_of, name = chair)/>
        }
        .into_any()
    };
    view! {
        <li class="seat">
            <span class="seat-text">
                <span class="strong">{person.full_name}</span>
                <span class="muted small">{about}</span>
            </span>
            <span class="cluster">{ways}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Appoint(
    round: RoundId,
    user: UserId,
    chair: bool,
    acts: Acts,
    text: String,
    label: String,
) -> impl IntoView {
    view! {
        <ActionForm action=acts.appoint>
            <input type="hidden" name="cmd[key]" value=acts.key.to_string()/>
            <input type="hidden" name="cmd[round]" value=round.to_string()/>
            <input type="hidden" name="cmd[user]" value=user.to_string()/>
            <input type="hidden" name="cmd[chair]" value=chair.to_string()/>
            <Button variant=Variant::Secondary small=true label loading=acts.appoint.pending()>{text}</Button>
        </ActionForm>
    }
    .into_any()
}
