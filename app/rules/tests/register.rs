//! Checklist, synonyms, likeness and tables of the organiser's register.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rules::Violation;
use rules::contest::{Exclusion, ExclusionReason};
use rules::entry::StatementSection;
use rules::register::{
    Answer, AutoCheck, Channel, CheckFacts, CheckProblem, CheckStanding, Checklist, Evidence, ImportField,
    ImportKind, ItemAnswer, Likeness, PASSAGE_WORDS, PRINTS_MAX, RoleWord, SearchTerm, TrigramSet,
    fingerprints, index_terms, map_columns, needs_reason, parse_instant, parse_people, passages, role_of,
    search_terms,
};
use rules::time::{Timestamp, Zone};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn facts() -> CheckFacts {
    CheckFacts {
        received_at: at("2025-07-10T09:00:00Z"),
        deadline: Some(at("2025-07-10T16:59:59Z")),
        on_paper: false,
        declaration: Some(2),
        declaration_in_force: 2,
        medium_required: true,
        media: 1,
        excluded: Vec::new(),
        not_admitted: Vec::new(),
        missing_sections: Vec::new(),
    }
}

fn typed(code: &str, answer: Answer, note: &str) -> BTreeMap<String, ItemAnswer> {
    BTreeMap::from([(
        code.to_owned(),
        ItemAnswer {
            answer: Some(answer),
            note: note.to_owned(),
        },
    )])
}

#[test]
fn the_system_answers_with_its_evidence() {
    let good = facts();
    assert_eq!(AutoCheck::Deadline.find(&good).answer, Some(Answer::Yes));
    let last = CheckFacts {
        received_at: at("2025-07-10T16:59:59Z"),
        ..facts()
    };
    assert_eq!(
        AutoCheck::Deadline.find(&last).answer,
        Some(Answer::Yes),
        "the last instant is in time"
    );
    let late = CheckFacts {
        received_at: at("2025-07-10T17:00:00Z"),
        ..facts()
    };
    assert!(matches!(
        AutoCheck::Deadline.find(&late).evidence,
        Evidence::Late { .. }
    ));
    let plain = CheckFacts {
        medium_required: false,
        media: 0,
        ..facts()
    };
    assert_eq!(AutoCheck::Medium.find(&plain).answer, Some(Answer::NotApplicable));
    let bare = CheckFacts { media: 0, ..facts() };
    assert_eq!(AutoCheck::Medium.find(&bare).evidence, Evidence::MediumMissing);
    let old = CheckFacts {
        declaration: Some(1),
        ..facts()
    };
    assert_eq!(AutoCheck::Declaration.find(&old).answer, Some(Answer::No));
    let paper = CheckFacts {
        on_paper: true,
        declaration: None,
        media: 0,
        missing_sections: vec![StatementSection::Effect],
        ..facts()
    };
    for auto in [AutoCheck::Declaration, AutoCheck::Medium, AutoCheck::Statement] {
        assert_eq!(
            auto.find(&paper).answer,
            None,
            "{auto:?}: only the holder of the paper can say"
        );
    }
    let board = CheckFacts {
        excluded: vec![Exclusion {
            full_name: "Người Giả Định".into(),
            reason: ExclusionReason::Jury,
        }],
        ..facts()
    };
    assert_eq!(AutoCheck::Authors.find(&board).answer, Some(Answer::No));
}

#[test]
fn accepting_needs_every_answer_and_rejecting_a_ground() {
    let list = Checklist::usual();
    let findings = list.findings(&facts());
    let none = BTreeMap::new();
    assert_eq!(list.standing(&none, &findings), CheckStanding::Open);
    let Err(Violation::ChecklistIncomplete { open, failing }) = list.may_accept(&none, &findings) else {
        panic!("form and originality are for people to answer");
    };
    assert_eq!((open.len(), failing.len()), (2, 0));
    assert_eq!(
        list.rejection(None, &none, &findings),
        Err(Violation::ReasonRequired)
    );

    let mut answers = typed("form", Answer::Yes, "");
    answers.extend(typed("original", Answer::NotApplicable, ""));
    assert_eq!(list.standing(&answers, &findings), CheckStanding::Complete);
    assert_eq!(list.may_accept(&answers, &findings), Ok(()));

    answers.extend(typed("original", Answer::No, "Đã đạt giải Nhì năm trước."));
    assert_eq!(list.standing(&answers, &findings), CheckStanding::Failing);
    assert!(list.may_accept(&answers, &findings).is_err());
    assert_eq!(
        list.rejection(Some("Không đủ điều kiện."), &answers, &findings)
            .unwrap(),
        "Không đủ điều kiện.\n– Không trùng nội dung, chưa đạt giải ở cuộc thi khác: không đạt. Đã đạt giải Nhì năm trước."
    );
}

