//! Printing off the async threads, a few papers at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::{Error, Paper, render};

/// Papers printed at once: the typesetter itself uses every core.
const AT_ONCE: usize = 2;
/// Longest wait for a paper, queue included.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prints papers for many callers; clones share the queue.
#[derive(Clone, Debug)]
pub struct Press {
    turns: Arc<Semaphore>,
}

impl Default for Press {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Press {
    /// [`render`] where it may block.
    ///
    /// # Errors
    /// [`Error`]; `Time` after a minute.
    pub async fn print(&self, paper: Paper) -> Result<Vec<u8>, Error> {
        let turns = self.turns.clone();
        let work = async move {
            let turn = turns
                .acquire_owned()
                .await
                .map_err(|error| Error::Thread(error.to_string()))?;
            let printed = tokio::task::spawn_blocking(move || {
                // held to the end even where the caller has gone: the thread is busy until then
                let _turn = turn;
                render(&paper)
            });
            printed.await.map_err(|error| Error::Thread(error.to_string()))?
        };
        tokio::time::timeout(PATIENCE, work)
            .await
            .unwrap_or(Err(Error::Time))
    }
}
