//! Who sees what before the round is locked (S0 A-24): nobody another's points, and some not even the round.

use contract::judging::JudgingService;
use contract::{Error, Kind};
use rules::account::{Actor, Denied};
use rules::contest::{Preset, preset};
use testkit::{StagePlan, TestApp, marks};

use super::play::{FIRST, LAST, Play, label};

/// Totals no other number of the views can be mistaken for.
const TELLING: [(&str, i64); 4] = [("P101", 77), ("P102", 78), ("P103", 79), ("P104", 83)];

fn no_points(text: &str) {
    for (_, total) in TELLING {
        assert!(
            !text.contains(&format!("\"{total}\"")),
            "a total of {total} in {text}"
        );
    }
    for word in ["\"scores\"", "\"average\"", "\"comment\"", "Nhận xét"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

testkit::db_tests! {
    async fn no_points_are_on_desk_or_board_before_all_ballots_are_in(app: TestApp) {
        let play = Play::scoring(&app).await;
        for seat in 1..=3 {
            for (entry, total) in TELLING {
                if (seat, entry) == (3, "P104") {
                    continue;
                }
                play.submit(FIRST, seat, entry, marks(total)).await.expect("a ballot");
                let desk = play.desk(FIRST).await;
                assert_eq!((desk.tally.is_none(), desk.advance.is_none(), desk.titles.len()), (true, true, 0));
                no_points(&serde_json::to_string(&desk).expect("a view is JSON"));
            }
        }
        for user in [play.stage.leader, play.stage.organiser, play.stage.juries[0][0]] {
            let board = play.judging.board(&app.actor(user).await, play.stage.slug.clone()).await.expect("a board");
            no_points(&serde_json::to_string(&board).expect("a view is JSON"));
        }
        play.submit(FIRST, 3, "P104", marks(83)).await.expect("the last ballot");
        let tally = play.desk(FIRST).await.tally.expect("now the desk counts");
        assert_eq!(tally.ranking(), ["P104", "P103", "P102", "P101"].map(label));
    }

    async fn a_judge_never_gets_another_judges_points(app: TestApp) {
        let play = Play::scoring(&app).await;
        play.submit(FIRST, 1, "P101", marks(77)).await.expect("a ballot");
        play.submit(FIRST, 3, "P102", marks(78)).await.expect("a ballot");
        let judge = play.judge(FIRST, 2).await;
        let queue = play.judging.queue(&judge, play.round(FIRST)).await.expect("a queue");
        let queues = play.judging.queues(&judge).await.expect("queues");
        let entry = play.judging.judge_entry(&judge, play.round(FIRST), label("P101")).await.expect("an entry");
        assert_eq!(queue.entries.iter().filter_map(|entry| entry.total).count(), 0);
        assert_eq!((entry.card.scores.len(), entry.card.version.0), (0, 0));
        let text = serde_json::to_string(&(queue, queues, entry)).expect("views are JSON");
        assert!(!text.contains("\"77\"") && !text.contains("\"78\"") && !text.contains("Nhận xét"), "{text}");
        let desk = play.judging.round_desk(&judge, play.round(FIRST)).await;
        assert_eq!(desk, Err(Error::Denied(Denied::NotYourRole)), "only the chair sits at the desk");
        play.judging.round_desk(&play.judge(FIRST, 1).await, play.round(FIRST)).await.expect("the chair's desk");
    }

    async fn a_judge_reads_answers_but_those_that_tell_the_author(app: TestApp) {
        let play = Play::scoring(&app).await;
        let db = app.ctx.store.read();
        let mut row = store::entry::find(db, play.stage.entries[0]).await.expect("reads").expect("an entry");
        row.content.form_version = 1;
        row.content.answers = rules::entry::Answers(
            [("budget", "1.500"), ("applied_elsewhere", "yes"), ("where_applied", "Xã Bí Mật")]
                .map(|(code, typed)| (code.to_owned(), typed.to_owned()))
                .into(),
        );
        let expected = row.version;
        row.version = expected.next();
        assert!(store::entry::update(db, &row, expected).await.expect("stored"));
        let contest = store::contest::by_id(db, play.stage.contest).await.expect("reads").expect("a contest");
        let mut setup = contest.setup.clone();
        setup.form = preset(Preset::District).form;
        assert!(store::contest::save_setup(db, contest.id, contest.version, &setup).await.expect("stored"));
        let judge = play.judge(FIRST, 2).await;
        let entry = play.judging.judge_entry(&judge, play.round(FIRST), label("P101")).await.expect("an entry");
        let codes: Vec<&str> = entry.answers.iter().map(|line| line.code.as_str()).collect();
        assert_eq!(codes, ["budget", "applied_elsewhere"]);
        let text = serde_json::to_string(&entry).expect("a view is JSON");
        assert!(!text.contains("Bí Mật"), "{text}");
    }

    async fn a_judge_of_another_round_does_not_learn_of_this_one(app: TestApp) {
        let play = Play::scoring(&app).await;
        let unknown = Error::NotFound(Kind::Round);
        for outsider in [play.judge(LAST, 2).await, play.judge(LAST, 1).await, app.actor(play.stage.stranger).await] {
            let round = play.round(FIRST);
            assert_eq!(play.judging.queue(&outsider, round).await.err(), Some(unknown.clone()));
            assert_eq!(play.judging.judge_entry(&outsider, round, label("P101")).await.err(), Some(unknown.clone()));
            assert_eq!(play.judging.order(&outsider, round).await.err(), Some(unknown.clone()));
            assert_eq!(play.judging.round_desk(&outsider, round).await.err(), Some(unknown.clone()));
            let put = play.put(FIRST, "P101", 0, marks(70));
            assert_eq!(play.judging.submit_scorecard(&outsider, put).await.err(), Some(unknown.clone()));
        }
        let nowhere = app.ctx.id();
        assert_eq!(play.judging.queue(&play.judge(FIRST, 1).await, nowhere).await.err(), Some(unknown));
    }

    async fn leader_and_administrator_never_reach_the_desk(app: TestApp) {
        let play = Play::scoring(&app).await;
        play.submit_all(FIRST, &TELLING).await;
        for user in [play.stage.leader, play.stage.administrator, play.stage.reader] {
            let desk = play.judging.round_desk(&app.actor(user).await, play.round(FIRST)).await;
            assert_eq!(desk, Err(Error::Denied(Denied::NotYourRole)));
        }
        let anonymous = play.judging.round_desk(&Actor::Anonymous, play.round(FIRST)).await;
        assert_eq!(anonymous, Err(Error::Denied(Denied::SignInRequired)));
    }

    async fn the_board_is_for_those_who_run_the_contest(app: TestApp) {
        let play = Play::scoring(&app).await;
        let board = async |actor: Actor| play.judging.board(&actor, play.stage.slug.clone()).await;
        for user in [play.stage.stranger, play.stage.administrator, play.stage.juries[0][1]] {
            assert_eq!(board(app.actor(user).await).await.err(), Some(Error::Denied(Denied::NotYourRole)));
        }
        let seen = board(app.actor(play.stage.leader).await).await.expect("the leader's board");
        assert_eq!(seen.progress.rounds[0].done(), (0, 12));
        let nothing = play.judging.board(&app.actor(play.stage.leader).await, "khong-co".to_owned()).await;
        assert_eq!(nothing.err(), Some(Error::NotFound(Kind::Contest)));
    }

    async fn an_unknown_label_is_not_found(app: TestApp) {
        let play = Play::new(&app, StagePlan::small()).await;
        play.open(FIRST).await.expect("opens");
        let judge = play.judge(FIRST, 1).await;
        for wrong in ["P999", "T-01", "", "P101 "] {
            let entry = play.judging.judge_entry(&judge, play.round(FIRST), label(wrong)).await;
            assert_eq!(entry.err(), Some(Error::NotFound(Kind::Entry)), "{wrong:?}");
        }
    }
}
