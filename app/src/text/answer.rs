//! Answers to a contest's own questions, and what is wrong with its form, in words.

use super::word;
use crate::i18n::ui_locale;
use rules::entry::{AmendProblem, Answer, FormChange, FormProblem, FormRefusal};
use rules::time::format_date;

/// An answer on one line; long texts as typed.
pub fn answer_text(answer: &Answer) -> String {
    let locale = ui_locale();
    match answer {
        Answer::Text(text) | Answer::LongText(text) | Answer::Unread(text) => text.clone(),
        Answer::Number(number, unit) => format!("{} {unit}", number.format(locale)).trim_end().to_owned(),
        Answer::Choice(chosen) => {
            let labels: Vec<&str> = chosen.iter().map(|label| label.text(locale)).collect();
            labels.join("; ")
        }
        Answer::Date(date) => format_date(*date),
        Answer::YesNo(true) => word!(form.yes),
        Answer::YesNo(false) => word!(form.no),
    }
}

/// Why a field cannot be asked as it is written.
pub fn form_problem_text(problem: FormProblem) -> String {
    match problem {
        FormProblem::LabelMissing => word!(form.problem.label),
        FormProblem::AsksForIdCard => word!(form.problem.id_card),
        FormProblem::Code | FormProblem::CodeTwice => word!(form.problem.code),
        FormProblem::TooFewOptions => word!(form.problem.few_options),
        FormProblem::TooManyOptions { max } => word!(form.problem.many_options, max = max),
        FormProblem::Options => word!(form.problem.options),
        FormProblem::Range => word!(form.problem.range),
        FormProblem::Decimals => word!(form.problem.decimals),
        FormProblem::Length { most } => word!(form.problem.length, most = most),
        FormProblem::Category => word!(form.problem.category),
        FormProblem::Condition => word!(form.problem.condition),
        FormProblem::Ring => word!(form.problem.ring),
        FormProblem::TooManyFields { max } => word!(form.problem.many_fields, max = max),
    }
}

/// Why a change of an open contest's form is refused, naming the question.
pub fn form_refusal_text(refusal: &FormRefusal) -> String {
    let why = match refusal.problem {
        AmendProblem::Removed => word!(form.refusal.removed),
        AmendProblem::KindChanged => word!(form.refusal.kind),
        AmendProblem::MadeRequired => word!(form.refusal.required),
        AmendProblem::LimitTightened => word!(form.refusal.limit),
        AmendProblem::OptionRemoved => word!(form.refusal.option),
        AmendProblem::AskedOfOthers => word!(form.refusal.others),
        AmendProblem::ShownToJudges => word!(form.refusal.judges),
    };
    format!("“{}”: {why}", refusal.label.text(ui_locale()))
}

/// What changed in the form since a draft was filled in.
pub fn form_change_text(change: &FormChange) -> String {
    let locale = ui_locale();
    match change {
        FormChange::Added { label } => word!(form.change.added, label = label.text(locale).to_owned()),
        FormChange::Relabelled { from, to } => word!(
            form.change.relabelled,
            from = from.text(locale).to_owned(),
            to = to.text(locale).to_owned()
        ),
        FormChange::MadeOptional { label } => {
            word!(form.change.optional, label = label.text(locale).to_owned())
        }
        FormChange::Widened { label } => word!(form.change.widened, label = label.text(locale).to_owned()),
    }
}
