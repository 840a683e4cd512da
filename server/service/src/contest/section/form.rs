//! The entry form as the organiser typed it. What is merely unfinished stays in the draft; the rules name it before the
//! contest opens.

use contract::error::{FieldError, FieldProblem};
use rules::entry::{
    FIELDS_MAX, FieldCondition, FieldKind, FieldOption, FormField, FormIssue, FormProblem, LINE_MAX,
    LONG_MAX, OPTIONS_MAX, Wording,
};

use crate::input::Form;

/// Longest label of a field or option.
const LABEL: u32 = 300;
/// Longest word of help.
const HELP: u32 = 1000;
/// Longest code.
const CODE: u32 = 40;
/// Longest unit of measure.
const UNIT: u32 = 40;

/// The fields made good.
pub(super) fn checked(form: &mut Form, fields: Vec<FormField>) -> Vec<FormField> {
    if fields.len() > FIELDS_MAX {
        form.refuse(
            "fields",
            FieldProblem::TooLong {
                max: FIELDS_MAX as u32,
            },
        );
        return Vec::new();
    }
    fields
        .into_iter()
        .enumerate()
        .map(|(at, new)| field(form, &format!("fields.{at}"), new))
        .collect()
}

/// What the rules find wrong with a form, beside its fields.
pub(in crate::contest) fn refused(issues: &[FormIssue]) -> Vec<FieldError> {
    let line = |issue: &FormIssue| {
        let problem = match issue.problem {
            FormProblem::LabelMissing => FieldProblem::Missing,
            FormProblem::CodeTwice => FieldProblem::Taken,
            _ => FieldProblem::Malformed,
        };
        FieldError::new(
            format!("fields.{}.{}", issue.field, issue.problem.part()),
            problem,
        )
    };
    issues.iter().map(line).collect()
}

fn field(form: &mut Form, at: &str, field: FormField) -> FormField {
    if field.categories.len() > 100 {
        form.refuse(&format!("{at}.in"), FieldProblem::Malformed);
    }
    FormField {
        code: form.optional_line(&format!("{at}.code"), &field.code, CODE),
        label: wording(form, at, "label", field.label, LABEL),
        help: wording(form, at, "help", field.help, HELP),
        kind: kind(form, at, field.kind),
        required: field.required,
        categories: field
            .categories
            .iter()
            .map(|code| form.optional_line(&format!("{at}.in"), code, CODE))
            .collect(),
        maturities: field.maturities,
        when: field.when.map(|when| FieldCondition {
            field: form.optional_line(&format!("{at}.when"), &when.field, CODE),
            value: when
                .value
                .map(|value| form.optional_line(&format!("{at}.when"), &value, CODE)),
        }),
        hidden_from_judges: field.hidden_from_judges,
    }
}

fn wording(form: &mut Form, at: &str, name: &str, typed: Wording, max: u32) -> Wording {
    Wording {
        vi: form.optional_line(&format!("{at}.{name}"), &typed.vi, max),
        en: form.optional_line(&format!("{at}.{name}_en"), &typed.en, max),
    }
}

fn kind(form: &mut Form, at: &str, kind: FieldKind) -> FieldKind {
    let mut length = |max: u32, most: u32| {
        if max > most {
            form.refuse(&format!("{at}.length"), FieldProblem::TooLong { max: most });
        }
    };
    match kind {
        FieldKind::Text { max } => {
            length(max, LINE_MAX);
            FieldKind::Text { max }
        }
        FieldKind::LongText { max } => {
            length(max, LONG_MAX);
            FieldKind::LongText { max }
        }
        FieldKind::Number {
            min,
            max,
            decimals,
            unit,
        } => FieldKind::Number {
            min,
            max,
            decimals,
            unit: form.optional_line(&format!("{at}.unit"), &unit, UNIT),
        },
        FieldKind::Choice { options, multiple } => {
            let name = format!("{at}.options");
            if options.len() > OPTIONS_MAX {
                form.refuse(
                    &name,
                    FieldProblem::TooLong {
                        max: OPTIONS_MAX as u32,
                    },
                );
            }
            let options = options.into_iter().take(OPTIONS_MAX);
            let option = |option: FieldOption| FieldOption {
                code: form.optional_line(&name, &option.code, CODE),
                label: Wording {
                    vi: form.optional_line(&name, &option.label.vi, LABEL),
                    en: form.optional_line(&name, &option.label.en, LABEL),
                },
            };
            FieldKind::Choice {
                options: options.map(option).collect(),
                multiple,
            }
        }
        FieldKind::Date => FieldKind::Date,
        FieldKind::YesNo => FieldKind::YesNo,
    }
}
