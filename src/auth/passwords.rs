//! Passwords: argon2id with the settings' parameters (OWASP's minimum or above), a few at a time.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::OwnedSemaphorePermit;

use crate::app::App;
use crate::error::{Error, Kind, Refusal, Result};

/// For so long a sign-in waits for its turn to hash.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(8);

fn argon2(memory_kib: u32, passes: u32) -> Result<Argon2<'static>> {
    let params = Params::new(memory_kib, passes, 1, None).map_err(|error| Error::Broken(format!("argon2 cannot take these parameters: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password on this thread: for the command line and for loading people.
pub fn hash_password_now(memory_kib: u32, passes: u32, password: &str) -> Result<String> {
    let hash = argon2(memory_kib, passes)?.hash_password(password.as_bytes());
    Ok(hash.map_err(|error| Error::Broken(format!("a password could not be hashed: {error}")))?.to_string())
}

/// A turn to hash; there are few, since each takes much memory.
pub(super) async fn turn(app: &App) -> Result<OwnedSemaphorePermit> {
    let busy = || Error::from(Refusal::new(Kind::Unavailable, "busy", "Many are signing in at this moment. Try again in a few seconds.").retry_after(2));
    let waited = tokio::time::timeout(PATIENCE, app.hashing.clone().acquire_owned()).await;
    waited.map_err(|_| busy())?.map_err(|_| busy())
}

/// Hashes a password off the request's thread.
pub async fn hash_password(app: &App, password: &str) -> Result<String> {
    let turn = turn(app).await?;
    hash_in_turn(app, password, &turn).await
}

/// As [`hash_password`], for a caller who has a turn already.
pub(super) async fn hash_in_turn(app: &App, password: &str, _turn: &OwnedSemaphorePermit) -> Result<String> {
    let (memory, passes, password) = (app.config.argon2_memory_kib, app.config.argon2_passes, password.to_owned());
    blocking(move || hash_password_now(memory, passes, &password)).await
}

/// Whether a password is the one of this hash. Without a hash it takes the same time and is wrong.
pub(super) async fn is_right(app: &App, password: &str, hash: Option<&str>, _turn: &OwnedSemaphorePermit) -> Result<bool> {
    let (memory, passes) = (app.config.argon2_memory_kib, app.config.argon2_passes);
    let (known, hash) = match hash {
        Some(hash) => (true, hash.to_owned()),
        // Nobody's: the same parameters and lengths, so the same work.
        None => (false, format!("$argon2id$v=19$m={memory},t={passes},p=1$bm9ib2R5IGhhcyB0aGlzIA$bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkLCBldmVyLiA")),
    };
    let password = password.to_owned();
    let right = blocking(move || {
        let argon2 = argon2(memory, passes)?;
        match PasswordVerifier::<str>::verify_password(&argon2, password.as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Error::Broken(format!("a stored password hash cannot be read: {error}"))),
        }
    })
    .await?;
    Ok(right && known)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Error::Broken("hashing a password panicked".to_owned())))
}
