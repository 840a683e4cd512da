//! The entry form as rows of fields: every kind's particulars stand in the row, and only those of the chosen kind are
//! read.

use contract::FieldProblem;
use rules::contest::Category;
use rules::entry::{
    FieldCondition, FieldKind, FieldOption, FormField, FormVersion, LINE_MAX, LONG_MAX, Maturity, Quantity,
    Wording,
};
use rules::text::Locale;

use crate::entry::{maturity_of, maturity_value};
use crate::manage::fields::{Fields, Reader, Row};

/// The list's name.
pub(in crate::manage) const LIST: &str = "fields";

/// Every maturity, as the boxes stand.
pub(in crate::manage) const MATURITIES: [Maturity; 3] =
    [Maturity::Proposed, Maturity::Piloted, Maturity::Applied];

pub(super) fn write(form: &FormVersion, categories: &[Category], locale: Locale, fields: &mut Fields) {
    for (at, field) in form.fields.iter().enumerate() {
        let key = |part: &str| format!("{LIST}.{at}.{part}");
        fields.set(key("code"), field.code.as_str());
        fields.set(key("label"), field.label.vi.as_str());
        fields.set(key("label_en"), field.label.en.as_str());
        fields.set(key("help"), field.help.vi.as_str());
        fields.set(key("help_en"), field.help.en.as_str());
        fields.tick(key("required"), field.required);
        fields.tick(key("hidden_from_judges"), field.hidden_from_judges);
        for (index, category) in categories.iter().enumerate() {
            fields.tick(
                key(&format!("in.{index}")),
                field.categories.contains(&category.code),
            );
        }
        for maturity in MATURITIES {
            let name = key(&format!("at.{}", maturity_value(maturity)));
            fields.tick(name, field.maturities.contains(&maturity));
        }
        let when = field.when.as_ref().map(condition_value);
        fields.set(key("when"), when.unwrap_or_default());
        write_kind(&field.kind, &key, locale, fields);
    }
}

fn write_kind(kind: &FieldKind, key: &impl Fn(&str) -> String, locale: Locale, fields: &mut Fields) {
    fields.set(key("kind"), kind_value(kind));
    match kind {
        FieldKind::Text { max } | FieldKind::LongText { max } => fields.set(key("length"), max.to_string()),
        FieldKind::Number {
            min,
            max,
            decimals,
            unit,
        } => {
            let text = |limit: &Option<Quantity>| limit.map(|limit| limit.format(locale)).unwrap_or_default();
            fields.set(key("min_value"), text(min));
            fields.set(key("max_value"), text(max));
            fields.set(key("decimals"), decimals.to_string());
            fields.set(key("unit"), unit.as_str());
        }
        FieldKind::Choice { options, .. } => {
            let lines: Vec<String> = options.iter().map(|option| option_line(&option.label)).collect();
            fields.set(key("options"), lines.join("\n"));
        }
        FieldKind::Date | FieldKind::YesNo => {}
    }
}

/// A kind as its select sends it.
pub(in crate::manage) fn kind_value(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "text",
        FieldKind::LongText { .. } => "long_text",
        FieldKind::Number { .. } => "number",
        FieldKind::Choice { multiple: false, .. } => "choice",
        FieldKind::Choice { multiple: true, .. } => "choices",
        FieldKind::Date => "date",
        FieldKind::YesNo => "yes_no",
    }
}

/// A condition as its select sends it: `code=value`, or `code=*` for any answer.
pub(in crate::manage) fn condition_value(condition: &FieldCondition) -> String {
    format!(
        "{}={}",
        condition.field,
        condition.value.as_deref().unwrap_or("*")
    )
}

fn option_line(label: &Wording) -> String {
    if label.en.is_empty() {
        label.vi.clone()
    } else {
        format!("{} | {}", label.vi, label.en)
    }
}

/// A field nobody has written yet.
pub(super) fn new_field() -> Row {
    [(".code", ""), (".label", ""), (".kind", "text")]
        .into_iter()
        .map(|(part, value)| (part.to_owned(), value.to_owned()))
        .collect()
}

pub(super) fn read(r: &mut Reader<'_>, stored: &FormVersion, categories: &[Category]) -> Vec<FormField> {
    let rows = r.fields().rows(LIST);
    let mut taken: Vec<String> = rows
        .iter()
        .map(|at| r.text(&format!("{LIST}.{at}.code")))
        .filter(|code| !code.is_empty())
        .collect();
    rows.into_iter()
        .map(|at| {
            let mut code = r.text(&format!("{LIST}.{at}.code"));
            if code.is_empty() {
                code = FormVersion::free_code(taken.iter().map(String::as_str));
                taken.push(code.clone());
            }
            read_field(r, at, code, stored, categories)
        })
        .collect()
}

