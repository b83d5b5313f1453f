//! The OpenAPI document, and a page for reading it.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    routing::get,
};
use domain::json::Problem;
use sha2::{Digest, Sha256};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::{
    OpenApi,
    openapi::{
        RefOr,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{fields, file::File};
use crate::{http::refusals::operations, state::AppState};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Buku Tamu",
        description = "A school's digital guest book. Errors are problem documents (RFC 9457); branch on `code`."
    ),
    components(schemas(Problem, domain::json::Event, super::laporan::Format))
)]
struct Document;

/// The document before the routes are added.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds what holds for every operation: its name, descriptions of its answers, and the bearer token unless the
/// operation says otherwise.
pub(super) fn complete(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    document.components.get_or_insert_default().security_schemes.insert("bearer".to_owned(), bearer.into());
    document.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(method, path));
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                if response.description.is_empty() {
                    let status: Option<StatusCode> = status.parse().ok();
                    response.description =
                        status.and_then(|status| status.canonical_reason()).unwrap_or("").to_owned();
                }
            }
        }
    }
    fields::write(&mut document);
    document
}

/// A unique name for each operation, built from method and address: `put_users_id`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api").split(|c: char| !c.is_ascii_alphanumeric());
    [method].into_iter().chain(words.filter(|word| !word.is_empty())).collect::<Vec<_>>().join("_")
}

/// `/api/openapi.json`, and `/api/docs` to read it. All files come from this server, so a school needs no internet for
/// it.
pub(super) fn pages(document: &utoipa::openapi::OpenApi) -> Router<AppState> {
    const ADDRESS: &str = "/api/openapi.json";
    let policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
    let policy =
        SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    // Serialized once: it is long, and anybody may ask for it.
    let json = document.to_json().expect("a document becomes JSON");
    let sha256 = Sha256::digest(&json).into();
    let file = File::new(json.into(), "application/json", sha256, HeaderValue::from_static("no-store"));
    let file = Arc::new(file);
    Router::from(SwaggerUi::new("/api/docs").config(Config::from(ADDRESS)))
        .route(ADDRESS, get(async move |headers: HeaderMap| file.answer(&headers)))
        .layer(policy)
}
