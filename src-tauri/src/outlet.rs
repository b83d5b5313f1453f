//! Commands for what leaves the program: files, the clipboard, links.

use tauri::{
    AppHandle, Manager,
    image::Image,
    ipc::{InvokeBody, Request},
};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::oneshot;
use url::Url;

use crate::program::Program;

/// Asks where to save the bytes, whose name stands in the header `x-name`. `false` where nobody chose a place, or it could not be
/// written.
///
/// # Errors
/// Rejects what is no file.
#[tauri::command]
pub(crate) async fn save_file(app: AppHandle, request: Request<'_>) -> Result<bool, &'static str> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err("bytes are wanted") };
    let bytes = bytes.clone();
    let name = request.headers().get("x-name").and_then(|name| name.to_str().ok()).unwrap_or_default();
    let name = file_name(name);
    let (send, chosen) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |path| {
        // Nobody waits any more where the page is gone.
        let _ = send.send(path);
    });
    let Some(path) = chosen.await.ok().flatten().and_then(|path| path.into_path().ok()) else {
        return Ok(false);
    };
    match tokio::task::spawn_blocking(move || std::fs::write(path, bytes)).await {
        Ok(Ok(())) => Ok(true),
        Ok(Err(error)) => {
            tracing::warn!(%error, "a file cannot be saved");
            Ok(false)
        }
        Err(_) => Ok(false),
    }
}

/// The name as a page wrote it, percent-encoded, without anything that would lead elsewhere.
fn file_name(encoded: &str) -> String {
    let name = percent_encoding::percent_decode_str(encoded).decode_utf8_lossy();
    let is_plain =
        |c: &char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = name.chars().filter(is_plain).take(120).collect();
    match name.trim_matches(['.', ' ']) {
        "" => "buku-tamu".to_owned(),
        name => name.to_owned(),
    }
}

/// Puts a text on the clipboard. `false` where the system has none.
#[tauri::command]
pub(crate) fn copy_text(app: AppHandle, text: String) -> bool {
    app.clipboard().write_text(text).inspect_err(|error| tracing::warn!(%error, "not copied")).is_ok()
}

/// Puts a PNG on the clipboard. `false` where the system has none, or the bytes are no PNG.
///
/// # Errors
/// Rejects what is no picture.
#[tauri::command]
pub(crate) async fn copy_picture(app: AppHandle, request: Request<'_>) -> Result<bool, &'static str> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err("bytes are wanted") };
    let Ok(picture) = Image::from_bytes(bytes) else { return Ok(false) };
    let copied = app.clipboard().write_image(&picture);
    Ok(copied.inspect_err(|error| tracing::warn!(%error, "not copied")).is_ok())
}

/// Opens a link outside of the program: a message to a guest, or a page of the school's own server.
///
/// # Errors
/// Rejects any other link, and where nothing can open it.
#[tauri::command]
pub(crate) fn open_link(app: AppHandle, url: String) -> Result<(), &'static str> {
    let url = Url::parse(&url).map_err(|_| "no link")?;
    let own = app.state::<Program>().server_url().and_then(|own| Url::parse(&own).ok());
    if !may_open(&url, own.as_ref()) {
        return Err("not a link of ours");
    }
    app.opener().open_url(url.as_str(), None::<&str>).map_err(|error| {
        tracing::warn!(%error, "a link cannot be opened");
        "nothing opens it"
    })
}

fn may_open(url: &Url, own: Option<&Url>) -> bool {
    match url.scheme() {
        "mailto" => true,
        "https" if url.host_str() == Some("wa.me") => true,
        "https" | "http" => own.is_some_and(|own| own.origin() == url.origin()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(file_name("kode%20Budi.png"), "kode Budi.png");
        assert_eq!(file_name("..%2F..%2Fetc%2Fpasswd"), "etcpasswd");
        assert_eq!(file_name("%2E%2E"), "buku-tamu");
        assert_eq!(file_name("a%00b%0Ac"), "abc");
    }

    #[test]
    fn only_links_of_ours_open() {
        let own = Url::parse("https://10.0.0.1:8443").unwrap();
        let may = |text: &str| may_open(&Url::parse(text).unwrap(), Some(&own));
        assert!(may("https://wa.me/628120000?text=x") && may("mailto:a@sekolah.example"));
        assert!(may("https://10.0.0.1:8443/K/ABC"));
        assert!(!may("https://wa.me.lain.example/") && !may("http://wa.me/1"));
        assert!(!may("file:///etc/passwd") && !may("https://lain.example"));
        assert!(!may_open(&own, None));
    }
}
