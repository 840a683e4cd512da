//! Uploads in pieces: they go on after a dropped line and a restart, lies and strangers get nowhere, and the end of one
//! is said twice alike.

use std::time::SystemTime;

use bytes::Bytes;
use chrono::TimeDelta;
use contract::entry::{EntryService, NewAttachment};
use contract::error::FieldProblem;
use contract::{Error, Kind, Result};
use futures::stream;
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::entry::{AttachmentKind, EntryState, EntryStep};
use rules::event::Event;
use rules::id::{EntryId, UploadId};
use rules::ledger::Hash32;
use service::uploads::{Algorithm, Checksum, Piece, Standing, Uploads};
use sha2::Digest;
use testkit::{TestApp, db_tests};
use tokio::io::AsyncReadExt;

use crate::stage::{Stage, violation};

/// A PDF of `size` bytes, no two blocks of it alike.
fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((0..).flat_map(|number: u64| number.to_le_bytes()).take(size - 9));
    bytes
}

fn piece(offset: u64) -> Piece {
    Piece {
        offset,
        length: None,
        checksum: None,
    }
}

fn body(bytes: &[u8]) -> impl futures::Stream<Item = std::io::Result<Bytes>> + Send + Unpin + 'static {
    let chunks: Vec<_> = bytes
        .chunks(1000)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
        .collect();
    stream::iter(chunks)
}

/// A body whose line drops after `bytes`.
fn dropped(bytes: &[u8]) -> impl futures::Stream<Item = std::io::Result<Bytes>> + Send + Unpin + 'static {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    stream::iter([Ok(Bytes::copy_from_slice(bytes)), Err(broken)])
}

impl Stage {
    fn new_file(&self, entry: EntryId, kind: AttachmentKind, name: &str) -> NewAttachment {
        NewAttachment {
            key: self.key(),
            entry,
            kind,
            file_name: name.into(),
        }
    }

    async fn begin_pdf(&self, author: &Actor, entry: EntryId, size: usize) -> Standing {
        let new = self.new_file(entry, AttachmentKind::Other, "Thuyết minh.pdf");
        self.uploads
            .begin_pieces(author, new, size as u64)
            .await
            .expect("begun")
    }

    async fn offset(&self, author: &Actor, id: UploadId) -> Result<u64> {
        self.uploads
            .standing(author, id)
            .await
            .map(|standing| standing.offset)
    }

    async fn attached(&self, author: &Actor, entry: EntryId) -> Vec<rules::entry::AttachmentInfo> {
        self.entries
            .draft(author, entry)
            .await
            .expect("the draft")
            .attachments
    }

    /// The file an upload grows in.
    fn growing(&self, id: UploadId) -> std::path::PathBuf {
        self.app.ctx.config.data_dir.join(format!("incoming/tus-{id}"))
    }
}

