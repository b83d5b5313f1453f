//! Access tokens: JWT, HS256, 15 minutes. Algorithm, issuer and audience are fixed, never taken from the token.

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use store::sesi::SessionHolder;
use thiserror::Error;

const ISSUER: &str = "bukutamu";
const AUDIENCE: &str = "bukutamu-api";

/// How long an access token is valid.
pub(crate) const ACCESS_LIFETIME: Duration = Duration::minutes(15);

/// The largest difference between two nodes' clocks. Within it, another node's token does not count as from the future.
const SKEW: Duration = Duration::minutes(2);

/// What an access token holds: only its session. The database knows whose session it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The session's id.
    pub sid: String,
    /// Whose session it is. Older tokens do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    iat: i64,
    /// When the token ends, in seconds since 1970.
    pub exp: i64,
}

impl Claims {
    /// The owner for whom requests are counted. All tokens of one user give the same.
    pub(crate) fn owner(&self) -> &str {
        self.sub.as_deref().unwrap_or(&self.sid)
    }
}

/// Why an access token is not valid.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TokenError {
    /// The token was valid, but has ended.
    #[error("token has expired")]
    Expired,
    /// The token was not made here.
    #[error("token is invalid")]
    Invalid,
}

/// Makes and checks access tokens.
#[derive(Clone)]
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    /// How many tokens were checked.
    #[cfg(test)]
    pub(crate) checked: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Tokens {
    /// Makes and checks tokens with the school's key.
    pub fn new(key: &[u8; 32]) -> Self {
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            #[cfg(test)]
            checked: std::sync::Arc::default(),
        }
    }

    /// A new token for a session of `pemilik`, and when it ends.
    pub(crate) fn issue_to(
        &self,
        pemilik: SessionHolder,
        id_sesi: &str,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        let owner = match pemilik {
            SessionHolder::Pengguna(id) => format!("pengguna {}", id.0),
            SessionHolder::Tamu(id) => format!("tamu {}", id.0),
        };
        self.sign(id_sesi, Some(owner), now)
    }

    /// A new token for a session, and when it ends. The token does not say whose the session is.
    pub fn issue(&self, id_sesi: &str, now: DateTime<Utc>) -> (String, DateTime<Utc>) {
        self.sign(id_sesi, None, now)
    }

    fn sign(&self, id_sesi: &str, sub: Option<String>, now: DateTime<Utc>) -> (String, DateTime<Utc>) {
        let expires = now + ACCESS_LIFETIME;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sid: id_sesi.to_owned(),
            sub,
            iat: now.timestamp(),
            exp: expires.timestamp(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .expect("plain claims are always signed");
        (token, expires)
    }

    /// The claims of a token that was made here and has not ended. Refuses a token of a clock that cannot be believed:
    /// one from the future, or one with more than its lifetime left.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        #[cfg(test)]
        self.checked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        // The library would use the computer's clock. This program has one clock of its own, which tests can set.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        let latest = (now + SKEW).timestamp();
        if claims.iat > latest || claims.exp > latest.saturating_add(ACCESS_LIFETIME.num_seconds()) {
            return Err(TokenError::Invalid);
        }
        if now.timestamp() >= claims.exp { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T02:00:00Z".parse().unwrap()
    }

    fn claims(aud: &str, iat: i64, exp: i64) -> Claims {
        let (iss, aud) = (ISSUER.to_owned(), aud.to_owned());
        Claims { iss, aud, sid: "sesi".to_owned(), sub: None, iat, exp }
    }

    fn sign(algorithm: Algorithm, claims: &Claims) -> String {
        jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(&[1; 32])).unwrap()
    }

    #[test]
    fn a_token_is_good_for_fifteen_minutes() {
        let tokens = Tokens::new(&[1; 32]);
        let (token, expires) = tokens.issue("sesi", now());
        assert_eq!(tokens.verify(&token, expires - Duration::seconds(1)).unwrap().sid, "sesi");
        assert_eq!(tokens.verify(&token, expires).unwrap_err(), TokenError::Expired);
    }

    #[test]
    fn a_token_of_a_clock_that_was_ahead_is_refused() {
        let tokens = Tokens::new(&[1; 32]);
        let issued = |lead: Duration| tokens.issue("sesi", now() + lead).0;
        assert!(tokens.verify(&issued(Duration::minutes(2)), now()).is_ok(), "of another node");
        for lead in [Duration::seconds(121), Duration::hours(1), Duration::days(40), Duration::days(1096)] {
            assert_eq!(tokens.verify(&issued(lead), now()).unwrap_err(), TokenError::Invalid, "{lead} ahead");
        }
    }

    #[test]
    fn a_token_with_more_than_its_lifetime_left_is_refused() {
        let tokens = Tokens::new(&[1; 32]);
        let verify = |iat: i64, exp: i64| {
            tokens.verify(&sign(Algorithm::HS256, &claims(AUDIENCE, iat, exp)), now()).map(drop)
        };
        let now = now().timestamp();
        assert_eq!(verify(now, now + 900), Ok(()));
        assert_eq!(verify(now, now + 15 * 60 + 121), Err(TokenError::Invalid));
        assert_eq!(verify(0, i64::MAX), Err(TokenError::Invalid));
        assert_eq!(verify(i64::MAX, i64::MAX), Err(TokenError::Invalid));
        assert_eq!(verify(0, 0), Err(TokenError::Expired));
    }

    #[test]
    fn all_tokens_of_one_user_are_counted_together() {
        let tokens = Tokens::new(&[1; 32]);
        let owner = |token: &str| tokens.verify(token, now()).unwrap().owner().to_owned();
        let of = |pemilik, sesi| owner(&tokens.issue_to(pemilik, sesi, now()).0);
        let guru = SessionHolder::Pengguna(domain::IdPengguna(7));
        assert_eq!(of(guru, "satu"), of(guru, "dua"));
        assert_ne!(of(guru, "satu"), of(SessionHolder::Tamu(domain::IdTamu(7)), "satu"));
        assert_eq!(owner(&tokens.issue("satu", now()).0), "satu", "an older one by its session");
    }

    #[test]
    fn foreign_keys_algorithms_and_audiences_are_refused() {
        let tokens = Tokens::new(&[1; 32]);
        let (foreign, _) = Tokens::new(&[2; 32]).issue("sesi", now());
        assert_eq!(tokens.verify(&foreign, now()).unwrap_err(), TokenError::Invalid);

        let signed =
            |algorithm, aud| sign(algorithm, &claims(aud, now().timestamp(), now().timestamp() + 900));
        assert!(tokens.verify(&signed(Algorithm::HS256, AUDIENCE), now()).is_ok());
        assert_eq!(
            tokens.verify(&signed(Algorithm::HS512, AUDIENCE), now()).unwrap_err(),
            TokenError::Invalid
        );
        assert_eq!(
            tokens.verify(&signed(Algorithm::HS256, "other"), now()).unwrap_err(),
            TokenError::Invalid
        );
        // {"alg":"none"} with the same claims and no signature.
        let payload = signed(Algorithm::HS256, AUDIENCE).split('.').nth(1).unwrap().to_owned();
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        assert_eq!(tokens.verify(&unsigned, now()).unwrap_err(), TokenError::Invalid);
    }
}
