//! The unit's list with reserves, two coordinators at once, forwarding with a slip, and every unit for the organiser.

use contract::entry::{EntryService, ForwardEntries, KeepBack, WithdrawEntry};
use contract::unit::{OrderDraft, SaveUnitOrder, TakeUp, UnitService, UnitSort, UnitsFilter, UnitsView};
use contract::{Conflict, Error, Kind};
use rules::Violation;
use rules::account::{Actor, Denied, Grant, Role};
use rules::contest::{ContestPhase, MilestoneCode};
use rules::entry::{EntryState, EntryStep};
use rules::event::Event;
use rules::id::{EntryId, SlipId, Version};
use rules::unit::{Quota, Todo, UnitOrder};
use service::entry::UnitDesks;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, violation};

/// A unit's desk with its first coordinator, and a second one of the same unit.
struct Desk {
    stage: Stage,
    desks: UnitDesks,
    first: Actor,
    second: Actor,
}

impl Desk {
    async fn new(stage: Stage) -> Self {
        let grant = Grant {
            role: Role::UnitCoordinator,
            contest: Some(stage.contest),
            unit: Some(stage.scene.communes[0]),
        };
        let ctx = &stage.app.ctx;
        store::account::insert_grant(ctx.store.read(), ctx.id(), stage.scene.authors[1], &grant)
            .await
            .expect("a role is stored");
        let (first, second) = (stage.coordinator(0).await, stage.author(1).await);
        Self {
            desks: UnitDesks::new(ctx.clone()),
            stage,
            first,
            second,
        }
    }

    /// Entries handed in to the unit.
    async fn entries<const N: usize>(&self) -> [EntryId; N] {
        let author = self.stage.author(0).await;
        let mut entries = Vec::new();
        for number in 1..=N {
            entries.push(
                self.stage
                    .submitted(&author, &format!("Giải pháp số {number} của xã An"))
                    .await,
            );
        }
        entries.try_into().expect("as many as asked for")
    }

    async fn save(
        &self,
        actor: &Actor,
        expected: i64,
        selected: &[EntryId],
        reserves: &[EntryId],
    ) -> contract::Result<OrderDraft> {
        let command = SaveUnitOrder {
            key: self.stage.key(),
            contest: self.stage.contest,
            unit: self.stage.scene.communes[0],
            expected: Version(expected),
            order: order(selected, reserves),
        };
        self.desks.save_order(actor, command).await
    }

    async fn forward(
        &self,
        version: i64,
        entries: &[EntryId],
        reserves: &[EntryId],
    ) -> contract::Result<SlipId> {
        let mut with_versions = Vec::new();
        for entry in entries {
            with_versions.push((*entry, self.stage.version(*entry).await));
        }
        let command = ForwardEntries {
            key: self.stage.key(),
            contest: self.stage.contest,
            unit: self.stage.scene.communes[0],
            order: Version(version),
            entries: with_versions,
            reserves: reserves.to_vec(),
        };
        self.stage.entries.forward(&self.first, command).await
    }

    async fn units(&self, filter: UnitsFilter) -> contract::Result<UnitsView> {
        let organiser = self.stage.organiser().await;
        self.desks.units(&organiser, SLUG.into(), filter).await
    }
}

fn order(selected: &[EntryId], reserves: &[EntryId]) -> UnitOrder {
    UnitOrder {
        selected: selected.to_vec(),
        reserves: reserves.to_vec(),
    }
}

