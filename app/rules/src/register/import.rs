//! Tables to import: which columns there are, by which headings they are known, and how a cell is read.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::account::Role;
use crate::text::{fold, one_line};
use crate::time::{Timestamp, Zone, parse_date};

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Entries,
    Units,
    People,
}

impl ImportKind {
    /// The part of the address, its serde name.
    pub fn slug(self) -> &'static str {
        match self {
            ImportKind::Entries => "entries",
            ImportKind::Units => "units",
            ImportKind::People => "people",
        }
    }

    /// The kind of an address part.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [ImportKind::Entries, ImportKind::Units, ImportKind::People]
            .into_iter()
            .find(|kind| kind.slug() == slug)
    }

    /// The columns, in the order of the template.
    pub fn fields(self) -> &'static [ImportField] {
        use ImportField as F;
        match self {
            ImportKind::Entries => &[
                F::ReceiptNumber,
                F::Title,
                F::Authors,
                F::UnitCode,
                F::Category,
                F::ReceivedAt,
                F::Channel,
                F::LateReason,
                F::Summary,
                F::EntryCode,
            ],
            ImportKind::Units => &[
                F::UnitCode,
                F::UnitName,
                F::ShortName,
                F::ParentCode,
                F::UnitKind,
                F::DocSymbol,
                F::ValidFrom,
                F::ValidTo,
            ],
            ImportKind::People => &[
                F::UserName,
                F::FullName,
                F::UnitCode,
                F::Position,
                F::Email,
                F::Roles,
            ],
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// Key of an imported entry.
    ReceiptNumber,
    Title,
    Authors,
    /// Key of a unit; refers to one elsewhere.
    UnitCode,
    Category,
    ReceivedAt,
    Channel,
    LateReason,
    Summary,
    /// Code an entry has already: such a row is left out.
    EntryCode,
    UnitName,
    ShortName,
    ParentCode,
    UnitKind,
    DocSymbol,
    ValidFrom,
    ValidTo,
    /// Key of a person.
    UserName,
    FullName,
    Position,
    Email,
    Roles,
}

impl ImportField {
    /// Every column.
    pub const ALL: [ImportField; 22] = [
        ImportField::ReceiptNumber,
        ImportField::Title,
        ImportField::Authors,
        ImportField::UnitCode,
        ImportField::Category,
        ImportField::ReceivedAt,
        ImportField::Channel,
        ImportField::LateReason,
        ImportField::Summary,
        ImportField::EntryCode,
        ImportField::UnitName,
        ImportField::ShortName,
        ImportField::ParentCode,
        ImportField::UnitKind,
        ImportField::DocSymbol,
        ImportField::ValidFrom,
        ImportField::ValidTo,
        ImportField::UserName,
        ImportField::FullName,
        ImportField::Position,
        ImportField::Email,
        ImportField::Roles,
    ];

