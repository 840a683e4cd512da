//! An entry beside the viewer's scorecard: no author, no id, no file name that could tell.

use contract::judging::{JudgeEntryView, OwnCard, OwnCardState};
use contract::{Error, Kind, Result};
use rules::account::{Action, Actor};
use rules::entry::{AttachmentInfo, Scan, Statement};
use rules::event::EntryLabel;
use rules::id::{RoundId, Version};
use rules::judging::total;
use rules::points::Points;
use store::judging::{CardRow, RoundEntryRow};

use super::queue::own_state;
use super::scope::Scope;
use super::sheet::takes_part;
use crate::ctx::Ctx;
use crate::entry::form::form_of;
use crate::error::Fault;

/// An entry beside the viewer's scorecard.
pub(super) async fn judge_entry(
    ctx: &Ctx,
    actor: &Actor,
    round: RoundId,
    label: EntryLabel,
) -> Result<JudgeEntryView> {
    let db = ctx.store.read();
    let scope = Scope::load(db, round).await?;
    let seat = scope.as_judge(actor, Action::SeeBlindEntry)?;
    let mut queue = store::judging::round_entries(db, &[round]).await.fault()?;
    queue.retain(|entry| takes_part(scope.round.state, entry.state));
    let place = queue
        .iter()
        .position(|entry| entry.label == label)
        .ok_or(Error::NotFound(Kind::Entry))?;
    let entry = &queue[place];
    let content = store::entry::find(db, entry.entry)
        .await
        .fault()?
        .ok_or(Error::NotFound(Kind::Entry))?
        .content;
    let card = store::judging::card(db, round, entry.entry, seat.person)
        .await
        .fault()?;
    // a judge who stands aside has nothing to read here
    let (statement, answers, files) = if own_state(card.as_ref()) == OwnCardState::Recused {
        (Statement::default(), Vec::new(), Vec::new())
    } else {
        let form = form_of(db, &scope.contest, content.form_version).await?;
        (
            content.statement.clone(),
            form.lines_for_judges(&content),
            store::entry::handed_in(db, &[entry.entry]).await.fault()?,
        )
    };
    let frozen = scope.frozen()?;
    let neighbour = |index: Option<usize>| index.and_then(|index| queue.get(index)).map(label_of);
    Ok(JudgeEntryView {
        round,
        round_name: scope.round.name.clone(),
        round_state: scope.round.state,
        contest_name: scope.contest.name.clone(),
        label,
        title: entry.title.clone(),
        category_name: scope.category_name(entry.category.as_deref()),
        scope: content.scope,
        maturity: content.maturity,
        statement,
        answers,
        attachments: (1..)
            .zip(files)
            .filter(|(_, file)| file.info.scan != Scan::Infected)
            .map(|(number, file)| renamed(&entry.label, number, file.info))
            .collect(),
        rubric: frozen.rubric.clone(),
        card: own_card(card.as_ref()),
        principles_confirmed: seat.principles_at.is_some(),
        wants_scores: frozen.policy.ballot.wants_scorecards(),
        previous: neighbour(place.checked_sub(1)),
        next: neighbour(place.checked_add(1)),
        position: (place as u32 + 1, queue.len() as u32),
        zone: scope.contest.setup.timetable.zone.clone(),
        key: ctx.key(),
    })
}

/// The viewer's own scorecard; version 0 while nothing is saved.
pub(super) fn own_card(card: Option<&CardRow>) -> OwnCard {
    OwnCard {
        state: own_state(card),
        version: card.map_or(Version(0), |card| card.version),
        scores: card.map(|card| card.scores.clone()).unwrap_or_default(),
        comment: card.map(|card| card.comment.clone()).unwrap_or_default(),
        total: card.map_or(Points::ZERO, |card| total(&card.scores)),
        saved_at: card.map(|card| card.saved_at),
        submitted_at: card.and_then(|card| card.submitted_at),
        reason: card.and_then(|card| card.reason.clone()),
    }
}

fn label_of(entry: &RoundEntryRow) -> EntryLabel {
    entry.label.clone()
}

/// A file under a name that tells nothing: the label, a number, and the ending its type has.
fn renamed(label: &EntryLabel, number: usize, file: AttachmentInfo) -> AttachmentInfo {
    let ending = file
        .file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let plain = |ending: &String| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|letter| letter.is_ascii_alphanumeric())
    };
    let file_name = match ending.filter(plain) {
        Some(ending) => format!("{}-{number}.{ending}", label.0),
        None => format!("{}-{number}", label.0),
    };
    AttachmentInfo { file_name, ..file }
}
