//! The organiser's register: checklist and checks, search by synonyms, paper entries, similar entries, lists in and out.

use std::collections::BTreeMap;

use contract::entry::{CheckFilter, DecideEligibility, DeskFilter, EntryService, ForwardEntries};
use contract::register::{
    AcceptChecked, CheckAct, CheckEntry, ImportChoice, ImportQuery, ImportTable, NewTable, RegisterEntry,
    RegisterService, RowOutcome, RowProblem, SetChecklist,
};
use contract::{Error, FieldProblem, Kind};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::ContestPhase;
use rules::entry::{EntryField, EntryProblem, EntryState, EntryStep};
use rules::event::Event;
use rules::id::{EntryId, UnitId, Version};
use rules::register::{
    Answer, Channel, CheckStanding, Checklist, ImportField, ImportKind, ItemAnswer, Likeness,
};
use rules::text::legacy::Legacy;
use rules::time::Timestamp;
use service::register::{Registers, sheet};
use testkit::{TestApp, db_tests};
use uuid::Uuid;

use crate::stage::{SLUG, Stage, statement, violation};

impl Stage {
    fn register(&self) -> Registers {
        Registers::new(self.app.ctx.clone())
    }

    async fn handed_in(&self, title: &str) -> EntryId {
        let entry = self.submitted(&self.author(0).await, title).await;
        let command = ForwardEntries {
            key: self.key(),
            contest: self.contest,
            unit: self.scene.communes[0],
            order: Version(0),
            entries: vec![(entry, self.version(entry).await)],
            reserves: Vec::new(),
        };
        let coordinator = self.coordinator(0).await;
        self.entries
            .forward(&coordinator, command)
            .await
            .expect("forwarded");
        entry
    }

    async fn set_checklist(&self, checklist: Checklist, expected: i64) -> contract::Result<Version> {
        let command = SetChecklist {
            key: self.key(),
            contest: self.contest,
            expected: Version(expected),
            checklist,
        };
        self.register()
            .set_checklist(&self.organiser().await, command)
            .await
    }

    async fn check(
        &self,
        actor: &Actor,
        entry: EntryId,
        expected: i64,
        answers: &[(&str, Answer, &str)],
        act: CheckAct,
    ) -> contract::Result<Version> {
        let answers = answers.iter().map(|(code, answer, note)| {
            let answer = ItemAnswer {
                answer: Some(*answer),
                note: (*note).to_owned(),
            };
            ((*code).to_owned(), answer)
        });
        let command = CheckEntry {
            key: self.key(),
            entry,
            expected: Version(expected),
            entry_version: self.version(entry).await,
            checklist_version: Version(1),
            answers: answers.collect(),
            act,
            reason: String::new(),
        };
        self.register().check_entry(actor, command).await
    }

    pub(super) async fn accept(&self, entry: EntryId) -> contract::Result<()> {
        let command = DecideEligibility {
            key: self.key(),
            entry,
            expected: self.version(entry).await,
            accepted: true,
            reason: String::new(),
        };
        self.entries
            .decide_eligibility(&self.organiser().await, command)
            .await
    }

    async fn desk(&self, filter: DeskFilter) -> Vec<EntryId> {
        let desk = self
            .entries
            .eligibility_desk(&self.organiser().await, SLUG.into(), filter)
            .await
            .expect("the desk");
        desk.entries.into_iter().map(|line| line.entry).collect()
    }

    fn paper(
        &self,
        title: &str,
        receipt: &str,
        received_at: Timestamp,
        unit: Option<UnitId>,
    ) -> RegisterEntry {
        RegisterEntry {
            key: self.key(),
            contest: self.contest,
            title: title.into(),
            category: "C1".into(),
            authors: vec!["Nguyễn Tác Giả 11".into(), "  ".into(), "Bùi Giả Định".into()],
            unit,
            received_at,
            channel: Channel::Paper,
            receipt_number: receipt.into(),
            late_reason: String::new(),
            summary: "Bản giấy có đóng dấu đến.".into(),
        }
    }

    async fn take(&self, actor: &Actor, kind: ImportKind, text: &str) -> contract::Result<Uuid> {
        self.take_bytes(actor, kind, text.as_bytes().to_vec()).await
    }

    async fn take_bytes(&self, actor: &Actor, kind: ImportKind, bytes: Vec<u8>) -> contract::Result<Uuid> {
        let table = NewTable {
            kind,
            contest: (kind == ImportKind::Entries).then(|| SLUG.into()),
            file_name: "danh sách.csv".into(),
            bytes,
        };
        self.register().take_table(actor, table).await
    }

