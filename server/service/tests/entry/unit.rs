//! The unit's side: board, first look, return, keeping back, forwarding.

use contract::entry::{EntryService, ForwardEntries, KeepBack, ReturnEntry, UnitBoardView};
use contract::error::FieldProblem;
use contract::unit::{TakeUp, UnitService};
use contract::{Error, Kind};
use rules::Violation;
use rules::account::{Action, Actor, Denied, Grant, Role};
use rules::contest::MilestoneCode;
use rules::entry::{EntryState, EntryStep};
use rules::event::Event;
use rules::id::{EntryId, UnitId, Version};
use rules::time::Timestamp;
use service::entry::UnitDesks;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, topic, violation};

impl Stage {
    /// The board of a unit's desk.
    pub async fn board(
        &self,
        actor: &Actor,
        slug: &str,
        unit: Option<UnitId>,
    ) -> contract::Result<UnitBoardView> {
        let desk = UnitDesks::new(self.app.ctx.clone())
            .desk(actor, slug.into(), unit)
            .await?;
        Ok(desk.board)
    }

    async fn forward(&self, actor: &Actor, entries: &[(EntryId, Version)]) -> contract::Result<()> {
        let unit = self.scene.communes[0];
        let command = ForwardEntries {
            key: self.key(),
            contest: self.contest,
            unit,
            order: Version(0),
            entries: entries.to_vec(),
            reserves: Vec::new(),
        };
        self.entries.forward(actor, command).await.map(|_| ())
    }

    async fn give_back(&self, actor: &Actor, entry: EntryId, due: Option<Timestamp>) -> contract::Result<()> {
        let expected = self.version(entry).await;
        let command = ReturnEntry {
            key: self.key(),
            entry,
            expected,
            reason: "Bổ sung số liệu".into(),
            due,
            notes: Vec::new(),
        };
        self.entries.return_entry(actor, command).await
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

db_tests! {
    async fn the_board_shows_the_units_own_entries(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, other) = (stage.author(0).await, stage.author(2).await);
        let first = stage.submitted(&author, "Giải pháp của xã An").await;
        stage.begin(&author).await;
        stage.submitted(&other, "Giải pháp của xã Bình").await;
        let coordinator = stage.coordinator(0).await;
        let board = stage.board(&coordinator, SLUG, None).await.expect("their board");
        assert_eq!(board.entries.iter().map(|line| line.entry).collect::<Vec<_>>(), [first]);
        assert_eq!((board.drafts, board.forwarded, board.min_quota, board.can_act), (1, 0, 1, true));
        assert_eq!(board.entries[0].authors, ["Nguyễn Tác Giả 11"]);
        assert_eq!(board.unit_name, "Xã An");

        let foreign = Some(stage.scene.communes[1]);
        let refused = stage.board(&coordinator, SLUG, foreign).await;
        assert_eq!(refused, Err(Error::NotFound(Kind::Unit)));
        let denied = stage.board(&author, SLUG, None).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
        let missing = stage.board(&coordinator, "khong-co", None).await;
        assert_eq!(missing, Err(Error::NotFound(Kind::Contest)));
    }

    async fn a_unit_above_sees_the_units_below(app: TestApp) {
        let stage = Stage::new(app).await;
        let entry = stage.submitted(&stage.author(0).await, "Giải pháp của xã An").await;
        stage.submitted(&stage.author(2).await, "Giải pháp của xã Bình").await;
        let above = Grant { role: Role::UnitCoordinator, contest: Some(stage.contest), unit: Some(stage.scene.province) };
        let person = stage.scene.coordinators[1];
        let db = stage.app.ctx.store.read();
        store::account::insert_grant(db, stage.app.ctx.id(), person, &above).await.expect("a role is stored");
        let actor = stage.actor(person).await;
        let board = stage.board(&actor, SLUG, Some(stage.scene.province)).await.expect("the board");
        assert_eq!((board.entries.len(), board.other_units.len()), (2, 1));
        stage.entries.detail(&actor, entry).await.expect("an entry of a unit below");
    }

    async fn the_first_look_starts_screening_once(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, "Giải pháp được xem lần đầu").await;
        let version = stage.version(entry).await;
        let (coordinator, stranger, organiser) = (stage.coordinator(0).await, stage.coordinator(1).await, stage.organiser().await);
        assert_eq!(stage.entries.detail(&stranger, entry).await, Err(Error::NotFound(Kind::Entry)));
        assert_eq!(stage.entries.detail(&author, entry).await, Err(Error::NotFound(Kind::Entry)));
        let seen = stage.entries.detail(&organiser, entry).await.expect("the organiser reads it");
        assert_eq!((seen.line.state, seen.can_screen), (EntryState::SubmittedToUnit, false));
        let detail = stage.entries.detail(&coordinator, entry).await.expect("the coordinator reads it");
        assert_eq!((detail.line.state, detail.can_screen, detail.can_decide), (EntryState::UnitScreening, true, false));
        stage.entries.detail(&coordinator, entry).await.expect("and reads it again");
        let looks = stage.events().await.into_iter().filter(|event| {
            matches!(event, Event::EntryMoved { step: EntryStep::StartScreening, .. })
        });
        assert_eq!(looks.count(), 1);
        assert_eq!(stage.version(entry).await, version, "looking is no change to be in conflict with");
        let draft = stage.begin(&author).await;
        assert_eq!(stage.entries.detail(&coordinator, draft).await, Err(Error::NotFound(Kind::Entry)));
    }

