//! The rules a file is counted by: its own, or the defaults.

use rules::judging::{AdvanceRule, Rubric, ScoringPolicy, TieBreak, rubric_by_id, rubric_r100_a};
use rules::points::Points;
use rules::results::{PrizeTier, check_prizes};

use super::Malformed;
use super::file::{ContestFile, Named};

/// Everything that decides how scorecards become results.
pub struct ContestRules {
    pub rubric: Rubric,
    pub policy: ScoringPolicy,
    pub advance: Option<AdvanceRule>,
    pub prizes: Vec<PrizeTier>,
    pub prize_floor: Option<Points>,
}

/// Reads and checks the rules.
pub fn read(file: &ContestFile) -> Result<ContestRules, Malformed> {
    let rubric = rubric(file)?;
    let policy = policy(file, &rubric)?;
    let advance = advance(file, &policy)?;
    let prizes = prizes(file)?;
    let prize_floor = match &file.contest.prize_floor {
        Some(floor) => Some(points("contest.prize_floor", floor)?),
        None => policy.prize_floor,
    };
    Ok(ContestRules {
        rubric,
        policy,
        advance,
        prizes,
        prize_floor,
    })
}

/// Points written in a file, or what is wrong with them.
pub fn points(place: &str, text: &str) -> Result<Points, Malformed> {
    Points::parse(text).map_err(|problem| Malformed::at(place, format_args!("points {text:?}: {problem}")))
}

/// The file's own rubric, the one it names, or R100-A.
fn rubric(file: &ContestFile) -> Result<Rubric, Malformed> {
    let (place, rubric) = match (&file.rubric, &file.contest.rubric) {
        (Some(own), _) => ("rubric", own.clone()),
        (None, Some(Named::Own(own))) => ("contest.rubric", own.clone()),
        (None, Some(Named::Name(id))) => {
            let listed = file.rubrics.iter().find(|rubric| rubric.id == *id).cloned();
            let known = listed.or_else(|| rubric_by_id(id));
            (
                "contest.rubric",
                known
                    .ok_or_else(|| Malformed::at("contest.rubric", format_args!("unknown rubric {id:?}")))?,
            )
        }
        (None, None) => ("rubric", rubric_r100_a()),
    };
    match rubric.validate() {
        Err(problems) => Err(first(place, &problems)),
        Ok(()) => Ok(rubric),
    }
}

/// The file's own policy or P-DEFAULT. The default tie ladder keeps the steps that the rubric knows.
fn policy(file: &ContestFile, rubric: &Rubric) -> Result<ScoringPolicy, Malformed> {
    const PLACE: &str = "contest.policy";
    let policy = match &file.contest.policy {
        Some(Named::Own(own)) => own.clone(),
        Some(Named::Name(name)) if name != "P-DEFAULT" => {
            return Err(Malformed::at(PLACE, format_args!("unknown policy {name:?}")));
        }
        Some(Named::Name(_)) | None => {
            let mut policy = ScoringPolicy::default();
            policy.tie_break.retain(|step| match step {
                TieBreak::Criterion { code } => rubric.criterion(code).is_some(),
                TieBreak::OrderBallots | TieBreak::ChairDecision => true,
            });
            policy
        }
    };
    if !policy.ballot.wants_scorecards() {
        return Err(Malformed::at(
            PLACE,
            "a file of scorecards cannot be counted by order ballots alone",
        ));
    }
    match policy.validate(rubric) {
        Err(problems) => Err(first(PLACE, &problems)),
        Ok(()) => Ok(policy),
    }
}

fn advance(file: &ContestFile, policy: &ScoringPolicy) -> Result<Option<AdvanceRule>, Malformed> {
    const PLACE: &str = "contest.advance";
    let Some(written) = &file.contest.advance else {
        return Ok(None);
    };
    let threshold = match &written.threshold {
        Some(text) => Some(points("contest.advance.threshold", text)?),
        None => None,
    };
    let admit_all_equal = written.admit_all_equal.unwrap_or(true);
    let rule = AdvanceRule {
        top_n: written.n,
        threshold,
        admit_all_equal,
    };
    rule.validate(policy)
        .map_err(|problem| Malformed::at(PLACE, problem))?;
    Ok(Some(rule))
}

fn prizes(file: &ContestFile) -> Result<Vec<PrizeTier>, Malformed> {
    let mut tiers = Vec::new();
    for (index, prize) in file.contest.prize_structure.iter().enumerate() {
        let floor = match &prize.floor {
            Some(text) => Some(points(&format!("contest.prize_structure[{index}].floor"), text)?),
            None => None,
        };
        tiers.push(PrizeTier {
            floor,
            ..PrizeTier::new(&prize.code, &prize.code, prize.count)
        });
    }
    match check_prizes(&tiers).first() {
        Some(problem) => Err(Malformed::at("contest.prize_structure", problem)),
        None => Ok(tiers),
    }
}

fn first(place: &str, problems: &[impl std::fmt::Display]) -> Malformed {
    let problem = problems.first().map(ToString::to_string).unwrap_or_default();
    Malformed::at(place, problem)
}
