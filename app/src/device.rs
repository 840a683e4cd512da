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

    /// Every place below this one, whoever of this device's pages wrote there.
    pub fn all_below(&self) -> Vec<Self> {
        #[cfg(feature = "hydrate")]
        {
            let prefix = format!("{}/", self.0);
            let Ok(Some(storage)) = leptos::prelude::window().local_storage() else {
                return Vec::new();
            };
            let names =
                (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
            let mut names: Vec<String> = names.filter(|name| name.starts_with(&prefix)).collect();
            names.sort_unstable();
            names.into_iter().map(Self).collect()
        }
        #[cfg(not(feature = "hydrate"))]
        Vec::new()
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
