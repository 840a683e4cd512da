//! The contest's own questions: answered, checked, shown, and amended while authors write.

use contract::contest::{ContestService, SaveSetup, SectionContent};
use contract::entry::{EntryService, ReturnEntry, StepContent};
use contract::error::FieldProblem;
use contract::{Error, Result};
use rules::Violation;
use rules::account::Denied;
use rules::contest::{ContestPhase, SetupSection};
use rules::entry::{
    AmendProblem, Answer, Answers, EntryField, EntryProblem, FieldKind, FormChange, FormField, Quantity,
    Wording,
};
use rules::event::Event;
use rules::id::Version;
use service::contest::Contests;
use testkit::{TestApp, db_tests};

use crate::stage::{SLUG, Stage, gaps, topic, violation};

/// Answers to the questions of the district's preset.
fn answers(pairs: &[(&str, &str)]) -> StepContent {
    let pairs = pairs
        .iter()
        .map(|(code, typed)| ((*code).to_owned(), (*typed).to_owned()));
    StepContent::Form {
        answers: Answers(pairs.collect()),
    }
}

/// Puts other questions in place of the stored ones.
async fn amend(stage: &Stage, change: impl FnOnce(&mut Vec<FormField>)) -> Result<Version> {
    let contests = Contests::new(stage.app.ctx.clone());
    let organiser = stage.organiser().await;
    let view = contests
        .setup(&organiser, SLUG.to_owned())
        .await
        .expect("the set-up");
    let mut fields = view.setup.form.fields;
    change(&mut fields);
    let content = SectionContent::Form { fields };
    let save = SaveSetup {
        key: stage.key(),
        contest: stage.contest,
        expected: view.version,
        content,
    };
    contests.save_setup(&organiser, save).await
}

fn note() -> FormField {
    FormField {
        code: "note".into(),
        label: Wording::vi("Ghi chú"),
        kind: FieldKind::Text { max: 100 },
        ..FormField::default()
    }
}

