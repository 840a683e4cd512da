//! Equal entries and the lock.

use contract::error::Conflict;
use contract::judging::{DecideTie, JudgingService, LockRound};
use contract::{Error, Result};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::ContestPhase;
use rules::entry::EntryState;
use rules::event::{Event, SeatLabel};
use rules::id::Version;
use rules::judging::{Explanation, RoundState};
use testkit::{StagePlan, TestApp};

use super::play::{FIRST, LAST, Play, label};

/// All ballots of the final are in; P101 and P102 are equal in everything, for one first prize.
async fn equal(app: &TestApp) -> Play<'_> {
    let play = Play::scoring(app).await;
    play.submit_all(FIRST, &[("P101", 90), ("P102", 80), ("P103", 60), ("P104", 50)])
        .await;
    play.lock(FIRST).await.expect("locked");
    play.open(LAST).await.expect("opened");
    play.confirm_all(LAST).await;
    play.submit_all(LAST, &[("P101", 90), ("P102", 90)]).await;
    for seat in 1..=3 {
        play.order(LAST, seat, &[&["P101", "P102"]], true)
            .await
            .expect("an order");
    }
    play
}

async fn decide(play: &Play<'_>, actor: &Actor, order: &[&str], reason: &str) -> Result<()> {
    let command = DecideTie {
        key: play.app.ctx.key(),
        round: play.round(LAST),
        order: order.iter().map(|entry| label(entry)).collect(),
        reason: reason.to_owned(),
    };
    play.judging.decide_tie(actor, command).await
}

