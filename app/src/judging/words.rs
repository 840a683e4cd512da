//! Words of judging: states as badges, figures as people write them, problems of a scorecard as sentences.

use contract::judging::OwnCardState;
use leptos::prelude::*;
use rules::judging::{Criterion, CriterionCode, RoundState, Rubric};
use rules::points::{Fraction, Points, PointsProblem};
use rules::text::format_decimal;
use rules::time::{Timestamp, Zone, format_time};

use crate::i18n::{t_string, ui_locale, use_i18n};
pub use crate::text::points_text as points;
use crate::text::{round_state_name, round_tone, word};
use crate::ui::{Badge, IconName, Tone};

/// Points of a table: always two decimals, so that columns line up.
pub fn points_full(points: Points) -> String {
    points.format(ui_locale(), 2)
}

/// An exact fraction as a decimal with `digits` decimals, rounded half-up.
pub fn decimal(value: Fraction, digits: u32) -> String {
    let text = value.to_decimals(digits);
    format_decimal(&text, ui_locale()).unwrap_or(text)
}

/// `14:05` on the contest's wall clock.
pub fn clock(at: Timestamp, zone: &Zone) -> String {
    format_time(zone.local(at).time())
}

/// The state of an own scorecard.
#[component]
pub fn CardBadge(state: OwnCardState) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, icon, text) = match state {
        OwnCardState::Empty => (
            Tone::Neutral,
            IconName::Circle,
            t_string!(i18n, judging.card.empty),
        ),
        OwnCardState::Draft => (Tone::Info, IconName::Edit, t_string!(i18n, judging.card.draft)),
        OwnCardState::Submitted => (Tone::Ok, IconName::Check, t_string!(i18n, judging.card.submitted)),
        OwnCardState::Recused => (
            Tone::Neutral,
            IconName::Minus,
            t_string!(i18n, judging.card.recused),
        ),
        OwnCardState::Reopened => (
            Tone::Warn,
            IconName::Refresh,
            t_string!(i18n, judging.card.reopened),
        ),
    };
    view! { <Badge tone icon>{text}</Badge> }.into_any()
}

/// The state of a round.
#[component]
pub fn RoundBadge(state: RoundState) -> impl IntoView {
    let icon = match state {
        RoundState::Planned => IconName::Calendar,
        RoundState::Open => IconName::Unlock,
        RoundState::Scoring => IconName::Edit,
        RoundState::Deliberation => IconName::Users,
        RoundState::Locked => IconName::Lock,
    };
    view! { <Badge tone=round_tone(state) icon>{round_state_name(state)}</Badge> }.into_any()
}

/// Whether the judge still owes this scorecard.
pub fn is_due(state: OwnCardState) -> bool {
    !matches!(state, OwnCardState::Submitted | OwnCardState::Recused)
}

/// Why what was typed is no figure.
pub fn typed_problem_text(criterion: &CriterionCode, problem: PointsProblem) -> String {
    let criterion = criterion.to_string();
    match problem {
        PointsProblem::Empty => word!(common.error.score.missing, criterion = criterion),
        PointsProblem::NotANumber => word!(judging.problem.not_a_number, criterion = criterion),
        PointsProblem::TooManyDecimals | PointsProblem::Grouped => {
            word!(judging.problem.too_many_decimals, criterion = criterion)
        }
        PointsProblem::TooLarge => word!(judging.problem.too_large, criterion = criterion),
    }
}

/// The comment rule of a rubric in one sentence, where it has one.
pub fn comment_rule_text(rubric: &Rubric) -> Option<String> {
    let rule = &rubric.comment_rule;
    match (rule.below_total, rule.any_zero) {
        (Some(limit), true) => Some(word!(judging.sheet.comment_rule_both, limit = points(limit))),
        (Some(limit), false) => Some(word!(judging.sheet.comment_rule_below, limit = points(limit))),
        (None, true) => Some(word!(judging.sheet.comment_rule_zero)),
        (None, false) => None,
    }
}

/// `TC3 Hiệu quả`; the bare code where the rubric does not know it.
pub fn named(code: &CriterionCode, rubric: &Rubric) -> String {
    let parts = |criterion: &Criterion| {
        let own = (&criterion.code == code).then(|| criterion.name.clone());
        own.or_else(|| {
            criterion
                .sub
                .iter()
                .find(|part| &part.code == code)
                .map(|part| part.name.clone())
        })
    };
    rubric
        .criteria
        .iter()
        .find_map(parts)
        .map_or_else(|| code.to_string(), |name| format!("{code} {name}"))
}
