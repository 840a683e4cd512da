//! What stands in the wizard's fields, as typed: the same for the plain form, the saving by itself and the copy on this
//! device.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contract::entry::StepContent;
use contract::error::FieldProblem;
use rules::entry::{
    Author, AuthorType, EntryContent, EntryField, EntryScope, Maturity, Statement, StatementSection, Step, even_shares,
};
use rules::points::Points;
use rules::text::nfc;
use serde::{Deserialize, Serialize};

/// One author's fields. Ids are texts, because an unchosen one is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorRow {
    /// The account, where the author has one.
    pub user: String,
    pub full_name: String,
    pub unit: String,
    pub unit_name: String,
    pub position: String,
    pub contact: String,
    /// Per cent, as typed.
    pub share: String,
    pub lead: bool,
}

/// All fields of all steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub author_type: AuthorType,
    pub authors: Vec<AuthorRow>,
    pub title: String,
    pub category: String,
    pub scope: String,
    pub maturity: String,
    /// `yyyy-mm-dd`, as date fields have it.
    pub first_applied_on: String,
    pub sections: BTreeMap<StatementSection, String>,
    pub accepted: Option<u32>,
}

impl Typed {
    /// The fields of a stored draft.
    pub fn of(content: &EntryContent, share: impl Fn(Points) -> String) -> Self {
        let row = |author: &Author| AuthorRow {
            user: author.user.map(|id| id.to_string()).unwrap_or_default(),
            full_name: author.full_name.clone(),
            unit: author.unit.map(|id| id.to_string()).unwrap_or_default(),
            unit_name: author.unit_name.clone(),
            position: author.position.clone(),
            contact: author.contact.clone(),
            share: share(author.share),
            lead: author.lead,
        };
        Self {
            author_type: content.author_type,
            authors: content.authors.iter().map(row).collect(),
            title: content.title.clone(),
            category: content.category.clone().unwrap_or_default(),
            scope: content.scope.map(scope_value).unwrap_or_default().to_owned(),
            maturity: content.maturity.map(maturity_value).unwrap_or_default().to_owned(),
            first_applied_on: content.first_applied_on.map(|date| date.to_string()).unwrap_or_default(),
            sections: content.statement.0.clone(),
            accepted: content.declaration,
        }
    }

    /// The text of a section.
    pub fn section(&self, section: StatementSection) -> &str {
        self.sections.get(&section).map_or("", String::as_str)
    }

    /// One step, for the server. The attachments and the review have nothing to save.
    pub fn step(&self, step: Step) -> Option<StepContent> {
        let whole = self.content();
        Some(match step {
            Step::Authors => StepContent::Authors { author_type: whole.author_type, authors: whole.authors },
            Step::Topic => StepContent::Topic {
                title: whole.title,
                category: whole.category,
                scope: whole.scope,
                maturity: whole.maturity,
                first_applied_on: whole.first_applied_on,
            },
            Step::Statement => StepContent::Statement { statement: whole.statement },
            Step::Declaration => StepContent::Declaration { accepted: whole.declaration },
            Step::Attachments | Step::Review => return None,
        })
    }

    /// Everything as the rules read it; a figure or date that cannot be read counts as not given.
    pub fn content(&self) -> EntryContent {
        EntryContent {
            author_type: self.author_type,
            authors: self.authors.iter().map(AuthorRow::author).collect(),
            title: self.title.clone(),
            category: Some(self.category.clone()).filter(|code| !code.is_empty()),
            scope: scope_of(&self.scope),
            maturity: maturity_of(&self.maturity),
            first_applied_on: date_of(&self.first_applied_on),
            statement: Statement(self.sections.iter().filter(|(_, text)| !text.is_empty()).map(|(s, t)| (*s, t.clone())).collect()),
            declaration: self.accepted,
        }
    }

    /// Fields whose text is no number or date: not stored until put right.
    pub fn unread(&self) -> Vec<(EntryField, FieldProblem)> {
        let shares = self.authors.iter().enumerate().filter_map(|(index, row)| {
            let bad = !row.share.trim().is_empty() && share_of(&row.share).is_none();
            bad.then_some((EntryField::AuthorShare(index), FieldProblem::NotANumber))
        });
        let date = !self.first_applied_on.trim().is_empty() && date_of(&self.first_applied_on).is_none();
        shares.chain(date.then_some((EntryField::FirstAppliedOn, FieldProblem::NotADate))).collect()
    }