#[test]
fn overruling_the_system_needs_a_note() {
    let list = Checklist::usual();
    let late = CheckFacts {
        received_at: at("2025-07-11T00:00:00Z"),
        ..facts()
    };
    let findings = list.findings(&late);
    let silent = typed("deadline", Answer::Yes, " ");
    assert_eq!(
        list.problems(&silent, &findings),
        [("deadline".to_owned(), CheckProblem::NoteMissing)]
    );
    let said = typed("deadline", Answer::Yes, "Bưu điện giao chậm, dấu gửi trước hạn.");
    assert_eq!(list.problems(&said, &findings), []);
    assert_eq!(list.standing(&said, &findings), CheckStanding::Open);
    let long = typed("form", Answer::Yes, &"x".repeat(1_001));
    assert_eq!(
        list.problems(&long, &findings),
        [("form".to_owned(), CheckProblem::NoteTooLong)]
    );
}

#[test]
fn words_that_mean_the_same_are_one_term() {
    let terms = index_terms([
        "Giải pháp ứng dụng công nghệ thông tin tại bộ phận Một cửa",
        "KT-2025-002",
    ]);
    let found = |query: &str| {
        search_terms(query, 8).iter().all(|term| match term {
            SearchTerm::Exact(token) => terms.contains(token),
            SearchTerm::Prefix(start) => terms.iter().any(|term| term.starts_with(start)),
        })
    };
    for query in [
        "đề tài",
        "sáng kiến CNTT",
        "bài dự thi một cửa",
        "cntt",
        "Công nghệ thông tin",
        "thong tin",
        "ung dun",
        "kt-2025-002",
        "2025-002",
        "002",
        "BÀI THI",
        "",
    ] {
        assert!(found(query), "{query}");
    }
    for query in ["TTHC", "dịch vụ công", "025-002", "nghe xa", "=it x"] {
        assert!(!found(query), "{query}");
    }
    assert_eq!(
        search_terms("dịch vụ công trực tuyến", 8),
        [SearchTerm::Exact("=online_service".into())]
    );
    assert_eq!(search_terms("một hai ba bốn", 2).len(), 2, "bounded");
}

#[test]
fn likeness_shows_the_passages_side_by_side() {
    let first = "Trước đây người dân phải đi lại nhiều lần. Giải pháp đưa toàn bộ hồ sơ đất đai lên cổng dịch vụ \
                 công, mỗi bước đều có tin nhắn báo cho người dân biết.";
    let second = "Mục đích khác hẳn. GIẢI PHÁP đưa toàn bộ hồ sơ đất đai lên cổng dịch vụ công – mỗi bước đều có \
                  tin nhắn. Phần sau viết riêng về kinh phí thực hiện.";
    let (a, b) = (TrigramSet::of(first), TrigramSet::of(second));
    let shared = passages(&a, &b, 3);
    assert_eq!(shared.len(), 1);
    assert_eq!(
        shared[0].first,
        "Giải pháp đưa toàn bộ hồ sơ đất đai lên cổng dịch vụ công, mỗi bước đều có tin nhắn"
    );
    assert_eq!(
        shared[0].second,
        "GIẢI PHÁP đưa toàn bộ hồ sơ đất đai lên cổng dịch vụ công – mỗi bước đều có tin nhắn"
    );
    assert_eq!(shared[0].words, 20);
    let overlap = a.overlap(&b);
    assert_eq!(overlap.likeness(), Likeness::Strong);
    let meets = fingerprints(first)
        .iter()
        .any(|print| fingerprints(second).contains(print));
    assert!(meets, "the fingerprints find the candidate");
    let other = TrigramSet::of("Một văn bản hoàn toàn khác nói về chuyện khác với những từ khác");
    assert_eq!(a.overlap(&other).likeness(), Likeness::Slight);
}

#[test]
fn thresholds_are_twenty_and_forty_percent() {
    let overlap = |shared| rules::register::Overlap {
        shared,
        first: 100,
        second: 200,
    };
    let likeness = [19, 20, 39, 40].map(|shared| overlap(shared).likeness());
    assert_eq!(
        likeness,
        [
            Likeness::Slight,
            Likeness::Notable,
            Likeness::Notable,
            Likeness::Strong
        ]
    );
    assert_eq!(
        rules::register::Overlap::default().containment_percent(),
        0,
        "nothing of nothing"
    );
}

