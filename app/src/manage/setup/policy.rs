//! How scorecards become a ranking: average, ballots, tie ladder, deviation, quorum, least points for a prize.

use leptos::prelude::*;

use super::control::Controls;
use crate::text::word;
use crate::ui::{Choice, Fieldset, TextKind};

pub(super) fn part(c: &Controls, at: usize) -> AnyView {
    let key = |field: &str| format!("rounds.{at}.{field}");
    let aggregates = vec![
        Choice::new("mean", word!(contest.manage.policy.mean)),
        Choice::new("trimmed_mean", word!(contest.manage.policy.trimmed)),
        Choice::new("mean_rank", word!(contest.manage.policy.mean_rank)),
    ];
    let ballots = vec![
        Choice::new("scorecards", word!(contest.manage.policy.scorecards)),
        Choice::new("order", word!(contest.manage.policy.order)),
        Choice::new("scorecards_and_order", word!(contest.manage.policy.both)),
    ];
    view! {
        <section class="form-part stack">
            <h3>{word!(contest.manage.policy.title)}</h3>
            <div class="form-row policy-aggregate">
                {c.select(&key("ballot"), ballots)}
                {c.select(&key("aggregate"), aggregates)}
            </div>
            <div class="form-row policy-trim">
                {c.text(&key("min_scorecards"), TextKind::Integer)}
                {c.text(&key("drop_high"), TextKind::Integer)}
                {c.text(&key("drop_low"), TextKind::Integer)}
            </div>
            <div class="form-row">
                {c.text_hint(&key("deviation"), TextKind::Decimal, word!(contest.manage.policy.deviation_hint))}
                {c.text_hint(&key("prize_floor"), TextKind::Decimal, word!(contest.manage.policy.floor_hint))}
            </div>
            <div class="form-row">
                {c.text_hint(&key("quorum_num"), TextKind::Integer, word!(contest.manage.policy.quorum_hint))}
                {c.text(&key("quorum_den"), TextKind::Integer)}
            </div>
            {ladder(c, at)}
        </section>
    }
    .into_any()
}

/// The steps by which equal entries are parted, first to last.
fn ladder(c: &Controls, at: usize) -> AnyView {
    let list = format!("rounds.{at}.tie");
    let criteria = format!("rounds.{at}.criteria");
    let rows = c.fields.rows(&list).into_iter().map(|row| {
        let key = format!("{list}.{row}");
        let title = word!(contest.manage.policy.tie_step, number = row + 1);
        let mut choices: Vec<Choice> = c
            .fields
            .rows(&criteria)
            .into_iter()
            .map(|number| {
                let code = c.fields.get(&format!("{criteria}.{number}.code"));
                let name = c.fields.get(&format!("{criteria}.{number}.name"));
                Choice::new(
                    format!("criterion:{code}"),
                    word!(contest.manage.policy.by_criterion, code = code, name = name),
                )
            })
            .collect();
        choices.push(Choice::new(
            "order_ballots",
            word!(contest.manage.policy.by_order),
        ));
        choices.push(Choice::new(
            "chair_decision",
            word!(contest.manage.policy.by_chair),
        ));
        // a criterion that is gone stays visible, so that the refusal beside it makes sense
        let stored = c.fields.get(&key);
        if !stored.is_empty() && !choices.iter().any(|choice| choice.value == stored) {
            choices.insert(0, Choice::new(stored, stored.trim_start_matches("criterion:")));
        }
        let select = c.select_as(&key, choices, title.clone());
        view! { <li class="form-line">{select}{c.row_acts(&list, row, &title)}</li> }
    });
    let rows = rows.collect_view();
    let add = c.add(&list, word!(contest.manage.policy.add_tie));
    view! {
        <Fieldset legend=word!(contest.manage.policy.ladder) hint=word!(contest.manage.policy.ladder_hint)>
            <ol class="form-lines">{rows}</ol>
            {add}
        </Fieldset>
    }
    .into_any()
}
