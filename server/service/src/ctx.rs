//! What every service holds, and the frame of every write.

use std::path::PathBuf;
use std::sync::Arc;

use contract::Result;
use rules::id::{CommandKey, ContestId, UserId};
use rules::ledger::Hash32;
use rules::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Committed, Store, Tx};
use tokio::sync::Semaphore;

use crate::account::Turns;
use crate::clock::{Clock, Ids};
use crate::error::{Fault, internal};
use crate::hub::Hub;
use crate::live::ProgressCache;
use crate::secret::Secret;

/// Passwords hashed at once; each takes about 19 MiB and a core for some tens of milliseconds.
const HASHING_AT_ONCE: usize = 2;

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct ServiceConfig {
    /// Invented data and one-click sign-in.
    pub demo: bool,
    /// Largest file taken, in bytes.
    pub upload_limit: u64,
    /// Where uploaded files lie.
    pub data_dir: PathBuf,
    /// Address people reach the site at, without a slash at its end; empty where nothing is served.
    pub public_url: String,
    /// Where finished files lie instead, if not in the data folder.
    pub bucket: Option<Arc<dyn object_store::ObjectStore>>,
    /// `host:port` of a ClamAV daemon: files are held until it found them clean.
    pub clamd: Option<String>,
}

/// The surroundings of the services.
pub struct Ctx {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub hub: Hub,
    pub(crate) progress: ProgressCache,
    /// Holds back more password hashing at once than the machine has memory and cores for.
    pub(crate) hashing: Semaphore,
    pub(crate) turns: Turns,
    pub(crate) secret: Secret,
    pub config: ServiceConfig,
}

/// A write that has begun.
pub enum Begun<T> {
    /// The command was carried out before; this was its outcome.
    Repeat(T),
    /// A transaction to carry it out in.
    New(Tx),
}

impl Ctx {
    /// Puts the surroundings together; the hub reads from the same store.
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>, config: ServiceConfig) -> Arc<Self> {
        let hub = Hub::new(store.clone());
        Arc::new(Self {
            store,
            clock,
            ids,
            hub,
            progress: ProgressCache::default(),
            hashing: Semaphore::new(HASHING_AT_ONCE),
            turns: Turns::default(),
            secret: Secret::default(),
            config,
        })
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A fresh id of the wanted type.
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.ids.id().into()
    }

    /// A fresh key for a form.
    pub fn key(&self) -> CommandKey {
        self.id()
    }

    /// Begins the write of a command: takes the contest's lock and looks whether the command was carried out before.
    /// `what` is the command: a key answers for one only, or a second would seem done that was not. `user` is nobody
    /// where a command needs no account.
    ///
    /// # Errors
    /// `NotFound(Contest)`; `Denied` where somebody else used the key; `Invalid` where it was another command's.
    pub async fn begin<T: DeserializeOwned>(
        &self,
        contest: Option<ContestId>,
        key: CommandKey,
        user: impl Into<Option<UserId>>,
        what: &(impl Serialize + Sync),
    ) -> Result<Begun<T>> {
        let (user, fingerprint) = (user.into(), fingerprint(what)?);
        let mut tx = match self.store.write(contest).await {
            Err(store::Error::Missing(_)) => return Err(contract::Error::NotFound(contract::Kind::Contest)),
            other => other.fault()?,
        };
        Ok(match tx.remembered(key, user, fingerprint).await.fault()? {
            Some(outcome) => Begun::Repeat(outcome),
            None => Begun::New(tx),
        })
    }

    /// Ends the write of a command: remembers its outcome, commits, publishes.
    ///
    /// # Errors
    /// `Internal`; nothing is stored then.
    pub async fn finish<T: Serialize>(
        &self,
        tx: Tx,
        key: CommandKey,
        user: impl Into<Option<UserId>>,
        outcome: &T,
    ) -> Result<()> {
        let user = user.into();
        tx.remember(key, user, self.now(), outcome).await.fault()?;
        self.commit(tx).await.map(|_| ())
    }

    /// Commits and publishes. Runs to its end even where the caller goes away meanwhile, so that what was committed is
    /// also published.
    ///
    /// # Errors
    /// `Internal`; nothing is stored then.
    pub async fn commit(&self, tx: Tx) -> Result<Committed> {
        let hub = self.hub.clone();
        let task = tokio::spawn(async move {
            let committed = tx.commit().await?;
            hub.publish(&committed);
            Ok(committed)
        });
        match task.await {
            Ok(committed) => committed.fault(),
            Err(panic) => Err(internal(&panic)),
        }
    }
}

/// Hash of a command and of its kind.
fn fingerprint<C: Serialize>(command: &C) -> Result<Hash32> {
    let text =
        serde_json::to_vec(&(std::any::type_name::<C>(), command)).map_err(|error| internal(&error))?;
    Ok(Hash32::of(&text))
}
