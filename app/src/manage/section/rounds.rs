//! Rounds with rubric and policy. Parts and bands of criteria guide the judge and are not typed here: they stay with
//! their criterion as long as they still fit its maximum.

use contract::FieldProblem;
use rules::contest::RoundPlan;
use rules::judging::{
    AdvanceRule, Aggregate, BallotKind, Criterion, CriterionCode, Quorum, Rubric, ScoringPolicy, TieBreak,
    rubric_by_id, rubric_r100_a,
};
use rules::points::Points;
use rules::text::Locale;

use crate::manage::fields::{Fields, Reader, Row};

pub(super) fn write(rounds: &[RoundPlan], locale: Locale, fields: &mut Fields) {
    for (at, round) in rounds.iter().enumerate() {
        write_round(&format!("rounds.{at}"), round, locale, fields);
    }
}

fn write_round(at: &str, round: &RoundPlan, locale: Locale, fields: &mut Fields) {
    fields.set(format!("{at}.was"), round.code.as_str());
    fields.set(format!("{at}.code"), round.code.as_str());
    fields.set(format!("{at}.name"), round.name.as_str());
    fields.set(format!("{at}.jury_source"), round.jury_source.as_str());
    write_rubric(at, &round.rubric, locale, fields);
    write_policy(at, &round.policy, locale, fields);
    let points = |value: Option<Points>| value.map(|points| points.format(locale, 0)).unwrap_or_default();
    let rule = round.advance.as_ref();
    let top = rule
        .and_then(|rule| rule.top_n)
        .map(|top| top.to_string())
        .unwrap_or_default();
    fields.set(format!("{at}.advance_top"), top);
    fields.set(
        format!("{at}.threshold"),
        points(rule.and_then(|rule| rule.threshold)),
    );
    // ticked in the last round too: the rule of S0, should a round follow one day
    fields.tick(
        format!("{at}.admit_all_equal"),
        rule.is_none_or(|rule| rule.admit_all_equal),
    );
}

fn write_rubric(at: &str, rubric: &Rubric, locale: Locale, fields: &mut Fields) {
    fields.set(format!("{at}.rubric"), rubric.id.as_str());
    fields.set(format!("{at}.rubric_name"), rubric.name.as_str());
    fields.set(format!("{at}.max_total"), rubric.max_total.format(locale, 0));
    fields.set(format!("{at}.step"), rubric.step.format(locale, 0));
    for (number, criterion) in rubric.criteria.iter().enumerate() {
        let at = format!("{at}.criteria.{number}");
        fields.set(format!("{at}.was"), criterion.code.as_str());
        fields.set(format!("{at}.code"), criterion.code.as_str());
        fields.set(format!("{at}.name"), criterion.name.as_str());
        fields.set(format!("{at}.max"), criterion.max.format(locale, 0));
        fields.set(
            format!("{at}.floor"),
            criterion
                .floor
                .map(|floor| floor.format(locale, 0))
                .unwrap_or_default(),
        );
    }
}

fn write_policy(at: &str, policy: &ScoringPolicy, locale: Locale, fields: &mut Fields) {
    let points = |value: Option<Points>| value.map(|points| points.format(locale, 0)).unwrap_or_default();
    let aggregate = match policy.aggregate {
        Aggregate::Mean => "mean",
        Aggregate::TrimmedMean {
            min_scorecards,
            drop_high,
            drop_low,
        } => {
            fields.set(format!("{at}.min_scorecards"), min_scorecards.to_string());
            fields.set(format!("{at}.drop_high"), drop_high.to_string());
            fields.set(format!("{at}.drop_low"), drop_low.to_string());
            "trimmed_mean"
        }
        Aggregate::MeanRank => "mean_rank",
    };
    fields.set(format!("{at}.aggregate"), aggregate);
    let ballot = match policy.ballot {
        BallotKind::Scorecards => "scorecards",
        BallotKind::Order => "order",
        BallotKind::ScorecardsAndOrder => "scorecards_and_order",
    };
    fields.set(format!("{at}.ballot"), ballot);
    for (number, step) in policy.tie_break.iter().enumerate() {
        fields.set(format!("{at}.tie.{number}"), tie_value(step));
    }
    fields.set(format!("{at}.deviation"), points(policy.deviation));
    fields.set(format!("{at}.quorum_num"), policy.quorum.num.to_string());
    fields.set(format!("{at}.quorum_den"), policy.quorum.den.to_string());
    fields.set(format!("{at}.prize_floor"), points(policy.prize_floor));
}

/// A step of the tie ladder as its select sends it.
pub(super) fn tie_value(step: &TieBreak) -> String {
    match step {
        TieBreak::Criterion { code } => format!("criterion:{code}"),
        TieBreak::OrderBallots => "order_ballots".to_owned(),
        TieBreak::ChairDecision => "chair_decision".to_owned(),
    }
}

