//! Finished files, named by their SHA-256: `ab/abcdef…`, in a folder or in an S3 bucket. A blob is complete, and in a
//! folder synced, before a row names it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use object_store::buffered::{BufReader, BufWriter};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{ObjectStore, ObjectStoreExt};
use rules::ledger::Hash32;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use super::off_thread;

/// The bytes of a stored file: read from any place, at most one buffer of them in memory.
pub type Blob = BufReader;

/// Bytes read ahead of a reader, and the size of the parts a bucket gets.
const READ_AHEAD: usize = 1024 * 1024;
const PART: usize = 8 * 1024 * 1024;

/// Where blobs lie, and the folder in which files grow until they are whole.
#[derive(Clone, Debug)]
pub struct Blobs {
    data: PathBuf,
    store: Arc<dyn ObjectStore>,
    /// The blobs' own folder; `None` where they lie in a bucket.
    folder: Option<PathBuf>,
}

impl Blobs {
    /// Blobs in `bucket`, or without one below the data folder.
    pub fn new(data: &Path, bucket: Option<Arc<dyn ObjectStore>>) -> Self {
        // an address relative to where the process was started names the same folder for as long as it runs
        let data = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        let folder = bucket.is_none().then(|| data.join("blobs"));
        Self {
            data,
            store: bucket.unwrap_or_else(|| Arc::new(LocalFileSystem::new())),
            folder,
        }
    }

    /// A new temporary file; it goes when the path is dropped. Blocks.
    pub fn temporary(&self) -> io::Result<(fs::File, TempPath)> {
        let folder = self.incoming();
        fs::create_dir_all(&folder)?;
        Ok(tempfile::Builder::new()
            .prefix("upload-")
            .tempfile_in(folder)?
            .into_parts())
    }

    /// Keeps a finished, synced file under its hash and gives its storage key. The same bytes twice are one blob. The
    /// file stays where it is, so that what comes next may fail and be tried again.
    pub async fn keep(&self, file: &Path, hash: Hash32, size: u64) -> contract::Result<String> {
        let key = storage_key(hash);
        match &self.folder {
            Some(folder) => {
                let (target, file) = (folder.join(&key), file.to_owned());
                let above = [folder.clone(), self.data.clone()];
                off_thread(move || keep_in_folder(&file, &target, size, &above)).await?;
            }
            None => self
                .keep_in_bucket(file, &key, size)
                .await
                .map_err(|error| crate::error::internal(&error))?,
        }
        Ok(key)
    }

    async fn keep_in_bucket(&self, file: &Path, key: &str, size: u64) -> io::Result<()> {
        let location = self.location(key)?;
        match self.store.head(&location).await {
            Ok(kept) if kept.size == size => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let mut file = tokio::fs::File::open(file).await?;
        let mut writer = BufWriter::with_capacity(self.store.clone(), location, PART);
        match tokio::io::copy_buf(
            &mut tokio::io::BufReader::with_capacity(READ_AHEAD, &mut file),
            &mut writer,
        )
        .await
        {
            // the object is there once the writer was shut down, not before
            Ok(_) => writer.shutdown().await,
            Err(error) => {
                if let Err(left) = writer.abort().await {
                    tracing::warn!(error = %left, "parts of a broken upload stay in the bucket");
                }
                Err(error)
            }
        }
    }

    /// The bytes behind a storage key.
    pub async fn open(&self, key: &str) -> io::Result<Blob> {
        let meta = self.store.head(&self.location(key)?).await?;
        Ok(BufReader::with_capacity(self.store.clone(), &meta, READ_AHEAD))
    }

    /// The bytes of a file beside the blobs, and how many there are.
    pub async fn open_file(path: &Path) -> io::Result<(Blob, u64)> {
        let store: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new());
        let path = std::path::absolute(path)?;
        let location = Location::from_absolute_path(path).map_err(io::Error::other)?;
        let meta = store.head(&location).await?;
        Ok((BufReader::with_capacity(store, &meta, READ_AHEAD), meta.size))
    }

