//! An identity in a path.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{IdJanjiTemu, IdPengguna, IdTamu, isian::FieldErrors};

use crate::{error::ApiError, http::refusals::Refuses};

/// The path's `{id}`: a number from 1 to 2⁶³−1.
pub(crate) struct PathId<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for PathId<T>
where
    S: Send + Sync,
    T: FromNumber,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let invalid = || ApiError::field("id", "harus bilangan bulat mulai dari 1");
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| invalid())?;
        let is_plain = text.bytes().all(|b| b.is_ascii_digit());
        let number =
            text.parse::<i64>().ok().filter(|number| is_plain && *number >= 1).ok_or_else(invalid)?;
        Ok(Self(T::from_number(number)))
    }
}

impl<T> Refuses for PathId<T> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Isian(FieldErrors::new())]
    }
}

/// An identity that is a number.
pub(crate) trait FromNumber {
    /// The identity of that number.
    fn from_number(number: i64) -> Self;
}

impl FromNumber for IdPengguna {
    fn from_number(number: i64) -> Self {
        Self(number)
    }
}

impl FromNumber for IdTamu {
    fn from_number(number: i64) -> Self {
        Self(number)
    }
}

impl FromNumber for IdJanjiTemu {
    fn from_number(number: i64) -> Self {
        Self(number)
    }
}
