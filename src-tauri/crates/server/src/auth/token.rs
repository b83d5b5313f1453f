//! Access tokens: JWT, HS256, 15 minutes. Algorithm, issuer and audience are fixed, never taken from the token.

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

const ISSUER: &str = "bukutamu";
const AUDIENCE: &str = "bukutamu-api";

/// How long an access token is good.
pub(crate) const ACCESS_LIFETIME: Duration = Duration::minutes(15);

/// What an access token says: only which session it belongs to. Who that is, the database knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The session.
    pub sid: String,
    iat: i64,
    /// The end, in seconds since 1970.
    pub exp: i64,
}

/// Why an access token is not good.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TokenError {
    /// It was, but has ended.
    #[error("token has expired")]
    Expired,
    /// It was not made here.
    #[error("token is invalid")]
    Invalid,
}

/// Makes and checks access tokens.
#[derive(Clone)]
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Tokens {
    /// With the school's key.
    pub fn new(key: &[u8; 32]) -> Self {
        Self { encoding: EncodingKey::from_secret(key), decoding: DecodingKey::from_secret(key) }
    }

    /// A new token for a session, and when it ends.
    pub fn issue(&self, id_sesi: &str, now: DateTime<Utc>) -> (String, DateTime<Utc>) {
        let expires = now + ACCESS_LIFETIME;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sid: id_sesi.to_owned(),
            iat: now.timestamp(),
            exp: expires.timestamp(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .expect("plain claims are always signed");
        (token, expires)
    }

    /// What a token says, provided that it is ours and has not ended.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        // The library asks the computer's clock; this program has one clock, which tests can set.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        if now.timestamp() >= claims.exp { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T02:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_token_is_good_for_fifteen_minutes() {
        let tokens = Tokens::new(&[1; 32]);
        let (token, expires) = tokens.issue("sesi", now());
        assert_eq!(tokens.verify(&token, expires - Duration::seconds(1)).unwrap().sid, "sesi");
        assert_eq!(tokens.verify(&token, expires).unwrap_err(), TokenError::Expired);
    }

    #[test]
    fn foreign_keys_algorithms_and_audiences_are_refused() {
        let tokens = Tokens::new(&[1; 32]);
        let (foreign, _) = Tokens::new(&[2; 32]).issue("sesi", now());
        assert_eq!(tokens.verify(&foreign, now()).unwrap_err(), TokenError::Invalid);

        let claims = |aud: &str| Claims {
            iss: ISSUER.to_owned(),
            aud: aud.to_owned(),
            sid: "sesi".to_owned(),
            iat: 0,
            exp: i64::MAX,
        };
        let signed = |algorithm, aud| {
            jsonwebtoken::encode(&Header::new(algorithm), &claims(aud), &EncodingKey::from_secret(&[1; 32]))
                .unwrap()
        };
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
