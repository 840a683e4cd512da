//! The virus scanner: files are held until a daemon found them clean, and removed where it found something.

use std::sync::Arc;

use contract::entry::{EntryService, NewAttachment};
use contract::{Error, Kind};
use rules::Violation;
use rules::account::Actor;
use rules::entry::{AttachmentKind, Scan};
use rules::event::Event;
use rules::id::{AttachmentId, EntryId};
use service::Ctx;
use service::uploads::Uploads;
use testkit::{TestApp, db_tests};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::stage::{Stage, violation};

/// A daemon that speaks `INSTREAM` and finds something wherever the bytes say "virus". Gives its address.
async fn daemon() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let mut command = [0; 10];
            line.read_exact(&mut command).await.expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut bytes = Vec::new();
            loop {
                let size = line.read_u32().await.expect("a size");
                if size == 0 {
                    break;
                }
                let mut chunk = vec![0; size as usize];
                line.read_exact(&mut chunk).await.expect("a chunk");
                bytes.extend(chunk);
            }
            let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
            let answer: &[u8] = if has(b"virus") {
                b"stream: Test.Virus FOUND\0"
            } else if has(b"too large") {
                b"INSTREAM size limit exceeded. ERROR\0"
            } else {
                b"stream: OK\0"
            };
            line.write_all(answer).await.expect("answered");
        }
    });
    address
}

impl Stage {
    /// The same stage with a scanner.
    async fn with_scanner(&mut self, address: &str) {
        let node = self.app.second_node().await;
        let mut config = node.config.clone();
        config.clamd = Some(address.to_owned());
        let ctx = Ctx::new(node.store.clone(), node.clock.clone(), node.ids.clone(), config);
        self.uploads = Uploads::new(Arc::clone(&ctx));
    }

    async fn add_text(&self, author: &Actor, entry: EntryId, text: &str) -> AttachmentId {
        let new = NewAttachment {
            key: self.key(),
            entry,
            kind: AttachmentKind::Other,
            file_name: format!("{text}.pdf"),
        };
        let mut upload = self.uploads.begin(author, new, None).await.expect("begun");
        upload
            .write(format!("%PDF-1.7\n{text}").as_bytes())
            .await
            .expect("taken");
        upload.finish().await.expect("added").attachment.id
    }
}

db_tests! {
    async fn a_file_is_held_until_it_is_found_clean(app: TestApp) {
        let mut stage = Stage::new(app).await;
        let address = daemon().await;
        stage.with_scanner(&address).await;
        let (author, organiser, coordinator) =
            (stage.author(0).await, stage.organiser().await, stage.coordinator(0).await);
        let entry = stage.complete(&author, "Giải pháp có tệp cần quét").await;
        let clean = stage.add_text(&author, entry, "sạch").await;
        let infected = stage.add_text(&author, entry, "virus").await;
        let large = stage.add_text(&author, entry, "too large").await;
        stage.submit(&author, entry).await.expect("submitting does not wait for the scanner");
        let scans = async || {
            let detail = stage.entries.detail(&coordinator, entry).await.expect("on the desk");
            detail.line.attachments.iter().map(|file| (file.id, file.scan)).collect::<Vec<_>>()
        };
        assert_eq!(scans().await, [(clean, Scan::Held), (infected, Scan::Held), (large, Scan::Held)]);
        for file in [clean, infected] {
            assert!(stage.uploads.open(&author, file).await.is_ok(), "one's own");
            assert_eq!(violation(stage.uploads.open(&organiser, file).await.map(|_| ())), Violation::FileHeld);
        }

        assert_eq!(stage.uploads.scan_held(&address).await.expect("scanned"), 2);
        assert_eq!(scans().await, [(clean, Scan::Clean), (infected, Scan::Infected), (large, Scan::Held)], "no verdict on the large one");
        assert!(stage.uploads.open(&organiser, clean).await.is_ok());
        assert_eq!(stage.uploads.open(&author, infected).await.map(|_| ()), Err(Error::NotFound(Kind::Attachment)));
        let draft = stage.entries.draft(&author, entry).await.expect("the author's page");
        assert_eq!(draft.files.infected, ["virus.pdf"]);
        let removed = Event::AttachmentInfected { entry, attachment: infected };
        assert!(stage.events().await.contains(&removed));
        assert_eq!(stage.files().len(), 2, "the infected bytes are gone");
        assert_eq!(stage.uploads.scan_held(&address).await.expect("scanned"), 0);
    }

    async fn a_daemon_that_is_away_lets_nothing_through(app: TestApp) {
        let mut stage = Stage::new(app).await;
        // a port nobody listens on
        let address = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address").to_string();
        stage.with_scanner(&address).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Giải pháp chờ quét").await;
        let file = stage.add_text(&author, entry, "sạch").await;
        stage.submit(&author, entry).await.expect("submitted");
        assert_eq!(stage.uploads.scan_held(&address).await.expect("asked"), 0);
        assert_eq!(violation(stage.uploads.open(&organiser, file).await.map(|_| ())), Violation::FileHeld);
    }
}
