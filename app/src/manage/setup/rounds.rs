//! Judged rounds: jury source, rubric, scoring policy, who goes on.

use leptos::prelude::*;
use rules::contest::RoundPlan;

use super::control::Controls;
use super::{policy, rubric};
use crate::text::word;
use crate::ui::TextKind;

pub(super) fn body(c: &Controls, stored: &[RoundPlan]) -> AnyView {
    let rows = c.fields.rows("rounds");
    let last = rows.len().saturating_sub(1);
    let rounds = rows
        .into_iter()
        .map(|at| round(c, at, stored.get(at), at == last))
        .collect_view();
    view! {
        <p class="muted">{word!(contest.manage.rounds.lead)}</p>
        <ol class="form-boxes">{rounds}</ol>
        {c.add("rounds", word!(contest.manage.rounds.add))}
    }
    .into_any()
}

fn round(c: &Controls, at: usize, stored: Option<&RoundPlan>, last: bool) -> AnyView {
    let key = |field: &str| format!("rounds.{at}.{field}");
    let title = word!(contest.manage.rounds.one, number = at + 1);
    view! {
        <li class="form-box round-box">
            <div class="form-box-head">
                <h2>{title.clone()}</h2>
                {c.row_acts("rounds", at, &title)}
            </div>
            {c.hidden(&key("was"))}
            <div class="form-row form-row-code">
                {c.text(&key("code"), TextKind::Text)}
                {c.text(&key("name"), TextKind::Text)}
            </div>
            {c.text_hint(&key("jury_source"), TextKind::Text, word!(contest.manage.rounds.source_hint))}
            {rubric::part(c, at, stored.map(|round| &round.rubric))}
            {policy::part(c, at)}
            {advance(c, at, last)}
        </li>
    }
    .into_any()
}

fn advance(c: &Controls, at: usize, last: bool) -> AnyView {
    let key = |field: &str| format!("rounds.{at}.{field}");
    let fields = if last {
        view! {
            <p class="muted">{word!(contest.manage.rounds.last)}</p>
            {c.hidden(&key("advance_top"))}
        }
        .into_any()
    } else {
        view! {
            <div class="form-row">
                {c.text(&key("advance_top"), TextKind::Integer)}
                {c.text_hint(&key("threshold"), TextKind::Decimal, word!(contest.manage.rounds.threshold_hint))}
            </div>
            {c.check_hint(&key("admit_all_equal"), word!(contest.manage.rounds.equal_hint))}
        }
        .into_any()
    };
    view! {
        <section class="form-part stack">
            <h3>{word!(contest.manage.rounds.advance)}</h3>
            {fields}
        </section>
    }
    .into_any()
}
