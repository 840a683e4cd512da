//! What waits for somebody: one card a thing, with who holds it up and where to act.

use contract::contest::Pending;
use leptos::prelude::*;
use rules::contest::SetupSection;
use rules::id::RoundId;

use crate::manage::setup_href;
use crate::text::word;
use crate::ui::{IconName, LinkButton, Notice, Tone, Variant};

/// One thing that waits, as the page says it.
struct Item {
    tone: Tone,
    title: String,
    /// Who or what holds it up, a line each.
    lines: Vec<String>,
    act: String,
    href: String,
}

/// Everything that waits, in the order the service gives.
#[component]
pub fn PendingList(pending: Vec<Pending>, slug: String) -> impl IntoView {
    let body = if pending.is_empty() {
        view! { <Notice tone=Tone::Ok><p>{word!(contest.manage.pending.nothing)}</p></Notice> }.into_any()
    } else {
        let items = pending.iter().map(|one| row(item(one, &slug))).collect_view();
        view! { <ul class="pending-list">{items}</ul> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="pending">
            <h2 id="pending">{word!(contest.manage.pending.title)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(item: Item) -> AnyView {
    let lines = item
        .lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect::<Vec<_>>();
    view! {
        <li class="pending" data-tone=item.tone.as_str()>
            <div class="pending-text">
                <h3>{item.title}</h3>
                {(!lines.is_empty()).then(|| view! { <ul class="small">{lines}</ul> })}
            </div>
            <LinkButton href=item.href small=true variant=Variant::Secondary icon=IconName::ArrowRight>{item.act}</LinkButton>
        </li>
    }
    .into_any()
}

fn item(pending: &Pending, slug: &str) -> Item {
    let desk = || format!("/manage/{slug}/eligibility");
    let results = || format!("/manage/{slug}/results");
    let at_round = |round: &RoundId| format!("/rounds/{round}");
    let plain = |tone, title, act, href| Item {
        tone,
        title,
        lines: Vec::new(),
        act,
        href,
    };
    let to_desk = || word!(contest.manage.pending.to_desk);
    let to_round = || word!(contest.manage.pending.to_round);
    let to_results = || word!(contest.manage.pending.to_results);
    match pending {
        Pending::SetupGaps { count } => plain(
            Tone::Warn,
            word!(contest.manage.pending.setup, count = *count),
            word!(contest.manage.pending.to_setup),
            setup_href(slug, SetupSection::Open),
        ),
        Pending::UnitsBelowQuota { units, min } => Item {
            lines: units.clone(),
            ..plain(
                Tone::Warn,
                word!(contest.manage.pending.quota, count = units.len(), min = *min),
                word!(contest.manage.pending.to_units),
                format!("/manage/{slug}/units"),
            )
        },
        Pending::EntriesAtUnits { count } => plain(
            Tone::Info,
            word!(contest.manage.pending.at_units, count = *count),
            to_desk(),
            desk(),
        ),
        Pending::EntriesToCheck { count } => plain(
            Tone::Warn,
            word!(contest.manage.pending.to_check, count = *count),
            to_desk(),
            desk(),
        ),
        Pending::BlindCodesMissing { count } => plain(
            Tone::Warn,
            word!(contest.manage.pending.blind, count = *count),
            to_desk(),
            desk(),
        ),
        Pending::RoundReady { round, name } => plain(
            Tone::Ok,
            word!(contest.manage.pending.ready, round = name),
            to_round(),
            at_round(round),
        ),
        Pending::BallotsMissing { round, name, judges } => Item {
            lines: judges
                .iter()
                .map(|(judge, count)| word!(contest.manage.pending.judge, name = judge, count = *count))
                .collect(),
            ..plain(
                Tone::Info,
                word!(contest.manage.pending.ballots, round = name),
                to_round(),
                at_round(round),
            )
        },
        Pending::Deliberations { round, name, count } => plain(
            Tone::Warn,
            word!(contest.manage.pending.deliberations, round = name, count = *count),
            to_round(),
            at_round(round),
        ),
        Pending::TieToDecide { round, name, count } => plain(
            Tone::Warn,
            word!(contest.manage.pending.ties, round = name, count = *count),
            to_round(),
            at_round(round),
        ),
        Pending::RoundToLock { round, name } => plain(
            Tone::Ok,
            word!(contest.manage.pending.lock, round = name),
            to_round(),
            at_round(round),
        ),
        Pending::PrizesToPropose => plain(
            Tone::Warn,
            word!(contest.manage.pending.prizes),
            to_results(),
            results(),
        ),
        Pending::DecisionToRecord => plain(
            Tone::Warn,
            word!(contest.manage.pending.decision),
            to_results(),
            results(),
        ),
    }
}
