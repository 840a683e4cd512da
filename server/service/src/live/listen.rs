//! Several processes on PostgreSQL: each hears the others' commits and reads the new rows itself.

use std::sync::Arc;
use std::time::Duration;

use store::{Heard, Listener};

use crate::ctx::Ctx;

/// Time before a lost listener is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// Listens for as long as the process runs; ends at once on SQLite. Own commits are heard too and change nothing: their
/// numbers are known.
pub async fn listen(ctx: Arc<Ctx>) {
    loop {
        match ctx.store.listen().await {
            Ok(None) => return,
            Ok(Some(mut listener)) => {
                ctx.hub.reread_all();
                if let Err(error) = relay(&ctx, &mut listener).await {
                    tracing::warn!(%error, "the listener was lost");
                }
            }
            Err(error) => tracing::warn!(%error, "the listener cannot connect"),
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn relay(ctx: &Ctx, listener: &mut Listener) -> store::Result<()> {
    loop {
        match listener.next().await? {
            Heard::Committed { contest, seq } => ctx.hub.committed_elsewhere(contest, seq),
            Heard::Reconnected => ctx.hub.reread_all(),
        }
    }
}
