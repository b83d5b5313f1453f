//! The code of a visit in a path, which is the right to see it.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{audit, error::ApiError, http::refusals::Refuses, kunjungan::VisitByCode, state::AppState};

/// The visit that the path's `{kode}` stands for.
pub(crate) struct PathVisit(pub(crate) VisitByCode);

impl FromRequestParts<AppState> for PathVisit {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        // A path that is not text cannot be a code either.
        let Ok(Path(kode)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(ApiError::NotFound);
        };
        let visit = VisitByCode::find(state, &kode).await?;
        audit::acts_as_tamu(visit.row.id_tamu);
        Ok(Self(visit))
    }
}

impl Refuses for PathVisit {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::NotFound, ApiError::CodeEnded, ApiError::Unavailable]
    }
}
