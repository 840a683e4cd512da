//! Tables as files: XLSX and CSV written, XLSX and CSV read, within bounds.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use contract::error::FieldProblem;
use contract::{Error, Result};
use rules::Violation;
use rules::text::legacy::{detect, syllables};
use rules::text::nfc;

use crate::error::internal;

/// Largest file read, in bytes.
pub const FILE_MAX: u64 = 5 * 1024 * 1024;
/// Most rows read, headings aside.
pub const ROWS_MAX: usize = 1_000;
/// Most columns read.
pub const COLUMNS_MAX: usize = 60;
/// Longest cell read, in characters; longer ones are kept to show them as too long.
const CELL_MAX: usize = 20_001;
/// Largest content of an XLSX file, unpacked: a bomb ends here.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// Most files inside an XLSX file.
const PARTS_MAX: usize = 500;
/// Bytes by which the encoding of a file is told, lines in plain ASCII aside.
const TELLING: usize = 256 * 1024;

/// MIME type of XLSX.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// MIME type of CSV.
pub const CSV: &str = "text/csv; charset=utf-8";

/// Writes a table as XLSX; every cell is text, so that no cell is ever a formula. The first row is the heading.
///
/// # Errors
/// `Internal`.
pub fn to_xlsx(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>> {
    use rust_xlsxwriter::{Format, Workbook};
    let mut workbook = Workbook::new();
    let mut write = || {
        let bold = Format::new().set_bold();
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                // the format's own limit
                let cell: String = cell.chars().take(32_000).collect();
                if row == 0 {
                    sheet.write_string_with_format(row, column, cell, &bold)?;
                } else {
                    sheet.write_string(row, column, cell)?;
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_autofit_max_width(400);
        sheet.autofit();
        workbook.save_to_buffer()
    };
    write().map_err(|error: rust_xlsxwriter::XlsxError| internal(&error))
}

/// Writes a table as CSV as Vietnamese Excel reads it: UTF-8 with a byte order mark, semicolons. What a spreadsheet
/// would take for a formula gets an apostrophe before it.
///
/// # Errors
/// `Internal`.
pub fn to_csv(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| guarded(cell)))
            .map_err(|error| internal(&error))?;
    }
    writer.into_inner().map_err(|error| internal(error.error()))
}

fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Reads the first sheet of an XLSX file, or a CSV file; which of them, the content decides. Empty rows at the end are
/// left out; formulas count as the value they last had.
///
/// # Errors
/// `FileEmpty`, `FileTooLarge`, `FileType` for anything else, for a bomb and for what is damaged; `Invalid` for too many
/// rows.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    if bytes.is_empty() {
        return Err(Violation::FileEmpty.into());
    }
    if bytes.len() as u64 > FILE_MAX {
        return Err(Violation::FileTooLarge { limit: FILE_MAX }.into());
    }
    let mut rows = if bytes.starts_with(b"PK\x03\x04") {
        from_xlsx(bytes)?
    } else {
        from_csv(bytes)?
    };
    while rows
        .last()
        .is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty()))
    {
        rows.pop();
    }
    if rows.is_empty() {
        return Err(Violation::FileEmpty.into());
    }
    if rows.len() > ROWS_MAX + 1 {
        return Err(too_long());
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Ok(rows)
}

fn too_long() -> Error {
    Error::field("file", FieldProblem::TooLong { max: ROWS_MAX as u32 })
}

fn wrong(found: &str) -> Error {
    Violation::FileType {
        found: found.to_owned(),
    }
    .into()
}

fn from_xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    unpacks_within_bounds(bytes)?;
    let damaged = || wrong("XLSX?");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = book.sheet_names().first().cloned().ok_or_else(damaged)?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // cell by cell: a lone cell in the last corner of a sheet must not make a table of that size
    while let Some(cell) = reader.next_cell().map_err(|_| damaged())? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if row > ROWS_MAX || column >= COLUMNS_MAX {
            return Err(too_long());
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
    }
    Ok(rows)
}

/// Unpacks everything once and throws it away, counting: sizes a file gives of itself are not believed.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<()> {
    let damaged = || wrong("ZIP?");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > PARTS_MAX {
        return Err(wrong("ZIP"));
    }
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| damaged())?;
        let mut bounded = part.take(UNPACKED_MAX - total + 1);
        total += std::io::copy(&mut bounded, &mut std::io::sink()).map_err(|_| damaged())?;
        if total > UNPACKED_MAX {
            return Err(Violation::FileTooLarge { limit: UNPACKED_MAX }.into());
        }
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // whole numbers without ".0": a receipt number typed as a number
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
            if (hour, minute) == (0, 0) {
                format!("{day:02}/{month:02}/{year:04}")
            } else {
                format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}")
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
    };
    text.trim().chars().take(CELL_MAX).collect()
}

