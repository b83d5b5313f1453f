//! A query string of exactly the expected parameters, and the page that a list request asks for.

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::isian::{self, FieldErrors};
use serde::{Deserialize, de::DeserializeOwned};
use store::{PageRequest, SearchTerms};
use utoipa::IntoParams;

use crate::{error::ApiError, http::refusals::Refuses};

/// The query string as `T`. Query types deny unknown fields.
pub(crate) struct Query<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let path = error.path().to_string();
            super::field_error(&path, &error.into_inner().to_string())
        })
    }
}

impl<T> Refuses for Query<T> {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Isian(FieldErrors::new())]
    }
}

/// `?halaman=&ukuran=&q=`, as every list takes it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// From 1 on; 1 where it is missing.
    #[param(minimum = 1, maximum = 1_000_000)]
    halaman: Option<i64>,
    /// Items on a page, 1 to 200; 50 where it is missing.
    #[param(minimum = 1, maximum = 200)]
    ukuran: Option<i64>,
    /// Text searched for.
    q: Option<String>,
}

impl PageQuery {
    pub(crate) fn halaman(&self) -> Result<PageRequest, ApiError> {
        halaman(self.halaman, self.ukuran)
    }

    /// The text searched for; `None` if it is blank.
    pub(crate) fn cari(&self) -> Result<Option<SearchTerms>, ApiError> {
        cari(self.q.as_deref())
    }
}

/// `?halaman=&ukuran=`, of a list in which nothing is searched for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LembarQuery {
    /// From 1 on; 1 where it is missing.
    halaman: Option<i64>,
    /// Items on a page, 1 to 200; 50 where it is missing.
    ukuran: Option<i64>,
}

impl LembarQuery {
    pub(crate) fn halaman(&self) -> Result<PageRequest, ApiError> {
        halaman(self.halaman, self.ukuran)
    }
}

/// The page that two parameters ask for.
pub(crate) fn halaman(nomor: Option<i64>, ukuran: Option<i64>) -> Result<PageRequest, ApiError> {
    Ok(PageRequest {
        nomor: isian::number(nomor.unwrap_or(1), 1, 1_000_000).map_err(|e| ApiError::field("halaman", e))?,
        ukuran: isian::number(ukuran.unwrap_or(50), 1, 200).map_err(|e| ApiError::field("ukuran", e))?,
    })
}

/// The search that a parameter asks for.
pub(crate) fn cari(q: Option<&str>) -> Result<Option<SearchTerms>, ApiError> {
    let text = isian::optional_line(q).map_err(|error| ApiError::field("q", error))?;
    Ok(text.as_deref().and_then(SearchTerms::new))
}
