//! The pages for a browser, as built from `ui/`. They are part of the program.
//!
//! A file under `assets/` has a hash of its content in its name, and browsers may cache it forever. Browsers ask again
//! for all other files, which are sent only if they have changed.

use std::{borrow::Cow, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Redirect},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};
use tower_http::set_header::SetResponseHeaderLayer;

use super::file::File;
use crate::state::AppState;

#[derive(Embed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Dist;

/// The surfaces that open in a browser, and the addresses of each. The guest's page is the same for every code and
/// holds no data of a guest: it reads its own address. Codes spell it `/K/…`, and people type `/k/…`.
const SURFACES: [(&str, &[&str]); 4] = [
    ("kiosk", &["/kiosk"]),
    ("guru", &["/guru"]),
    ("admin", &["/admin"]),
    ("tamu", &["/tamu", "/k/{kode}", "/K/{kode}"]),
];

/// Everything comes from this server, and nothing is inline. Pictures may also come from the page itself (`blob:`).
/// `'self'` covers `/ws` too. `'wasm-unsafe-eval'` allows a page only to compile WebAssembly, which the QR decoder
/// needs.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob:; \
                      object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Allows the desk's camera, and no other permission.
const PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";

const NOT_BUILT: &str = "Halaman ini belum dibuat: jalankan `npm ci && npm run build` di folder ui, lalu buat ulang \
                         program ini.\n";

/// The surfaces, and what they load. `/` leads to the desk.
pub(super) fn router() -> Router<AppState> {
    let mut router = Router::new().route("/", get(async || Redirect::temporary("/kiosk")));
    for (surface, addresses) in SURFACES {
        let name = format!("{surface}.html");
        let page = Dist::get(&name).map(|page| Arc::new(file(&name, page, NO_CACHE)));
        let answer = async move |headers: HeaderMap| match page {
            Some(page) => page.answer(&headers),
            None => (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response(),
        };
        for address in addresses {
            router = router.route(address, get(answer.clone()));
        }
    }
    for name in Dist::iter().filter(|name| !name.ends_with(".html")) {
        let Some(found) = Dist::get(&name) else { continue };
        let cache = if name.starts_with("assets/") { IMMUTABLE } else { NO_CACHE };
        let page = Arc::new(file(&name, found, cache));
        router =
            router.route(&format!("/{name}"), get(async move |headers: HeaderMap| page.answer(&headers)));
    }
    let header = |name: &'static str, value| {
        SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    router
        .layer(header("content-security-policy", POLICY))
        .layer(header("permissions-policy", PERMISSIONS))
        // A code in an address that somebody has published is found by nobody's search.
        .layer(header("x-robots-tag", "noindex"))
}

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

fn file(name: &str, file: EmbeddedFile, cache: HeaderValue) -> File {
    let content = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    let media_type = match name {
        name if name.ends_with(".wasm") => "application/wasm",
        _ => file.metadata.mimetype(),
    };
    File::new(content, media_type, file.metadata.sha256_hash(), cache)
}
