//! Grace, to the second: what it takes, what it marks, who sees the mark; and uploads around the deadline.

use contract::contest::ContestService;
use contract::deadline::DeadlineService;
use contract::entry::{DeskFilter, EntryService, ForwardEntries, NewAttachment, SubmitEntry};
use rules::Violation;
use rules::contest::{Grace, MilestoneCode, Timeliness};
use rules::entry::{AttachmentKind, EntryState, EntryStep};
use rules::event::Event;
use rules::id::Version;
use rules::time::When;
use service::contest::Contests;
use service::deadline::Deadlines;
use service::uploads::Piece;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, milestone, topic, violation};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

fn at(text: &str) -> rules::time::Timestamp {
    text.parse().expect("a time")
}

/// Authors submit to 17:00 on 10/07/2025 with a grace of fifteen minutes, units forward to 17:00 on 15/07/2025.
async fn stage(app: TestApp, forwarding: bool) -> Stage {
    Stage::with(app, move |_, setup| {
        let instant = |text| When::Instant(at(text));
        setup.timetable.milestones = vec![
            milestone(
                MilestoneCode::SubmissionDeadline,
                instant("2025-07-10T17:00:00+07:00"),
            ),
            milestone(
                MilestoneCode::UnitForwardDeadline,
                instant("2025-07-15T17:00:00+07:00"),
            ),
        ];
        setup.timetable.grace = Grace {
            minutes: 15,
            forwarding,
        };
    })
    .await
}

/// An entry submitted in time and forwarded a second after the units' deadline.
async fn forwarded_late(stage: &Stage) -> contract::Result<()> {
    let entry = stage.submitted(&stage.author(0).await, "Đơn vị gửi muộn").await;
    stage.app.clock.set("2025-07-15T17:00:01+07:00");
    let command = ForwardEntries {
        key: stage.key(),
        contest: stage.contest,
        unit: stage.scene.communes[0],
        order: Version(0),
        reserves: Vec::new(),
        entries: vec![(entry, stage.version(entry).await)],
    };
    stage
        .entries
        .forward(&stage.coordinator(0).await, command)
        .await
        .map(|_| ())
}

fn picture(stage: &Stage, entry: rules::id::EntryId) -> NewAttachment {
    NewAttachment {
        key: stage.key(),
        entry,
        kind: AttachmentKind::Image,
        file_name: "ảnh.png".into(),
    }
}

