//! Commands for what leaves the program: files, the clipboard, links.

use contract::{CopyPicture, CopyText, Failure, OpenLink, SaveFile};
use tauri::{AppHandle, image::Image};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::oneshot;
use url::Url;

use crate::{
    commands::{Answer, Caller, Handler},
    connection::Connection,
};

impl Handler for SaveFile {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let name = file_name(&self.name);
        Answer::later(async move { Ok(save(&caller.app().clone(), &name, caller.bytes).await) })
    }
}

/// Asks where to save the bytes. `false` if nobody chose a place, or it cannot be written.
pub(crate) async fn save(app: &AppHandle, name: &str, bytes: Vec<u8>) -> bool {
    let (send, chosen) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |path| {
        // If the page is gone, nobody waits any more.
        let _ = send.send(path);
    });
    let Some(path) = chosen.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return false };
    match tokio::task::spawn_blocking(move || std::fs::write(path, bytes)).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a file cannot be saved");
            false
        }
        Err(_) => false,
    }
}

/// The name that a page gave, without anything that would lead to another folder.
fn file_name(name: &str) -> String {
    let is_plain =
        |c: &char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = name.chars().filter(is_plain).take(120).collect();
    match name.trim_matches(['.', ' ']) {
        "" => "buku-tamu".to_owned(),
        name => name.to_owned(),
    }
}

impl Handler for CopyText {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let copied = caller.app().clipboard().write_text(self.text);
        Answer::now(copied.inspect_err(|error| tracing::warn!(%error, "not copied")).is_ok())
    }
}

impl Handler for CopyPicture {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let Ok(picture) = Image::from_bytes(&caller.bytes) else { return Ok(false) };
            let copied = caller.app().clipboard().write_image(&picture);
            Ok(copied.inspect_err(|error| tracing::warn!(%error, "not copied")).is_ok())
        })
    }
}

impl Handler for OpenLink {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::Now(open(&caller, &self.url))
    }
}

fn open(caller: &Caller, url: &str) -> Result<(), Failure> {
    let url = Url::parse(url).map_err(Failure::other)?;
    let own = caller.state::<Connection>().server_url().and_then(|own| Url::parse(&own).ok());
    if !may_open(&url, own.as_ref()) {
        return Err(Failure::other("not a link of ours"));
    }
    caller.app().opener().open_url(url.as_str(), None::<&str>).map_err(|error| {
        tracing::warn!(%error, "a link cannot be opened");
        Failure::other(error)
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
        assert_eq!(file_name("kode Budi.png"), "kode Budi.png");
        assert_eq!(file_name("../../etc/passwd"), "etcpasswd");
        assert_eq!(file_name(".."), "buku-tamu");
        assert_eq!(file_name("a\0b\nc"), "abc");
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
