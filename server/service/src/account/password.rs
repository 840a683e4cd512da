//! Argon2id, off the async threads and a few at a time.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use contract::Result;

use crate::ctx::Ctx;
use crate::error::internal;

/// The hash of a new password as it is stored (PHC string, Argon2id with the library's parameters).
///
/// # Errors
/// `Internal`.
pub async fn hash_password(ctx: &Ctx, password: &str) -> Result<String> {
    let (password, salt) = (password.to_owned(), ctx.ids.secret());
    apart(ctx, move || hash(&password, &salt[..16])).await
}

/// Whether the password is the one behind `stored`. Without one the same work is done and the answer is no, so that
/// time does not tell who exists.
pub(super) async fn verify(ctx: &Ctx, password: &str, stored: Option<&str>) -> Result<bool> {
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    apart(ctx, move || {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| nobody().to_owned());
        let parsed = PasswordHash::new(&stored)?;
        Ok(Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
            && exists)
    })
    .await
}

type HashResult<T> = std::result::Result<T, argon2::password_hash::Error>;

/// Does the work on a thread that may block.
async fn apart<T: Send + 'static>(
    ctx: &Ctx,
    work: impl FnOnce() -> HashResult<T> + Send + 'static,
) -> Result<T> {
    let _permit = ctx.hashing.acquire().await.map_err(|closed| internal(&closed))?;
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(internal(&error)),
        Err(panic) => Err(internal(&panic)),
    }
}

fn hash(password: &str, salt: &[u8]) -> HashResult<String> {
    let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hash.to_string())
}

/// A hash that no password of anybody is compared with in earnest.
fn nobody() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        hash("nobody", &[0; 16]).expect("the library's own parameters and a salt of 16 bytes fit")
    })
}
