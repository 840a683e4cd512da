//! Messages from the ledger: who gets which, once, and never what they may not see.

use contract::entry::{DecideEligibility, EntryService, ForwardEntries, KeepBack, ReturnEntry};
use contract::message::{InboxQuery, InboxView, MailStatus, MarkRead, MessageService};
use contract::unit::{TakeUp, UnitService};
use contract::{Error, Kind};
use rules::account::{Actor, Denied};
use rules::contest::{CoAuthorConsent, ContestPhase, MilestoneCode, Preset, preset};
use rules::entry::Author;
use rules::event::{EntryLabel, Event, SeatLabel};
use rules::id::{ContestId, EntryId, RoundId, UserId, Version};
use rules::message::{MessageBody, MessageKind, Reach};
use rules::points::Points;
use service::message::{Messages, Outbox};
use store::Conn;
use store::contest::NewContest;
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, group, july, member, statement, topic};

impl Stage {
    pub fn messages(&self) -> Messages {
        Messages::new(self.app.ctx.clone())
    }

    /// Turns everything committed into messages, mails included.
    pub async fn write_messages(&self) -> u64 {
        let outbox = Outbox::new(self.app.ctx.clone(), true);
        outbox.catch_up().await.expect("the outbox writes")
    }

    pub async fn inbox(&self, actor: &Actor) -> InboxView {
        let query = InboxQuery::default();
        self.messages().inbox(actor, query).await.expect("an inbox")
    }

    /// Kinds in an inbox, newest first.
    pub async fn kinds(&self, actor: &Actor) -> Vec<MessageKind> {
        let inbox = self.inbox(actor).await;
        inbox.messages.iter().map(|line| line.body.kind()).collect()
    }

    /// A contest that asks co-authors for nothing, so that those without an account may stand in an entry at once.
    pub async fn unasked(app: TestApp) -> Self {
        let unasked = CoAuthorConsent::NotRequired;
        Self::with(app, |_, setup| setup.eligibility.co_author_consent = unasked).await
    }

    /// An entry of the first author and of somebody without an account, both with an address.
    pub async fn submitted_by_two(&self, title: &str) -> EntryId {
        let author = self.author(0).await;
        let unit = Some(self.scene.communes[0]);
        let lead = Author {
            contact: "tac.gia@xa-an.gov.vn".into(),
            ..member(self.scene.authors[0], "Nguyễn Tác Giả 11", unit, 60, true)
        };
        let outside = Author {
            user: None,
            contact: "Cong.Tac.Vien@vi-du.vn".into(),
            ..member(self.scene.authors[0], "Cộng Tác Viên", unit, 40, false)
        };
        let entry = self.begin(&author).await;
        for step in [group(vec![lead, outside]), topic(title), statement("Nội dung")] {
            self.save(&author, entry, step).await.expect("a step is saved");
        }
        let declared = contract::entry::StepContent::Declaration { accepted: Some(1) };
        self.save(&author, entry, declared).await.expect("declared");
        self.submit(&author, entry).await.expect("submitted");
        entry
    }

    async fn record(&self, event: Event) {
        let ctx = &self.app.ctx;
        let mut tx = ctx.store.write(Some(self.contest)).await.expect("begins");
        tx.record(self.contest, None, ctx.now(), event)
            .expect("one contest");
        ctx.commit(tx).await.expect("commits");
    }
}

fn decided(awards: Vec<(EntryId, String)>) -> Event {
    Event::DecisionRecorded {
        number: "12".into(),
        symbol: "QĐ-UBND".into(),
        issued_on: july(20),
        signer: "Nguyễn Ký".into(),
        signer_position: "Chủ tịch".into(),
        file_sha256: None,
        awards,
    }
}

