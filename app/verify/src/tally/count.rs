//! The two rounds counted. A round without a scorecard was not held and has no table.
//!
//! Quorum: at least 2/3 of the jury (P-DEFAULT), recused judges included in the jury.

use std::collections::{BTreeMap, BTreeSet};

use rules::judging::{Advance, RoundInput, Scorecard, Tally, advance, tally};
use rules::points::Points;

use super::Malformed;
use super::cards::{Codes, RoundCards};
use super::file::Round;
use super::rules_of::ContestRules;

/// A counted round.
pub struct Counted {
    pub tally: Tally<String>,
    pub advance: Option<Advance<String>>,
    /// Spreads above the limit as first handed in, and as they stand now; by entry.
    pub deviations: BTreeMap<String, Spread>,
}

/// Spread of an entry's totals.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    pub before: Points,
    pub after: Points,
}

/// Counts the preliminary round over every accepted entry.
pub fn preliminary(
    codes: &Codes,
    cards: RoundCards,
    rules: &ContestRules,
) -> Result<Option<Counted>, Malformed> {
    let counted = round(codes.accepted.clone(), cards, rules, Round::Preliminary)?;
    Ok(counted.map(|mut counted| {
        counted.advance = rules.advance.as_ref().map(|rule| advance(&counted.tally, rule));
        counted
    }))
}

/// Counts the final over the entries that advanced and those its scorecards name: a reserve may have moved up, and a
/// contest may have one round only.
pub fn last(
    codes: &Codes,
    cards: RoundCards,
    preliminary: Option<&Counted>,
    rules: &ContestRules,
) -> Result<Option<Counted>, Malformed> {
    let mut entries: BTreeSet<&String> = cards.current.iter().map(|card| &card.entry).collect();
    entries.extend(
        preliminary
            .and_then(|round| round.advance.as_ref())
            .into_iter()
            .flat_map(|it| &it.advanced),
    );
    let entries = codes
        .accepted
        .iter()
        .filter(|code| entries.contains(code))
        .cloned()
        .collect();
    round(entries, cards, rules, Round::Final)
}

fn round(
    entries: Vec<String>,
    cards: RoundCards,
    rules: &ContestRules,
    round: Round,
) -> Result<Option<Counted>, Malformed> {
    if cards.current.is_empty() {
        return Ok(None);
    }
    let count = |scorecards: Vec<Scorecard<String, String>>| {
        let input = RoundInput {
            entries: entries.clone(),
            judges: cards.judges.clone(),
            scorecards,
            orders: Vec::new(),
            decisions: Vec::new(),
        };
        let place = format!("scorecards.{}", round.key());
        tally(&rules.rubric, &rules.policy, &input).map_err(|problem| Malformed::at(place, problem))
    };
    let (first, tally) = (count(cards.first)?, count(cards.current)?);
    let flagged = first
        .deviations
        .iter()
        .chain(&tally.deviations)
        .map(|deviation| &deviation.entry);
    let deviations = flagged
        .map(|entry| {
            (
                entry.clone(),
                Spread {
                    before: spread(&first, entry),
                    after: spread(&tally, entry),
                },
            )
        })
        .collect();
    Ok(Some(Counted {
        tally,
        advance: None,
        deviations,
    }))
}

fn spread(tally: &Tally<String>, entry: &String) -> Points {
    let ends = tally.row(entry).and_then(|row| row.max.zip(row.min));
    ends.map_or(Points::ZERO, |(max, min)| max.saturating_sub(min))
}
