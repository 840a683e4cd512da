//! Milestones. The stylesheet shows the fields of the precision chosen, so the choice works without any script.

use leptos::prelude::*;
use rules::contest::MilestoneCode;
use rules::time::Zone;

use super::control::Controls;
use crate::i18n::ui_locale;
use crate::manage::section::milestone_value;
use crate::text::{milestone_name, word};
use crate::ui::{Choice, Notice, TextKind, Tone};

pub(super) fn body(c: &Controls, zone: &Zone) -> AnyView {
    let zone = zone.label(ui_locale());
    let milestones = MilestoneCode::ALL
        .into_iter()
        .map(|code| milestone(c, code, &zone))
        .collect_view();
    view! {
        <Notice tone=Tone::Info><p>{word!(contest.manage.timetable.zone, zone = zone)}</p></Notice>
        <p class="muted">{word!(contest.manage.timetable.lead)}</p>
        {milestones}
        <fieldset class="form-box">
            <legend class="milestone-name">{word!(deadline.grace.title)}</legend>
            {c.text_hint("grace_minutes", TextKind::Integer, word!(deadline.grace.minutes_hint))}
            {c.check("grace_forwarding")}
        </fieldset>
    }
    .into_any()
}

fn milestone(c: &Controls, code: MilestoneCode, zone: &str) -> AnyView {
    let key = |field: &str| format!("milestones.{}.{field}", milestone_value(code));
    let choices = vec![
        Choice::new("", word!(contest.manage.precision.none)),
        Choice::new("instant", word!(contest.manage.precision.instant)),
        Choice::new("end_of_day", word!(contest.manage.precision.end_of_day)),
        Choice::new("day", word!(contest.manage.precision.day)),
        Choice::new("month", word!(contest.manage.precision.month)),
        Choice::new("early", word!(contest.manage.precision.early)),
        Choice::new("mid", word!(contest.manage.precision.mid)),
        Choice::new("late", word!(contest.manage.precision.late)),
    ];
    view! {
        <fieldset class="form-box milestone">
            <legend class="milestone-name">{milestone_name(code)}</legend>
            <div class="form-row">
                {c.select(&key("precision"), choices)}
                <div class="milestone-date">{c.text(&key("date"), TextKind::Date)}</div>
                <div class="milestone-time">
                    {c.text_hint(&key("time"), TextKind::Time, zone.to_owned())}
                </div>
                <div class="milestone-month">
                    {c.text_hint(&key("month"), TextKind::Month, word!(contest.manage.timetable.month_hint))}
                </div>
            </div>
            <div class="milestone-note">{c.text(&key("note"), TextKind::Text)}</div>
        </fieldset>
    }
    .into_any()
}
