//! Archives that unpack to far more than they look like.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use super::name::extension_of;

/// Bytes an archive may unpack to whatever its own size is.
const ALWAYS: u128 = 256 * 1024 * 1024;
/// How many times its own size an archive may unpack to.
const RATIO: u128 = 100;
/// Most files in an archive.
const FILES_MAX: usize = 100_000;
/// Largest archive within an archive that is looked into; its bytes are held in memory.
const NESTED_MAX: u64 = 64 * 1024 * 1024;
/// Bytes of archives within the archive looked into in all.
const NESTED_ALL: u64 = 256 * 1024 * 1024;
/// How deep archives may lie within archives.
const DEPTH_MAX: usize = 8;

/// What names of ZIP archives end in, also those with something before the first part.
const ENDINGS: [&str; 15] = [
    "zip", "jar", "war", "ear", "aar", "apk", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "whl",
    "xpi",
];
/// What a ZIP archive begins with: its first part, or the end of an empty one.
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// What a line of an archive's directory begins with.
const LINE: &[u8] = b"PK\x01\x02";

/// Whether opening the ZIP file at `path` would fill a reader's disk, by what its directory says and those of the
/// archives in it say, all together. Only these archives are unpacked, into memory. Blocks. A file that is no ZIP is none.
pub(super) fn is_bomb(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let packed = file.metadata().map_or(0, |about| u128::from(about.len()));
    let Ok(mut archive) = ZipArchive::new(file) else {
        return false;
    };
    let mut look = Look {
        packed,
        unpacked: 0,
        files: 0,
        left: NESTED_ALL,
    };
    look.finds_a_bomb(&mut archive, 0)
}

/// What was seen so far of an archive and the archives in it.
struct Look {
    /// Size of the outermost.
    packed: u128,
    /// What all of them say they unpack to.
    unpacked: u128,
    files: usize,
    /// Bytes of archives within it that may still be read.
    left: u64,
}

/// What is in a part.
enum Part {
    Other,
    Archive(Vec<u8>),
    /// It is longer than it says.
    Lie,
}

