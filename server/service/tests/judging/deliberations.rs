//! Deviations: pointed out, deliberated, rescored or kept.

use contract::Error;
use contract::judging::{JudgingService, OwnCardState};
use rules::Violation;
use rules::account::Denied;
use rules::event::Event;
use rules::judging::RoundState;
use rules::points::Points;
use testkit::{TestApp, marks};

use super::play::{FIRST, Play, label, seat};

/// Every ballot is in; P101 is 25 apart, between seats 2 and 3.
async fn apart(app: &TestApp) -> Play<'_> {
    let play = Play::scoring(app).await;
    for (seat, total) in [(1, 80), (2, 90), (3, 65)] {
        play.submit(FIRST, seat, "P101", marks(total))
            .await
            .expect("a ballot");
    }
    play.submit_all(FIRST, &[("P102", 70), ("P103", 60), ("P104", 50)])
        .await;
    play
}

testkit::db_tests! {
    async fn a_deviation_is_shown_once_all_ballots_of_its_entry_are_in(app: TestApp) {
        let play = Play::scoring(&app).await;
        play.submit(FIRST, 2, "P101", marks(90)).await.expect("a ballot");
        play.submit(FIRST, 3, "P101", marks(65)).await.expect("a ballot");
        assert_eq!(play.desk(FIRST).await.deliberations, []);
        let early = play.deliberate(FIRST, "P101", &[2], "xem lại").await;
        assert_eq!(early, Err(Error::Rule(Violation::BallotsMissing { missing: 1 })));
        play.submit(FIRST, 1, "P101", marks(80)).await.expect("a ballot");
        let shown = play.desk(FIRST).await.deliberations;
        let [waiting] = &shown[..] else { panic!("one deviation: {shown:?}") };
        assert_eq!((&waiting.label, waiting.open, waiting.spread), (&label("P101"), false, Points::whole(25)));
        assert_eq!(waiting.seats, [seat(2), seat(3)], "highest, then lowest; no points");
    }

    async fn the_desk_sees_no_tally_while_a_deviation_waits(app: TestApp) {
        let play = apart(&app).await;
        let desk = play.desk(FIRST).await;
        assert_eq!((desk.tally, desk.can_lock), (None, false));
        assert_eq!(desk.blocks, [Violation::DeviationUndecided { entries: vec![label("P101")] }]);
        let refused = Error::Rule(Violation::DeviationUndecided { entries: vec![label("P101")] });
        assert_eq!(play.lock(FIRST).await, Err(refused));
    }

    async fn nothing_is_deliberated_within_the_limit(app: TestApp) {
        let play = apart(&app).await;
        let refused = play.deliberate(FIRST, "P102", &[1], "không cần").await;
        assert_eq!(refused, Err(Error::Rule(Violation::NoDeliberation)));
        assert_eq!(play.conclude(FIRST, "P101", "chưa mở").await, Err(Error::Rule(Violation::NoDeliberation)));
    }

    async fn reopening_needs_a_reason_and_a_judge(app: TestApp) {
        let play = apart(&app).await;
        let silent = play.deliberate(FIRST, "P101", &[3], " ").await;
        assert_eq!(silent, Err(Error::Rule(Violation::ReasonRequired)));
        let nobody = play.deliberate(FIRST, "P101", &[9], "xem lại").await;
        assert!(matches!(nobody, Err(Error::NotFound(_))), "{nobody:?}");
        assert_eq!(play.events("deliberation_opened").await, [], "nothing of a refused act is left");
    }

    async fn a_reopened_ballot_is_handed_in_again_and_counts_anew(app: TestApp) {
        let play = apart(&app).await;
        play.deliberate(FIRST, "P101", &[3], "Chấm nhầm cột").await.expect("opened");
        let again = play.deliberate(FIRST, "P101", &[3], "Chấm nhầm cột").await;
        assert_eq!(again, Err(Error::Rule(Violation::DeliberationOpen { entries: vec![label("P101")] })));
        let card = play.card(FIRST, 3, "P101").await;
        assert_eq!((card.state, card.reason.as_deref()), (OwnCardState::Reopened, Some("Chấm nhầm cột")));
        assert_eq!(play.card(FIRST, 2, "P101").await.state, OwnCardState::Submitted, "only the named seat");
        let desk = play.desk(FIRST).await;
        assert_eq!((desk.state, desk.tally.is_none()), (RoundState::Deliberation, true));
        let missing = Violation::BallotsMissing { missing: 1 };
        assert_eq!(play.conclude(FIRST, "P101", "").await, Err(Error::Rule(missing.clone())));
        assert_eq!(play.lock(FIRST).await, Err(Error::Rule(missing)));

        play.submit(FIRST, 3, "P101", marks(85)).await.expect("handed in again");
        let open = Violation::DeliberationOpen { entries: vec![label("P101")] };
        assert_eq!(play.lock(FIRST).await, Err(Error::Rule(open)));
        play.conclude(FIRST, "P101", "").await.expect("rescored needs no explanation");
        let [Event::DeliberationConcluded { rescored: true, spread, .. }] =
            &play.events("deliberation_concluded").await[..]
        else {
            panic!("one deliberation, rescored");
        };
        assert_eq!(*spread, Points::whole(10));
        let desk = play.desk(FIRST).await;
        assert_eq!(desk.tally.expect("settled").row(&label("P101")).expect("a row").rounded, Some(Points::whole(85)));
        assert_eq!(desk.deliberations[0].rescored, Some(true));
        let card = play.card(FIRST, 3, "P101").await;
        let revisions = play.events("scorecard_submitted").await.into_iter().filter_map(|event| match event {
            Event::ScorecardSubmitted { label: entry, seat: who, version, .. } if entry == label("P101") && who == seat(3) => Some(version),
            _ => None,
        });
        assert_eq!((revisions.collect::<Vec<_>>(), card.version.0), (vec![1, 3], 3), "both versions stay in the ledger");
        play.lock(FIRST).await.expect("nothing is in the way");
    }

    async fn points_that_are_kept_are_explained(app: TestApp) {
        let play = apart(&app).await;
        play.deliberate(FIRST, "P101", &[2, 3], "Chênh lệch lớn").await.expect("opened");
        play.submit(FIRST, 2, "P101", marks(90)).await.expect("the same points");
        play.submit(FIRST, 3, "P101", marks(65)).await.expect("the same points");
        assert_eq!(play.conclude(FIRST, "P101", " ").await, Err(Error::Rule(Violation::ReasonRequired)));
        play.conclude(FIRST, "P101", "Giữ điểm: trùng hệ thống đã có").await.expect("kept with explanation");
        let view = &play.desk(FIRST).await.deliberations[0];
        assert_eq!((view.rescored, view.open), (Some(false), false));
        assert_eq!(view.explanation.as_deref(), Some("Giữ điểm: trùng hệ thống đã có"));
        assert_eq!(view.reopened, [seat(2), seat(3)]);
        let twice = play.deliberate(FIRST, "P101", &[3], "lần nữa").await;
        assert_eq!(twice, Err(Error::Rule(Violation::NoDeliberation)), "one discussion settles a deviation");
        play.lock(FIRST).await.expect("a kept deviation does not block");
    }

    async fn deliberations_are_the_desks_business(app: TestApp) {
        let play = apart(&app).await;
        let command = contract::judging::OpenDeliberation {
            key: app.ctx.key(),
            round: play.round(FIRST),
            label: label("P101"),
            reopen: vec![seat(2)],
            reason: "Chênh lệch".to_owned(),
        };
        let judge = play.judge(FIRST, 2).await;
        let denied = play.judging.open_deliberation(&judge, command.clone()).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
        play.judging.open_deliberation(&play.judge(FIRST, 1).await, command).await.expect("the chair may");
    }
}
