//! Documents of entries: receipts, slips, blind copies and their check, the archive of everything.

use std::io::{Cursor, Read, Write};

use contract::entry::{DecideEligibility, EntryService, ForwardEntries, NewAttachment, StepContent};
use contract::paper::{CluePlace, CopyState, PaperService, WhyOriginal};
use contract::{Error, Kind};
use rules::account::{Actor, Denied};
use rules::contest::ContestPhase;
use rules::entry::{AttachmentKind, ClueKind, EntryState, StatementSection};
use rules::event::EntryLabel;
use rules::id::{AttachmentId, EntryId, RoundId, Version};
use rules::ledger::Hash32;
use service::printing::Printing;
use testkit::{TestApp, db_tests};
use tokio::io::AsyncReadExt;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::stage::{SLUG, Stage, member, statement, topic};

const PNG: &[u8] = include_bytes!("../../demo/picture.png");
const MP4: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08free";

impl Stage {
    fn printing(&self) -> Printing {
        Printing::new(self.app.ctx.clone())
    }

    async fn attach(
        &self,
        actor: &Actor,
        entry: EntryId,
        kind: AttachmentKind,
        name: &str,
        bytes: &[u8],
    ) -> AttachmentId {
        let new = NewAttachment {
            key: self.key(),
            entry,
            kind,
            file_name: name.into(),
        };
        let mut upload = self.uploads.begin(actor, new, None).await.expect("begun");
        upload.write(bytes).await.expect("taken");
        upload.finish().await.expect("kept").attachment.id
    }

    /// Entries forwarded by the first commune in this order, then accepted.
    async fn accepted(&self, entries: &[EntryId]) {
        let mut chosen = Vec::new();
        for entry in entries {
            chosen.push((*entry, self.version(*entry).await));
        }
        let command = ForwardEntries {
            key: self.key(),
            contest: self.contest,
            unit: self.scene.communes[0],
            order: Version(0),
            entries: chosen,
            reserves: Vec::new(),
        };
        let coordinator = self.coordinator(0).await;
        self.entries
            .forward(&coordinator, command)
            .await
            .expect("forwarded");
        let organiser = self.organiser().await;
        for entry in entries {
            self.entries.detail(&organiser, *entry).await.expect("looked at");
            let command = DecideEligibility {
                key: self.key(),
                entry: *entry,
                expected: self.version(*entry).await,
                accepted: true,
                reason: String::new(),
            };
            self.entries
                .decide_eligibility(&organiser, command)
                .await
                .expect("accepted");
        }
    }

    /// The entry as `P107` before a jury of one.
    async fn judged(&self, entry: EntryId) -> (RoundId, EntryLabel, Actor) {
        let judge = self.scene.judges[0];
        let round = self.round(&[judge]).await;
        let label = EntryLabel("P107".into());
        let db = self.app.ctx.store.read();
        store::judging::add_round_entries(db, round, &[(entry, label.clone())])
            .await
            .expect("in the round");
        self.phase(ContestPhase::Judging).await;
        (round, label, self.actor(judge).await)
    }
}

/// The words of each page, white space folded.
pub fn words(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let page = |page: &u32| {
        let text = document.extract_text(&[*page]).expect("its words");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.get_pages().keys().map(page).collect()
}

/// A Word document saying `text`, made by `author`.
fn docx(text: &str, author: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "docProps/core.xml",
            format!("<x><dc:creator>{author}</dc:creator></x>"),
        ),
        (
            "word/document.xml",
            format!("<w:document><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>"),
        ),
    ];
    for (name, contents) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("a part");
        writer.write_all(contents.as_bytes()).expect("its bytes");
    }
    writer.finish().expect("a document").into_inner()
}

async fn read(mut file: service::uploads::Blob) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).await.expect("read");
    bytes
}

