//! The sections of the set-up as forms: written into [`Fields`], and read back into the content of the contract.

mod eligibility;
pub(super) mod form;
mod lists;
mod plan;
mod rounds;
mod timetable;

pub use rounds::use_preset;
pub use timetable::milestone_value;

use contract::Error;
use contract::contest::SectionContent;
use contract::error::FieldProblem;
use rules::contest::{ContestSetup, SetupSection};
use rules::text::Locale;

use super::fields::{Fields, Reader, Row};

/// The fields of a section as stored, numbers written for `locale`.
pub fn write(section: SetupSection, setup: &ContestSetup, locale: Locale) -> Fields {
    let mut fields = Fields::default();
    match section {
        SetupSection::Plan => plan::write(&setup.plan, &mut fields),
        SetupSection::Categories => lists::write_categories(&setup.categories, &mut fields),
        SetupSection::Timetable => timetable::write(&setup.timetable, &mut fields),
        SetupSection::Eligibility => eligibility::write(&setup.eligibility, &setup.declaration, &mut fields),
        SetupSection::Form => form::write(&setup.form, &setup.categories, locale, &mut fields),
        SetupSection::Rounds => rounds::write(&setup.rounds, locale, &mut fields),
        SetupSection::Prizes => lists::write_prizes(&setup.prizes, setup.publish_scores, locale, &mut fields),
        SetupSection::Juries | SetupSection::Open => {}
    }
    fields
}

/// The content typed. What a form does not show (the zone, parts of criteria) stays as in `stored`.
///
/// # Errors
/// `Invalid` with every field that cannot be read, or for a section without a form.
pub fn read(section: SetupSection, fields: &Fields, stored: &ContestSetup) -> Result<SectionContent, Error> {
    let mut reader = Reader::new(fields);
    let r = &mut reader;
    let content = match section {
        SetupSection::Plan => SectionContent::Plan { plan: plan::read(r) },
        SetupSection::Categories => SectionContent::Categories {
            categories: lists::read_categories(r),
        },
        SetupSection::Timetable => SectionContent::Timetable {
            timetable: timetable::read(r, &stored.timetable),
        },
        SetupSection::Eligibility => SectionContent::Eligibility {
            eligibility: eligibility::read(r),
            declaration: eligibility::read_declaration(r, &stored.declaration),
        },
        SetupSection::Form => SectionContent::Form {
            fields: form::read(r, &stored.form, &stored.categories),
        },
        SetupSection::Rounds => SectionContent::Rounds {
            rounds: rounds::read(r, &stored.rounds),
        },
        SetupSection::Prizes => SectionContent::Prizes {
            prizes: lists::read_prizes(r),
            publish_scores: fields.is_on("publish_scores"),
        },
        SetupSection::Juries | SetupSection::Open => {
            return Err(Error::field("section", FieldProblem::Malformed));
        }
    };
    reader.finish(content)
}

/// Removes rows nobody filled in, where a list may have such rows.
pub fn tidy(fields: &mut Fields) {
    for list in ["legal_bases", "hotlines"] {
        fields.drop_empty_rows(list);
    }
}

