//! Drawing blind codes (mã phách): random, unique in the contest, sealed in the ledger.

use std::collections::BTreeSet;

use contract::entry::AssignBlindCodes;
use contract::{Error, Kind, Result};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rules::Violation;
use rules::account::{Action, Actor};
use rules::event::Event;
use rules::id::EntryId;

use super::desk::{UNCHECKED, count};
use crate::actor::{in_contest, signed_in};
use crate::ctx::{Begun, Ctx};
use crate::error::Fault;

/// Gives every accepted entry its code, once: an entry accepted later gets one without touching the others. In a contest
/// that is not blind entries go by their own codes and nothing is drawn.
pub(super) async fn assign(ctx: &Ctx, actor: &Actor, command: AssignBlindCodes) -> Result<()> {
    let me = signed_in(actor)?.id;
    let mut tx = match ctx
        .begin::<()>(Some(command.contest), command.key, me, &command)
        .await?
    {
        Begun::Repeat(()) => return Ok(()),
        Begun::New(tx) => tx,
    };
    let contest = store::contest::by_id(tx.conn(), command.contest).await.fault()?;
    let contest = contest.ok_or(Error::NotFound(Kind::Contest))?;
    in_contest(actor, Action::AssignBlindCodes, contest.id, contest.phase)?;
    let tallies = store::contest::entry_tallies(tx.conn(), [contest.id])
        .await
        .fault()?;
    let unchecked = count(&tallies, &UNCHECKED);
    if unchecked > 0 {
        return Err(Violation::EntriesUnchecked { count: unchecked }.into());
    }
    let accepted = store::entry::accepted(tx.conn(), contest.id).await.fault()?;
    if accepted.is_empty() {
        return Err(Violation::TooFewEntries { count: 0 }.into());
    }
    if contest.setup.eligibility.blind {
        let waiting: Vec<EntryId> = accepted
            .into_iter()
            .filter(|(_, code)| code.is_none())
            .map(|(id, _)| id)
            .collect();
        if waiting.is_empty() {
            return Err(Violation::BlindCodesAssigned.into());
        }
        let taken = store::entry::blind_codes(tx.conn(), contest.id).await.fault()?;
        let codes: Vec<(EntryId, String)> = waiting
            .iter()
            .copied()
            .zip(draw(taken, waiting.len(), ctx.ids.secret()))
            .collect();
        store::entry::assign_blind_codes(tx.conn(), &codes)
            .await
            .fault()?;
        tx.record(
            contest.id,
            Some(me),
            contest.now(ctx.now()),
            Event::BlindCodesAssigned { codes },
        )
        .fault()?;
    }
    ctx.finish(tx, command.key, me, &()).await
}

/// `wanted` codes like `P107`, none of them taken. There are at least twice as many numbers as codes, so that neither
/// the draw takes long nor a code tells how many entries there are.
fn draw(mut taken: BTreeSet<String>, wanted: usize, seed: [u8; 32]) -> Vec<String> {
    let enough = 2 * (taken.len() + wanted);
    let lowest = std::iter::successors(Some(100_usize), |lowest| lowest.checked_mul(10));
    let lowest = lowest
        .into_iter()
        .find(|lowest| 9 * lowest >= enough)
        .unwrap_or(usize::MAX / 10);
    let mut random = StdRng::from_seed(seed);
    let mut codes = Vec::with_capacity(wanted);
    while codes.len() < wanted {
        let code = format!("P{}", random.random_range(lowest..lowest.saturating_mul(10)));
        if taken.insert(code.clone()) {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_avoid_those_taken() {
        let taken: BTreeSet<String> = (100..400).map(|number| format!("P{number}")).collect();
        let codes = draw(taken.clone(), 150, [7; 32]);
        let unique: BTreeSet<&String> = codes.iter().collect();
        assert_eq!(unique.len(), 150);
        assert!(
            codes.iter().all(|code| code.len() == 4 && !taken.contains(code)),
            "{codes:?}"
        );
        assert_ne!(codes, draw(taken, 150, [8; 32]), "another seed draws other codes");
    }

    #[test]
    fn many_entries_take_longer_codes() {
        assert!(
            draw(BTreeSet::new(), 451, [1; 32])
                .iter()
                .all(|code| code.len() == 5)
        );
    }
}
