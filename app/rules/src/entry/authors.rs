//! Authors of an entry and their shares, which total 100 % (domain.md 2.3; V16).

use serde::{Deserialize, Serialize};

use crate::id::{UnitId, UserId};
use crate::points::Points;

/// One person or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorType {
    #[default]
    Individual,
    Group,
}

/// An author. Name and contact only; never an ID-card number (2.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account, where the author has one; outside authors have none.
    pub user: Option<UserId>,
    /// As typed, NFC.
    pub full_name: String,
    pub unit: Option<UnitId>,
    /// Unit as shown; typed for outside authors.
    pub unit_name: String,
    pub position: String,
    /// Phone or e-mail.
    pub contact: String,
    /// Contribution in hundredths of a percent: 10000 = 100 %.
    pub share: Points,
    /// The lead author; exactly one.
    pub lead: bool,
}

/// Even shares for `count` authors; the lead author takes what does not divide.
pub fn even_shares(count: usize) -> Vec<Points> {
    let Ok(people) = i64::try_from(count) else {
        return Vec::new();
    };
    if people == 0 {
        return Vec::new();
    }
    let (each, rest) = (10_000 / people, 10_000 % people);
    (0..people)
        .map(|index| Points(if index == 0 { each + rest } else { each }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_always_total_one_hundred_percent() {
        for count in 1..40 {
            let total: i64 = even_shares(count).iter().map(|share| share.0).sum();
            assert_eq!(total, 10_000, "{count} authors");
        }
        assert_eq!(even_shares(3), [Points(3334), Points(3333), Points(3333)]);
        assert_eq!(even_shares(0), []);
    }
}
