//! Starting points for a new contest, so that the two seed contests are a matter of minutes.

use serde::{Deserialize, Serialize};

use super::{Category, ContestPlan, ContestSetup, Declaration, Eligibility, RoundPlan, Timetable};
use crate::entry::{FieldCondition, FieldKind, FormField, FormVersion, LONG_MAX, Quantity, Wording};
use crate::judging::{AdvanceRule, BallotKind, ScoringPolicy, rubric_r100_a};
use crate::results::PrizeTier;

/// A known shape of contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// One agency, seven topics, two rounds, 1-1-1-3 prizes (S0).
    Agency,
    /// A district or province with unit screening and five topics (S4).
    District,
    /// Nothing filled in but the defaults of the rules.
    Blank,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 3] = [Preset::Agency, Preset::District, Preset::Blank];
}

/// The set-up a preset starts from. Plan number, date, signer and deadlines stay empty: they come from the signed plan.
pub fn preset(preset: Preset) -> ContestSetup {
    match preset {
        Preset::Agency => ContestSetup {
            plan: ContestPlan {
                purpose: "Tăng cường công tác tuyên truyền, nâng cao nhận thức về cải cách hành chính.\n\
                          Tìm kiếm sáng kiến, giải pháp có khả năng áp dụng thực tế, tiết kiệm kinh phí, thời gian."
                    .to_owned(),
                who_may_enter: "Cán bộ, công chức, viên chức và người lao động trong cơ quan.".to_owned(),
                conditions: "Sáng kiến, giải pháp mới, có tính khả thi áp dụng thực tế, tiết kiệm kinh phí, thời gian."
                    .to_owned(),
                form: "Bài viết của cá nhân hoặc nhóm tác giả.".to_owned(),
                ..ContestPlan::default()
            },
            categories: categories(&AGENCY_CATEGORIES),
            eligibility: Eligibility { unit_screening: false, min_quota: 0, ..Eligibility::default() },
            ..base()
        },
        Preset::District => ContestSetup {
            plan: ContestPlan {
                purpose: "Tuyên truyền, nâng cao nhận thức về cải cách hành chính.\n\
                          Tìm ra ý tưởng tiêu biểu, sáng tạo và có khả năng áp dụng trong thực tế để thí điểm và nhân rộng."
                    .to_owned(),
                who_may_enter: "Cán bộ, công chức, viên chức, người lao động trong các cơ quan chuyên môn, đơn vị sự \
                                nghiệp công lập và Ủy ban nhân dân cấp xã (trừ thành viên Ban Tổ chức, Ban Giám khảo, \
                                Tổ giúp việc Cuộc thi)."
                    .to_owned(),
                conditions: "Đề xuất, sáng kiến, giải pháp mới, áp dụng cho địa bàn nói chung hoặc cơ quan, đơn vị nói riêng."
                    .to_owned(),
                form: "Bài viết của cá nhân hoặc nhóm tác giả; sáng kiến về công nghệ thông tin, hình ảnh, video gửi kèm \
                       phần mềm, hình ảnh hoặc video."
                    .to_owned(),
                ..ContestPlan::default()
            },
            categories: categories(&DISTRICT_CATEGORIES),
            form: FormVersion::first(district_fields()),
            ..base()
        },
        Preset::Blank => base(),
    }
}

fn base() -> ContestSetup {
    ContestSetup {
        plan: ContestPlan::default(),
        categories: Vec::new(),
        timetable: Timetable::default(),
        eligibility: Eligibility::default(),
        declaration: Declaration {
            version: 1,
            text: DECLARATION.to_owned(),
        },
        form: FormVersion::default(),
        rounds: two_rounds(),
        prizes: [
            ("NHAT", "Giải Nhất", 1),
            ("NHI", "Giải Nhì", 1),
            ("BA", "Giải Ba", 1),
            ("KHUYEN_KHICH", "Giải Khuyến khích", 3),
        ]
        .into_iter()
        .map(|(code, name, count)| PrizeTier::new(code, name, count))
        .collect(),
        publish_scores: false,
    }
}