db_tests! {
    async fn a_submission_is_told_to_its_authors_and_its_unit_once(app: TestApp) {
        let stage = Stage::unasked(app).await;
        let entry = stage.submitted_by_two("Giải pháp có hai tác giả").await;
        assert_eq!(stage.write_messages().await, 3, "the author, the co-author by address, the coordinator");
        assert_eq!(stage.write_messages().await, 0, "the cursor stands at the end");

        let inbox = stage.inbox(&stage.author(0).await).await;
        let [line] = &inbox.messages[..] else { panic!("one message: {inbox:?}") };
        let MessageBody::Receipt { code, title, content_hash, revision } = &line.body else { panic!("{line:?}") };
        assert_eq!((code.as_str(), title.as_str(), *revision), ("KT-2025-001", "Giải pháp có hai tác giả", 1));
        assert_eq!(Some(content_hash), stage.row(entry).await.content_hash.as_ref());
        assert_eq!((line.entry, line.read, line.mail), (Some(entry), false, Some(MailStatus::Waiting)));
        assert_eq!(line.body.page(&line.contest_slug, line.entry, true), format!("/entries/{entry}"));

        let unit = stage.inbox(&stage.coordinator(0).await).await;
        let [line] = &unit.messages[..] else { panic!("one message: {unit:?}") };
        assert!(matches!(&line.body, MessageBody::EntryReceived { unit_name, .. } if unit_name == "Xã An"), "{line:?}");
        assert_eq!(line.mail, None, "the coordinator has no address");
        for stranger in [stage.coordinator(1).await, stage.author(1).await, stage.organiser().await] {
            assert_eq!(stage.kinds(&stranger).await, []);
        }
        let denied = stage.messages().inbox(&Actor::Anonymous, InboxQuery::default()).await;
        assert_eq!(denied, Err(Error::Denied(Denied::SignInRequired)));
    }

    async fn every_hand_over_is_told_to_the_authors(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator, organiser) = (stage.author(0).await, stage.coordinator(0).await, stage.organiser().await);
        let first = stage.submitted(&author, "Giải pháp đi hết đường").await;
        let second = stage.submitted(&author, "Giải pháp bị loại bỏ").await;
        let give_back = ReturnEntry {
            key: stage.key(), entry: first, expected: stage.version(first).await, reason: "Bổ sung số liệu".into(), due: None, notes: Vec::new(),
        };
        stage.entries.return_entry(&coordinator, give_back).await.expect("returned");
        stage.save(&author, first, topic("Tên mới chưa nộp lại")).await.expect("saved");
        stage.write_messages().await;
        let returned = stage.inbox(&author).await.messages.remove(0);
        let MessageBody::Returned { title, reason, .. } = &returned.body else { panic!("{returned:?}") };
        assert_eq!((title.as_str(), reason.as_str()), ("Giải pháp đi hết đường", "Bổ sung số liệu"));
        assert_eq!(returned.body.page("x", returned.entry, true), format!("/entries/{first}/review"));

        stage.submit(&author, first).await.expect("again");
        let keep = KeepBack { key: stage.key(), entry: second, expected: stage.version(second).await, reason: "Chưa rõ".into() };
        stage.entries.keep_back(&coordinator, keep).await.expect("kept back");
        let take_up = TakeUp {
            key: stage.key(), entry: second, expected: stage.version(second).await, reason: "Đã rõ".into(),
        };
        let desks = service::entry::UnitDesks::new(stage.app.ctx.clone());
        desks.take_up(&coordinator, take_up).await.expect("taken up again");
        let entries = vec![(first, stage.version(first).await), (second, stage.version(second).await)];
        let forward = ForwardEntries { key: stage.key(), contest: stage.contest, unit: stage.scene.communes[0], order: Version(0), entries, reserves: Vec::new() };
        stage.entries.forward(&coordinator, forward).await.expect("forwarded");
        for (entry, accepted) in [(first, true), (second, false)] {
            let reason = if accepted { "" } else { "Trùng nội dung" };
            let decide = DecideEligibility {
                key: stage.key(), entry, expected: stage.version(entry).await, accepted, reason: reason.into(),
            };
            stage.entries.decide_eligibility(&organiser, decide).await.expect("decided");
        }
        stage.write_messages().await;
        use MessageKind as K;
        let mut kinds = stage.kinds(&author).await;
        kinds.sort();
        assert_eq!(kinds, [K::Receipt, K::Receipt, K::Receipt, K::Returned, K::KeptBack, K::Forwarded, K::Forwarded, K::Accepted, K::Rejected]);
        assert_eq!(stage.kinds(&coordinator).await, [K::EntryReceived; 3]);
        let again = stage.inbox(&coordinator).await.messages.into_iter().any(|line| {
            matches!(line.body, MessageBody::EntryReceived { revision: 2, ref title, .. } if title == "Tên mới chưa nộp lại")
        });
        assert!(again, "the second submission is told with its new title");
    }

    async fn nothing_of_a_jury_is_told_before_the_decision(app: TestApp) {
        let stage = Stage::new(app).await;
        let (winner, other) = (stage.author(0).await, stage.author(2).await);
        let won = stage.submitted(&winner, "Giải pháp sẽ đạt giải").await;
        let lost = stage.submitted(&other, "Giải pháp không đạt giải").await;
        let left = stage.submitted(&other, "Giải pháp đã được rút").await;
        let withdraw = contract::entry::WithdrawEntry {
            key: stage.key(), entry: left, expected: stage.version(left).await, reason: "Nộp nhầm".into(),
        };
        stage.entries.withdraw(&other, withdraw).await.expect("withdrawn");
        stage.write_messages().await;
        let before = [stage.inbox(&winner).await.total, stage.inbox(&other).await.total];

        let round: RoundId = stage.app.ctx.id();
        let judge: UserId = stage.scene.judges[0];
        let (label, seat) = (EntryLabel("P1".into()), SeatLabel("GK 1".into()));
        stage.record(Event::BlindCodesAssigned { codes: vec![(won, "P1".into())] }).await;
        stage.record(Event::ScorecardSubmitted {
            round, entry: won, label, judge, seat, version: 1, scores: Default::default(), total: Points::whole(90), comment: "Tốt".into(),
        }).await;
        stage.record(Event::RoundLocked {
            round, tally_hash: String::new(), ranking: vec![won, lost], advanced: vec![won], eliminated: vec![lost], last: true,
        }).await;
        let tier = stage.row(won).await;
        assert_eq!(tier.prize_code, None);
        let prizes = store::contest::by_id(stage.app.ctx.store.read(), stage.contest).await.expect("reads").expect("there").setup.prizes;
        let first = prizes.first().expect("the preset has prizes").clone();
        stage.record(Event::PrizesProposed { awards: vec![(won, first.code.clone())] }).await;
        assert_eq!(stage.write_messages().await, 0);
        assert_eq!([stage.inbox(&winner).await.total, stage.inbox(&other).await.total], before);

        stage.record(decided(vec![(won, first.code)])).await;
        assert_eq!(stage.write_messages().await, 2, "one for each entry still in the contest");
        let prize = async |actor: &Actor| match stage.inbox(actor).await.messages.remove(0).body {
            MessageBody::ResultPublished { prize, decision, .. } => (prize, decision),
            other => panic!("{other:?}"),
        };
        assert_eq!(prize(&winner).await, (Some(first.name), "12/QĐ-UBND".into()));
        assert_eq!(prize(&other).await, (None, "12/QĐ-UBND".into()));
        let judge = stage.actor(judge).await;
        assert_eq!(stage.kinds(&judge).await, []);
    }

    async fn two_outboxes_write_each_message_once(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        for number in 1..=12 {
            stage.submitted(&author, &format!("Giải pháp số {number:02}")).await;
        }
        let node = stage.app.second_node().await;
        let runs = (0..6).map(|index| {
            let ctx = if index % 2 == 0 { stage.app.ctx.clone() } else { node.clone() };
            tokio::spawn(async move { Outbox::new(ctx, true).catch_up().await.expect("writes") })
        });
        let mut written = 0;
        for run in runs.collect::<Vec<_>>() {
            written += run.await.expect("no panic");
        }
        // whoever was last may have left the end to nobody: one more turn finds it
        written += stage.write_messages().await;
        assert_eq!(written, 24, "a receipt and a notice each");
        assert_eq!(stage.inbox(&author).await.total, 12);
        assert_eq!(stage.inbox(&stage.coordinator(0).await).await.total, 12);
    }

    async fn an_outbox_that_dies_half_way_neither_loses_nor_doubles(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        stage.submitted(&author, "Giải pháp trước khi ngắt").await;
        let db = stage.app.ctx.store.read();
        let [(contest, from)] = store::message::behind(db).await.expect("reads")[..] else { panic!("one contest") };
        let head = store::contest::ledger_head(db, contest).await.expect("reads").0;
        let tx = stage.app.ctx.store.write(None).await.expect("begins");
        assert!(store::message::advance(tx.conn(), contest, from, head).await.expect("moves"));
        // the process dies here: nothing of it is committed
        tx.rollback().await.expect("rolled back");
        assert_eq!(stage.write_messages().await, 2);
        assert!(!store::message::advance(db, contest, from, head).await.expect("asks"), "a late node moves nothing");

        stage.submitted(&author, "Giải pháp sau khi khởi động lại").await;
        let restarted = Outbox::new(stage.app.second_node().await, true);
        assert_eq!(restarted.catch_up().await.expect("goes on"), 2);
        assert_eq!(stage.inbox(&author).await.total, 2);
    }

    async fn messages_are_read_one_by_one_or_all_and_only_by_their_reader(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, other) = (stage.author(0).await, stage.author(2).await);
        for number in 1..=23 {
            stage.submitted(&author, &format!("Giải pháp dài trang {number:02}")).await;
        }
        stage.submitted(&other, "Giải pháp của người khác").await;
        stage.write_messages().await;
        let service = stage.messages();
        let page = async |unread, page| service.inbox(&author, InboxQuery { unread, page }).await.expect("an inbox");
        let first = page(false, 1).await;
        assert_eq!((first.messages.len(), first.total, first.unread, first.pages), (20, 23, 23, 2));
        assert_eq!(page(false, 9).await.page, 2, "behind the end is the last page");
        assert_eq!(page(false, 2).await.messages.len(), 3);

        let one = first.messages[0].id;
        let foreign = MarkRead { message: Some(one), until: first.now };
        service.mark_read(&other, foreign).await.expect("changes nothing");
        assert_eq!(service.unread(&author).await, Ok(23));
        service.mark_read(&author, foreign).await.expect("read");
        service.mark_read(&author, foreign).await.expect("read again");
        assert_eq!(service.unread(&author).await, Ok(22));
        assert!(page(true, 1).await.messages.iter().all(|line| line.id != one));

        let seen = page(false, 1).await.now;
        stage.app.clock.advance(chrono::TimeDelta::minutes(1));
        stage.submitted(&author, "Giải pháp đến sau khi xem").await;
        stage.write_messages().await;
        service.mark_read(&author, MarkRead { message: None, until: seen }).await.expect("all read");
        assert_eq!(service.unread(&author).await, Ok(1), "what came after the page was shown stays unread");
        assert_eq!(service.unread(&other).await, Ok(1));
        assert_eq!(service.unread(&Actor::Anonymous).await, Err(Error::Denied(Denied::SignInRequired)));
    }

    async fn a_near_deadline_is_told_once_to_those_it_concerns(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let late = stage.begin(&author).await;
        stage.save(&author, late, topic("Giải pháp còn đang soạn")).await.expect("saved");
        stage.begin(&author).await;
        stage.submitted(&stage.author(1).await, "Giải pháp đã nộp rồi").await;
        let outbox = Outbox::new(stage.app.ctx.clone(), true);
        stage.app.clock.set("2025-07-08T23:59:59+07:00");
        assert_eq!(outbox.remind().await, Ok(0), "more than two days");
        stage.app.clock.set("2025-07-09T09:00:00+07:00");
        assert_eq!(outbox.remind().await, Ok(1), "one reader with two drafts");
        assert_eq!(outbox.remind().await, Ok(0));
        let line = stage.inbox(&author).await.messages.remove(0);
        let MessageBody::DeadlineNear { entries, milestone, deadline } = &line.body else { panic!("{line:?}") };
        assert_eq!((entries.len(), *milestone), (2, MilestoneCode::SubmissionDeadline));
        assert_eq!(deadline.to_rfc3339(), "2025-07-10T16:59:59.999999+00:00");
        assert_eq!(stage.kinds(&stage.author(1).await).await, [], "whoever has submitted is not reminded");

        stage.app.clock.set("2025-07-14T09:00:00+07:00");
        assert_eq!(outbox.remind().await, Ok(2), "a coordinator in each commune");
        assert_eq!(outbox.remind().await, Ok(0));
        let line = stage.inbox(&coordinator).await.messages.remove(0);
        let MessageBody::ForwardDeadlineNear { unit_name, forwarded, needed, .. } = &line.body else { panic!("{line:?}") };
        assert_eq!((unit_name.as_str(), *forwarded, *needed), ("Xã An", 0, 1));
        stage.app.clock.set("2025-07-16T09:00:00+07:00");
        assert_eq!(outbox.remind().await, Ok(0), "nothing after the deadline");
    }

    async fn a_unit_that_has_forwarded_is_left_in_peace(app: TestApp) {
        let stage = Stage::new(app).await;
        let entry = stage.submitted(&stage.author(0).await, "Giải pháp gửi sớm").await;
        let entries = vec![(entry, stage.version(entry).await)];
        let forward = ForwardEntries { key: stage.key(), contest: stage.contest, unit: stage.scene.communes[0], order: Version(0), entries, reserves: Vec::new() };
        stage.entries.forward(&stage.coordinator(0).await, forward).await.expect("forwarded");
        stage.app.clock.set("2025-07-14T09:00:00+07:00");
        let outbox = Outbox::new(stage.app.ctx.clone(), false);
        assert_eq!(outbox.remind().await, Ok(1), "only the commune that sent nothing");
        assert_eq!(stage.kinds(&stage.coordinator(1).await).await, [MessageKind::ForwardDeadlineNear]);
    }

    async fn the_overview_is_the_organisers(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp để thống kê").await;
        stage.write_messages().await;
        let service = stage.messages();
        let slug = || crate::stage::SLUG.to_owned();
        let view = service.deliveries(&stage.organiser().await, slug(), None, 1).await.expect("the organiser sees it");
        let lines: Vec<_> = view.kinds.iter().map(|line| (line.kind, line.messages, line.queued, line.read)).collect();
        assert_eq!(lines, [(MessageKind::Receipt, 2, 2, 0), (MessageKind::EntryReceived, 1, 0, 0)]);
        assert_eq!((view.lines.len(), view.total, view.pages), (3, 3, 1));
        let refused = service.deliveries(&stage.author(0).await, slug(), None, 1).await;
        assert_eq!(refused, Err(Error::Denied(Denied::NotYourRole)));
        let missing = service.deliveries(&stage.organiser().await, "khong-co".into(), None, 1).await;
        assert_eq!(missing, Err(Error::NotFound(Kind::Contest)));
    }

    async fn the_overview_lists_how_far_each_message_came(app: TestApp) {
        let stage = Stage::unasked(app).await;
        stage.submitted_by_two("Giải pháp xem từng người").await;
        stage.write_messages().await;
        let (service, organiser) = (stage.messages(), stage.organiser().await);
        let list = async |reach, page| {
            service.deliveries(&organiser, crate::stage::SLUG.into(), reach, page).await.expect("the overview")
        };
        let waiting = list(Some(Reach::Queued), 1).await;
        let mut readers: Vec<_> = waiting.lines.iter().map(|line| (line.reader.as_deref(), line.address.as_deref())).collect();
        readers.sort();
        let outside = (None, Some("cong.tac.vien@vi-du.vn"));
        assert_eq!(readers, [outside, (Some("Nguyễn Tác Giả 11"), Some("tac.gia@xa-an.gov.vn"))]);
        let inbox_only = list(Some(Reach::Site), 1).await;
        let [line] = &inbox_only.lines[..] else { panic!("the coordinator: {inbox_only:?}") };
        assert_eq!((line.kind, line.reach, line.delivery), (MessageKind::EntryReceived, Reach::Site, None));
        assert!(line.reader.is_some() && line.address.is_none(), "{line:?}");
        assert_eq!((list(Some(Reach::Sent), 1).await.total, list(Some(Reach::GivenUp), 7).await.page), (0, 1));

        for number in 1..=25 {
            stage.app.clock.advance(chrono::TimeDelta::minutes(1));
            stage.submitted(&stage.author(0).await, &format!("Giải pháp thứ {number:02}")).await;
        }
        stage.write_messages().await;
        let first = list(None, 1).await;
        assert_eq!((first.lines.len(), first.total, first.pages), (50, 53, 2));
        assert!(first.lines.is_sorted_by(|one, next| one.at >= next.at), "newest first");
        let last = list(None, 9).await;
        assert_eq!((last.lines.len(), last.page, last.reach), (3, 2, None), "behind the end is the last page");
        let narrow = list(Some(Reach::Site), 2).await;
        assert_eq!((narrow.lines.len(), narrow.total, narrow.reach), (1, 51, Some(Reach::Site)));
    }

    async fn a_contest_that_cannot_be_read_keeps_nobody_else_from_reminders(app: TestApp) {
        let stage = Stage::new(app).await;
        stage.begin(&stage.author(0).await).await;
        let (db, now) = (stage.app.ctx.store.read(), stage.app.ctx.now());
        let broken: ContestId = stage.app.ctx.id();
        let new = NewContest {
            id: broken, slug: "hong".into(), code: "HONG".into(), name: "Cuộc thi hỏng".into(), year: 2025, organiser: stage.scene.province,
            setup: preset(Preset::District), historical: false, fictional: true,
        };
        store::contest::insert(db, new, now).await.expect("stored");
        store::contest::set_phase(db, broken, ContestPhase::Open, now).await.expect("opened");
        db.execute_unprepared("UPDATE contest SET setup = '\"?\"' WHERE code = 'HONG'").await.expect("spoiled");
        assert!(store::contest::by_id(db, broken).await.is_err());
        stage.app.clock.set("2025-07-09T09:00:00+07:00");
        assert_eq!(Outbox::new(stage.app.ctx.clone(), false).remind().await, Ok(1));
    }
}
