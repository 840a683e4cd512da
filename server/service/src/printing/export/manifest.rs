//! The list at the end of an archive: what lies in it, for programs (JSON), tables (CSV) and `sha256sum -c`.

use std::io;

use rules::time::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::contest::ContestRow;

use super::hex;

/// A file of the archive.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Code of the entry.
    pub entry: String,
    /// Number of the submission, from 1.
    pub revision: i64,
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex, of what was written; of what was uploaded where the file is missing.
    pub sha256: String,
    /// The stored file is gone and not in the archive.
    pub missing: bool,
}

/// The list while it is made.
#[derive(Debug, Serialize)]
pub struct Manifest {
    format: &'static str,
    contest: String,
    name: String,
    made: Timestamp,
    entries: usize,
    files: Vec<Line>,
}

impl Manifest {
    /// An empty list.
    pub fn new(contest: &ContestRow, made: Timestamp, entries: usize) -> Self {
        Self {
            format: "contest-entries/1",
            contest: contest.code.clone(),
            name: contest.name.clone(),
            made,
            entries,
            files: Vec::new(),
        }
    }

    /// Adds a file.
    pub fn add(&mut self, line: Line) {
        self.files.push(line);
    }

    /// The lists as files of the archive.
    pub fn files(&self) -> io::Result<Vec<(String, Vec<u8>)>> {
        let json = serde_json::to_vec_pretty(self)?;
        let csv = self.csv().into_bytes();
        let mut sums = String::new();
        let lists = [("manifest.json", &json), ("manifest.csv", &csv)];
        let lists = lists.map(|(name, bytes)| (name, hex(&Sha256::digest(bytes))));
        let files = self.files.iter().filter(|line| !line.missing);
        let files = files.map(|line| (line.path.as_str(), &line.sha256));
        for (path, sha256) in files.chain(lists.iter().map(|(name, sha256)| (*name, sha256))) {
            sums.push_str(&format!("{sha256}  {path}\n"));
        }
        Ok(vec![
            ("manifest.json".to_owned(), json),
            ("manifest.csv".to_owned(), csv),
            ("SHA256SUMS".to_owned(), sums.into_bytes()),
        ])
    }

    /// With a byte order mark, by which spreadsheets know UTF-8, and every cell quoted.
    fn csv(&self) -> String {
        let mut csv = String::from("\u{FEFF}path,size,sha256,entry,revision,missing\r\n");
        for line in &self.files {
            let numbers = (
                line.size.to_string(),
                line.revision.to_string(),
                line.missing.to_string(),
            );
            let cells = [
                &line.path,
                &numbers.0,
                &line.sha256,
                &line.entry,
                &numbers.1,
                &numbers.2,
            ];
            csv.push_str(&cells.map(|cell| quoted(cell)).join(","));
            csv.push_str("\r\n");
        }
        csv
    }
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_to_spreadsheets() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(quoted("PT-2023-001/tệp.pdf"), "\"PT-2023-001/tệp.pdf\"");
    }
}
