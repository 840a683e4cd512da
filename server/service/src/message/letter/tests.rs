//! Every kind in every language, and what people typed in it.

use chrono::NaiveDate;
use rules::contest::{ContestPhase, MilestoneCode, Preset, preset};
use rules::id::{ContestId, DeliveryId, EntryId, InvitationId, UnitId, Version};
use rules::message::NearEntry;
use uuid::Uuid;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn contest() -> ContestRow {
    ContestRow {
        id: ContestId(Uuid::nil()),
        slug: "pt-2023".into(),
        code: "PT-2023".into(),
        name: "Cuộc thi sáng kiến cải cách hành chính".into(),
        year: 2023,
        organiser: UnitId(Uuid::nil()),
        phase: ContestPhase::Open,
        setup: preset(Preset::District),
        setup_hash: None,
        historical: false,
        fictional: true,
        created_at: at("2023-03-01T00:00:00Z"),
        published_at: None,
        version: Version(1),
        last_seq: 0,
        last_hash: String::new(),
        clock_shift: 0,
    }
}

fn bodies() -> Vec<MessageBody> {
    let (title, code) = (|| "Một cửa <điện tử>".to_owned(), || "PT-2023-001".to_owned());
    let reason = || "Bổ sung:\n\n=> số liệu".to_owned();
    let deadline = at("2023-10-13T16:59:59.999999Z");
    let unit_name = || "Xã An".to_owned();
    vec![
        MessageBody::Invitation {
            invitation: InvitationId(Uuid::nil()),
            title: title(),
            inviter: "Trần Văn A".into(),
            expires_at: deadline,
        },
        MessageBody::Receipt {
            title: title(),
            code: code(),
            content_hash: "0f".repeat(32),
            revision: 2,
        },
        MessageBody::EntryReceived {
            title: title(),
            code: code(),
            unit_name: unit_name(),
            revision: 1,
        },
        MessageBody::Returned {
            title: title(),
            code: code(),
            reason: reason(),
            due: None,
        },
        MessageBody::KeptBack {
            title: title(),
            code: code(),
            reason: reason(),
        },
        MessageBody::Forwarded {
            title: title(),
            code: code(),
            unit_name: unit_name(),
        },
        MessageBody::Accepted {
            title: title(),
            code: code(),
        },
        MessageBody::Rejected {
            title: title(),
            code: code(),
            reason: reason(),
        },
        MessageBody::DeadlineNear {
            entries: vec![
                NearEntry {
                    entry: EntryId(Uuid::nil()),
                    title: title(),
                },
                NearEntry {
                    entry: EntryId(Uuid::max()),
                    title: String::new(),
                },
            ],
            milestone: MilestoneCode::SubmissionDeadline,
            deadline,
        },
        MessageBody::ForwardDeadlineNear {
            unit: UnitId(Uuid::nil()),
            unit_name: unit_name(),
            forwarded: 0,
            needed: 1,
            milestone: MilestoneCode::UnitForwardDeadline,
            deadline,
        },
        MessageBody::ResultPublished {
            title: title(),
            code: code(),
            prize: None,
            decision: "181/QĐ-KKT".into(),
            issued_on: NaiveDate::from_ymd_opt(2023, 12, 5).expect("a day"),
        },
    ]
}

fn mail(body: MessageBody, language: Option<Locale>) -> Claimed {
    Claimed {
        id: DeliveryId(Uuid::from_u128(7)),
        address: "tac.gia@xa-an.gov.vn".into(),
        attempt: 1,
        contest: ContestId(Uuid::nil()),
        entry: Some(EntryId(Uuid::nil())),
        body,
        at: at("2023-10-12T03:00:00Z"),
        language,
    }
}

fn written(body: MessageBody, language: Option<Locale>) -> Letter {
    let head = LetterHead {
        site: "https://thi.example.vn/".into(),
    };
    let link = (body.kind() == MessageKind::Invitation).then(|| "/invitations/abc123".to_owned());
    letter(
        &head,
        &contest(),
        &mail(body, language),
        link,
        at("2023-10-12T03:00:05Z"),
    )
    .expect("a letter")
}

