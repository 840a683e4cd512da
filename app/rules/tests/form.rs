//! The contest's own questions: who is asked, what an answer must be, what may change while authors write.

use rules::contest::{Category, ContestSetup, Preset, SetupProblem, SetupSection, preset};
use rules::entry::{
    AmendProblem, Answer, Answers, EntryContent, EntryField, EntryGap, EntryProblem, FieldCondition,
    FieldKind, FieldOption, FormChange, FormField, FormProblem, FormVersion, Maturity, Quantity, Step,
    Wording,
};

pub(crate) fn field(code: &str, kind: FieldKind) -> FormField {
    FormField {
        code: code.to_owned(),
        label: Wording::vi(format!("Câu hỏi {code}")),
        kind,
        ..FormField::default()
    }
}

pub(crate) fn when(field: &str, value: Option<&str>) -> Option<FieldCondition> {
    Some(FieldCondition {
        field: field.to_owned(),
        value: value.map(str::to_owned),
    })
}

pub(crate) fn choice(codes: &[&str], multiple: bool) -> FieldKind {
    let option = |code: &&str| FieldOption {
        code: (*code).to_owned(),
        label: Wording::vi(format!("Lựa chọn {code}")),
    };
    FieldKind::Choice {
        options: codes.iter().map(option).collect(),
        multiple,
    }
}

pub(crate) fn number(min: Option<i64>, max: Option<i64>, decimals: u8) -> FieldKind {
    FieldKind::Number {
        min: min.map(Quantity::whole),
        max: max.map(Quantity::whole),
        decimals,
        unit: "triệu đồng".to_owned(),
    }
}

fn answered(pairs: &[(&str, &str)]) -> EntryContent {
    let pairs = pairs
        .iter()
        .map(|(code, typed)| ((*code).to_owned(), (*typed).to_owned()));
    EntryContent {
        answers: Answers(pairs.collect()),
        ..EntryContent::default()
    }
}

pub(crate) fn visible(form: &FormVersion, content: &EntryContent) -> Vec<String> {
    form.visible(content).map(|field| field.code.clone()).collect()
}

/// Yes or no → a text → asked with the text, as a chain.
fn chain() -> FormVersion {
    FormVersion::first(vec![
        field("used", FieldKind::YesNo),
        FormField {
            when: when("used", Some("yes")),
            ..field("place", FieldKind::Text { max: 10 })
        },
        FormField {
            when: when("place", None),
            ..field("result", FieldKind::LongText { max: 100 })
        },
    ])
}

#[test]
fn a_question_follows_the_answer_it_hangs_on() {
    let form = chain();
    assert_eq!(visible(&form, &answered(&[])), ["used"]);
    assert_eq!(visible(&form, &answered(&[("used", "no")])), ["used"]);
    assert_eq!(visible(&form, &answered(&[("used", "yes")])), ["used", "place"]);
    let all = answered(&[("used", "yes"), ("place", "Xã An")]);
    assert_eq!(visible(&form, &all), ["used", "place", "result"]);
    // hidden with what it hangs on, though its own condition still holds
    let hidden = answered(&[("used", "no"), ("place", "Xã An")]);
    assert_eq!(visible(&form, &hidden), ["used"]);
    // an answer that cannot be read is no answer
    let unread = answered(&[("used", "yes"), ("place", "dài hơn mười chữ")]);
    assert_eq!(visible(&form, &unread), ["used", "place"]);
}

#[test]
fn category_maturity_and_chosen_options_decide_too() {
    let form = FormVersion::first(vec![
        FormField {
            categories: vec!["C2".to_owned()],
            ..field("a", FieldKind::Date)
        },
        FormField {
            maturities: vec![Maturity::Piloted, Maturity::Applied],
            ..field("b", FieldKind::Date)
        },
        field("c", choice(&["o1", "o2", "o3"], true)),
        FormField {
            when: when("c", Some("o2")),
            ..field("d", FieldKind::Date)
        },
    ]);
    assert_eq!(visible(&form, &EntryContent::default()), ["c"]);
    let content = EntryContent {
        category: Some("C2".to_owned()),
        maturity: Some(Maturity::Applied),
        ..answered(&[("c", "o1 o2")])
    };
    assert_eq!(visible(&form, &content), ["a", "b", "c", "d"]);
    assert_eq!(visible(&form, &answered(&[("c", "o1 o3")])), ["c"]);
}

