//! The organiser's side: eligibility desk, decisions, blind codes.

use std::collections::BTreeSet;

use contract::entry::{AssignBlindCodes, DecideEligibility, DeskFilter, EntryService, ForwardEntries};
use contract::{Error, Kind};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::contest::ContestPhase;
use rules::entry::{EntryState, EntryStep};
use rules::event::Event;
use rules::id::{EntryId, Version};
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, violation};

impl Stage {
    /// An entry forwarded by the first unit.
    async fn forwarded(&self, title: &str) -> EntryId {
        let entry = self.submitted(&self.author(0).await, title).await;
        let entries = vec![(entry, self.version(entry).await)];
        let command = ForwardEntries {
            key: self.key(),
            contest: self.contest,
            unit: self.scene.communes[0],
            order: Version(0),
            entries,
            reserves: Vec::new(),
        };
        self.entries
            .forward(&self.coordinator(0).await, command)
            .await
            .expect("forwarded");
        entry
    }

    async fn decide(
        &self,
        actor: &Actor,
        entry: EntryId,
        accepted: bool,
        reason: &str,
    ) -> contract::Result<()> {
        let expected = self.version(entry).await;
        let command = DecideEligibility {
            key: self.key(),
            entry,
            expected,
            accepted,
            reason: reason.into(),
        };
        self.entries.decide_eligibility(actor, command).await
    }

    async fn draw(&self, actor: &Actor) -> contract::Result<()> {
        let command = AssignBlindCodes {
            key: self.key(),
            contest: self.contest,
        };
        self.entries.assign_blind_codes(actor, command).await
    }

    async fn found(&self, query: &str) -> usize {
        let filter = DeskFilter {
            query: query.into(),
            ..DeskFilter::default()
        };
        let desk = self
            .entries
            .eligibility_desk(&self.organiser().await, SLUG.into(), filter)
            .await
            .expect("the desk");
        assert_eq!(desk.total as usize, desk.entries.len());
        desk.entries.len()
    }
}

