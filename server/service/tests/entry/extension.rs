//! More time for one entry or one unit: to the second, with a reason in the ledger, seen by those it is given to.

use contract::deadline::{
    DeadlineService, ExtensionQuery, ExtensionTarget, GiveExtension, WithdrawExtension,
};
use contract::entry::{EntryService, ForwardEntries, ReturnEntry};
use contract::error::FieldProblem;
use contract::judging::JudgingService;
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::{ContestPhase, Timeliness};
use rules::entry::EntryState;
use rules::event::Event;
use rules::id::{EntryId, ExtensionId, UnitId, Version};
use rules::time::Timestamp;
use service::deadline::Deadlines;
use service::printing::Printing;
use testkit::{TestApp, db_tests};

use crate::papers::words;
use crate::stage::{SLUG, Stage, statement, violation};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

impl Stage {
    fn deadlines(&self) -> Deadlines {
        Deadlines::new(self.app.ctx.clone())
    }

    async fn extend(
        &self,
        actor: &Actor,
        entry: Option<EntryId>,
        unit: Option<UnitId>,
        until: &str,
    ) -> Result<()> {
        let command = GiveExtension {
            key: self.key(),
            contest: self.contest,
            entry,
            unit,
            until: at(until),
            reason: "Mất điện toàn xã chiều 10/7".into(),
        };
        self.deadlines().give_extension(actor, command).await
    }

    async fn in_force(&self) -> Option<ExtensionId> {
        let page = self
            .deadlines()
            .extensions(&self.organiser().await, SLUG.into(), ExtensionQuery::default())
            .await;
        let page = page.expect("the page");
        let line = page.extensions.into_iter().find(|line| line.ended_at.is_none());
        line.map(|line| line.extension)
    }

