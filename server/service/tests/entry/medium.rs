//! The medium of IT, image and video entries: a file, or a copy that comes by hand.

use contract::entry::{EntryService, ForwardEntries, StepContent};
use contract::file::{FileService, PromiseCopy, ReceiveCopy};
use contract::{Error, Kind, Result};
use rules::Violation;
use rules::account::Actor;
use rules::contest::ContestPhase;
use rules::entry::{EntryProblem, EntryState};
use rules::event::Event;
use rules::id::{EntryId, Version};
use service::file::Files;
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, gaps, statement, topic, violation};

impl Stage {
    async fn promise(&self, actor: &Actor, entry: EntryId, promised: bool) -> Result<()> {
        let command = PromiseCopy {
            key: self.key(),
            entry,
            promised,
        };
        Files::new(self.app.ctx.clone())
            .promise_copy(actor, command)
            .await
    }

    async fn receive(&self, actor: &Actor, entry: EntryId, expected: Version, received: bool) -> Result<()> {
        let command = ReceiveCopy {
            key: self.key(),
            entry,
            expected,
            received,
        };
        Files::new(self.app.ctx.clone())
            .receive_copy(actor, command)
            .await
    }
}

db_tests! {
    async fn a_promised_copy_lets_an_entry_in_and_a_received_one_lets_it_through(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.categories[0].medium_required = true).await;
        let (author, organiser) = (stage.author(0).await, stage.organiser().await);
        let entry = stage.begin(&author).await;
        let steps = [
            topic("Phần mềm một cửa điện tử"),
            statement("Nội dung"),
            StepContent::Declaration { accepted: Some(1) },
        ];
        for step in steps {
            stage.save(&author, entry, step).await.expect("saved");
        }
        let missing = gaps(stage.submit(&author, entry).await);
        assert!(matches!(&missing[..], [gap] if gap.problem == EntryProblem::MediumMissing));
        assert_eq!(stage.promise(&stage.author(1).await, entry, true).await, Err(Error::NotFound(Kind::Entry)));
        stage.promise(&author, entry, true).await.expect("said");
        let draft = stage.entries.draft(&author, entry).await.expect("the draft");
        assert!(draft.files.copy.promised && draft.gaps.is_empty(), "{:?}", draft.gaps);
        stage.promise(&author, entry, false).await.expect("taken back");
        assert_eq!(gaps(stage.submit(&author, entry).await), missing);
        stage.promise(&author, entry, true).await.expect("said again");
        let early = stage.receive(&organiser, entry, stage.version(entry).await, true).await;
        assert_eq!(early, Err(Error::NotFound(Kind::Entry)), "a draft is on nobody's desk");
        stage.submit(&author, entry).await.expect("submitted on the promise");

        let coordinator = stage.coordinator(0).await;
        let unit = stage.scene.communes[0];
        let command = ForwardEntries {
            key: stage.key(), contest: stage.contest, unit, order: Version(0), entries: vec![(entry, stage.version(entry).await)], reserves: Vec::new() };
        stage.entries.forward(&coordinator, command).await.expect("forwarded");
        let detail = stage.entries.detail(&organiser, entry).await.expect("on the desk");
        assert!(detail.medium.required && !detail.medium.attached && detail.medium.can_receive, "{:?}", detail.medium);
        assert_eq!(violation(stage.accept(entry).await), Violation::MediumMissing);
        assert_eq!(stage.state(entry).await, EntryState::EligibilityCheck);

        let version = stage.version(entry).await;
        assert!(matches!(stage.receive(&coordinator, entry, version, true).await, Err(Error::Denied(_))));
        let stale = stage.receive(&organiser, entry, Version(version.0 - 1), true).await;
        assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
        stage.receive(&organiser, entry, version, true).await.expect("came");
        stage.receive(&organiser, entry, version.next(), false).await.expect("a mistake");
        assert_eq!(violation(stage.accept(entry).await), Violation::MediumMissing);
        stage.receive(&organiser, entry, stage.version(entry).await, true).await.expect("came after all");
        stage.accept(entry).await.expect("accepted");
        let marks: Vec<bool> = stage.events().await.into_iter().filter_map(|event| match event {
            Event::MediumReceived { received, .. } => Some(received),
            _ => None,
        }).collect();
        assert_eq!(marks, [true, false, true]);
        let seen = stage.entries.detail(&organiser, entry).await.expect("on the desk").medium.copy;
        assert!(seen.promised && seen.received_at.is_some(), "{seen:?}");
        stage.phase(ContestPhase::Judging).await;
        let late = stage.receive(&organiser, entry, stage.version(entry).await, false).await;
        assert!(matches!(late, Err(Error::Denied(_))), "{late:?}");
    }
}