#[test]
fn a_passage_is_found_behind_an_earlier_turn_of_the_same_words() {
    let turn = "hồ sơ một cửa";
    let passage = "hồ sơ một cửa được số hoá ngay khi tiếp nhận và trả qua bưu điện";
    let first = TrigramSet::of(passage);
    let text = format!("Về {turn} của xã. Từ nay {passage}.");
    let shared = passages(&first, &TrigramSet::of(&text), 3);
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0].second, passage, "not the turn of phrase before it");
    let turns = passages(
        &TrigramSet::of("một cửa liên thông"),
        &TrigramSet::of("về một cửa liên thông"),
        3,
    );
    assert!(turns.is_empty(), "four words are a turn of phrase");
}

fn some_text() -> impl Strategy<Value = String> {
    proptest::collection::vec("(cải|cách|hành|chính|một|cửa|hồ|sơ|[a-z]{1,4})[,.]?", 0..120)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_text_is_wholly_like_itself(text in some_text()) {
        let set = TrigramSet::of(&text);
        let overlap = set.overlap(&set);
        let whole = if overlap.first == 0 { 0 } else { 100 };
        prop_assert_eq!((overlap.jaccard_percent(), overlap.containment_percent()), (whole, whole));
        prop_assert!(fingerprints(&text).len() <= PRINTS_MAX);
        prop_assert_eq!(fingerprints(&text).is_empty(), overlap.first == 0);
    }

    #[test]
    fn likeness_does_not_depend_on_the_order(a in some_text(), b in some_text()) {
        let (first, second) = (TrigramSet::of(&a), TrigramSet::of(&b));
        let (there, back) = (first.overlap(&second), second.overlap(&first));
        prop_assert_eq!(there.jaccard_percent(), back.jaccard_percent());
        prop_assert_eq!(there.containment_percent(), back.containment_percent());
        prop_assert!(there.jaccard_percent() <= there.containment_percent());
        prop_assert!(there.containment_percent() <= 100);
        for passage in passages(&first, &second, 5) {
            prop_assert!(a.contains(&passage.first) && b.contains(&passage.second));
            prop_assert!(passage.words as usize >= PASSAGE_WORDS);
        }
    }

    #[test]
    fn case_diacritics_and_marks_do_not_matter(text in some_text()) {
        let folded = rules::text::fold(&text).replace('.', " ").to_uppercase();
        prop_assert_eq!(fingerprints(&text), fingerprints(&folded));
    }
}

#[test]
fn columns_are_known_by_their_headings_in_both_languages() {
    let headings = ["STT", "TÊN BÀI DỰ THI", "Tác giả", "title", "Received at", ""].map(str::to_owned);
    assert_eq!(
        map_columns(ImportKind::Entries, &headings),
        [
            None,
            Some(ImportField::Title),
            Some(ImportField::Authors),
            None,
            Some(ImportField::ReceivedAt),
            None
        ]
    );
    for kind in [ImportKind::Entries, ImportKind::Units, ImportKind::People] {
        let own: Vec<String> = kind
            .fields()
            .iter()
            .map(|field| field.heading().to_owned())
            .collect();
        let mapped: Vec<ImportField> = map_columns(kind, &own).into_iter().flatten().collect();
        assert_eq!(mapped, kind.fields(), "the template maps whole");
    }
    for field in ImportField::ALL {
        assert_eq!(ImportField::from_slug(field.slug()), Some(field));
    }
}

#[test]
fn cells_are_read_as_people_write_them() {
    let zone = Zone::default();
    assert_eq!(
        parse_instant("12/10/2023 16:30", &zone),
        Some(at("2023-10-12T09:30:00Z"))
    );
    assert_eq!(
        parse_instant(" 2023-10-12T16:30:00", &zone),
        Some(at("2023-10-12T09:30:00Z"))
    );
    assert_eq!(
        parse_instant("12/10/2023", &zone),
        Some(at("2023-10-12T05:00:00Z"))
    );
    assert_eq!(parse_instant("31/02/2023", &zone), None);
    assert_eq!(parse_instant("hôm qua", &zone), None);
    assert_eq!(
        parse_people("Một Giả Định;  Hai Giả Định ;"),
        ["Một Giả Định", "Hai Giả Định"]
    );
    assert_eq!(parse_people("Một, Hai"), ["Một", "Hai"]);
    assert_eq!(Channel::from_word("Thư điện tử"), Some(Channel::Email));
    assert_eq!(Channel::from_word("bồ câu"), None);
    assert!(matches!(role_of("Quản trị"), Some(RoleWord::Refused(_))));
    assert!(needs_reason(
        at("2025-07-11T00:00:00Z"),
        Some(at("2025-07-10T00:00:00Z"))
    ));
    assert!(!needs_reason(at("2025-07-11T00:00:00Z"), None));
}