#[test]
fn the_step_is_there_only_where_something_is_asked() {
    let blank = FormVersion::default();
    let content = EntryContent::default();
    assert!(!Step::applicable(&blank, &content).contains(&Step::Form));
    let form = FormVersion::first(vec![FormField {
        categories: vec!["C1".to_owned()],
        ..field("a", FieldKind::Date)
    }]);
    let without = Step::applicable(&form, &content);
    assert_eq!(Step::Statement.next(&without), Some(Step::Attachments));
    let content = EntryContent {
        category: Some("C1".to_owned()),
        ..content
    };
    let with = Step::applicable(&form, &content);
    assert_eq!(Step::Statement.next(&with), Some(Step::Form));
    assert_eq!(Step::Attachments.previous(&with), Some(Step::Form));
    assert_eq!(Step::Review.next(&with), None);
    for step in Step::ALL {
        assert_eq!(Step::from_slug(step.slug()), Some(step));
    }
}

#[test]
fn an_answer_is_read_by_its_kind_or_named_as_a_gap() {
    let read = |kind: FieldKind, typed: &str| field("a", kind).read(typed);
    let cost = || number(Some(0), Some(1000), 1);
    assert_eq!(
        read(cost(), " 1.000 "),
        Ok(Some(Answer::Number(Quantity::whole(1000), "triệu đồng".into())))
    );
    assert_eq!(read(cost(), "  "), Ok(None));
    assert_eq!(read(cost(), "nhiều"), Err(EntryProblem::NotANumber));
    assert_eq!(
        read(cost(), "12,55"),
        Err(EntryProblem::TooManyDecimals { max: 1 })
    );
    let (min, max) = (Quantity(0), Quantity::whole(1000));
    assert_eq!(read(cost(), "-1"), Err(EntryProblem::BelowMin { min }));
    assert_eq!(read(cost(), "1000,1"), Err(EntryProblem::AboveMax { max }));
    assert_eq!(
        read(FieldKind::Text { max: 3 }, "dài quá"),
        Err(EntryProblem::TooLong { max: 3 })
    );
    assert_eq!(read(FieldKind::Date, "31/02/2025"), Err(EntryProblem::NotADate));
    assert_eq!(read(FieldKind::YesNo, "yes"), Ok(Some(Answer::YesNo(true))));
    assert_eq!(read(FieldKind::YesNo, "có lẽ"), Err(EntryProblem::Unknown));
    let one = || choice(&["o1", "o2"], false);
    assert_eq!(read(one(), "o1 o2"), Err(EntryProblem::Unknown));
    assert_eq!(read(one(), "o9"), Err(EntryProblem::Unknown));
    let both = Answer::Choice(vec![Wording::vi("Lựa chọn o1"), Wording::vi("Lựa chọn o2")]);
    assert_eq!(read(choice(&["o1", "o2"], true), "o2 o1"), Ok(Some(both)));
}

#[test]
fn only_questions_that_are_asked_can_be_missing() {
    let mut form = chain();
    for field in &mut form.fields {
        field.required = true;
    }
    let gap = |code: &str, problem| EntryGap {
        field: EntryField::Answer(code.to_owned()),
        problem,
    };
    assert_eq!(form.gaps(&answered(&[])), [gap("used", EntryProblem::Missing)]);
    assert_eq!(form.gaps(&answered(&[("used", "no")])), []);
    assert_eq!(
        form.gaps(&answered(&[("used", "yes")])),
        [gap("place", EntryProblem::Missing)]
    );
    assert_eq!(gap("place", EntryProblem::Missing).field.step(), Step::Form);
}

#[test]
fn judges_are_not_shown_what_could_tell_the_author() {
    let mut form = chain();
    form.fields[1].hidden_from_judges = true;
    let content = answered(&[("used", "yes"), ("place", "Xã An"), ("result", "**Tốt**")]);
    let codes = |lines: Vec<rules::entry::AnswerLine>| -> Vec<String> {
        lines.into_iter().map(|line| line.code).collect()
    };
    assert_eq!(codes(form.lines(&content)), ["used", "place", "result"]);
    assert_eq!(codes(form.lines_for_judges(&content)), ["used", "result"]);
}