db_tests! {
    async fn answers_are_saved_question_by_question(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp có câu hỏi thêm").await;
        let draft = stage.entries.draft(&author, entry).await.expect("the draft");
        assert_eq!((draft.form.version, draft.content.form_version, draft.form.fields.len()), (1, 0, 3));
        stage.save(&author, entry, answers(&[("budget", "1.250,5"), ("applied_elsewhere", "no")])).await.expect("saved");
        // NFD and hidden characters are made good; line ends of one-line answers go
        let saved = stage.save(&author, entry, answers(&[("budget", "  12,5\n"), ("where_applied", "Xa\u{303} An\r\n- một")])).await;
        assert_eq!(saved.expect("saved").gaps, []);
        let content = stage.row(entry).await.content;
        assert_eq!(content.answers.get("budget"), "12,5");
        assert_eq!(content.answers.get("applied_elsewhere"), "no", "what is not named stays");
        assert_eq!(content.answers.get("where_applied"), "Xã An\n- một", "kept though it is not asked now");
        assert_eq!(content.form_version, 1);
        stage.save(&author, entry, answers(&[("budget", " ")])).await.expect("saved");
        assert!(!stage.row(entry).await.content.answers.0.contains_key("budget"), "an empty answer takes it back");
    }

    async fn an_answer_that_cannot_be_read_is_kept_and_named(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp ghi sai kinh phí").await;
        let saved = stage.save(&author, entry, answers(&[("budget", "rất nhiều"), ("applied_elsewhere", "yes")])).await;
        let found = saved.expect("nothing typed is lost").gaps;
        let found: Vec<_> = found.into_iter().map(|gap| (gap.field, gap.problem)).collect();
        let answer = |code: &str| EntryField::Answer(code.to_owned());
        let expected = [
            (answer("budget"), EntryProblem::NotANumber),
            (answer("where_applied"), EntryProblem::Missing),
        ];
        assert_eq!(found, expected);
        assert_eq!(gaps(stage.submit(&author, entry).await).len(), 2);
        assert_eq!(stage.row(entry).await.content.answers.get("budget"), "rất nhiều");

        let unknown = gaps(stage.save(&author, entry, answers(&[("not_asked", "x")])).await);
        assert_eq!((&unknown[0].field, &unknown[0].problem), (&answer("not_asked"), &EntryProblem::Unknown));
        let long = gaps(stage.save(&author, entry, answers(&[("where_applied", &"a".repeat(20_001))])).await);
        assert_eq!(long[0].problem, EntryProblem::TooLong { max: 20_000 });
        let stranger = stage.author(1).await;
        let stolen = stage.save(&stranger, entry, answers(&[("budget", "1")])).await;
        assert_eq!(stolen, Err(Error::NotFound(contract::Kind::Entry)));
    }

    async fn an_entry_shows_the_form_it_was_submitted_with(app: TestApp) {
        let stage = Stage::new(app).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp nộp trước khi sửa mẫu").await;
        let answered = answers(&[("budget", "1.250,5"), ("applied_elsewhere", "yes"), ("where_applied", "**Xã Bình**")]);
        stage.save(&author, entry, answered).await.expect("saved");
        let receipt = stage.submit(&author, entry).await.expect("complete");
        let other = stage.begin(&stage.author(1).await).await;
        stage.save(&stage.author(1).await, other, answers(&[("budget", "3")])).await.expect("saved");

        let label = Wording::vi("Chi phí dự kiến");
        let version = amend(&stage, |fields| {
            fields[0].label = label.clone();
            fields.push(note());
        }).await.expect("words may be mended");
        assert_eq!(version, Version(3), "opening and the amendment raised it");

        // the submitted entry, at its unit
        let detail = stage.entries.detail(&stage.coordinator(0).await, entry).await.expect("the unit reads it");
        let labels: Vec<&str> = detail.answers.iter().map(|line| line.label.vi.as_str()).collect();
        assert_eq!(labels.len(), 3);
        assert_eq!(labels[0], "Kinh phí dự kiến", "its own form, not the new one");
        let number = Answer::Number(Quantity(125_050), "triệu đồng".into());
        assert_eq!(detail.answers[0].answer, Some(number));
        assert_eq!(detail.answers[2].answer, Some(Answer::LongText("**Xã Bình**".into())));
        assert_eq!(stage.entries.receipt(&author, entry).await.expect("a receipt").content_hash, receipt.content_hash);

        // the draft filled in before is told, and keeps its answer
        let draft = stage.entries.draft(&stage.author(1).await, other).await.expect("the draft");
        assert_eq!((draft.form.version, draft.content.answers.get("budget")), (2, "3"));
        let told = [
            FormChange::Relabelled { from: Wording { vi: "Kinh phí dự kiến".into(), en: "Expected cost".into() }, to: label },
            FormChange::Added { label: Wording::vi("Ghi chú") },
        ];
        assert_eq!(draft.form_changes, told);
        stage.save(&stage.author(1).await, other, answers(&[("note", "Đã xem")])).await.expect("saved");
        let draft = stage.entries.draft(&stage.author(1).await, other).await.expect("the draft");
        assert_eq!((draft.form_changes, draft.content.answers.get("budget")), (Vec::new(), "3"));

        // returned, completed and submitted again it shows the form as it is then
        let command = ReturnEntry {
            key: stage.key(),
            entry,
            expected: stage.version(entry).await,
            reason: "Bổ sung ghi chú".into(),
            due: None, notes: Vec::new(),
        };
        stage.entries.return_entry(&stage.coordinator(0).await, command).await.expect("returned");
        stage.save(&author, entry, answers(&[("note", "Không")])).await.expect("saved");
        stage.submit(&author, entry).await.expect("complete");
        let detail = stage.entries.detail(&stage.coordinator(0).await, entry).await.expect("the unit reads it");
        assert_eq!((detail.answers.len(), detail.answers[0].label.vi.as_str()), (4, "Chi phí dự kiến"));
    }

    async fn an_open_contests_form_is_amended_within_limits(app: TestApp) {
        let stage = Stage::new(app).await;
        let refused = amend(&stage, |fields| {
            fields.remove(1);
            fields[0].required = true;
        }).await;
        match violation(refused) {
            Violation::FormInUse { refusals } => {
                let problems: Vec<_> = refusals.iter().map(|refusal| refusal.problem).collect();
                assert_eq!(problems, [AmendProblem::MadeRequired, AmendProblem::Removed]);
            }
            other => panic!("{other:?}"),
        }
        // what is unfinished is named beside its field: nothing half-done reaches authors
        let unfinished = amend(&stage, |fields| fields.push(FormField { label: Wording::default(), ..note() })).await;
        match unfinished {
            Err(Error::Invalid(fields)) => {
                assert_eq!((fields[0].field.as_str(), &fields[0].problem), ("fields.3.label", &FieldProblem::Missing));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(stage.events().await, [], "nothing was recorded");
        amend(&stage, |fields| fields.push(note())).await.expect("an optional question may come");
        let events = stage.events().await;
        assert!(matches!(&events[..], [Event::SetupSaved { section: SetupSection::Form, .. }]), "{events:?}");
        // saved again unchanged: no version of its own
        amend(&stage, |_| {}).await.expect("nothing changes");
        let contests = Contests::new(stage.app.ctx.clone());
        let view = contests.setup(&stage.organiser().await, SLUG.to_owned()).await.expect("the set-up");
        assert_eq!((view.setup.form.version, view.can_amend_form, view.can_edit), (2, true, false));

        // only the form, only its organiser, only while entries are taken
        let content = SectionContent::Categories { categories: view.setup.categories.clone() };
        let save = SaveSetup { key: stage.key(), contest: stage.contest, expected: view.version, content };
        let frozen = contests.save_setup(&stage.organiser().await, save).await;
        assert!(matches!(frozen, Err(Error::Denied(Denied::NotInThisPhase { .. }))), "{frozen:?}");
        let content = SectionContent::Form { fields: view.setup.form.fields.clone() };
        let save = SaveSetup { key: stage.key(), contest: stage.contest, expected: view.version, content };
        let denied = contests.save_setup(&stage.author(0).await, save).await;
        assert_eq!(denied, Err(Error::Denied(Denied::NotYourRole)));
        stage.phase(ContestPhase::Judging).await;
        let late = amend(&stage, |fields| fields[0].help = Wording::vi("Muộn")).await;
        assert!(matches!(late, Err(Error::Denied(Denied::NotInThisPhase { .. }))), "{late:?}");
    }

    async fn a_contest_without_questions_has_no_such_step(app: TestApp) {
        let stage = Stage::with(app, |_, setup| setup.form = rules::entry::FormVersion::default()).await;
        let author = stage.author(0).await;
        let entry = stage.complete(&author, "Giải pháp không có câu hỏi").await;
        stage.save(&author, entry, topic("Giải pháp không có câu hỏi thêm")).await.expect("saved");
        stage.submit(&author, entry).await.expect("complete");
        let row = stage.row(entry).await;
        assert_eq!((row.content.form_version, row.content.answers.is_empty()), (0, true));
        let detail = stage.entries.detail(&stage.coordinator(0).await, entry).await.expect("the unit reads it");
        assert_eq!(detail.answers, []);
        amend(&stage, |fields| fields.push(note())).await.expect("questions may come later");
        let detail = stage.entries.detail(&stage.coordinator(0).await, entry).await.expect("still read");
        assert_eq!(detail.answers, [], "it was complete without them");
    }
}