    /// The form's value, its serde name.
    pub fn slug(self) -> &'static str {
        match self {
            ImportField::ReceiptNumber => "receipt_number",
            ImportField::Title => "title",
            ImportField::Authors => "authors",
            ImportField::UnitCode => "unit_code",
            ImportField::Category => "category",
            ImportField::ReceivedAt => "received_at",
            ImportField::Channel => "channel",
            ImportField::LateReason => "late_reason",
            ImportField::Summary => "summary",
            ImportField::EntryCode => "entry_code",
            ImportField::UnitName => "unit_name",
            ImportField::ShortName => "short_name",
            ImportField::ParentCode => "parent_code",
            ImportField::UnitKind => "unit_kind",
            ImportField::DocSymbol => "doc_symbol",
            ImportField::ValidFrom => "valid_from",
            ImportField::ValidTo => "valid_to",
            ImportField::UserName => "user_name",
            ImportField::FullName => "full_name",
            ImportField::Position => "position",
            ImportField::Email => "email",
            ImportField::Roles => "roles",
        }
    }

    /// The column of a form's value.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.slug() == slug)
    }

    /// Heading in files, as templates and exports write it.
    pub fn heading(self) -> &'static str {
        match self {
            ImportField::ReceiptNumber => "Số biên nhận",
            ImportField::Title => "Tên bài dự thi",
            ImportField::Authors => "Tác giả",
            ImportField::UnitCode => "Mã đơn vị",
            ImportField::Category => "Mã nội dung",
            ImportField::ReceivedAt => "Thời điểm nhận",
            ImportField::Channel => "Hình thức nhận",
            ImportField::LateReason => "Lý do nhận muộn",
            ImportField::Summary => "Tóm tắt",
            ImportField::EntryCode => "Mã bài",
            ImportField::UnitName => "Tên đơn vị",
            ImportField::ShortName => "Tên ngắn",
            ImportField::ParentCode => "Mã đơn vị cấp trên",
            ImportField::UnitKind => "Loại đơn vị",
            ImportField::DocSymbol => "Ký hiệu văn bản",
            ImportField::ValidFrom => "Hiệu lực từ",
            ImportField::ValidTo => "Hiệu lực đến",
            ImportField::UserName => "Tên đăng nhập",
            ImportField::FullName => "Họ và tên",
            ImportField::Position => "Chức vụ",
            ImportField::Email => "Thư điện tử",
            ImportField::Roles => "Vai trò",
        }
    }

    /// Other folded headings the column is known by.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            ImportField::ReceiptNumber => {
                &["receipt number", "receipt", "so bien nhan", "so phieu", "so den"]
            }
            ImportField::Title => &[
                "title",
                "ten bai",
                "ten de tai",
                "ten sang kien",
                "ten giai phap",
                "de tai",
            ],
            ImportField::Authors => &["authors", "author", "nhom tac gia", "ho ten tac gia"],
            ImportField::UnitCode => &["unit code", "unit", "ma dv", "code", "ma"],
            ImportField::Category => &["category", "category code", "noi dung", "linh vuc", "ma linh vuc"],
            ImportField::ReceivedAt => &[
                "received at",
                "received",
                "ngay nhan",
                "thoi gian nhan",
                "thoi diem nop",
            ],
            ImportField::Channel => &["channel", "kenh nhan", "hinh thuc nop"],
            ImportField::LateReason => &["late reason", "ly do muon"],
            ImportField::Summary => &["summary", "noi dung tom tat", "mo ta"],
            ImportField::EntryCode => &["entry code", "ma bai du thi"],
            ImportField::UnitName => &["unit name", "name", "don vi", "co quan don vi"],
            ImportField::ShortName => &["short name", "ten viet tat", "ten tat"],
            ImportField::ParentCode => &[
                "parent code",
                "parent",
                "don vi cap tren",
                "ma cap tren",
                "truc thuoc",
            ],
            ImportField::UnitKind => &["kind", "unit kind", "loai", "cap"],
            ImportField::DocSymbol => &["document symbol", "ky hieu"],
            ImportField::ValidFrom => &["valid from", "tu ngay"],
            ImportField::ValidTo => &["valid to", "den ngay"],
            ImportField::UserName => &["user name", "username", "tai khoan", "ten tai khoan"],
            ImportField::FullName => &["full name", "ho ten", "ho va ten", "name"],
            ImportField::Position => &["position", "chuc danh"],
            ImportField::Email => &["email", "e-mail"],
            ImportField::Roles => &["roles", "role", "quyen"],
        }
    }

    /// Without the column nothing can be imported.
    pub fn is_required(self, kind: ImportKind) -> bool {
        match kind {
            ImportKind::Entries => matches!(
                self,
                ImportField::ReceiptNumber
                    | ImportField::Title
                    | ImportField::Authors
                    | ImportField::Category
                    | ImportField::ReceivedAt
            ),
            ImportKind::Units => matches!(self, ImportField::UnitCode | ImportField::UnitName),
            ImportKind::People => matches!(self, ImportField::UserName | ImportField::FullName),
        }
    }

    /// Whether a heading names the column.
    fn is_named(self, heading: &str) -> bool {
        let folded = fold(heading);
        !folded.is_empty() && (folded == fold(self.heading()) || self.aliases().contains(&folded.as_str()))
    }
}

/// Which field each column of the table holds, by its heading; each field is taken once, by the first that names it.
pub fn map_columns(kind: ImportKind, headings: &[String]) -> Vec<Option<ImportField>> {
    let mut taken = Vec::new();
    headings
        .iter()
        .map(|heading| {
            let field = kind
                .fields()
                .iter()
                .copied()
                .find(|field| field.is_named(heading) && !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect()
}

/// Names of several people in one cell, apart by semicolons or line ends (commas where neither stands).
pub fn parse_people(cell: &str) -> Vec<String> {
    let mark = |c: char| matches!(c, ';' | '\n' | '\r');
    let split: Vec<&str> = if cell.contains(mark) {
        cell.split(mark).collect()
    } else {
        cell.split(',').collect()
    };
    split
        .into_iter()
        .map(one_line)
        .filter(|name| !name.is_empty())
        .collect()
}

/// A day with or without a time, as people and spreadsheets write it: `12/10/2023 16:30`, `2023-10-12T16:30:00`. A day
/// alone is its noon: only the day is known, and a day received is no day late.
pub fn parse_instant(cell: &str, zone: &Zone) -> Option<Timestamp> {
    let cell = cell.trim();
    for format in [
        "%d/%m/%Y %H:%M",
        "%d/%m/%Y %H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%H:%M %d/%m/%Y",
    ] {
        if let Ok(local) = NaiveDateTime::parse_from_str(cell, format) {
            return zone.instant(local);
        }
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    zone.instant(parse_date(cell)?.and_time(noon))
}

/// A role as a table names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleWord {
    /// Everybody may be an author: nothing to grant.
    Nothing,
    Grant(Role),
    /// Judges get theirs with a seat, administrators theirs by hand.
    Refused(Role),
}

/// The role of a word in either language; `None` for an unknown one.
pub fn role_of(word: &str) -> Option<RoleWord> {
    Some(match fold(word).as_str() {
        "" | "author" | "tac gia" => RoleWord::Nothing,
        "unit coordinator" | "unit_coordinator" | "coordinator" | "dau moi" | "dau moi don vi" => {
            RoleWord::Grant(Role::UnitCoordinator)
        }
        "organiser" | "organizer" | "ban to chuc" => RoleWord::Grant(Role::Organiser),
        "leader" | "lanh dao" => RoleWord::Grant(Role::Leader),
        "reader" | "nguoi doc" | "thanh tra" => RoleWord::Grant(Role::Reader),
        "judge" | "giam khao" => RoleWord::Refused(Role::Judge),
        "administrator" | "quan tri" | "quan tri he thong" => RoleWord::Refused(Role::Administrator),
        _ => return None,
    })
}
