//! From the locked ranking to the published result.

use contract::error::{Conflict, FieldProblem};
use contract::results::{ProposePrizes, RecordDecision, ResultsService};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::{ContestPhase, SignedDocument};
use rules::entry::EntryState;
use rules::event::Event;
use rules::id::Version;
use rules::points::Points;
use service::results::Results;
use testkit::{StagePlan, TestApp};

use super::play::{FIRST, LAST, Play};

/// A contest whose final is locked: T-01 before T-02, and only the first over the prize floor.
async fn awaiting(app: &TestApp, plan: StagePlan) -> (Play<'_>, Results) {
    let play = Play::new(app, plan).await;
    play.open(FIRST).await.expect("opened");
    play.confirm_all(FIRST).await;
    play.submit_all(FIRST, &[("P101", 90), ("P102", 80), ("P103", 60), ("P104", 50)])
        .await;
    play.lock(FIRST).await.expect("locked");
    play.open(LAST).await.expect("opened");
    play.confirm_all(LAST).await;
    play.submit_all(LAST, &[("P101", 91), ("P102", 68)]).await;
    for seat in 1..=3 {
        play.order(LAST, seat, &[&["P101"], &["P102"]], true)
            .await
            .expect("an order");
    }
    play.lock(LAST).await.expect("locked");
    (play, Results::new(app.ctx.clone()))
}

async fn version(play: &Play<'_>, results: &Results) -> Version {
    results
        .desk(&play.organiser().await, play.stage.slug.clone())
        .await
        .expect("the desk")
        .version
}

async fn propose(play: &Play<'_>, results: &Results) -> Result<()> {
    let expected = version(play, results).await;
    let command = ProposePrizes {
        key: play.app.ctx.key(),
        contest: play.stage.contest,
        expected,
    };
    results.propose_prizes(&play.organiser().await, command).await
}

fn document() -> SignedDocument {
    SignedDocument {
        number: "181".to_owned(),
        symbol: "QĐ-KKT".to_owned(),
        issued_on: chrono::NaiveDate::from_ymd_opt(2025, 10, 6),
        signer: "Người Ký Giả Định".to_owned(),
        signer_position: "Trưởng ban".to_owned(),
    }
}

async fn decide(play: &Play<'_>, results: &Results, document: SignedDocument) -> Result<()> {
    let command = RecordDecision {
        key: play.app.ctx.key(),
        contest: play.stage.contest,
        expected: version(play, results).await,
        document,
        file: None,
    };
    results.record_decision(&play.organiser().await, command).await
}

