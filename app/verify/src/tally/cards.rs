//! Scorecards read from a file, each checked and named by its place when it is wrong.

use std::collections::BTreeSet;

use rules::judging::{
    CardState, CriterionCode, Rubric, ScoreProblem, Scorecard, Scores, check_draft, check_submission, total,
};

use super::Malformed;
use super::file::{Card, ContestFile, Figures, Round};
use super::rules_of::{ContestRules, points};

/// Codes of the file's entries.
pub struct Codes {
    /// Every entry, whatever became of it.
    all: BTreeSet<String>,
    /// Those that are judged, in the order of the file.
    pub accepted: Vec<String>,
}

/// A round's jury and its scorecards of accepted entries.
pub struct RoundCards {
    pub judges: Vec<String>,
    pub current: Vec<Scorecard<String, String>>,
    /// As first handed in, before any deliberation.
    pub first: Vec<Scorecard<String, String>>,
}

impl Codes {
    /// Collects the codes; each may stand once.
    pub fn read(file: &ContestFile) -> Result<Self, Malformed> {
        let mut all = BTreeSet::new();
        for (index, entry) in file.entries.iter().enumerate() {
            let place = format!("entries[{index}]");
            add_code(&mut all, &entry.code, place)?;
        }
        let accepted = file.entries.iter().filter(|entry| entry.state == "ACCEPTED");
        Ok(Self {
            accepted: accepted.map(|entry| entry.code.clone()).collect(),
            all,
        })
    }
}

/// Reads a round.
pub fn read(
    file: &ContestFile,
    round: Round,
    rules: &ContestRules,
    codes: &Codes,
) -> Result<RoundCards, Malformed> {
    let mut jury = BTreeSet::new();
    for (index, judge) in file.judges.of(round).iter().enumerate() {
        add_code(&mut jury, &judge.code, format!("judges.{}[{index}]", round.key()))?;
    }
    let accepted: BTreeSet<&String> = codes.accepted.iter().collect();
    let mut cards = RoundCards {
        judges: jury.iter().cloned().collect(),
        current: Vec::new(),
        first: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for (index, card) in file.scorecards.of(round).iter().enumerate() {
        let place = format!(
            "scorecards.{}[{index}] (entry {:?}, judge {:?})",
            round.key(),
            card.entry,
            card.judge
        );
        if !codes.all.contains(&card.entry) {
            return Err(Malformed::at(place, "the file has no such entry"));
        }
        if !jury.contains(&card.judge) {
            return Err(Malformed::at(place, "the round has no such judge"));
        }
        if !seen.insert((&card.entry, &card.judge)) {
            return Err(Malformed::at(
                place,
                "a second scorecard of this judge for this entry",
            ));
        }
        let states = states(card, &rules.rubric, &place)?;
        if let Some((first, current)) = states.filter(|_| accepted.contains(&card.entry)) {
            let scorecard = |state| Scorecard {
                entry: card.entry.clone(),
                judge: card.judge.clone(),
                state,
            };
            cards.first.push(scorecard(first));
            cards.current.push(scorecard(current));
        }
    }
    Ok(cards)
}

/// First and current state of a scorecard; `None` for a draft, which does not count.
fn states(card: &Card, rubric: &Rubric, place: &str) -> Result<Option<(CardState, CardState)>, Malformed> {
    match card.status.as_str() {
        "DRAFT" => {
            if let Some(figures) = &card.scores {
                let scores = scores(figures, place)?;
                refuse(check_draft(rubric, &scores), place)?;
            }
            Ok(None)
        }
        "RECUSED" => {
            let recused = CardState::Recused {
                reason: card.reason.clone().unwrap_or_default(),
            };
            Ok(Some((recused.clone(), recused)))
        }
        "SUBMITTED" => {
            let Some(figures) = &card.scores else {
                return Err(Malformed::at(place, "submitted without scores"));
            };
            let version = card.version.unwrap_or(1);
            let current = submitted(figures, card.total.as_deref(), version, rubric, place)?;
            let mut first = None;
            for (index, earlier) in card.history.iter().enumerate() {
                let place = format!("{place}, history[{index}]");
                let state = submitted(&earlier.scores, earlier.total.as_deref(), 1, rubric, &place)?;
                first.get_or_insert(state);
            }
            Ok(Some((first.unwrap_or_else(|| current.clone()), current)))
        }
        other => Err(Malformed::at(place, format_args!("unknown status {other:?}"))),
    }
}

fn submitted(
    figures: &Figures,
    written_total: Option<&str>,
    version: i64,
    rubric: &Rubric,
    place: &str,
) -> Result<CardState, Malformed> {
    let scores = scores(figures, place)?;
    let mut problems = check_submission(rubric, &scores, "");
    // the format has no comments
    problems.retain(|problem| !matches!(problem, ScoreProblem::CommentRequired { .. }));
    refuse(problems, place)?;
    if let Some(written) = written_total {
        let (written, sum) = (points(place, written)?, total(&scores));
        if written != sum {
            let what = format_args!("the total is {written}, but the scores add up to {sum}");
            return Err(Malformed::at(place, what));
        }
    }
    Ok(CardState::Submitted { scores, version })
}

fn scores(figures: &Figures, place: &str) -> Result<Scores, Malformed> {
    let mut scores = Scores::new();
    for (code, text) in &figures.0 {
        let place = format!("{place}, {code}");
        let criterion = CriterionCode::parse(code).map_err(|problem| Malformed::at(&place, problem))?;
        if scores.insert(criterion, points(&place, text)?).is_some() {
            return Err(Malformed::at(place, "the criterion stands twice"));
        }
    }
    Ok(scores)
}

fn refuse(problems: Vec<ScoreProblem>, place: &str) -> Result<(), Malformed> {
    match problems.into_iter().next() {
        Some(problem) => Err(Malformed::at(place, problem)),
        None => Ok(()),
    }
}

fn add_code(codes: &mut BTreeSet<String>, code: &str, place: String) -> Result<(), Malformed> {
    if code.trim().is_empty() {
        return Err(Malformed::at(place, "the code is empty"));
    }
    if !codes.insert(code.to_owned()) {
        return Err(Malformed::at(
            place,
            format_args!("the code {code:?} stands twice"),
        ));
    }
    Ok(())
}
