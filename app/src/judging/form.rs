//! Flat forms: what an HTML form without any script can send, read into the commands of the contract.

use std::collections::BTreeMap;

use contract::judging::{DecideTie, OpenDeliberation, PutOrder, PutScorecard};
use contract::{Error, FieldError, FieldProblem};
use rules::event::{EntryLabel, SeatLabel};
use rules::id::{CommandKey, RoundId, Version};
use rules::judging::{CriterionCode, OrderList};
use rules::points::Points;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ui::decode_order;

/// A scorecard; `code` and `points` run side by side, an empty figure is one not given yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScorecardForm {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    pub expected: Version,
    #[serde(default)]
    pub code: Vec<String>,
    #[serde(default)]
    pub points: Vec<String>,
    #[serde(default)]
    pub comment: String,
    /// `submit` hands in, anything else saves the draft.
    #[serde(default)]
    pub act: String,
}

impl ScorecardForm {
    /// The key of the submission where the form hands in: one form makes two commands, and each needs its own.
    pub fn submits(&self) -> Option<CommandKey> {
        (self.act == "submit").then(|| CommandKey(Uuid::from_u128(self.key.uuid().as_u128() ^ 1)))
    }

    /// The command.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each criterion whose figure is no number.
    pub fn command(self) -> Result<PutScorecard, Error> {
        let mut scores = BTreeMap::new();
        let mut problems = Vec::new();
        for (code, typed) in self.code.iter().zip(&self.points) {
            if typed.trim().is_empty() {
                continue;
            }
            match (CriterionCode::parse(code), Points::parse(typed)) {
                (Ok(code), Ok(points)) => {
                    scores.insert(code, points);
                }
                (Err(_), _) => problems.push(FieldError::new(code, FieldProblem::Malformed)),
                (_, Err(_)) => problems.push(FieldError::new(code, FieldProblem::NotANumber)),
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let Self {
            key,
            round,
            label,
            expected,
            comment,
            ..
        } = self;
        Ok(PutScorecard {
            key,
            round,
            label,
            expected,
            scores,
            comment,
        })
    }
}

/// The order board: the order as it stands on the page, and one act on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderForm {
    pub key: CommandKey,
    pub round: RoundId,
    pub expected: Version,
    /// As [`crate::ui::encode_order`] writes it.
    #[serde(default)]
    pub order: String,
    /// `up:LABEL`, `down:LABEL`, `tie:LABEL`, `save` or `submit`.
    #[serde(default)]
    pub act: String,
}

impl OrderForm {
    /// The command: the order after the act.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the act is unknown.
    pub fn command(self) -> Result<PutOrder, Error> {
        let before = decode_order(&self.order);
        let after = match self.act.split_once(':') {
            Some(("up", label)) => before.move_up(&label.to_owned()),
            Some(("down", label)) => before.move_down(&label.to_owned()),
            Some(("tie", label)) => before.tie_with_above(&label.to_owned()),
            None if matches!(self.act.as_str(), "save" | "submit") => before,
            _ => return Err(Error::field("act", FieldProblem::Malformed)),
        };
        let submit = self.act == "submit";
        Ok(PutOrder {
            key: self.key,
            round: self.round,
            expected: self.expected,
            tiers: labels(after),
            submit,
        })
    }
}

/// The kit's list of keys as tiers of labels.
pub fn labels(order: OrderList<String>) -> Vec<Vec<EntryLabel>> {
    order
        .tiers
        .into_iter()
        .map(|tier| tier.into_iter().map(EntryLabel).collect())
        .collect()
}

/// Tiers of labels as the kit's list of keys.
pub fn keys(tiers: &[Vec<EntryLabel>]) -> OrderList<String> {
    OrderList {
        tiers: tiers
            .iter()
            .map(|tier| tier.iter().map(|label| label.0.clone()).collect())
            .collect(),
    }
}

/// Opens a deliberation; no seat ticked means that nobody scores again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeliberationForm {
    pub key: CommandKey,
    pub round: RoundId,
    pub label: EntryLabel,
    #[serde(default)]
    pub reopen: Vec<SeatLabel>,
    #[serde(default)]
    pub reason: String,
}

