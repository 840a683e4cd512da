//! The organiser's checklist: items a contest asks of an entry, answered by people or by the system with its evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contest::Exclusion;
use crate::entry::StatementSection;
use crate::time::Timestamp;
use crate::violation::Violation;

/// Most items of a checklist.
pub const ITEMS_MAX: usize = 30;
/// Longest text of an item, in characters.
pub const LABEL_MAX: usize = 300;
/// Longest explanation of an item, in characters.
pub const HINT_MAX: usize = 500;
/// Longest note beside an answer, in characters.
pub const NOTE_MAX: usize = 1_000;

/// What the system can answer by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoCheck {
    /// Authors may enter and none is excluded.
    Authors,
    /// Received before the deadline.
    Deadline,
    /// Every required section of the statement is written.
    Statement,
    /// The medium that IT, image and video entries carry.
    Medium,
    /// The declaration in force was accepted.
    Declaration,
}

impl AutoCheck {
    /// Every kind.
    pub const ALL: [AutoCheck; 5] = [
        AutoCheck::Authors,
        AutoCheck::Deadline,
        AutoCheck::Statement,
        AutoCheck::Medium,
        AutoCheck::Declaration,
    ];

    /// The form's value, stable across languages.
    pub fn slug(self) -> &'static str {
        match self {
            AutoCheck::Authors => "authors",
            AutoCheck::Deadline => "deadline",
            AutoCheck::Statement => "statement",
            AutoCheck::Medium => "medium",
            AutoCheck::Declaration => "declaration",
        }
    }

    /// The kind of a form's value.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.slug() == slug)
    }
}

/// One thing asked of every entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    /// Names the item for as long as the checklist lives; answers are kept by it.
    pub code: String,
    /// As the organiser words it.
    pub label: String,
    pub hint: String,
    /// Answered by the system, unless somebody says otherwise with a note.
    pub auto: Option<AutoCheck>,
}

/// The checklist of a contest; without items nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Checklist(pub Vec<ChecklistItem>);

/// An answer to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
    NotApplicable,
}

impl Answer {
    /// Every answer, as a form offers them.
    pub const ALL: [Answer; 3] = [Answer::Yes, Answer::No, Answer::NotApplicable];

    /// The form's value, stable across languages.
    pub fn slug(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::NotApplicable => "not_applicable",
        }
    }

    /// The answer of a form's value.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.slug() == slug)
    }
}

/// What somebody answered to an item; without an answer the system's stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemAnswer {
    pub answer: Option<Answer>,
    #[serde(default)]
    pub note: String,
}

/// How far the check of an entry has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStanding {
    /// An item is not answered.
    Open,
    /// Everything is answered yes or not applicable.
    Complete,
    /// Something is answered no.
    Failing,
}

impl CheckStanding {
    /// Every standing.
    pub const ALL: [CheckStanding; 3] = [
        CheckStanding::Open,
        CheckStanding::Complete,
        CheckStanding::Failing,
    ];

    /// The address's value, its serde name.
    pub fn slug(self) -> &'static str {
        match self {
            CheckStanding::Open => "open",
            CheckStanding::Complete => "complete",
            CheckStanding::Failing => "failing",
        }
    }

    /// The standing of an address's value.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.slug() == slug)
    }
}

/// What the system answers from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFacts {
    /// Server's time of the submission, or the time of receipt of a paper entry.
    pub received_at: Timestamp,
    pub deadline: Option<Timestamp>,
    /// Entered by a desk from paper: its statement and declaration lie in a folder, not here.
    pub on_paper: bool,
    pub declaration: Option<u32>,
    pub declaration_in_force: u32,
    pub medium_required: bool,
    /// Pictures, videos and software handed in.
    pub media: u32,
    pub excluded: Vec<Exclusion>,
    /// Names of authors whose unit may not enter.
    pub not_admitted: Vec<String>,
    pub missing_sections: Vec<StatementSection>,
}