    /// Removes a blob; no matter if it is gone already.
    pub async fn remove(&self, key: &str) -> io::Result<()> {
        match self.store.delete(&self.location(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes files last written before `before`, which uploads broken off by a crash left behind and no row knows
    /// (`known` are the names of those that do). Blocks.
    pub fn sweep(&self, before: SystemTime, known: &[String]) -> io::Result<usize> {
        let entries = match fs::read_dir(self.incoming()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if known.iter().any(|known| name == known.as_str()) {
                continue;
            }
            if entry.metadata()?.modified()? < before {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The folder of files that still grow.
    pub fn incoming(&self) -> PathBuf {
        self.data.join("incoming")
    }

    fn location(&self, key: &str) -> io::Result<Location> {
        match &self.folder {
            Some(folder) => Location::from_absolute_path(folder.join(key)).map_err(io::Error::other),
            None => Ok(Location::from(key)),
        }
    }
}

fn keep_in_folder(file: &Path, target: &Path, size: u64, above: &[PathBuf]) -> io::Result<()> {
    let folder = target
        .parent()
        .ok_or_else(|| io::Error::other("a blob lies in a folder"))?;
    fs::create_dir_all(folder)?;
    if fs::metadata(target).is_ok_and(|kept| kept.is_file() && kept.len() == size) {
        return Ok(());
    }
    // a second name costs nothing; where the file system has none, or a broken blob is in the way, the bytes are copied
    if fs::hard_link(file, target).is_err() {
        let mut copy = tempfile::NamedTempFile::new_in(folder)?;
        io::copy(&mut fs::File::open(file)?, &mut copy)?;
        copy.as_file().sync_all()?;
        copy.persist(target).map_err(|error| error.error)?;
    }
    // the new name survives a power cut only once its folder is synced, and so for the folders above
    for folder in std::iter::once(folder).chain(above.iter().map(PathBuf::as_path)) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// `ab/abcdef…` of a hash.
fn storage_key(hash: Hash32) -> String {
    let hex = hash.to_string();
    format!("{}/{hex}", &hex[..2])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use object_store::memory::InMemory;
    use tokio::io::AsyncReadExt;

    use super::*;

    async fn keep_twice(blobs: &Blobs) {
        let hash = Hash32::of(b"noi dung");
        for _ in 0..2 {
            let (mut file, path) = blobs.temporary().expect("a temporary file");
            file.write_all(b"noi dung").expect("space for eight bytes");
            let key = blobs.keep(&path, hash, 8).await.expect("kept");
            assert_eq!(
                key,
                format!("{}/{hash}", hash.to_string().get(..2).expect("64 digits"))
            );
        }
        let key = storage_key(hash);
        let mut text = String::new();
        let mut blob = blobs.open(&key).await.expect("the blob");
        blob.read_to_string(&mut text).await.expect("its bytes");
        assert_eq!(text, "noi dung");
        assert_eq!(fs::read_dir(blobs.incoming()).expect("the folder").count(), 0);
        blobs.remove(&key).await.expect("removed");
        blobs.remove(&key).await.expect("no matter");
        assert!(blobs.open(&key).await.is_err());
    }

    #[tokio::test]
    async fn the_same_bytes_are_kept_once() {
        let data = tempfile::tempdir().expect("a folder for the test");
        keep_twice(&Blobs::new(data.path(), None)).await;
        keep_twice(&Blobs::new(data.path(), Some(Arc::new(InMemory::new())))).await;
    }

    #[test]
    fn leftovers_of_a_crash_are_swept() {
        let data = tempfile::tempdir().expect("a folder for the test");
        let blobs = Blobs::new(data.path(), None);
        let later = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1 << 40);
        assert_eq!(blobs.sweep(later, &[]).expect("nothing there yet"), 0);
        let (_file, path) = blobs.temporary().expect("a temporary file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        std::mem::forget(path);
        let sweep = |before, known: &[String]| blobs.sweep(before, known).expect("swept");
        assert_eq!(sweep(SystemTime::UNIX_EPOCH, &[]), 0, "it may still be written");
        assert_eq!(sweep(later, &[name]), 0, "it is known");
        assert_eq!(sweep(later, &[]), 1);
    }
}
