//! The process that pages run in. WebKit on Linux gives each page its own, as heavy as the rest of the program, and if
//! one ends, its window stays empty. Here two windows share one process, and a page whose process ended is reloaded.
//! WebView2 and WKWebView share by themselves.
//!
//! Scripts are interpreted there. Compiling them at run time takes 8 MiB a page and pays off only in loops that run for
//! seconds, which these pages do not have. Without it, no memory of such a process is both writable and executable.

use std::sync::mpsc;

use tauri::{AppHandle, Manager, WebviewWindow, WebviewWindowBuilder, Wry};

type Builder<'a> = WebviewWindowBuilder<'a, Wry, AppHandle>;

/// Has pages' scripts interpreted. Call it before the first window and before there is a second thread, because it sets
/// an environment variable.
#[cfg(target_os = "linux")]
pub(crate) fn interpret_scripts() {
    // If the variable is set already, it is left as it is.
    if let Err(error) = webkit2gtk::glib::setenv("JSC_useJIT", "0", false) {
        tracing::warn!(%error, "pages' scripts are compiled");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn interpret_scripts() {}

/// Whether pages can be shown at all. Windows 10 may lack WebView2, and Tauri's panic would reach nobody.
///
/// # Errors
/// Tells the user what to do.
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

/// On other systems the program does not start at all without it.
#[cfg(not(windows))]
pub(crate) fn is_there() -> anyhow::Result<()> {
    Ok(())
}

/// Opens a window whose page shares the process of another window's page, if that window is open. If the window exists
/// already, it is returned. Waits for the main thread, so it must never be called within a page's call or an event:
/// WebView2 would deadlock.
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
    // The main thread does one after the other, so that two callers at once get one window.
    app.run_on_main_thread(move || {
        let opened = match on_main_thread.get_webview_window(label) {
            Some(window) => Ok(window),
            None => build_beside(&on_main_thread, other, builder),
        };
        // The receiver waits below.
        let _ = tell.send(opened);
    })?;
    // If the program is ending, no answer comes.
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
    // The page's handle is only lent. On this thread, the closure runs at once.
    other.with_webview(move |page| {
        let _ = tell.send(open(builder(&app).with_related_view(page.inner())));
    })?;
    // If the other window has closed in the meantime, no answer comes.
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

/// Opens a window whose page is reloaded if its process ends.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open(builder: Builder<'_>) -> tauri::Result<WebviewWindow> {
    let window = builder.build()?;
    revive(&window)?;
    Ok(window)
}

/// Reloads the page whenever its process has ended, by lack of memory or by its own fault.
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
