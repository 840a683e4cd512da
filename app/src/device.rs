//! Drafts kept on this device, so that nothing typed is lost with the network, the battery or the tab.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where a draft lies. The person is part of the name: several may share a device, but never what they typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// A place by its name, e.g. `entry/<person>/<entry>`.
    pub fn new(name: String) -> Self {
        Self(name)
    }

    /// A place of its own for one thing that belongs here.
    pub fn below(&self, name: &str) -> Self {
        Self(format!("{}/{name}", self.0))
    }

    /// What lies there; nothing where it cannot be read any more.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        #[cfg(feature = "hydrate")]
        {
            use gloo::storage::{LocalStorage, Storage};
            storage_is_there()
                .then(|| LocalStorage::get(&self.0).ok())
                .flatten()
        }
        #[cfg(not(feature = "hydrate"))]
        None
    }

    /// Puts a draft there; false where the browser keeps nothing.
    pub fn write<T: Serialize>(&self, draft: &T) -> bool {
        #[cfg(feature = "hydrate")]
        {
            use gloo::storage::{LocalStorage, Storage};
            storage_is_there() && LocalStorage::set(&self.0, draft).is_ok()
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = draft;
            false
        }
    }

    /// Takes the draft away: the server has it.
    pub fn clear(&self) {
        #[cfg(feature = "hydrate")]
        {
            use gloo::storage::{LocalStorage, Storage};
            if storage_is_there() {
                LocalStorage::delete(&self.0);
            }
        }
    }
}

/// Private windows and strict settings may have no storage; asking it then would throw.
#[cfg(feature = "hydrate")]
fn storage_is_there() -> bool {
    matches!(leptos::prelude::window().local_storage(), Ok(Some(_)))
}