    async fn a_returned_entry_comes_back_under_its_code(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let entry = stage.submitted(&author, "Giải pháp cần bổ sung").await;
        let expected = stage.version(entry).await;
        let empty = ReturnEntry { key: stage.key(), entry, expected, reason: " ".into(), due: None, notes: Vec::new() };
        assert_eq!(violation(stage.entries.return_entry(&coordinator, empty).await), Violation::ReasonRequired);
        let past = stage.give_back(&coordinator, entry, Some(at("2025-06-01T09:00:00+07:00"))).await;
        assert_eq!(past, Err(Error::field("due", FieldProblem::NotADate)));
        let foreign = stage.give_back(&stage.coordinator(1).await, entry, None).await;
        assert_eq!(foreign, Err(Error::NotFound(Kind::Entry)));
        let organiser = stage.give_back(&stage.organiser().await, entry, None).await;
        assert_eq!(organiser, Err(Error::Denied(Denied::NotYourRole)));

        let due = at("2025-07-12T12:00:00+07:00");
        stage.give_back(&coordinator, entry, Some(due)).await.expect("returned");
        let draft = stage.entries.draft(&author, entry).await.expect("the author sees it");
        assert_eq!(draft.returned, Some(("Bổ sung số liệu".into(), Some(due))));
        assert_eq!((draft.can_edit, draft.deadline.map(|deadline| deadline.at)), (true, Some(due)));
        stage.save(&author, entry, topic("Giải pháp đã bổ sung xong")).await.expect("the author completes it");
        let desk = stage.entries.detail(&coordinator, entry).await.expect("the desk reads on");
        assert_eq!(desk.content.title, "Giải pháp cần bổ sung", "as submitted, until it comes back");

        stage.app.clock.set("2025-07-12T12:00:01+07:00");
        assert!(matches!(violation(stage.submit(&author, entry).await), Violation::DeadlinePassed { .. }));
        stage.app.clock.set("2025-07-12T12:00:00+07:00");
        let receipt = stage.submit(&author, entry).await.expect("in time for the due date");
        assert_eq!((receipt.code.as_str(), receipt.title.as_str()), ("KT-2025-001", "Giải pháp đã bổ sung xong"));
        assert_eq!(stage.row(entry).await.revision, 2);
        let steps: Vec<EntryStep> = receipt.track.into_iter().map(|step| step.step).collect();
        assert_eq!(steps, [EntryStep::SubmitToUnit, EntryStep::Return, EntryStep::SubmitToUnit]);
    }

    async fn no_due_date_reaches_past_the_units_deadline(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let (far, none) = (stage.submitted(&author, "Trả lại với hạn quá xa").await, stage.submitted(&author, "Trả lại không hẹn ngày").await);
        stage.app.clock.set("2025-07-14T09:00:00+07:00");
        let beyond = stage.give_back(&coordinator, far, Some(at("2025-07-16T00:00:00+07:00"))).await;
        let Violation::DueTooLate { deadline, zone } = violation(beyond) else { panic!("refused for its due date") };
        assert_eq!((deadline, zone.offset_minutes), (at("2025-07-15T23:59:59.999999+07:00"), 420));
        stage.give_back(&coordinator, far, Some(at("2025-07-15T23:59:59.999999+07:00"))).await.expect("returned");
        stage.give_back(&coordinator, none, None).await.expect("returned after the submission deadline");
        for entry in [far, none] {
            let deadline = stage.entries.draft(&author, entry).await.expect("seen").deadline.expect("a deadline");
            assert_eq!(deadline.at, at("2025-07-15T23:59:59.999999+07:00"));
            assert_eq!(deadline.milestone, MilestoneCode::UnitForwardDeadline);
        }
        stage.app.clock.set("2025-07-15T23:59:59+07:00");
        stage.submit(&author, none).await.expect("the last day counts");
        stage.app.clock.set("2025-07-16T00:00:00+07:00");
        assert!(matches!(violation(stage.submit(&author, far).await), Violation::DeadlinePassed { .. }));
        let late = violation(stage.give_back(&coordinator, none, None).await);
        assert!(matches!(late, Violation::DeadlinePassed { milestone: MilestoneCode::UnitForwardDeadline, .. }));
    }

