//! The report, field for field in the format of the expected results.

use rules::judging::{
    Aggregate, CriterionCode, CutTie, Explanation, Pair, RowState, Tally, TallyRow, TieBreak,
};
use rules::points::Points;
use rules::results::{PrizeTie, Unfilled, allocate};
use rules::text::Locale;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Malformed;
use super::count::Counted;
use super::file::{ContestFile, DeviationRecord, Round};
use super::object::Object;
use super::rules_of::ContestRules;

#[derive(Serialize)]
struct Report<'a> {
    #[serde(rename = "SL")]
    preliminary: RoundReport<'a>,
    #[serde(rename = "CK")]
    last: RoundReport<'a>,
    counts: Counts,
}

#[derive(Default, Serialize)]
struct RoundReport<'a> {
    table: Vec<Line<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advance: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cutoff_tie: Option<Object>,
    /// Equal entries across the edge that wait for the chair.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided_at_cut: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deviation_over_20: Option<Vec<Object>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tie: Option<Object>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more_ties: Vec<Object>,
    #[serde(skip_serializing_if = "Option::is_none")]
    awards: Option<Vec<Object>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prize_tie: Option<PrizeTie<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unfilled: Vec<Unfilled>,
}

#[derive(Serialize)]
struct Counts {
    submitted: usize,
    accepted: usize,
    late: usize,
    withdrawn: usize,
    sl_scorecards_submitted: usize,
    sl_recused: usize,
    ck_scorecards_submitted: usize,
    ck_recused: usize,
}

/// A table line; the averages of the tie ladder's first two criteria have keys of their own.
struct Line<'a> {
    row: &'a TallyRow<String>,
    rules: &'a ContestRules,
}

/// Writes the report.
pub fn print(
    file: &ContestFile,
    rules: &ContestRules,
    preliminary: Option<&Counted>,
    last: Option<&Counted>,
) -> Result<String, Malformed> {
    let report = Report {
        preliminary: preliminary
            .map(|round| first_round(file, rules, round))
            .unwrap_or_default(),
        last: last
            .map(|round| last_round(file, rules, round))
            .unwrap_or_default(),
        counts: counts(file),
    };
    let mut text = Vec::new();
    let indented = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut writer = serde_json::Serializer::with_formatter(&mut text, indented);
    report
        .serialize(&mut writer)
        .map_err(|error| Malformed::at("", error))?;
    String::from_utf8(text).map_err(|error| Malformed::at("", error))
}

fn first_round<'a>(file: &ContestFile, rules: &'a ContestRules, round: &'a Counted) -> RoundReport<'a> {
    let advance = round.advance.as_ref();
    RoundReport {
        table: table(rules, round),
        advance: advance.map(|it| it.advanced.clone()),
        cutoff_tie: advance
            .and_then(|it| it.cut_tie.as_ref())
            .map(|tie| cutoff_tie(rules, round, tie)),
        undecided_at_cut: advance.map(|it| it.undecided.clone()).unwrap_or_default(),
        deviation_over_20: Some(deviations(file, Round::Preliminary, rules, round)),
        ..RoundReport::default()
    }
}

fn last_round<'a>(file: &ContestFile, rules: &'a ContestRules, round: &'a Counted) -> RoundReport<'a> {
    let mut ties = ties(rules, &round.tally).into_iter();
    let deviations = deviations(file, Round::Final, rules, round);
    let allocation = allocate(&round.tally, &rules.prizes, rules.prize_floor, &[]);
    let awards = allocation.awards.iter().map(|award| {
        let average = award.average.map(two_decimals);
        Object::default()
            .with("entry", award.entry.as_str())
            .with("prize", award.tier.as_str())
            .with("average", average)
    });
    RoundReport {
        table: table(rules, round),
        deviation_over_20: Some(deviations).filter(|list| !list.is_empty()),
        tie: ties.next(),
        more_ties: ties.collect(),
        awards: (!rules.prizes.is_empty()).then(|| awards.collect()),
        prize_tie: allocation.tie,
        unfilled: allocation.unfilled,
        ..RoundReport::default()
    }
}

fn table<'a>(rules: &'a ContestRules, round: &'a Counted) -> Vec<Line<'a>> {
    round.tally.rows.iter().map(|row| Line { row, rules }).collect()
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Line { row, rules } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rank", &row.rank)?;
        map.serialize_entry("entry", &row.entry)?;
        map.serialize_entry("valid_scorecards", &row.valid)?;
        map.serialize_entry("average_exact", &row.average)?;
        map.serialize_entry("average", &row.rounded.map(two_decimals))?;
        map.serialize_entry("max", &row.max.map(|total| in_steps(rules, total)))?;
        map.serialize_entry("min", &row.min.map(|total| in_steps(rules, total)))?;
        for code in ladder(rules).into_iter().take(2) {
            let average = row.criteria.get(&code).map(|average| average.to_decimals(4));
            map.serialize_entry(&format!("{code}_average"), &average)?;
        }
        if row.state != RowState::Ok {
            map.serialize_entry("state", &row.state)?;
        }
        map.end()
    }
}

