//! The milestones as a track, each as precise as the plan says.

use super::Part;
use crate::deadline::grace_rule;
use crate::i18n::{t_string, ui_locale, use_i18n};
use crate::text::milestone_name;
use crate::ui::{Timeline, TrackState, TrackStep};
use chrono::Datelike;
use leptos::prelude::*;
use rules::contest::{Milestone, Timetable};
use rules::time::{Timestamp, When, Zone};

/// The track; past steps are ticked, the next one is marked.
#[component]
pub fn TimetablePart(timetable: Timetable, now: Timestamp) -> impl IntoView {
    let i18n = use_i18n();
    let steps = track(&timetable, now);
    let grace = grace_rule(&timetable);
    (!steps.is_empty()).then(|| {
        view! {
            <Part id="timetable" title=t_string!(i18n, contest.page.timetable)>
                <Timeline steps label=t_string!(i18n, contest.page.timetable)/>
                {grace.map(|text| view! { <p class="small">{text}</p> })}
                <p class="muted small">
                    {t_string!(i18n, contest.page.zone, zone = timetable.zone.label(ui_locale()))}
                </p>
            </Part>
        }
        .into_any()
    })
}

fn track(timetable: &Timetable, now: Timestamp) -> Vec<TrackStep> {
    let zone = &timetable.zone;
    let mut milestones: Vec<&Milestone> = timetable.milestones.iter().collect();
    milestones.sort_by(|a, b| a.when.display_cmp(&b.when, zone).then(a.code.cmp(&b.code)));
    let next = milestones
        .iter()
        .position(|milestone| !is_past(&milestone.when, now, zone));
    milestones
        .iter()
        .enumerate()
        .map(|(index, milestone)| TrackStep {
            title: milestone_name(milestone.code),
            when: Some(milestone.when.format(ui_locale(), zone)),
            note: (!milestone.note.trim().is_empty()).then(|| milestone.note.clone()),
            state: match next {
                Some(next) if index == next => TrackState::Current,
                Some(next) if index > next => TrackState::Future,
                _ => TrackState::Past,
            },
        })
        .collect()
}

/// Whether the whole time meant is over. A month is over when the next one has begun: no day is invented.
fn is_past(when: &When, now: Timestamp, zone: &Zone) -> bool {
    match *when {
        When::Month { year, month } | When::MonthPart { year, month, .. } => {
            let today = zone.date(now);
            (year, month) < (today.year(), today.month())
        }
        _ => when.is_over(now, zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_past_only_when_the_next_has_begun() {
        let zone = Zone::default();
        let at = |text: &str| text.parse::<Timestamp>().expect("an RFC 3339 instant");
        let month = When::Month {
            year: 2023,
            month: 12,
        };
        assert!(!is_past(&month, at("2023-12-31T16:59:59Z"), &zone));
        assert!(is_past(&month, at("2023-12-31T17:00:00Z"), &zone));
    }
}
