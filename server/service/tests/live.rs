//! From commit to viewers, on both engines.

use contract::live::Frame;
use futures::StreamExt;
use rules::account::Actor;
use rules::contest::Timeliness;
use rules::event::{Event, LiveEvent, Progress};
use rules::id::ContestId;
use rules::visibility::Audience;
use service::Ctx;
use service::hub::SentFrame;
use service::live::{follow, progress};
use testkit::{Scene, Setting, TestApp, db_tests};

async fn commit(ctx: &Ctx, contest: ContestId, events: Vec<Event>) {
    let mut tx = ctx.store.write(Some(contest)).await.expect("begins");
    for event in events {
        tx.record(contest, None, ctx.now(), event).expect("one contest");
    }
    ctx.commit(tx).await.expect("commits");
}

fn submitted(app: &TestApp) -> Event {
    Event::EntrySubmitted {
        entry: app.ctx.id(),
        code: "SK-2025-0001".to_owned(),
        unit: None,
        category: "C1".to_owned(),
        content_hash: "0".repeat(64),
        revision: 1,
        timeliness: Timeliness::InTime,
    }
}

fn frame(sent: &SentFrame) -> Frame {
    serde_json::from_str(&sent.data).expect("a frame")
}

db_tests! {
    async fn frames_come_in_order_without_gap_or_repeat(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::open(&app, &scene).await;
        commit(&app.ctx, stage.contest, vec![submitted(&app)]).await;
        let stream = follow(&app.ctx, &Actor::Anonymous, &stage.slug, Some(0)).await.expect("follows");
        let mut stream = Box::pin(stream);
        let writers = (0..20).map(|_| {
            let (ctx, contest, event) = (app.ctx.clone(), stage.contest, submitted(&app));
            tokio::spawn(async move { commit(&ctx, contest, vec![event]).await })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no writer panics");
        }
        let mut picture = Progress::default();
        let mut last = 0;
        // the opening, one entry from before, twenty while watching
        for _ in 0..22 {
            let sent = stream.next().await.expect("a frame");
            assert!(sent.seq > last, "{} after {last}", sent.seq);
            last = sent.seq;
            picture.apply(sent.seq, &frame(&sent).event);
        }
        assert_eq!(picture.received, 21);
        let snapshot = progress(&app.ctx, stage.contest, Audience::Public).await.expect("reads");
        assert_eq!(snapshot, picture);
    }

    async fn a_viewer_comes_back_where_it_left(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::open(&app, &scene).await;
        commit(&app.ctx, stage.contest, (0..3).map(|_| submitted(&app)).collect()).await;
        let head = store::contest::ledger_head(app.ctx.store.read(), stage.contest).await.expect("reads").0;
        let stream = follow(&app.ctx, &Actor::Anonymous, &stage.slug, Some(head - 1)).await.expect("follows");
        let mut stream = Box::pin(stream);
        assert_eq!(stream.next().await.expect("the last one").seq, head);
        commit(&app.ctx, stage.contest, vec![submitted(&app)]).await;
        assert_eq!(stream.next().await.expect("the new one").seq, head + 1);
    }

    async fn the_public_sees_no_unit_and_the_desk_does(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::open(&app, &scene).await;
        let Event::EntrySubmitted { entry, code, category, content_hash, revision, timeliness, .. } = submitted(&app) else {
            unreachable!("the event made above")
        };
        let unit = Some(scene.communes[0]);
        let event = Event::EntrySubmitted { entry, code, unit, category, content_hash, revision, timeliness };
        commit(&app.ctx, stage.contest, vec![event]).await;
        for (audience, seen) in [(Audience::Public, None), (Audience::Desk, unit)] {
            let frames = app.ctx.hub.frames_since(stage.contest, audience, 0).await.expect("reads");
            let last = frame(frames.last().expect("a frame")).event;
            assert!(matches!(last, LiveEvent::EntryReceived { unit, .. } if unit == seen), "{last:?}");
            assert!(!frames.iter().any(|sent| sent.data.contains("SK-2025-0001")), "no code leaves");
        }
        // the leader's stream is the desk's, an author's the public one
        for (viewer, seen) in [(scene.leader, unit), (scene.authors[0], None)] {
            let actor = app.actor(viewer).await;
            let stream = follow(&app.ctx, &actor, &stage.slug, Some(0)).await.expect("follows");
            let sent: Vec<SentFrame> = stream.take(2).collect().await;
            let last = frame(&sent[1]).event;
            assert!(matches!(last, LiveEvent::EntryReceived { unit, .. } if unit == seen), "{last:?}");
        }
    }

    async fn a_draft_has_no_stream(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::draft(&app, &scene).await;
        for slug in [stage.slug.as_str(), "no-such-contest"] {
            let hidden = follow(&app.ctx, &Actor::Anonymous, slug, Some(0)).await.err().expect("hidden");
            assert!(matches!(hidden, contract::Error::NotFound(contract::Kind::Contest)));
        }
    }

    async fn another_node_hears_of_a_commit(app: TestApp) {
        let scene = Scene::new(&app).await;
        let stage = Setting::open(&app, &scene).await;
        if app.ctx.store.engine() == store::Engine::Sqlite {
            assert!(app.ctx.store.listen().await.expect("answers").is_none(), "SQLite is one process");
            return;
        }
        let other = app.second_node().await;
        let listening = tokio::spawn(service::live::listen(other.clone()));
        let stream = follow(&other, &Actor::Anonymous, &stage.slug, Some(0)).await.expect("follows");
        let mut stream = Box::pin(stream);
        assert!(matches!(frame(&stream.next().await.expect("opened")).event, LiveEvent::PhaseChanged { .. }));
        commit(&app.ctx, stage.contest, vec![submitted(&app)]).await;
        let heard = tokio::time::timeout(std::time::Duration::from_secs(10), stream.next()).await;
        let sent = heard.expect("within ten seconds").expect("a frame");
        assert!(matches!(frame(&sent).event, LiveEvent::EntryReceived { .. }));
        listening.abort();
    }
}