testkit::db_tests! {
    async fn the_desk_suggests_what_the_rules_give(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        let desk = results.desk(&play.organiser().await, play.stage.slug.clone()).await.expect("the desk");
        assert_eq!(desk.suggested, [("T-01".to_owned(), "NHAT".to_owned())]);
        assert_eq!(desk.unfilled.iter().map(|tier| tier.tier.as_str()).collect::<Vec<_>>(), ["NHI"], "68 is under 70");
        assert_eq!(desk.tally.ranking(), ["T-01", "T-02"]);
        assert_eq!((desk.proposed.len(), desk.can_propose, desk.can_decide), (0, true, true));
        let leader = results.desk(&app.actor(play.stage.leader).await, play.stage.slug.clone()).await.expect("the desk");
        assert_eq!((leader.can_propose, leader.can_decide), (false, false));
        for user in [play.stage.administrator, play.stage.juries[1][0], play.stage.stranger] {
            let denied = results.desk(&app.actor(user).await, play.stage.slug.clone()).await;
            assert_eq!(denied.err(), Some(Error::Denied(Denied::NotYourRole)));
        }
    }

    async fn the_desk_is_closed_before_the_last_lock(app: TestApp) {
        let play = Play::scoring(&app).await;
        let results = Results::new(app.ctx.clone());
        for user in [play.stage.organiser, play.stage.leader] {
            let early = results.desk(&app.actor(user).await, play.stage.slug.clone()).await;
            let phase = ContestPhase::Judging;
            assert_eq!(early.err(), Some(Error::Denied(Denied::NotInThisPhase { phase })));
        }
    }

    async fn prizes_are_proposed_once_per_command_and_from_the_current_desk(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        let seen = version(&play, &results).await;
        let command = ProposePrizes { key: app.ctx.key(), contest: play.stage.contest, expected: seen };
        let organiser = play.organiser().await;
        for _ in 0..2 {
            results.propose_prizes(&organiser, command.clone()).await.expect("proposed");
        }
        assert_eq!(play.events("prizes_proposed").await.len(), 1);
        let stale = ProposePrizes { key: app.ctx.key(), ..command };
        let current = Version(seen.0 + 1);
        let refused = results.propose_prizes(&organiser, stale).await;
        assert_eq!(refused, Err(Error::Conflict(Conflict { expected: seen, current })));
        let desk = results.desk(&organiser, play.stage.slug.clone()).await.expect("the desk");
        assert_eq!(desk.proposed, [("T-01".to_owned(), "NHAT".to_owned())]);
        assert_eq!(desk.ranked[0].prize.as_deref(), Some("NHAT"));
    }

    async fn a_decision_is_checked_field_by_field(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        propose(&play, &results).await.expect("proposed");
        let day = |day| chrono::NaiveDate::from_ymd_opt(2025, 10, day);
        let cases = [
            (SignedDocument { number: String::new(), ..document() }, "number", FieldProblem::Missing),
            (SignedDocument { number: "18/1".to_owned(), ..document() }, "number", FieldProblem::Malformed),
            (SignedDocument { symbol: "QĐ".to_owned(), ..document() }, "symbol", FieldProblem::Malformed),
            (SignedDocument { issued_on: None, ..document() }, "issued_on", FieldProblem::Missing),
            (SignedDocument { issued_on: day(7), ..document() }, "issued_on", FieldProblem::NotADate),
            (SignedDocument { issued_on: day(5), ..document() }, "issued_on", FieldProblem::NotADate),
            (SignedDocument { signer: " ".to_owned(), ..document() }, "signer", FieldProblem::Missing),
            (SignedDocument { signer_position: String::new(), ..document() }, "signer_position", FieldProblem::Missing),
            (SignedDocument { signer: "x".repeat(201), ..document() }, "signer", FieldProblem::TooLong { max: 200 }),
        ];
        for (document, field, problem) in cases {
            assert_eq!(decide(&play, &results, document).await, Err(Error::field(field, problem)));
        }
        let foreign = RecordDecision {
            key: app.ctx.key(),
            contest: play.stage.contest,
            expected: version(&play, &results).await,
            document: document(),
            file: Some(app.ctx.id()),
        };
        let refused = results.record_decision(&play.organiser().await, foreign).await;
        assert_eq!(refused, Err(Error::field("file", FieldProblem::Malformed)));
        assert_eq!(play.events("decision_recorded").await, []);
    }

    async fn a_decision_needs_the_prizes_and_an_organiser(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        assert_eq!(decide(&play, &results, document()).await, Err(Error::Rule(Violation::PrizesMissing)));
        propose(&play, &results).await.expect("proposed");
        let command = RecordDecision {
            key: app.ctx.key(),
            contest: play.stage.contest,
            expected: version(&play, &results).await,
            document: document(),
            file: None,
        };
        let leader = results.record_decision(&app.actor(play.stage.leader).await, command).await;
        assert_eq!(leader, Err(Error::Denied(Denied::NotYourRole)), "the leader signs on paper");
    }

    async fn nothing_is_public_before_the_decision_and_all_of_it_after(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        propose(&play, &results).await.expect("proposed");
        let slug = || play.stage.slug.clone();
        let hidden = Some(Error::NotFound(Kind::Result));
        for actor in [Actor::Anonymous, play.organiser().await] {
            assert_eq!(results.result(&actor, slug()).await.err(), hidden);
        }
        assert_eq!(results.result(&Actor::Anonymous, "khong-co".into()).await.err(), Some(Error::NotFound(Kind::Contest)));
        let reader = app.actor(play.stage.reader).await;
        let early = results.export_record(&reader, slug()).await.err();
        assert_eq!(early, Some(Error::Denied(Denied::NotInThisPhase { phase: ContestPhase::AwaitingApproval })));

        app.clock.advance(chrono::TimeDelta::hours(3));
        decide(&play, &results, document()).await.expect("recorded");
        let shown = results.result(&Actor::Anonymous, slug()).await.expect("public");
        let [award] = &shown.awards[..] else { panic!("one prize: {shown:?}") };
        assert_eq!((award.tier_name.as_str(), award.entry_code.as_str()), ("Giải Nhất", "T-01"));
        assert_eq!((award.average, &award.authors[..]), (None, &["Tác giả 01".to_owned()][..]), "points stay unpublished");
        assert_eq!((shown.received, shown.can_export, shown.decision), (Some(4), false, document()));
        assert_eq!(shown.published_at, app.ctx.now());
        let found = store::entry::find_all(app.ctx.store.read(), &play.stage.entries).await.expect("entries");
        let states: Vec<_> = found.iter().map(|entry| entry.state).collect();
        use EntryState::{Awarded, Eliminated, NotAwarded};
        assert_eq!(states, [Awarded, NotAwarded, Eliminated, Eliminated]);
        assert_eq!(found[0].prize_code.as_deref(), Some("NHAT"));
        let [Event::DecisionRecorded { awards, .. }] = &play.events("decision_recorded").await[..] else {
            panic!("one decision");
        };
        assert_eq!(*awards, [(play.stage.entries[0], "NHAT".to_owned())]);
    }

    async fn a_decision_cannot_be_changed(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        propose(&play, &results).await.expect("proposed");
        decide(&play, &results, document()).await.expect("recorded");
        let closed = Err(Error::Denied(Denied::NotInThisPhase { phase: ContestPhase::Published }));
        let other = SignedDocument { number: "182".to_owned(), ..document() };
        assert_eq!(decide(&play, &results, other).await, closed);
        assert_eq!(propose(&play, &results).await, closed);
        let shown = results.result(&Actor::Anonymous, play.stage.slug.clone()).await.expect("public");
        assert_eq!(shown.decision, document());
    }

    async fn points_are_published_where_the_contest_says_so(app: TestApp) {
        let mut plan = StagePlan::small();
        plan.setup.publish_scores = true;
        let (play, results) = awaiting(&app, plan).await;
        propose(&play, &results).await.expect("proposed");
        decide(&play, &results, document()).await.expect("recorded");
        let shown = results.result(&Actor::Anonymous, play.stage.slug.clone()).await.expect("public");
        assert_eq!(shown.awards[0].average, Some(Points::whole(91)));
    }

    async fn the_record_goes_to_those_entitled(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        propose(&play, &results).await.expect("proposed");
        decide(&play, &results, document()).await.expect("recorded");
        let slug = || play.stage.slug.clone();
        for user in [play.stage.organiser, play.stage.leader, play.stage.reader, play.stage.juries[1][0]] {
            let record = results.export_record(&app.actor(user).await, slug()).await.expect("a record");
            assert_eq!(record.ledger.last().map(|line| line.hash.clone()), Some(record.head));
            assert!(results.result(&app.actor(user).await, slug()).await.expect("public").can_export);
        }
        for user in [play.stage.administrator, play.stage.stranger, play.stage.juries[1][1]] {
            let denied = results.export_record(&app.actor(user).await, slug()).await.err();
            assert_eq!(denied, Some(Error::Denied(Denied::NotYourRole)));
        }
        let anonymous = results.export_record(&Actor::Anonymous, slug()).await.err();
        assert_eq!(anonymous, Some(Error::Denied(Denied::SignInRequired)));
    }

    async fn a_winner_who_leaves_before_the_decision_gets_no_prize(app: TestApp) {
        let (play, results) = awaiting(&app, StagePlan::small()).await;
        propose(&play, &results).await.expect("proposed");
        let winner = [play.stage.entries[0]];
        store::judging::set_entry_states(app.ctx.store.read(), &winner, EntryState::Withdrawn).await.expect("withdrawn");
        let stale = decide(&play, &results, document()).await;
        assert_eq!(stale, Err(Error::Rule(Violation::PrizesMissing)), "what was proposed no longer holds");
        let desk = results.desk(&play.organiser().await, play.stage.slug.clone()).await.expect("the desk");
        assert_eq!((desk.suggested.len(), desk.tally.ranking()[0].as_str()), (0, "T-01"));
        propose(&play, &results).await.expect("proposed anew: nobody is over the floor");
        decide(&play, &results, document()).await.expect("a result without a prize");
        let shown = results.result(&Actor::Anonymous, play.stage.slug.clone()).await.expect("public");
        assert_eq!((shown.awards.len(), shown.received), (0, Some(3)));
    }
}
