//! Files: who may add and read them, what is refused, and that refusals leave nothing behind.

use std::io::Write;

use chrono::TimeDelta;
use contract::entry::{EntryService, NewAttachment, RemoveAttachment, ReturnEntry};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::ContestPhase;
use rules::entry::{AttachmentKind, EntryField, EntryProblem, EntryState, EntryStep};
use rules::event::{EntryLabel, Event};
use rules::id::{EntryId, Version};
use rules::judging::{ScorecardState, Scores};
use service::uploads::Uploaded;
use store::judging::CardRow;
use testkit::{TestApp, db_tests};
use tokio::io::AsyncReadExt;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::stage::{Stage, gaps, topic, violation};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

impl Stage {
    fn attachment(&self, entry: EntryId, kind: AttachmentKind, name: &str) -> NewAttachment {
        NewAttachment {
            key: self.key(),
            entry,
            kind,
            file_name: name.into(),
        }
    }

    async fn upload(&self, actor: &Actor, new: NewAttachment, bytes: &[u8]) -> Result<Uploaded> {
        let mut upload = self.uploads.begin(actor, new, None).await?;
        for chunk in bytes.chunks(7) {
            upload.write(chunk).await?;
        }
        upload.finish().await
    }

    async fn add(
        &self,
        actor: &Actor,
        entry: EntryId,
        kind: AttachmentKind,
        name: &str,
        bytes: &[u8],
    ) -> Result<Uploaded> {
        self.upload(actor, self.attachment(entry, kind, name), bytes)
            .await
    }
}

fn container(parts: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in parts {
        writer
            .start_file(*part, SimpleFileOptions::default())
            .expect("a part begins");
        let content = if *part == "mimetype" {
            "application/vnd.oasis.opendocument.text"
        } else {
            "<x/>"
        };
        writer.write_all(content.as_bytes()).expect("a part is written");
    }
    writer.finish().expect("the container ends").into_inner()
}

