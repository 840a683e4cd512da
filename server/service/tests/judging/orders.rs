//! The order by hand.

use contract::error::Conflict;
use contract::judging::{JudgingService, PutOrder};
use contract::{Error, Kind};
use rules::Violation;
use rules::event::EntryLabel;
use rules::id::Version;
use testkit::{TestApp, marks};

use super::play::{FIRST, LAST, Play, label};

/// The final round is open; P101 and P102 are in it.
async fn final_round(app: &TestApp) -> Play<'_> {
    let play = Play::scoring(app).await;
    play.submit_all(FIRST, &[("P101", 90), ("P102", 80), ("P103", 60), ("P104", 50)])
        .await;
    play.lock(FIRST).await.expect("the first round is locked");
    play.open(LAST).await.expect("the final opens");
    play.confirm_all(LAST).await;
    play
}

fn tiers(tiers: &[&[&str]]) -> Vec<Vec<EntryLabel>> {
    tiers
        .iter()
        .map(|tier| tier.iter().map(|entry| label(entry)).collect())
        .collect()
}

testkit::db_tests! {
    async fn the_first_proposal_follows_own_totals(app: TestApp) {
        let play = final_round(&app).await;
        let judge = play.judge(LAST, 1).await;
        let empty = play.judging.order(&judge, play.round(LAST)).await.expect("an order");
        assert_eq!((empty.tiers, empty.version), (tiers(&[&["P101"], &["P102"]]), Version(0)));
        play.submit(LAST, 1, "P102", marks(95)).await.expect("a ballot");
        play.submit(LAST, 1, "P101", marks(85)).await.expect("a ballot");
        let own = play.judging.order(&judge, play.round(LAST)).await.expect("an order");
        assert_eq!((own.tiers, own.can_edit), (tiers(&[&["P102"], &["P101"]]), true));
        let other = play.judging.order(&play.judge(LAST, 2).await, play.round(LAST)).await.expect("an order");
        assert_eq!(other.tiers, tiers(&[&["P101"], &["P102"]]), "another judge's points do not show");
    }

    async fn a_draft_may_be_incomplete_and_a_ballot_not(app: TestApp) {
        let play = final_round(&app).await;
        play.order(LAST, 1, &[&["P102"]], false).await.expect("a draft");
        let incomplete = |missing| Error::Rule(Violation::OrderIncomplete { missing });
        assert_eq!(play.order(LAST, 1, &[&["P102"]], true).await, Err(incomplete(1)));
        assert_eq!(play.order(LAST, 1, &[&["P102"], &["P101"], &["P102"]], true).await, Err(incomplete(0)));
        assert_eq!(play.order(LAST, 1, &[&["P102"], &["P101", "P103"]], false).await, Err(incomplete(0)), "P103 is out");
        let done = play.order(LAST, 1, &[&["P102", "P101"]], true).await.expect("equals are allowed");
        assert_eq!((done.can_edit, done.submitted_at.is_some(), done.version), (false, true, Version(2)));
        let again = play.order(LAST, 1, &[&["P101"], &["P102"]], true).await;
        assert_eq!(again, Err(Error::Rule(Violation::ScorecardSubmitted)));
        assert_eq!(play.events("order_submitted").await.len(), 1);
    }

    async fn two_windows_of_one_judge_do_not_overwrite_an_order(app: TestApp) {
        let play = final_round(&app).await;
        let judge = play.judge(LAST, 3).await;
        let put = |order: &[&[&str]], expected| PutOrder {
            key: app.ctx.key(),
            round: play.round(LAST),
            expected: Version(expected),
            tiers: tiers(order),
            submit: false,
        };
        let first = put(&[&["P102"], &["P101"]], 0);
        play.judging.put_order(&judge, first.clone()).await.expect("the first window");
        let repeated = play.judging.put_order(&judge, first).await.expect("the same command again");
        assert_eq!(repeated.version, Version(1));
        let late = play.judging.put_order(&judge, put(&[&["P101"], &["P102"]], 0)).await;
        assert_eq!(late, Err(Error::Conflict(Conflict { expected: Version(0), current: Version(1) })));
    }

    async fn a_conflict_takes_the_entry_out_of_the_order(app: TestApp) {
        let play = final_round(&app).await;
        play.order(LAST, 2, &[&["P101"], &["P102"]], true).await.expect("submitted");
        play.declare(LAST, 2, "P101", "Người nhà của tác giả").await.expect("declared");
        let view = play.judging.order(&play.judge(LAST, 2).await, play.round(LAST)).await.expect("an order");
        assert_eq!(view.tiers, tiers(&[&["P102"]]));
        assert!(view.entries.iter().any(|entry| entry.label == label("P101") && entry.recused));
        let kinds = [play.events("order_submitted").await.len(), play.events("recused").await.len()];
        assert_eq!(kinds, [1, 1], "the recusal says it all");
    }

    async fn a_round_waits_for_its_orders(app: TestApp) {
        let play = final_round(&app).await;
        play.submit_all(LAST, &[("P101", 90), ("P102", 80)]).await;
        let desk = play.desk(LAST).await;
        assert_eq!((desk.blocks, desk.tally), (vec![Violation::OrdersMissing { missing: 3 }], None));
        for seat in 1..=3 {
            play.order(LAST, seat, &[&["P101"], &["P102"]], true).await.expect("an order");
        }
        play.lock(LAST).await.expect("all in");
        let closed = play.order(LAST, 1, &[&["P101"], &["P102"]], true).await;
        assert!(matches!(closed, Err(Error::Denied(_))), "the judging is over: {closed:?}");
    }

    async fn a_round_without_orders_has_no_such_page(app: TestApp) {
        let play = Play::scoring(&app).await;
        let order = play.judging.order(&play.judge(FIRST, 1).await, play.round(FIRST)).await;
        assert_eq!(order.err(), Some(Error::NotFound(Kind::Page)));
    }
}
