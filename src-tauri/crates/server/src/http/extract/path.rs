//! An identity in a path.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::isian::{Entered, FieldErrors, InvalidIsian};

use crate::{error::ApiError, http::refusals::Refuses};

/// The path's `{id}`: a number from 1 to 2⁶³−1.
pub(crate) struct PathId<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for PathId<T>
where
    S: Send + Sync,
    T: Entered<Sent = i64>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let invalid = || ApiError::field("id", InvalidIsian::Id);
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| invalid())?;
        let is_plain = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_plain).ok_or_else(invalid)?;
        T::check(number).map(Self).map_err(|error| ApiError::field("id", error))
    }
}

impl<T> Refuses for PathId<T> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Isian(FieldErrors::new())]
    }
}