    /// A field's text, to compare two versions by. All authors together are one field.
    pub fn text(&self, field: &EntryField) -> String {
        match field {
            EntryField::Title => self.title.clone(),
            EntryField::Category => self.category.clone(),
            EntryField::Scope => self.scope.clone(),
            EntryField::Maturity => self.maturity.clone(),
            EntryField::FirstAppliedOn => self.first_applied_on.clone(),
            EntryField::Section(section) => self.section(*section).to_owned(),
            EntryField::Declaration => self.accepted.map(|version| version.to_string()).unwrap_or_default(),
            EntryField::Attachments => String::new(),
            EntryField::Authors
            | EntryField::Author(_)
            | EntryField::AuthorName(_)
            | EntryField::AuthorUnit(_)
            | EntryField::AuthorShare(_)
            | EntryField::Shares => {
                let group = self.author_type == AuthorType::Group;
                let rows = self.authors.iter().map(|row| {
                    let AuthorRow { user, full_name, unit, unit_name, position, contact, share, lead } = row;
                    let unit_name = if unit.is_empty() { unit_name } else { "" };
                    let share = share_of(share).map_or_else(|| share.clone(), |share| share.to_string());
                    format!("{user}|{full_name}|{unit}|{unit_name}|{position}|{contact}|{share}|{lead}")
                });
                std::iter::once(group.to_string()).chain(rows).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Takes a field over from another version.
    pub fn take(&mut self, field: &EntryField, from: &Typed) {
        match field {
            EntryField::Title => self.title.clone_from(&from.title),
            EntryField::Category => self.category.clone_from(&from.category),
            EntryField::Scope => self.scope.clone_from(&from.scope),
            EntryField::Maturity => self.maturity.clone_from(&from.maturity),
            EntryField::FirstAppliedOn => self.first_applied_on.clone_from(&from.first_applied_on),
            EntryField::Section(section) => {
                self.sections.insert(*section, from.section(*section).to_owned());
            }
            EntryField::Declaration => self.accepted = from.accepted,
            EntryField::Attachments => {}
            EntryField::Authors
            | EntryField::Author(_)
            | EntryField::AuthorName(_)
            | EntryField::AuthorUnit(_)
            | EntryField::AuthorShare(_)
            | EntryField::Shares => {
                self.author_type = from.author_type;
                self.authors.clone_from(&from.authors);
            }
        }
    }
}

/// The fields a step saves, each compared and chosen by itself.
pub fn fields_of(step: Step) -> Vec<EntryField> {
    match step {
        Step::Authors => vec![EntryField::Authors],
        Step::Topic => vec![
            EntryField::Title,
            EntryField::Category,
            EntryField::Scope,
            EntryField::Maturity,
            EntryField::FirstAppliedOn,
        ],
        Step::Statement => StatementSection::ALL.map(EntryField::Section).to_vec(),
        Step::Declaration => vec![EntryField::Declaration],
        Step::Attachments | Step::Review => Vec::new(),
    }
}

/// Every field there is.
pub fn all_fields() -> impl Iterator<Item = EntryField> {
    Step::ALL.into_iter().flat_map(fields_of)
}

/// Whether two texts say the same: the server composes letters and trims what nobody sees.
pub fn says_the_same(a: &str, b: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| nfc(line).split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect()
    };
    a == b || lines(a) == lines(b)
}

/// Brings two versions that grew from `base` together. What only one side changed is taken; fields that both changed
/// differently stay as in `mine` and are named, for the person to choose.
pub fn merge(base: &Typed, mine: &Typed, theirs: &Typed) -> (Typed, Vec<EntryField>) {
    let mut merged = mine.clone();
    let mut clashes = Vec::new();
    for field in all_fields() {
        let (was, here, there) = (base.text(&field), mine.text(&field), theirs.text(&field));
        if says_the_same(&here, &there) || says_the_same(&there, &was) {
            continue;
        }
        if says_the_same(&here, &was) {
            merged.take(&field, theirs);
        } else {
            clashes.push(field);
        }
    }
    (merged, clashes)
}

impl AuthorRow {
    /// As the rules know it; a share that is no number counts as none.
    pub fn author(&self) -> Author {
        Author {
            user: self.user.trim().parse().ok(),
            full_name: self.full_name.clone(),
            unit: self.unit.trim().parse().ok(),
            unit_name: self.unit_name.clone(),
            position: self.position.clone(),
            contact: self.contact.clone(),
            share: share_of(&self.share).unwrap_or_default(),
            lead: self.lead,
        }
    }
}

/// Gives every author the same share; the lead author takes what does not divide.
pub fn share_evenly(rows: &mut [AuthorRow], share: impl Fn(Points) -> String) {
    let shares = even_shares(rows.len());
    let lead = rows.iter().position(|row| row.lead).unwrap_or_default();
    // `even_shares` puts the rest on the first place
    let others = shares.iter().skip(1).copied();
    let first = shares.first().copied().unwrap_or_default();
    let mut others = others.into_iter();
    for (index, row) in rows.iter_mut().enumerate() {
        let own = if index == lead { first } else { others.next().unwrap_or_default() };
        row.share = share(own);
    }
}

/// Takes an author out; somebody stays lead author.
pub fn remove_row(rows: &mut Vec<AuthorRow>, index: usize) {
    if index < rows.len() {
        let gone = rows.remove(index);
        if let Some(first) = rows.first_mut().filter(|_| gone.lead) {
            first.lead = true;
        }
    }
}

/// A typed share, with or without its per cent sign.
fn share_of(typed: &str) -> Option<Points> {
    Points::parse(typed.trim().trim_end_matches('%')).ok()
}

/// A date as a date field sends it, or as people write it.
fn date_of(typed: &str) -> Option<NaiveDate> {
    rules::time::parse_date(typed.trim())
}

/// The form's value of a scope.
pub fn scope_value(scope: EntryScope) -> &'static str {
    match scope {
        EntryScope::Unit => "unit",
        EntryScope::Wide => "wide",
    }
}

fn scope_of(value: &str) -> Option<EntryScope> {
    [EntryScope::Unit, EntryScope::Wide].into_iter().find(|scope| scope_value(*scope) == value)
}

/// The form's value of a maturity.
pub fn maturity_value(maturity: Maturity) -> &'static str {
    match maturity {
        Maturity::Proposed => "proposed",
        Maturity::Piloted => "piloted",
        Maturity::Applied => "applied",
    }
}

