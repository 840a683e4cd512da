//! One author's fields, and what the buttons of the authors' step do with the list.

use rules::entry::{Author, even_shares};
use rules::points::Points;
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
    let mut others = shares.iter().skip(1).copied();
    let first = shares.first().copied().unwrap_or_default();
    for (index, row) in rows.iter_mut().enumerate() {
        let own = if index == lead {
            first
        } else {
            others.next().unwrap_or_default()
        };
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
pub(super) fn share_of(typed: &str) -> Option<Points> {
    Points::parse(typed.trim().trim_end_matches('%')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_put_the_rest_on_the_lead_author() {
        let mut rows = vec![
            AuthorRow::default(),
            AuthorRow {
                lead: true,
                ..AuthorRow::default()
            },
            AuthorRow::default(),
        ];
        share_evenly(&mut rows, |share| share.to_string());
        let shares: Vec<&str> = rows.iter().map(|row| row.share.as_str()).collect();
        assert_eq!(shares, ["33.33", "33.34", "33.33"]);
        remove_row(&mut rows, 1);
        assert!(rows[0].lead && !rows[1].lead);
    }
}
