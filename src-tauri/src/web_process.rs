//! The process that pages run in. WebKit on Linux gives each page one of its own, as heavy as the rest of the program,
//! and when one ends, its window stays empty. Here two windows share one, and a page whose process ended is loaded
//! anew. WebView2 and WKWebView share by themselves.
//!
//! Scripts are interpreted there. Compiling them while they run costs 8 MiB a page and pays off in loops that run for
//! seconds, of which these pages have none; and no memory of such a process is both written and executed.

use std::sync::mpsc;

use tauri::{AppHandle, Manager, WebviewWindow, WebviewWindowBuilder, Wry};

type Builder<'a> = WebviewWindowBuilder<'a, Wry, AppHandle>;

/// Has pages' scripts interpreted. Before the first window, and before there is a second thread: it is told by the
/// environment.
#[cfg(target_os = "linux")]
pub(crate) fn interpret_scripts() {
    // Whoever has set it knows why.
    if let Err(error) = webkit2gtk::glib::setenv("JSC_useJIT", "0", false) {
        tracing::warn!(%error, "pages' scripts are compiled");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn interpret_scripts() {}

/// Whether pages can be shown at all. Windows 10 may be without WebView2, and Tauri panics then, where nobody reads it.
///
/// # Errors
/// What a person does about it.
#[cfg(windows)]
pub(crate) fn is_there() -> anyhow::Result<()> {
    use anyhow::Context;

    tauri::webview_version().map(drop).context(
        "Microsoft Edge WebView2 belum terpasang di PC ini. Pasang dari \
         https://go.microsoft.com/fwlink/p/?LinkId=2124703, lalu buka Buku Tamu lagi.\n\n\
         Microsoft Edge WebView2 is missing on this PC. Install it from the address above, \
         then open Buku Tamu again.\n",
    )
}

/// Elsewhere the program does not start without it.
#[cfg(not(windows))]
pub(crate) fn is_there() -> anyhow::Result<()> {
    Ok(())
}

/// Opens a window whose page shares the process of another window's page, where that one is open. Whoever asks for a
/// window that there is already is given that one. Waits for the main thread, and so never from within a page's call or
/// an event: WebView2 would wait for itself.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open_beside(
    app: &AppHandle,
    label: &'static str,
    other: &'static str,
    builder: fn(&AppHandle) -> Builder<'_>,
) -> tauri::Result<WebviewWindow> {
    let (tell, told) = mpsc::channel();
    let on_main_thread = app.clone();
    // One after the other there, so that two who ask at once get one window.
    app.run_on_main_thread(move || {
        let opened = match on_main_thread.get_webview_window(label) {
            Some(window) => Ok(window),
            None => build_beside(&on_main_thread, other, builder),
        };
        // Whoever asked waits below.
        let _ = tell.send(opened);
    })?;
    // Nothing comes where the program is ending.
    told.recv().unwrap_or(Err(tauri::Error::WebviewNotFound))
}

#[cfg(target_os = "linux")]
fn build_beside(
    app: &AppHandle,
    other: &str,
    builder: fn(&AppHandle) -> Builder<'_>,
) -> tauri::Result<WebviewWindow> {
    let Some(other) = app.get_webview_window(other) else { return open(builder(app)) };
    let (tell, told) = mpsc::channel();
    let app = app.clone();
    // A page's handle is lent only; on this thread it comes at once.
    other.with_webview(move |page| {
        let _ = tell.send(open(builder(&app).with_related_view(page.inner())));
    })?;
    // Nothing comes where the other window closed in between.
    told.recv().unwrap_or(Err(tauri::Error::WebviewNotFound))
}

#[cfg(not(target_os = "linux"))]
fn build_beside(
    app: &AppHandle,
    _: &str,
    builder: fn(&AppHandle) -> Builder<'_>,
) -> tauri::Result<WebviewWindow> {
    open(builder(app))
}

/// Opens a window.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open(builder: Builder<'_>) -> tauri::Result<WebviewWindow> {
    let window = builder.build()?;
    revive(&window)?;
    Ok(window)
}

/// Loads the page anew whenever its process has ended, for want of memory or by an error of its own.
#[cfg(target_os = "linux")]
fn revive(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;

    let label = window.label().to_owned();
    window.with_webview(move |page| {
        page.inner().connect_web_process_terminated(move |page, reason| {
            tracing::error!(label, ?reason, "a page's process has ended: the page is loaded anew");
            page.reload();
        });
    })
}

#[cfg(not(target_os = "linux"))]
fn revive(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
