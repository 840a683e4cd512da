//! Changing what was submitted: what stands meanwhile, who sees what, what every submission keeps; and withdrawing.

use contract::deadline::{
    Change, ComparedPart, DeadlineService, DropChanges, LEAD, Piece, STABLE, TakeUpEntry, VersionsView,
};
use contract::entry::{
    DecideEligibility, DeskFilter, EntryService, ForwardEntries, NewAttachment, ReceiptView,
    RemoveAttachment, SaveDraft, StepContent, SubmitEntry, WithdrawEntry,
};
use contract::{Conflict, Error, Kind, Result};
use rules::Violation;
use rules::account::Actor;
use rules::contest::ContestPhase;
use rules::entry::{AttachmentKind, Author, EntryState, EntryStep, StatementSection};
use rules::event::Event;
use rules::id::{AttachmentId, EntryId, Version};
use service::deadline::Deadlines;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, group, member, statement, topic, violation};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

impl Stage {
    pub async fn take_up(&self, actor: &Actor, entry: EntryId) -> Result<()> {
        let command = TakeUpEntry {
            key: self.key(),
            entry,
            expected: self.version(entry).await,
        };
        Deadlines::new(self.app.ctx.clone()).take_up(actor, command).await
    }

    /// Saves from the version the author's page shows.
    async fn change(&self, actor: &Actor, entry: EntryId, content: StepContent) {
        let draft = self.entries.draft(actor, entry).await.expect("the draft");
        let command = SaveDraft {
            key: self.key(),
            entry,
            expected: draft.version,
            content,
        };
        self.entries.save_draft(actor, command).await.expect("saved");
    }

    pub async fn submit_again(&self, actor: &Actor, entry: EntryId) -> Result<ReceiptView> {
        let draft = self.entries.draft(actor, entry).await.expect("the draft");
        let command = SubmitEntry {
            key: self.key(),
            entry,
            expected: draft.version,
        };
        self.entries.submit(actor, command).await
    }

    async fn attach_picture(&self, actor: &Actor, entry: EntryId, name: &str, extra: &[u8]) -> AttachmentId {
        self.attach_picture_as(actor, entry, AttachmentKind::Image, name, extra)
            .await
    }

    async fn attach_picture_as(
        &self,
        actor: &Actor,
        entry: EntryId,
        kind: AttachmentKind,
        name: &str,
        extra: &[u8],
    ) -> AttachmentId {
        let new = NewAttachment {
            key: self.key(),
            entry,
            kind,
            file_name: name.into(),
        };
        let mut upload = self.uploads.begin(actor, new, None).await.expect("begun");
        upload.write(PNG).await.expect("bytes");
        upload.write(extra).await.expect("bytes");
        upload.finish().await.expect("kept").attachment.id
    }

    async fn detach(&self, actor: &Actor, entry: EntryId, attachment: AttachmentId) {
        let draft = self.entries.draft(actor, entry).await.expect("the draft");
        let command = RemoveAttachment {
            key: self.key(),
            entry,
            attachment,
            expected: draft.version,
        };
        self.entries
            .remove_attachment(actor, command)
            .await
            .expect("removed");
    }

    async fn versions(
        &self,
        actor: &Actor,
        entry: EntryId,
        compare: Option<(i64, i64)>,
    ) -> Result<VersionsView> {
        Deadlines::new(self.app.ctx.clone())
            .versions(actor, entry, compare)
            .await
    }

    async fn take_back(&self, actor: &Actor, entry: EntryId, reason: &str) -> Result<()> {
        let command = WithdrawEntry {
            key: self.key(),
            entry,
            expected: self.version(entry).await,
            reason: reason.into(),
        };
        self.entries.withdraw(actor, command).await
    }

    async fn hand_on(&self, entry: EntryId) -> Result<()> {
        let command = ForwardEntries {
            key: self.key(),
            contest: self.contest,
            unit: self.scene.communes[0],
            order: Version(0),
            reserves: Vec::new(),
            entries: vec![(entry, self.version(entry).await)],
        };
        self.entries
            .forward(&self.coordinator(0).await, command)
            .await
            .map(|_| ())
    }
}

