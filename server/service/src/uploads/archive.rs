//! Archives that unpack to far more than they look like.

use std::fs::File;
use std::path::Path;

use zip::ZipArchive;

/// Bytes an archive may unpack to whatever its own size is.
const ALWAYS: u128 = 256 * 1024 * 1024;
/// How many times its own size an archive may unpack to.
const RATIO: u128 = 100;
/// Most files in an archive.
const FILES_MAX: usize = 100_000;

/// Whether opening the ZIP file at `path` would fill a reader's disk, by what its directory says. Nothing is unpacked.
/// Blocks. A file that is no ZIP is none.
pub(super) fn is_bomb(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let packed = file.metadata().map_or(0, |about| u128::from(about.len()));
    let Ok(mut archive) = ZipArchive::new(file) else {
        return false;
    };
    if archive.len() > FILES_MAX {
        return true;
    }
    let mut unpacked = 0_u128;
    for index in 0..archive.len() {
        if let Ok(part) = archive.by_index_raw(index) {
            unpacked += u128::from(part.size());
        }
    }
    unpacked > ALWAYS && unpacked > packed.saturating_mul(RATIO)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A stored part, whose size in the directory is then overwritten: what a bomb says of itself, without its bytes.
    fn archive(claims: u32) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer
            .start_file("a.txt", SimpleFileOptions::default())
            .expect("a part begins");
        writer.write_all(b"noi dung").expect("a part is written");
        let mut bytes = writer.finish().expect("the archive ends").into_inner();
        let directory = bytes
            .windows(4)
            .position(|four| four == b"PK\x01\x02")
            .expect("the directory");
        bytes[directory + 24..directory + 28].copy_from_slice(&claims.to_le_bytes());
        bytes
    }

    #[test]
    fn the_directory_tells_a_bomb() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&archive(8)).expect("written");
        assert!(!is_bomb(file.path()), "an honest archive");
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&archive(4_000_000_000)).expect("written");
        assert!(is_bomb(file.path()), "4 GB in a hundred bytes");
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(b"%PDF-1.7").expect("written");
        assert!(!is_bomb(file.path()));
        assert!(!is_bomb(Path::new("no such file")));
    }
}