/// Why the system answers as it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "evidence", rename_all = "snake_case")]
pub enum Evidence {
    NoDeadline {
        received_at: Timestamp,
    },
    InTime {
        received_at: Timestamp,
        deadline: Timestamp,
    },
    Late {
        received_at: Timestamp,
        deadline: Timestamp,
    },
    DeclarationAccepted {
        version: u32,
    },
    DeclarationMissing,
    MediumNotAsked,
    MediumPresent {
        count: u32,
    },
    MediumMissing,
    AuthorsAdmitted,
    AuthorsExcluded {
        excluded: Vec<Exclusion>,
        not_admitted: Vec<String>,
    },
    StatementWhole,
    StatementLacks {
        sections: Vec<StatementSection>,
    },
    /// Only somebody holding the paper can say.
    OnPaper,
}

/// The system's answer to an item; without an answer only a person can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub answer: Option<Answer>,
    pub evidence: Evidence,
}

/// What keeps typed answers from being saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckProblem {
    /// Answering otherwise than the system needs a note.
    NoteMissing,
    NoteTooLong,
}

impl AutoCheck {
    /// The system's answer from the facts.
    pub fn find(self, facts: &CheckFacts) -> Finding {
        let said = |answer, evidence| Finding {
            answer: Some(answer),
            evidence,
        };
        let unsaid = || Finding {
            answer: None,
            evidence: Evidence::OnPaper,
        };
        let received_at = facts.received_at;
        match self {
            AutoCheck::Deadline => match facts.deadline {
                None => said(Answer::Yes, Evidence::NoDeadline { received_at }),
                Some(deadline) if received_at <= deadline => said(
                    Answer::Yes,
                    Evidence::InTime {
                        received_at,
                        deadline,
                    },
                ),
                Some(deadline) => said(
                    Answer::No,
                    Evidence::Late {
                        received_at,
                        deadline,
                    },
                ),
            },
            AutoCheck::Declaration => match facts.declaration {
                Some(version) if version == facts.declaration_in_force => {
                    said(Answer::Yes, Evidence::DeclarationAccepted { version })
                }
                _ if facts.on_paper => unsaid(),
                _ => said(Answer::No, Evidence::DeclarationMissing),
            },
            AutoCheck::Medium => match facts.media {
                _ if !facts.medium_required => said(Answer::NotApplicable, Evidence::MediumNotAsked),
                0 if facts.on_paper => unsaid(),
                0 => said(Answer::No, Evidence::MediumMissing),
                count => said(Answer::Yes, Evidence::MediumPresent { count }),
            },
            AutoCheck::Authors if facts.excluded.is_empty() && facts.not_admitted.is_empty() => {
                said(Answer::Yes, Evidence::AuthorsAdmitted)
            }
            AutoCheck::Authors => said(
                Answer::No,
                Evidence::AuthorsExcluded {
                    excluded: facts.excluded.clone(),
                    not_admitted: facts.not_admitted.clone(),
                },
            ),
            AutoCheck::Statement if facts.missing_sections.is_empty() => {
                said(Answer::Yes, Evidence::StatementWhole)
            }
            AutoCheck::Statement if facts.on_paper => unsaid(),
            AutoCheck::Statement => said(
                Answer::No,
                Evidence::StatementLacks {
                    sections: facts.missing_sections.clone(),
                },
            ),
        }
    }
}

impl Checklist {
    /// The usual checklist of such a contest (A-06, A-10, A-17; domain.md 2.1).
    pub fn usual() -> Self {
        let item = |code: &str, label: &str, hint: &str, auto| ChecklistItem {
            code: code.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
            auto,
        };
        Self(vec![
            item(
                "authors",
                "Đúng đối tượng dự thi",
                "Tác giả thuộc đối tượng dự thi, không phải thành viên Ban Tổ chức, Ban Giám khảo, Tổ giúp việc.",
                Some(AutoCheck::Authors),
            ),
            item("deadline", "Nộp đúng hạn", "", Some(AutoCheck::Deadline)),
            item(
                "form",
                "Đúng hình thức bài dự thi",
                "Bài viết theo thể lệ của cuộc thi.",
                None,
            ),
            item(
                "statement",
                "Có bản thuyết minh đầy đủ",
                "",
                Some(AutoCheck::Statement),
            ),
            item(
                "medium",
                "Có sản phẩm kèm theo với nội dung CNTT, hình ảnh, video",
                "Phần mềm, hình ảnh hoặc video; đĩa CD với bài nộp bản giấy.",
                Some(AutoCheck::Medium),
            ),
            item(
                "original",
                "Không trùng nội dung, chưa đạt giải ở cuộc thi khác",
                "Tham khảo mục “Bài tương tự”; người kiểm tra quyết định.",
                None,
            ),
            item(
                "declaration",
                "Tác giả đã cam kết",
                "",
                Some(AutoCheck::Declaration),
            ),
        ])
    }

