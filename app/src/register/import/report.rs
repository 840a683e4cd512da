//! The dry run row by row, and the act that imports.

use contract::register::{DryRun, RowReport};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use rules::time::Zone;

use crate::judging::{Failure, failure_of};
use crate::register::api::Import;
use crate::register::form::encode_columns;
use crate::register::words::{cell_problem_text, outcome_name, outcome_tone};
use crate::text::{count_text, moment_text, word};
use crate::ui::{
    Badge, Button, Card, Cell, Column, IconName, Narrow, Notice, Pagination, Stat, Table, Tone, Variant,
};

/// Counts, the act, and a page of the rows.
#[component]
pub fn Report(run: DryRun, zone: Zone, back: String) -> impl IntoView {
    let query = use_query_map();
    let done = move || {
        let text = query.read().get("done")?;
        let mut counts = text.split('-').map(str::to_owned);
        let (created, changed, skipped) = (counts.next()?, counts.next()?, counts.next()?);
        let text = word!(
            register.import.done,
            created = created,
            changed = changed,
            skipped = skipped
        );
        Some(view! { <Notice tone=Tone::Ok announce=true><p>{text}</p></Notice> })
    };
    let before = run.imported.map(|(at, count)| {
        let text = word!(
            register.import.before,
            at = moment_text(at, &zone),
            count = count_text(count)
        );
        view! { <Notice><p>{text}</p></Notice> }
    });
    let links = (run.without_password > 0).then(|| {
        let text = word!(
            register.import.links_text,
            count = count_text(run.without_password)
        );
        view! {
            <Card title=word!(register.import.links) highlight=true>
                <form class="stack stack-s" method="post" action=format!("/files/password-links/{}", run.file)>
                    <p class="measure">{text}</p>
                    <div><Button variant=Variant::Secondary icon=IconName::Download>{word!(register.import.links)}</Button></div>
                </form>
            </Card>
        }
    });
    let stats = [
        (word!(register.import.ok), run.counts.ok),
        (word!(register.import.warning), run.counts.warnings),
        (word!(register.import.error), run.counts.errors),
        (word!(register.import.skip), run.counts.skipped),
    ]
    .into_iter()
    .map(|(label, count)| view! { <Stat label value=count_text(count)/> })
    .collect_view();
    let rows = run
        .rows
        .iter()
        .map(|row| view! { <Row row=row.clone() zone=zone.clone()/> })
        .collect_view();
    let columns = vec![
        Column::number(word!(register.import.line)),
        Column::text(word!(register.import.about)),
        Column::text(word!(register.import.outcome)),
        Column::text(word!(register.import.notes)),
    ];
    let good = run.counts.ok + run.counts.warnings > 0;
    let (current, pages) = (run.page, run.pages);
    let address = back.clone();
    let href = Callback::new(move |page: u32| format!("{address}&page={page}"));
    let any = !run.rows.is_empty();
    view! {
        <div class="stack stack-l">
            {done}
            {before}
            {links}
            <div class="stats">{stats}</div>
            {good.then(|| view! { <Act run=run.clone() back/> })}
            {any.then(|| view! {
                <Table caption=word!(register.import.report) columns narrow=Narrow::Cards show_caption=true>{rows}</Table>
                <Pagination current pages href/>
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: RowReport, zone: Zone) -> impl IntoView {
    let notes = row
        .problems
        .iter()
        .map(|problem| view! { <li>{cell_problem_text(problem, &zone)}</li> })
        .collect_view();
    view! {
        <tr>
            <Cell label=word!(register.import.line) numeric=true>{row.line.to_string()}</Cell>
            <Cell label=word!(register.import.about)>{row.about}</Cell>
            <Cell label=word!(register.import.outcome)>
                <Badge tone=outcome_tone(row.outcome)>{outcome_name(row.outcome)}</Badge>
            </Cell>
            <Cell label=word!(register.import.notes)><ul class="row-notes">{notes}</ul></Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Act(run: DryRun, back: String) -> impl IntoView {
    let action = ServerAction::<Import>::new();
    let errors = run.counts.errors > 0;
    view! {
        <ActionForm action>
            <div class="stack stack-s">
                <Failure error=failure_of(action)/>
                <input type="hidden" name="form[key]" value=run.key.to_string()/>
                <input type="hidden" name="form[file]" value=run.file.to_string()/>
                <input type="hidden" name="form[columns]" value=encode_columns(&run.columns)/>
                <input type="hidden" name="form[legacy]" value=run.convert_legacy.to_string()/>
                <input type="hidden" name="form[back]" value=back/>
                <div class="cluster">
                    <Button icon=IconName::Check name="form[act]" value="all" loading=action.pending()>{word!(register.import.act_all)}</Button>
                    {errors.then(|| view! {
                        <Button variant=Variant::Secondary name="form[act]" value="good" loading=action.pending()>
                            {word!(register.import.act_good)}
                        </Button>
                    })}
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}