pub(super) fn read(r: &mut Reader<'_>, stored: &[RoundPlan]) -> Vec<RoundPlan> {
    let rows = r.fields().rows("rounds");
    let count = rows.len();
    rows.into_iter()
        .enumerate()
        .map(|(index, number)| {
            let at = format!("rounds.{number}");
            let was = r.fields().get(&format!("{at}.was"));
            let stored = stored.iter().find(|round| round.code == was);
            RoundPlan {
                code: r.text(&format!("{at}.code")),
                name: r.text(&format!("{at}.name")),
                jury_source: r.text(&format!("{at}.jury_source")),
                rubric: read_rubric(r, &at, stored.map(|round| &round.rubric)),
                policy: read_policy(r, &at),
                advance: (index + 1 < count).then(|| read_advance(r, &at)).flatten(),
            }
        })
        .collect()
}

/// The rule typed; none where neither a number nor a threshold is.
fn read_advance(r: &mut Reader<'_>, at: &str) -> Option<AdvanceRule> {
    let key = format!("{at}.advance_top");
    let top_n = (!r.fields().get(&key).trim().is_empty())
        .then(|| r.whole(&key))
        .filter(|top| *top > 0);
    let threshold = r.points(&format!("{at}.threshold"));
    let admit_all_equal = r.fields().is_on(&format!("{at}.admit_all_equal"));
    (top_n.is_some() || threshold.is_some()).then_some(AdvanceRule {
        top_n,
        threshold,
        admit_all_equal,
    })
}

fn read_rubric(r: &mut Reader<'_>, at: &str, stored: Option<&Rubric>) -> Rubric {
    let id = r.text(&format!("{at}.rubric"));
    let built_in = rubric_by_id(&id);
    // a rubric just chosen brings its own parts; one that was edited keeps those stored with it
    let source = stored.filter(|rubric| rubric.id == id).or(built_in.as_ref());
    let rows = r.fields().rows(&format!("{at}.criteria"));
    let criteria = rows
        .into_iter()
        .filter_map(|number| read_criterion(r, &format!("{at}.criteria.{number}"), source))
        .collect();
    Rubric {
        id,
        name: r.text(&format!("{at}.rubric_name")),
        max_total: r.points(&format!("{at}.max_total")).unwrap_or_default(),
        step: r.points(&format!("{at}.step")).unwrap_or_default(),
        criteria,
        scored_at: source.map(|rubric| rubric.scored_at).unwrap_or_default(),
        comment_rule: source
            .map(|rubric| rubric.comment_rule.clone())
            .unwrap_or_default(),
    }
}

fn read_criterion(r: &mut Reader<'_>, at: &str, source: Option<&Rubric>) -> Option<Criterion> {
    let was = r.fields().get(&format!("{at}.was"));
    let stored = source.and_then(|rubric| {
        rubric
            .criteria
            .iter()
            .find(|criterion| criterion.code.as_str() == was)
    });
    let (max, floor) = (
        r.points(&format!("{at}.max")).unwrap_or_default(),
        r.points(&format!("{at}.floor")),
    );
    let key = format!("{at}.code");
    let typed = r.fields().get(&key);
    let Ok(code) = CriterionCode::parse(typed) else {
        let problem = if typed.trim().is_empty() {
            FieldProblem::Missing
        } else {
            FieldProblem::Malformed
        };
        r.refuse(&key, problem);
        return None;
    };
    let (sub, bands) = stored
        .map(|stored| (stored.sub.clone(), stored.bands.clone()))
        .unwrap_or_default();
    let fits = sub.iter().map(|part| part.max).sum::<Points>() == max;
    Some(Criterion {
        code,
        name: r.text(&format!("{at}.name")),
        hint: stored.map(|stored| stored.hint.clone()).unwrap_or_default(),
        max,
        floor,
        sub: if fits { sub } else { Vec::new() },
        bands: if bands.iter().all(|band| band.to <= max) {
            bands
        } else {
            Vec::new()
        },
    })
}

fn read_policy(r: &mut Reader<'_>, at: &str) -> ScoringPolicy {
    let aggregate = match r.fields().get(&format!("{at}.aggregate")) {
        "trimmed_mean" => Aggregate::TrimmedMean {
            min_scorecards: r.whole(&format!("{at}.min_scorecards")),
            drop_high: r.whole(&format!("{at}.drop_high")),
            drop_low: r.whole(&format!("{at}.drop_low")),
        },
        "mean_rank" => Aggregate::MeanRank,
        _ => Aggregate::Mean,
    };
    let ballot = match r.fields().get(&format!("{at}.ballot")) {
        "order" => BallotKind::Order,
        "scorecards_and_order" => BallotKind::ScorecardsAndOrder,
        _ => BallotKind::Scorecards,
    };
    let ties = r.fields().rows(&format!("{at}.tie"));
    ScoringPolicy {
        aggregate,
        ballot,
        tie_break: ties
            .into_iter()
            .filter_map(|number| read_tie(r, &format!("{at}.tie.{number}")))
            .collect(),
        deviation: r.points(&format!("{at}.deviation")),
        quorum: Quorum {
            num: r.whole(&format!("{at}.quorum_num")),
            den: r.whole(&format!("{at}.quorum_den")),
        },
        prize_floor: r.points(&format!("{at}.prize_floor")),
    }
}