/// The maturity of a form value.
pub fn maturity_of(value: &str) -> Option<Maturity> {
    [Maturity::Proposed, Maturity::Piloted, Maturity::Applied]
        .into_iter()
        .find(|maturity| maturity_value(*maturity) == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(title: &str, purpose: &str) -> Typed {
        Typed {
            title: title.to_owned(),
            sections: BTreeMap::from([(StatementSection::Purpose, purpose.to_owned())]),
            ..Typed::default()
        }
    }

    #[test]
    fn what_only_one_side_changed_is_taken() {
        let base = typed("Tên cũ", "Mục đích");
        let (merged, clashes) = merge(&base, &typed("Tên mới", "Mục đích"), &typed("Tên cũ", "Mục đích khác"));
        assert_eq!((merged, clashes), (typed("Tên mới", "Mục đích khác"), Vec::new()));
    }

    #[test]
    fn what_both_changed_stays_mine_and_is_named() {
        let base = typed("Tên cũ", "");
        let mine = typed("Tên của tôi", "");
        let (merged, clashes) = merge(&base, &mine, &typed("Tên của bạn", ""));
        assert_eq!((merged, clashes), (mine, vec![EntryField::Title]));
    }

    #[test]
    fn what_the_server_only_tidied_is_no_clash() {
        let base = typed("Giải pháp ", "Một\r\n\r\nHai ");
        let mine = typed("Giải pháp tốt", "Một\n\nHai ");
        let (merged, clashes) = merge(&base, &mine, &typed("Giải pháp", "Một\n\nHai"));
        assert_eq!((merged, clashes), (mine, Vec::new()));
        assert!(!says_the_same("Một\nHai", "Một Hai"), "a new paragraph is a change");
    }

    #[test]
    fn even_shares_put_the_rest_on_the_lead_author() {
        let mut rows = vec![AuthorRow::default(), AuthorRow { lead: true, ..AuthorRow::default() }, AuthorRow::default()];
        share_evenly(&mut rows, |share| share.to_string());
        let shares: Vec<&str> = rows.iter().map(|row| row.share.as_str()).collect();
        assert_eq!(shares, ["33.33", "33.34", "33.33"]);
        remove_row(&mut rows, 1);
        assert!(rows[0].lead && !rows[1].lead);
    }

    #[test]
    fn a_share_may_be_typed_with_its_sign_and_nonsense_is_named() {
        let row = |share: &str| AuthorRow { share: share.to_owned(), ..AuthorRow::default() };
        let typed = Typed { authors: vec![row("60 %"), row("bốn mươi"), row("")], ..Typed::default() };
        let shares: Vec<Points> = typed.content().authors.iter().map(|author| author.share).collect();
        assert_eq!(shares, [Points::whole(60), Points::ZERO, Points::ZERO]);
        assert_eq!(typed.unread(), [(EntryField::AuthorShare(1), FieldProblem::NotANumber)]);
    }
}
