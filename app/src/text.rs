//! Typed values as words a person reads, in the language of the page.
//!
//! Every match is exhaustive: a new error, violation or state without a translation does not compile. All functions
//! look the language up in the context, so call them while rendering or inside a reactive closure, not in a task that
//! outlives the page.

mod answer;
mod error;
mod error_view;
mod form_errors;
mod gap;
mod name;
mod tone;
mod violation;

pub use answer::{answer_text, form_change_text, form_problem_text, form_refusal_text};
pub use error::{denied_text, error_text, field_message, problem_text, request_text};
pub use error_view::ErrorView;
pub use form_errors::{FormErrors, form_errors};
pub use gap::{
    entry_field_name, entry_gap_text, entry_problem_text, exclusion_text, invitation_problem_text,
    note_field_name, password_problem_text, score_problem_text, setup_field_name, setup_gap_text,
    setup_problem_text,
};
pub use name::{
    attachment_kind_name, author_type_name, card_state_name, cell_state_name, event_name, maturity_name,
    milestone_name, phase_name, preset_name, role_name, round_state_name, scope_name, section_name,
    state_name, statement_section_name, step_name, wizard_step_name,
};
pub use tone::{phase_tone, round_tone, state_tone};
pub use violation::violation_text;

use crate::i18n::ui_locale;
use rules::points::Points;
use rules::text::{format_decimal, format_integer};
use rules::time::{Timestamp, Zone, format_datetime};

/// The text of a key as an owned string, with or without arguments: `word!(common.error.rule.reason)`.
macro_rules! word {
    ($($key:tt)*) => {
        String::from(crate::i18n::td_string!(crate::i18n::locale(), $($key)*))
    };
}
pub(crate) use word;

/// Points as a person reads them: `7,5` or `7.5`.
pub fn points_text(points: Points) -> String {
    points.format(ui_locale(), 0)
}

/// A whole number with the language's group marks: `3.326.674`.
pub fn count_text(count: impl Into<i64>) -> String {
    format_integer(count.into(), ui_locale())
}

/// `13/10/2023 17:05, giờ Việt Nam (UTC+7)`.
pub fn moment_text(at: Timestamp, zone: &Zone) -> String {
    format!("{}, {}", format_datetime(at, zone), zone.label(ui_locale()))
}

/// A size in bytes as a person reads it, one decimal from a megabyte on: `600 KB`, `1,5 MB`.
pub fn bytes_text(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["KB", "MB", "GB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    // Tenths of the unit, rounded down: a limit is never shown larger than it is.
    let mut tenths = u128::from(bytes) * 10 / 1024;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    let number = if tenths % 10 == 0 || unit == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let number = format_decimal(&number, ui_locale()).unwrap_or(number);
    format!("{number} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, provide_locale};
    use contract::Error;
    use contract::error::FieldProblem;
    use leptos::prelude::Owner;
    use rules::Violation;
    use rules::contest::MilestoneCode;

    /// Runs `read` on a page in that language.
    fn on_page<T>(locale: Locale, read: impl FnOnce() -> T) -> T {
        // The second test to come finds the executor set already.
        let _ = any_spawner::Executor::init_tokio();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let _inside = runtime.enter();
        Owner::new().with(|| {
            provide_locale(locale);
            read()
        })
    }

    #[test]
    fn a_late_submit_names_deadline_zone_and_receipt() {
        let instant = |text: &str| text.parse::<Timestamp>().expect("an RFC 3339 instant");
        let error = Error::Rule(Violation::DeadlinePassed {
            milestone: MilestoneCode::SubmissionDeadline,
            deadline: instant("2025-09-30T10:00:00Z"),
            grace_until: None,
            zone: Zone::default(),
            now: instant("2025-09-30T10:02:11Z"),
        });
        assert_eq!(
            on_page(Locale::vi, || error_text(&error)),
            "Đã quá hạn “Hạn tác giả nộp bài”: 30/09/2025 17:00, giờ Việt Nam (UTC+7). \
             Máy chủ nhận lúc 30/09/2025 17:02, giờ Việt Nam (UTC+7)."
        );
        assert!(
            on_page(Locale::en, || error_text(&error)).contains("30/09/2025 17:00, Vietnam time (UTC+7)")
        );
    }

    #[test]
    fn a_field_gets_its_own_message_and_no_other() {
        let error = Error::field("login", FieldProblem::WrongCredentials);
        on_page(Locale::vi, || {
            assert_eq!(
                field_message(&error, "login").as_deref(),
                Some("Tên đăng nhập hoặc mật khẩu không đúng.")
            );
            assert_eq!(field_message(&error, "password"), None);
        });
    }

    #[test]
    fn sizes_never_read_larger_than_they_are() {
        let sizes = [999, 1_536, 104_857_600, 1_610_612_736];
        assert_eq!(
            on_page(Locale::vi, || sizes.map(bytes_text)),
            ["999 B", "1 KB", "100 MB", "1,5 GB"]
        );
        assert_eq!(on_page(Locale::en, || bytes_text(1_610_612_736)), "1.5 GB");
    }
}