/// A step of the ladder; a row just added is a decision of the chair until something else is chosen.
fn read_tie(r: &mut Reader<'_>, key: &str) -> Option<TieBreak> {
    match r.fields().get(key) {
        "" | "chair_decision" => Some(TieBreak::ChairDecision),
        "order_ballots" => Some(TieBreak::OrderBallots),
        typed => {
            let code = typed
                .strip_prefix("criterion:")
                .and_then(|code| CriterionCode::parse(code).ok());
            if code.is_none() {
                r.refuse(key, FieldProblem::Malformed);
            }
            code.map(|code| TieBreak::Criterion { code })
        }
    }
}

/// A round more: the default policy and the first built-in rubric, to be changed.
pub(super) fn new_round(number: usize) -> Row {
    let round = RoundPlan {
        code: format!("V{number}"),
        name: String::new(),
        jury_source: String::new(),
        rubric: rubric_r100_a(),
        policy: ScoringPolicy::default(),
        advance: None,
    };
    let mut fields = Fields::default();
    write_round("rounds.0", &round, Locale::Vi, &mut fields);
    fields.take_rows("rounds").pop().unwrap_or_default()
}

/// Puts the built-in rubric chosen in `rounds.N.preset` in the place of the round's criteria. Steps of the tie ladder
/// that name a criterion it does not have go with the old one.
pub fn use_preset(fields: &mut Fields, round: usize) {
    let at = format!("rounds.{round}");
    let Some(rubric) = rubric_by_id(fields.get(&format!("{at}.preset"))) else {
        return;
    };
    fields.take_rows(&format!("{at}.criteria"));
    write_rubric(&at, &rubric, Locale::Vi, fields);
    let ladder = format!("{at}.tie");
    let mut steps = fields.take_rows(&ladder);
    steps.retain(|row| {
        let code = row
            .first()
            .and_then(|(_, value)| value.strip_prefix("criterion:"));
        code.is_none_or(|code| {
            rubric
                .criteria
                .iter()
                .any(|criterion| criterion.code.as_str() == code)
        })
    });
    fields.put_rows(&ladder, steps);
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Error;
    use rules::contest::{Preset, preset};

    fn stored() -> Vec<RoundPlan> {
        preset(Preset::Agency).rounds
    }

    fn read_after(change: impl Fn(&mut Fields)) -> Result<Vec<RoundPlan>, Error> {
        let mut fields = Fields::default();
        write(&stored(), Locale::Vi, &mut fields);
        change(&mut fields);
        let mut reader = Reader::new(&fields);
        let rounds = read(&mut reader, &stored());
        reader.finish(rounds)
    }

    #[test]
    fn parts_and_bands_stay_with_their_criterion_while_they_fit() {
        let renamed = read_after(|fields| fields.set("rounds.0.criteria.0.code", "M1")).expect("rounds");
        assert_eq!(renamed[0].rubric.criteria[0].sub.len(), 2);
        let smaller = read_after(|fields| fields.set("rounds.0.criteria.0.max", "20")).expect("rounds");
        assert!(
            smaller[0].rubric.criteria[0].sub.is_empty() && smaller[0].rubric.criteria[0].bands.is_empty()
        );
    }

    #[test]
    fn a_built_in_rubric_replaces_criteria_and_the_ladder_that_named_them() {
        let rounds = read_after(|fields| {
            fields.set("rounds.0.preset", "R100-B");
            use_preset(fields, 0);
        })
        .expect("rounds");
        assert_eq!(Some(rounds[0].rubric.clone()), rubric_by_id("R100-B"));
        assert_eq!(
            rounds[0].policy.tie_break,
            [TieBreak::OrderBallots, TieBreak::ChairDecision]
        );
        assert!(rounds[0].policy.validate(&rounds[0].rubric).is_ok());
    }

    #[test]
    fn only_the_last_round_advances_nobody() {
        let rounds = read_after(|fields| fields.set("rounds.1.advance_top", "3")).expect("rounds");
        assert_eq!(
            (rounds[0].advance.clone(), rounds[1].advance.clone()),
            (Some(AdvanceRule::top(10)), None)
        );
        let none = read_after(|fields| fields.set("rounds.0.advance_top", "")).expect("rounds");
        assert_eq!(none[0].advance, None);
    }

    #[test]
    fn a_criterion_without_a_code_is_refused_beside_it() {
        let refused = read_after(|fields| fields.set("rounds.1.criteria.2.code", " "));
        assert_eq!(
            refused,
            Err(Error::field("rounds.1.criteria.2.code", FieldProblem::Missing))
        );
    }
}
