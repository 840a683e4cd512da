//! The virus scanner, where there is one: a file is held until it found nothing.

use std::time::Duration;

use contract::Result;
use rules::entry::Scan;
use rules::event::Event;
use store::entry::Attachment;
use tokio_util::io::ReaderStream;

use super::Uploads;
use crate::error::{Fault, internal};

/// Files looked at in one go.
const AT_ONCE: u64 = 50;

/// How long one file may take; a gigabyte takes clamd about a minute.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How long to wait before asking a daemon again that did not answer, or looking for files of another process.
const AGAIN: Duration = Duration::from_secs(30);

/// Bytes sent to the daemon together.
const CHUNK: usize = 128 * 1024;

impl Uploads {
    /// What is said of a file just added.
    pub(super) fn first_scan(&self) -> Scan {
        if self.ctx.config.clamd.is_none() {
            return Scan::Clean;
        }
        // the loop finds it once it is committed; waking it too early only makes it look twice
        self.waiting.notify_one();
        Scan::Held
    }

    /// Has files scanned as they come, for as long as the server runs. Ends at once where there is no scanner.
    pub async fn keep_scanning(self) {
        let Some(address) = self.ctx.config.clamd.clone() else {
            return;
        };
        loop {
            match self.scan_held(&address).await {
                Ok(0) => {}
                // more may have come meanwhile
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "held files could not be scanned"),
            }
            // a short breath after being woken: the file is committed by then
            if tokio::time::timeout(AGAIN, self.waiting.notified()).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }

    /// Scans the files that are held; gives how many were decided. A file the daemon gives no verdict on stays held.
    ///
    /// # Errors
    /// `Internal`: the database cannot be read or written.
    pub async fn scan_held(&self, address: &str) -> Result<usize> {
        let (mut decided, mut last) = (0, None);
        loop {
            // on from the last one: files without a verdict keep no others from being scanned
            let held = store::entry::held_attachments(self.ctx.store.read(), last, AT_ONCE)
                .await
                .fault()?;
            let Some(file) = held.last() else {
                return Ok(decided);
            };
            last = Some(file.info.id);
            for file in held {
                let verdict = match self.known_infected(&file).await? {
                    true => Ok(Scan::Infected),
                    false => self.verdict(address, &file).await,
                };
                match verdict {
                    Ok(scan) => {
                        self.decide(&file, scan).await?;
                        decided += 1;
                    }
                    Err(error) => {
                        tracing::warn!(%error, attachment = %file.info.id, "a file could not be scanned and stays held");
                    }
                }
            }
        }
    }

    /// The same bytes were found infected in another file, and are gone.
    async fn known_infected(&self, file: &Attachment) -> Result<bool> {
        store::entry::is_infected(self.ctx.store.read(), &file.storage_key)
            .await
            .fault()
    }

    async fn verdict(&self, address: &str, file: &Attachment) -> std::io::Result<Scan> {
        let blob = self.blobs.open(&file.storage_key).await?;
        let daemon = clamav_client::tokio::Tcp {
            host_address: address,
        };
        let asked =
            clamav_client::tokio::scan_stream(ReaderStream::with_capacity(blob, CHUNK), daemon, Some(CHUNK));
        let answer = tokio::time::timeout(LONGEST, asked)
            .await
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??;
        let text = String::from_utf8_lossy(&answer);
        match text.trim_end_matches(['\0', '\n']) {
            found if found.ends_with("FOUND") => Ok(Scan::Infected),
            fine if fine.ends_with("OK") => Ok(Scan::Clean),
            other => Err(std::io::Error::other(other.to_owned())),
        }
    }

    /// Notes the verdict. A file in which something was found is removed, and its author told on the entry's page.
    async fn decide(&self, file: &Attachment, scan: Scan) -> Result<()> {
        let ctx = &self.ctx;
        let (entry, id) = (file.entry, file.info.id);
        let Some(contest) = store::entry::contest_of(ctx.store.read(), entry).await.fault()? else {
            return Ok(());
        };
        let mut tx = ctx.store.write(Some(contest)).await.fault()?;
        // removed by its author meanwhile: there is nothing to say
        if !store::entry::set_scan(tx.conn(), id, scan).await.fault()? {
            return Ok(());
        }
        if scan == Scan::Infected {
            let row = store::contest::by_id(tx.conn(), contest).await.fault()?;
            let now = row.map_or_else(|| ctx.now(), |row| row.now(ctx.now()));
            store::entry::remove_attachment(tx.conn(), entry, id, now)
                .await
                .fault()?;
            store::entry::touch(tx.conn(), entry, now).await.fault()?;
            let event = Event::AttachmentInfected {
                entry,
                attachment: id,
            };
            tx.record(contest, None, now, event).fault()?;
            tracing::warn!(attachment = %id, "the scanner found something in a file; it was removed");
        }
        ctx.commit(tx).await?;
        if scan == Scan::Infected {
            self.blobs
                .remove(&file.storage_key)
                .await
                .map_err(|error| internal(&error))?;
        }
        Ok(())
    }
}