db_tests! {
    async fn the_desk_finds_without_diacritics(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        stage.forwarded("Đường dây nóng 100%_một cửa").await;
        stage.forwarded("Số hóa hồ sơ đất đai").await;
        stage.submitted(&stage.author(2).await, "Còn ở tại đơn vị").await;
        for (query, expected) in [
            ("", 2),
            ("duong day", 1),
            ("SỐ HOÁ", 1),
            ("kt-2025-002", 1),
            ("nguyen tac gia 11", 2),
            ("xa an dat", 1),
            ("100%_m", 1),
            ("%", 2),
            ("0%x", 0),
            ("xa binh", 0),
        ] {
            assert_eq!(stage.found(query).await, expected, "{query}");
        }
        let filter = |state, category: Option<&str>, page| DeskFilter {
            query: String::new(),
            state,
            category: category.map(Into::into),
            page,
            ..DeskFilter::default()
        };
        let at_unit = filter(Some(EntryState::SubmittedToUnit), None, 1);
        let desk = stage.entries.eligibility_desk(&organiser, SLUG.into(), at_unit).await.expect("the desk");
        assert_eq!(desk.entries.len(), 1);
        let none = stage.entries.eligibility_desk(&organiser, SLUG.into(), filter(None, Some("C2"), 1)).await.expect("the desk");
        assert_eq!(none.total, 0);
        let beyond = stage.entries.eligibility_desk(&organiser, SLUG.into(), filter(None, None, 7)).await.expect("the desk");
        assert_eq!((beyond.total, beyond.entries.len(), beyond.page_size), (2, 0, 50));
        let last = filter(None, None, u32::MAX);
        assert_eq!(stage.entries.eligibility_desk(&organiser, SLUG.into(), last).await.expect("the desk").entries, []);
        assert_eq!((desk.unchecked, desk.accepted, desk.codes_assigned), (2, 0, false));
        assert_eq!(desk.units_below_quota, ["Xã Bình"]);
        let coordinator = stage.coordinator(0).await;
        let denied = stage.entries.eligibility_desk(&coordinator, SLUG.into(), DeskFilter::default()).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
    }

    async fn a_decision_needs_the_organiser_and_a_rejection_a_reason(app: TestApp) {
        let stage = Stage::new(app).await;
        let (organiser, author) = (stage.organiser().await, stage.author(0).await);
        let entry = stage.forwarded("Giải pháp chờ quyết định").await;
        let coordinator = stage.coordinator(0).await;
        assert_eq!(stage.decide(&coordinator, entry, true, "").await, Err(Error::Denied(Denied::NotYourRole)));
        assert_eq!(stage.decide(&author, entry, true, "").await, Err(Error::NotFound(Kind::Entry)));
        assert_eq!(violation(stage.decide(&organiser, entry, false, " ").await), Violation::ReasonRequired);
        let detail = stage.entries.detail(&organiser, entry).await.expect("the organiser's first look");
        assert_eq!((detail.line.state, detail.can_decide), (EntryState::EligibilityCheck, true));
        stage.decide(&organiser, entry, false, "Đã đạt giải nơi khác").await.expect("rejected");
        let receipt = stage.entries.receipt(&author, entry).await.expect("the author is told");
        let last = receipt.track.last().expect("a step");
        assert_eq!((last.step, last.reason.as_deref()), (EntryStep::Reject, Some("Đã đạt giải nơi khác")));
        stage.decide(&organiser, entry, true, "").await.expect("a mistake can be put right");
        assert_eq!(stage.state(entry).await, EntryState::Accepted);

        let at_unit = stage.submitted(&author, "Giải pháp còn ở đơn vị").await;
        let early = violation(stage.decide(&organiser, at_unit, true, "").await);
        assert_eq!(early, Violation::EntryStep { from: EntryState::SubmittedToUnit, step: EntryStep::Accept });
    }

    async fn blind_codes_are_drawn_once_for_every_accepted_entry(app: TestApp) {
        let stage = Stage::new(app).await;
        let organiser = stage.organiser().await;
        assert_eq!(violation(stage.draw(&organiser).await), Violation::TooFewEntries { count: 0 });
        let mut entries = Vec::new();
        for number in 1..=5 {
            entries.push(stage.forwarded(&format!("Giải pháp rọc phách {number}")).await);
        }
        let (last, first) = entries.split_last().expect("five entries");
        for entry in first {
            stage.decide(&organiser, *entry, true, "").await.expect("accepted");
        }
        assert_eq!(violation(stage.draw(&organiser).await), Violation::EntriesUnchecked { count: 1 });
        stage.decide(&organiser, *last, false, "Sai đối tượng").await.expect("rejected");
        assert_eq!(stage.draw(&stage.author(0).await).await, Err(Error::Denied(Denied::NotYourRole)));
        stage.draw(&organiser).await.expect("drawn");
        let mut codes = BTreeSet::new();
        for entry in first {
            let code = stage.row(*entry).await.blind_code.expect("a code");
            assert!(code.len() == 4 && code.starts_with('P'), "{code}");
            codes.insert(code);
        }
        assert_eq!(codes.len(), 4);
        assert_eq!(stage.row(*last).await.blind_code, None);
        assert_eq!(violation(stage.draw(&organiser).await), Violation::BlindCodesAssigned);
        let sealed = stage.events().await.into_iter().find_map(|event| match event {
            Event::BlindCodesAssigned { codes } => Some(codes.len()),
            _ => None,
        });
        assert_eq!(sealed, Some(4));

        stage.decide(&organiser, *last, true, "").await.expect("accepted after all");
        stage.draw(&organiser).await.expect("the late one gets its code");
        assert!(stage.row(*last).await.blind_code.is_some_and(|code| !codes.contains(&code)));
        for entry in first {
            assert!(codes.contains(&stage.row(*entry).await.blind_code.expect("a code")), "codes stay");
        }
        let desk = stage.entries.eligibility_desk(&organiser, SLUG.into(), DeskFilter::default()).await.expect("the desk");
        assert!(desk.codes_assigned && desk.accepted == 5 && desk.unchecked == 0);
        stage.phase(ContestPhase::Judging).await;
        assert!(matches!(stage.draw(&organiser).await, Err(Error::Denied(_))));
    }

    async fn a_contest_that_is_not_blind_draws_nothing(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.blind = false).await;
        let organiser = stage.organiser().await;
        let entry = stage.forwarded("Giải pháp không rọc phách").await;
        stage.decide(&organiser, entry, true, "").await.expect("accepted");
        stage.draw(&organiser).await.expect("nothing to do");
        assert_eq!(stage.row(entry).await.blind_code, None);
    }

    async fn without_unit_screening_entries_go_straight_to_the_organiser(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.unit_screening = false).await;
        let entry = stage.submitted(&stage.author(0).await, "Giải pháp gửi thẳng").await;
        assert_eq!(stage.state(entry).await, EntryState::EligibilityCheck);
        stage.decide(&stage.organiser().await, entry, true, "").await.expect("accepted");
        assert_eq!(stage.found("").await, 1);
    }
}
