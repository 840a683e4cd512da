//! Changing a form that authors are already filling in. Words may be mended and questions added, but nothing may be
//! taken away, asked of others, or made a reason to refuse an entry that was complete before.

use serde::{Deserialize, Serialize};

use super::{FieldKind, FormField, FormVersion, Quantity, Wording};

/// Why a change is refused once the contest is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmendProblem {
    Removed,
    /// Another kind, unit or number of decimals: an answer would mean something else.
    KindChanged,
    /// Made compulsory, or a new field that is.
    MadeRequired,
    /// A shorter text, a narrower range, several choices no longer allowed.
    LimitTightened,
    OptionRemoved,
    /// Category, maturity or condition: who is asked.
    AskedOfOthers,
    /// Authors answered it believing that judges would not see it.
    ShownToJudges,
}

/// A refused change and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRefusal {
    pub label: Wording,
    pub problem: AmendProblem,
}

/// What changed since a draft was filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum FormChange {
    Added {
        label: Wording,
    },
    Relabelled {
        from: Wording,
        to: Wording,
    },
    /// No longer compulsory.
    MadeOptional {
        label: Wording,
    },
    /// Longer texts, a wider range, more options, another word of help.
    Widened {
        label: Wording,
    },
}

impl FormVersion {
    /// Why the organiser may not put `new` in place of this form while entries are being written.
    pub fn refusals(&self, new: &FormVersion) -> Vec<FormRefusal> {
        let mut refusals = Vec::new();
        let mut refuse = |field: &FormField, problem| {
            refusals.push(FormRefusal {
                label: field.label.clone(),
                problem,
            })
        };
        for old in &self.fields {
            match new.field(&old.code) {
                None => refuse(old, AmendProblem::Removed),
                Some(field) => {
                    for problem in field_refusals(old, field) {
                        refuse(old, problem);
                    }
                }
            }
        }
        let added = new
            .fields
            .iter()
            .filter(|field| self.field(&field.code).is_none());
        for field in added.filter(|field| field.required) {
            refuse(field, AmendProblem::MadeRequired);
        }
        refusals
    }

    /// What an author who filled in this form finds changed in `new`, in the order of the new form.
    pub fn changes(&self, new: &FormVersion) -> Vec<FormChange> {
        let mut changes = Vec::new();
        for field in &new.fields {
            let Some(old) = self.field(&field.code) else {
                changes.push(FormChange::Added {
                    label: field.label.clone(),
                });
                continue;
            };
            if old.label != field.label {
                changes.push(FormChange::Relabelled {
                    from: old.label.clone(),
                    to: field.label.clone(),
                });
            }
            if old.required && !field.required {
                changes.push(FormChange::MadeOptional {
                    label: field.label.clone(),
                });
            }
            if old.kind != field.kind || old.help != field.help {
                changes.push(FormChange::Widened {
                    label: field.label.clone(),
                });
            }
        }
        changes
    }
}

fn field_refusals(old: &FormField, new: &FormField) -> Vec<AmendProblem> {
    let who = |field: &FormField| {
        (
            field.categories.clone(),
            field.maturities.clone(),
            field.when.clone(),
        )
    };
    let checks = [
        (new.required && !old.required, AmendProblem::MadeRequired),
        (who(old) != who(new), AmendProblem::AskedOfOthers),
        (
            old.hidden_from_judges && !new.hidden_from_judges,
            AmendProblem::ShownToJudges,
        ),
    ];
    let found = checks
        .into_iter()
        .filter(|(refused, _)| *refused)
        .map(|(_, problem)| problem);
    kind_refusal(&old.kind, &new.kind)
        .into_iter()
        .chain(found)
        .collect()
}

fn kind_refusal(old: &FieldKind, new: &FieldKind) -> Option<AmendProblem> {
    use FieldKind::{Choice, Date, LongText, Number, Text, YesNo};
    let tightened = match (old, new) {
        (Text { max: old }, Text { max: new }) | (LongText { max: old }, LongText { max: new }) => new < old,
        (
            Number {
                min,
                max,
                decimals,
                unit,
            },
            Number {
                min: new_min,
                max: new_max,
                decimals: new_decimals,
                unit: new_unit,
            },
        ) => {
            if unit != new_unit {
                return Some(AmendProblem::KindChanged);
            }
            new_decimals < decimals
                || narrower(*min, *new_min, |old, new| new > old)
                || narrower(*max, *new_max, |old, new| new < old)
        }
        (
            Choice { options, multiple },
            Choice {
                options: new_options,
                multiple: new_multiple,
            },
        ) => {
            let kept = |code: &str| new_options.iter().any(|option| option.code == code);
            if !options.iter().all(|option| kept(&option.code)) {
                return Some(AmendProblem::OptionRemoved);
            }
            *multiple && !new_multiple
        }
        (Date, Date) | (YesNo, YesNo) => false,
        _ => return Some(AmendProblem::KindChanged),
    };
    tightened.then_some(AmendProblem::LimitTightened)
}

/// Whether a limit came or moved inwards.
fn narrower(
    old: Option<Quantity>,
    new: Option<Quantity>,
    inwards: impl Fn(Quantity, Quantity) -> bool,
) -> bool {
    match (old, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => inwards(old, new),
    }
}
