//! What was given so far, each with its reason and the way to take it back.

use contract::Error;
use contract::deadline::{ExtensionDeskView, ExtensionLine};
use leptos::prelude::*;
use rules::Violation;
use rules::id::{CommandKey, ContestId};
use rules::time::{Timestamp, Zone};

use crate::deadline::api::WithdrawExtension;
use crate::judging::{Failure, after_success, failure_of};
use crate::text::{error_text, moment_text, word};
use crate::ui::{Badge, Button, Cell, Column, DateTime, Narrow, Table, TextArea, Tone, Variant};

/// What every row of the list needs beside its own line.
#[derive(Clone)]
struct Around {
    key: CommandKey,
    contest: ContestId,
    slug: String,
    zone: Zone,
    now: Timestamp,
    can_extend: bool,
    again: Callback<()>,
}

/// The list.
#[component]
pub fn Given(view: ExtensionDeskView, again: Callback<()>) -> impl IntoView {
    let around = Around {
        key: view.key,
        contest: view.contest,
        slug: view.contest_slug,
        zone: view.zone,
        now: view.now,
        can_extend: view.can_extend,
        again,
    };
    let columns = vec![
        Column::text(word!(deadline.extension.who)),
        Column::text(word!(deadline.extension.until)),
        Column::text(word!(deadline.extension.reason)),
        Column::text(word!(deadline.extension.by)),
        Column::text(word!(deadline.extension.state)),
    ];
    let list = if view.extensions.is_empty() {
        view! { <p class="muted">{word!(deadline.extension.list_none)}</p> }.into_any()
    } else {
        let rows = view
            .extensions
            .into_iter()
            .map(|line| view! { <Row line around=around.clone()/> })
            .collect_view();
        view! {
            <Table caption=word!(deadline.extension.list) columns narrow=Narrow::Cards>{rows}</Table>
        }
        .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="extensions-given">
            <h2 id="extensions-given">{word!(deadline.extension.list)}</h2>
            {list}
        </section>
    }
    .into_any()
}

#[component]
fn Row(line: ExtensionLine, around: Around) -> impl IntoView {
    let Around { zone, now, .. } = around.clone();
    let running = line.ended_at.is_none() && line.until >= now;
    let state = match line.ended_at {
        Some(at) => {
            view! { <Badge>{word!(deadline.extension.ended, at = moment_text(at, &zone))}</Badge> }.into_any()
        }
        None if running => {
            view! { <Badge tone=Tone::Ok>{word!(deadline.extension.in_force)}</Badge> }.into_any()
        }
        None => view! { <Badge>{word!(deadline.extension.run_out)}</Badge> }.into_any(),
    };
    let name = line.name.clone();
    let (until_zone, given_zone) = (around.zone.clone(), around.zone.clone());
    let withdraw = (running && around.can_extend).then(|| view! { <Withdraw line=line.clone() around/> });
    view! {
        <tr>
            <Cell label=word!(deadline.extension.who)><span class="strong">{name}</span></Cell>
            <Cell label=word!(deadline.extension.until)><DateTime at=line.until zone=until_zone with_zone=true/></Cell>
            <Cell label=word!(deadline.extension.reason)><span class="pre-line">{line.reason}</span></Cell>
            <Cell label=word!(deadline.extension.by)>
                <span class="version-facts">
                    <span>{line.given_by}</span>
                    <DateTime at=line.given_at zone=given_zone/>
                </span>
            </Cell>
            <Cell label=word!(deadline.extension.state)>
                <div class="stack stack-s">
                    <div>{state}</div>
                    {withdraw}
                </div>
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Withdraw(line: ExtensionLine, around: Around) -> impl IntoView {
    let action = ServerAction::<WithdrawExtension>::new();
    let again = around.again;
    after_success(action, move |()| again.run(()));
    let failure = failure_of(action);
    let beside = Signal::derive(move || {
        failure.with(|failure| match failure {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            _ => None,
        })
    });
    let other = Signal::derive(move || {
        failure.with(|failure| {
            failure
                .clone()
                .filter(|error| !matches!(error, Error::Rule(Violation::ReasonRequired)))
        })
    });
    let label = word!(deadline.extension.withdraw_of, name = line.name.clone());
    view! {
        <details class="withdraw-extension">
            <summary aria-label=label>{word!(deadline.extension.withdraw)}</summary>
            <ActionForm action=action>
                <div class="stack stack-s">
                    <Failure error=other/>
                    <input type="hidden" name="form[key]" value=around.key.to_string()/>
                    <input type="hidden" name="form[contest]" value=around.contest.to_string()/>
                    <input type="hidden" name="form[slug]" value=around.slug/>
                    <input type="hidden" name="form[extension]" value=line.extension.to_string()/>
                    <TextArea
                        name="form[reason]"
                        id=format!("withdraw-{}", line.extension)
                        label=word!(deadline.extension.withdraw_reason)
                        rows=2
                        max=2000
                        error=beside
                    />
                    <div><Button variant=Variant::Danger small=true loading=action.pending()>{word!(deadline.extension.withdraw)}</Button></div>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