db_tests! {
    async fn a_list_is_proposed_until_somebody_saves_one(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.eligibility.max_quota = 2).await;
        let desk = Desk::new(stage).await;
        let [a, b, c] = desk.entries().await;
        let seen = desk.desks.desk(&desk.first, SLUG.into(), None).await.expect("their desk");
        assert_eq!((seen.order.order, seen.order.version, seen.order.saved_by), (order(&[a, b], &[c]), Version(0), None));
        assert_eq!((seen.quota, seen.open, seen.unplaced), (Quota { min: 1, max: 2 }, true, Vec::new()));
        assert_eq!(seen.todo, [Todo::Look { count: 3 }, Todo::Forward { count: 2 }]);

        let saved = desk.save(&desk.first, 0, &[c, a], &[]).await.expect("saved as it is made");
        assert_eq!((saved.order, saved.version), (order(&[c, a], &[]), Version(1)));
        assert_eq!(saved.saved_by.as_deref(), Some("Đỗ Đầu Mối 1"));
        let seen = desk.desks.desk(&desk.second, SLUG.into(), None).await.expect("the same desk");
        assert_eq!((seen.order.order.selected, seen.unplaced), (vec![c, a], vec![b]));
        let events = desk.stage.events().await.len();
        desk.save(&desk.first, 1, &[a], &[c]).await.expect("saved again");
        assert_eq!(desk.stage.events().await.len(), events, "a draft of the list is no event");

        // what leaves the unit's hands leaves the list
        let keep = KeepBack { key: desk.stage.key(), entry: c, expected: desk.stage.version(c).await, reason: "Trùng".into() };
        desk.stage.entries.keep_back(&desk.first, keep).await.expect("kept back");
        let seen = desk.desks.desk(&desk.first, SLUG.into(), None).await.expect("their desk");
        assert_eq!(seen.order.order, order(&[a], &[]));
    }

    async fn two_coordinators_do_not_overwrite_one_another(app: TestApp) {
        let desk = Desk::new(Stage::new(app).await).await;
        let [a, b, c] = desk.entries().await;
        desk.save(&desk.first, 0, &[a, b, c], &[]).await.expect("the first list");
        let (mine, (theirs, behind)) = ([b, a, c], ([c, b], [a]));
        // both started from version 1: exactly one is taken, whichever comes first
        let outcome = tokio::join!(desk.save(&desk.first, 1, &mine, &[]), desk.save(&desk.second, 1, &theirs, &behind));
        let (won, lost) = match outcome {
            (Ok(won), Err(lost)) | (Err(lost), Ok(won)) => (won, lost),
            other => panic!("one of two is taken: {other:?}"),
        };
        let conflict = Error::Conflict(Conflict { expected: Version(1), current: Version(2) });
        assert_eq!((won.version, lost), (Version(2), conflict));
        let seen = desk.desks.desk(&desk.second, SLUG.into(), None).await.expect("the desk");
        assert_eq!(seen.order.order, won.order, "nothing of the winner's is lost");
        // who saw the other list and chose goes on from it
        desk.save(&desk.second, 2, &[c], &[b, a]).await.expect("chosen");
        let stale = desk.forward(2, &[b, a, c], &[]).await;
        assert_eq!(stale, Err(Error::Conflict(Conflict { expected: Version(2), current: Version(3) })));
        assert_eq!(desk.stage.state(a).await, EntryState::SubmittedToUnit, "an outdated list is not forwarded");
    }

    async fn only_the_units_coordinators_touch_its_list(app: TestApp) {
        let desk = Desk::new(Stage::new(app).await).await;
        let [a] = desk.entries().await;
        let stranger = desk.stage.coordinator(1).await;
        assert_eq!(desk.save(&stranger, 0, &[a], &[]).await, Err(Error::NotFound(Kind::Unit)));
        assert_eq!(desk.save(&desk.stage.organiser().await, 0, &[a], &[]).await, Err(Error::NotFound(Kind::Unit)));
        assert_eq!(desk.save(&Actor::Anonymous, 0, &[a], &[]).await, Err(Error::Denied(Denied::SignInRequired)));
        let foreign = desk.stage.submitted(&desk.stage.author(2).await, "Giải pháp của xã Bình").await;
        let saved = desk.save(&desk.first, 0, &[foreign, a, a], &[a]).await.expect("what is not theirs is left out");
        assert_eq!(saved.order, order(&[a], &[]));
        desk.stage.phase(ContestPhase::Judging).await;
        assert!(matches!(desk.save(&desk.first, 1, &[a], &[]).await, Err(Error::Denied(_))));
    }

    async fn one_act_makes_one_slip_that_never_changes(app: TestApp) {
        let desk = Desk::new(Stage::with(app, |_, setup| setup.eligibility.max_quota = 3).await).await;
        let [a, b, c] = desk.entries().await;
        desk.save(&desk.first, 0, &[b, a], &[c]).await.expect("a list with a reserve");
        let slip = desk.forward(1, &[b, a], &[c]).await.expect("forwarded");
        assert_eq!((desk.stage.state(a).await, desk.stage.state(c).await), (EntryState::Forwarded, EntryState::SubmittedToUnit));
        let view = desk.desks.slip(&desk.second, slip).await.expect("a coordinator of the unit");
        assert!(view.intact && view.own);
        let lines: Vec<(u32, EntryId)> = view.slip.lines.iter().map(|line| (line.rank, line.entry)).collect();
        assert_eq!(lines, [(1, b), (2, a)]);
        assert_eq!(view.slip.reserves.iter().map(|line| line.entry).collect::<Vec<_>>(), [c]);
        assert_eq!((view.slip.code.as_str(), view.slip.turn, view.slip.forwarded_before), ("PG-KT-2025-001", 1, 0));
        assert_eq!((view.slip.maker.as_str(), view.slip.unit_name.as_str()), ("Đỗ Đầu Mối 1", "Xã An"));
        assert_eq!(view.slip.lines[0].authors, ["Nguyễn Tác Giả 11"]);

        // the ledger holds its hash, and people only as ids
        let events = desk.stage.events().await;
        let written = events.iter().find_map(|event| match event {
            Event::EntriesForwarded { slip, entries, reserves, slip_hash, .. } => Some((*slip, entries.clone(), reserves.clone(), slip_hash.clone())),
            _ => None,
        });
        assert_eq!(written, Some((slip, vec![b, a], vec![c], view.hash.clone())));

        // the reserve moves up by another act, on a slip of its own; the first one stays as printed
        let seen = desk.desks.desk(&desk.first, SLUG.into(), None).await.expect("the desk");
        assert_eq!((seen.order.order, seen.order.version), (order(&[], &[c]), Version(2)));
        let second = desk.forward(2, &[c], &[]).await.expect("in time and within the quota");
        let later = desk.desks.slip(&desk.first, second).await.expect("the second slip").slip;
        assert_eq!((later.number, later.turn, later.forwarded_before, later.lines[0].rank), (2, 2, 2, 3));
        assert_eq!(desk.desks.slip(&desk.first, slip).await.expect("the first slip").slip, view.slip);
        let more = desk.entries::<1>().await;
        assert_eq!(violation(desk.forward(3, &more, &[]).await), Violation::OverQuota { max: 3 });

        let organiser = desk.stage.organiser().await;
        assert!(!desk.desks.slip(&organiser, slip).await.expect("the organiser reads it").own);
        for other in [desk.stage.coordinator(1).await, desk.stage.author(0).await] {
            assert_eq!(desk.desks.slip(&other, slip).await, Err(Error::NotFound(Kind::Page)));
        }
        let track = desk.stage.entries.receipt(&desk.stage.author(0).await, c).await.expect("the receipt").track;
        assert_eq!(track.iter().filter(|step| step.step == EntryStep::Forward).count(), 1);
    }

    async fn a_reserve_may_move_up_where_one_above_fell_away(app: TestApp) {
        let desk = Desk::new(Stage::with(app, |_, setup| setup.eligibility.max_quota = 1).await).await;
        let [a, b] = desk.entries().await;
        desk.forward(0, &[a], &[b]).await.expect("forwarded, with a reserve");
        assert_eq!(violation(desk.forward(1, &[b], &[]).await), Violation::OverQuota { max: 1 });
        let author = desk.stage.author(0).await;
        let withdraw = WithdrawEntry { key: desk.stage.key(), entry: a, expected: desk.stage.version(a).await, reason: "Rút".into() };
        desk.stage.entries.withdraw(&author, withdraw).await.expect("withdrawn");
        let seen = desk.desks.desk(&desk.first, SLUG.into(), None).await.expect("the desk");
        assert_eq!(seen.todo, [Todo::Look { count: 1 }, Todo::Promote { fallen: 1, reserves: 1 }, Todo::Fill { missing: 1, drafts: 0 }]);
        desk.forward(1, &[b], &[]).await.expect("its place is free");
        assert_eq!(desk.stage.state(b).await, EntryState::Forwarded);
    }

    async fn forwarding_twice_with_one_key_is_forwarding_once(app: TestApp) {
        let desk = Desk::new(Stage::new(app).await).await;
        let [a] = desk.entries().await;
        let command = ForwardEntries {
            key: desk.stage.key(),
            contest: desk.stage.contest,
            unit: desk.stage.scene.communes[0],
            order: Version(0),
            entries: vec![(a, desk.stage.version(a).await)],
            reserves: Vec::new(),
        };
        let first = desk.stage.entries.forward(&desk.first, command.clone()).await.expect("forwarded");
        assert_eq!(desk.stage.entries.forward(&desk.first, command).await, Ok(first));
    }

    async fn one_second_late_is_late(app: TestApp) {
        let desk = Desk::new(Stage::new(app).await).await;
        let [a, b] = desk.entries().await;
        desk.stage.app.clock.set("2025-07-15T23:59:59+07:00");
        desk.forward(0, &[a], &[]).await.expect("the last second counts");
        desk.stage.app.clock.set("2025-07-16T00:00:00+07:00");
        let refused = violation(desk.forward(0, &[b], &[]).await);
        let Violation::DeadlinePassed { milestone, zone, deadline, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((milestone, zone.offset_minutes), (MilestoneCode::UnitForwardDeadline, 420));
        assert_eq!(deadline.to_rfc3339(), "2025-07-15T16:59:59.999999+00:00");
        assert!(matches!(violation(desk.save(&desk.first, 0, &[b], &[]).await), Violation::DeadlinePassed { .. }));
        let seen = desk.desks.desk(&desk.first, SLUG.into(), None).await.expect("still readable");
        assert_eq!((seen.open, seen.todo), (false, vec![Todo::Done { forwarded: 1 }]));
    }

    async fn the_organiser_sees_every_unit_before_the_deadline(app: TestApp) {
        let desk = Desk::new(Stage::with(app, |_, setup| setup.eligibility.min_quota = 2).await).await;
        let [a, b] = desk.entries().await;
        desk.stage.begin(&desk.stage.author(2).await).await;
        desk.save(&desk.first, 0, &[a], &[b]).await.expect("a list");
        let all = desk.units(UnitsFilter::default()).await.expect("the organiser's list");
        let lines: Vec<_> = all.units.iter().map(|unit| (unit.name.as_str(), unit.drafts, unit.submitted, unit.listed, unit.reserves, unit.forwarded, unit.missing)).collect();
        assert_eq!(lines, [("Xã An", 0, 2, 1, 1, 0, 2), ("Xã Bình", 1, 0, 0, 0, 0, 2)]);
        assert_eq!(all.units[0].coordinators, ["Đỗ Đầu Mối 1", "Nguyễn Tác Giả 12"]);
        assert!(all.units[1].last_activity.is_some());
        assert_eq!((all.below, all.all, all.total), (2, 2, 2));

        let keep = KeepBack { key: desk.stage.key(), entry: b, expected: desk.stage.version(b).await, reason: "Trùng".into() };
        desk.stage.entries.keep_back(&desk.first, keep).await.expect("kept back");
        let all = desk.units(UnitsFilter::default()).await.expect("the list again");
        assert_eq!((all.units[0].listed, all.units[0].reserves), (1, 0), "what left the list is not counted on it");
        let up = TakeUp { key: desk.stage.key(), entry: b, expected: desk.stage.version(b).await, reason: "Xem lại".into() };
        desk.desks.take_up(&desk.first, up).await.expect("taken up");
        desk.forward(1, &[a, b], &[]).await.expect("forwarded");
        let below = UnitsFilter { below: true, ..UnitsFilter::default() };
        let below = desk.units(below).await.expect("those below the quota");
        assert_eq!(below.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["Xã Bình"]);
        assert_eq!((below.below, below.all), (1, 2));
        let sorted = UnitsFilter { sort: UnitSort::Forwarded, descending: true, query: "xa".into(), ..UnitsFilter::default() };
        let sorted = desk.units(sorted).await.expect("sorted and searched without diacritics");
        assert_eq!(sorted.units.iter().map(|unit| (unit.forwarded, unit.slips.len())).collect::<Vec<_>>(), [(2, 1), (0, 0)]);
        let nothing = desk.units(UnitsFilter { page: 9, ..UnitsFilter::default() }).await.expect("an empty page");
        assert_eq!((nothing.units.len(), nothing.total), (0, 2));
        for other in [&desk.first, &Actor::Anonymous] {
            let refused = desk.desks.units(other, SLUG.into(), UnitsFilter::default()).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        }
    }
}
