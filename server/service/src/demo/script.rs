//! A stage for the demo: the services over a clock that the script sets.

use std::sync::{Arc, Mutex, PoisonError};

use contract::{Result, Services};
use rules::account::Actor;
use rules::id::{CommandKey, UserId};
use rules::time::Timestamp;

use crate::clock::Clock;
use crate::ctx::Ctx;

/// A clock that stands where it is put.
#[derive(Debug)]
pub struct ScriptClock(Mutex<Timestamp>);

impl ScriptClock {
    /// Stands at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Puts it to another time.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for ScriptClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The services, played with scripted times.
pub(super) struct Script {
    pub ctx: Arc<Ctx>,
    pub clock: Arc<ScriptClock>,
    /// The clock of the product itself.
    pub real: Arc<dyn Clock>,
    pub services: Services,
}

impl Script {
    /// Over the same store and ids as `ctx`.
    pub fn new(ctx: &Arc<Ctx>) -> Self {
        let clock = Arc::new(ScriptClock::new(ctx.now()));
        let staged = Ctx::new(
            ctx.store.clone(),
            clock.clone(),
            ctx.ids.clone(),
            ctx.config.clone(),
        );
        let services = crate::services(staged.clone());
        Self {
            ctx: staged,
            clock,
            real: ctx.clock.clone(),
            services,
        }
    }

    /// Continues at `now`.
    pub fn at(&self, now: Timestamp) {
        self.clock.set(now);
    }

    /// A fresh command key.
    pub fn key(&self) -> CommandKey {
        self.ctx.key()
    }

    /// The signed-in person with this id, with the roles held now.
    pub async fn actor(&self, user: UserId) -> Result<Actor> {
        crate::account::actor_of(&self.ctx, user).await
    }
}
