//! Bytes on disk, named by their SHA-256: `blobs/ab/abcdef…`. A blob is complete and synced before a row names it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rules::ledger::Hash32;
use tempfile::TempPath;

/// The folder of blobs. Methods block; callers run them off the async threads.
#[derive(Clone, Debug)]
pub struct Blobs {
    data: PathBuf,
}

impl Blobs {
    /// Blobs below a data folder.
    pub fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
        }
    }

    /// A new temporary file on the same file system as the blobs; it goes when the path is dropped.
    pub fn temporary(&self) -> io::Result<(fs::File, TempPath)> {
        let folder = self.incoming();
        fs::create_dir_all(&folder)?;
        Ok(tempfile::Builder::new()
            .prefix("upload-")
            .tempfile_in(folder)?
            .into_parts())
    }

    /// Keeps a finished, synced file under its hash and gives its storage key. The same bytes twice are one blob.
    pub fn keep(&self, file: TempPath, hash: Hash32, size: u64) -> io::Result<String> {
        let key = storage_key(hash);
        let target = self.path(&key);
        let folder = target
            .parent()
            .ok_or_else(|| io::Error::other("a blob lies in a folder"))?;
        fs::create_dir_all(folder)?;
        if fs::metadata(&target).is_ok_and(|kept| kept.is_file() && kept.len() == size) {
            return Ok(key);
        }
        file.persist(&target).map_err(|error| error.error)?;
        // the new name survives a power cut only once its folder is synced, and so for the folders above
        fs::File::open(folder)?.sync_all()?;
        fs::File::open(self.data.join("blobs"))?.sync_all()?;
        fs::File::open(&self.data)?.sync_all()?;
        Ok(key)
    }

    /// Where the blob with a storage key lies.
    pub fn path(&self, key: &str) -> PathBuf {
        self.data.join("blobs").join(key)
    }

    /// Removes temporary files last written before `before`, which uploads broken off by a crash left behind.
    pub fn sweep(&self, before: SystemTime) -> io::Result<usize> {
        let entries = match fs::read_dir(self.incoming()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry?;
            if entry.metadata()?.modified()? < before {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn incoming(&self) -> PathBuf {
        self.data.join("incoming")
    }
}

/// `ab/abcdef…` of a hash.
fn storage_key(hash: Hash32) -> String {
    let hex = hash.to_string();
    format!("{}/{hex}", &hex[..2])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_same_bytes_are_kept_once() {
        let data = tempfile::tempdir().expect("a folder for the test");
        let blobs = Blobs::new(data.path());
        let hash = Hash32::of(b"noi dung");
        let keys: Vec<String> = (0..2)
            .map(|_| {
                let (mut file, path) = blobs.temporary().expect("a temporary file");
                file.write_all(b"noi dung").expect("space for eight bytes");
                blobs.keep(path, hash, 8).expect("kept")
            })
            .collect();
        assert_eq!(keys[0], keys[1]);
        assert_eq!(
            keys[0],
            format!("{}/{hash}", hash.to_string().get(..2).expect("64 digits"))
        );
        assert_eq!(fs::read(blobs.path(&keys[0])).expect("the blob"), b"noi dung");
        assert_eq!(
            fs::read_dir(data.path().join("incoming"))
                .expect("the folder")
                .count(),
            0
        );
    }

    #[test]
    fn leftovers_of_a_crash_are_swept() {
        let data = tempfile::tempdir().expect("a folder for the test");
        let blobs = Blobs::new(data.path());
        let later = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1 << 40);
        assert_eq!(blobs.sweep(later).expect("nothing there yet"), 0);
        let (_file, path) = blobs.temporary().expect("a temporary file");
        std::mem::forget(path);
        assert_eq!(
            blobs
                .sweep(SystemTime::UNIX_EPOCH)
                .expect("it may still be written"),
            0
        );
        assert_eq!(blobs.sweep(later).expect("one leftover"), 1);
    }
}