    async fn forwarding_keeps_the_order_and_is_all_or_nothing(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let mut entries = Vec::new();
        for number in 1..=3 {
            let entry = stage.submitted(&author, &format!("Giải pháp xếp hạng {number}")).await;
            entries.push((entry, stage.version(entry).await));
        }
        let [(a, va), (b, vb), (c, vc)] = entries[..] else { panic!("three entries") };
        assert_eq!(violation(stage.forward(&coordinator, &[]).await), Violation::NothingChosen);
        let stale = stage.forward(&coordinator, &[(a, va), (b, Version(99))]).await;
        assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
        assert_eq!(stage.state(a).await, EntryState::SubmittedToUnit, "none of them moved");
        let foreign = stage.submitted(&stage.author(2).await, "Giải pháp của xã khác").await;
        let refused = stage.forward(&coordinator, &[(a, va), (foreign, stage.version(foreign).await)]).await;
        assert_eq!(refused, Err(Error::NotFound(Kind::Entry)));
        assert_eq!(stage.forward(&stage.coordinator(1).await, &[(a, va)]).await, Err(Error::NotFound(Kind::Unit)));

        stage.forward(&coordinator, &[(b, vb), (a, va), (b, vb)]).await.expect("forwarded, best first");
        let expected = stage.version(c).await;
        let keep = KeepBack { key: stage.key(), entry: c, expected, reason: "Chưa rõ tính mới".into() };
        stage.entries.keep_back(&coordinator, keep).await.expect("kept back");
        assert_eq!((stage.state(c).await, stage.version(c).await), (EntryState::NotSelectedByUnit, vc.next()));
        let kept = stage.forward(&coordinator, &[(c, vc.next())]).await;
        assert_eq!(violation(kept), Violation::EntryStep { from: EntryState::NotSelectedByUnit, step: EntryStep::Forward });
        let desks = UnitDesks::new(stage.app.ctx.clone());
        let again = |reason: &str| TakeUp { key: stage.key(), entry: c, expected: vc.next(), reason: reason.into() };
        assert_eq!(violation(desks.take_up(&coordinator, again(" ")).await), Violation::ReasonRequired);
        assert_eq!(desks.take_up(&stage.coordinator(1).await, again("Xem lại")).await, Err(Error::NotFound(Kind::Entry)));
        desks.take_up(&coordinator, again("Tác giả đã giải trình tính mới")).await.expect("kept back is not for ever");
        assert_eq!(stage.state(c).await, EntryState::UnitScreening);
        stage.forward(&coordinator, &[(c, stage.version(c).await)]).await.expect("and may be forwarded");
        let ranks = [stage.row(b).await.forward_rank, stage.row(a).await.forward_rank, stage.row(c).await.forward_rank];
        assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
        let board = stage.board(&coordinator, SLUG, None).await.expect("the board");
        assert_eq!(board.forwarded, 3);
        let twice = stage.forward(&coordinator, &[(a, stage.version(a).await)]).await;
        assert_eq!(violation(twice), Violation::EntryStep { from: EntryState::Forwarded, step: EntryStep::Forward });
    }

    async fn no_more_than_the_quota_is_forwarded(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.max_quota = 2).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let mut entries = Vec::new();
        for number in 1..=3 {
            let entry = stage.submitted(&author, &format!("Giải pháp theo chỉ tiêu {number}")).await;
            entries.push((entry, stage.version(entry).await));
        }
        assert_eq!(violation(stage.forward(&coordinator, &entries).await), Violation::OverQuota { max: 2 });
        assert_eq!(stage.state(entries[0].0).await, EntryState::SubmittedToUnit);
        stage.forward(&coordinator, &entries[..1]).await.expect("one of two");
        assert_eq!(violation(stage.forward(&coordinator, &entries[1..]).await), Violation::OverQuota { max: 2 });
        stage.forward(&coordinator, &entries[1..2]).await.expect("two of two");
    }

    async fn nothing_is_forwarded_after_the_units_deadline(app: TestApp) {
        let stage = Stage::new(app).await;
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let entry = stage.submitted(&author, "Giải pháp gửi không kịp").await;
        stage.app.clock.set("2025-07-16T00:00:00+07:00");
        let refused = violation(stage.forward(&coordinator, &[(entry, stage.version(entry).await)]).await);
        let Violation::DeadlinePassed { milestone, zone, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((milestone, zone.offset_minutes), (MilestoneCode::UnitForwardDeadline, 420));
        let allowed = rules::account::may(Action::ForwardEntries, &coordinator.roles_in(Some(stage.contest), None), None);
        assert_eq!(allowed, Ok(()), "it is the deadline that refuses");
    }
}