    /// The system's findings by item code.
    pub fn findings(&self, facts: &CheckFacts) -> BTreeMap<String, Finding> {
        let found = self.0.iter().filter_map(|item| {
            let finding = item.auto?.find(facts);
            Some((item.code.clone(), finding))
        });
        found.collect()
    }

    /// The answer that stands: the typed one, else the system's.
    pub fn answer(
        item: &ChecklistItem,
        typed: &BTreeMap<String, ItemAnswer>,
        findings: &BTreeMap<String, Finding>,
    ) -> Option<Answer> {
        let by_hand = typed.get(&item.code).and_then(|answer| answer.answer);
        by_hand.or_else(|| findings.get(&item.code).and_then(|finding| finding.answer))
    }

    /// How far the check has come.
    pub fn standing(
        &self,
        typed: &BTreeMap<String, ItemAnswer>,
        findings: &BTreeMap<String, Finding>,
    ) -> CheckStanding {
        let answers = || self.0.iter().map(|item| Self::answer(item, typed, findings));
        if answers().any(|answer| answer == Some(Answer::No)) {
            CheckStanding::Failing
        } else if answers().any(|answer| answer.is_none()) {
            CheckStanding::Open
        } else {
            CheckStanding::Complete
        }
    }

    /// What keeps the answers from being saved, by item code.
    pub fn problems(
        &self,
        typed: &BTreeMap<String, ItemAnswer>,
        findings: &BTreeMap<String, Finding>,
    ) -> Vec<(String, CheckProblem)> {
        let mut problems = Vec::new();
        for item in &self.0 {
            let Some(answer) = typed.get(&item.code) else {
                continue;
            };
            if answer.note.chars().count() > NOTE_MAX {
                problems.push((item.code.clone(), CheckProblem::NoteTooLong));
            }
            let system = findings.get(&item.code).and_then(|finding| finding.answer);
            let overruled = matches!((answer.answer, system), (Some(said), Some(found)) if said != found);
            if overruled && answer.note.trim().is_empty() {
                problems.push((item.code.clone(), CheckProblem::NoteMissing));
            }
        }
        problems
    }

    /// Accepting needs every item answered yes or not applicable.
    ///
    /// # Errors
    /// [`Violation::ChecklistIncomplete`] naming the items.
    pub fn may_accept(
        &self,
        typed: &BTreeMap<String, ItemAnswer>,
        findings: &BTreeMap<String, Finding>,
    ) -> Result<(), Violation> {
        let (mut open, mut failing) = (Vec::new(), Vec::new());
        for item in &self.0 {
            match Self::answer(item, typed, findings) {
                None => open.push(item.label.clone()),
                Some(Answer::No) => failing.push(item.label.clone()),
                Some(Answer::Yes | Answer::NotApplicable) => {}
            }
        }
        if open.is_empty() && failing.is_empty() {
            Ok(())
        } else {
            Err(Violation::ChecklistIncomplete { open, failing })
        }
    }

    /// The reason of a rejection as its author reads it: what was typed, then every failing item with its note.
    ///
    /// # Errors
    /// [`Violation::ReasonRequired`] where nothing was typed and nothing fails.
    pub fn rejection(
        &self,
        reason: Option<&str>,
        typed: &BTreeMap<String, ItemAnswer>,
        findings: &BTreeMap<String, Finding>,
    ) -> Result<String, Violation> {
        let mut lines: Vec<String> = reason.into_iter().map(str::to_owned).collect();
        for item in &self.0 {
            if Self::answer(item, typed, findings) != Some(Answer::No) {
                continue;
            }
            let note = typed.get(&item.code).map_or("", |answer| answer.note.trim());
            lines.push(if note.is_empty() {
                format!("– {}: không đạt.", item.label)
            } else {
                format!("– {}: không đạt. {note}", item.label)
            });
        }
        if lines.is_empty() {
            Err(Violation::ReasonRequired)
        } else {
            Ok(lines.join("\n"))
        }
    }
}
