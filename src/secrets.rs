//! Keys by purpose, derived from the one secret; random tokens; keyed hashes of what must be compared but not kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What a sub-key is for; each purpose has a key of its own (HKDF-SHA256).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing access tokens.
    AccessToken,
    /// Hashing refresh and tracking tokens for storage.
    StoredToken,
    /// Naming a bucket of attempts without keeping whose it is.
    Bucket,
    /// Binding a page's cursor to its filters.
    Cursor,
    /// Recognising a device that signed in before.
    Device,
    /// Recognising the secret itself: a start with another one is refused.
    Check,
    /// The codes that doors show, and marks of who has come in.
    Door,
    /// Signing the batches of the ledger.
    Ledger,
}

impl Purpose {
    const ALL: [Self; 8] = [Self::AccessToken, Self::StoredToken, Self::Bucket, Self::Cursor, Self::Device, Self::Check, Self::Door, Self::Ledger];

    const fn label(self) -> &'static [u8] {
        match self {
            Self::AccessToken => b"kepu access token",
            Self::StoredToken => b"kepu stored token",
            Self::Bucket => b"kepu bucket",
            Self::Cursor => b"kepu cursor",
            Self::Device => b"kepu device",
            Self::Check => b"kepu check",
            Self::Door => b"kepu door",
            Self::Ledger => b"kepu ledger",
        }
    }
}

/// The sub-keys of one secret, in the order of [`Purpose`]: derived once, since every request needs some.
type Keys = [[u8; 32]; 8];

/// The secret, and the one before it while that stays valid.
#[derive(Clone)]
pub struct Secrets {
    current: Keys,
    previous: Option<Keys>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(masked)")
    }
}

impl Secrets {
    pub fn new(current: &str, previous: Option<&str>) -> Self {
        let keys = |secret: &str| {
            let root: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
            Purpose::ALL.map(|purpose| derive(&root, purpose))
        };
        Self { current: keys(current), previous: previous.map(keys) }
    }

    /// The sub-key of a purpose.
    pub fn key(&self, purpose: Purpose) -> [u8; 32] {
        self.current[purpose as usize]
    }

    /// The same sub-key of the previous secret, while there is one.
    pub fn previous_key(&self, purpose: Purpose) -> Option<[u8; 32]> {
        self.previous.map(|keys| keys[purpose as usize])
    }

    /// A keyed hash of parts, as text. The parts are framed, so that none runs into the next.
    pub fn hash(&self, purpose: Purpose, parts: &[&str]) -> String {
        hash_with(&self.key(purpose), parts)
    }

    /// The hashes that a stored value may have: by the current secret, then by the previous.
    pub fn hashes(&self, purpose: Purpose, parts: &[&str]) -> Vec<String> {
        std::iter::once(self.key(purpose)).chain(self.previous_key(purpose)).map(|key| hash_with(&key, parts)).collect()
    }
}

fn derive(root: &[u8; 32], purpose: Purpose) -> [u8; 32] {
    let mut key = [0; 32];
    // 32 bytes are always within what HKDF can give.
    if hkdf::Hkdf::<Sha256>::new(Some(b"kepu"), root).expand(purpose.label(), &mut key).is_err() {
        unreachable!("HKDF-SHA256 gives 32 bytes");
    }
    key
}

fn hash_with(key: &[u8; 32], parts: &[&str]) -> String {
    let mut mac = mac(key);
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// An HMAC-SHA256 of this key.
pub fn mac(key: &[u8]) -> Hmac<Sha256> {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    }
}

/// So many random bytes as URL-safe text.
pub fn token(bytes: usize) -> String {
    let mut buffer = vec![0_u8; bytes];
    rand::rng().fill_bytes(&mut buffer);
    URL_SAFE_NO_PAD.encode(buffer)
}

/// Crockford's base32 alphabet: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many random characters of Crockford base32.
pub fn crockford(characters: usize) -> String {
    let mut buffer = vec![0_u8; characters];
    rand::rng().fill_bytes(&mut buffer);
    buffer.iter().map(|byte| char::from(CROCKFORD[usize::from(byte % 32)])).collect()
}

/// The character that checks the others: their values weighted by place, modulo 31 (a prime, so that one wrong character and
/// two swapped neighbours are always found).
pub fn check_character(characters: &str) -> Option<char> {
    let mut sum = 0;
    for (place, c) in characters.chars().enumerate() {
        let value = CROCKFORD.iter().position(|known| char::from(*known) == c)?;
        sum += value * (place + 2);
    }
    Some(char::from(CROCKFORD[sum % 31]))
}

/// A password to be read aloud and typed once: four groups of four characters.
pub fn one_time_password() -> String {
    let text = crockford(16).to_lowercase();
    [&text[0..4], &text[4..8], &text[8..12], &text[12..16]].join("-")
}

/// Compares two texts without telling by the time how much of them agrees.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A plain SHA-256 as text, for comparing bodies.
pub fn digest(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}