fn cutoff_tie(rules: &ContestRules, round: &Counted, tie: &CutTie<String>) -> Object {
    let mut entries = tie.entries.clone();
    entries.sort();
    let decided = tie.decided_by != Explanation::Equal;
    equal_figure(
        Object::default().with("entries", entries),
        rules,
        &round.tally,
        &tie.above,
    )
    .with("winner", decided.then(|| tie.above.clone()))
    .with("loser", decided.then(|| tie.below.clone()))
    .with("broken_by", broken_by(&tie.decided_by))
}

/// Groups of one figure in the ranking, best first, each with what put its best entry ahead.
fn ties(rules: &ContestRules, tally: &Tally<String>) -> Vec<Object> {
    let by_figure =
        |why: &Explanation| matches!(why, Explanation::Average { .. } | Explanation::MeanRank { .. });
    let groups = tally.pairs.split(|pair| by_figure(&pair.why));
    groups
        .filter_map(|group| group.first().map(|first| tie(rules, tally, first, group)))
        .collect()
}

fn tie(rules: &ContestRules, tally: &Tally<String>, first: &Pair<String>, group: &[Pair<String>]) -> Object {
    let mut entries = vec![first.above.clone()];
    entries.extend(group.iter().map(|pair| pair.below.clone()));
    entries.sort();
    let mut report = equal_figure(
        Object::default().with("entries", entries),
        rules,
        tally,
        &first.above,
    );
    for code in equal_steps(rules, &first.why) {
        let average = tally.row(&first.above).and_then(|row| row.criteria.get(&code));
        report = report.with(
            format!("equal_{code}"),
            average.map(|average| average.to_decimals(4)),
        );
    }
    let winner = (first.why != Explanation::Equal).then(|| first.above.clone());
    report
        .with("winner", winner)
        .with("broken_by", broken_by(&first.why))
}

fn equal_figure(report: Object, rules: &ContestRules, tally: &Tally<String>, entry: &String) -> Object {
    let row = tally.row(entry);
    if rules.policy.aggregate == Aggregate::MeanRank {
        let rank = row.and_then(|row| row.mean_rank);
        report.with("equal_mean_rank", rank.map(|rank| rank.to_decimals(2)))
    } else {
        report.with("equal_average", row.and_then(|row| row.rounded).map(two_decimals))
    }
}

/// Criteria of the ladder, in its order.
fn ladder(rules: &ContestRules) -> Vec<CriterionCode> {
    let codes = rules.policy.tie_break.iter().filter_map(|step| match step {
        TieBreak::Criterion { code } => Some(code.clone()),
        TieBreak::OrderBallots | TieBreak::ChairDecision => None,
    });
    codes.collect()
}

/// Criteria on which two neighbours were found equal before `why` parted them.
fn equal_steps(rules: &ContestRules, why: &Explanation) -> Vec<CriterionCode> {
    let mut codes = ladder(rules);
    if let Explanation::Criterion { code, .. } = why {
        let end = codes.iter().position(|step| step == code).unwrap_or(codes.len());
        codes.truncate(end);
    }
    codes
}

fn broken_by(why: &Explanation) -> Option<String> {
    match why {
        Explanation::Criterion { code, .. } => Some(code.to_string()),
        Explanation::OrderBallots { .. } => Some("order_ballots".to_owned()),
        Explanation::Chair { .. } => Some("chair_decision".to_owned()),
        Explanation::Average { .. } | Explanation::MeanRank { .. } | Explanation::Equal => None,
    }
}

/// Spreads computed here; outcome, judge and reason as the file records them.
fn deviations(file: &ContestFile, round: Round, rules: &ContestRules, counted: &Counted) -> Vec<Object> {
    let records = file.deviations.of(round);
    let lines = counted.deviations.iter().map(|(entry, spread)| {
        let record: Option<&DeviationRecord> = records.iter().find(|record| record.entry == *entry);
        let mut line = Object::default()
            .with("entry", entry.as_str())
            .with("spread_before", in_steps(rules, spread.before))
            .with("outcome", record.map_or("OPEN", |record| record.outcome.as_str()));
        if let Some(judge) = record.and_then(|record| record.judge.as_deref()) {
            line = line.with("judge", judge);
        }
        if let Some(reason) = record.and_then(|record| record.reason.as_deref()) {
            line = line.with("reason", reason);
        }
        line.with("spread_after", in_steps(rules, spread.after))
    });
    lines.collect()
}

fn counts(file: &ContestFile) -> Counts {
    let entries = |state: &str| file.entries.iter().filter(|entry| entry.state == state).count();
    let cards = |round, status: &str| {
        file.scorecards
            .of(round)
            .iter()
            .filter(|card| card.status == status)
            .count()
    };
    Counts {
        submitted: file.entries.len() - entries("DRAFT"),
        accepted: entries("ACCEPTED"),
        late: entries("REJECTED_LATE"),
        withdrawn: entries("WITHDRAWN"),
        sl_scorecards_submitted: cards(Round::Preliminary, "SUBMITTED"),
        sl_recused: cards(Round::Preliminary, "RECUSED"),
        ck_scorecards_submitted: cards(Round::Final, "SUBMITTED"),
        ck_recused: cards(Round::Final, "RECUSED"),
    }
}

fn two_decimals(points: Points) -> String {
    points.format(Locale::En, 2)
}

/// Totals with the decimals of the rubric's step, at least one: `96.0`.
fn in_steps(rules: &ContestRules, points: Points) -> String {
    points.format(Locale::En, rules.rubric.step.decimals().max(1))
}
