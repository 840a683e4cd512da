//! The set-up: one document with one version, saved section by section.

use std::collections::BTreeMap;

use contract::contest::{Jury, JuryMember, SaveSetup, SectionContent, SetupView};
use contract::error::Conflict;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::contest::{ContestPhase, ContestSetup, JurySize, SetupSection};
use rules::event::Event;
use rules::id::{UserId, Version};
use rules::ledger::{Hash32, canonical_json};
use store::Tx;
use store::contest::{ContestRow, NewRound, RoundRow, SeatRow};

use super::{allowed, for_action, jury, section};
use crate::account::{unit_lines, unit_names};
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::{Fault, internal};

/// The set-up pages.
pub(super) async fn view(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<SetupView> {
    let row = for_action(ctx, actor, slug, Action::SeeSetup).await?;
    let db = ctx.store.read();
    let rounds = store::contest::rounds(db, row.id).await.fault()?;
    let seats = store::contest::seats_of(db, rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let gaps = row
        .setup
        .gaps(&jury_sizes(&row.setup, &rounds, &seats), row.now(ctx.now()));
    let units = store::account::units(db).await.fault()?;
    Ok(SetupView {
        contest: row.id,
        juries: juries(ctx, &rounds, &seats).await?,
        gaps,
        units: unit_lines(ctx, units),
        can_edit: in_contest(actor, Action::SaveSetup, row.id, row.phase).is_ok(),
        can_amend_form: in_contest(actor, Action::AmendForm, row.id, row.phase).is_ok(),
        key: ctx.key(),
        slug: row.slug,
        code: row.code,
        name: row.name,
        phase: row.phase,
        version: row.version,
        setup: row.setup,
    })
}

async fn juries(ctx: &Ctx, rounds: &[RoundRow], seats: &[SeatRow]) -> Result<Vec<Jury>> {
    let db = ctx.store.read();
    let people = store::account::people_by_ids(db, seats.iter().map(|seat| seat.person))
        .await
        .fault()?;
    let people: BTreeMap<UserId, _> = people.into_iter().map(|person| (person.id, person)).collect();
    let units = unit_names(&store::account::units(db).await.fault()?);
    let scored = store::contest::has_scored(db, rounds.iter().map(|round| round.id))
        .await
        .fault()?;
    let member = |seat: &SeatRow| {
        let person = people.get(&seat.person)?;
        Some(JuryMember {
            user: seat.person,
            full_name: person.full_name.clone(),
            unit_name: person.unit.and_then(|unit| units.get(&unit).cloned()),
            seat: seat.number,
            chair: seat.chair,
            has_scored: scored.contains(&(seat.round, seat.person)),
        })
    };
    Ok(rounds
        .iter()
        .map(|round| Jury {
            round: round.id,
            round_name: round.name.clone(),
            state: round.state,
            members: seats
                .iter()
                .filter(|seat| seat.round == round.id)
                .filter_map(member)
                .collect(),
        })
        .collect())
}

/// Jury sizes in the order of the planned rounds.
pub(super) fn jury_sizes(setup: &ContestSetup, rounds: &[RoundRow], seats: &[SeatRow]) -> Vec<JurySize> {
    let size = |code: &str| {
        let round = rounds.iter().find(|round| round.code == code)?;
        let jury = seats.iter().filter(|seat| seat.round == round.id);
        Some(JurySize {
            judges: jury.clone().count(),
            chairs: jury.filter(|seat| seat.chair).count(),
        })
    };
    setup
        .rounds
        .iter()
        .map(|plan| size(&plan.code).unwrap_or_default())
        .collect()
}

/// Saves a section; gives the new version.
pub(super) async fn save(ctx: &Ctx, actor: &Actor, command: SaveSetup) -> Result<Version> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<Version>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(version) => return Ok(version),
        Begun::New(tx) => tx,
    };
    let row = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let row = row.ok_or(Error::NotFound(Kind::Contest))?;
    let section = command.content.section();
    let amends = section == SetupSection::Form && row.phase == ContestPhase::Open;
    let action = if amends {
        Action::AmendForm
    } else {
        Action::SaveSetup
    };
    allowed(actor, action, &row)?;
    checked_version(&row, command.expected)?;
    let rounds_change = matches!(command.content, SectionContent::Rounds { .. });
    let units = store::account::units(tx.conn()).await.fault()?;
    let setup = section::with(row.setup.clone(), command.content, &units, amends)?;
    if amends {
        amend_form(ctx, &tx, me, &row, &setup).await?;
    }
    if rounds_change {
        follow_rounds(ctx, &tx, &row, &setup).await?;
    }
    if !store::contest::save_setup(tx.conn(), row.id, command.expected, &setup)
        .await
        .fault()?
    {
        return Err(Error::Conflict(Conflict {
            expected: command.expected,
            current: row.version,
        }));
    }
    let version = command.expected.next();
    let event = Event::SetupSaved {
        section,
        version: version.0,
        setup_hash: setup_hash(&setup)?,
    };
    tx.record(row.id, Some(me), row.now(ctx.now()), event).fault()?;
    ctx.finish(tx, command.key, me, &version).await?;
    Ok(version)
}