/// Two rounds as in S0: all judges score all, top ten reach the final; there the order drawn by the
/// judges breaks ties that the criteria leave.
fn two_rounds() -> Vec<RoundPlan> {
    vec![
        RoundPlan {
            code: "SL".to_owned(),
            name: "Vòng sơ khảo".to_owned(),
            jury_source: "Tổ giúp việc CCHC".to_owned(),
            rubric: rubric_r100_a(),
            policy: ScoringPolicy::default(),
            advance: Some(AdvanceRule::top(10)),
        },
        RoundPlan {
            code: "CK".to_owned(),
            name: "Vòng chung kết".to_owned(),
            jury_source: "Ban Chỉ đạo CCHC".to_owned(),
            rubric: rubric_r100_a(),
            policy: ScoringPolicy {
                ballot: BallotKind::ScorecardsAndOrder,
                ..ScoringPolicy::default()
            },
            advance: None,
        },
    ]
}

fn categories(names: &[(&str, bool)]) -> Vec<Category> {
    names
        .iter()
        .enumerate()
        .map(|(index, (name, medium_required))| Category {
            code: format!("C{}", index + 1),
            name: (*name).to_owned(),
            description: String::new(),
            medium_required: *medium_required,
        })
        .collect()
}

/// Questions that help a district decide what to pilot (PROP): none is compulsory, and the source asks none of them.
fn district_fields() -> Vec<FormField> {
    let label = |vi: &str, en: &str| Wording {
        vi: vi.to_owned(),
        en: en.to_owned(),
    };
    vec![
        FormField {
            code: "budget".to_owned(),
            label: label("Kinh phí dự kiến", "Expected cost"),
            help: label(
                "Ghi 0 nếu không phát sinh kinh phí.",
                "Enter 0 if it costs nothing.",
            ),
            kind: FieldKind::Number {
                min: Some(Quantity(0)),
                max: None,
                decimals: 2,
                unit: "triệu đồng".to_owned(),
            },
            ..FormField::default()
        },
        FormField {
            code: "applied_elsewhere".to_owned(),
            label: label(
                "Đã có đơn vị khác áp dụng giải pháp này?",
                "Has another unit applied this initiative?",
            ),
            kind: FieldKind::YesNo,
            ..FormField::default()
        },
        FormField {
            code: "where_applied".to_owned(),
            label: label(
                "Đơn vị đã áp dụng và kết quả",
                "Units that applied it, and the outcome",
            ),
            kind: FieldKind::LongText { max: LONG_MAX / 10 },
            required: true,
            when: Some(FieldCondition {
                field: "applied_elsewhere".to_owned(),
                value: Some("yes".to_owned()),
            }),
            hidden_from_judges: true,
            ..FormField::default()
        },
    ]
}

///
const AGENCY_CATEGORIES: [(&str, bool); 7] = [
    ("Sáng tạo, đổi mới trong thực hiện kế hoạch công tác CCHC", false),
    ("Cải cách thủ tục hành chính", false),
    (
        "Nâng cao hiệu quả Bộ phận tiếp nhận và trả kết quả; dịch vụ công trực tuyến; xây dựng chính quyền điện tử",
        false,
    ),
    (
        "Chất lượng đội ngũ cán bộ, CCVC; tài chính công; tổ chức bộ máy, biên chế, vị trí việc làm",
        false,
    ),
    ("Cải thiện môi trường đầu tư, kinh doanh", false),
    (
        "Hiện đại hóa hành chính, đẩy mạnh ứng dụng công nghệ thông tin",
        true,
    ),
    ("Nâng cao các chỉ số CCHC (PAR INDEX, SIPAS, PCI, PAPI)", false),
];

///
const DISTRICT_CATEGORIES: [(&str, bool); 5] = [
    ("Cải thiện các chỉ số PAPI, PAR INDEX, SIPAS", false),
    (
        "Đơn giản hóa, loại bỏ, cắt giảm hoặc sửa đổi, bổ sung thủ tục hành chính",
        false,
    ),
    ("Nâng cao hiệu quả Bộ phận Tiếp nhận và trả kết quả", false),
    (
        "Ứng dụng công nghệ thông tin vào quản lý, điều hành, giải quyết thủ tục hành chính",
        true,
    ),
    (
        "Chất lượng đội ngũ; tài chính công; tổ chức bộ máy, biên chế, vị trí việc làm",
        false,
    ),
];

/// Content conditions that authors vouch for (2.1; V2, V3).
const DECLARATION: &str = "Tôi (chúng tôi) cam kết nội dung bài dự thi là trung thực, không sao chép, đúng quy định của \
    pháp luật, chưa đạt giải tại cuộc thi khác và chưa được Hội đồng sáng kiến cấp tỉnh công nhận; chịu trách nhiệm về nội \
    dung đã gửi.";
