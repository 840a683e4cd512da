//! Papers as their readers get them: the text comes out as it went in, hostile text stays text, the same data gives the
//! same bytes.

use chrono::{DateTime, Utc};
use papers::{
    Block, FileLine, Moment, Paper, Person, Receipt, Run, Slip, SlipLine, Statement, StatementPart, qr_svg,
    render, section_name, timeliness_name,
};
use rules::contest::Timeliness;
use rules::entry::StatementSection;
use rules::time::{Timestamp, Zone};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn noon() -> Timestamp {
    DateTime::<Utc>::from_timestamp(1_697_183_947, 0).expect("a time")
}

fn person(name: &str) -> Person {
    Person {
        full_name: name.to_owned(),
        position: "Chuyên viên".to_owned(),
        unit: "Ủy ban nhân dân xã Phú Mỹ".to_owned(),
        share: "60%".to_owned(),
    }
}

fn receipt() -> Receipt {
    let status_url = format!("https://sangkien.example/receipts/PT-2023-007-{}", &HASH[..8]);
    Receipt {
        contest: "[Giả định] Cuộc thi “Tìm kiếm sáng kiến, giải pháp Cải cách hành chính” năm 2023"
            .to_owned(),
        code: "PT-2023-007".to_owned(),
        title: "Số hóa quy trình tiếp nhận hồ sơ tại Bộ phận Một cửa cấp xã nhằm rút ngắn thời gian chờ"
            .to_owned(),
        category: "Cơ chế một cửa, một cửa liên thông".to_owned(),
        authors: vec![person("Nguyễn Thị Tường Vy"), person("Đặng Quốc Khánh")],
        unit: "Ủy ban nhân dân xã Phú Mỹ".to_owned(),
        received: Moment::exact(noon(), &Zone::default()),
        timeliness: None,
        extended_until: None,
        revision: 2,
        declaration: Some(1),
        content_hash: HASH.to_owned(),
        files: vec![FileLine {
            name: "Ảnh chụp màn hình quầy tiếp nhận.png".to_owned(),
            size: "1.204.331".to_owned(),
            sha256: HASH.to_owned(),
        }],
        qr: qr_svg(&status_url).expect("an address fits"),
        made: noon(),
        status_url,
    }
}

fn slip(count: u32) -> Slip {
    let line = |rank| SlipLine {
        rank,
        code: format!("PT-2023-{rank:03}"),
        title: "Rút ngắn thời gian giải quyết thủ tục đăng ký hộ kinh doanh".to_owned(),
        authors: vec!["Nguyễn Thị Tường Vy".to_owned(), "Đặng Quốc Khánh".to_owned()],
        category: "Thủ tục hành chính".to_owned(),
    };
    Slip {
        contest: "[Giả định] Cuộc thi sáng kiến cải cách hành chính năm 2023".to_owned(),
        parent: "Ủy ban nhân dân huyện Phú Tân".to_owned(),
        unit: "Ủy ban nhân dân xã Phú Mỹ".to_owned(),
        code: "PG-PT-2023-007".to_owned(),
        dated: Moment::date_line(noon(), &Zone::default()),
        zone: Zone::default().label,
        forwarded: Moment::exact(noon(), &Zone::default()),
        made: noon(),
        maker: "Trần Thị Đầu Mối".to_owned(),
        maker_position: "Công chức văn phòng".to_owned(),
        lines: (1..=count).map(line).collect(),
        reserves: vec![line(count + 1)],
        hash: HASH.to_owned(),
    }
}

fn statement(text: &str) -> Statement {
    let part = |section| StatementPart::of_text(section_name(section), text);
    Statement {
        contest: "[Giả định] Cuộc thi sáng kiến".to_owned(),
        code: "P107".to_owned(),
        title: "Số hóa quy trình tiếp nhận hồ sơ".to_owned(),
        category: "Hiện đại hóa hành chính".to_owned(),
        scope: "Cơ quan, đơn vị".to_owned(),
        maturity: "Đề xuất mới".to_owned(),
        applied_on: None,
        authors: Vec::new(),
        made: DateTime::UNIX_EPOCH,
        blind: true,
        parts: StatementSection::ALL.into_iter().map(part).collect(),
        files: Vec::new(),
    }
}

