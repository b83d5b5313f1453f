//! What a path names: an identity, or words of a closed set.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use chrono::NaiveDate;
use domain::isian::{self, Entered, FieldErrors, InvalidIsian};

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

/// The path's `{tanggal}`: a day, `YYYY-MM-DD`.
pub(crate) struct PathDay(pub(crate) NaiveDate);

impl<S: Send + Sync> FromRequestParts<S> for PathDay {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let day = text.map_err(|_| InvalidIsian::Tanggal).and_then(|Path(text)| isian::tanggal(&text));
        day.map(Self).map_err(|error| ApiError::field("tanggal", error))
    }
}

impl Refuses for PathDay {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Isian(FieldErrors::new())]
    }
}

/// The path's only word, which is one of a closed set. Another names nothing.
pub(crate) struct PathWord<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for PathWord<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let word = text.ok().and_then(|Path(text)| text.parse().ok());
        word.map(Self).ok_or(ApiError::NotFound)
    }
}

impl<T> Refuses for PathWord<T> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::NotFound]
    }
}

/// The same of a path with two.
pub(crate) struct PathWords<T, U>(pub(crate) T, pub(crate) U);

impl<S: Send + Sync, T: FromStr, U: FromStr> FromRequestParts<S> for PathWords<T, U> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = Path::<(String, String)>::from_request_parts(parts, state).await;
        let words = text.ok().and_then(|Path((one, two))| one.parse().ok().zip(two.parse().ok()));
        words.map(|(one, two)| Self(one, two)).ok_or(ApiError::NotFound)
    }
}

impl<T, U> Refuses for PathWords<T, U> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::NotFound]
    }
}