db_tests! {
    async fn what_is_added_after_a_return_is_the_authors_until_it_comes_back(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let entry = stage.submitted(&author, "Giải pháp cần thêm tệp").await;
        let expected = stage.version(entry).await;
        let back = ReturnEntry { key: stage.key(), entry, expected, reason: "Thêm hình ảnh".into(), due: None, notes: Vec::new() };
        stage.entries.return_entry(&coordinator, back).await.expect("returned");
        stage.app.clock.advance(TimeDelta::minutes(5));
        let added = stage.add(&author, entry, AttachmentKind::Image, "ảnh.png", PNG).await.expect("added");
        stage.uploads.open(&author, added.attachment.id).await.expect("the author's own");
        let hidden = stage.uploads.open(&coordinator, added.attachment.id).await;
        assert_eq!(hidden.err(), Some(Error::NotFound(Kind::Attachment)));
        stage.app.clock.advance(TimeDelta::minutes(5));
        stage.submit(&author, entry).await.expect("comes back");
        stage.uploads.open(&coordinator, added.attachment.id).await.expect("handed in");
    }

    async fn a_file_is_kept_under_its_hash_and_read_back(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let before = stage.version(entry).await;
        let name = "../bí mật/Thuye\u{302}\u{301}t minh\u{202E}\0.PDF";
        let added = stage.add(&author, entry, AttachmentKind::StatementFile, name, PDF).await.expect("a PDF is taken");
        let info = added.attachment.clone();
        assert_eq!(info.file_name, "Thuyết minh.pdf");
        assert_eq!((info.media_type.as_str(), info.size), ("application/pdf", PDF.len() as u64));
        assert_eq!((added.version, stage.version(entry).await), (before.next(), before.next()));
        let (opened, mut file) = stage.uploads.open(&author, info.id).await.expect("one's own file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).await.expect("the bytes");
        assert_eq!((opened, bytes.as_slice()), (info.clone(), PDF));
        assert_eq!(stage.files().len(), 1);
        let blob = stage.files().remove(0);
        assert!(blob.ends_with(format!("blobs/{}/{}", &info.sha256[..2], info.sha256)), "{}", blob.display());
        let recorded = Event::AttachmentAdded { entry, attachment: info.id, sha256: info.sha256.clone(), size: info.size };
        assert_eq!(stage.events().await, [recorded]);

        let command = RemoveAttachment { key: stage.key(), entry, attachment: info.id, expected: added.version };
        stage.entries.remove_attachment(&author, command).await.expect("removed");
        assert_eq!(stage.uploads.open(&author, info.id).await.map(|_| ()), Err(Error::NotFound(Kind::Attachment)));
        let again = RemoveAttachment { key: stage.key(), entry, attachment: info.id, expected: stage.version(entry).await };
        assert_eq!(stage.entries.remove_attachment(&author, again).await, Err(Error::NotFound(Kind::Attachment)));
    }

    async fn the_same_key_adds_a_file_once(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let new = stage.attachment(entry, AttachmentKind::Image, "ảnh.png");
        let first = stage.upload(&author, new.clone(), PNG).await.expect("taken");
        assert_eq!(stage.upload(&author, new, PNG).await.expect("the same answer"), first);
        assert_eq!(stage.entries.draft(&author, entry).await.expect("the draft").attachments, [first.attachment]);
        assert_eq!(stage.files().len(), 1);
    }

    async fn refused_files_leave_nothing_behind(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let limit = stage.app.ctx.config.upload_limit;
        let large = stage.attachment(entry, AttachmentKind::Other, "lớn.pdf");
        let declared = stage.uploads.begin(&author, large.clone(), Some(limit + 1)).await.map(|_| ());
        assert_eq!(violation(declared), Violation::FileTooLarge { limit });
        // a lie about the length helps nobody
        let mut upload = stage.uploads.begin(&author, large, Some(10)).await.expect("the declared length will do");
        let chunk = vec![0; limit as usize];
        upload.write(&chunk).await.expect("exactly the limit");
        assert_eq!(violation(upload.write(b"1").await), Violation::FileTooLarge { limit });
        assert_eq!(stage.files().len(), 0, "gone before the upload itself ends");
        assert_eq!(violation(upload.finish().await), Violation::FileTooLarge { limit });

        use AttachmentKind::{Image, Other, Software, StatementFile};
        let empty = stage.add(&author, entry, Other, "trống.pdf", b"").await;
        assert_eq!(violation(empty), Violation::FileEmpty);
        let office_with_macro = container(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        let cases: [(AttachmentKind, &str, &[u8], &str); 7] = [
            (Other, "thuyết minh.pdf", b"just text", "text/plain"),
            (Other, "chạy.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "application/vnd.microsoft.portable-executable"),
            (Other, "ảnh.png", PDF, "application/pdf"),
            (StatementFile, "thuyết minh.png", PNG, "image/png"),
            (Image, "ảnh.pdf", PDF, "application/pdf"),
            (Other, "mã.docx", &office_with_macro, "application/vnd.ms-office.vbaProject"),
            (Software, "hỏng.zip", b"PK\x03\x04 broken", "application/zip"),
        ];
        for (kind, name, bytes, found) in cases {
            let refused = violation(stage.add(&author, entry, kind, name, bytes).await);
            assert_eq!(refused, Violation::FileType { found: found.into() }, "{name}");
        }
        drop(stage.uploads.begin(&author, stage.attachment(entry, Other, "dở.pdf"), None).await.expect("begun"));
        assert_eq!(stage.files(), Vec::<std::path::PathBuf>::new());
        assert_eq!(stage.events().await, []);
        assert_eq!(stage.version(entry).await, Version::FIRST);
    }

    async fn containers_are_told_apart_by_what_lies_in_them(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        use AttachmentKind::{Other, Software, StatementFile};
        let cases: [(AttachmentKind, &str, &[&str], &str); 5] = [
            (StatementFile, "a.docx", &["docProps/app.xml", "word/document.xml", "[Content_Types].xml"], "wordprocessingml"),
            (Other, "b.xlsx", &["[Content_Types].xml", "xl/workbook.xml"], "spreadsheetml"),
            (Other, "c.pptx", &["[Content_Types].xml", "ppt/presentation.xml"], "presentationml"),
            (Other, "d.odt", &["mimetype", "content.xml"], "opendocument.text"),
            (Software, "e.zip", &["src/main.rs", "README.md"], "application/zip"),
        ];
        for (kind, name, parts, media) in cases {
            let added = stage.add(&author, entry, kind, name, &container(parts)).await.expect(name).attachment;
            assert!(added.media_type.contains(media), "{name}: {}", added.media_type);
            assert_eq!(added.file_name, name);
        }
        let disguised = stage.add(&author, entry, Other, "f.docx", &container(&["src/main.rs"])).await;
        assert_eq!(violation(disguised), Violation::FileType { found: "application/zip".into() });
    }

    async fn files_are_added_by_authors_while_the_entry_is_open(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, stranger) = (stage.author(0).await, stage.author(1).await);
        let entry = stage.complete(&author, "Giải pháp có tệp kèm").await;
        let refused = stage.add(&stranger, entry, AttachmentKind::Other, "a.pdf", PDF).await;
        assert_eq!(refused, Err(Error::NotFound(Kind::Entry)));
        let anonymous = stage.add(&Actor::Anonymous, entry, AttachmentKind::Other, "a.pdf", PDF).await;
        assert_eq!(anonymous, Err(Error::Denied(Denied::SignInRequired)));
        for number in 0..20 {
            let name = format!("{number}.pdf");
            stage.add(&author, entry, AttachmentKind::Other, &name, PDF).await.expect("up to twenty");
        }
        let many = stage.add(&author, entry, AttachmentKind::Other, "21.pdf", PDF).await;
        assert_eq!(violation(many), Violation::TooManyFiles { max: 20 });
        assert_eq!(stage.files().len(), 1, "the same bytes are one blob");

        // submitted meanwhile: the bytes come too late
        let other = stage.complete(&author, "Giải pháp gửi giữa chừng").await;
        let new = stage.attachment(other, AttachmentKind::Other, "a.pdf");
        let mut upload = stage.uploads.begin(&author, new, None).await.expect("begun");
        upload.write(PDF).await.expect("taken");
        stage.submit(&author, other).await.expect("submitted");
        let step = Violation::EntryStep { from: EntryState::SubmittedToUnit, step: EntryStep::SubmitToUnit };
        assert_eq!(violation(upload.finish().await), step);
        assert_eq!(stage.entries.draft(&author, other).await.expect("seen").attachments, []);
    }

    async fn an_it_entry_needs_its_medium_and_files_change_the_hash(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.categories[0].medium_required = true).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        for step in [topic("Phần mềm một cửa điện tử"), crate::stage::statement("Nội dung")] {
            stage.save(&author, entry, step).await.expect("saved");
        }
        let accepted = contract::entry::StepContent::Declaration { accepted: Some(1) };
        stage.save(&author, entry, accepted).await.expect("saved");
        let missing = gaps(stage.submit(&author, entry).await);
        assert!(matches!(&missing[..], [gap] if gap.field == EntryField::Attachments && gap.problem == EntryProblem::MediumMissing));
        stage.add(&author, entry, AttachmentKind::Image, "màn hình.png", PNG).await.expect("added");
        let receipt = stage.submit(&author, entry).await.expect("complete now");
        assert_eq!(receipt.attachments.len(), 1);
    }

    async fn who_may_read_the_entry_may_read_its_files(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator, organiser) =
            (stage.author(0).await, stage.coordinator(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Giải pháp có tệp để đọc").await;
        let file = stage.add(&author, entry, AttachmentKind::Other, "a.pdf", PDF).await.expect("added").attachment.id;
        let absent = Err(Error::NotFound(Kind::Attachment));
        let open = async |actor: &Actor| stage.uploads.open(actor, file).await.map(|_| ());
        assert_eq!(open(&coordinator).await, absent, "not yet submitted");
        assert_eq!(open(&organiser).await, absent, "not yet submitted");
        stage.submit(&author, entry).await.expect("submitted");
        assert_eq!(open(&coordinator).await, Ok(()));
        assert_eq!(open(&organiser).await, Ok(()));
        assert_eq!(open(&stage.coordinator(1).await).await, absent);
        assert_eq!(open(&stage.author(1).await).await, absent);
        assert_eq!(open(&stage.actor(stage.scene.judges[0]).await).await, absent);
        assert_eq!(open(&Actor::Anonymous).await, Err(Error::Denied(Denied::SignInRequired)));
    }

    async fn judges_read_files_by_label_without_their_names(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp đã rọc phách").await;
        stage.add(&author, entry, AttachmentKind::Other, "a.pdf", PDF).await.expect("added");
        let file = stage.add(&author, entry, AttachmentKind::Image, "Nguyễn Tác Giả.png", PNG).await.expect("added");
        let file = file.attachment.id;
        stage.submit(&author, entry).await.expect("submitted");
        let db = stage.app.ctx.store.read();
        let round = stage.round(&stage.scene.judges[..2]).await;
        let label = EntryLabel("P107".into());
        store::judging::add_round_entries(db, round, &[(entry, label.clone())]).await.expect("in the round");
        stage.phase(ContestPhase::Judging).await;

        let (judge, recused, outsider) = (
            stage.actor(stage.scene.judges[0]).await,
            stage.actor(stage.scene.judges[1]).await,
            stage.actor(stage.scene.judges[2]).await,
        );
        let card = CardRow {
            id: stage.app.ctx.id(),
            round,
            entry,
            person: stage.scene.judges[1],
            state: ScorecardState::Recused,
            scores: Scores::default(),
            comment: String::new(),
            reason: Some("Cùng đơn vị".into()),
            by_rule: true,
            version: Version::FIRST,
            saved_at: stage.app.ctx.now(),
            submitted_at: None,
        };
        store::judging::insert_cards(db, &[card]).await.expect("a recusal is stored");
        let (info, _) = stage.uploads.open_blind(&judge, round, &label, file).await.expect("a judge of the round");
        assert_eq!(info.file_name, "P107-2.png");
        let absent = Err(Error::NotFound(Kind::Attachment));
        let open = async |actor: &Actor, label: &str| {
            stage.uploads.open_blind(actor, round, &EntryLabel(label.into()), file).await.map(|_| ())
        };
        assert_eq!(open(&recused, "P107").await, absent);
        assert_eq!(open(&outsider, "P107").await, absent);
        assert_eq!(open(&judge, "P108").await, absent);
        stage.phase(ContestPhase::Published).await;
        assert!(matches!(open(&judge, "P107").await, Err(Error::Denied(_))), "judging is over");
    }

    async fn a_signed_decision_is_public_once_published(app: TestApp) {
        let stage = Stage::new(app).await;
        let (organiser, author) = (stage.organiser().await, stage.author(0).await);
        let begin = async |actor: &Actor| {
            stage.uploads.begin_document(actor, stage.contest, "Quyết định 181.pdf".into(), None).await
        };
        assert!(matches!(begin(&organiser).await, Err(Error::Denied(Denied::NotInThisPhase { .. }))));
        stage.phase(ContestPhase::AwaitingApproval).await;
        assert!(matches!(begin(&author).await, Err(Error::Denied(Denied::NotYourRole))));
        let mut upload = begin(&organiser).await.expect("begun");
        upload.write(b"no document").await.expect("taken");
        assert_eq!(violation(upload.finish().await), Violation::FileType { found: "text/plain".into() });
        let mut upload = begin(&organiser).await.expect("begun");
        upload.write(PDF).await.expect("taken");
        let document = upload.finish().await.expect("filed");
        assert_eq!(document.file_name, "Quyết định 181.pdf");

        let open = async |actor: &Actor| stage.uploads.open_document(actor, document.id).await.map(|(found, _)| found);
        assert_eq!(open(&organiser).await, Ok(document.clone()));
        assert_eq!(open(&author).await, Err(Error::NotFound(Kind::Attachment)));
        assert_eq!(open(&Actor::Anonymous).await, Err(Error::NotFound(Kind::Attachment)));
        stage.phase(ContestPhase::Published).await;
        assert_eq!(open(&Actor::Anonymous).await, Ok(document.clone()));
    }
}