#[test]
fn a_form_that_cannot_be_asked_is_named_field_by_field() {
    let problems = |fields: Vec<FormField>| -> Vec<(usize, FormProblem)> {
        let categories = [Category {
            code: "C1".to_owned(),
            ..Category::default()
        }];
        let issues = FormVersion::first(fields).issues(&categories);
        issues.iter().map(|issue| (issue.field, issue.problem)).collect()
    };
    assert_eq!(problems(chain().fields), []);
    let mut ring = chain().fields;
    ring[0].when = when("result", None);
    assert_eq!(
        problems(ring),
        [
            (0, FormProblem::Ring),
            (1, FormProblem::Ring),
            (2, FormProblem::Ring)
        ]
    );
    let itself = FormField {
        when: when("a", Some("yes")),
        ..field("a", FieldKind::YesNo)
    };
    assert_eq!(problems(vec![itself]), [(0, FormProblem::Ring)]);
    let bad = vec![
        FormField {
            label: Wording::default(),
            ..field("a", FieldKind::Date)
        },
        field("a", number(Some(5), Some(1), 0)),
        field("C D", choice(&["o1"], false)),
        field("d", choice(&["o1", "o1"], true)),
        FormField {
            categories: vec!["C9".to_owned()],
            ..field("e", FieldKind::Text { max: 0 })
        },
        FormField {
            when: when("a", Some("yes")),
            ..field("f", FieldKind::Date)
        },
        FormField {
            when: when("gone", None),
            ..field("g", number(None, None, 3))
        },
    ];
    assert_eq!(
        problems(bad),
        [
            (0, FormProblem::LabelMissing),
            (1, FormProblem::CodeTwice),
            (1, FormProblem::Range),
            (2, FormProblem::Code),
            (2, FormProblem::TooFewOptions),
            (3, FormProblem::Options),
            (4, FormProblem::Length { most: 500 }),
            (4, FormProblem::Category),
            (5, FormProblem::Condition),
            (6, FormProblem::Decimals),
            (6, FormProblem::Condition),
        ]
    );
}

#[test]
fn an_unfinished_form_keeps_the_contest_from_opening() {
    let mut setup = ContestSetup {
        form: chain(),
        ..ContestSetup::default()
    };
    let of_form = |setup: &ContestSetup| -> Vec<SetupProblem> {
        let gaps = setup.gaps(&[], chrono::DateTime::UNIX_EPOCH).into_iter();
        gaps.filter(|gap| gap.section == SetupSection::Form)
            .map(|gap| gap.problem)
            .collect()
    };
    assert_eq!(of_form(&setup), []);
    setup.form.fields[0].label = Wording::default();
    setup.form.fields[1].kind = choice(&[], false);
    assert_eq!(
        of_form(&setup),
        [SetupProblem::Missing, SetupProblem::FormInvalid]
    );
}

#[test]
fn words_and_optional_questions_may_change_while_authors_write() {
    let old = FormVersion::first(vec![
        FormField {
            required: true,
            ..field("a", number(Some(0), Some(100), 1))
        },
        field("b", choice(&["o1", "o2"], false)),
    ]);
    let mut fields = old.fields.clone();
    fields[0].required = false;
    fields[0].label = Wording::vi("Kinh phí");
    fields[0].kind = number(Some(0), None, 2);
    fields[1].kind = choice(&["o2", "o1", "o3"], true);
    fields[1].hidden_from_judges = true;
    fields.insert(0, field("c", FieldKind::Date));
    let new = old.rewritten(fields, true);
    assert_eq!((new.version, old.refusals(&new)), (2, Vec::new()));
    let label = |code: &str| Wording::vi(format!("Câu hỏi {code}"));
    assert_eq!(
        old.changes(&new),
        [
            FormChange::Added { label: label("c") },
            FormChange::Relabelled {
                from: label("a"),
                to: Wording::vi("Kinh phí")
            },
            FormChange::MadeOptional {
                label: Wording::vi("Kinh phí")
            },
            FormChange::Widened {
                label: Wording::vi("Kinh phí")
            },
            FormChange::Widened { label: label("b") },
        ]
    );
    assert_eq!(
        old.rewritten(old.fields.clone(), true),
        old,
        "nothing changed, no version"
    );
}