    async fn send(&self, entry: EntryId) -> Result<()> {
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
    async fn one_entry_has_until_the_second_it_was_given(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let (extended, other) = (stage.complete(&author, "Bài được gia hạn").await, stage.complete(&author, "Bài không gia hạn").await);
        stage.app.clock.set("2025-07-11T08:00:00+07:00");
        assert!(matches!(violation(stage.submit(&author, extended).await), Violation::DeadlinePassed { .. }));
        stage.extend(&organiser, Some(extended), None, "2025-07-11T10:00:00+07:00").await.expect("given");

        let draft = stage.entries.draft(&author, extended).await.expect("the draft");
        assert_eq!(draft.extensions.len(), 1);
        assert_eq!(draft.extensions[0].reason, "Mất điện toàn xã chiều 10/7");
        assert_eq!(draft.deadline.map(|deadline| deadline.at), Some(at("2025-07-11T10:00:00+07:00")));
        stage.save(&author, extended, statement("Viết thêm trong thời gian gia hạn")).await.expect("saved");
        assert!(matches!(violation(stage.submit(&author, other).await), Violation::DeadlinePassed { .. }));

        stage.app.clock.set("2025-07-11T10:00:01+07:00");
        let refused = violation(stage.submit(&author, extended).await);
        assert!(matches!(refused, Violation::DeadlinePassed { deadline, .. } if deadline == at("2025-07-11T10:00:00+07:00")));
        stage.app.clock.set("2025-07-11T10:00:00+07:00");
        let receipt = stage.submit(&author, extended).await.expect("the last second");
        assert_eq!(receipt.timeliness, Timeliness::Extended);
        let coordinator = stage.coordinator(0).await;
        let detail = stage.entries.detail(&coordinator, extended).await.expect("the unit's desk");
        assert_eq!(detail.line.timeliness, Timeliness::Extended);
        assert_eq!(detail.extensions.len(), 1, "the unit sees why");
        let given = stage.events().await.into_iter().find_map(|event| match event {
            Event::ExtensionGiven { entry, until, reason, .. } => Some((entry, until, reason)),
            _ => None,
        });
        assert_eq!(given, Some((Some(extended), at("2025-07-11T10:00:00+07:00"), "Mất điện toàn xã chiều 10/7".into())));
    }

    async fn the_printed_receipt_says_by_which_extension_it_came(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Biên nhận ghi rõ gia hạn").await;
        stage.app.clock.set("2025-07-11T08:00:00+07:00");
        stage.extend(&organiser, Some(entry), None, "2025-07-11T09:00:00+07:00").await.expect("given");
        stage.app.clock.set("2025-07-11T08:10:00+07:00");
        stage.extend(&organiser, Some(entry), None, "2025-07-11T10:00:00+07:00").await.expect("a longer one takes its place");
        stage.app.clock.set("2025-07-11T08:30:00+07:00");
        stage.submit(&author, entry).await.expect("by the extension");
        let printing = Printing::new(stage.app.ctx.clone());
        let receipt = printing.receipt(&author, entry).await.expect("the author's own");
        let text = words(&receipt.bytes).join("\n");
        for wanted in ["Nộp theo gia hạn riêng", "Được gia hạn đến", "11/07/2025 10:00:00 giờ Việt Nam (UTC+7)"] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        stage.app.clock.set("2025-07-11T09:30:00+07:00");
        stage.extend(&organiser, Some(entry), None, "2025-07-12T10:00:00+07:00").await.expect("given after");
        assert_eq!(printing.receipt(&author, entry).await.expect("again"), receipt, "what counted then is printed");
    }

    async fn an_extension_taken_back_counts_no_more(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Bài bị thu hồi gia hạn").await;
        stage.app.clock.set("2025-07-11T08:00:00+07:00");
        stage.extend(&organiser, Some(entry), None, "2025-07-12T08:00:00+07:00").await.expect("given");
        stage.extend(&organiser, Some(entry), None, "2025-07-13T08:00:00+07:00").await.expect("a longer one takes its place");
        let extension = stage.in_force().await.expect("one is in force");
        let take = |reason: &str| WithdrawExtension {
            key: stage.key(),
            contest: stage.contest,
            extension,
            reason: reason.into(),
        };
        let deadlines = stage.deadlines();
        assert_eq!(violation(deadlines.withdraw_extension(&organiser, take(" ")).await), Violation::ReasonRequired);
        deadlines.withdraw_extension(&organiser, take("Cấp nhầm bài")).await.expect("taken back");
        assert_eq!(stage.in_force().await, None);
        assert_eq!(deadlines.withdraw_extension(&organiser, take("Lần nữa")).await, Err(Error::NotFound(Kind::Page)));
        assert!(matches!(violation(stage.submit(&author, entry).await), Violation::DeadlinePassed { .. }));
        let kinds: Vec<&str> = stage.events().await.iter().map(Event::kind).filter(|kind| kind.starts_with("extension")).collect();
        assert_eq!(kinds, ["extension_given", "extension_given", "extension_withdrawn"]);
    }

    async fn a_unit_forwards_by_its_extension_or_that_of_the_entry(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let (first, second) = (stage.submitted(&author, "Gửi theo gia hạn của bài").await, stage.submitted(&author, "Gửi theo gia hạn đơn vị").await);
        stage.app.clock.set("2025-07-16T08:00:00+07:00");
        assert!(matches!(violation(stage.send(first).await), Violation::DeadlinePassed { .. }));
        stage.extend(&organiser, Some(first), None, "2025-07-16T12:00:00+07:00").await.expect("given to the entry");
        assert!(matches!(violation(stage.send(second).await), Violation::DeadlinePassed { .. }));
        stage.send(first).await.expect("the entry's own");
        let unit = stage.scene.communes[0];
        stage.extend(&organiser, None, Some(unit), "2025-07-17T12:00:00+07:00").await.expect("given to the unit");
        let coordinator = stage.coordinator(0).await;
        let board = stage.board(&coordinator, SLUG, None).await.expect("the board");
        assert_eq!(board.deadline.map(|deadline| deadline.at), Some(at("2025-07-17T12:00:00+07:00")));
        assert!(board.extensions[0].unit);
        // what the unit sends back now, the author may complete until the date given
        let back = ReturnEntry {
            key: stage.key(),
            entry: second,
            expected: stage.version(second).await,
            reason: "Bổ sung số liệu".into(),
            due: Some(at("2025-07-16T20:00:00+07:00")),
            notes: Vec::new(),
        };
        stage.entries.return_entry(&coordinator, back).await.expect("there is time");
        stage.app.clock.set("2025-07-16T20:00:00+07:00");
        stage.submit(&author, second).await.expect("by its date");
        stage.app.clock.set("2025-07-17T12:00:01+07:00");
        assert!(matches!(violation(stage.send(second).await), Violation::DeadlinePassed { .. }));
        stage.app.clock.set("2025-07-17T12:00:00+07:00");
        stage.send(second).await.expect("the last second");
        let marks: Vec<Timeliness> = stage.events().await.into_iter().filter_map(|event| match event {
            Event::EntryMoved { step: rules::entry::EntryStep::Forward, timeliness, .. } => Some(timeliness),
            _ => None,
        }).collect();
        assert_eq!(marks, [Timeliness::Extended, Timeliness::Extended]);
    }

    async fn the_organiser_finds_drafts_but_not_what_they_say(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let draft = stage.complete(&author, "Số hóa hồ sơ một cửa").await;
        stage.save(&author, draft, statement("Nội dung bí mật chưa nộp")).await.expect("saved");
        for text in ["so hoa", "Nguyen Tac Gia 11", "hồ sơ"] {
            let page = stage.deadlines_find(&organiser, text).await.expect("found");
            assert_eq!(page.found.iter().map(|line| (line.entry, line.state)).collect::<Vec<_>>(), [(draft, EntryState::Draft)], "{text}");
            let told = serde_json::to_string(&page).expect("JSON");
            assert!(!told.contains("bí mật"), "{told}");
        }
        assert_eq!(stage.deadlines_find(&organiser, "không có bài này").await.expect("the page").found, []);
        assert_eq!(stage.deadlines_find(&organiser, "  ").await.expect("the page").found, [], "nothing is listed unasked");
        let query = ExtensionQuery { query: String::new(), entry: Some(draft), unit: None };
        let page = stage.deadlines().extensions(&organiser, SLUG.into(), query).await.expect("the page");
        assert_eq!(page.chosen, Some((ExtensionTarget::Entry(draft), "Số hóa hồ sơ một cửa".into())));
        for other in [stage.author(0).await, stage.coordinator(0).await] {
            let refused = stage.deadlines_find(&other, "so hoa").await;
            assert_eq!(refused.map(|_| ()), Err(Error::Denied(Denied::NotYourRole)));
            let refused = stage.extend(&other, Some(draft), None, "2025-07-20T00:00:00+07:00").await;
            assert_eq!(refused, Err(Error::Denied(Denied::NotYourRole)));
        }
    }

    async fn an_extension_must_give_time(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Gia hạn không hợp lệ").await;
        let short = stage.extend(&organiser, Some(entry), None, "2025-07-10T20:00:00+07:00").await;
        assert!(matches!(violation(short), Violation::ExtensionTooShort { .. }));
        stage.app.clock.set("2025-07-12T08:00:00+07:00");
        let past = stage.extend(&organiser, Some(entry), None, "2025-07-12T07:59:59+07:00").await;
        assert_eq!(past, Err(Error::field("until", FieldProblem::NotADate)));
        let nobody = stage.extend(&organiser, None, None, "2025-07-13T08:00:00+07:00").await;
        assert_eq!(nobody, Err(Error::field("entry", FieldProblem::Missing)));
        let both = stage.extend(&organiser, Some(entry), Some(stage.scene.communes[0]), "2025-07-13T08:00:00+07:00").await;
        assert_eq!(both, Err(Error::field("entry", FieldProblem::Missing)));
        let unknown = stage.extend(&organiser, Some(stage.app.ctx.id()), None, "2025-07-13T08:00:00+07:00").await;
        assert_eq!(unknown, Err(Error::NotFound(Kind::Entry)));
        let without = GiveExtension {
            key: stage.key(), contest: stage.contest, entry: Some(entry), unit: None,
            until: at("2025-07-13T08:00:00+07:00"), reason: "\n".into(),
        };
        assert_eq!(violation(stage.deadlines().give_extension(&organiser, without).await), Violation::ReasonRequired);
        stage.phase(ContestPhase::Judging).await;
        let over = stage.extend(&organiser, Some(entry), None, "2025-07-13T08:00:00+07:00").await;
        assert!(matches!(over, Err(Error::Denied(Denied::NotInThisPhase { .. }))), "{over:?}");
        assert_eq!(stage.in_force().await, None);
    }

    async fn a_round_waits_for_what_was_put_off(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.complete(&author, "Bài gia hạn sau khi hết hạn gửi").await;
        let round = stage.round(&stage.scene.judges[..3]).await;
        stage.app.clock.set("2025-07-16T08:00:00+07:00");
        stage.extend(&organiser, Some(entry), None, "2025-07-18T08:00:00+07:00").await.expect("given");
        let judging = service::judging::Judgings::new(stage.app.ctx.clone());
        let desk = judging.round_desk(&organiser, round).await.expect("the desk");
        let until = at("2025-07-18T08:00:00+07:00");
        let waits = |block: &Violation| matches!(block, Violation::BeforeDeadline { deadline, .. } if *deadline == until);
        assert!(desk.blocks.iter().any(waits), "{:?}", desk.blocks);
        stage.app.clock.set("2025-07-18T08:00:01+07:00");
        let desk = judging.round_desk(&organiser, round).await.expect("the desk");
        assert!(!desk.blocks.iter().any(waits), "{:?}", desk.blocks);
    }
}

impl Stage {
    async fn deadlines_find(
        &self,
        actor: &Actor,
        text: &str,
    ) -> Result<contract::deadline::ExtensionDeskView> {
        let query = ExtensionQuery {
            query: text.into(),
            entry: None,
            unit: None,
        };
        self.deadlines().extensions(actor, SLUG.into(), query).await
    }
}