impl Look {
    /// Whether everything seen so far and this archive, which lies `depth` archives deep, are too much. Stops as soon as
    /// it is.
    fn finds_a_bomb<R: Read + Seek>(&mut self, archive: &mut ZipArchive<R>, depth: usize) -> bool {
        self.files = self.files.saturating_add(archive.len());
        if self.files > FILES_MAX {
            return true;
        }
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let Ok(part) = archive.by_index_raw(index) else {
                continue;
            };
            let size = part.size();
            self.unpacked = self.unpacked.saturating_add(u128::from(size));
            if self.unpacked > ALWAYS && self.unpacked > self.packed.saturating_mul(RATIO) {
                return true;
            }
            if !part.is_dir() && size <= NESTED_MAX {
                parts.push((size, index));
            }
        }
        // the small ones first: what is made to deceive is small, and not everything may be read
        parts.sort_unstable();
        for (size, index) in parts {
            let bytes = match self.part(archive, index, size) {
                Part::Other => continue,
                Part::Lie => return true,
                Part::Archive(bytes) => bytes,
            };
            // before its directory takes many times its size in memory
            let lines = bytes.windows(LINE.len()).filter(|four| *four == LINE);
            if lines.count() > FILES_MAX {
                return true;
            }
            let Ok(mut nested) = ZipArchive::new(Cursor::new(bytes)) else {
                continue;
            };
            // nobody packs like this, and what lies below cannot be seen
            if depth >= DEPTH_MAX || self.finds_a_bomb(&mut nested, depth + 1) {
                return true;
            }
        }
        false
    }

    /// Reads a part that is an archive by its name or its beginning, as far as it says it goes.
    fn part<R: Read + Seek>(&mut self, archive: &mut ZipArchive<R>, index: usize, size: u64) -> Part {
        // encrypted, or packed in a way that is not known here
        let Ok(mut part) = archive.by_index(index) else {
            return Part::Other;
        };
        let mut bytes = Vec::new();
        // what came counts also where the rest is broken: other readers are less strict
        let _ = part.by_ref().take(4).read_to_end(&mut bytes);
        let named = extension_of(part.name()).is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
        let is_archive = named || BEGINNINGS.contains(&bytes.as_slice());
        if is_archive && size <= self.left {
            // one byte more than it says tells a lie
            let rest = (size + 1).saturating_sub(bytes.len() as u64);
            bytes.reserve_exact(usize::try_from(rest).unwrap_or_default());
            let _ = part.take(rest).read_to_end(&mut bytes);
            self.left = self.left.saturating_sub(bytes.len() as u64);
        }
        if bytes.len() as u64 > size {
            Part::Lie
        } else if is_archive && bytes.len() > 4 {
            Part::Archive(bytes)
        } else {
            Part::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of the parts.
    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .expect("a part begins");
            writer.write_all(bytes).expect("a part is written");
        }
        writer.finish().expect("the archive ends").into_inner()
    }

    /// The archive, whose directory now says another size of its last part: what a bomb says of itself, without its bytes.
    fn claiming(mut archive: Vec<u8>, size: u32) -> Vec<u8> {
        let line = archive
            .windows(LINE.len())
            .rposition(|four| four == LINE)
            .expect("the directory");
        archive[line + 24..line + 28].copy_from_slice(&size.to_le_bytes());
        archive
    }

    /// An archive within as many others.
    fn nested(mut bytes: Vec<u8>, times: usize) -> Vec<u8> {
        for _ in 0..times {
            bytes = archive(&[("doc.txt", b"noi dung"), ("trong.zip", &bytes)]);
        }
        bytes
    }

    fn bomb(bytes: &[u8]) -> bool {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        is_bomb(file.path())
    }

    fn honest() -> Vec<u8> {
        archive(&[("a.txt", b"noi dung")])
    }

    #[test]
    fn the_directory_tells_a_bomb() {
        assert!(!bomb(&honest()));
        assert!(
            bomb(&claiming(honest(), 4_000_000_000)),
            "4 GB in a hundred bytes"
        );
        assert!(!bomb(b"%PDF-1.7"));
        assert!(!is_bomb(Path::new("no such file")));
    }

    #[test]
    fn archives_within_archives_are_looked_into() {
        assert!(!bomb(&nested(honest(), 3)), "an honest one three levels deep");
        let hidden = claiming(honest(), 4_000_000_000);
        assert!(bomb(&nested(hidden.clone(), 3)), "a bomb three levels deep");
        assert!(bomb(&archive(&[("hinh.png", &hidden)])), "whatever its name");
        let mut after = b"#!/bin/sh\n".to_vec();
        after.extend(&hidden);
        assert!(bomb(&archive(&[("chay.jar", &after)])), "behind something else");
    }

    #[test]
    fn the_sizes_of_all_levels_add_up() {
        let part = claiming(honest(), 100 * 1024 * 1024);
        let of = |count: usize| {
            let names: Vec<_> = (0..count).map(|number| format!("{number}.zip")).collect();
            let parts: Vec<_> = names
                .iter()
                .map(|name| (name.as_str(), part.as_slice()))
                .collect();
            archive(&parts)
        };
        assert!(!bomb(&of(2)));
        assert!(bomb(&of(3)), "300 MB in three of them");
    }

    #[test]
    fn a_part_longer_than_it_says_is_a_lie() {
        let inner = honest();
        let less = u32::try_from(inner.len() - 1).expect("small");
        let outer = archive(&[("trong.zip", &inner)]);
        assert!(!bomb(&outer));
        assert!(bomb(&claiming(outer, less)));
    }

    #[test]
    fn deeper_than_anybody_packs_is_refused() {
        assert!(!bomb(&nested(honest(), DEPTH_MAX)));
        assert!(bomb(&nested(honest(), DEPTH_MAX + 1)));
    }
}
