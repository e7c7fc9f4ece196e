//! Access tokens: JWT, HS256 alone, with our own HMAC under jsonwebtoken, so that no other algorithm is linked in at all.

use std::sync::{LazyLock, Once};

use hmac::Mac;
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error as JwtError, ErrorKind};
use jsonwebtoken::signature::{Error as SignatureError, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{PersonId, SessionId};
use crate::secrets::{self, Purpose, Secrets};

/// What an access token says: person and session, no rights.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    sid: i64,
    /// Seconds since the epoch.
    exp: i64,
    iat: i64,
}

struct Hs256(Vec<u8>);

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, SignatureError> {
        let mut mac = secrets::mac(&self.0);
        mac.update(message);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), SignatureError> {
        let mut mac = secrets::mac(&self.0);
        mac.update(message);
        // Compares in constant time.
        mac.verify_slice(signature).map_err(|_| SignatureError::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

fn only_hs256(algorithm: Algorithm, family: AlgorithmFamily) -> std::result::Result<(), JwtError> {
    if algorithm == Algorithm::HS256 && family == AlgorithmFamily::Hmac { Ok(()) } else { Err(ErrorKind::InvalidAlgorithm.into()) }
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> std::result::Result<Box<dyn JwtSigner>, JwtError> {
    only_hs256(*algorithm, key.family())?;
    Ok(Box::new(Hs256(key.as_bytes().to_vec())))
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> std::result::Result<Box<dyn JwtVerifier>, JwtError> {
    only_hs256(*algorithm, key.family())?;
    match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) => Ok(Box::new(Hs256(bytes.clone()))),
        DecodingKeyKind::RsaModulusExponent { .. } => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

static PROVIDER: CryptoProvider = CryptoProvider { signer_factory: signer, verifier_factory: verifier, key_utils: KeyUtils::new_unimplemented() };

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error says that it is installed already.
        PROVIDER.install_default().ok();
    });
}

/// The time is judged here, by our own clock and without leeway.
static VALIDATION: LazyLock<Validation> = LazyLock::new(|| {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    validation.validate_exp = false;
    validation
});

/// Signs an access token.
pub(super) fn sign(keys: &Secrets, person: PersonId, session: SessionId, now: Moment, minutes: i64) -> Result<String> {
    install();
    let iat = now.micros().div_euclid(1_000_000);
    let claims = Claims { sub: person.to_string(), sid: session.0, exp: iat + minutes * 60, iat };
    let key = EncodingKey::from_secret(&keys.key(Purpose::AccessToken));
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| Error::Broken(format!("an access token could not be signed: {error}")))
}

/// The person and session of an access token, signed with the present key or the one before.
///
/// # Errors
/// 401 `token_invalid`.
pub(super) fn read(keys: &Secrets, token: &str, now: Moment) -> Result<(PersonId, SessionId)> {
    install();
    let known = std::iter::once(keys.key(Purpose::AccessToken)).chain(keys.previous_key(Purpose::AccessToken));
    for key in known {
        if let Ok(data) = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(&key), &VALIDATION) {
            let claims = data.claims;
            let alive = now.micros() < claims.exp.saturating_mul(1_000_000);
            return match claims.sub.parse() {
                Ok(person) if alive => Ok((PersonId(person), SessionId(claims.sid))),
                _ => Err(invalid()),
            };
        }
    }
    Err(invalid())
}

pub(super) fn invalid() -> Error {
    Refusal::new(Kind::Unauthenticated, "token_invalid", "The access token has run out or is not one of ours. Refresh it, or sign in again.").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of thirty-two characters";

    #[test]
    fn a_token_is_believed_until_its_last_second_and_by_its_key_alone() -> Result<()> {
        let keys = Secrets::new(SECRET, None);
        let now = Moment::from_micros(1_700_000_000_000_000);
        let token = sign(&keys, PersonId(7), SessionId(9), now, 10)?;
        assert_eq!(read(&keys, &token, now)?, (PersonId(7), SessionId(9)));
        let end = now.plus(chrono::Duration::minutes(10));
        assert!(read(&keys, &token, end.minus(chrono::Duration::microseconds(1))).is_ok());
        assert!(read(&keys, &token, end).is_err());
        let next = Secrets::new("another secret of thirty-two chars", Some(SECRET));
        assert!(read(&next, &token, now).is_ok(), "the key before counts for a day");
        assert!(read(&Secrets::new("another secret of thirty-two chars", None), &token, now).is_err());
        Ok(())
    }

    #[test]
    fn no_other_algorithm_and_no_changed_word_is_believed() -> Result<()> {
        let keys = Secrets::new(SECRET, None);
        let now = Moment::from_micros(1_700_000_000_000_000);
        let token = sign(&keys, PersonId(7), SessionId(9), now, 10)?;
        let parts: Vec<&str> = token.split('.').collect();
        // {"typ":"JWT","alg":"none"} and {"typ":"JWT","alg":"HS512"}
        for header in ["eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9"] {
            assert!(read(&keys, &format!("{header}.{}.{}", parts[1], parts[2]), now).is_err());
            assert!(read(&keys, &format!("{header}.{}.", parts[1]), now).is_err());
        }
        assert!(read(&keys, &format!("{}.{}A.{}", parts[0], parts[1], parts[2]), now).is_err());
        for nonsense in ["", ".", "..", "a.b.c", "好.好.好"] {
            assert!(read(&keys, nonsense, now).is_err());
        }
        Ok(())
    }
}
