//! The pages for a browser, as `ui/` built them, out of the program itself.
//!
//! What stands under `assets/` bears a hash of its content in its name and is kept for good; all else is asked for again, and
//! sent only where it has changed.

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use data_encoding::HEXLOWER;
use rust_embed::{Embed, EmbeddedFile};
use tower_http::{
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    set_header::SetResponseHeaderLayer,
};

use crate::app::AppState;

#[derive(Embed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Dist;

/// The surfaces that open in a browser, each under its own name.
const SURFACES: [&str; 3] = ["kiosk", "guru", "admin"];

/// Everything from here and nothing inline; pictures also those that a page makes itself. `'self'` holds for `/ws` too.
const POLICY: &str = "default-src 'self'; img-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; \
                      base-uri 'none'; form-action 'none'";

/// The desk's camera, and nothing else that a browser would have to ask for.
const PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";

const NOT_BUILT: &str = "Halaman ini belum dibuat: jalankan `npm ci && npm run build` di folder ui, lalu buat ulang \
                         program ini.\n";

/// `/kiosk`, `/guru`, `/admin`, and what they load. `/` leads to the desk.
pub(super) fn router() -> Router<AppState> {
    let mut router = Router::new().route("/", get(async || Redirect::temporary("/kiosk")));
    for surface in SURFACES {
        let page = Dist::get(&format!("{surface}.html")).map(|file| Page::new(file, NO_CACHE));
        let answer = async move |headers: HeaderMap| match page {
            Some(page) => page.answer(&headers),
            None => (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response(),
        };
        router = router.route(&format!("/{surface}"), get(answer));
    }
    for name in Dist::iter().filter(|name| !name.ends_with(".html")) {
        let Some(file) = Dist::get(&name) else { continue };
        let page = Page::new(file, if name.starts_with("assets/") { IMMUTABLE } else { NO_CACHE });
        router =
            router.route(&format!("/{name}"), get(async move |headers: HeaderMap| page.answer(&headers)));
    }
    let header = |name: &'static str, value| {
        SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    // Nothing of a school's stands in these files, so that their length tells nothing.
    let worthwhile = DefaultPredicate::new().and(NotForContentType::const_new("font/"));
    router
        .layer(CompressionLayer::new().compress_when(worthwhile))
        .layer(header("content-security-policy", POLICY))
        .layer(header("permissions-policy", PERMISSIONS))
}

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// One embedded file, ready to be sent.
#[derive(Clone)]
struct Page {
    content: Bytes,
    headers: [(HeaderName, HeaderValue); 3],
}

impl Page {
    fn new(file: EmbeddedFile, cache: HeaderValue) -> Self {
        let media_type = match file.metadata.mimetype() {
            text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
            other => other.to_owned(),
        };
        // Weak, because it may be sent compressed.
        let etag = format!("W/\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
        let value =
            |text: String| HeaderValue::try_from(text).expect("media types and hashes are plain text");
        let headers = [
            (header::CONTENT_TYPE, value(media_type)),
            (header::ETAG, value(etag)),
            (header::CACHE_CONTROL, cache),
        ];
        Self { content: file.data.into_owned().into(), headers }
    }

    fn answer(self, request: &HeaderMap) -> Response {
        let known = request.get_all(header::IF_NONE_MATCH).iter().any(|known| self.is_named_in(known));
        match known {
            true => (StatusCode::NOT_MODIFIED, self.headers).into_response(),
            false => (self.headers, self.content).into_response(),
        }
    }

    /// Whether a list of tags has this one.
    fn is_named_in(&self, tags: &HeaderValue) -> bool {
        let [_, (_, etag), _] = &self.headers;
        tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| tag.trim().as_bytes() == etag.as_bytes()))
    }
}
