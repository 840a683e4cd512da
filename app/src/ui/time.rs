//! Instants and deadlines: the absolute time comes from the server, in the contest's zone; what is left is counted by
//! the browser once it has taken over.

use super::icon::{Icon, IconName};
use super::tone::Tone;
use crate::i18n::{Locale, locale, td_string, ui_locale};
use chrono::{Datelike, Timelike};
use leptos::prelude::*;
use rules::time::{Timestamp, Zone, format_datetime};
use std::time::Duration;

/// `13/10/2023 17:05`, machine-readable as well; `with_zone` adds "giờ Việt Nam (UTC+7)".
///
/// `<DateTime at=entry.submitted_at zone=contest.zone with_zone=true/>`
#[component]
pub fn DateTime(
    at: Timestamp,
    #[prop(optional)] zone: Zone,
    #[prop(optional)] with_zone: bool,
) -> impl IntoView {
    let text = format_datetime(at, &zone);
    let label = with_zone.then(|| zone.label(ui_locale()));
    view! {
        <span class="datetime">
            <time datetime=machine_time(at)>{text}</time>
            {label.map(|label| view! { <span class="datetime-zone">{label}</span> })}
        </span>
    }
    .into_any()
}

/// A deadline with its zone, and the time left.
///
/// `now` is the server's clock when it answered (from a serialised resource): with it the page says what is left
/// before any script runs, and the browser goes on counting from the server's clock, not from its own.
///
/// `<Deadline at=round.closes_at zone=contest.zone now=view.now label="…"/>`
#[component]
pub fn Deadline(
    at: Timestamp,
    #[prop(optional)] zone: Zone,
    #[prop(optional, into)] now: Option<Timestamp>,
    #[prop(optional, into)] label: Option<String>,
    /// A sentence more: what is still taken after it.
    #[prop(optional_no_strip)]
    note: Option<String>,
    /// Whole-width, for the top of a page.
    #[prop(optional)]
    banner: bool,
) -> impl IntoView {
    let words = locale();
    let left = RwSignal::new(now.map(|now| (at - now).num_seconds()));
    tick(at, now, left);
    let tone = move || left.get().map_or(Tone::Neutral, urgency).as_str();
    view! {
        <div class="deadline" class:deadline-banner=banner data-tone=tone>
            <Icon name=IconName::Clock/>
            <div class="deadline-text">
                {label.map(|label| view! { <span class="deadline-label">{label}</span> })}
                <DateTime at zone with_zone=true/>
                {note.map(|note| view! { <span class="deadline-note">{note}</span> })}
            </div>
            <span class="deadline-left num">{move || left.get().map(|left| remaining(left, words))}</span>
        </div>
    }
    .into_any()
}

/// Keeps `left` (seconds) current: every second in the last hour, else every half minute. Runs in the browser only.
fn tick(at: Timestamp, now: Option<Timestamp>, left: RwSignal<Option<i64>>) {
    Effect::new(move || {
        let start = browser_millis();
        let server = now.map_or(start, |now| now.timestamp_millis());
        let update = move || {
            let elapsed = browser_millis() - start;
            let seconds = (at.timestamp_millis() - server - elapsed).div_euclid(1000);
            // The page may be gone while the timer is still due.
            let shown = left.try_get_untracked().flatten();
            if shown.is_none_or(|shown| shown != seconds && (seconds < 3600 || shown - seconds >= 30)) {
                left.try_set(Some(seconds));
            }
        };
        update();
        if let Ok(timer) = set_interval_with_handle(update, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// The browser's clock. On the server, where no effect runs, zero.
fn browser_millis() -> i64 {
    #[cfg(feature = "hydrate")]
    {
        js_sys::Date::now() as i64
    }
    #[cfg(not(feature = "hydrate"))]
    {
        0
    }
}

/// Calm, then attention in the last two days, then alarm in the last two hours; neutral when over.
const fn urgency(left: i64) -> Tone {
    match left {
        ..=0 => Tone::Neutral,
        1..=7_200 => Tone::Danger,
        7_201..=172_800 => Tone::Warn,
        _ => Tone::Info,
    }
}

/// "còn 3 ngày 4 giờ", in the two largest units.
fn remaining(left: i64, locale: Locale) -> String {
    let (days, hours, minutes) = (left / 86_400, left / 3_600 % 24, left / 60 % 60);
    match left {
        ..=0 => td_string!(locale, common.time.over).to_owned(),
        1..=59 => td_string!(locale, common.time.seconds, seconds = left),
        60..=3_599 => td_string!(locale, common.time.minutes, minutes = minutes),
        3_600..=86_399 => td_string!(locale, common.time.hours, hours = hours, minutes = minutes),
        _ => td_string!(locale, common.time.days, days = days, hours = hours),
    }
}

/// `2023-10-13T10:05:09Z`, the form of `<time datetime>`.
fn machine_time(at: Timestamp) -> String {
    let (date, time) = (at.date_naive(), at.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_two_units() {
        let vi = |left| remaining(left, Locale::vi);
        assert_eq!(vi(3 * 86_400 + 4 * 3_600 + 59), "còn 3 ngày 4 giờ");
        assert_eq!(vi(3_600), "còn 1 giờ 0 phút");
        assert_eq!(vi(59), "còn 59 giây");
        assert_eq!(vi(0), "đã hết hạn");
        assert_eq!(remaining(61, Locale::en), "1 min left");
    }

    #[test]
    fn machine_time_is_utc() {
        let at = Timestamp::from_timestamp(1_697_191_509, 0).expect("a time in range");
        assert_eq!(machine_time(at), "2023-10-13T10:05:09Z");
    }

    #[test]
    fn urgency_grows_towards_the_end() {
        assert_eq!(
            [urgency(-5), urgency(60), urgency(86_400), urgency(864_000)],
            [Tone::Neutral, Tone::Danger, Tone::Warn, Tone::Info]
        );
    }
}