fn from_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let text = decoded(bytes)?;
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|_| wrong("CSV?"))?;
        if rows.len() > ROWS_MAX || record.len() > COLUMNS_MAX {
            return Err(too_long());
        }
        rows.push(
            record
                .iter()
                .map(|cell| unguarded(cell.trim()).chars().take(CELL_MAX).collect())
                .collect(),
        );
    }
    Ok(rows)
}

/// Takes back the apostrophe an export put before what looks like a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
        .unwrap_or(cell)
}

/// UTF-8 or UTF-16 by their marks; without one UTF-8, else an encoding of single bytes.
fn decoded(bytes: &[u8]) -> Result<String> {
    if bytes.iter().take(4096).any(|byte| *byte == 0)
        && !bytes.starts_with(b"\xFF\xFE")
        && !bytes.starts_with(b"\xFE\xFF")
    {
        return Err(wrong("?"));
    }
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return Ok(of_single_bytes(bytes)),
        },
    };
    Ok(nfc(&text))
}

/// Text in TCVN3 or VNI, left in the characters of Windows-1252 that spreadsheets show for it and rows are converted
/// from; else Windows-1258, which Vietnamese Windows saved before, its tones composed with their letters.
fn of_single_bytes(bytes: &[u8]) -> String {
    let read = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        nfc(&encoding.decode_without_bom_handling(bytes).0)
    };
    let telling: Vec<u8> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| !line.is_ascii())
        .flatten()
        .copied()
        .take(TELLING)
        .collect();
    let western = read(encoding_rs::WINDOWS_1252, &telling);
    let is_legacy = detect(&western).is_some_and(|legacy| {
        // some words of Windows-1258 would be syllables of an old encoding as well
        let vietnamese = read(encoding_rs::WINDOWS_1258, &telling);
        syllables(&western, Some(legacy)) > syllables(&vietnamese, None)
    });
    let encoding = if is_legacy {
        encoding_rs::WINDOWS_1252
    } else {
        encoding_rs::WINDOWS_1258
    };
    read(encoding, bytes)
}

