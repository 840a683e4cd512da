//! The installation's own secret, from which the secrets of links are derived. It lies in the data folder, not in the
//! database: a copy of the database alone opens no link.

use std::io::{self, Write as _};
use std::path::Path;

use contract::Result;
use hmac::{Hmac, KeyInit, Mac};
use rules::ledger::Hash32;
use sha2::Sha256;
use tokio::sync::OnceCell;

use crate::ctx::Ctx;
use crate::error::internal;

/// File of the secret in the data folder.
const FILE: &str = "secret.key";

/// The secret once it was asked for.
#[derive(Default)]
pub(crate) struct Secret(OnceCell<[u8; 32]>);

impl Ctx {
    /// An unguessable text for `parts` of `purpose`: the same on every call, another for any other part. 64 hex digits.
    pub(crate) async fn derived_secret(&self, purpose: &str, parts: &[&[u8]]) -> Result<String> {
        let key = self.secret.0.get_or_try_init(|| self.load_secret()).await?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| internal(&error))?;
        // lengths keep two lists of parts apart that read alike one after the other
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(hex(&mac.finalize().into_bytes()))
    }

    async fn load_secret(&self) -> Result<[u8; 32]> {
        let (folder, fresh) = (self.config.data_dir.clone(), self.ids.secret());
        let loaded = tokio::task::spawn_blocking(move || load(&folder, fresh)).await;
        loaded
            .map_err(|panic| internal(&panic))?
            .map_err(|error| internal(&error))
    }
}

/// Bytes as lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash under which a secret is stored that opens something: a link's, a session's.
pub(crate) fn stored_hash(secret: &str) -> String {
    Hash32::of(secret.as_bytes()).to_string()
}

/// Whether a text can be one of [`Ctx::derived_secret`]; a cheap check before anything is looked up.
pub(crate) fn is_secret(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Reads the secret, or stores `fresh` where there is none. Two processes that begin at once end with one secret.
fn load(folder: &Path, fresh: [u8; 32]) -> io::Result<[u8; 32]> {
    let path = folder.join(FILE);
    if !path.exists() {
        std::fs::create_dir_all(folder)?;
        // readable for its owner only, as temporary files are
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&fresh)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(&path) {
            Ok(_) => {}
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.error),
        }
    }
    let bytes = std::fs::read(&path)?;
    bytes
        .try_into()
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "secret.key does not hold 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_secret_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        assert_eq!(load(&data, [1; 32]).expect("made"), [1; 32]);
        assert_eq!(load(&data, [2; 32]).expect("read"), [1; 32]);
        std::fs::write(data.join(FILE), b"short").expect("written");
        assert!(
            load(&data, [3; 32]).is_err(),
            "a broken secret is not replaced unseen"
        );
    }

    #[test]
    fn only_64_lower_hex_digits_are_looked_up() {
        assert!(is_secret(&"a1".repeat(32)));
        for no in ["", "a1", &"A1".repeat(32), &"g1".repeat(32), &"a1".repeat(33)] {
            assert!(!is_secret(no), "{no}");
        }
    }
}