fn read_field(
    r: &mut Reader<'_>,
    at: usize,
    code: String,
    stored: &FormVersion,
    categories: &[Category],
) -> FormField {
    let key = |part: &str| format!("{LIST}.{at}.{part}");
    let ticked = |r: &Reader<'_>, part: String| r.fields().is_on(&key(&part));
    let in_categories = categories
        .iter()
        .enumerate()
        .filter(|(index, _)| ticked(r, format!("in.{index}")))
        .map(|(_, category)| category.code.clone())
        .collect();
    let maturities = MATURITIES
        .into_iter()
        .filter(|maturity| ticked(r, format!("at.{}", maturity_value(*maturity))))
        .filter_map(|maturity| maturity_of(maturity_value(maturity)))
        .collect();
    let when = r.fields().get(&key("when"));
    let when = when.split_once('=').map(|(field, value)| FieldCondition {
        field: field.to_owned(),
        value: Some(value.to_owned()).filter(|value| value != "*"),
    });
    let options = match stored.field(&code).map(|field| &field.kind) {
        Some(FieldKind::Choice { options, .. }) => options.as_slice(),
        _ => &[],
    };
    FormField {
        label: Wording {
            vi: r.text(&key("label")),
            en: r.text(&key("label_en")),
        },
        help: Wording {
            vi: r.text(&key("help")),
            en: r.text(&key("help_en")),
        },
        kind: read_kind(r, &key, options),
        required: r.fields().is_on(&key("required")),
        categories: in_categories,
        maturities,
        when,
        hidden_from_judges: r.fields().is_on(&key("hidden_from_judges")),
        code,
    }
}

fn read_kind(r: &mut Reader<'_>, key: &impl Fn(&str) -> String, stored: &[FieldOption]) -> FieldKind {
    match r.fields().get(&key("kind")) {
        "long_text" => FieldKind::LongText {
            max: length(r, &key("length"), LONG_MAX),
        },
        "number" => FieldKind::Number {
            min: limit(r, &key("min_value")),
            max: limit(r, &key("max_value")),
            decimals: match r.fields().get(&key("decimals")) {
                "1" => 1,
                "2" => 2,
                _ => 0,
            },
            unit: r.text(&key("unit")),
        },
        kind @ ("choice" | "choices") => FieldKind::Choice {
            multiple: kind == "choices",
            options: read_options(r.fields().get(&key("options")), stored),
        },
        "date" => FieldKind::Date,
        "yes_no" => FieldKind::YesNo,
        _ => FieldKind::Text {
            max: length(r, &key("length"), LINE_MAX),
        },
    }
}

/// Most characters of an answer; as many as there may be where nothing is typed.
fn length(r: &mut Reader<'_>, key: &str, most: u32) -> u32 {
    match r.whole(key) {
        0 => most,
        max => max,
    }
}

fn limit(r: &mut Reader<'_>, key: &str) -> Option<Quantity> {
    let typed = r.fields().get(key).trim();
    if typed.is_empty() {
        return None;
    }
    let limit = Quantity::parse(typed).ok();
    if limit.is_none() {
        r.refuse(key, FieldProblem::NotANumber);
    }
    limit
}

/// Options, one a line. A line that is unchanged keeps its code wherever it moves; a changed line in the place of an
/// option that is gone is that option under a mended label.
fn read_options(typed: &str, stored: &[FieldOption]) -> Vec<FieldOption> {
    let labels: Vec<Wording> = typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| match line.split_once('|') {
            Some((vi, en)) => Wording {
                vi: vi.trim().to_owned(),
                en: en.trim().to_owned(),
            },
            None => Wording::vi(line),
        })
        .collect();
    let same = |label: &Wording| stored.iter().find(|option| option.label.vi == label.vi);
    let gone = |index: usize| {
        let option = stored.get(index)?;
        let there = labels.iter().any(|label| label.vi == option.label.vi);
        (!there).then_some(option)
    };
    let mut taken: Vec<String> = stored.iter().map(|option| option.code.clone()).collect();
    let mut code_of = |index: usize, label: &Wording| {
        if let Some(option) = same(label).or_else(|| gone(index)) {
            return option.code.clone();
        }
        let code = FormVersion::free_code(taken.iter().map(String::as_str));
        taken.push(code.clone());
        code
    };
    labels
        .iter()
        .enumerate()
        .map(|(index, label)| FieldOption {
            code: code_of(index, label),
            label: label.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(code: &str, label: &str) -> FieldOption {
        FieldOption {
            code: code.to_owned(),
            label: Wording::vi(label),
        }
    }

    #[test]
    fn options_keep_their_codes_when_moved_or_mended() {
        let stored = [option("f1", "Ngân sách"), option("f2", "Xã hội hoá")];
        assert_eq!(
            read_options("Xã hội hoá\nNgân sách\nKhác", &stored),
            [
                option("f2", "Xã hội hoá"),
                option("f1", "Ngân sách"),
                option("f3", "Khác")
            ]
        );
        assert_eq!(
            read_options("Ngân sách\nXã hội hóa", &stored),
            [option("f1", "Ngân sách"), option("f2", "Xã hội hóa")]
        );
        let both = Wording {
            vi: "Có".into(),
            en: "Yes".into(),
        };
        assert_eq!(read_options(" Có | Yes \n\n", &[])[0].label, both);
        assert_eq!(option_line(&both), "Có | Yes");
    }
}
