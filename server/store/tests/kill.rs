//! `kill -9` at any moment: what was acknowledged is there afterwards, rows and ledger agree, the chain verifies.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use rules::contest::{Preset, preset};
use rules::event::Event;
use rules::id::ContestId;
use store::Store;
use store::contest::NewContest;
use testkit::{Scene, TestApp};

/// Address of the database, set for the writing child only.
const URL: &str = "KILL_TEST_URL";
/// Contest it writes to.
const CONTEST: &str = "KILL_TEST_CONTEST";
const KILLS: u64 = 6;

/// The child: writes and says so, until it is killed.
async fn write_until_killed(url: &str, contest: ContestId) -> ! {
    let store = Store::connect(url).await.expect("opens");
    loop {
        let mut tx = store.write(Some(contest)).await.expect("begins");
        store::contest::bump_version(tx.conn(), contest)
            .await
            .expect("updates");
        let at = "2025-07-01T02:00:00Z".parse().expect("a time");
        tx.record(contest, None, at, Event::ContestCreated { code: "K".to_owned() })
            .expect("one contest");
        let committed = tx.commit().await.expect("commits");
        let mut out = std::io::stdout();
        writeln!(out, "\nack {}", committed.events()[0].seq)
            .and_then(|()| out.flush())
            .expect("somebody listens");
    }
}

/// Runs this same test as the child, kills it after a while, and gives the last number it acknowledged.
fn kill_one(test: &str, url: &str, contest: ContestId, after: Duration) -> i64 {
    let mut child = Command::new(std::env::current_exe().expect("a test knows its program"))
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(URL, url)
        .env(CONTEST, contest.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let out = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut acks = out
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("ack ")?.parse().ok());
    let mut last: i64 = acks.next().expect("the child writes");
    let killer = std::thread::spawn(move || {
        std::thread::sleep(after);
        child.kill().expect("kill -9");
        child.wait().expect("it is gone")
    });
    for ack in acks {
        last = ack;
    }
    assert!(!killer.join().expect("the killer returns").success());
    last
}

async fn survives(test: &str, app: TestApp) {
    let scene = Scene::new(&app).await;
    let contest: ContestId = app.ctx.id();
    let new = NewContest {
        id: contest,
        slug: "k".to_owned(),
        code: "K".to_owned(),
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
    let mut before = 0;
    for kill in 0..KILLS {
        let (test, url) = (test.to_owned(), app.url.clone());
        let after = Duration::from_millis(15 + kill * 23);
        let acknowledged = tokio::task::spawn_blocking(move || kill_one(&test, &url, contest, after)).await;
        let acknowledged = acknowledged.expect("the child was killed");
        assert!(acknowledged > before, "the child got on with it");
        // the lock of a transaction cut off by the kill must not outlive it
        app.ctx
            .store
            .write(Some(contest))
            .await
            .expect("begins")
            .rollback()
            .await
            .expect("gives up");
        let row = store::contest::by_id(app.ctx.store.read(), contest)
            .await
            .expect("reads")
            .expect("there");
        assert!(
            row.last_seq >= acknowledged,
            "{acknowledged} was acknowledged, {} is there",
            row.last_seq
        );
        assert_eq!(
            row.version.0,
            1 + row.last_seq,
            "row and ledger were committed together"
        );
        let reports = store::ledger::verify_all(app.ctx.store.read())
            .await
            .expect("reads");
        assert!(reports[0].verdict.is_ok(), "{:?}", reports[0]);
        assert_eq!(reports[0].events, row.last_seq);
        before = row.last_seq;
    }
}

/// The child's part, where this process is the child.
async fn child() {
    if let (Ok(url), Ok(contest)) = (std::env::var(URL), std::env::var(CONTEST)) {
        write_until_killed(&url, contest.parse().expect("an id")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_kills() {
    child().await;
    survives("sqlite_survives_kills", TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_kills() {
    child().await;
    if let Some(app) = TestApp::postgres().await {
        survives("postgres_survives_kills", app).await;
    }
}