#[test]
fn what_would_spoil_an_answer_is_refused() {
    let old = FormVersion::first(vec![
        field("a", number(None, Some(100), 1)),
        field("b", choice(&["o1", "o2"], true)),
        FormField {
            hidden_from_judges: true,
            ..field("c", FieldKind::Text { max: 100 })
        },
        field("d", FieldKind::YesNo),
    ]);
    let refused = |change: fn(&mut Vec<FormField>)| -> Vec<AmendProblem> {
        let mut fields = old.fields.clone();
        change(&mut fields);
        let refusals = old.refusals(&old.rewritten(fields, true));
        refusals.into_iter().map(|refusal| refusal.problem).collect()
    };
    assert_eq!(refused(|fields| drop(fields.remove(3))), [AmendProblem::Removed]);
    assert_eq!(
        refused(|fields| fields[3].kind = FieldKind::Date),
        [AmendProblem::KindChanged]
    );
    assert_eq!(
        refused(|fields| fields[0].required = true),
        [AmendProblem::MadeRequired]
    );
    let tightened = [AmendProblem::LimitTightened];
    assert_eq!(
        refused(|fields| fields[0].kind = number(None, Some(99), 1)),
        tightened
    );
    assert_eq!(
        refused(|fields| fields[0].kind = number(Some(0), Some(100), 1)),
        tightened
    );
    assert_eq!(
        refused(|fields| fields[0].kind = number(None, Some(100), 0)),
        tightened
    );
    assert_eq!(
        refused(|fields| fields[1].kind = choice(&["o1", "o2"], false)),
        tightened
    );
    assert_eq!(
        refused(|fields| fields[2].kind = FieldKind::Text { max: 99 }),
        tightened
    );
    let removed = [AmendProblem::OptionRemoved];
    assert_eq!(
        refused(|fields| fields[1].kind = choice(&["o1", "o3"], true)),
        removed
    );
    let others = [AmendProblem::AskedOfOthers];
    assert_eq!(
        refused(|fields| fields[2].categories = vec!["C1".to_owned()]),
        others
    );
    assert_eq!(refused(|fields| fields[2].when = when("d", Some("yes"))), others);
    let shown = [AmendProblem::ShownToJudges];
    assert_eq!(refused(|fields| fields[2].hidden_from_judges = false), shown);
    let compulsory = |fields: &mut Vec<FormField>| {
        fields.push(FormField {
            required: true,
            ..field("e", FieldKind::Date)
        });
    };
    assert_eq!(refused(compulsory), [AmendProblem::MadeRequired]);
}

#[test]
fn before_opening_there_is_one_version() {
    let blank = FormVersion::default();
    let first = blank.rewritten(chain().fields, false);
    assert_eq!(first.version, 1);
    let mut fields = first.fields.clone();
    fields.truncate(1);
    assert_eq!(first.rewritten(fields, false).version, 1);
    assert!(first.rewritten(Vec::new(), false).is_blank());
}

#[test]
fn a_form_leaves_no_trace_where_there_is_none() {
    let setup = serde_json::to_value(preset(Preset::Agency)).unwrap();
    assert!(
        setup.get("form").is_none(),
        "the hash of a set-up without a form is unchanged"
    );
    let content = serde_json::to_value(EntryContent::default()).unwrap();
    assert!(content.get("answers").is_none() && content.get("form_version").is_none());
    let district = preset(Preset::District);
    assert_eq!(district.form.issues(&district.categories), []);
    let back: ContestSetup = serde_json::from_value(serde_json::to_value(&district).unwrap()).unwrap();
    assert_eq!(back, district);
}

#[test]
fn no_question_asks_for_an_id_card_number() {
    let asks = |label: &str, kind: FieldKind| {
        let form = FormVersion {
            fields: vec![FormField {
                label: Wording::vi(label.to_owned()),
                ..field("a", kind)
            }],
            ..FormVersion::default()
        };
        form.issues(&[])
            .iter()
            .any(|issue| issue.problem == FormProblem::AsksForIdCard)
    };
    let line = FieldKind::Text { max: 100 };
    for label in [
        "Số CCCD",
        "Số căn cước công dân của tác giả",
        "CMND (số)",
        "ID card number",
    ] {
        assert!(asks(label, line.clone()), "{label}");
    }
    for label in ["Số quyết định công nhận", "Giải pháp có dùng thẻ căn cước không?"] {
        assert!(!asks(label, line.clone()), "{label}");
    }
    assert!(!asks("Có tích hợp số căn cước công dân không?", FieldKind::YesNo));
}