/// Semicolons or commas (or tabs), whichever the first line has most of.
fn delimiter(text: &str) -> u8 {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|mark| {
            // of several as frequent, the first: max_by_key would take the last
            (
                line.bytes().filter(|byte| byte == mark).count(),
                u8::from(*mark == b';'),
            )
        })
        .unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes()).expect("a table")
    }

    #[test]
    fn csv_is_read_with_either_mark_and_encoding() {
        let table = vec![
            vec!["Tên".to_owned(), "Mã".to_owned()],
            vec!["Một; hai".to_owned(), "=1".to_owned()],
        ];
        assert_eq!(rows("\u{FEFF}Tên;Mã\r\n\"Một; hai\";=1\r\n\r\n"), table);
        assert_eq!(rows("Tên,Mã\nMột; hai,'=1\n"), table);
        // in Windows-1258 a tone is a character of its own, after its letter
        assert_eq!(read(b"T\xEAn;Ma\xDE").expect("a table"), [["Tên", "Mã"]]);
        assert_eq!(rows("A;B\n1").len(), 2);
        assert_eq!(rows("A;B\n1")[1], ["1", ""], "short rows are filled");
    }

    #[test]
    fn the_whole_file_tells_which_encoding_of_single_bytes_it_is_in() {
        let bytes = |text: &str| -> Vec<u8> {
            let byte = |c: char| u8::try_from(c).expect("a single byte");
            text.chars().map(byte).collect()
        };
        // as the fonts .Vn… and VNI-… show it
        for old in [
            "M· ®¬n vÞ;Tªn ng¾n\nT-1;Ph\u{AD}êng NguyÔn Tr·i",
            "Maõ ñôn vò;Teân ngaén\nT-1;Phöôøng Nguyeãn Traõi",
            "Code;Name\nT-1;S¸ng kiÕn",
            "Code;Name\nT-1;Saùng kieán",
        ] {
            let cells = |line: &str| -> Vec<String> { line.split(';').map(str::to_owned).collect() };
            let table: Vec<Vec<String>> = old.lines().map(cells).collect();
            assert_eq!(read(&bytes(old)).expect("a table"), table);
        }
        // quotation marks stand where Windows-1252 has them
        let quoted = read(b"Code;Name\nT-1;\x93S\xB8ng ki\xD5n\x94").expect("a table");
        assert_eq!(quoted[1][1], "“S¸ng kiÕn”");
        let vietnamese =
            b"Ma\xDE \xF0\xF5n vi\xF2;T\xEAn ng\xE3\xECn\nT-1;Ph\xFD\xF5\xCCng Nguy\xEA\xDEn Tra\xDEi";
        assert_eq!(
            read(vietnamese).expect("a table"),
            [["Mã đơn vị", "Tên ngắn"], ["T-1", "Phường Nguyễn Trãi"]]
        );
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let text = "\u{FEFF}Mã\tTên\r\n1\tĐường dây nóng\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(
                read(&bytes).expect("a table"),
                [["Mã", "Tên"], ["1", "Đường dây nóng"]]
            );
        }
    }

    #[test]
    fn a_table_comes_back_as_it_was_written_and_never_as_a_formula() {
        let table: Vec<Vec<String>> = [
            ["Tên", "Ghi chú"],
            ["Đường dây nóng", "=HYPERLINK(\"x\")"],
            ["-1", "+84"],
        ]
        .map(|row| row.map(str::to_owned).to_vec())
        .to_vec();
        assert_eq!(
            read(&to_xlsx("Bài", &table).expect("xlsx")).expect("reads"),
            table
        );
        let csv = to_csv(&table).expect("csv");
        let text = String::from_utf8(csv.clone()).expect("UTF-8");
        assert!(text.starts_with("\u{FEFF}Tên;Ghi chú\r\n"), "{text}");
        assert!(
            text.contains("\"'=HYPERLINK(\"\"x\"\")\"") && text.contains("'-1;'+84"),
            "{text}"
        );
        assert_eq!(read(&csv).expect("reads"), table);
    }

    #[test]
    fn broken_and_boundless_files_are_refused_in_words() {
        let violation = |bytes: &[u8]| match read(bytes) {
            Err(Error::Rule(violation)) => violation,
            other => panic!("{other:?}"),
        };
        assert_eq!(violation(b""), Violation::FileEmpty);
        assert_eq!(violation(b" ; \n;"), Violation::FileEmpty);
        assert!(matches!(
            violation(b"PK\x03\x04 no zip"),
            Violation::FileType { .. }
        ));
        assert!(matches!(
            violation(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            Violation::FileType { .. }
        ));
        assert!(matches!(
            violation(&vec![b'x'; FILE_MAX as usize + 1]),
            Violation::FileTooLarge { .. }
        ));
        let long = "x\n".repeat(ROWS_MAX + 2);
        assert_eq!(read(long.as_bytes()), Err(too_long()));
        let mut table = vec![vec![String::new(); 3]; 2];
        table[1][2] = "x".to_owned();
        let whole = to_xlsx("A", &table).expect("xlsx");
        assert!(matches!(
            violation(&whole[..whole.len() / 2]),
            Violation::FileType { .. }
        ));
    }

    #[test]
    fn a_bomb_ends_at_the_bound() {
        use std::io::Write;
        let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
        bomb.start_file(
            "xl/worksheets/sheet1.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .expect("a part");
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..65 {
            bomb.write_all(&zeros).expect("written");
        }
        let bytes = bomb.finish().expect("a zip").into_inner();
        assert!(bytes.len() < 200_000, "it is small: {}", bytes.len());
        assert_eq!(
            read(&bytes),
            Err(Violation::FileTooLarge { limit: UNPACKED_MAX }.into())
        );
    }

    #[test]
    fn a_lone_cell_far_away_makes_no_table_of_that_size() {
        use rust_xlsxwriter::Workbook;
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "Tên").expect("written");
        sheet.write_string(1_000_000, 16_000, "x").expect("written");
        let bytes = workbook.save_to_buffer().expect("xlsx");
        assert_eq!(read(&bytes), Err(too_long()));
    }

    #[test]
    fn formulas_count_as_their_value() {
        use rust_xlsxwriter::{Formula, Workbook};
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "Số").expect("written");
        sheet
            .write_formula(1, 0, Formula::new("=1+1").set_result("2"))
            .expect("written");
        sheet.write_number(2, 0, 42.0).expect("written");
        let bytes = workbook.save_to_buffer().expect("xlsx");
        assert_eq!(read(&bytes).expect("reads"), [["Số"], ["2"], ["42"]]);
    }
}