    async fn look(
        &self,
        actor: &Actor,
        kind: ImportKind,
        file: Uuid,
        choice: ImportChoice,
    ) -> contract::register::DryRun {
        let query = ImportQuery {
            kind,
            contest: (kind == ImportKind::Entries).then(|| SLUG.into()),
            file: Some(file),
            choice,
            page: 1,
        };
        let view = self.register().import_view(actor, query).await.expect("the page");
        view.dry_run.expect("a dry run")
    }

    async fn import(
        &self,
        actor: &Actor,
        file: Uuid,
        good_rows_only: bool,
    ) -> contract::Result<(u32, u32, u32)> {
        let command = ImportTable {
            key: self.key(),
            file,
            choice: ImportChoice::default(),
            good_rows_only,
        };
        let made = self.register().import(actor, command).await?;
        Ok((made.created, made.changed, made.skipped))
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The bytes of a text in an old encoding, given in the characters Latin-1 shows for it.
fn single_bytes(text: &str) -> Vec<u8> {
    let byte = |c: char| u8::try_from(c).expect("a single byte");
    text.chars().map(byte).collect()
}

const WHOLE: [(&str, Answer, &str); 2] = [("form", Answer::Yes, ""), ("original", Answer::Yes, "")];

db_tests! {
    async fn an_entry_is_accepted_by_its_checklist_only(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        let entry = stage.handed_in("Giải pháp chờ kiểm tra").await;
        assert_eq!(stage.set_checklist(Checklist::usual(), 0).await, Ok(Version(1)));
        assert!(matches!(stage.set_checklist(Checklist::usual(), 0).await, Err(Error::Conflict(_))));
        let author = stage.author(0).await;
        assert_eq!(stage.register().check(&author, entry).await, Err(Error::NotFound(Kind::Entry)));
        let coordinator = stage.coordinator(0).await;
        assert_eq!(stage.register().check(&coordinator, entry).await, Err(Error::Denied(Denied::NotYourRole)));

        let view = stage.register().check(&organiser, entry).await.expect("the check");
        assert_eq!((view.standing, view.version), (CheckStanding::Open, Version(0)));
        assert_eq!(view.findings["deadline"].answer, Some(Answer::Yes));
        assert_eq!(view.findings["declaration"].answer, Some(Answer::Yes));
        let Violation::ChecklistIncomplete { open, failing } = violation(stage.accept(entry).await) else {
            panic!("two items are for people to answer");
        };
        assert_eq!((open.len(), failing.len()), (2, 0));

        let unsaid = stage.check(&organiser, entry, 0, &[("deadline", Answer::No, "")], CheckAct::Save).await;
        assert_eq!(unsaid, Err(Error::field("note.deadline", FieldProblem::Missing)));
        let saved = stage.check(&organiser, entry, 0, &[("form", Answer::Yes, "")], CheckAct::Save).await;
        assert_eq!(saved, Ok(Version(1)));
        let other = stage.check(&organiser, entry, 0, &WHOLE, CheckAct::Save).await;
        assert!(matches!(other, Err(Error::Conflict(_))), "two organisers do not overwrite one another: {other:?}");
        let early = stage.check(&organiser, entry, 1, &[("form", Answer::Yes, "")], CheckAct::Accept).await;
        assert!(matches!(violation(early), Violation::ChecklistIncomplete { .. }));
        assert_eq!(stage.state(entry).await, EntryState::Forwarded);
        assert_eq!(stage.register().check(&organiser, entry).await.expect("the check").version, Version(1), "nothing half-done");

        stage.check(&organiser, entry, 1, &WHOLE, CheckAct::Accept).await.expect("accepted");
        assert_eq!(stage.state(entry).await, EntryState::Accepted);
        let recorded = stage.events().await.into_iter().find_map(|event| match event {
            Event::EntryChecked { answers, standing, .. } => Some((answers.len(), standing.len())),
            _ => None,
        });
        assert_eq!(recorded, Some((2, 7)), "typed answers, and all that stood");
    }

    async fn a_rejection_tells_the_author_what_fails(app: TestApp) {
        let stage = Stage::new(app).await;
        let (organiser, author) = (stage.organiser().await, stage.author(0).await);
        let entry = stage.handed_in("Giải pháp trùng nội dung").await;
        stage.set_checklist(Checklist::usual(), 0).await.expect("set");
        let bare = stage.check(&organiser, entry, 0, &WHOLE, CheckAct::Reject).await;
        assert_eq!(violation(bare), Violation::ReasonRequired);
        let failing = [("original", Answer::No, "Đã đạt giải năm 2024.")];
        stage.check(&organiser, entry, 0, &failing, CheckAct::Reject).await.expect("rejected");
        let receipt = stage.entries.receipt(&author, entry).await.expect("the author is told");
        let last = receipt.track.last().expect("a step");
        assert_eq!(last.step, EntryStep::Reject);
        let reason = last.reason.as_deref().unwrap_or_default();
        assert!(reason.contains("không đạt. Đã đạt giải năm 2024."), "{reason}");
    }

    async fn many_are_accepted_at_once_where_their_checks_hold(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        let (first, second) = (stage.handed_in("Giải pháp đã kiểm tra").await, stage.handed_in("Giải pháp chưa kiểm tra").await);
        let all = |stage: &Stage| AcceptChecked { key: stage.key(), contest: stage.contest };
        let without = stage.register().accept_checked(&organiser, all(&stage)).await;
        assert_eq!(violation(without), Violation::NothingChosen, "no checklist, nothing checked");
        stage.set_checklist(Checklist::usual(), 0).await.expect("set");
        stage.check(&organiser, first, 0, &WHOLE, CheckAct::Save).await.expect("saved");
        let check = |check| DeskFilter { check: Some(check), ..DeskFilter::default() };
        assert_eq!(stage.desk(check(CheckFilter::Complete)).await, [first]);
        assert_eq!(stage.desk(check(CheckFilter::Unchecked)).await, [second]);
        assert_eq!(stage.desk(check(CheckFilter::Failing)).await, []);
        let author = stage.author(0).await;
        assert!(matches!(stage.register().accept_checked(&author, all(&stage)).await, Err(Error::Denied(_))));
        let done = stage.register().accept_checked(&organiser, all(&stage)).await.expect("accepted");
        assert_eq!((done.accepted, done.left_out), (1, Vec::new()));
        assert_eq!((stage.state(first).await, stage.state(second).await), (EntryState::Accepted, EntryState::Forwarded));
    }

    async fn the_desk_finds_by_synonym_text_and_filters(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Ứng dụng công nghệ thông tin tại bộ phận Một cửa").await;
        stage.save(&author, entry, statement("Người dân quét mã vạch lấy số thứ tự")).await.expect("saved");
        stage.submit(&author, entry).await.expect("submitted");
        let command = ForwardEntries {
            key: stage.key(),
            contest: stage.contest,
            unit: stage.scene.communes[0], order: Version(0),
            entries: vec![(entry, stage.version(entry).await)], reserves: Vec::new() };
        stage.entries.forward(&stage.coordinator(0).await, command).await.expect("forwarded");
        let registered = stage.register().register(&organiser, stage.paper(
            "Rút ngắn thời gian giải quyết TTHC", "BN-1", stage.app.ctx.now(), Some(stage.scene.communes[1]),
        )).await.expect("registered").entry;
        let search = |query: &str| DeskFilter { query: query.into(), ..DeskFilter::default() };
        for (query, expected) in [
            ("CNTT", vec![entry]),
            ("đề tài một cửa", vec![entry]),
            ("sáng kiến thủ tục hành chính", vec![registered]),
            ("ma vach", vec![entry]),
            ("bai thi", vec![entry, registered]),
            ("dong dau", vec![registered]),
            ("CNTT TTHC", vec![]),
        ] {
            assert_eq!(stage.desk(search(query)).await, expected, "{query}");
        }
        let unit = DeskFilter { unit: Some(stage.scene.communes[1]), ..DeskFilter::default() };
        assert_eq!(stage.desk(unit).await, [registered]);
        let province = DeskFilter { unit: Some(stage.scene.province), ..DeskFilter::default() };
        assert_eq!(stage.desk(province).await, [entry, registered]);
        let nowhere = DeskFilter { unit: Some(UnitId(Uuid::nil())), ..DeskFilter::default() };
        assert_eq!(stage.desk(nowhere).await, []);
        let only = |registered| DeskFilter { registered: Some(registered), ..DeskFilter::default() };
        assert_eq!(stage.desk(only(true)).await, [registered]);
        assert_eq!(stage.desk(only(false)).await, [entry]);
        let medium = |medium| DeskFilter { medium: Some(medium), ..DeskFilter::default() };
        assert_eq!(stage.desk(medium(true)).await, []);
        assert_eq!(stage.desk(medium(false)).await, [entry, registered]);
        let late = |late| DeskFilter { late: Some(late), ..DeskFilter::default() };
        assert_eq!(stage.desk(late(true)).await, []);
        assert_eq!(stage.desk(late(false)).await, [entry, registered]);
    }

    async fn a_paper_entry_is_judged_by_the_time_it_was_received(app: TestApp) {
        let stage = Stage::new(app).await;
        let (organiser, unit) = (stage.organiser().await, stage.scene.communes[0]);
        let register = stage.register();
        let in_time = at("2025-07-10T16:00:00Z");
        stage.app.clock.set("2025-07-11T03:00:00Z");
        let future = stage.paper("Sáng kiến nhận ngày mai", "BN-9", at("2025-07-12T00:00:00Z"), Some(unit));
        assert_eq!(register.register(&organiser, future).await, Err(Error::field("received_at", FieldProblem::NotADate)));
        let author = stage.author(0).await;
        let strangers = register.register(&author, stage.paper("Sáng kiến của người khác", "BN-8", in_time, Some(unit))).await;
        assert_eq!(strangers, Err(Error::Denied(Denied::NotYourRole)));

        let paper = stage.paper("Sáng kiến nộp bản giấy", " BN-1 ", in_time, Some(unit));
        let made = register.register(&organiser, paper.clone()).await.expect("registered");
        assert_eq!(register.register(&organiser, paper).await, Ok(made.clone()), "sent twice, made once");
        let row = stage.row(made.entry).await;
        assert_eq!((row.state, row.submitted_at, row.code.as_deref()), (EntryState::EligibilityCheck, Some(in_time), Some("KT-2025-001")));
        assert_eq!(row.content.authors.len(), 2);
        assert_eq!(row.content.authors[0].user, Some(stage.scene.authors[0]), "the one person of that name in the unit");
        let own = stage.entries.own_entries(&organiser).await.expect("own entries");
        assert_eq!(own.entries, [], "who typed it in did not write it");
        let theirs = stage.entries.own_entries(&author).await.expect("own entries");
        assert_eq!(theirs.entries.len(), 1);
        let again = register.register(&organiser, stage.paper("Sáng kiến khác cùng số", "BN-1", in_time, Some(unit))).await;
        assert_eq!(again, Err(Error::field("receipt_number", FieldProblem::Taken)));

        let late = at("2025-07-11T01:00:00Z");
        let mut paper = stage.paper("Sáng kiến đến muộn một ngày", "BN-2", late, Some(unit));
        let refused = violation(register.register(&organiser, paper.clone()).await);
        assert!(matches!(refused, Violation::LateWithoutReason { .. }));
        paper.late_reason = "Bưu điện giao chậm.".into();
        paper.key = stage.key();
        let late = register.register(&organiser, paper).await.expect("registered with a reason");
        let reasons = stage.events().await.into_iter().filter_map(|event| match event {
            Event::EntryRegistered { late_reason, .. } => Some(late_reason),
            _ => None,
        });
        assert_eq!(reasons.collect::<Vec<_>>(), [None, Some("Bưu điện giao chậm.".to_owned())]);
        stage.set_checklist(Checklist::usual(), 0).await.expect("set");
        let check = register.check(&organiser, late.entry).await.expect("the check");
        assert_eq!(check.findings["deadline"].answer, Some(Answer::No));
        assert_eq!(check.findings["declaration"].answer, None, "it lies on paper");
        assert_eq!(check.registration.expect("a registration").receipt_number, "BN-2");
        let after = DeskFilter { late: Some(true), ..DeskFilter::default() };
        assert_eq!(stage.desk(after).await, [late.entry]);
    }

    async fn a_coordinator_registers_for_the_own_unit_and_nobody_excluded(app: TestApp) {
        let stage = Stage::new(app).await;
        let register = stage.register();
        let now = stage.app.ctx.now();
        let coordinator = stage.coordinator(0).await;
        let view = register.paper(&coordinator, SLUG.into()).await.expect("the form");
        assert_eq!(view.units.iter().map(|unit| unit.id).collect::<Vec<_>>(), [stage.scene.communes[0]]);
        let foreign = register.register(&coordinator, stage.paper("Sáng kiến xã khác", "BN-1", now, Some(stage.scene.communes[1]))).await;
        assert_eq!(foreign, Err(Error::field("unit", FieldProblem::Missing)));
        let made = register.register(&coordinator, stage.paper("Sáng kiến của xã mình", "BN-1", now, Some(stage.scene.communes[0]))).await;
        let made = made.expect("registered");
        assert_eq!(stage.state(made.entry).await, EntryState::SubmittedToUnit);

        let organiser = stage.organiser().await;
        let mut paper = stage.paper("Sáng kiến của thành viên Ban Tổ chức", "BN-2", now, Some(stage.scene.province));
        paper.authors = vec!["Lê Thị Tổ Chức".into()];
        let Violation::EntryIncomplete { gaps } = violation(register.register(&organiser, paper).await) else {
            panic!("a member of the board is no author");
        };
        assert!(gaps.iter().any(|gap| matches!(gap.problem, EntryProblem::Excluded(_))), "{gaps:?}");
        let mut paper = stage.paper("Ngắn", "BN-3", now, Some(stage.scene.communes[0]));
        paper.category = "không có".into();
        let Violation::EntryIncomplete { gaps } = violation(register.register(&organiser, paper).await) else {
            panic!("title and category are wrong");
        };
        assert_eq!(gaps.into_iter().map(|gap| gap.field).collect::<Vec<_>>(), [EntryField::Title, EntryField::Category]);
    }

    async fn similar_entries_are_shown_with_their_passages(app: TestApp) {
        let stage = Stage::new(app).await;
        let (organiser, author) = (stage.organiser().await, stage.author(0).await);
        let shared = "Mỗi hồ sơ được gắn một mã vạch để người dân tra cứu tình trạng giải quyết bằng điện thoại \
                      mà không phải đến trụ sở, cán bộ quét mã khi chuyển bước.";
        let mut entries = Vec::new();
        for (title, text) in [
            ("Mã vạch cho hồ sơ một cửa", format!("{shared} Phần riêng của bài thứ nhất.")),
            ("Tra cứu hồ sơ bằng điện thoại", format!("Mở đầu khác. {shared}")),
            ("Trồng cây quanh trụ sở xã", "Trồng hoa ven đường, giao đoàn viên chăm sóc từng đoạn.".to_owned()),
        ] {
            let entry = stage.complete(&author, title).await;
            stage.save(&author, entry, statement(&text)).await.expect("saved");
            stage.submit(&author, entry).await.expect("submitted");
            entries.push(entry);
        }
        let found = stage.register().similar(&organiser, entries[0]).await.expect("advice");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].entry, found[0].likeness), (Some(entries[1]), Likeness::Strong));
        assert!(found[0].passages[0].first.contains("mã vạch để người dân tra cứu"), "{found:?}");
        let back = stage.register().similar(&organiser, entries[1]).await.expect("advice");
        assert_eq!(back[0].overlap.jaccard_percent(), found[0].overlap.jaccard_percent(), "the same from either side");
        assert_eq!(stage.register().similar(&organiser, entries[2]).await, Ok(Vec::new()));
        let denied = stage.register().similar(&stage.coordinator(0).await, entries[0]).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
    }

    async fn entries_are_imported_after_a_dry_run(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        let text = "\u{FEFF}Số biên nhận;Tên bài dự thi;Tác giả;Mã đơn vị;Mã nội dung;Thời điểm nhận;Hình thức nhận\r\n\
                    B-1;Sáng kiến nhập từ danh sách;Nguyễn Giả Định; AN;C1;01/07/2025 08:00;Bản giấy\r\n\
                    B-2;Ngắn;;AN;C9;hôm qua;bồ câu\r\n\
                    B-1;Sáng kiến trùng số biên nhận;Bùi Giả Định;BINH;C1;01/07/2025;\r\n\
                    B-3;S¸ng kiÕn c¶i c¸ch hµnh chÝnh;NguyÔn Gi¶ §Þnh;AN;C1;01/07/2025;email\r\n";
        stage.app.clock.set("2025-07-05T03:00:00Z");
        let author = stage.author(0).await;
        assert_eq!(stage.take(&author, ImportKind::Entries, text).await, Err(Error::Denied(Denied::NotYourRole)));
        let file = stage.take(&organiser, ImportKind::Entries, text).await.expect("taken");
        let run = stage.look(&organiser, ImportKind::Entries, file, ImportChoice::default()).await;
        assert_eq!(run.missing, []);
        assert_eq!((run.counts.ok, run.counts.errors, run.legacy_rows), (1, 3, 1));
        let by_line: BTreeMap<u32, _> = run.rows.iter().map(|row| (row.line, row)).collect();
        assert_eq!(by_line[&2].outcome, RowOutcome::Ok);
        let said = |line: u32, field: ImportField| by_line[&line].problems.iter().find(|problem| problem.field == Some(field)).map(|problem| (problem.cell.clone().unwrap_or_default(), problem.problem.clone()));
        assert_eq!(said(3, ImportField::Authors), Some(("C3".into(), RowProblem::Missing)));
        assert_eq!(said(3, ImportField::ReceivedAt), Some(("F3".into(), RowProblem::NotADate)));
        assert_eq!(said(3, ImportField::Category), Some(("E3".into(), RowProblem::Unknown { value: "C9".into() })));
        assert_eq!(said(4, ImportField::ReceiptNumber), Some(("A4".into(), RowProblem::Repeated { line: 2 })));
        assert!(matches!(said(5, ImportField::Title), Some((_, RowProblem::LegacyRefused { .. }))));
        let convert = ImportChoice { columns: Vec::new(), convert_legacy: true };
        let converted = stage.look(&organiser, ImportKind::Entries, file, convert.clone()).await;
        assert_eq!((converted.counts.ok, converted.counts.warnings, converted.counts.errors), (1, 1, 2));

        assert_eq!(violation(stage.import(&organiser, file, false).await), Violation::ImportRows { rows: 3 });
        assert_eq!(stage.desk(DeskFilter::default()).await, [], "all or nothing");
        let command = ImportTable { key: stage.key(), file, choice: convert, good_rows_only: true };
        let made = stage.register().import(&organiser, command).await.expect("imported");
        assert_eq!((made.created, made.skipped), (2, 0));
        let titles: Vec<String> = {
            let desk = stage.entries.eligibility_desk(&organiser, SLUG.into(), DeskFilter::default()).await.expect("the desk");
            desk.entries.into_iter().map(|line| line.title).collect()
        };
        assert_eq!(titles, ["Sáng kiến nhập từ danh sách", "Sáng kiến cải cách hành chính"]);
        let again = stage.look(&organiser, ImportKind::Entries, file, ImportChoice::default()).await;
        assert_eq!((again.counts.skipped, again.imported.map(|(_, count)| count)), (3, Some(2)), "known by their receipts");
        let administrator = stage.actor(stage.scene.administrator).await;
        let others = ImportQuery { kind: ImportKind::Entries, contest: Some(SLUG.into()), file: Some(file), choice: ImportChoice::default(), page: 1 };
        assert!(stage.register().import_view(&administrator, others).await.is_err(), "somebody else's file");
    }

    async fn units_are_imported_and_changed_by_their_codes(app: TestApp) {
        let stage = Stage::new(app).await;
        let administrator = stage.actor(stage.scene.administrator).await;
        let organiser = stage.organiser().await;
        let text = "code,name,parent,valid from\nTHON1,Thôn Một,BINH,01/07/2025\nBINH,Xã Bình Mới,PROVINCE,\nAN,Xã An,PROVINCE,\n\
                    X1,Vòng 1,X2,\nX2,Vòng 2,X1,\nY,,KHONG,\n";
        assert!(matches!(stage.take(&organiser, ImportKind::Units, text).await, Err(Error::Denied(_))));
        let file = stage.take(&administrator, ImportKind::Units, text).await.expect("taken");
        let run = stage.look(&administrator, ImportKind::Units, file, ImportChoice::default()).await;
        assert_eq!((run.counts.ok, run.counts.warnings, run.counts.errors, run.counts.skipped), (1, 1, 3, 1), "{:?}", run.rows);
        assert_eq!(stage.import(&administrator, file, true).await, Ok((1, 1, 1)));
        let units = store::register::units_with_codes(stage.app.ctx.store.read()).await.expect("units");
        let unit = |code: &str| units.iter().find(|unit| unit.code == code).expect("a unit");
        assert_eq!(unit("BINH").name, "Xã Bình Mới");
        assert_eq!(unit("BINH").short_name, "Xã Bình", "no such column, no change");
        assert_eq!(unit("THON1").parent, Some(unit("BINH").id));
        assert_eq!(stage.import(&administrator, file, true).await, Ok((0, 0, 3)), "a second time changes nothing");
    }

    async fn tables_saved_before_unicode_are_read_by_their_bytes(app: TestApp) {
        let stage = Stage::new(app).await;
        let administrator = stage.actor(stage.scene.administrator).await;
        let unicode = "Mã đơn vị;Tên đơn vị;Tên ngắn\nU-8;Phường Nguyễn Trãi;Xã Đơn\n";
        let vietnamese = b"Ma\xDE \xF0\xF5n vi\xF2;T\xEAn \xF0\xF5n vi\xF2;T\xEAn ng\xE3\xECn\n\
                           W-1258;Ph\xFD\xF5\xCCng Nguy\xEA\xDEn Tra\xDEi;Xa\xDE \xD0\xF5n\n";
        for (code, bytes, legacy) in [
            ("U-8", unicode.as_bytes().to_vec(), None),
            ("W-1258", vietnamese.to_vec(), None),
            (
                "T-3",
                single_bytes("M· ®¬n vÞ;Tªn ®¬n vÞ;Tªn ng¾n\nT-3;Ph\u{AD}êng NguyÔn Tr·i;X· §¬n\n"),
                Some(Legacy::Tcvn3),
            ),
            (
                "V-1",
                single_bytes("Maõ ñôn vò;Teân ñôn vò;Teân ngaén\nV-1;Phöôøng Nguyeãn Traõi;Xaõ Ñôn\n"),
                Some(Legacy::Vni),
            ),
        ] {
            let file = stage.take_bytes(&administrator, ImportKind::Units, bytes).await.expect("taken");
            let run = stage.look(&administrator, ImportKind::Units, file, ImportChoice::default()).await;
            assert_eq!(run.missing, [], "{code}");
            assert_eq!(run.headings, ["Mã đơn vị", "Tên đơn vị", "Tên ngắn"], "{code}");
            let said: Vec<_> = run.rows[0].problems.iter().map(|problem| problem.problem.clone()).collect();
            let expected: Vec<_> = legacy.into_iter().flat_map(|legacy| {
                ["Phường Nguyễn Trãi", "Xã Đơn"].map(|text| RowProblem::LegacyRefused { legacy, converted: text.into() })
            }).collect();
            assert_eq!(said, expected, "{code}");
            let outcome = if legacy.is_some() { RowOutcome::Error } else { RowOutcome::Ok };
            assert_eq!((run.rows.len(), run.rows[0].outcome), (1, outcome), "{code}");
            if legacy.is_some() {
                assert_eq!(violation(stage.import(&administrator, file, false).await), Violation::ImportRows { rows: 1 });
            }
            let choice = ImportChoice { columns: Vec::new(), convert_legacy: true };
            let command = ImportTable { key: stage.key(), file, choice, good_rows_only: false };
            let made = stage.register().import(&administrator, command).await.expect("imported");
            assert_eq!(made.created, 1, "{code}");
            let units = store::register::units_with_codes(stage.app.ctx.store.read()).await.expect("units");
            let unit = units.iter().find(|unit| unit.code == code).expect("a unit");
            assert_eq!((unit.name.as_str(), unit.short_name.as_str()), ("Phường Nguyễn Trãi", "Xã Đơn"), "{code}");
        }
    }

    async fn a_unit_does_not_go_below_a_row_with_errors(app: TestApp) {
        let stage = Stage::new(app).await;
        let administrator = stage.actor(stage.scene.administrator).await;
        let text = "code,name,parent\nMOI,,\nAN,Xã An,MOI\nPROVINCE,Tỉnh Kiểm Thử,AN\nTHON,Thôn,MOI\nXOM,Xóm,THON\n\
                    BINH,Xã Bình Mới,PROVINCE\n";
        let file = stage.take(&administrator, ImportKind::Units, text).await.expect("taken");
        let run = stage.look(&administrator, ImportKind::Units, file, ImportChoice::default()).await;
        let said: BTreeMap<u32, Vec<_>> = run.rows.iter().map(|row| {
            (row.line, row.problems.iter().map(|problem| (problem.cell.as_deref().unwrap_or_default(), problem.problem.clone())).collect())
        }).collect();
        assert_eq!(said[&2], [("B2", RowProblem::Missing)]);
        assert_eq!(said[&3], [("C3", RowProblem::ParentFaulty { line: 2 })], "a known unit is not moved below what is not made");
        assert_eq!(said[&4], [("C4", RowProblem::Ring)], "the unit above stays below it");
        assert_eq!(said[&5], [("C5", RowProblem::ParentFaulty { line: 2 })]);
        assert_eq!(said[&6], [("C6", RowProblem::ParentFaulty { line: 5 })]);
        assert_eq!(said[&7], [("A7", RowProblem::Changes)]);
        assert_eq!((run.counts.warnings, run.counts.errors), (1, 5));
        assert_eq!(stage.import(&administrator, file, true).await, Ok((0, 1, 0)));
        let units = store::register::units_with_codes(stage.app.ctx.store.read()).await.expect("units");
        let unit = |code: &str| units.iter().find(|unit| unit.code == code);
        assert_eq!(unit("AN").expect("a unit").parent, Some(stage.scene.province));
        assert_eq!(unit("PROVINCE").expect("a unit").parent, None);
        assert_eq!(unit("BINH").expect("a unit").name, "Xã Bình Mới");
        assert!(["MOI", "THON", "XOM"].into_iter().all(|code| unit(code).is_none()));
    }

    async fn an_author_is_not_made_an_organiser_by_a_table(app: TestApp) {
        let stage = Stage::new(app).await;
        let administrator = stage.actor(stage.scene.administrator).await;
        // among its authors, without an account: Bùi Giả Định of the first commune
        let paper = stage.paper("Sáng kiến nộp bản giấy", "BN-1", stage.app.ctx.now(), Some(stage.scene.communes[0]));
        let made = stage.register().register(&stage.organiser().await, paper).await.expect("registered");
        let text = "Tên đăng nhập;Họ và tên;Mã đơn vị;Vai trò\n\
                    bui.mot;Bùi Giả Định;AN;Ban Tổ chức\n\
                    bui.hai;BÙI GIẢ ĐỊNH;AN;Người đọc, Lãnh đạo\n\
                    bui.ba;Bùi Giả Định;AN;Người đọc\n\
                    bui.bon;Bùi Giả Định;BINH;Ban Tổ chức\n\
                    tran.mot;Trần Giả Định;AN;Ban Tổ chức\n";
        let file = stage.take(&administrator, ImportKind::People, text).await.expect("taken");
        let run = stage.look(&administrator, ImportKind::People, file, ImportChoice::default()).await;
        assert_eq!((run.counts.ok, run.counts.errors), (3, 2), "{:?}", run.rows);
        for (row, line, name) in [(&run.rows[0], 2, "Bùi Giả Định"), (&run.rows[1], 3, "BÙI GIẢ ĐỊNH")] {
            let problem = RowProblem::AuthorCannotJudge { full_name: name.into(), entry_code: made.code.clone() };
            assert_eq!((row.line, row.problems.len()), (line, 1));
            assert_eq!((row.problems[0].field, &row.problems[0].problem), (Some(ImportField::Roles), &problem));
        }
        assert_eq!(violation(stage.import(&administrator, file, false).await), Violation::ImportRows { rows: 2 });
        assert_eq!(stage.import(&administrator, file, true).await, Ok((3, 0, 0)));
        // once the contest is decided, nothing stands against it
        stage.phase(ContestPhase::Published).await;
        let run = stage.look(&administrator, ImportKind::People, file, ImportChoice::default()).await;
        assert_eq!((run.counts.ok, run.counts.errors, run.counts.skipped), (2, 0, 3), "{:?}", run.rows);
    }

    async fn people_are_imported_without_passwords_and_set_them_by_a_link(app: TestApp) {
        let stage = Stage::new(app).await;
        let administrator = stage.actor(stage.scene.administrator).await;
        let text = "Tên đăng nhập;Họ và tên;Mã đơn vị;Chức vụ;Email;Vai trò\n\
                    moi.mot;Trần Mới Một;AN;Chuyên viên;moi@example.vn;Đầu mối đơn vị\n\
                    to.chuc;Lê Thị Tổ Chức;PROVINCE;;;\n\
                    x;Tên Ngắn;AN;;khong-phai-thu;Giám khảo\n";
        let file = stage.take(&administrator, ImportKind::People, text).await.expect("taken");
        let run = stage.look(&administrator, ImportKind::People, file, ImportChoice::default()).await;
        assert_eq!((run.counts.ok, run.counts.errors, run.counts.skipped), (1, 1, 1), "{:?}", run.rows);
        assert_eq!(run.rows[0].problems.len(), 3, "name, address and role: {:?}", run.rows[0]);
        assert_eq!(stage.import(&administrator, file, true).await, Ok((1, 0, 1)));
        let run = stage.look(&administrator, ImportKind::People, file, ImportChoice::default()).await;
        assert_eq!(run.without_password, 1);

        let register = stage.register();
        let organiser = stage.organiser().await;
        assert!(matches!(register.password_links(&organiser, file, "http://x".into()).await, Err(Error::Denied(_))));
        let token = |file: contract::register::MadeFile| {
            let rows = sheet::read(&file.bytes).expect("a table");
            rows[1][2].rsplit('/').next().expect("a token").to_owned()
        };
        let old = token(register.password_links(&administrator, file, "http://x".into()).await.expect("links"));
        let fresh = token(register.password_links(&administrator, file, "http://x".into()).await.expect("links"));
        assert_eq!(register.password_link(old).await, Err(Error::NotFound(Kind::Person)), "the later list ends the earlier");
        assert_eq!(register.password_link(fresh.clone()).await.expect("good").user_name, "moi.mot");
        let weak = register.set_first_password(fresh.clone(), "ngắn".into()).await;
        assert!(matches!(violation(weak), Violation::Password { .. }));
        let user = register.set_first_password(fresh.clone(), "mật khẩu đủ dài 2025".into()).await.expect("set");
        assert_eq!(stage.actor(user).await.coordinated_units(stage.contest), [stage.scene.communes[0]]);
        assert_eq!(register.password_link(fresh).await, Err(Error::NotFound(Kind::Person)), "used up");
    }

    async fn a_list_comes_out_as_the_filter_shows_it(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        stage.handed_in("Giải pháp thứ nhất").await;
        let unit = Some(stage.scene.communes[1]);
        stage.register().register(&organiser, stage.paper("Sáng kiến nộp bản giấy", "BN-1", stage.app.ctx.now(), unit)).await.expect("registered");
        let register = stage.register();
        let all = register.export(&organiser, SLUG.into(), DeskFilter::default()).await.expect("the list");
        let codes: Vec<(&str, Option<&str>)> = all.rows.iter().map(|row| (row.unit_code.as_str(), row.receipt_number.as_deref())).collect();
        assert_eq!(codes, [("AN", None), ("BINH", Some("BN-1"))]);
        let search = DeskFilter { query: "thứ nhất".into(), ..DeskFilter::default() };
        let one = register.export(&organiser, SLUG.into(), search).await.expect("the list");
        assert_eq!(one.rows.len(), 1);
        let denied = stage.register().export(&stage.coordinator(0).await, SLUG.into(), DeskFilter::default()).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
    }
}
