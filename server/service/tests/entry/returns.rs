//! What a unit asks to be mended: comments beside fields, ticked off by the author, compared with what came back.

use contract::entry::{EntryService, ReturnEntry};
use contract::error::FieldProblem;
use contract::unit::{MendNote, ReturnsView, UnitService};
use contract::{Error, Kind};
use rules::Violation;
use rules::account::{Actor, Denied};
use rules::entry::{EntryField, StatementSection};
use rules::event::Event;
use rules::id::EntryId;
use rules::unit::{NOTE_MAX, ReturnNote, notes_hash};
use service::entry::UnitDesks;
use testkit::{TestApp, db_tests};

use crate::stage::{Stage, statement, topic, violation};

const TITLE: &str = "Giải pháp cần sửa nhiều chỗ";

fn note(field: EntryField, text: &str) -> ReturnNote {
    ReturnNote {
        field,
        text: text.into(),
    }
}

impl Stage {
    async fn returned(&self, entry: EntryId, notes: Vec<ReturnNote>) -> contract::Result<()> {
        let command = ReturnEntry {
            key: self.key(),
            entry,
            expected: self.version(entry).await,
            reason: "Đề nghị sửa các mục có ghi chú".into(),
            due: None,
            notes,
        };
        self.entries
            .return_entry(&self.coordinator(0).await, command)
            .await
    }

    async fn tick(
        &self,
        actor: &Actor,
        entry: EntryId,
        ordinal: u32,
        mended: bool,
    ) -> contract::Result<ReturnsView> {
        let command = MendNote {
            key: self.key(),
            entry,
            revision: 1,
            ordinal,
            mended,
        };
        UnitDesks::new(self.app.ctx.clone()).mend(actor, command).await
    }
}