/// A new row for a list of `taken` rows, with a code where the list needs one; `None` for an unknown list.
pub fn new_row(list: &str, taken: usize) -> Option<Row> {
    let number = taken + 1;
    let row = |pairs: &[(&str, String)]| {
        pairs
            .iter()
            .map(|(rest, value)| ((*rest).to_owned(), value.clone()))
            .collect()
    };
    match list.rsplit('.').next().unwrap_or(list) {
        "legal_bases" | "tie" => Some(row(&[("", String::new())])),
        "hotlines" => Some(row(&[
            (".role", String::new()),
            (".name", String::new()),
            (".phone", String::new()),
        ])),
        "categories" => Some(row(&[(".code", format!("C{number}")), (".name", String::new())])),
        "criteria" => Some(row(&[
            (".code", format!("TC{number}")),
            (".name", String::new()),
            (".max", "0".to_owned()),
        ])),
        "prizes" => Some(row(&[
            (".code", format!("G{number}")),
            (".name", String::new()),
            (".count", "1".to_owned()),
        ])),
        "fields" => Some(form::new_field()),
        "rounds" => Some(rounds::new_round(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manage::intent::Intent;
    use rules::contest::{Milestone, MilestoneCode, Preset, preset};
    use rules::entry::{FieldCondition, FieldKind, FieldOption, FormField, Maturity, Quantity, Wording};
    use rules::time::{MonthPart, When};

    /// A set-up with every kind of value a form carries.
    fn setup() -> ContestSetup {
        let mut setup = preset(Preset::District);
        let whens = [
            When::Day("2023-08-01".parse().expect("a day")),
            When::Instant("2023-09-30T10:00:00Z".parse().expect("an instant")),
            When::EndOfDay("2023-10-13".parse().expect("a day")),
            When::MonthPart {
                year: 2023,
                month: 11,
                part: MonthPart::Late,
            },
            When::Month {
                year: 2023,
                month: 12,
            },
        ];
        setup.timetable.milestones = MilestoneCode::ALL
            .into_iter()
            .zip(whens)
            .map(|(code, when)| Milestone {
                code,
                when,
                note: format!("{code:?}"),
            })
            .collect();
        setup.plan.document.issued_on = "2023-03-16".parse().ok();
        setup.plan.legal_bases = vec![rules::contest::LegalBasis {
            text: "Luật".into()
        }];
        setup.plan.hotlines = vec![rules::contest::Hotline {
            role: "r".into(),
            name: "n".into(),
            phone: "p".into(),
        }];
        setup.prizes[0].amount = Some(7_000_000);
        setup.eligibility.conflict_level = Some(1);
        setup.publish_scores = true;
        setup.timetable.grace = rules::contest::Grace {
            minutes: 15,
            forwarding: true,
        };
        setup.form.fields = every_kind();
        setup
    }

    /// A field of each kind, with everything a field can have.
    fn every_kind() -> Vec<FormField> {
        let options = ["Một", "Hai"].map(|label| FieldOption {
            code: label.to_lowercase().replace(|c: char| !c.is_ascii(), ""),
            label: Wording {
                vi: label.into(),
                en: "One".into(),
            },
        });
        let choice = |multiple| FieldKind::Choice {
            options: options.to_vec(),
            multiple,
        };
        let number = FieldKind::Number {
            min: Some(Quantity(-150)),
            max: Some(Quantity::whole(1_500)),
            decimals: 2,
            unit: "triệu đồng".into(),
        };
        let kinds = [
            FieldKind::Text { max: 80 },
            FieldKind::LongText { max: 3000 },
            number,
            choice(false),
            choice(true),
            FieldKind::Date,
            FieldKind::YesNo,
        ];
        let field = |(index, kind)| FormField {
            code: format!("f{index}"),
            label: Wording {
                vi: format!("Câu {index}"),
                en: "Question".into(),
            },
            help: Wording::vi("Ghi rõ"),
            kind,
            required: index % 2 == 0,
            categories: vec!["C1".into(), "C3".into()],
            maturities: vec![Maturity::Piloted, Maturity::Applied],
            when: (index > 0).then(|| FieldCondition {
                field: "f0".into(),
                value: (index > 1).then(|| "yes".to_owned()),
            }),
            hidden_from_judges: index % 2 == 1,
        };
        kinds.into_iter().enumerate().map(field).collect()
    }

    fn content_of(section: SetupSection, setup: &ContestSetup) -> SectionContent {
        match section {
            SetupSection::Plan => SectionContent::Plan {
                plan: setup.plan.clone(),
            },
            SetupSection::Categories => SectionContent::Categories {
                categories: setup.categories.clone(),
            },
            SetupSection::Timetable => SectionContent::Timetable {
                timetable: setup.timetable.clone(),
            },
            SetupSection::Eligibility => SectionContent::Eligibility {
                eligibility: setup.eligibility.clone(),
                declaration: setup.declaration.clone(),
            },
            SetupSection::Form => SectionContent::Form {
                fields: setup.form.fields.clone(),
            },
            SetupSection::Rounds => SectionContent::Rounds {
                rounds: setup.rounds.clone(),
            },
            _ => SectionContent::Prizes {
                prizes: setup.prizes.clone(),
                publish_scores: setup.publish_scores,
            },
        }
    }

    #[test]
    fn every_section_survives_its_form_in_both_languages() {
        let setup = setup();
        let with_form = SetupSection::ALL
            .into_iter()
            .filter(|s| !matches!(s, SetupSection::Juries | SetupSection::Open));
        for section in with_form {
            for locale in [Locale::Vi, Locale::En] {
                let fields = write(section, &setup, locale);
                assert_eq!(
                    read(section, &fields, &setup),
                    Ok(content_of(section, &setup)),
                    "{section:?}"
                );
            }
        }
    }

    #[test]
    fn sections_without_a_form_are_refused() {
        let fields = Fields::default();
        assert!(read(SetupSection::Open, &fields, &setup()).is_err());
        assert!(read(SetupSection::Juries, &fields, &setup()).is_err());
    }

    #[test]
    fn an_added_row_can_be_saved_at_once() {
        for (section, list) in [
            (SetupSection::Plan, "legal_bases"),
            (SetupSection::Plan, "hotlines"),
            (SetupSection::Categories, "categories"),
            (SetupSection::Form, "fields"),
            (SetupSection::Rounds, "rounds"),
            (SetupSection::Rounds, "rounds.1.criteria"),
            (SetupSection::Rounds, "rounds.0.tie"),
            (SetupSection::Prizes, "prizes"),
        ] {
            let mut fields = write(section, &setup(), Locale::Vi);
            let before = fields.rows(list).len();
            Intent::Add(list.to_owned()).apply(&mut fields);
            assert_eq!(fields.rows(list).len(), before + 1, "{list}");
            assert!(read(section, &fields, &setup()).is_ok(), "{list}");
        }
    }
}
