//! Planned rounds with their rubrics. Whether a rubric adds up is a gap of the set-up, not a malformed field.

use contract::error::FieldProblem;
use rules::contest::RoundPlan;
use rules::judging::{Criterion, Rubric};

use super::{CODE, LINE, list};
use crate::input::Form;

/// Most rounds of a contest.
const ROUNDS: usize = 10;

/// Rounds made good. Their codes tell them apart, so a code is needed and stands once.
pub(super) fn checked(form: &mut Form, rounds: Vec<RoundPlan>) -> Vec<RoundPlan> {
    if rounds.len() > ROUNDS {
        form.refuse("rounds", FieldProblem::TooLong { max: ROUNDS as u32 });
        return Vec::new();
    }
    let rounds = list(form, "rounds", rounds, round);
    for (at, round) in rounds.iter().enumerate() {
        if rounds[..at]
            .iter()
            .any(|before| before.code == round.code && !round.code.is_empty())
        {
            form.refuse(&format!("rounds.{at}.code"), FieldProblem::Taken);
        }
    }
    rounds
}

fn round(form: &mut Form, at: &str, round: RoundPlan) -> RoundPlan {
    RoundPlan {
        code: form.line(&format!("{at}.code"), &round.code, CODE),
        name: form.optional_line(&format!("{at}.name"), &round.name, LINE),
        jury_source: form.optional_line(&format!("{at}.jury_source"), &round.jury_source, LINE),
        rubric: rubric(form, at, round.rubric),
        ..round
    }
}

fn rubric(form: &mut Form, at: &str, rubric: Rubric) -> Rubric {
    Rubric {
        id: form.optional_line(&format!("{at}.rubric"), &rubric.id, CODE),
        name: form.optional_line(&format!("{at}.rubric"), &rubric.name, LINE),
        criteria: list(form, &format!("{at}.criteria"), rubric.criteria, criterion),
        ..rubric
    }
}

fn criterion(form: &mut Form, at: &str, mut criterion: Criterion) -> Criterion {
    criterion.name = form.optional_line(&format!("{at}.name"), &criterion.name, LINE);
    criterion.hint = form.text(&format!("{at}.hint"), &criterion.hint, 2000);
    criterion.sub = list(form, &format!("{at}.sub"), criterion.sub, |form, at, mut sub| {
        sub.name = form.optional_line(&format!("{at}.name"), &sub.name, LINE);
        sub
    });
    criterion.bands = list(
        form,
        &format!("{at}.bands"),
        criterion.bands,
        |form, at, mut band| {
            band.label = form.optional_line(&format!("{at}.label"), &band.label, LINE);
            band
        },
    );
    criterion
}