db_tests! {
    async fn the_grace_takes_and_marks_to_its_last_second(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let mut entries = Vec::new();
        for title in ["Nộp đúng giây cuối", "Nộp sau một giây", "Nộp giây cuối nhận thêm", "Nộp quá một giây"] {
            entries.push(stage.complete(&author, title).await);
        }
        let clock = |time: &str| stage.app.clock.set(&format!("2025-07-10T{time}+07:00"));
        clock("17:00:00");
        let in_time = stage.submit(&author, entries[0]).await.expect("the last second");
        assert_eq!(in_time.timeliness, Timeliness::InTime);
        clock("17:00:01");
        let in_grace = stage.submit(&author, entries[1]).await.expect("the grace has begun");
        assert_eq!((in_grace.timeliness, in_grace.revision), (Timeliness::InGrace, 1));
        assert_eq!(in_grace.track.last().map(|step| step.timeliness), Some(Timeliness::InGrace));
        clock("17:15:00");
        assert_eq!(stage.submit(&author, entries[2]).await.expect("its last second").timeliness, Timeliness::InGrace);
        clock("17:15:01");
        let refused = violation(stage.submit(&author, entries[3]).await);
        let (deadline, grace) = (at("2025-07-10T17:00:00+07:00"), at("2025-07-10T17:15:00+07:00"));
        assert!(
            matches!(&refused, Violation::DeadlinePassed { deadline: ends, grace_until: Some(until), .. }
                if *ends == deadline && *until == grace),
            "{refused:?}"
        );
        assert_eq!(stage.state(entries[3]).await, EntryState::Draft);
        stage.save(&author, entries[3], topic("Vẫn lưu được bản nháp")).await.expect("nothing typed is lost");

        let marks: Vec<Timeliness> = stage.events().await.into_iter().filter_map(|event| match event {
            Event::EntrySubmitted { timeliness, .. } => Some(timeliness),
            _ => None,
        }).collect();
        assert_eq!(marks, [Timeliness::InTime, Timeliness::InGrace, Timeliness::InGrace]);
        let board = stage.board(&stage.coordinator(0).await, SLUG, None).await.expect("the board");
        let shown: Vec<Timeliness> = board.entries.iter().map(|line| line.timeliness).collect();
        assert_eq!(shown, marks, "the unit sees who was late");
    }

    async fn what_arrived_in_time_is_in_time_however_long_it_waits(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Chờ đến lượt qua giờ hết hạn").await;
        let command = SubmitEntry { key: stage.key(), entry, expected: stage.version(entry).await };
        stage.app.clock.set("2025-07-10T17:00:00+07:00");
        let others = stage.app.ctx.store.write(Some(stage.contest)).await.expect("somebody else writes");
        let wait = async {
            stage.app.clock.set("2025-07-10T17:20:00+07:00");
            drop(others);
        };
        let (receipt, ()) = tokio::join!(stage.entries.submit(&author, command), wait);
        let receipt = receipt.expect("it came by the deadline");
        assert_eq!((receipt.timeliness, receipt.submitted_at), (Timeliness::InTime, at("2025-07-10T17:00:00+07:00")));
    }

    async fn the_grace_is_shown_before_it_is_used(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let entry = stage.begin(&author).await;
        let until = at("2025-07-10T17:15:00+07:00");
        let own = stage.entries.own_entries(&author).await.expect("the list");
        let draft = stage.entries.draft(&author, entry).await.expect("the draft");
        let deadlines = [own.entries[0].deadline.clone(), own.open_contests[0].next_deadline.clone(), draft.deadline];
        for deadline in deadlines {
            assert_eq!(deadline.and_then(|deadline| deadline.grace_until()), Some(until));
        }
        // in the grace the contest is still offered
        stage.app.clock.set("2025-07-10T17:10:00+07:00");
        let page = Contests::new(stage.app.ctx.clone()).public_contest(&author, SLUG.into()).await.expect("the page");
        assert!(page.can_enter && page.card.next_deadline.is_some());
        stage.app.clock.set("2025-07-10T17:15:01+07:00");
        let page = Contests::new(stage.app.ctx.clone()).public_contest(&author, SLUG.into()).await.expect("the page");
        assert!(!page.can_enter);
        assert_eq!(page.card.next_deadline.map(|next| next.milestone), Some(MilestoneCode::UnitForwardDeadline));
    }

    async fn units_have_no_grace_unless_the_contest_says_so(app: TestApp) {
        let stage = stage(app, false).await;
        let answer = forwarded_late(&stage).await;
        assert!(matches!(violation(answer), Violation::DeadlinePassed { grace_until: None, .. }));
    }

    async fn units_forward_in_the_grace_where_the_contest_says_so(app: TestApp) {
        let stage = stage(app, true).await;
        forwarded_late(&stage).await.expect("in the grace");
        let forwarded = stage.events().await.into_iter().rev().find_map(|event| match event {
            Event::EntryMoved { step: EntryStep::Forward, timeliness, .. } => Some(timeliness),
            _ => None,
        });
        assert_eq!(forwarded, Some(Timeliness::InGrace));
        let organiser = stage.organiser().await;
        let desk = stage.entries.eligibility_desk(&organiser, SLUG.into(), DeskFilter::default()).await.expect("the desk");
        assert_eq!(desk.entries[0].timeliness, Timeliness::InTime, "the author was in time");
        assert_eq!(desk.intake_ends, Some(at("2025-07-15T17:15:00+07:00")));
    }

    async fn an_upload_begun_in_time_may_finish_in_the_grace(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Tệp đang tải lúc hết hạn").await;
        stage.app.clock.set("2025-07-10T16:59:59+07:00");
        let mut under_way = stage.uploads.begin(&author, picture(&stage, entry), None).await.expect("in time");
        let mut too_slow = stage.uploads.begin(&author, picture(&stage, entry), None).await.expect("in time");
        under_way.write(PNG).await.expect("bytes");
        too_slow.write(PNG).await.expect("bytes");
        stage.app.clock.set("2025-07-10T17:14:59+07:00");
        under_way.finish().await.expect("credit for what was under way");
        let late = stage.uploads.begin(&author, picture(&stage, entry), None).await;
        assert!(matches!(violation(late.map(|_| ())), Violation::UploadsEnded { grace_until: Some(_), .. }));
        stage.app.clock.set("2025-07-10T17:15:01+07:00");
        assert!(matches!(violation(too_slow.finish().await), Violation::UploadsEnded { .. }));
        let files = stage.entries.draft(&author, entry).await.expect("the draft").attachments;
        assert_eq!(files.len(), 1, "nothing half-done");
    }

    async fn an_upload_in_pieces_begun_in_time_may_finish_in_the_grace(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Tệp lớn đang tải lúc hết hạn").await;
        let size = PNG.len() as u64;
        stage.app.clock.set("2025-07-10T17:00:00+07:00");
        let mut begun = Vec::new();
        for _ in 0..2 {
            begun.push(stage.uploads.begin_pieces(&author, picture(&stage, entry), size).await.expect("the last second").id);
        }
        let piece = || Piece { offset: 0, length: Some(size), checksum: None };
        let body = || futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(PNG))]);
        stage.app.clock.set("2025-07-10T17:15:00+07:00");
        let done = stage.uploads.append(&author, begun[0], piece(), body()).await.expect("credit for what was under way");
        assert!(done.finished);
        let late = stage.uploads.begin_pieces(&author, picture(&stage, entry), size).await;
        assert!(matches!(violation(late), Violation::UploadsEnded { grace_until: Some(_), .. }));
        stage.app.clock.set("2025-07-10T17:15:01+07:00");
        let late = stage.uploads.append(&author, begun[1], piece(), body()).await;
        assert!(matches!(violation(late), Violation::UploadsEnded { .. }));
        assert_eq!(stage.entries.draft(&author, entry).await.expect("the draft").attachments.len(), 1);
    }

    async fn a_receipt_is_checked_by_code_and_hash_only(app: TestApp) {
        let stage = stage(app, false).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Tên bài không lộ ra ngoài").await;
        stage.app.clock.set("2025-07-10T17:05:00+07:00");
        let receipt = stage.submit(&author, entry).await.expect("in the grace");
        let deadlines = Deadlines::new(stage.app.ctx.clone());
        let token = receipt.status_path.trim_start_matches("/receipts/").to_owned();
        let nobody = rules::account::Actor::Anonymous;
        let status = deadlines.receipt_status(&nobody, token.clone()).await.expect("a genuine receipt");
        assert_eq!((status.code.as_str(), status.revision, status.timeliness), (receipt.code.as_str(), 1, Timeliness::InGrace));
        assert_eq!((status.entry, status.replaced), (None, false));
        assert_eq!(status.submitted_at, receipt.submitted_at);
        let told = serde_json::to_string(&status).expect("JSON");
        assert!(!told.contains("Tên bài") && !told.contains("Nguyễn Tác Giả"), "{told}");
        let own = deadlines.receipt_status(&author, token.clone()).await.expect("one's own");
        assert_eq!(own.entry, Some(entry));
        let other = stage.author(2).await;
        assert_eq!(deadlines.receipt_status(&other, token.clone()).await.expect("somebody else").entry, None);
        let flipped = token.replace(&receipt.content_hash[..8], "00000000");
        for wrong in [flipped, receipt.code.clone(), format!("{}-", receipt.code), "x".into()] {
            let absent = deadlines.receipt_status(&nobody, wrong).await;
            assert_eq!(absent, Err(contract::Error::NotFound(contract::Kind::Page)));
        }
    }
}