impl DeliberationForm {
    /// The command.
    pub fn command(self) -> OpenDeliberation {
        let Self {
            key,
            round,
            label,
            reopen,
            reason,
        } = self;
        OpenDeliberation {
            key,
            round,
            label,
            reopen,
            reason,
        }
    }
}

/// The chair's order of equal entries: the entry chosen for each place, best first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TieForm {
    pub key: CommandKey,
    pub round: RoundId,
    #[serde(default)]
    pub order: Vec<EntryLabel>,
    #[serde(default)]
    pub reason: String,
}

impl TieForm {
    /// The command.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a place is empty or an entry stands on two.
    pub fn command(self) -> Result<DecideTie, Error> {
        for (index, label) in self.order.iter().enumerate() {
            let problem = if label.0.is_empty() {
                Some(FieldProblem::Missing)
            } else {
                self.order[..index].contains(label).then_some(FieldProblem::Taken)
            };
            if let Some(problem) = problem {
                return Err(Error::field("order", problem));
            }
        }
        let Self {
            key,
            round,
            order,
            reason,
        } = self;
        Ok(DecideTie {
            key,
            round,
            order,
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> EntryLabel {
        EntryLabel(text.to_owned())
    }

    fn scorecard(points: &[&str], act: &str) -> ScorecardForm {
        ScorecardForm {
            key: CommandKey(Uuid::from_u128(6)),
            round: RoundId(Uuid::from_u128(1)),
            label: label("A7"),
            expected: Version(3),
            code: vec!["TC1".to_owned(), "TC2".to_owned()],
            points: points.iter().map(|text| (*text).to_owned()).collect(),
            comment: String::new(),
            act: act.to_owned(),
        }
    }

    fn order(act: &str) -> Result<OrderList<String>, Error> {
        let form = OrderForm {
            key: CommandKey(Uuid::from_u128(6)),
            round: RoundId(Uuid::from_u128(1)),
            expected: Version(1),
            order: "A=B>C".to_owned(),
            act: act.to_owned(),
        };
        form.command().map(|cmd| keys(&cmd.tiers))
    }

    #[test]
    fn a_scorecard_takes_comma_and_dot_and_leaves_empty_figures_out() {
        let cmd = scorecard(&["7,5", ""], "save").command().expect("a good form");
        let code = CriterionCode::parse("TC1").expect("a code");
        assert_eq!(cmd.scores, BTreeMap::from([(code, Points(750))]));
    }

    #[test]
    fn a_figure_that_is_no_number_names_its_criterion() {
        let error = scorecard(&["7", "bảy"], "save").command().map(|_| ());
        assert_eq!(error, Err(Error::field("TC2", FieldProblem::NotANumber)));
    }

    #[test]
    fn only_a_submission_has_a_second_key() {
        assert_eq!(scorecard(&[], "save").submits(), None);
        assert_eq!(
            scorecard(&[], "submit").submits(),
            Some(CommandKey(Uuid::from_u128(7)))
        );
    }

    #[test]
    fn the_board_keeps_equals_and_does_one_act() {
        let after = |act| order(act).map(|order| crate::ui::encode_order(&order));
        assert_eq!(after("save"), Ok("A=B>C".to_owned()));
        assert_eq!(after("tie:C"), Ok("A=B=C".to_owned()));
        assert_eq!(after("up:B"), Ok("B>A>C".to_owned()));
        assert_eq!(
            after("sideways:B"),
            Err(Error::field("act", FieldProblem::Malformed))
        );
    }

    #[test]
    fn a_tie_names_every_entry_once() {
        let form = |order: &[&str]| TieForm {
            key: CommandKey(Uuid::from_u128(6)),
            round: RoundId(Uuid::from_u128(1)),
            order: order.iter().map(|text| label(text)).collect(),
            reason: "x".to_owned(),
        };
        assert_eq!(
            form(&["A", "A"]).command().map(|_| ()),
            Err(Error::field("order", FieldProblem::Taken))
        );
        assert_eq!(
            form(&["A", ""]).command().map(|_| ()),
            Err(Error::field("order", FieldProblem::Missing))
        );
        assert!(form(&["B", "A"]).command().is_ok());
    }
}
