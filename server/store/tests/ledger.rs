//! The ledger and the frame of a write, on both engines.

use rules::contest::{Preset, preset};
use rules::event::Event;
use rules::id::{CommandKey, ContestId};
use rules::ledger::Hash32;
use store::contest::NewContest;
use store::ledger::ChainFault;
use testkit::{Scene, TestApp, db_tests};

async fn contest(app: &TestApp, scene: &Scene, code: &str) -> ContestId {
    let id: ContestId = app.ctx.id();
    let new = NewContest {
        id,
        slug: code.to_lowercase(),
        code: code.to_owned(),
        name: "Cuộc thi".to_owned(),
        year: 2025,
        organiser: scene.province,
        setup: preset(Preset::Agency),
        historical: false,
        fictional: true,
    };
    store::contest::insert(app.ctx.store.read(), new, app.ctx.now())
        .await
        .expect("stored");
    id
}

fn event(code: &str) -> Event {
    Event::ContestCreated {
        code: code.to_owned(),
    }
}

db_tests! {
    async fn events_are_numbered_and_chained(app: TestApp) {
        let scene = Scene::new(&app).await;
        let id = contest(&app, &scene, "A").await;
        for count in [2, 1] {
            let mut tx = app.ctx.store.write(Some(id)).await.expect("begins");
            for _ in 0..count {
                tx.record(id, Some(scene.organiser), app.ctx.now(), event("A")).expect("one contest");
            }
            let committed = tx.commit().await.expect("commits");
            assert_eq!(committed.contest(), Some(id));
            assert_eq!(committed.events().len(), count);
        }
        let chain = store::ledger::chain(app.ctx.store.read(), id).await.expect("reads");
        let seqs: Vec<i64> = chain.iter().map(|row| row.event.seq).collect();
        assert_eq!(seqs, [1, 2, 3]);
        let head = rules::ledger::verify_chain(&chain).expect("whole");
        let row = store::contest::by_id(app.ctx.store.read(), id).await.expect("reads").expect("there");
        assert_eq!((row.last_seq, row.last_hash), (3, head.to_string()));
        let after = store::ledger::events_after(app.ctx.store.read(), id, 1, 10).await.expect("reads");
        assert_eq!(after.iter().map(|event| event.seq).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(after[0].event, event("A"));
    }

    async fn a_dropped_transaction_leaves_nothing(app: TestApp) {
        let scene = Scene::new(&app).await;
        let id = contest(&app, &scene, "A").await;
        {
            let mut tx = app.ctx.store.write(Some(id)).await.expect("begins");
            tx.record(id, None, app.ctx.now(), event("A")).expect("one contest");
            store::contest::bump_version(tx.conn(), id).await.expect("updates");
        }
        let row = store::contest::by_id(app.ctx.store.read(), id).await.expect("reads").expect("there");
        assert_eq!((row.last_seq, row.version.0), (0, 1));
    }

    async fn parallel_writes_of_one_contest_keep_one_chain(app: TestApp) {
        let scene = Scene::new(&app).await;
        let id = contest(&app, &scene, "A").await;
        let writers = (0..20).map(|_| {
            let ctx = app.ctx.clone();
            tokio::spawn(async move {
                let mut tx = ctx.store.write(Some(id)).await.expect("begins");
                tx.record(id, None, ctx.now(), event("A")).expect("one contest");
                tx.commit().await.expect("commits");
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no writer panics");
        }
        let reports = store::ledger::verify_all(app.ctx.store.read()).await.expect("reads");
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].events, 20);
        assert!(reports[0].verdict.is_ok());
    }

    async fn a_changed_row_and_a_cut_end_are_found(app: TestApp) {
        use store::Conn;
        let scene = Scene::new(&app).await;
        let id = contest(&app, &scene, "A").await;
        let mut tx = app.ctx.store.write(Some(id)).await.expect("begins");
        for _ in 0..3 {
            tx.record(id, None, app.ctx.now(), event("A")).expect("one contest");
        }
        tx.commit().await.expect("commits");
        let sql = "DELETE FROM event WHERE seq = 3";
        app.ctx.store.read().execute_unprepared(sql).await.expect("cuts the end off");
        let reports = store::ledger::verify_all(app.ctx.store.read()).await.expect("reads");
        assert!(matches!(reports[0].verdict, Err(ChainFault::Head { expected: 3, found: 2, .. })));
        let sql = "UPDATE event SET body = '{\"code\":\"B\",\"kind\":\"contest_created\"}' WHERE seq = 1";
        app.ctx.store.read().execute_unprepared(sql).await.expect("changes a row");
        let reports = store::ledger::verify_all(app.ctx.store.read()).await.expect("reads");
        assert!(matches!(&reports[0].verdict, Err(ChainFault::Break(found)) if found.seq == 1));
    }

    async fn a_repeated_key_answers_the_stored_outcome(app: TestApp) {
        let scene = Scene::new(&app).await;
        let key = CommandKey(app.ctx.id());
        let what = Hash32::of(b"the command");
        let mut tx = app.ctx.store.write(None).await.expect("begins");
        assert_eq!(tx.remembered::<String>(key, Some(scene.organiser), what).await.expect("reads"), None);
        tx.remember(key, Some(scene.organiser), app.ctx.now(), &"done").await.expect("writes");
        tx.commit().await.expect("commits");
        let mut tx = app.ctx.store.write(None).await.expect("begins");
        let outcome = tx.remembered::<String>(key, Some(scene.organiser), what).await.expect("reads");
        assert_eq!(outcome.as_deref(), Some("done"));
        let other = tx.remembered::<String>(key, Some(scene.leader), what).await;
        assert!(matches!(other, Err(store::Error::KeyOfAnother)));
        let other = tx.remembered::<String>(key, Some(scene.organiser), Hash32::of(b"another")).await;
        assert!(matches!(other, Err(store::Error::KeyOfAnotherCommand)));
    }

    async fn text_with_a_nul_is_never_a_fault_of_the_database(app: TestApp) {
        let found = store::contest::by_slug(app.ctx.store.read(), "a\0b").await;
        assert!(matches!(found, Ok(None) | Err(store::Error::BadText)), "{:?}", found.err());
    }

    async fn events_of_two_contests_do_not_share_a_transaction(app: TestApp) {
        let scene = Scene::new(&app).await;
        let (a, b) = (contest(&app, &scene, "A").await, contest(&app, &scene, "B").await);
        let mut tx = app.ctx.store.write(Some(a)).await.expect("begins");
        let refused = tx.record(b, None, app.ctx.now(), event("B"));
        assert!(matches!(refused, Err(store::Error::TwoContests)));
    }
}
