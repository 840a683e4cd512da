//! The last step: what is still missing, what will stand, and the button that opens the contest.

use contract::contest::SetupView;
use leptos::prelude::*;
use rules::contest::{ContestPhase, MilestoneCode, SetupSection};

use crate::i18n::ui_locale;
use crate::judging::{Failure, failure_of};
use crate::manage::api::OpenContest;
use crate::manage::{room_href, setup_href};
use crate::text::{milestone_name, section_name, setup_gap_text, word};
use crate::ui::{Button, Card, Checkbox, DataList, Datum, IconName, LinkButton, Notice, Tone, Variant};

/// Checklist, summary and the act.
#[component]
pub fn Open(view: SetupView) -> impl IntoView {
    if view.phase != ContestPhase::Draft {
        let href = room_href(&view.slug);
        return view! {
            <Notice tone=Tone::Ok title=word!(contest.manage.open.done)>
                <LinkButton href icon=IconName::Settings variant=Variant::Secondary>{word!(contest.manage.room.title)}</LinkButton>
            </Notice>
            <Summary view/>
        }
        .into_any();
    }
    let ready = view.gaps.is_empty();
    let act = (ready && view.can_edit).then(|| view! { <OpenForm view=view.clone()/> });
    view! {
        <Checklist view=view.clone()/>
        <Summary view/>
        {act}
    }
    .into_any()
}

/// Gaps by section, each section a link to its step.
#[component]
fn Checklist(view: SetupView) -> impl IntoView {
    if view.gaps.is_empty() {
        return view! { <Notice tone=Tone::Ok><p>{word!(contest.manage.open.complete)}</p></Notice> }
            .into_any();
    }
    let sections = SetupSection::ALL.into_iter().filter_map(|section| {
        let gaps = view.gaps.iter().filter(|gap| gap.section == section);
        let lines = gaps
            .map(|gap| view! { <li>{setup_gap_text(gap)}</li> })
            .collect::<Vec<_>>();
        (!lines.is_empty()).then(|| {
            let href = setup_href(&view.slug, section);
            view! {
                <li>
                    <a class="strong" href=href>{section_name(section)}</a>
                    <ul>{lines}</ul>
                </li>
            }
        })
    });
    let sections = sections.collect::<Vec<_>>();
    view! {
        <Notice tone=Tone::Warn title=word!(contest.manage.open.missing, count = view.gaps.len())>
            <ul class="checklist">{sections}</ul>
        </Notice>
    }
    .into_any()
}

/// What the contest will be, in a few lines.
#[component]
fn Summary(view: SetupView) -> impl IntoView {
    let setup = view.setup;
    let zone = setup.timetable.zone.clone();
    let deadlines = [
        MilestoneCode::SubmissionDeadline,
        MilestoneCode::UnitForwardDeadline,
    ]
    .into_iter()
    .filter_map(|code| {
        let when = setup.timetable.milestone(code)?.when.format(ui_locale(), &zone);
        Some(view! { <Datum name=milestone_name(code)><span class="num">{when}</span></Datum> })
    });
    let deadlines = deadlines.collect::<Vec<_>>();
    let grace = match (setup.timetable.grace.minutes, setup.timetable.grace.forwarding) {
        (0, _) => word!(deadline.grace.none),
        (minutes, false) => word!(deadline.grace.summary, minutes = minutes),
        (minutes, true) => word!(deadline.grace.summary_units, minutes = minutes),
    };
    let rounds = setup
        .rounds
        .iter()
        .map(|round| round.name.clone())
        .collect::<Vec<_>>()
        .join(" → ");
    let judges = view
        .juries
        .iter()
        .map(|jury| {
            word!(
                contest.manage.open.judges,
                round = jury.round_name.clone(),
                count = jury.members.len()
            )
        })
        .collect::<Vec<_>>()
        .join("; ");
    let prizes = setup
        .prizes
        .iter()
        .map(|prize| format!("{:02} {}", prize.count, prize.name))
        .collect::<Vec<_>>()
        .join(", ");
    let plan = setup
        .plan
        .document
        .reference()
        .unwrap_or_else(|| word!(contest.manage.clash.empty));
    let units = match setup.eligibility.units.len() {
        0 => word!(contest.manage.eligibility.every_unit),
        count => word!(contest.manage.eligibility.some_units, count = count),
    };
    view! {
        <Card title=word!(contest.manage.open.summary)>
            <DataList>
                <Datum name=section_name(SetupSection::Plan)>{plan}</Datum>
                <Datum name=section_name(SetupSection::Categories)><span class="num">{setup.categories.len().to_string()}</span></Datum>
                {deadlines}
                <Datum name=word!(deadline.grace.title)>{grace}</Datum>
                <Datum name=section_name(SetupSection::Eligibility)>{units}</Datum>
                <Datum name=section_name(SetupSection::Rounds)>{rounds}</Datum>
                <Datum name=section_name(SetupSection::Juries)>{judges}</Datum>
                <Datum name=section_name(SetupSection::Prizes)>{prizes}</Datum>
            </DataList>
        </Card>
    }
    .into_any()
}

#[component]
fn OpenForm(view: SetupView) -> impl IntoView {
    let action = ServerAction::<OpenContest>::new();
    view! {
        <Card title=word!(contest.manage.open.title) highlight=true>
            <ActionForm action>
                <div class="stack">
                    <Failure error=failure_of(action)/>
                    <p class="strong">{word!(contest.manage.open.effect)}</p>
                    <ul>
                        <li>{word!(contest.manage.open.effect_public)}</li>
                        <li>{word!(contest.manage.open.effect_frozen)}</li>
                        <li>{word!(contest.manage.open.effect_entries)}</li>
                        <li>{word!(contest.manage.open.effect_ledger)}</li>
                    </ul>
                    <input type="hidden" name="cmd[key]" value=view.key.to_string()/>
                    <input type="hidden" name="cmd[contest]" value=view.contest.to_string()/>
                    <input type="hidden" name="cmd[expected]" value=view.version.to_string()/>
                    <input type="hidden" name="slug" value=view.slug/>
                    <Checkbox name="sure" label=word!(contest.manage.open.sure) required=true/>
                    <div>
                        <Button icon=IconName::Unlock loading=action.pending()>{word!(contest.manage.open.act)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
