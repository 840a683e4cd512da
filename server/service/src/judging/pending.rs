//! What waits for somebody in a contest's rounds, for the control room.

use contract::Result;
use contract::contest::Pending;
use rules::id::ContestId;
use rules::judging::RoundState;
use rules::time::Timestamp;
use store::Conn;

use super::open::prepare;
use super::scope::Scope;
use super::sheet::Sheet;
use crate::error::Fault;

/// Rounds ready to open or lock, ballots owed, deliberations and ties. Judges are named by their seats; points stay
/// where they are.
pub async fn pending(db: &impl Conn, contest: ContestId, now: Timestamp) -> Result<Vec<Pending>> {
    let mut pending = Vec::new();
    for round in store::contest::rounds(db, contest).await.fault()? {
        let (id, name, state) = (round.id, round.name, round.state);
        if state.is_locked() {
            continue;
        }
        let scope = Scope::load(db, id).await?;
        if state == RoundState::Planned {
            if prepare(db, &scope, now).await?.blocks.is_empty() {
                pending.push(Pending::RoundReady { round: id, name });
            }
            // rounds after it wait for it
            break;
        }
        let sheet = Sheet::load(db, &scope).await?;
        let owed = |person| sheet.missing_by(person) + usize::from(sheet.owes_order(person));
        let judges = scope.seats.iter().map(|seat| (seat.label.0.clone(), owed(seat.person) as u32));
        let judges: Vec<(String, u32)> = judges.filter(|(_, owed)| *owed > 0).collect();
        if !judges.is_empty() {
            pending.push(Pending::BallotsMissing { round: id, name: name.clone(), judges });
        }
        let talks = sheet.deliberating().len() + sheet.undeliberated().len();
        if talks > 0 {
            pending.push(Pending::Deliberations { round: id, name: name.clone(), count: talks as u32 });
        }
        if sheet.is_settled() {
            let verdict = sheet.verdict()?;
            if !verdict.undecided.is_empty() {
                pending.push(Pending::TieToDecide { round: id, name: name.clone(), count: 1 });
            }
            if sheet.blocks(Some(&verdict)).is_empty() {
                pending.push(Pending::RoundToLock { round: id, name });
            }
        }
        break;
    }
    Ok(pending)
}
