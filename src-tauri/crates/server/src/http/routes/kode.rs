//! The page that a phone opens from a code. It says what the code is for. It is the same for every code and holds no
//! data of a guest.

use axum::{Router, http::HeaderName, response::Html, routing::get};

use crate::state::{AppState, RequestState};

/// `/K/…`, as codes spell it, and `/k/…`, as people type it.
pub(super) fn router() -> Router<AppState> {
    Router::new().route("/K/{kode}", get(page)).route("/k/{kode}", get(page))
}

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

async fn page(state: RequestState) -> ([(HeaderName, &'static str); 1], Html<String>) {
    let sekolah = escaped(&state.setelan.nama_sekolah);
    let page = format!(
        r#"<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Buku Tamu {sekolah}</title>
</head>
<body>
<h1>{sekolah}</h1>
<p>Ini alamat kode kunjungan Anda.</p>
<p>Tunjukkan kode QR Anda kepada penerima tamu saat tiba di sekolah.</p>
</body>
</html>
"#
    );
    ([(ROBOTS, "noindex")], Html(page))
}

/// The text, escaped for HTML.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_text() {
        assert_eq!(super::escaped(r#"SMP "A" & <B>"#), "SMP &quot;A&quot; &amp; &lt;B&gt;");
    }
}