db_tests! {
    async fn comments_reach_the_author_beside_their_fields(app: TestApp) {
        let stage = Stage::new(app).await;
        let desks = UnitDesks::new(stage.app.ctx.clone());
        let (author, coordinator) = (stage.author(0).await, stage.coordinator(0).await);
        let entry = stage.submitted(&author, TITLE).await;
        let effect = EntryField::Section(StatementSection::Effect);
        let notes = vec![note(EntryField::Title, " Nêu rõ địa bàn "), note(effect.clone(), "Ghi cách tính"), note(EntryField::Scope, "  ")];
        stage.returned(entry, notes).await.expect("returned with comments");

        let view = desks.returns(&author, entry).await.expect("the author reads them");
        let back = &view.returns[0];
        let seen: Vec<_> = back.notes.iter().map(|note| (note.ordinal, note.field.clone(), note.text.as_str(), note.changed)).collect();
        assert_eq!(seen, [(1, EntryField::Title, "Nêu rõ địa bàn", None), (2, effect.clone(), "Ghi cách tính", None)]);
        assert_eq!((view.can_mend, back.revision, back.reason.as_str(), back.resubmitted_at), (true, 1, "Đề nghị sửa các mục có ghi chú", None));

        // the ledger knows which fields and the hash of the words, not the words
        let written = stage.events().await.into_iter().find_map(|event| match event {
            Event::EntryAnnotated { entry, revision, fields, notes_hash } => Some((entry, revision, fields, notes_hash)),
            _ => None,
        });
        let kept = [note(EntryField::Title, "Nêu rõ địa bàn"), note(effect, "Ghi cách tính")];
        let hash = notes_hash(&kept).expect("canonical").to_string();
        assert_eq!(written, Some((entry, 1, vec!["title".to_owned(), "section:effect".to_owned()], hash)));

        // ticked off, and taken back
        let ticked = stage.tick(&author, entry, 2, true).await.expect("ticked off");
        assert!(ticked.returns[0].notes[1].mended_at.is_some() && ticked.returns[0].notes[0].mended_at.is_none());
        stage.tick(&author, entry, 2, false).await.expect("taken back");
        stage.tick(&author, entry, 1, true).await.expect("the other one");
        assert_eq!(stage.tick(&author, entry, 3, true).await, Err(Error::NotFound(Kind::Entry)));
        assert_eq!(stage.tick(&coordinator, entry, 1, true).await, Err(Error::NotFound(Kind::Entry)));

        // the author mends one of two and hands the entry in again; the desk sees which
        stage.save(&author, entry, topic("Giải pháp cần sửa nhiều chỗ tại xã An")).await.expect("mended");
        stage.submit(&author, entry).await.expect("handed in again");
        let view = desks.returns(&coordinator, entry).await.expect("the unit reads them");
        let changed: Vec<Option<bool>> = view.returns[0].notes.iter().map(|note| note.changed).collect();
        assert_eq!((changed, view.can_mend), (vec![Some(true), Some(false)], false));
        assert!(view.returns[0].resubmitted_at.is_some());
        let answered = stage.tick(&author, entry, 2, true).await;
        assert!(matches!(answered, Err(Error::Rule(Violation::EntryStep { .. }))), "{answered:?}");
        for (actor, answer) in [
            (stage.coordinator(1).await, Error::NotFound(Kind::Entry)),
            (stage.author(2).await, Error::NotFound(Kind::Entry)),
            (Actor::Anonymous, Error::Denied(Denied::SignInRequired)),
        ] {
            assert_eq!(desks.returns(&actor, entry).await, Err(answer));
        }
    }

    async fn a_second_return_stands_beside_the_first(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.submitted(&author, TITLE).await;
        stage.returned(entry, vec![note(EntryField::Attachments, "Thiếu hình ảnh")]).await.expect("returned");
        stage.save(&author, entry, statement("Nội dung đã sửa")).await.expect("mended");
        stage.submit(&author, entry).await.expect("handed in again");
        stage.returned(entry, Vec::new()).await.expect("returned once more");
        let view = UnitDesks::new(stage.app.ctx.clone()).returns(&author, entry).await.expect("both");
        let seen: Vec<_> = view.returns.iter().map(|back| (back.revision, back.notes.len())).collect();
        assert_eq!(seen, [(2, 0), (1, 1)]);
        assert_eq!(view.returns[1].notes[0].changed, None, "no new file, and nobody can tell more");
        let annotated = stage.events().await.into_iter().filter(|event| matches!(event, Event::EntryAnnotated { .. }));
        assert_eq!(annotated.count(), 1, "a return without comments annotates nothing");
    }

    async fn a_comment_too_long_is_refused_beside_its_field(app: TestApp) {
        let stage = Stage::new(app).await;
        let entry = stage.submitted(&stage.author(0).await, TITLE).await;
        let long = "a".repeat(NOTE_MAX as usize + 1);
        let refused = stage.returned(entry, vec![note(EntryField::Section(StatementSection::Purpose), &long)]).await;
        assert_eq!(refused, Err(Error::field("notes[section:purpose]", FieldProblem::TooLong { max: NOTE_MAX })));
        let twice = stage.returned(entry, vec![note(EntryField::Title, "a"), note(EntryField::Title, "b")]).await;
        assert_eq!(twice, Err(Error::field("notes[title]", FieldProblem::Taken)));
        let hidden = stage.returned(entry, vec![note(EntryField::Title, "a\u{202e}b")]).await;
        assert_eq!(hidden, Err(Error::field("notes[title]", FieldProblem::Malformed)));
        assert_eq!(stage.row(entry).await.reason, None, "nothing half-done");
        let many = (0..100).map(|index| note(EntryField::AuthorName(index), "x")).collect();
        assert!(matches!(stage.returned(entry, many).await, Err(Error::Invalid(_))));
        stage.app.clock.set("2025-07-16T00:00:00+07:00");
        assert!(matches!(violation(stage.returned(entry, Vec::new()).await), Violation::DeadlinePassed { .. }));
    }
}