db_tests! {
    async fn pieces_become_a_file_and_the_end_is_said_twice_alike(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(300_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        assert_eq!((begun.offset, begun.size, begun.finished), (0, 300_000, false));
        let first = stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..270_001])).await.expect("taken");
        assert_eq!((first.offset, first.finished), (270_001, false));
        assert_eq!(stage.offset(&author, begun.id).await, Ok(270_001));
        let pending = stage.entries.draft(&author, entry).await.expect("the draft").files.pending;
        assert_eq!(pending.iter().map(|upload| (upload.upload, upload.received)).collect::<Vec<_>>(), [(begun.id, 270_001)]);

        let last = Piece { length: Some(29_999), ..piece(270_001) };
        let done = stage.uploads.append(&author, begun.id, last.clone(), body(&bytes[270_001..])).await.expect("the last");
        assert_eq!((done.offset, done.finished), (300_000, true));
        let again = stage.uploads.append(&author, begun.id, last, body(&bytes[270_001..])).await.expect("said again");
        assert_eq!(again, done);
        assert_eq!(stage.uploads.standing(&author, begun.id).await.expect("known"), done);

        let files = stage.attached(&author, entry).await;
        let [file] = files.as_slice() else { panic!("one file: {files:?}") };
        assert_eq!((file.file_name.as_str(), file.size), ("Thuyết minh.pdf", 300_000));
        assert_eq!(file.sha256, Hash32::of(&bytes).to_string());
        let (_, mut blob) = stage.uploads.open(&author, file.id).await.expect("opened");
        let mut read = Vec::new();
        blob.read_to_end(&mut read).await.expect("read");
        assert!(read == bytes);
        let recorded = Event::AttachmentAdded { entry, attachment: file.id, sha256: file.sha256.clone(), size: 300_000 };
        assert_eq!(stage.events().await, [recorded]);
        assert_eq!(stage.files().len(), 1, "only the blob");
        assert_eq!(stage.entries.draft(&author, entry).await.expect("the draft").files.pending, []);
    }

    async fn the_same_key_begins_one_upload(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, other) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.begin(&author).await;
        let new = stage.new_file(entry, AttachmentKind::Other, "a.pdf");
        let begun = stage.uploads.begin_pieces(&author, new.clone(), 100).await.expect("begun");
        assert_eq!(stage.uploads.begin_pieces(&author, new.clone(), 100).await.expect("the same"), begun);
        let taken = Err(Error::field("key", FieldProblem::Taken));
        assert_eq!(stage.uploads.begin_pieces(&author, new.clone(), 101).await, taken);
        assert_eq!(stage.uploads.begin_pieces(&other, new, 100).await, taken);
    }

    async fn a_dropped_line_and_a_restart_go_on_where_they_stopped(app: TestApp) {
        let mut stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(600_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        let broken = stage.uploads.append(&author, begun.id, piece(0), dropped(&bytes[..400_000])).await;
        assert_eq!(broken, Err(Error::field("file", FieldProblem::Malformed)));
        assert_eq!(stage.offset(&author, begun.id).await, Ok(400_000), "what arrived stays");

        // a request that is given up while it waits for more leaves what it wrote, too
        let endless = Box::pin(futures::StreamExt::chain(body(&bytes[400_000..450_000]), stream::pending()));
        let given_up = tokio::time::timeout(
            std::time::Duration::from_millis(300),
            stage.uploads.append(&author, begun.id, piece(400_000), endless),
        );
        assert!(given_up.await.is_err());
        let after = stage.offset(&author, begun.id).await.expect("known");
        assert!((400_000..=450_000).contains(&after), "{after}");

        // the server is killed: bytes beyond those noted may be anything and do not count
        std::fs::OpenOptions::new().append(true).open(stage.growing(begun.id)).and_then(|mut file| {
            std::io::Write::write_all(&mut file, b"half a block")
        }).expect("more on disk");
        stage.uploads = Uploads::new(stage.app.second_node().await);
        assert_eq!(stage.offset(&author, begun.id).await, Ok(after));
        let next = usize::try_from(after).expect("small");
        let standing = stage.uploads.append(&author, begun.id, piece(after), body(&bytes[next..500_000])).await;
        assert_eq!(standing.expect("taken").offset, 500_000);

        // a power cut took bytes from the disk: the disk is the truth
        stage.uploads = Uploads::new(stage.app.second_node().await);
        std::fs::OpenOptions::new().write(true).open(stage.growing(begun.id))
            .and_then(|file| file.set_len(123_456)).expect("cut");
        assert_eq!(stage.offset(&author, begun.id).await, Ok(123_456));
        let done = stage.uploads.append(&author, begun.id, piece(123_456), body(&bytes[123_456..])).await.expect("the rest");
        assert!(done.finished);
        assert_eq!(stage.attached(&author, entry).await[0].sha256, Hash32::of(&bytes).to_string());
    }

    async fn an_upload_whole_but_not_finished_is_finished_when_asked_for(app: TestApp) {
        let mut stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(5_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..4_000])).await.expect("taken");
        // the server was killed between the last byte and the end
        std::fs::write(stage.growing(begun.id), &bytes).expect("whole on disk");
        let tx = stage.app.ctx.store.write(None).await.expect("writes");
        store::upload::advance(tx.conn(), begun.id, 5_000, begun.expires_at).await.expect("noted");
        tx.commit().await.expect("committed");
        stage.uploads = Uploads::new(stage.app.second_node().await);
        assert!(stage.uploads.standing(&author, begun.id).await.expect("finished now").finished);
        assert_eq!(stage.attached(&author, entry).await.len(), 1);
    }

    async fn a_piece_with_a_checksum_counts_as_a_whole(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(900_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        let with = |offset, algorithm, expected: &[u8]| Piece {
            checksum: Some(Checksum { algorithm, expected: expected.to_vec() }),
            ..piece(offset)
        };
        let (one, two) = bytes.split_at(450_000);
        let wrong = with(0, Algorithm::Sha256, &[7; 32]);
        assert_eq!(violation(stage.uploads.append(&author, begun.id, wrong, body(one)).await), Violation::UploadChecksum);
        assert_eq!(stage.offset(&author, begun.id).await, Ok(0));
        let right = with(0, Algorithm::Sha1, &sha1::Sha1::digest(one));
        let cut = stage.uploads.append(&author, begun.id, right.clone(), dropped(&one[..300_000])).await;
        assert!(cut.is_err());
        assert_eq!(stage.offset(&author, begun.id).await, Ok(0), "half of it cannot be verified");
        let given_up = tokio::time::timeout(
            std::time::Duration::from_millis(300),
            stage.uploads.append(&author, begun.id, right.clone(), Box::pin(futures::StreamExt::chain(body(one), stream::pending()))),
        );
        assert!(given_up.await.is_err());
        assert_eq!(stage.offset(&author, begun.id).await, Ok(0));
        let taken = stage.uploads.append(&author, begun.id, right, body(one)).await.expect("verified");
        assert_eq!(taken.offset, 450_000);
        let right = with(450_000, Algorithm::Sha256, &sha2::Sha256::digest(two));
        assert!(stage.uploads.append(&author, begun.id, right, body(two)).await.expect("verified").finished);
        assert_eq!(stage.attached(&author, entry).await[0].sha256, Hash32::of(&bytes).to_string());
    }

    async fn lies_about_length_and_offset_change_nothing(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(10_000);
        let begun = stage.begin_pdf(&author, entry, 8_000).await;
        let append = async |piece: Piece, bytes: &[u8]| stage.uploads.append(&author, begun.id, piece, body(bytes)).await;
        append(piece(0), &bytes[..3_000]).await.expect("taken");
        for offset in [0, 2_999, 3_001, 8_000, u64::MAX] {
            let refused = violation(append(piece(offset), &bytes[..10]).await);
            assert_eq!(refused, Violation::UploadOffset { expected: 3_000 }, "{offset}");
        }
        let declared = Piece { length: Some(5_001), ..piece(3_000) };
        assert_eq!(violation(append(declared, &bytes[3_000..8_001]).await), Violation::UploadOverrun { size: 8_000 });
        let endless = Piece { length: Some(u64::MAX), ..piece(3_000) };
        assert_eq!(violation(append(endless, &[]).await), Violation::UploadOverrun { size: 8_000 });
        assert_eq!(violation(append(piece(3_000), &bytes[3_000..]).await), Violation::UploadOverrun { size: 8_000 });
        assert_eq!(stage.offset(&author, begun.id).await, Ok(3_000));
        assert_eq!(std::fs::metadata(stage.growing(begun.id)).expect("the file").len(), 3_000);
        assert_eq!(append(piece(3_000), &[]).await.expect("nothing is fine").offset, 3_000);
        assert!(append(piece(3_000), &bytes[3_000..8_000]).await.expect("the rest").finished);
        let beyond = Piece { length: Some(1), ..piece(8_000) };
        assert_eq!(violation(append(beyond, b"x").await), Violation::UploadOffset { expected: 8_000 });
    }

    async fn what_cannot_end_well_is_refused_at_the_beginning(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, stranger) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.begin(&author).await;
        use AttachmentKind::{Image, Other};
        let limit = stage.app.ctx.config.upload_limit;
        let begin = async |actor: &Actor, kind, name: &str, size| {
            stage.uploads.begin_pieces(actor, stage.new_file(entry, kind, name), size).await
        };
        assert_eq!(violation(begin(&author, Other, "a.pdf", limit + 1).await), Violation::FileTooLarge { limit });
        assert_eq!(violation(begin(&author, Other, "a.pdf", u64::MAX).await), Violation::FileTooLarge { limit });
        assert_eq!(violation(begin(&author, Other, "a.pdf", 0).await), Violation::FileEmpty);
        assert_eq!(violation(begin(&author, Other, "a.exe", 10).await), Violation::FileType { found: ".exe".into() });
        assert_eq!(violation(begin(&author, Image, "a.pdf", 10).await), Violation::FileType { found: "application/pdf".into() });
        let long = begin(&author, Other, &"ế".repeat(1_001), 10).await;
        assert_eq!(long, Err(Error::field("filename", FieldProblem::TooLong { max: 1_000 })));
        assert_eq!(begin(&stranger, Other, "a.pdf", 10).await, Err(Error::NotFound(Kind::Entry)));
        assert_eq!(begin(&Actor::Anonymous, Other, "a.pdf", 10).await, Err(Error::Denied(Denied::SignInRequired)));
        for number in 0..20 {
            begin(&author, Other, &format!("{number}.pdf"), 10).await.expect("up to twenty");
        }
        assert_eq!(violation(begin(&author, Other, "21.pdf", 10).await), Violation::TooManyFiles { max: 20 });
        assert_eq!(stage.files().len(), 0);
    }

    async fn kinds_the_organiser_left_out_are_refused(app: TestApp) {
        let stage = Stage::with(app, |_, setup| {
            setup.eligibility.kinds = vec![AttachmentKind::StatementFile, AttachmentKind::Image];
        }).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let refused = stage.uploads.begin_pieces(&author, stage.new_file(entry, AttachmentKind::Video, "a.mp4"), 10).await;
        assert_eq!(violation(refused), Violation::FileKind { kind: AttachmentKind::Video });
        let plain = stage.uploads.begin(&author, stage.new_file(entry, AttachmentKind::Other, "a.pdf"), None).await;
        assert_eq!(violation(plain.map(|_| ())), Violation::FileKind { kind: AttachmentKind::Other });
        stage.uploads.begin_pieces(&author, stage.new_file(entry, AttachmentKind::Image, "a.png"), 10).await.expect("taken");
    }

    async fn content_that_will_not_do_is_forgotten_at_the_end(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let name = "../../ảnh\0\u{202E}gnp.pdf";
        let begun = stage.uploads
            .begin_pieces(&author, stage.new_file(entry, AttachmentKind::Other, name), 9).await.expect("begun");
        let refused = stage.uploads.append(&author, begun.id, piece(0), body(b"just text")).await;
        assert_eq!(violation(refused), Violation::FileType { found: "text/plain".into() });
        assert_eq!(stage.offset(&author, begun.id).await, Err(Error::NotFound(Kind::Attachment)));
        assert_eq!(stage.files().len(), 0);

        let bytes = pdf(100);
        let begun = stage.uploads
            .begin_pieces(&author, stage.new_file(entry, AttachmentKind::Other, name), 100).await.expect("begun");
        assert!(stage.uploads.append(&author, begun.id, piece(0), body(&bytes)).await.expect("taken").finished);
        assert_eq!(stage.attached(&author, entry).await[0].file_name, "ảnhgnp.pdf");
    }

    async fn others_and_latecomers_find_no_upload(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, other) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.complete(&author, "Giải pháp có tệp tải dở").await;
        let bytes = pdf(2_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..1_000])).await.expect("taken");
        let absent = Error::NotFound(Kind::Attachment);
        for actor in [&other, &stage.organiser().await, &stage.coordinator(0).await] {
            assert_eq!(stage.offset(actor, begun.id).await, Err(absent.clone()));
            assert_eq!(stage.uploads.append(actor, begun.id, piece(1_000), body(&bytes[1_000..])).await, Err(absent.clone()));
            assert_eq!(stage.uploads.terminate(actor, begun.id).await, Err(absent.clone()));
        }
        assert_eq!(stage.offset(&Actor::Anonymous, begun.id).await, Err(Error::Denied(Denied::SignInRequired)));

        // submitted meanwhile: the last byte comes too late, and nothing is added
        stage.submit(&author, entry).await.expect("submitted");
        let late = stage.uploads.append(&author, begun.id, piece(1_000), body(&bytes[1_000..])).await;
        let step = Violation::EntryStep { from: EntryState::SubmittedToUnit, step: EntryStep::SubmitToUnit };
        assert_eq!(violation(late), step);
        assert_eq!(stage.attached(&author, entry).await, []);

        stage.app.clock.advance(TimeDelta::days(3));
        assert_eq!(violation(stage.uploads.standing(&author, begun.id).await), Violation::UploadExpired);
        assert_eq!(stage.uploads.sweep().await.expect("swept"), 1);
        assert_eq!(stage.offset(&author, begun.id).await, Err(absent));
        assert!(!stage.growing(begun.id).exists());
    }

    async fn an_upload_can_be_given_up(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(2_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..1_000])).await.expect("taken");
        stage.uploads.terminate(&author, begun.id).await.expect("given up");
        let absent = Err(Error::NotFound(Kind::Attachment));
        assert_eq!(stage.offset(&author, begun.id).await.map(|_| ()), absent);
        assert_eq!(stage.uploads.terminate(&author, begun.id).await, absent);
        assert_eq!(stage.files().len(), 0);

        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes)).await.expect("finished");
        assert_eq!(stage.uploads.terminate(&author, begun.id).await, absent, "a file of the entry now");
        assert_eq!(stage.attached(&author, entry).await.len(), 1);
    }

    async fn a_connection_that_hangs_gives_way(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(50_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        let hanging = {
            let (uploads, author, first) = (stage.uploads.clone(), author.clone(), bytes[..20_000].to_vec());
            tokio::spawn(async move {
                let hangs = Box::pin(futures::StreamExt::chain(body(&first), stream::pending()));
                uploads.append(&author, begun.id, piece(0), hangs).await
            })
        };
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert_eq!(stage.offset(&author, begun.id).await, Ok(20_000), "what it brought stays");
        assert!(hanging.await.expect("no panic").is_err());
        let rest = stage.uploads.append(&author, begun.id, piece(20_000), body(&bytes[20_000..])).await;
        assert!(rest.expect("the rest").finished);
    }

    async fn two_processes_do_not_write_at_once(app: TestApp) {
        let stage = Stage::new(app).await;
        let other = Uploads::new(stage.app.second_node().await);
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(600_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..100_000])).await.expect("taken");
        let (go_on, told) = tokio::sync::oneshot::channel::<()>();
        let writing = {
            let (uploads, author) = (stage.uploads.clone(), author.clone());
            let (first, second) = (bytes[100_000..400_000].to_vec(), bytes[400_000..500_000].to_vec());
            tokio::spawn(async move {
                let rest = stream::once(async move {
                    told.await.expect("the test goes on");
                    Ok(Bytes::from(second))
                });
                let pauses = Box::pin(futures::StreamExt::chain(body(&first), rest));
                uploads.append(&author, begun.id, piece(100_000), pauses).await
            })
        };
        let on_disk = || std::fs::metadata(stage.growing(begun.id)).expect("the file").len();
        while on_disk() == 100_000 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let written = on_disk();

        let refused = other.append(&author, begun.id, piece(100_000), body(&bytes[100_000..])).await;
        assert_eq!(violation(refused), Violation::UploadBusy);
        assert_eq!(violation(other.terminate(&author, begun.id).await), Violation::UploadBusy);
        let seen = other.standing(&author, begun.id).await.expect("known");
        assert_eq!((seen.offset, seen.finished), (100_000, false), "what the writing process noted");
        assert!(on_disk() >= written, "nothing was cut off");

        go_on.send(()).expect("still writing");
        assert_eq!(writing.await.expect("no panic").expect("not disturbed").offset, 500_000);
        let last = other.append(&author, begun.id, piece(500_000), body(&bytes[500_000..])).await;
        assert!(last.expect("its turn now").finished);
        assert!(stage.uploads.standing(&author, begun.id).await.expect("known").finished);
        assert_eq!(stage.attached(&author, entry).await[0].sha256, Hash32::of(&bytes).to_string());
        assert_eq!(stage.files().len(), 1, "only the blob");
    }

    async fn what_another_process_wrote_over_is_not_taken_for_ones_own(app: TestApp) {
        let stage = Stage::new(app).await;
        let other = Uploads::new(stage.app.second_node().await);
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(600_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..100_000])).await.expect("taken");
        // both are given up with a block written that was not noted, the second one's a block of other bytes
        let foreign = vec![b'x'; 300_000];
        for (uploads, brings) in [(&stage.uploads, &bytes[100_000..400_000]), (&other, foreign.as_slice())] {
            let endless = Box::pin(futures::StreamExt::chain(body(brings), stream::pending()));
            let given_up = tokio::time::timeout(
                std::time::Duration::from_millis(300),
                uploads.append(&author, begun.id, piece(100_000), endless),
            );
            assert!(given_up.await.is_err());
        }
        assert_eq!(stage.offset(&author, begun.id).await, Ok(100_000));
        let rest = stage.uploads.append(&author, begun.id, piece(100_000), body(&bytes[100_000..])).await;
        assert!(rest.expect("the rest").finished);
        let file = stage.attached(&author, entry).await.remove(0);
        assert_eq!(file.sha256, Hash32::of(&bytes).to_string());
        let (_, mut blob) = stage.uploads.open(&author, file.id).await.expect("opened");
        let mut read = Vec::new();
        blob.read_to_end(&mut read).await.expect("read");
        assert!(read == bytes, "the bytes are those that were hashed");
    }

    async fn only_files_no_upload_knows_are_swept(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let bytes = pdf(2_000);
        let begun = stage.begin_pdf(&author, entry, bytes.len()).await;
        stage.uploads.append(&author, begun.id, piece(0), body(&bytes[..1_000])).await.expect("taken");
        let orphan = stage.growing(stage.app.ctx.id());
        std::fs::write(&orphan, b"left behind").expect("written");
        for path in [&orphan, &stage.growing(begun.id)] {
            let file = std::fs::OpenOptions::new().write(true).open(path).expect("there");
            file.set_modified(SystemTime::UNIX_EPOCH).expect("old");
        }
        assert_eq!(stage.uploads.sweep().await.expect("swept"), 1);
        assert!(!orphan.exists());
        assert_eq!(stage.offset(&author, begun.id).await, Ok(1_000));
    }
}