db_tests! {
    async fn what_was_submitted_stands_until_the_next_submission(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let entry = stage.complete(&author, "Tên lúc nộp lần đầu").await;
        let kept = stage.attach_picture(&author, entry, "giữ lại.png", b"1").await;
        let dropped = stage.attach_picture(&author, entry, "bỏ đi.png", b"2").await;
        let first = stage.submit(&author, entry).await.expect("submitted");
        assert!(first.can_take_up && !first.revising);
        stage.take_up(&author, entry).await.expect("taken up");
        stage.take_up(&author, entry).await.expect("twice is once");
        let draft = stage.entries.draft(&author, entry).await.expect("the copy");
        assert!(draft.can_edit && draft.revising == Some(1) && draft.gaps.is_empty());

        stage.change(&author, entry, topic("Tên sửa sau khi nộp")).await;
        stage.change(&author, entry, statement("Nội dung sửa sau khi nộp")).await;
        stage.detach(&author, entry, dropped).await;
        let added = stage.attach_picture(&author, entry, "thêm vào.png", b"3").await;

        let detail = stage.entries.detail(&coordinator, entry).await.expect("the unit's desk");
        assert_eq!((detail.line.title.as_str(), detail.content.title.as_str()), ("Tên lúc nộp lần đầu", "Tên lúc nộp lần đầu"));
        assert_eq!(detail.content.statement.section(StatementSection::Purpose), "Nội dung");
        let seen: Vec<AttachmentId> = detail.line.attachments.iter().map(|file| file.id).collect();
        assert_eq!(seen, [kept, dropped]);
        stage.uploads.open(&coordinator, dropped).await.expect("it was submitted");
        let hidden = stage.uploads.open(&coordinator, added).await;
        assert_eq!(hidden.err(), Some(Error::NotFound(Kind::Attachment)));
        let receipt = stage.entries.receipt(&author, entry).await.expect("the receipt");
        assert_eq!((receipt.content_hash.as_str(), receipt.revising), (first.content_hash.as_str(), true));
        assert_eq!(receipt.attachments.len(), 2);

        let second = stage.submit_again(&author, entry).await.expect("submitted again");
        assert_eq!((second.code.as_str(), second.revision, second.state), (first.code.as_str(), 2, EntryState::SubmittedToUnit));
        assert_ne!(second.content_hash, first.content_hash);
        assert!(!second.revising && second.can_take_up);
        let detail = stage.entries.detail(&coordinator, entry).await.expect("the unit's desk");
        assert_eq!((detail.line.title.as_str(), detail.content.title.as_str()), ("Tên sửa sau khi nộp", "Tên sửa sau khi nộp"));
        let seen: Vec<AttachmentId> = detail.line.attachments.iter().map(|file| file.id).collect();
        assert_eq!(seen, [kept, added]);
        stage.uploads.open(&coordinator, dropped).await.expect("the first submission still has it");
        assert_eq!(stage.state(entry).await, EntryState::UnitScreening, "the unit looks at what is new");
    }

    async fn every_submission_is_kept_and_two_can_be_compared(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Rút ngắn thời gian còn 5 ngày").await;
        let file = stage.attach_picture(&author, entry, "minh họa.png", b"1").await;
        stage.submit(&author, entry).await.expect("submitted");
        stage.take_up(&author, entry).await.expect("taken up");
        stage.change(&author, entry, topic("Rút ngắn thời gian còn 3 ngày")).await;
        stage.detach(&author, entry, file).await;
        stage.submit_again(&author, entry).await.expect("submitted again");

        for viewer in [author.clone(), stage.coordinator(0).await, stage.organiser().await] {
            let view = stage.versions(&viewer, entry, Some((2, 1))).await.expect("may see them");
            let files: Vec<(i64, usize)> = view.versions.iter().map(|line| (line.revision, line.files.len())).collect();
            assert_eq!(files, [(2, 0), (1, 1)]);
            assert_eq!(view.versions[1].submitted_by, "Nguyễn Tác Giả 11");
            let comparison = view.comparison.expect("both are there");
            assert_eq!((comparison.older, comparison.newer), (1, 2));
            let parts: Vec<ComparedPart> = comparison.changes.iter().map(|change| change.part).collect();
            assert_eq!(parts, [ComparedPart::Title, ComparedPart::Files]);
            assert_eq!(
                comparison.changes[0].pieces,
                [
                    Piece::Same("Rút ngắn thời gian còn ".into()),
                    Piece::Removed("5".into()),
                    Piece::Added("3".into()),
                    Piece::Same(" ngày".into()),
                ]
            );
        }
        assert_eq!(stage.versions(&author, entry, Some((1, 9))).await.expect("the page").comparison, None);
        for other in [stage.author(2).await, stage.coordinator(1).await] {
            assert_eq!(stage.versions(&other, entry, None).await.map(|_| ()), Err(Error::NotFound(Kind::Entry)));
        }
        let draft = stage.begin(&author).await;
        assert_eq!(stage.versions(&author, draft, None).await.map(|_| ()), Err(Error::NotFound(Kind::Entry)));
    }

    async fn who_leads_how_to_reach_them_and_what_a_file_is_for_are_compared_too(app: TestApp) {
        let stage = Stage::unasked(app).await;
        let author = stage.author(0).await;
        let unit = Some(stage.scene.communes[0]);
        let people = |leads: usize, contact: &str| {
            let names = ["Nguyễn Tác Giả 11", "Nguyễn Tác Giả 12"];
            let people = names.into_iter().enumerate().map(|(index, name)| Author {
                contact: if index == leads { contact.into() } else { String::new() },
                ..member(stage.scene.authors[index], name, unit, 50, index == leads)
            });
            group(people.collect())
        };
        let entry = stage.complete(&author, "Đổi tác giả chính và loại tệp").await;
        let picture = stage.attach_picture(&author, entry, "minh họa.png", b"1").await;
        stage.submit(&author, entry).await.expect("submitted");
        stage.take_up(&author, entry).await.expect("taken up");
        stage.change(&author, entry, people(0, "an@xa-an.example")).await;
        stage.submit_again(&author, entry).await.expect("now a group");
        stage.take_up(&author, entry).await.expect("taken up");
        stage.change(&author, entry, people(1, "binh@xa-an.example")).await;
        stage.detach(&author, entry, picture).await;
        stage.attach_picture_as(&author, entry, AttachmentKind::Other, "minh họa.png", b"1").await;
        stage.submit_again(&author, entry).await.expect("another leads");

        let changed = |view: VersionsView| view.comparison.expect("both are there").changes;
        let joined = changed(stage.versions(&author, entry, Some((1, 2))).await.expect("the page"));
        let parts: Vec<ComparedPart> = joined.iter().map(|change| change.part).collect();
        assert_eq!(parts, [ComparedPart::AuthorType, ComparedPart::Authors]);
        assert_eq!(joined[0].pieces, [Piece::Removed("individual".into()), Piece::Added("group".into())]);
        for viewer in [author.clone(), stage.coordinator(0).await, stage.organiser().await] {
            let detail = stage.versions(&viewer, entry, Some((2, 3))).await.expect("may see them");
            let changes = changed(detail);
            let parts: Vec<ComparedPart> = changes.iter().map(|change| change.part).collect();
            assert_eq!(parts, [ComparedPart::Authors, ComparedPart::Files]);
            let added = |change: &Change| {
                let words = change.pieces.iter().filter_map(|piece| match piece {
                    Piece::Added(words) => Some(words.as_str()),
                    Piece::Same(_) | Piece::Removed(_) => None,
                });
                words.collect::<Vec<_>>().join("|")
            };
            let people = added(&changes[0]);
            assert!(people.contains("binh@xa-an.example") && people.contains(&format!("{STABLE}{LEAD}")), "{people}");
            assert_eq!(added(&changes[1]), format!("{STABLE}other"));
        }
    }

    async fn it_can_be_taken_up_until_the_deadline_and_until_it_is_forwarded(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let (late, sent) = (stage.submitted(&author, "Sửa vào giây cuối").await, stage.submitted(&author, "Đã gửi lên trên").await);
        stage.take_up(&author, sent).await.expect("not forwarded yet");
        stage.change(&author, sent, topic("Bản sửa không kịp nộp")).await;
        stage.hand_on(sent).await.expect("saving the copy was no change to the unit");
        let refused = Violation::EntryStep { from: EntryState::Forwarded, step: EntryStep::SubmitToUnit };
        assert_eq!(violation(stage.take_up(&author, sent).await), refused);
        let draft = stage.entries.draft(&author, sent).await.expect("still seen");
        assert!(!draft.can_edit && draft.revising.is_none());
        assert_eq!(draft.content.title, "Đã gửi lên trên", "what was forwarded is what was submitted");
        assert!(!stage.entries.receipt(&author, sent).await.expect("the receipt").revising);

        stage.app.clock.set("2025-07-10T23:59:59+07:00");
        stage.take_up(&author, late).await.expect("the last second");
        stage.change(&author, late, topic("Sửa xong sau hạn")).await;
        stage.app.clock.set("2025-07-11T00:00:00+07:00");
        let refused = violation(stage.submit_again(&author, late).await);
        assert!(matches!(refused, Violation::DeadlinePassed { .. }), "{refused:?}");
        assert_eq!(stage.row(late).await.content.title, "Sửa vào giây cuối", "what was submitted stands");
        let other = stage.submitted_now(&stage.author(2).await).await;
        assert!(matches!(violation(stage.take_up(&stage.author(2).await, other).await), Violation::DeadlinePassed { .. }));
        assert_eq!(stage.take_up(&stage.author(2).await, late).await, Err(Error::NotFound(Kind::Entry)));
    }

    async fn changes_given_up_leave_everything_as_submitted(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giữ nguyên bản đã nộp").await;
        let file = stage.attach_picture(&author, entry, "đã nộp.png", b"1").await;
        let receipt = stage.submit(&author, entry).await.expect("submitted");
        stage.take_up(&author, entry).await.expect("taken up");
        stage.change(&author, entry, topic("Sửa rồi lại thôi")).await;
        stage.detach(&author, entry, file).await;
        let added = stage.attach_picture(&author, entry, "thừa.png", b"2").await;
        let deadlines = Deadlines::new(stage.app.ctx.clone());
        let shown = stage.entries.receipt(&author, entry).await.expect("the receipt").copy_version;
        let expected = stage.entries.draft(&author, entry).await.expect("the copy").version;
        assert_eq!(shown, Some(expected));
        let drop = DropChanges { key: stage.key(), entry, expected };
        deadlines.drop_changes(&author, drop.clone()).await.expect("given up");
        deadlines.drop_changes(&author, drop).await.expect("the same key again");
        let again = DropChanges { key: stage.key(), entry, expected };
        assert_eq!(deadlines.drop_changes(&author, again).await, Err(Error::NotFound(Kind::Entry)));
        let mut now = stage.entries.receipt(&author, entry).await.expect("the receipt");
        now.key = receipt.key;
        assert_eq!(now, receipt);
        assert_eq!(stage.uploads.open(&author, added).await.err(), Some(Error::NotFound(Kind::Attachment)));
        stage.take_up(&author, entry).await.expect("again");
        let draft = stage.entries.draft(&author, entry).await.expect("the copy");
        assert_eq!((draft.content.title.as_str(), draft.attachments.len()), ("Giữ nguyên bản đã nộp", 1));
        let kinds: Vec<&str> = stage.events().await.iter().map(Event::kind).filter(|kind| kind.contains("taken") || kind.contains("dropped")).collect();
        assert_eq!(kinds, ["entry_taken_up", "changes_dropped", "entry_taken_up"]);
    }

    async fn a_copy_has_a_version_of_its_own(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, "Hai người cùng sửa").await;
        let before = stage.version(entry).await;
        stage.take_up(&author, entry).await.expect("taken up");
        let draft = stage.entries.draft(&author, entry).await.expect("the copy");
        stage.change(&author, entry, topic("Người thứ nhất lưu trước")).await;
        let stale = SaveDraft { key: stage.key(), entry, expected: draft.version, content: topic("Người thứ hai lưu sau") };
        let current = draft.version.next();
        assert_eq!(
            stage.entries.save_draft(&author, stale).await.map(|_| ()),
            Err(Error::Conflict(Conflict { expected: draft.version, current }))
        );
        let stale = SubmitEntry { key: stage.key(), entry, expected: draft.version };
        assert!(matches!(stage.entries.submit(&author, stale).await, Err(Error::Conflict(_))));
        let stale = DropChanges { key: stage.key(), entry, expected: draft.version };
        assert_eq!(
            Deadlines::new(stage.app.ctx.clone()).drop_changes(&author, stale).await,
            Err(Error::Conflict(Conflict { expected: draft.version, current }))
        );
        let kept = stage.entries.draft(&author, entry).await.expect("the copy");
        assert_eq!((kept.version, kept.content.title.as_str()), (current, "Người thứ nhất lưu trước"));
        assert_eq!(stage.version(entry).await, before, "the submitted entry is untouched");
    }

    async fn without_screening_it_is_open_until_eligibility_is_decided(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.unit_screening = false).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.submitted(&author, "Nộp thẳng cho Ban Tổ chức").await;
        stage.take_up(&author, entry).await.expect("not decided yet");
        stage.change(&author, entry, topic("Nộp thẳng lần thứ hai")).await;
        let receipt = stage.submit_again(&author, entry).await.expect("submitted again");
        assert_eq!((receipt.revision, receipt.state), (2, EntryState::EligibilityCheck));
        stage.take_up(&author, entry).await.expect("once more");
        let decide = DecideEligibility { key: stage.key(), entry, expected: stage.version(entry).await, accepted: true, reason: String::new() };
        stage.entries.decide_eligibility(&organiser, decide).await.expect("accepted");
        assert!(matches!(violation(stage.take_up(&author, entry).await), Violation::EntryStep { from: EntryState::Accepted, .. }));
        assert!(!stage.entries.draft(&author, entry).await.expect("seen").can_edit);
    }

    async fn withdrawing_needs_a_reason_once_others_have_it_and_the_track_tells(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let (at_unit, forwarded) = (stage.submitted(&author, "Rút trước khi đơn vị gửi").await, stage.submitted(&author, "Rút sau khi đơn vị gửi").await);
        stage.take_up(&author, at_unit).await.expect("a copy is open");
        assert_eq!(violation(stage.take_back(&author, at_unit, " \n").await), Violation::ReasonRequired);
        stage.take_back(&author, at_unit, "Trùng với bài đã nộp").await.expect("withdrawn");
        assert!(!stage.entries.draft(&author, at_unit).await.expect("seen").can_edit);
        stage.hand_on(forwarded).await.expect("forwarded");
        stage.take_back(&author, forwarded, "Tác giả chuyển công tác").await.expect("withdrawn");
        for (entry, reason) in [(at_unit, "Trùng với bài đã nộp"), (forwarded, "Tác giả chuyển công tác")] {
            let receipt = stage.entries.receipt(&author, entry).await.expect("the receipt");
            let last = receipt.track.last().expect("a step");
            assert_eq!((last.step, last.reason.as_deref()), (EntryStep::Withdraw, Some(reason)));
            assert!(!receipt.can_withdraw && !receipt.can_take_up && receipt.state == EntryState::Withdrawn);
            let again = violation(stage.take_back(&author, entry, "Lần nữa").await);
            assert_eq!(again, Violation::EntryStep { from: EntryState::Withdrawn, step: EntryStep::Withdraw });
        }
        let filter = DeskFilter { state: Some(EntryState::Withdrawn), ..DeskFilter::default() };
        let desk = stage.entries.eligibility_desk(&stage.organiser().await, SLUG.into(), filter).await.expect("the desk");
        let mut reasons: Vec<Option<String>> = desk.entries.into_iter().map(|line| line.reason).collect();
        reasons.sort();
        assert_eq!(reasons, [Some("Trùng với bài đã nộp".into()), Some("Tác giả chuyển công tác".into())]);
        let board = stage.board(&stage.coordinator(0).await, SLUG, None).await.expect("the board");
        assert_eq!(board.forwarded, 0, "it counts no longer for the quota");
    }

    async fn an_entry_may_be_withdrawn_until_the_decision(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        for phase in [ContestPhase::Judging, ContestPhase::AwaitingApproval, ContestPhase::Published] {
            stage.phase(ContestPhase::Open).await;
            let entry = stage.submitted(&author, "Rút theo từng giai đoạn").await;
            stage.phase(phase).await;
            let answer = stage.take_back(&author, entry, "Lý do cá nhân").await;
            let offered = stage.entries.receipt(&author, entry).await.expect("the receipt").can_withdraw;
            if phase == ContestPhase::Published {
                assert!(matches!(answer, Err(Error::Denied(_))), "{answer:?}");
                assert!(!offered);
            } else {
                answer.expect("before the decision");
            }
        }
    }
}

impl Stage {
    /// An entry handed in while the author's time runs out: moved back to a moment in time and forth again.
    async fn submitted_now(&self, author: &Actor) -> EntryId {
        let now = self.app.ctx.now().to_rfc3339();
        self.app.clock.set("2025-07-09T08:00:00+07:00");
        let entry = self.submitted(author, "Nộp từ hôm trước").await;
        self.app.clock.set(&now);
        entry
    }
}