/// The text of each page, white space folded.
fn pages(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let text = |page: &u32| {
        let text = document.extract_text(&[*page]).expect("text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.get_pages().keys().map(text).collect()
}

/// The paper and its pages. With `PAPERS_OUT=folder` the papers are kept to look at.
fn printed(paper: Paper) -> (Vec<u8>, Vec<String>) {
    let pdf = render(&paper).expect("a paper");
    if let Ok(folder) = std::env::var("PAPERS_OUT") {
        let name = format!(
            "{}/{}.pdf",
            folder,
            std::thread::current().name().unwrap_or("paper")
        );
        std::fs::write(name, &pdf).expect("written");
    }
    let text = pages(&pdf);
    (pdf, text)
}

#[test]
fn a_receipt_says_what_was_received() {
    let (pdf, pages) = printed(Paper::Receipt(receipt()));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pages.len(), 1, "{pages:?}");
    for wanted in [
        "BIÊN NHẬN BÀI DỰ THI",
        "PT-2023-007",
        "Nguyễn Thị Tường Vy",
        "Đặng Quốc Khánh",
        "13/10/2023 14:59:07 giờ Việt Nam (UTC+7)",
        "Ủy ban nhân dân xã Phú Mỹ",
        "Ảnh chụp màn hình quầy tiếp nhận.png",
        "bản số 1",
    ] {
        assert!(pages[0].contains(wanted), "{wanted} in {}", pages[0]);
    }
    assert_eq!(pages[0].matches(HASH).count(), 2, "{}", pages[0]);
    assert!(
        pages[0].contains("https://sangkien.example/receipts/PT-2023-007-9f86d081"),
        "{}",
        pages[0]
    );
}

#[test]
fn a_receipt_says_when_it_came_after_the_deadline() {
    let (_, in_time) = printed(Paper::Receipt(receipt()));
    for absent in ["Thời điểm nộp", "gia hạn", "nhận thêm"] {
        assert!(!in_time[0].contains(absent), "{absent} in {}", in_time[0]);
    }
    let (_, in_grace) = printed(Paper::Receipt(Receipt {
        timeliness: timeliness_name(Timeliness::InGrace),
        ..receipt()
    }));
    assert!(
        in_grace[0].contains("Nộp trong thời gian nhận thêm") && !in_grace[0].contains("gia hạn"),
        "{}",
        in_grace[0]
    );
    let until = noon() + chrono::TimeDelta::hours(2);
    let (_, extended) = printed(Paper::Receipt(Receipt {
        timeliness: timeliness_name(Timeliness::Extended),
        extended_until: Some(Moment::exact(until, &Zone::default())),
        ..receipt()
    }));
    assert_eq!(extended.len(), 1, "{extended:?}");
    for wanted in [
        "Nộp theo gia hạn riêng",
        "Được gia hạn đến",
        "13/10/2023 16:59:07 giờ Việt Nam (UTC+7)",
    ] {
        assert!(extended[0].contains(wanted), "{wanted} in {}", extended[0]);
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for paper in [
        Paper::Receipt(receipt()),
        Paper::Slip(slip(3)),
        Paper::Statement(statement("Một dòng")),
    ] {
        let first = render(&paper).expect("a paper");
        assert_eq!(first, render(&paper).expect("a paper"));
    }
    let mut other = receipt();
    other.revision += 1;
    assert_ne!(
        render(&Paper::Receipt(receipt())).expect("a paper"),
        render(&Paper::Receipt(other)).expect("a paper")
    );
}

#[test]
fn a_slip_lists_entries_in_order_over_several_pages() {
    let (_, pages) = printed(Paper::Slip(slip(60)));
    assert!(pages.len() > 1);
    let text = pages.join(" ");
    for wanted in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ PHÚ MỸ",
        "PHIẾU GỬI BÀI DỰ THI",
        "ngày 13 tháng 10 năm 2023",
        "60 bài dự thi",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "giờ Việt Nam (UTC+7)",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    let place = |code: &str| text.find(code).expect("the code stands on the slip");
    assert!(place("PT-2023-001") < place("PT-2023-002") && place("PT-2023-059") < place("PT-2023-060"));
    let (_, short) = printed(Paper::Slip(slip(3)));
    for wanted in [
        "PG-PT-2023-007",
        "03 bài dự thi",
        "01 bài",
        "PT-2023-004",
        "Trần Thị Đầu Mối",
        HASH,
    ] {
        assert!(short[0].contains(wanted), "{wanted} in {short:?}");
    }
}

#[test]
fn a_blind_copy_carries_its_code_on_every_page() {
    let long = "Người dân phải chờ trung bình bốn mươi phút cho mỗi lượt nộp hồ sơ. ".repeat(60);
    let (pdf, pages) = printed(Paper::Statement(statement(&long)));
    assert!(pages.len() > 4, "{}", pages.len());
    for page in &pages {
        assert!(page.contains("Mã phách: P107"), "{page}");
    }
    let document = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let info = document.trailer.get(b"Info").ok().and_then(|info| {
        let (_, info) = document.dereference(info).ok()?;
        Some(
            info.as_dict()
                .ok()?
                .iter()
                .map(|(key, _)| String::from_utf8_lossy(key).into_owned())
                .collect(),
        )
    });
    let keys: Vec<String> = info.unwrap_or_default();
    assert!(!keys.iter().any(|key| key == "Author"), "{keys:?}");
}

#[test]
fn hostile_text_stays_text() {
    let text = "#import \"form.typ\": * và $x^2$ \\ #panic() @nhãn <nhãn> = không phải đầu mục *a* _b_ `c`\n\
                #let x = read(\"/etc/passwd\")\n[[]] {} // chú thích /* */\nmũi tên -> ... -- ~\u{202E}ngược\u{0}";
    let (_, pages) = printed(Paper::Statement(Statement {
        title: "#emph[tiêu đề] $1$ \u{202E}đảo 😀".to_owned(),
        ..statement(text)
    }));
    let all = pages.join(" ");
    for wanted in [
        "#import \"form.typ\": * và $x^2$ \\ #panic() @nhãn <nhãn> = không phải đầu mục",
        "#let x = read(\"/etc/passwd\")",
        "[[]] {} // chú thích /* */",
        "mũi tên -> ... -- ~ngược",
        "#emph[tiêu đề] $1$ đảo",
    ] {
        assert!(all.contains(wanted), "{wanted} in {all}");
    }
}

#[test]
fn very_long_words_stay_on_the_page() {
    let word = "đ".repeat(3000);
    let (pdf, pages) = printed(Paper::Statement(statement(&word)));
    let letters: usize = pages.iter().map(|page| page.matches('đ').count()).sum();
    assert!(letters >= 7 * 3000, "{letters}");
    assert!(pages.len() > 7, "lines were broken: {} pages", pages.len());
    assert!(!pdf.is_empty());
}

#[test]
fn a_paper_too_large_is_refused_and_the_largest_entry_is_not() {
    let full = "Nội dung giải pháp gồm nhiều bước, mỗi bước một dòng.\n".repeat(20_000 / 54);
    let (_, pages) = printed(Paper::Statement(statement(&full)));
    assert!(pages.len() > 20, "{}", pages.len());
    let beyond = "a ".repeat(papers::DATA_MAX / 7);
    let refused = render(&Paper::Statement(statement(&beyond)));
    assert!(matches!(refused, Err(papers::Error::TooLarge(_))), "{refused:?}");
}

#[test]
fn lists_and_bold_are_set() {
    let part = StatementPart::of_text("Các bước", "Gồm **hai** bước:\n\n1. Nhận\n2. Trả\n- tại quầy");
    assert_eq!(
        part.blocks[0],
        Block {
            runs: vec![
                Run {
                    text: "Gồm ".to_owned(),
                    bold: false
                },
                Run {
                    text: "hai".to_owned(),
                    bold: true
                },
                Run {
                    text: " bước:".to_owned(),
                    bold: false
                },
            ],
            mark: String::new(),
            depth: 0,
        }
    );
    let (_, pages) = printed(Paper::Statement(Statement {
        parts: vec![part],
        authors: vec![person("Nguyễn Thị Tường Vy")],
        blind: false,
        ..statement("")
    }));
    for wanted in [
        "Gồm hai bước:",
        "1. Nhận",
        "2. Trả",
        "– tại quầy",
        "Nguyễn Thị Tường Vy",
        "Mã bài dự thi: P107",
    ] {
        assert!(pages[0].contains(wanted), "{wanted} in {}", pages[0]);
    }
}