db_tests! {
    async fn a_receipt_is_the_authors_and_says_what_was_received(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, printing) = (stage.author(0).await, stage.printing());
        let draft = stage.begin(&author).await;
        let absent = Some(Error::NotFound(Kind::Entry));
        assert_eq!(printing.receipt(&author, draft).await.err(), absent, "a draft has no receipt");

        let entry = stage.complete(&author, "Giảm thời gian chờ tại Bộ phận Một cửa").await;
        stage.attach(&author, entry, AttachmentKind::Image, "Ảnh quầy.png", PNG).await;
        let submitted = stage.submit(&author, entry).await.expect("submitted");
        let receipt = printing.receipt(&author, entry).await.expect("the author's own");
        assert_eq!(receipt.file_name, format!("{}-bien-nhan.pdf", submitted.code));
        let text = words(&receipt.bytes).join("\n");
        let file_hash = Hash32::of(PNG).to_string();
        let address = format!(
            "https://sangkien.example/receipts/{}-{}",
            submitted.code,
            &submitted.content_hash[..8]
        );
        for wanted in [
            &submitted.code, &submitted.content_hash, &file_hash, &address, "Ảnh quầy.png", "Nguyễn Tác Giả 11",
            "01/07/2025 09:00:00 giờ Việt Nam (UTC+7)", "bản số 1", "Xã An",
        ] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        assert_eq!(printing.receipt(&author, entry).await.expect("again"), receipt, "the same bytes");
        let code = printing.receipt_qr(&author, entry).await.expect("its QR code");
        assert!(code.starts_with("<svg"), "{code}");

        for other in [stage.author(1).await, stage.coordinator(0).await, stage.organiser().await] {
            assert_eq!(printing.receipt(&other, entry).await.err(), absent);
            assert_eq!(printing.receipt_qr(&other, entry).await.err(), absent);
        }
        let nobody = printing.receipt(&Actor::Anonymous, entry).await;
        assert_eq!(nobody.err(), Some(Error::Denied(Denied::SignInRequired)));
    }

    async fn a_slip_prints_as_it_was_made(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let first = stage.submitted(&author, "Giải pháp nộp trước").await;
        let second = stage.submitted(&author, "Giải pháp nộp sau").await;
        stage.submitted(&author, "Giải pháp còn giữ lại").await;
        stage.accepted(&[second, first]).await;
        let (printing, coordinator) = (stage.printing(), stage.coordinator(0).await);
        let db = stage.app.ctx.store.read();
        let unit = stage.scene.communes[0];
        let slips = store::unit::slips_of(db, stage.contest, unit).await.expect("the unit's slips");
        let id = slips[0].id;
        let slip = printing.slip(&coordinator, id).await.expect("their slip");
        let text = words(&slip.bytes).join("\n");
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
        assert!(place("Giải pháp nộp sau") < place("Giải pháp nộp trước"), "{text}");
        assert!(!text.contains("còn giữ lại"), "{text}");
        for wanted in ["TỈNH KIỂM THỬ", "XÃ AN", "02 bài dự thi", "01/07/2025 09:00", "ngày 01 tháng 7 năm 2025"] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        assert_eq!(slip.file_name, "pg-kt-2025-001.pdf");
        assert_eq!(printing.slip(&coordinator, id).await.expect("again"), slip, "the same bytes");
        printing.slip(&stage.organiser().await, id).await.expect("the organiser reads it too");
        let refused = printing.slip(&stage.coordinator(1).await, id).await;
        assert!(matches!(refused.err(), Some(Error::NotFound(_))));
        assert!(printing.slip(&author, id).await.is_err());
    }

    async fn judges_get_copies_that_tell_no_name(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp đã rọc phách").await;
        let original = docx("Nội dung giải pháp", "Nguyễn Tác Giả 11");
        let document = stage
            .attach(&author, entry, AttachmentKind::StatementFile, "Nguyễn Tác Giả.docx", &original)
            .await;
        let film = stage.attach(&author, entry, AttachmentKind::Video, "phim.mp4", MP4).await;
        stage.submit(&author, entry).await.expect("submitted");
        let (round, label, judge) = stage.judged(entry).await;

        let (info, file) = stage.uploads.open_blind(&judge, round, &label, document).await.expect("a copy");
        let copy = read(file).await;
        assert_eq!((info.file_name.as_str(), info.size), ("P107-1.docx", copy.len() as u64));
        let mut archive = ZipArchive::new(Cursor::new(copy)).expect("still a document");
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
            text
        };
        assert!(!part("docProps/core.xml").contains("Nguyễn"));
        assert!(part("word/document.xml").contains("Nội dung giải pháp"));
        let (_, again) = stage.uploads.open_blind(&judge, round, &label, document).await.expect("kept");
        assert_eq!(read(again).await.len() as u64, info.size);
        let (_, file) = stage.uploads.open_blind(&judge, round, &label, film).await.expect("the original");
        assert_eq!(read(file).await, MP4);

        let printing = stage.printing();
        let blind = printing.blind_statement(&judge, round, &label).await.expect("a judge of the round");
        assert_eq!(blind.file_name, "P107.pdf");
        for page in words(&blind.bytes) {
            assert!(page.contains("Mã phách: P107"), "{page}");
            for telling in ["Nguyễn", "Xã An", "KT-2025-0"] {
                assert!(!page.contains(telling), "{telling} in {page}");
            }
        }
        let absent = Some(Error::NotFound(Kind::Attachment));
        let outsider = stage.actor(stage.scene.judges[1]).await;
        for other in [&outsider, &author, &stage.organiser().await] {
            assert_eq!(printing.blind_statement(other, round, &label).await.err(), absent);
        }
        stage.phase(ContestPhase::Published).await;
        let over = printing.blind_statement(&judge, round, &label).await;
        assert!(matches!(over.err(), Some(Error::Denied(Denied::NotInThisPhase { .. }))));
    }

    async fn without_blinding_judges_get_the_original(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.blind = false).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp không rọc phách").await;
        let original = docx("Nội dung", "Nguyễn Tác Giả 11");
        let kind = AttachmentKind::StatementFile;
        let document = stage.attach(&author, entry, kind, "a.docx", &original).await;
        stage.submit(&author, entry).await.expect("submitted");
        let (round, label, judge) = stage.judged(entry).await;
        let (_, file) = stage.uploads.open_blind(&judge, round, &label, document).await.expect("the file");
        assert_eq!(read(file).await, original);
    }

    async fn the_check_shows_where_names_remain(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp của xã An năm nay").await;
        let text = "Nhóm của NGUYỄN TÁC GIẢ 11 thực hiện.";
        stage.save(&author, entry, statement(text)).await.expect("saved");
        let telling = docx("Người viết: Nguyễn Tác Giả 11", "x");
        stage.attach(&author, entry, AttachmentKind::StatementFile, "bài.docx", &telling).await;
        stage.attach(&author, entry, AttachmentKind::Video, "phim.mp4", MP4).await;
        stage.attach(&author, entry, AttachmentKind::Image, "ảnh.png", PNG).await;
        stage.submit(&author, entry).await.expect("submitted");
        let (printing, organiser) = (stage.printing(), stage.organiser().await);
        let check = printing.blind_check(&organiser, SLUG.into(), 1).await.expect("the organiser's");
        assert_eq!((check.total, check.blind), (0, true), "nothing is accepted yet");

        stage.accepted(&[entry]).await;
        let check = printing.blind_check(&organiser, SLUG.into(), 1).await.expect("the organiser's");
        assert_eq!((check.total, check.entries.len()), (1, 1));
        let found = &check.entries[0];
        let at = |place: &CluePlace| {
            let clues = found.clues.iter().filter(|(at, _)| at == place);
            clues.map(|(_, clue)| (clue.kind, clue.words.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(at(&CluePlace::Title), [(ClueKind::Unit, "xã An")]);
        let effect = CluePlace::Section(StatementSection::Effect);
        assert_eq!(at(&effect), [(ClueKind::Author, "NGUYỄN TÁC GIẢ 11")]);
        let file = CluePlace::File("bài.docx".into());
        assert_eq!(at(&file), [(ClueKind::Author, "Nguyễn Tác Giả 11")]);
        let copies: Vec<CopyState> = found.files.iter().map(|file| file.copy).collect();
        let film = CopyState::Original(WhyOriginal::Media);
        assert_eq!(copies, [CopyState::Stripped, film, CopyState::Stripped]);

        for other in [&author, &stage.coordinator(0).await, &stage.actor(stage.scene.leader).await] {
            let refused = printing.blind_check(other, SLUG.into(), 1).await;
            assert_eq!(refused.err(), Some(Error::Denied(Denied::NotYourRole)));
        }
        let unknown = printing.blind_check(&organiser, "khong-co".into(), 1).await;
        assert_eq!(unknown.err(), Some(Error::NotFound(Kind::Contest)));
    }

    async fn an_archive_holds_everything_with_its_hashes(app: TestApp) {
        let stage = Stage::unasked(app).await;
        let author = stage.author(0).await;
        let first = stage.complete(&author, "Giải pháp: có \"dấu\" / gạch").await;
        let members = vec![
            member(stage.scene.authors[0], "Nguyễn Tác Giả 11", Some(stage.scene.communes[0]), 60, true),
            member(stage.scene.authors[1], "Nguyễn Tác Giả 12", Some(stage.scene.communes[0]), 40, false),
        ];
        let group = StepContent::Authors { author_type: rules::entry::AuthorType::Group, authors: members };
        stage.save(&author, first, group).await.expect("saved");
        let large: Vec<u8> = {
            let noise = (0..300_000_u64).flat_map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).to_le_bytes());
            MP4.iter().copied().chain(noise).take(900_000).collect()
        };
        stage.attach(&author, first, AttachmentKind::Image, "Ảnh.png", PNG).await;
        stage.attach(&author, first, AttachmentKind::Image, "ảnh.png", PNG).await;
        stage.attach(&author, first, AttachmentKind::Video, "phim.mp4", &large).await;
        stage.submit(&author, first).await.expect("submitted");
        let second = stage.submitted(&author, "Giải pháp thứ hai của tôi").await;
        let lost = stage.begin(&author).await;
        stage.save(&author, lost, topic("Bản nháp không xuất ra")).await.expect("saved");

        let (printing, organiser) = (stage.printing(), stage.organiser().await);
        let mut export = printing.export(&organiser, SLUG).await.expect("the organiser's");
        assert_eq!(export.file_name, format!("{SLUG}.zip"));
        let mut bytes = Vec::new();
        while let Some(part) = export.parts.recv().await {
            bytes.extend_from_slice(&part.expect("no fault"));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        let mut part = |name: &str| {
            let mut bytes = Vec::new();
            archive.by_name(name).expect("the part").read_to_end(&mut bytes).expect("whole");
            bytes
        };
        let manifest: serde_json::Value = serde_json::from_slice(&part("manifest.json")).expect("JSON");
        let listed = manifest["files"].as_array().expect("its files").clone();
        assert_eq!(manifest["entries"], 2);
        assert_eq!(listed.len(), 5, "two statements and three files: {listed:?}");
        assert_eq!(names.len(), listed.len() + 3);
        let sums = String::from_utf8(part("SHA256SUMS")).expect("text");
        let csv = String::from_utf8(part("manifest.csv")).expect("text");
        for file in &listed {
            let path = file["path"].as_str().expect("a path");
            let bytes = part(path);
            assert_eq!(file["size"], bytes.len());
            assert_eq!(file["sha256"], Hash32::of(&bytes).to_string());
            assert!(sums.contains(&format!("{}  {path}\n", Hash32::of(&bytes))), "{sums}");
            assert!(csv.contains(path), "{csv}");
        }
        for list in ["manifest.json", "manifest.csv"] {
            assert!(sums.contains(&format!("{}  {list}\n", Hash32::of(&part(list)))), "{sums}");
        }
        let folder = "KT-2025-001_giai-phap-co-dau-gach";
        for name in ["KT-2025-001.pdf", "Ảnh.png", "ảnh (2).png", "phim.mp4"] {
            assert!(names.contains(&format!("{folder}/{name}")), "{names:?}");
        }
        assert_eq!(part(&format!("{folder}/phim.mp4")), large);
        let statement = words(&part(&format!("{folder}/KT-2025-001.pdf"))).join("\n");
        assert!(statement.contains("Nguyễn Tác Giả 12") && statement.contains("40%"), "{statement}");
        assert!(!names.iter().any(|name| name.contains("nhap")), "{names:?}");
        assert_eq!(stage.state(second).await, EntryState::SubmittedToUnit);

        for other in [&author, &stage.coordinator(0).await, &stage.actor(stage.scene.leader).await] {
            let refused = printing.export(other, SLUG).await.map(|export| export.file_name);
            assert_eq!(refused.err(), Some(Error::Denied(Denied::NotYourRole)));
        }
    }

    async fn a_file_lost_on_disk_does_not_stop_an_archive(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp mất tệp trên đĩa").await;
        stage.attach(&author, entry, AttachmentKind::Image, "ảnh.png", PNG).await;
        stage.submit(&author, entry).await.expect("submitted");
        for path in stage.files() {
            if std::fs::read(&path).is_ok_and(|bytes| bytes == PNG) {
                std::fs::remove_file(path).expect("removed");
            }
        }
        let mut export = stage.printing().export(&stage.organiser().await, SLUG).await.expect("begun");
        let mut bytes = Vec::new();
        while let Some(part) = export.parts.recv().await {
            bytes.extend_from_slice(&part.expect("no fault"));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive.by_name("manifest.json").expect("the list").read_to_string(&mut text).expect("text");
        let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(manifest["files"][1]["missing"], true);
        assert!(archive.file_names().all(|name| !name.ends_with(".png")));
    }
}