#[test]
fn every_kind_is_written_in_every_language() {
    let kinds: Vec<MessageKind> = bodies().iter().map(MessageBody::kind).collect();
    assert_eq!(kinds, MessageKind::ALL);
    for language in [Some(Locale::Vi), Some(Locale::En), None] {
        for body in bodies() {
            let kind = body.kind();
            let letter = written(body, language);
            assert!(!letter.subject.trim().is_empty(), "{kind:?}");
            assert!(!letter.subject.contains('\n'), "{kind:?}");
            assert!(letter.text.contains("https://thi.example.vn/"), "{kind:?}");
            // escaping spells slashes out, which every reader of HTML undoes
            let html = letter.html.replace("&#x2f;", "/");
            assert!(
                html.contains("class=\"action\" href=\"https://thi.example.vn/"),
                "{kind:?}: {html}"
            );
            for raw in ["{{", "{%", "undefined", "null"] {
                assert!(
                    !letter.text.contains(raw) && !letter.html.contains(raw),
                    "{kind:?}: {raw}"
                );
            }
        }
    }
}

#[test]
fn a_deadline_names_its_zone_and_the_minute() {
    let near = bodies().remove(8);
    let vi = written(near.clone(), Some(Locale::Vi));
    assert!(
        vi.text.contains("13/10/2023 23:59, giờ Việt Nam (UTC+7)"),
        "{}",
        vi.text
    );
    assert!(
        vi.text.contains("“Một cửa <điện tử>”; “bài chưa đặt tên”"),
        "{}",
        vi.text
    );
    let en = written(near, Some(Locale::En));
    assert!(
        en.text.contains("13/10/2023 23:59, Vietnam time (UTC+7)"),
        "{}",
        en.text
    );
}

#[test]
fn what_a_person_typed_stays_text() {
    let letter = written(bodies().remove(3), Some(Locale::Vi));
    assert!(letter.html.contains("Một cửa &lt;điện tử&gt;"), "{}", letter.html);
    assert!(!letter.html.contains("<điện"));
    // a line that looks like the template's link is a line of the reason
    assert!(
        letter.html.contains("Bổ sung:<br><br>=&gt; số liệu"),
        "{}",
        letter.html
    );
    assert!(letter.html.contains(">Mở bài để bổ sung</a>"));
    let typed = MessageBody::Accepted {
        title: "{{ contest }} {% raw %}".into(),
        code: "X".into(),
    };
    assert!(
        written(typed, Some(Locale::Vi))
            .text
            .contains("“{{ contest }} {% raw %}”")
    );
}

#[test]
fn a_reader_without_an_account_gets_both_languages_and_public_links() {
    let letter = written(bodies().remove(5), None);
    assert!(
        letter.subject.contains("đã được đơn vị gửi đi"),
        "{}",
        letter.subject
    );
    assert!(letter.text.contains("Kính gửi Ông/Bà") && letter.text.contains("Dear author"));
    assert!(letter.html.contains("<div lang=\"vi\">") && letter.html.contains("<div lang=\"en\">"));
    assert!(
        letter.text.contains("https://thi.example.vn/contests/pt-2023\n"),
        "{}",
        letter.text
    );
    let invited = written(bodies().remove(0), None);
    assert!(
        invited
            .text
            .contains("https://thi.example.vn/invitations/abc123\n")
    );
}

#[test]
fn a_deadline_comes_with_an_appointment_in_utc() {
    let calendar = written(bodies().remove(8), Some(Locale::Vi))
        .calendar
        .expect("an appointment");
    for line in [
        "BEGIN:VCALENDAR\r\n",
        "VERSION:2.0\r\n",
        "METHOD:PUBLISH\r\n",
        "DTSTART:20231013T162959Z\r\n",
        "DTEND:20231013T165959Z\r\n",
        "DTSTAMP:20231012T030005Z\r\n",
        "TRIGGER:-PT7200S\r\n",
        "END:VCALENDAR",
    ] {
        assert!(calendar.contains(line), "{line:?} in {calendar}");
    }
    let stamps = calendar.matches("DTSTAMP:20231012T030005Z\r\n").count();
    assert_eq!(stamps, 2, "no time but the one given: {calendar}");
    assert!(
        !calendar.replace("\r\n", "").contains('\n'),
        "every line ends in CRLF"
    );
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = calendar.replace("\r\n ", "");
    assert!(
        unfolded.contains("SUMMARY:Sắp hết hạn nộp bài – Cuộc thi sáng kiến cải cách hành chính"),
        "{unfolded}"
    );
    for body in bodies().into_iter().filter(|body| {
        !matches!(
            body.kind(),
            MessageKind::DeadlineNear | MessageKind::ForwardDeadlineNear
        )
    }) {
        assert_eq!(written(body, Some(Locale::Vi)).calendar, None);
    }
}
