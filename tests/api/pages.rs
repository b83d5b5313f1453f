//! The pages for a browser are complete and strict, and each has its name.

use reqwest::Method;
use tests::{Answer, App, Place};

const SURFACES: [&str; 5] = ["/kiosk", "/guru", "/admin", "/tamu", "/k/apa-saja"];

#[tokio::test]
async fn a_page_comes_with_all_it_loads() {
    let app = App::start(Place::Sqlite).await;
    let nobody = app.nobody();
    for surface in SURFACES {
        let page = nobody.get(surface).await;
        if page.status == 503 {
            return not_built(&page);
        }
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{surface}"
        );
        assert_eq!(page.header("cache-control"), "no-cache", "{surface}");
        let html = page.text();
        let links: Vec<_> = html.split('"').filter(|text| text.starts_with('/')).collect();
        assert!(links.iter().any(|link| link.ends_with(".js")), "{surface}: {html}");
        for link in links {
            let file = nobody.get(link).await;
            assert_eq!((file.status, file.header("content-type")), (200, media_type(link)), "{link}");
            let is_kept = file.header("cache-control").contains("immutable");
            assert_eq!(is_kept, link.starts_with("/assets/"), "{link}: {:?}", file.headers);
        }
    }
    // The root leads to the desk.
    assert_eq!(nobody.get("/").await.text(), nobody.get("/kiosk").await.text());
    nobody.get("/assets/nirgends.js").await.problem(404, "tidak_ditemukan");
    nobody.get("/assets/../kiosk.html").await.problem(404, "tidak_ditemukan");
}

#[tokio::test]
async fn a_page_may_load_from_here_only_and_be_framed_by_nobody() {
    let app = App::start(Place::Sqlite).await;
    for surface in SURFACES {
        let page = app.nobody().get(surface).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        // The decoder's permission, and no other.
        let rest = policy.replacen(" 'wasm-unsafe-eval'", "", 1);
        assert!(!rest.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let preview = include_str!("../../ui/vite.config.ts");
        assert!(
            preview.contains(policy),
            "ui/vite.config.ts tries the pages under another policy than {policy}"
        );
    }
    let api = app.nobody().get("/healthz").await;
    assert!(api.header("content-security-policy").starts_with("default-src 'none'"), "{:?}", api.headers);
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let app = App::start(Place::Sqlite).await;
    let nobody = app.nobody();
    let page = nobody.get("/kiosk").await;
    if page.status == 503 {
        return not_built(&page);
    }
    let ask = async |etag: &str| {
        Answer::to(nobody.request(Method::GET, "/kiosk").header("if-none-match", etag)).await
    };
    let etag = page.header("etag");
    for known in [etag.to_owned(), format!("\"lain\", {etag}")] {
        let again = ask(&known).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{known}");
        assert_eq!((again.header("etag"), again.header("cache-control")), (etag, "no-cache"));
    }
    assert_eq!(ask("W/\"lain\"").await.status, 200);
}

#[tokio::test]
async fn a_page_is_compressed_for_who_can_read_it() {
    let app = App::start(Place::Sqlite).await;
    let nobody = app.nobody();
    if nobody.get("/kiosk").await.status == 503 {
        return not_built(&nobody.get("/kiosk").await);
    }
    let plain = nobody.get("/kiosk").await;
    let packed = nobody.request(Method::GET, "/kiosk").header("accept-encoding", "gzip");
    let packed = Answer::to(packed).await;
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), ("", "gzip"));
    assert!(packed.bytes.len() < plain.bytes.len(), "{} of {}", packed.bytes.len(), plain.bytes.len());
    assert!(packed.header("vary").contains("accept-encoding"), "{:?}", packed.headers);
}

/// The media type for a file's name.
fn media_type(name: &str) -> &str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "no other kind is expected",
    }
}

/// If the program has no pages, it says so, and this test ends.
#[track_caller]
fn not_built(page: &Answer) {
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    assert!(page.text().contains("npm run build"), "{}", page.text());
    tests::skip("this program was built without ui/dist");
}