testkit::db_tests! {
    async fn a_tie_at_a_prizes_edge_waits_for_the_chair(app: TestApp) {
        let play = equal(&app).await;
        let undecided = Violation::TieUndecided { entries: vec![label("P101"), label("P102")] };
        let desk = play.desk(LAST).await;
        assert_eq!((desk.blocks, desk.can_lock), (vec![undecided.clone()], false));
        assert_eq!(play.lock(LAST).await, Err(Error::Rule(undecided)));

        let chair = play.judge(LAST, 1).await;
        assert!(play.judging.round_desk(&chair, play.round(LAST)).await.expect("a desk").is_chair);
        let reason = "Khả năng nhân rộng cao hơn";
        let organiser = decide(&play, &play.organiser().await, &["P102", "P101"], reason).await;
        assert_eq!(organiser, Err(Error::Denied(Denied::NotYourRole)));
        let judge = decide(&play, &play.judge(LAST, 2).await, &["P102", "P101"], reason).await;
        assert_eq!(judge, Err(Error::Denied(Denied::NotYourRole)));
        for wrong in [&["P101"][..], &["P101", "P101"], &["P101", "P102", "P103"], &["P101", "P999"], &[]] {
            let refused = decide(&play, &chair, wrong, reason).await;
            assert_eq!(refused, Err(Error::Rule(Violation::TieDecisionWrong)), "{wrong:?}");
        }
        assert_eq!(decide(&play, &chair, &["P102", "P101"], "").await, Err(Error::Rule(Violation::ReasonRequired)));

        decide(&play, &chair, &["P102", "P101"], reason).await.expect("decided");
        let desk = play.desk(LAST).await;
        let tally = desk.tally.expect("settled");
        assert_eq!(tally.ranking(), ["P102", "P101"].map(label));
        assert_eq!(tally.pairs[0].why, Explanation::Chair { reason: reason.to_owned() });
        assert!(desk.can_lock);
        let again = decide(&play, &chair, &["P101", "P102"], reason).await;
        assert_eq!(again, Err(Error::Rule(Violation::TieDecisionWrong)), "nothing is undecided any more");
        play.lock(LAST).await.expect("locked");
    }

    async fn without_the_chair_in_the_ladder_equals_share(app: TestApp) {
        let mut plan = StagePlan::small();
        for round in &mut plan.setup.rounds {
            round.policy.tie_break.pop();
        }
        plan.setup.rounds[0].advance.as_mut().expect("a rule").admit_all_equal = false;
        let play = Play::new(&app, plan).await;
        play.open(FIRST).await.expect("opened");
        play.confirm_all(FIRST).await;
        play.submit_all(FIRST, &[("P101", 90), ("P102", 80), ("P103", 80), ("P104", 50)]).await;
        play.lock(FIRST).await.expect("nobody could part them, so both go on");
        let advance = play.desk(FIRST).await.advance.expect("a rule");
        assert_eq!(advance.advanced, ["P101", "P102", "P103"].map(label));
    }

    async fn a_lock_prepared_from_an_older_desk_is_a_conflict(app: TestApp) {
        let play = equal(&app).await;
        let seen = play.desk(LAST).await.version;
        decide(&play, &play.judge(LAST, 1).await, &["P101", "P102"], "lý do").await.expect("decided");
        let command = LockRound { key: app.ctx.key(), round: play.round(LAST), expected: seen };
        let stale = play.judging.lock_round(&play.organiser().await, command).await;
        let current = Version(seen.0 + 1);
        assert_eq!(stale, Err(Error::Conflict(Conflict { expected: seen, current })));
        play.lock(LAST).await.expect("with the version of now it locks");
    }

    async fn locking_sends_the_best_on_and_the_last_round_to_approval(app: TestApp) {
        let play = equal(&app).await;
        let states = async || {
            let found = store::entry::find_all(app.ctx.store.read(), &play.stage.entries).await.expect("entries");
            found.into_iter().map(|entry| entry.state).collect::<Vec<_>>()
        };
        use EntryState::{Eliminated, InRound, Ranked};
        assert_eq!(states().await, [InRound, InRound, Eliminated, Eliminated]);
        decide(&play, &play.judge(LAST, 1).await, &["P102", "P101"], "lý do").await.expect("decided");
        let expected = play.desk(LAST).await.version;
        let command = LockRound { key: app.ctx.key(), round: play.round(LAST), expected };
        let organiser = play.organiser().await;
        play.judging.lock_round(&organiser, command.clone()).await.expect("locked");
        play.judging.lock_round(&organiser, command).await.expect("the same command again");
        assert_eq!(states().await, [Ranked, Ranked, Eliminated, Eliminated]);
        let desk = play.desk(LAST).await;
        assert_eq!((desk.state, desk.phase), (RoundState::Locked, ContestPhase::AwaitingApproval));
        assert_eq!(desk.titles[0], (label("P101"), "[Giả định] Sáng kiến số 1".to_owned()));
        let events = play.events("round_locked").await;
        let [_, Event::RoundLocked { tally_hash, ranking, last: true, .. }] = &events[..] else {
            panic!("two locks, the second the last: {events:?}");
        };
        assert_eq!(*ranking, [play.stage.entries[1], play.stage.entries[0]]);
        let stored = store::judging::rounds_of(app.ctx.store.read(), play.stage.contest).await.expect("results");
        let tally = stored[1].tally.as_ref().expect("the locked tally");
        assert_eq!(tally.hash().expect("canonical").to_string(), *tally_hash);
        let closed = play.lock(LAST).await;
        assert!(matches!(closed, Err(Error::Denied(Denied::NotInThisPhase { .. }))), "{closed:?}");
    }

    async fn ballots_are_refused_after_the_lock(app: TestApp) {
        let play = Play::scoring(&app).await;
        play.submit_all(FIRST, &[("P101", 90), ("P102", 80), ("P103", 60), ("P104", 50)]).await;
        play.lock(FIRST).await.expect("locked");
        let late = play.submit(FIRST, 1, "P101", testkit::marks(70)).await;
        assert_eq!(late, Err(Error::Rule(Violation::RoundState { state: RoundState::Locked })));
        let desk = play.desk(FIRST).await;
        assert_eq!(desk.seats[0], (SeatLabel("GK 1".to_owned()), "Giám khảo sơ khảo 1".to_owned()));
        assert_eq!(desk.advance.expect("a rule").advanced, ["P101", "P102"].map(label));
    }
}
