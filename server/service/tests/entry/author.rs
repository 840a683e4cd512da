//! The author's side: drafts, co-authors, submitting, deadlines, exclusions, taking back.

use std::sync::Arc;

use contract::entry::{EntryService, SaveDraft, StartEntry, SubmitEntry, WithdrawEntry};
use contract::{Conflict, Error, Kind};
use rules::Violation;
use rules::account::Denied;
use rules::contest::{CoAuthorConsent, ContestPhase, ExclusionReason, MilestoneCode};
use rules::entry::{EntryField, EntryProblem, EntryState, EntryStep};
use rules::event::Event;
use rules::id::{UserId, Version};
use rules::time::{When, Zone};
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, gaps, group, july, member, milestone, statement, topic, violation};

db_tests! {
    async fn a_draft_becomes_a_receipt(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let draft = stage.entries.draft(&author, entry).await.expect("the author sees it");
        assert_eq!(draft.content.authors.len(), 1);
        let lead = &draft.content.authors[0];
        assert_eq!((lead.user, lead.lead, lead.unit_name.as_str()), (author.user(), true, "Xã An"));
        assert!(draft.can_edit && !draft.gaps.is_empty() && draft.units.len() == 8);
        assert_eq!(draft.deadline.map(|deadline| deadline.when), Some(When::EndOfDay(july(10))));

        let entry = stage.complete(&author, "Một cửa không giấy tờ").await;
        let receipt = stage.submit(&author, entry).await.expect("a complete entry is taken");
        assert_eq!(receipt.code, "KT-2025-001");
        assert_eq!(receipt.submitted_at, stage.app.ctx.now());
        assert_eq!(receipt.state, EntryState::SubmittedToUnit);
        assert_eq!(receipt.unit_name.as_deref(), Some("Xã An"));
        assert_eq!(receipt.content_hash.len(), 64);
        assert_eq!(receipt.track.iter().map(|step| step.step).collect::<Vec<_>>(), [EntryStep::SubmitToUnit]);
        assert!(receipt.can_withdraw && receipt.prize.is_none() && receipt.comments.is_empty());

        let own = stage.entries.own_entries(&author).await.expect("one's own list");
        assert_eq!(own.entries.len(), 2);
        assert_eq!(own.entries.iter().filter(|line| line.code.is_some()).count(), 1);
        let open = &own.open_contests;
        assert_eq!((open.len(), open[0].received, open[0].organiser.as_str()), (1, 1, "Tỉnh Kiểm Thử"));
    }

    async fn texts_are_stored_composed_and_only_the_sent_step_changes(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        stage.save(&author, entry, topic("Ca\u{309}i ca\u{301}ch  thu\u{309} tu\u{323}c\u{202E}")).await.expect("saved");
        stage.save(&author, entry, statement("Mu\u{323}c \u{111}i\u{301}ch\r\nhai")).await.expect("saved");
        let row = stage.row(entry).await;
        assert_eq!(row.content.title, "Cải cách thủ tục");
        assert!(row.content.statement.0.values().all(|text| text == "Mục đích\nhai"), "{:?}", row.content.statement);
        assert_eq!(row.content.authors[0].full_name, "Nguyễn Tác Giả 11");
    }

    async fn saving_twice_with_one_key_is_one_change(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let command = SaveDraft { key: stage.key(), entry, expected: Version::FIRST, content: topic("Tên giải pháp mới") };
        let first = stage.entries.save_draft(&author, command.clone()).await.expect("saved");
        let second = stage.entries.save_draft(&author, command.clone()).await.expect("the same answer");
        assert_eq!(first, second);
        assert_eq!(stage.version(entry).await, Version(2));
        let other = stage.author(1).await;
        let stolen = stage.entries.save_draft(&other, command).await;
        assert!(matches!(stolen, Err(Error::Denied(_))), "a key is its sender's: {stolen:?}");
    }

    async fn a_stale_version_is_a_conflict_and_nothing_is_lost(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        stage.save(&author, entry, topic("Tên của người đến trước")).await.expect("saved");
        let late = SaveDraft { key: stage.key(), entry, expected: Version::FIRST, content: topic("Tên của người đến sau") };
        let conflict = Conflict { expected: Version(1), current: Version(2) };
        assert_eq!(stage.entries.save_draft(&author, late).await, Err(Error::Conflict(conflict.clone())));
        assert_eq!(stage.row(entry).await.content.title, "Tên của người đến trước");
        let submit = SubmitEntry { key: stage.key(), entry, expected: Version::FIRST };
        assert_eq!(stage.entries.submit(&author, submit).await, Err(Error::Conflict(conflict)));
    }

    async fn co_authors_edit_and_strangers_find_nothing(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.co_author_consent = CoAuthorConsent::NotRequired).await;
        let (author, friend, stranger) = (stage.author(0).await, stage.author(2).await, stage.author(1).await);
        let entry = stage.complete(&author, "Giải pháp của hai người").await;
        let nothing = Error::NotFound(Kind::Entry);
        assert_eq!(stage.entries.draft(&friend, entry).await, Err(nothing.clone()));
        let people = vec![
            member(stage.scene.authors[0], "Nguyễn Tác Giả 11", Some(stage.scene.communes[0]), 60, true),
            member(stage.scene.authors[2], "Nguyễn Tác Giả 21", Some(stage.scene.communes[1]), 40, false),
        ];
        stage.save(&author, entry, group(people)).await.expect("a co-author is added");
        let saved = stage.save(&friend, entry, topic("Tên do đồng tác giả sửa")).await.expect("a co-author edits");
        assert_eq!(saved.gaps, []);
        assert_eq!(stage.entries.own_entries(&friend).await.expect("own list").entries.len(), 1);

        assert_eq!(stage.entries.draft(&stranger, entry).await, Err(nothing.clone()));
        assert_eq!(stage.save(&stranger, entry, topic("Tên của kẻ lạ mặt")).await, Err(nothing.clone()));
        assert_eq!(stage.submit(&stranger, entry).await, Err(nothing.clone()));
        stage.submit(&friend, entry).await.expect("a co-author submits");
        assert_eq!(stage.entries.receipt(&stranger, entry).await, Err(nothing));
        assert_eq!(stage.entries.receipt(&friend, entry).await.expect("theirs too").authors.len(), 2);
        let nobody = rules::account::Actor::Anonymous;
        assert_eq!(stage.entries.receipt(&nobody, entry).await, Err(Error::Denied(Denied::SignInRequired)));
    }

    async fn a_submitted_entry_is_closed(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, "Giải pháp đã gửi đi").await;
        let refused = Violation::EntryStep { from: EntryState::SubmittedToUnit, step: EntryStep::SubmitToUnit };
        assert_eq!(violation(stage.save(&author, entry, topic("Tên sửa sau khi gửi")).await), refused);
        assert_eq!(violation(stage.submit(&author, entry).await), refused);
        assert!(!stage.entries.draft(&author, entry).await.expect("still seen").can_edit);
    }

    async fn the_same_key_submits_once(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp gửi hai lần").await;
        let command = SubmitEntry { key: stage.key(), entry, expected: stage.version(entry).await };
        let (first, second) =
            tokio::join!(stage.entries.submit(&author, command.clone()), stage.entries.submit(&author, command));
        let (mut first, second) = (first.expect("taken"), second.expect("the same answer"));
        first.key = second.key;
        assert_eq!(first, second);
        let submitted = stage.events().await.into_iter().filter(|event| matches!(event, Event::EntrySubmitted { .. }));
        assert_eq!(submitted.count(), 1);
    }

    async fn one_second_past_the_end_of_the_last_day_is_too_late(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let (in_time, late) =
            (stage.complete(&author, "Giải pháp vừa kịp giờ").await, stage.complete(&author, "Giải pháp đến muộn").await);
        stage.app.clock.set("2025-07-10T23:59:59+07:00");
        stage.submit(&author, in_time).await.expect("the whole last day counts");
        stage.app.clock.set("2025-07-11T00:00:00+07:00");
        let refused = violation(stage.submit(&author, late).await);
        let deadline = "2025-07-10T23:59:59.999999+07:00".parse().expect("a time");
        let now = stage.app.ctx.now();
        let milestone = MilestoneCode::SubmissionDeadline;
        assert_eq!(refused, Violation::DeadlinePassed { milestone, deadline, grace_until: None, zone: Zone::default(), now });
        assert_eq!(stage.state(late).await, EntryState::Draft);
        // typed text is still kept, only submitting and starting are over
        stage.save(&author, late, topic("Tên sửa sau hạn cuối cùng")).await.expect("a draft is kept");
        let start = StartEntry { key: stage.key(), contest: stage.contest };
        assert!(matches!(violation(stage.entries.start(&author, start).await), Violation::DeadlinePassed { .. }));
        assert_eq!(stage.entries.own_entries(&author).await.expect("own list").open_contests, []);
    }

    async fn one_second_past_an_hour_is_too_late(app: TestApp) {
        let stage = Stage::with(app, |_, setup| {
            let at = "2025-07-10T17:00:00+07:00".parse().expect("a time");
            setup.timetable.milestones = vec![milestone(MilestoneCode::SubmissionDeadline, When::Instant(at))];
        }).await;
        let author = stage.author(0).await;
        let (in_time, late) = (stage.complete(&author, "Gửi lúc mười bảy giờ").await, stage.complete(&author, "Gửi sau đó một giây").await);
        stage.app.clock.set("2025-07-10T17:00:00+07:00");
        stage.submit(&author, in_time).await.expect("the last second counts");
        stage.app.clock.set("2025-07-10T17:00:01+07:00");
        assert!(matches!(violation(stage.submit(&author, late).await), Violation::DeadlinePassed { .. }));
    }

    async fn a_contests_own_clock_decides_its_deadlines(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp theo đồng hồ cuộc thi").await;
        let (real, own) = (stage.app.ctx.now(), "2025-07-11T08:00:00+07:00".parse().expect("a time"));
        store::contest::set_clock(stage.app.ctx.store.read(), stage.contest, own, real).await.expect("set");
        let refused = violation(stage.submit(&author, entry).await);
        assert!(matches!(refused, Violation::DeadlinePassed { now, .. } if now == own), "{refused:?}");
    }

    async fn sixteen_at_once_get_sixteen_codes_in_a_row(app: TestApp) {
        let stage = Arc::new(Stage::new(app).await);
        let author = stage.author(0).await;
        let mut ready = Vec::new();
        for number in 0..16 {
            ready.push(stage.complete(&author, &format!("Giải pháp cùng lúc {number}")).await);
        }
        let tasks = ready.into_iter().map(|entry| {
            let (stage, author) = (stage.clone(), author.clone());
            tokio::spawn(async move { stage.submit(&author, entry).await.expect("taken").code })
        });
        let mut codes = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            codes.push(task.await.expect("the task ends"));
        }
        codes.sort();
        let expected: Vec<String> = (1..=16).map(|number| format!("KT-2025-{number:03}")).collect();
        assert_eq!(codes, expected);
    }

    async fn people_who_run_or_judge_the_contest_cannot_be_authors(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.co_author_consent = CoAuthorConsent::NotRequired).await;
        let scene = &stage.scene;
        stage.round(&scene.judges[..2]).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp có người không được dự").await;
        let cases: [(UserId, &str, ExclusionReason); 4] = [
            (scene.judges[1], "Vũ Giám Khảo 2", ExclusionReason::Jury),
            (scene.organiser, "Lê Thị Tổ Chức", ExclusionReason::OrganisingBoard),
            (scene.leader, "Phạm Lãnh Đạo", ExclusionReason::OrganisingBoard),
            (scene.administrator, "Trần Quản Trị", ExclusionReason::SystemAdministrator),
        ];
        let commune = Some(scene.communes[0]);
        for (user, name, reason) in cases {
            let lead = member(scene.authors[0], "Nguyễn Tác Giả 11", commune, 50, true);
            // whatever name is typed, the account is who it is
            let people = vec![lead, member(user, "Tên Gõ Vào", commune, 50, false)];
            let saved = stage.save(&author, entry, group(people)).await.expect("a draft may hold them");
            let [gap] = &saved.gaps[..] else { panic!("one gap for {name}: {:?}", saved.gaps) };
            assert_eq!(gaps(stage.submit(&author, entry).await), saved.gaps);
            assert_eq!(gap.field, EntryField::Author(1));
            let EntryProblem::Excluded(exclusion) = &gap.problem else { panic!("{:?}", gap.problem) };
            assert_eq!((exclusion.full_name.as_str(), exclusion.reason), (name, reason));
        }
        // leaving out the account is no way round
        let mut typed = member(scene.judges[1], "vũ giám khảo 2", Some(scene.departments[1]), 50, false);
        typed.user = None;
        let people = vec![member(scene.authors[0], "Nguyễn Tác Giả 11", commune, 50, true), typed];
        let saved = stage.save(&author, entry, group(people)).await.expect("a draft may hold them");
        assert!(matches!(&saved.gaps[..], [gap] if matches!(gap.problem, EntryProblem::Excluded(_))), "{:?}", saved.gaps);
        // as lead author they cannot even begin
        for (user, reason) in [(scene.judges[0], ExclusionReason::Jury), (scene.organiser, ExclusionReason::OrganisingBoard)] {
            let actor = stage.actor(user).await;
            let start = StartEntry { key: stage.key(), contest: stage.contest };
            let Violation::Excluded { exclusion } = violation(stage.entries.start(&actor, start).await) else {
                panic!("excluded people begin nothing")
            };
            assert_eq!(exclusion.reason, reason);
        }
    }

    async fn a_unit_that_may_not_enter_is_named(app: TestApp) {
        let stage = Stage::with(app, |scene, setup| setup.eligibility.units = vec![scene.communes[0]]).await;
        let (inside, outside) = (stage.author(0).await, stage.author(2).await);
        stage.submitted(&inside, "Giải pháp của xã được mời").await;
        let entry = stage.begin(&outside).await;
        for step in [topic("Giải pháp của xã khác"), statement("Nội dung")] {
            stage.save(&outside, entry, step).await.expect("saved");
        }
        let gaps = gaps(stage.submit(&outside, entry).await);
        assert!(gaps.iter().any(|gap| gap.field == EntryField::AuthorUnit(0) && gap.problem == EntryProblem::UnitNotEligible));
        assert_eq!(stage.entries.own_entries(&outside).await.expect("own list").open_contests, []);
        assert_eq!(stage.entries.draft(&outside, entry).await.expect("their draft").units.len(), 1);
    }

    async fn what_does_not_exist_is_refused_beside_its_field(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let stranger = member(stage.app.ctx.id(), "Không Có Thật", Some(stage.app.ctx.id()), 100, true);
        let fields: Vec<EntryField> =
            gaps(stage.save(&author, entry, group(vec![stranger])).await).into_iter().map(|gap| gap.field).collect();
        assert_eq!(fields, [EntryField::Author(0), EntryField::AuthorUnit(0)]);
        let long = topic(&"a".repeat(301));
        let refused = gaps(stage.save(&author, entry, long).await);
        assert_eq!((refused.len(), &refused[0].problem), (1, &EntryProblem::TooLong { max: 300 }));
        let start = StartEntry { key: stage.key(), contest: stage.app.ctx.id() };
        assert_eq!(stage.entries.start(&author, start).await, Err(Error::NotFound(Kind::Contest)));
        assert_eq!(stage.entries.draft(&author, stage.app.ctx.id()).await, Err(Error::NotFound(Kind::Entry)));
    }

    async fn drafts_are_bounded(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        for _ in 0..20 {
            stage.begin(&author).await;
        }
        let command = StartEntry { key: stage.key(), contest: stage.contest };
        assert_eq!(violation(stage.entries.start(&author, command).await), Violation::TooManyDrafts { max: 20 });
    }

    async fn nothing_begins_outside_the_open_phase(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp chưa kịp gửi").await;
        stage.phase(ContestPhase::Judging).await;
        let closed = Error::Denied(Denied::NotInThisPhase { phase: ContestPhase::Judging });
        assert_eq!(stage.submit(&author, entry).await, Err(closed.clone()));
        assert_eq!(stage.save(&author, entry, topic("Tên sửa khi đã chấm")).await, Err(closed));
        stage.phase(ContestPhase::Draft).await;
        let command = StartEntry { key: stage.key(), contest: stage.contest };
        assert_eq!(stage.entries.start(&author, command).await, Err(Error::NotFound(Kind::Contest)));
    }

    async fn withdrawing_needs_a_reason_once_submitted(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, "Giải pháp sẽ rút lại").await;
        let withdraw = |reason: &str, expected| WithdrawEntry { key: stage.key(), entry, expected, reason: reason.into() };
        let version = stage.version(entry).await;
        assert_eq!(violation(stage.entries.withdraw(&author, withdraw(" \n", version)).await), Violation::ReasonRequired);
        stage.entries.withdraw(&author, withdraw("Trùng với bài khác", version)).await.expect("withdrawn");
        let receipt = stage.entries.receipt(&author, entry).await.expect("still on the list");
        assert_eq!((receipt.state, receipt.can_withdraw), (EntryState::Withdrawn, false));
        let last = receipt.track.last().expect("a step");
        assert_eq!((last.step, last.reason.as_deref()), (EntryStep::Withdraw, Some("Trùng với bài khác")));

        let draft = stage.begin(&author).await;
        let command = WithdrawEntry { key: stage.key(), entry: draft, expected: Version::FIRST, reason: String::new() };
        stage.entries.withdraw(&author, command).await.expect("a draft goes without a reason");
        assert_eq!(stage.entries.receipt(&author, draft).await, Err(Error::NotFound(Kind::Entry)));
    }
}
