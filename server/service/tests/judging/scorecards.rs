//! The judge's own scorecard.

use contract::error::Conflict;
use contract::judging::{ConfirmPrinciples, JudgingService, OwnCardState};
use contract::{Error, FieldProblem};
use rules::Violation;
use rules::event::Event;
use rules::id::{CommandKey, Version};
use rules::judging::{CriterionCode, RoundState, ScoreProblem};
use rules::points::Points;
use testkit::{StagePlan, TestApp, mark, marks};

use super::play::{FIRST, Play, label};

fn problems(outcome: contract::Result<contract::judging::OwnCard>) -> Vec<ScoreProblem> {
    match outcome {
        Err(Error::Rule(Violation::Scorecard { problems })) => problems,
        other => panic!("not refused by the rubric: {other:?}"),
    }
}

testkit::db_tests! {
    async fn nothing_is_scored_before_the_principles_are_confirmed(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        play.open(FIRST).await.expect("the round opens");
        let refused = Err(Error::Rule(Violation::PrinciplesNotConfirmed));
        assert_eq!(play.submit(FIRST, 1, "P101", marks(80)).await, refused);
        let judge = play.judge(FIRST, 1).await;
        let draft = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, marks(80))).await;
        assert_eq!(draft, refused);
        for _ in 0..2 {
            let command = ConfirmPrinciples { key: app.ctx.key(), round: play.round(FIRST) };
            play.judging.confirm_principles(&judge, command).await.expect("confirmed");
        }
        assert_eq!(play.events("principles_confirmed").await.len(), 1, "the second time changes nothing");
        play.submit(FIRST, 1, "P101", marks(80)).await.expect("now it is taken");
    }

    async fn a_draft_is_kept_and_leaves_no_event(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 2).await;
        let saved = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, mark("TC3", 2_450))).await;
        let saved = saved.expect("an incomplete draft is kept");
        assert_eq!((saved.state, saved.version, saved.total), (OwnCardState::Draft, Version(1), Points(2_450)));
        assert_eq!(play.card(FIRST, 2, "P101").await, saved);
        assert_eq!(play.events("scorecard_submitted").await, []);
        assert_eq!(play.desk(FIRST).await.state, RoundState::Open, "a draft is no ballot");
    }

    async fn two_windows_of_one_judge_do_not_overwrite_each_other(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 1).await;
        play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, marks(70))).await.expect("first window");
        let second = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, marks(60))).await;
        let conflict = Conflict { expected: Version(0), current: Version(1) };
        assert_eq!(second, Err(Error::Conflict(conflict)));
        assert_eq!(play.card(FIRST, 1, "P101").await.total, Points::whole(70));
        let both = tokio::join!(
            play.judging.submit_scorecard(&judge, play.put(FIRST, "P101", 1, marks(71))),
            play.judging.submit_scorecard(&judge, play.put(FIRST, "P101", 1, marks(72))),
        );
        assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1, "{both:?}");
        assert_eq!(play.events("scorecard_submitted").await.len(), 1);
    }

    async fn points_off_the_rubric_are_refused_naming_the_criterion(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 1).await;
        let code = |text: &str| CriterionCode::parse(text).expect("a code");
        let over = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, mark("TC4", 1_550))).await;
        let (score, max) = (Points(1_550), Points::whole(15));
        assert_eq!(problems(over), [ScoreProblem::OverMax { criterion: code("TC4"), score, max }]);
        let off = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, mark("TC4", 1_025))).await;
        let step = Points(50);
        assert_eq!(problems(off), [ScoreProblem::OffStep { criterion: code("TC4"), score: Points(1_025), step }]);
        let foreign = play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 0, mark("TC9", 100))).await;
        assert_eq!(problems(foreign), [ScoreProblem::UnknownCriterion { criterion: code("TC9") }]);
        let incomplete = play.judging.submit_scorecard(&judge, play.put(FIRST, "P101", 0, mark("TC4", 1_000))).await;
        assert_eq!(problems(incomplete).len(), 4, "four criteria are missing");
        assert_eq!(play.card(FIRST, 1, "P101").await.state, OwnCardState::Empty);
    }

    async fn low_points_need_a_comment(app: TestApp) {
        let play = Play::scoring(&app).await;
        let mut command = play.put(FIRST, "P101", 0, marks(40));
        command.comment = " \u{200B} ".to_owned();
        let judge = play.judge(FIRST, 1).await;
        let refused = problems(play.judging.submit_scorecard(&judge, command.clone()).await);
        assert!(matches!(refused[..], [ScoreProblem::CommentRequired { .. }]), "{refused:?}");
        command.comment = "x".repeat(4_001);
        let long = play.judging.submit_scorecard(&judge, command.clone()).await;
        assert_eq!(long, Err(Error::field("comment", FieldProblem::TooLong { max: 4_000 })));
        command.comment = "Chưa rõ hiệu quả.".to_owned();
        play.judging.submit_scorecard(&judge, command).await.expect("with a comment it is taken");
    }

    async fn a_submitted_scorecard_stands(app: TestApp) {
        let play = Play::scoring(&app).await;
        let card = play.submit(FIRST, 1, "P101", marks(80)).await.expect("submitted");
        assert_eq!((card.state, card.version, card.total), (OwnCardState::Submitted, Version(1), Points::whole(80)));
        assert_eq!(play.desk(FIRST).await.state, RoundState::Scoring, "the first ballot starts the scoring");
        let stands = Err(Error::Rule(Violation::ScorecardSubmitted));
        assert_eq!(play.submit(FIRST, 1, "P101", marks(90)).await, stands);
        let judge = play.judge(FIRST, 1).await;
        assert_eq!(play.judging.save_scorecard(&judge, play.put(FIRST, "P101", 1, marks(90))).await, stands);
        assert_eq!(play.declare(FIRST, 1, "P101", "quen tác giả").await, Err(Error::Rule(Violation::ScorecardSubmitted)));
        let [Event::ScorecardSubmitted { total, version: 1, seat, .. }] = &play.events("scorecard_submitted").await[..]
        else {
            panic!("one ballot");
        };
        assert_eq!((*total, seat.0.as_str()), (Points::whole(80), "GK 1"));
    }

    async fn a_repeated_command_answers_as_before(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 1).await;
        let command = play.put(FIRST, "P101", 0, marks(80));
        let first = play.judging.submit_scorecard(&judge, command.clone()).await.expect("submitted");
        app.clock.advance(chrono::TimeDelta::hours(1));
        assert_eq!(play.judging.submit_scorecard(&judge, command.clone()).await, Ok(first));
        assert_eq!(play.events("scorecard_submitted").await.len(), 1);
        let other = play.judge(FIRST, 2).await;
        let stolen = play.judging.submit_scorecard(&other, command).await;
        assert!(matches!(stolen, Err(Error::Denied(_))), "{stolen:?}");
        let fresh: CommandKey = app.ctx.key();
        assert_ne!(fresh, app.ctx.key());
    }

    async fn judges_submit_at_the_same_time(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judges = [play.judge(FIRST, 1).await, play.judge(FIRST, 2).await, play.judge(FIRST, 3).await];
        let [a, b, c] = [81, 82, 83].map(|total| play.put(FIRST, "P101", 0, marks(total)));
        let all = tokio::join!(
            play.judging.submit_scorecard(&judges[0], a),
            play.judging.submit_scorecard(&judges[1], b),
            play.judging.submit_scorecard(&judges[2], c),
        );
        for outcome in [all.0, all.1, all.2] {
            outcome.expect("every ballot is taken");
        }
        assert_eq!(play.events("scorecard_submitted").await.len(), 3);
        let reports = store::ledger::verify_all(app.ctx.store.read()).await.expect("chains can be read");
        assert!(reports.iter().all(|report| report.verdict.is_ok()), "{reports:?}");
        let progress = play.desk(FIRST).await.progress.expect("an open round has progress");
        assert_eq!(progress.done(), (3, 12));
    }

    async fn a_declared_conflict_recuses_before_submission_only(app: TestApp) {
        let play = Play::scoring(&app).await;
        let judge = play.judge(FIRST, 2).await;
        play.judging.save_scorecard(&judge, play.put(FIRST, "P103", 0, marks(50))).await.expect("a draft");
        let silent = play.declare(FIRST, 2, "P103", "  ").await;
        assert_eq!(silent, Err(Error::Rule(Violation::ReasonRequired)));
        play.declare(FIRST, 2, "P103", "Anh em ruột với tác giả").await.expect("declared");
        let card = play.card(FIRST, 2, "P103").await;
        assert_eq!((card.state, card.version, card.total), (OwnCardState::Recused, Version(2), Points::ZERO));
        assert_eq!(play.submit(FIRST, 2, "P103", marks(50)).await, Err(Error::Rule(Violation::Recused)));
        let view = play.judging.judge_entry(&judge, play.round(FIRST), label("P103")).await.expect("still listed");
        assert_eq!((view.statement.0.len(), view.attachments.len()), (0, 0), "nothing to read any more");
        let recused = play.events("recused").await;
        assert!(matches!(&recused[..], [Event::Recused { by_rule: false, .. }]), "{recused:?}");
    }

    async fn a_withdrawn_entry_is_no_longer_waited_for(app: TestApp) {
        let play = Play::scoring(&app).await;
        play.submit_all(FIRST, &[("P101", 80), ("P102", 70), ("P103", 60)]).await;
        assert_eq!(play.desk(FIRST).await.blocks, [Violation::BallotsMissing { missing: 3 }]);
        let gone = play.stage.entries[3];
        store::judging::set_entry_states(app.ctx.store.read(), &[gone], rules::entry::EntryState::Withdrawn)
            .await
            .expect("withdrawn");
        let desk = play.desk(FIRST).await;
        assert_eq!(desk.blocks, []);
        let ranked: Vec<_> = desk.tally.expect("all in").rows.into_iter().map(|row| row.entry).collect();
        assert_eq!(ranked, ["P101", "P102", "P103"].map(label));
        let judge = play.judge(FIRST, 1).await;
        let left = play.judging.judge_entry(&judge, play.round(FIRST), label("P104")).await;
        assert!(matches!(left, Err(Error::NotFound(_))), "{left:?}");
    }
}
