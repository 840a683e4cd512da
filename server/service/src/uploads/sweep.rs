//! Forgetting what nobody goes on with.

use std::time::{Duration, SystemTime};

use contract::Result;
use rules::id::UploadId;

use super::resumable::piece_name;
use super::{Uploads, off_thread};
use crate::error::Fault;

/// Uploads forgotten in one transaction.
const AT_ONCE: u64 = 200;

/// How often the server looks.
const EVERY: Duration = Duration::from_secs(60 * 60);

impl Uploads {
    /// Forgets expired uploads, and removes what uploads broken off by a crash left behind more than a day ago; gives
    /// how many of both.
    ///
    /// # Errors
    /// `Internal`: database or data folder cannot be read.
    pub async fn sweep(&self) -> Result<usize> {
        let now = self.ctx.now();
        let mut swept = 0;
        loop {
            let tx = self.ctx.store.write(None).await.fault()?;
            let ids = store::upload::expired(tx.conn(), now, AT_ONCE).await.fault()?;
            if ids.is_empty() {
                break;
            }
            store::upload::remove(tx.conn(), &ids).await.fault()?;
            self.ctx.commit(tx).await?;
            swept += ids.len();
            for id in &ids {
                self.slots.forget(*id);
            }
            self.drop_pieces(ids).await?;
        }
        let blobs = self.blobs.clone();
        let before = SystemTime::from(now - chrono::Duration::days(1));
        let known = self.kept_pieces().await?;
        Ok(swept + off_thread(move || blobs.sweep(before, &known)).await?)
    }

    /// Sweeps now and then, for as long as the server runs.
    pub async fn keep_sweeping(self) {
        loop {
            match self.sweep().await {
                Ok(0) => {}
                Ok(uploads) => tracing::info!(uploads, "left-over uploads removed"),
                Err(error) => tracing::warn!(%error, "left-over uploads could not be removed"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Names of the files in which an upload still grows, of those that lie there.
    async fn kept_pieces(&self) -> Result<Vec<String>> {
        let folder = self.blobs.incoming();
        let there: Vec<UploadId> = off_thread(move || {
            let entries = match std::fs::read_dir(folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
                Err(error) => return Err(error),
            };
            Ok(entries
                .filter_map(|entry| {
                    entry
                        .ok()?
                        .file_name()
                        .to_str()?
                        .strip_prefix("tus-")?
                        .parse()
                        .ok()
                })
                .collect())
        })
        .await?;
        let mut known = Vec::new();
        for some in there.chunks(AT_ONCE as usize) {
            let rows = store::upload::known(self.ctx.store.read(), some).await.fault()?;
            known.extend(rows.into_iter().map(piece_name));
        }
        Ok(known)
    }
}
