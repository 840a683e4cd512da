//! The exported list of entries in words, for the server to write as a file. Columns are in Vietnamese whatever the
//! page's language: the list goes into files of Vietnamese offices.

use contract::register::{ExportRow, ExportView};
use leptos::prelude::Owner;
use rules::register::ImportField;
use rules::time::{Zone, format_datetime};

use super::words::{channel_name, standing_name};
use crate::i18n::{Locale, provide_locale};
use crate::text::state_name;

/// The table, its heading first. The headings of the import stand where the columns are the same.
pub fn entries(view: &ExportView) -> Vec<Vec<String>> {
    Owner::new().with(|| {
        provide_locale(Locale::vi);
        let headings = [
            ImportField::EntryCode.heading(),
            ImportField::Title.heading(),
            ImportField::Authors.heading(),
            ImportField::UnitCode.heading(),
            "Đơn vị dự thi",
            ImportField::Category.heading(),
            "Nội dung dự thi",
            "Trạng thái",
            ImportField::ReceivedAt.heading(),
            "Sau hạn nộp",
            ImportField::Channel.heading(),
            ImportField::ReceiptNumber.heading(),
            ImportField::LateReason.heading(),
            "Số tệp",
            "Kết quả kiểm tra",
            "Lý do",
        ];
        let headings = headings.map(str::to_owned).to_vec();
        let note = (view.left_out > 0).then(|| {
            let mut cells = vec![String::new(); headings.len()];
            cells[0] = format!(
                "Còn {} bài dự thi theo bộ lọc này không có trong bảng; hãy lọc hẹp hơn để tải phần còn lại.",
                view.left_out
            );
            cells
        });
        std::iter::once(headings)
            .chain(view.rows.iter().map(|row| cells(row, &view.zone)))
            .chain(note)
            .collect()
    })
}

fn cells(row: &ExportRow, zone: &Zone) -> Vec<String> {
    let line = &row.line;
    vec![
        line.code.clone(),
        line.title.clone(),
        line.authors.join("; "),
        row.unit_code.clone(),
        line.unit_name.clone().unwrap_or_default(),
        line.category.clone(),
        line.category_name.clone(),
        state_name(line.state),
        format_datetime(line.submitted_at, zone),
        if row.marks.after_deadline { "x" } else { "" }.to_owned(),
        row.marks.channel.map(channel_name).unwrap_or_default(),
        row.receipt_number.clone().unwrap_or_default(),
        row.late_reason.clone().unwrap_or_default(),
        line.attachments.len().to_string(),
        row.marks.check.map(standing_name).unwrap_or_default(),
        line.reason.clone().unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(left_out: u64) -> Vec<Vec<String>> {
        // The second test to come finds the executor set already.
        let _ = any_spawner::Executor::init_tokio();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let _inside = runtime.enter();
        entries(&ExportView {
            contest_code: "C".to_owned(),
            contest_name: "C".to_owned(),
            zone: Zone::default(),
            rows: Vec::new(),
            left_out,
        })
    }

    #[test]
    fn a_table_that_leaves_entries_out_says_how_many() {
        let [headings, note] = &*table(3) else {
            panic!("a heading and a note");
        };
        assert_eq!(headings.len(), note.len(), "rows of one table are of one width");
        assert!(note[0].starts_with("Còn 3 "), "{note:?}");
        assert_eq!(table(0).len(), 1);
    }
}
