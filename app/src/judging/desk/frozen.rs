//! What is counted by: the rubric and the policy in words, and the hash that froze them when the round opened.

use leptos::prelude::*;
use rules::judging::{Aggregate, BallotKind, Rubric, ScoringPolicy, TieBreak};

use super::Desk;
use crate::judging::words::{named, points};
use crate::text::word;
use crate::ui::{DataList, Datum, Icon, IconName};

/// Folded away: looked up when somebody asks.
#[component]
pub fn Frozen(desk: Desk) -> impl IntoView {
    let facts = desk.part(|view| (view.policy.clone(), view.rubric.clone(), view.frozen_hash.clone()));
    move || {
        let (policy, rubric, hash) = facts.get();
        let criteria = rubric
            .criteria
            .iter()
            .map(|criterion| {
                view! {
                    <li class="frozen-line">
                        <span>{format!("{} {}", criterion.code, criterion.name)}</span>
                        <span class="num">{points(criterion.max)}</span>
                    </li>
                }
            })
            .collect_view();
        let ladder = policy
            .tie_break
            .iter()
            .map(|step| view! { <li>{tie_break_text(step, &rubric)}</li> })
            .collect_view();
        let limits = limits_text(&policy);
        let hash = match hash {
            Some(hash) => view! {
                <p class="hash num">{hash}</p>
                <p class="muted measure">{word!(judging.frozen.hash_text)}</p>
            }
            .into_any(),
            None => view! { <p class="muted">{word!(judging.frozen.not_yet)}</p> }.into_any(),
        };
        view! {
            <details class="desk-form frozen">
                <summary><Icon name=IconName::Shield/><span>{word!(judging.frozen.title)}</span></summary>
                <div class="stack">
                    <DataList>
                        <Datum name=word!(judging.frozen.ballot)>{ballot_text(policy.ballot)}</Datum>
                        <Datum name=word!(judging.frozen.aggregate)>{aggregate_text(&policy.aggregate)}</Datum>
                        <Datum name=word!(judging.frozen.ties)>
                            <ol class="tie-ladder">{ladder}</ol>
                        </Datum>
                        <Datum name=word!(judging.frozen.limits)>{limits}</Datum>
                        <Datum name=rubric.name.clone()><ul class="frozen-rubric">{criteria}</ul></Datum>
                    </DataList>
                    <h3>{word!(judging.frozen.hash)}</h3>
                    {hash}
                </div>
            </details>
        }
    }
}

fn ballot_text(ballot: BallotKind) -> String {
    match ballot {
        BallotKind::Scorecards => word!(judging.frozen.scorecards),
        BallotKind::Order => word!(judging.frozen.order),
        BallotKind::ScorecardsAndOrder => word!(judging.frozen.both),
    }
}

fn aggregate_text(aggregate: &Aggregate) -> String {
    match aggregate {
        Aggregate::Mean => word!(judging.frozen.mean),
        Aggregate::TrimmedMean {
            min_scorecards,
            drop_high,
            drop_low,
        } => {
            word!(
                judging.frozen.trimmed,
                min = *min_scorecards,
                high = *drop_high,
                low = *drop_low
            )
        }
        Aggregate::MeanRank => word!(judging.frozen.mean_rank),
    }
}

fn tie_break_text(step: &TieBreak, rubric: &Rubric) -> String {
    match step {
        TieBreak::Criterion { code } => word!(judging.frozen.by_criterion, criterion = named(code, rubric)),
        TieBreak::OrderBallots => word!(judging.frozen.by_order),
        TieBreak::ChairDecision => word!(judging.frozen.by_chair),
    }
}

fn limits_text(policy: &ScoringPolicy) -> String {
    let quorum = word!(
        judging.frozen.quorum,
        num = policy.quorum.num,
        den = policy.quorum.den
    );
    let deviation = policy
        .deviation
        .map(|limit| word!(judging.frozen.deviation, limit = points(limit)));
    let floor = policy
        .prize_floor
        .map(|floor| word!(judging.frozen.floor, floor = points(floor)));
    [Some(quorum), deviation, floor]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