/// Checks a form put in place of one that authors are filling in, and keeps the old one for the entries that have it.
async fn amend_form(ctx: &Ctx, tx: &Tx, me: UserId, row: &ContestRow, setup: &ContestSetup) -> Result<()> {
    let (old, new) = (&row.setup.form, &setup.form);
    if old.version == new.version {
        return Ok(());
    }
    let refusals = old.refusals(new);
    if !refusals.is_empty() {
        return Err(Violation::FormInUse { refusals }.into());
    }
    let issues = new.issues(&setup.categories);
    if !issues.is_empty() {
        return Err(Error::Invalid(section::form::refused(&issues)));
    }
    if old.version > 0 {
        store::contest::keep_form(tx.conn(), ctx.ids.id(), row.id, old, me, row.now(ctx.now()))
            .await
            .fault()?;
    }
    Ok(())
}

/// Makes the stored rounds follow the planned ones: kept by code, added, or removed with their juries.
async fn follow_rounds(ctx: &Ctx, tx: &Tx, row: &ContestRow, setup: &ContestSetup) -> Result<()> {
    let stored = store::contest::rounds(tx.conn(), row.id).await.fault()?;
    for round in stored
        .iter()
        .filter(|round| !setup.rounds.iter().any(|plan| plan.code == round.code))
    {
        let seats = store::contest::seats(tx.conn(), round.id).await.fault()?;
        store::contest::delete_round(tx.conn(), round.id).await.fault()?;
        for seat in seats {
            jury::follow_roles(ctx, tx, row.id, seat.person).await?;
        }
    }
    for (plan, ordinal) in setup.rounds.iter().zip(0..) {
        match stored.iter().find(|round| round.code == plan.code) {
            Some(round) if round.ordinal == ordinal && round.name == plan.name => {}
            Some(round) => {
                store::contest::replan_round(tx.conn(), round.id, ordinal, &plan.name)
                    .await
                    .fault()?;
            }
            None => {
                let new = NewRound {
                    id: ctx.id(),
                    contest: row.id,
                    ordinal,
                    code: plan.code.clone(),
                    name: plan.name.clone(),
                };
                store::contest::insert_round(tx.conn(), new).await.fault()?;
            }
        }
    }
    Ok(())
}

/// Refuses a change made from another version than the stored one.
pub(super) fn checked_version(row: &ContestRow, expected: Version) -> Result<()> {
    if row.version == expected {
        return Ok(());
    }
    Err(Error::Conflict(Conflict {
        expected,
        current: row.version,
    }))
}

/// SHA-256 of the set-up's canonical JSON.
pub(super) fn setup_hash(setup: &ContestSetup) -> Result<String> {
    let value = serde_json::to_value(setup).map_err(|error| internal(&error))?;
    let bytes = canonical_json(&value).map_err(|error| internal(&error))?;
    Ok(Hash32::of(&bytes).to_string())
}
