//! What a form of the set-up holds: plain texts by the names the service gives its fields, lists numbered from 0
//! (`categories.2.name`). The same names carry values, refusals and labels, so nothing is mapped twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contract::{Error, FieldError, FieldProblem};
use rules::points::Points;
use serde::{Deserialize, Serialize};

/// A row of a list: what follows the row's own name (`.name`, or nothing for a list of lines), and the value.
pub type Row = Vec<(String, String)>;

/// Values of a form by field name. A checkbox that is on is `true`; one that is off is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The value; empty where there is none.
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Puts a value.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.insert(key.into(), value.into());
    }

    /// Ticks a checkbox, or leaves it out.
    pub fn tick(&mut self, key: impl Into<String>, on: bool) {
        if on {
            self.set(key, "true");
        }
    }

    /// Whether a checkbox is on.
    pub fn is_on(&self, key: &str) -> bool {
        self.get(key) == "true"
    }

    /// Every name there is.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The numbers of a list's rows, in order.
    pub fn rows(&self, list: &str) -> Vec<usize> {
        let rows: BTreeSet<usize> = self
            .members(list)
            .filter_map(|member| member.parse().ok())
            .collect();
        rows.into_iter().collect()
    }

    /// The names directly below `parent`, some of them more than once.
    pub fn members<'a>(&'a self, parent: &'a str) -> impl Iterator<Item = &'a str> {
        let below = self
            .keys()
            .filter_map(move |key| key.strip_prefix(parent)?.strip_prefix('.'));
        below.map(|rest| rest.split('.').next().unwrap_or(rest))
    }

    /// Takes a list out, row by row.
    pub fn take_rows(&mut self, list: &str) -> Vec<Row> {
        let mut rows = Vec::new();
        for number in self.rows(list) {
            let own = format!("{list}.{number}");
            let of_row = |key: &String| {
                key.strip_prefix(&own)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let keys: Vec<String> = self.0.keys().filter(|key| of_row(key)).cloned().collect();
            let row = keys.into_iter().filter_map(|key| {
                let value = self.0.remove(&key)?;
                Some((key.strip_prefix(&own)?.to_owned(), value))
            });
            rows.push(row.collect());
        }
        rows
    }

    /// Puts rows back, numbered from 0.
    pub fn put_rows(&mut self, list: &str, rows: Vec<Row>) {
        for (number, row) in rows.into_iter().enumerate() {
            for (rest, value) in row {
                self.set(format!("{list}.{number}{rest}"), value);
            }
        }
    }

    /// Removes the rows in which nothing was typed.
    pub fn drop_empty_rows(&mut self, list: &str) {
        let mut rows = self.take_rows(list);
        rows.retain(|row| row.iter().any(|(_, value)| !value.trim().is_empty()));
        self.put_rows(list, rows);
    }
}

/// Reads values out of [`Fields`] and collects what is wrong with them. An empty field is no mistake: a draft may be
/// incomplete.
pub struct Reader<'a> {
    fields: &'a Fields,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    /// A reader of these fields.
    pub fn new(fields: &'a Fields) -> Self {
        Self {
            fields,
            errors: Vec::new(),
        }
    }

    /// The fields themselves.
    pub fn fields(&self) -> &'a Fields {
        self.fields
    }

    /// Notes a refusal.
    pub fn refuse(&mut self, key: &str, problem: FieldProblem) {
        self.errors.push(FieldError::new(key, problem));
    }

    /// A text as typed; the service cleans and measures it.
    pub fn text(&self, key: &str) -> String {
        self.fields.get(key).to_owned()
    }

    /// A whole number; 0 where nothing is typed.
    pub fn whole(&mut self, key: &str) -> u32 {
        match self.fields.get(key).trim() {
            "" => 0,
            typed => typed.parse().unwrap_or_else(|_| {
                self.refuse(key, FieldProblem::NotANumber);
                0
            }),
        }
    }

    /// Points, `7,5` or `7.5`.
    pub fn points(&mut self, key: &str) -> Option<Points> {
        match self.fields.get(key).trim() {
            "" => None,
            typed => Points::parse(typed)
                .map_err(|_| self.refuse(key, FieldProblem::NotANumber))
                .ok(),
        }
    }

    /// An amount of money in whole đồng, with or without group marks.
    pub fn amount(&mut self, key: &str) -> Option<i64> {
        let typed = self.fields.get(key).trim();
        if typed.is_empty() {
            return None;
        }
        let digits: String = typed
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}'))
            .collect();
        let amount = digits.parse::<i64>().ok().filter(|amount| *amount >= 0);
        if amount.is_none() {
            self.refuse(key, FieldProblem::NotANumber);
        }
        amount
    }

    /// A day.
    pub fn date(&mut self, key: &str) -> Option<NaiveDate> {
        let typed = self.fields.get(key).trim();
        if typed.is_empty() {
            return None;
        }
        let date = rules::time::parse_date(typed);
        if date.is_none() {
            self.refuse(key, FieldProblem::NotADate);
        }
        date
    }

    /// The value read, unless something was refused.
    ///
    /// # Errors
    /// `Invalid` with every refusal.
    pub fn finish<T>(self, value: T) -> Result<T, Error> {
        if self.errors.is_empty() {
            Ok(value)
        } else {
            Err(Error::Invalid(self.errors))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (key, value) in pairs {
            fields.set(*key, *value);
        }
        fields
    }

    #[test]
    fn rows_are_numbered_again_and_keep_what_is_nested_in_them() {
        let mut fields = fields(&[
            ("a.10.x.0", "ten"),
            ("a.2.y", "two"),
            ("ab.0", "other"),
            ("a.x", "no row"),
        ]);
        assert_eq!(fields.rows("a"), [2, 10]);
        let mut rows = fields.take_rows("a");
        rows.reverse();
        fields.put_rows("a", rows);
        assert_eq!(
            fields,
            self::fields(&[
                ("a.0.x.0", "ten"),
                ("a.1.y", "two"),
                ("ab.0", "other"),
                ("a.x", "no row")
            ])
        );
    }

    #[test]
    fn empty_rows_go_and_others_stay() {
        let mut fields = fields(&[("a.0", " "), ("a.1", "text"), ("a.2", "")]);
        fields.drop_empty_rows("a");
        assert_eq!(fields, self::fields(&[("a.0", "text")]));
    }

    #[test]
    fn typed_values_are_read_or_refused_beside_their_field() {
        let fields = fields(&[
            ("n", "x"),
            ("p", "7,5"),
            ("m", "7.000.000"),
            ("d", "2023-02-30"),
            ("w", " 12 "),
        ]);
        let mut reader = Reader::new(&fields);
        assert_eq!(
            (reader.points("p"), reader.amount("m"), reader.whole("w")),
            (Some(Points(750)), Some(7_000_000), 12)
        );
        assert_eq!(
            (reader.whole("n"), reader.date("d"), reader.points("none")),
            (0, None, None)
        );
        let refused = vec![
            FieldError::new("n", FieldProblem::NotANumber),
            FieldError::new("d", FieldProblem::NotADate),
        ];
        assert_eq!(reader.finish(()), Err(Error::Invalid(refused)));
    }
}
