//! How batches are signed: Ed25519 today, behind a trait, so that SM2 can stand beside it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::pkey::{Id, PKey, Private};
use openssl::sign::{Signer as Sign, Verifier};

use crate::error::{Error, Result};
use crate::secrets::{Purpose, Secrets, digest};

/// The name of Ed25519 (RFC 8032) beside a key.
const ED25519: &str = "ed25519";

/// Signs what it is given; says by which key.
pub trait Signer {
    /// The algorithm's name, which stands beside each key.
    fn algorithm(&self) -> &'static str;

    /// The public key as URL-safe base64.
    fn public_key(&self) -> String;

    /// The signature as URL-safe base64.
    ///
    /// # Errors
    /// Where the library fails.
    fn sign(&self, what: &[u8]) -> Result<String>;

    /// By what a key is known: the hash of its algorithm and itself.
    fn key_id(&self) -> String {
        key_id(self.algorithm(), &self.public_key())
    }
}

/// By what a key is known.
pub fn key_id(algorithm: &str, public_key: &str) -> String {
    digest(format!("kepu ledger key 1 {algorithm} {public_key}").as_bytes())
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Broken(format!("the ledger's signature: {error}"))
}

/// Ed25519 by a sub-key of the secret.
pub struct Ed25519 {
    key: PKey<Private>,
    public: Vec<u8>,
}

impl Ed25519 {
    /// The key that this secret gives.
    ///
    /// # Errors
    /// Where the library fails.
    pub fn of(secrets: &Secrets) -> Result<Self> {
        let key = PKey::private_key_from_raw_bytes(&secrets.key(Purpose::Ledger), Id::ED25519).map_err(failed)?;
        let public = key.raw_public_key().map_err(failed)?;
        Ok(Self { key, public })
    }
}

impl Signer for Ed25519 {
    fn algorithm(&self) -> &'static str {
        ED25519
    }

    fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    fn sign(&self, what: &[u8]) -> Result<String> {
        let mut sign = Sign::new_without_digest(&self.key).map_err(failed)?;
        sign.sign_oneshot_to_vec(what).map(|signature| URL_SAFE_NO_PAD.encode(signature)).map_err(failed)
    }
}

/// Whether a signature is that of a public key; an algorithm that is not known verifies nothing.
pub fn verifies(algorithm: &str, public_key: &str, what: &[u8], signature: &str) -> bool {
    if algorithm != ED25519 {
        return false;
    }
    let (Ok(public), Ok(signature)) = (URL_SAFE_NO_PAD.decode(public_key), URL_SAFE_NO_PAD.decode(signature)) else { return false };
    let Ok(key) = PKey::public_key_from_raw_bytes(&public, Id::ED25519) else { return false };
    Verifier::new_without_digest(&key).and_then(|mut verifier| verifier.verify_oneshot(&signature, what)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_verifies_and_nothing_else_does() {
        let signer = Ed25519::of(&Secrets::new("a secret of thirty-two characters", None)).expect("a key");
        let other = Ed25519::of(&Secrets::new("another one of thirty-two letters", None)).expect("a key");
        let signature = signer.sign(b"a batch").expect("a signature");
        assert!(verifies(ED25519, &signer.public_key(), b"a batch", &signature));
        assert!(!verifies(ED25519, &signer.public_key(), b"a botch", &signature));
        assert!(!verifies(ED25519, &other.public_key(), b"a batch", &signature));
        assert!(!verifies("sm2", &signer.public_key(), b"a batch", &signature));
        assert!(!verifies(ED25519, "", b"a batch", "no signature"));
        assert_ne!(signer.key_id(), other.key_id());
    }
}
