//! Rubrics to start from. Their content is this project's own: no seed publishes a rubric.

use super::rubric::{Band, CommentRule, Criterion, CriterionCode, Rubric, ScoredAt, SubCriterion};
use crate::points::Points;

/// Novelty 25, feasibility 20, effect 30, reach 15, presentation 10; step 0.5.
pub fn rubric_r100_a() -> Rubric {
    let novelty = Criterion {
        sub: parts(&[
            (
                "TC1.1",
                "Giải pháp mới, chưa được áp dụng tại cơ quan, đơn vị",
                15,
            ),
            ("TC1.2", "Cách làm sáng tạo so với quy trình hiện hành", 10),
        ]),
        bands: vec![
            band(2100, 2500, "Hoàn toàn mới"),
            band(1500, 2050, "Cải tiến mức khá"),
            band(800, 1450, "Cải tiến mức trung bình"),
            band(0, 750, "Ít hoặc không có yếu tố mới"),
        ],
        ..criterion("TC1", "Tính mới, tính sáng tạo", 25)
    };
    let feasibility = Criterion {
        sub: parts(&[
            ("TC2.1", "Phù hợp quy định pháp luật và thẩm quyền", 8),
            ("TC2.2", "Phù hợp nguồn lực, dễ triển khai", 12),
        ]),
        ..criterion("TC2", "Tính khả thi", 20)
    };
    let effect = Criterion {
        sub: parts(&[
            ("TC3.1", "Tiết kiệm thời gian, chi phí", 12),
            ("TC3.2", "Nâng cao chất lượng phục vụ, mức độ hài lòng", 10),
            (
                "TC3.3",
                "Góp phần cải thiện chỉ số (PAR INDEX, SIPAS, PAPI, PCI)",
                8,
            ),
        ]),
        ..criterion("TC3", "Hiệu quả", 30)
    };
    let reach = criterion("TC4", "Phạm vi áp dụng, khả năng nhân rộng", 15);
    let form = criterion("TC5", "Hình thức trình bày", 10);
    Rubric {
        comment_rule: CommentRule {
            below_total: Some(Points::whole(50)),
            any_zero: true,
        },
        ..rubric(
            "R100-A",
            "Phiếu chấm điểm sáng kiến, giải pháp CCHC (mẫu A)",
            50,
            vec![novelty, feasibility, effect, reach, form],
        )
    }
}

/// 30/20/30/20 with a floor on every criterion; step 1.
pub fn rubric_r100_b() -> Rubric {
    let with_floor = |code, name, max, floor| Criterion {
        floor: Some(Points::whole(floor)),
        ..criterion(code, name, max)
    };
    let criteria = vec![
        with_floor("C1", "Tính mới, tính sáng tạo", 30, 15),
        with_floor("C2", "Khả năng áp dụng thực tiễn", 20, 10),
        with_floor("C3", "Hiệu quả kinh tế - xã hội", 30, 15),
        with_floor("C4", "Phạm vi ảnh hưởng", 20, 8),
    ];
    rubric("R100-B", "Bộ tiêu chí có điểm liệt (mẫu B)", 100, criteria)
}

/// 30/30/40 by bands; step 1.
pub fn rubric_r100_c() -> Rubric {
    let bands = |starts: [i64; 5], max: i64| {
        let tops = [max, starts[0] - 1, starts[1] - 1, starts[2] - 1, starts[3] - 1];
        starts
            .iter()
            .zip(tops)
            .map(|(from, to)| band(from * 100, to * 100, ""))
            .collect::<Vec<_>>()
    };
    let banded = |code, name, max, starts| Criterion {
        bands: bands(starts, max),
        ..criterion(code, name, max)
    };
    let criteria = vec![
        banded("C1", "Tính mới, tính sáng tạo", 30, [27, 21, 16, 1, 0]),
        banded("C2", "Khả năng áp dụng", 30, [27, 21, 16, 1, 0]),
        banded("C3", "Hiệu quả của giải pháp", 40, [31, 21, 11, 1, 0]),
    ];
    rubric("R100-C", "Thang 30/30/40 theo mức (mẫu C)", 100, criteria)
}

/// A final with presentation: content 70, presenting 15, answering 15; step 0.5.
pub fn rubric_r100_f() -> Rubric {
    let criteria = vec![
        criterion("F1", "Nội dung sáng kiến (theo mẫu A, quy đổi)", 70),
        criterion("F2", "Thuyết trình", 15),
        criterion("F3", "Trả lời câu hỏi của Ban Giám khảo", 15),
    ];
    rubric(
        "R100-F",
        "Phiếu chấm vòng chung kết có thuyết trình (mẫu F)",
        50,
        criteria,
    )
}

/// The built-in rubric with this id.
pub fn rubric_by_id(id: &str) -> Option<Rubric> {
    match id {
        "R100-A" => Some(rubric_r100_a()),
        "R100-B" => Some(rubric_r100_b()),
        "R100-C" => Some(rubric_r100_c()),
        "R100-F" => Some(rubric_r100_f()),
        _ => None,
    }
}

fn rubric(id: &str, name: &str, step_hundredths: i64, criteria: Vec<Criterion>) -> Rubric {
    Rubric {
        id: id.to_owned(),
        name: name.to_owned(),
        max_total: Points::whole(100),
        step: Points(step_hundredths),
        criteria,
        scored_at: ScoredAt::Criterion,
        comment_rule: CommentRule::default(),
    }
}

fn criterion(code: &str, name: &str, max: i64) -> Criterion {
    Criterion {
        code: code_of(code),
        name: name.to_owned(),
        hint: String::new(),
        max: Points::whole(max),
        floor: None,
        sub: Vec::new(),
        bands: Vec::new(),
    }
}

fn parts(parts: &[(&str, &str, i64)]) -> Vec<SubCriterion> {
    let part = |(code, name, max): &(&str, &str, i64)| SubCriterion {
        code: code_of(code),
        name: (*name).to_owned(),
        max: Points::whole(*max),
    };
    parts.iter().map(part).collect()
}

fn band(from: i64, to: i64, label: &str) -> Band {
    Band {
        from: Points(from),
        to: Points(to),
        label: label.to_owned(),
    }
}

fn code_of(code: &str) -> CriterionCode {
    CriterionCode::parse(code).expect("codes of the built-in rubrics are short ASCII words")
}
