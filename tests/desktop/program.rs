//! The program under a WebDriver, started as its user starts it, with a folder of its own.

use std::{fs, ops::Deref, process::Stdio};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Page, Process, Stage, free_port, inspection, pause, wait, within};
use thirtyfour::{Capabilities, WindowHandle};

/// A running program, and the page that the test looks at.
pub(crate) struct Program {
    page: Page,
    pub(crate) folder: TempDir,
    process: Process,
}

impl Program {
    /// Starts it with this `program.toml`, or without one as at the first start.
    pub(crate) async fn start(stage: &Stage, profile: Option<&str>, args: &[&str]) -> Self {
        // With spaces and letters, as people name folders.
        let folder = tempfile::Builder::new().prefix("Buku Tamu ").tempdir().expect("a temporary folder");
        if let Some(profile) = profile {
            fs::write(folder.path().join("program.toml"), profile).expect("a profile can be written");
        }
        Self::start_in(stage, folder, args).await
    }

    /// Starts it in a folder that it knows.
    pub(crate) async fn start_in(stage: &Stage, folder: TempDir, args: &[&str]) -> Self {
        let port = free_port();
        let process = Process::start(
            stage
                .command("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                // The test reads its complaints from the log, and not from a window that waits for a press.
                .env("BUKUTAMU_NO_DIALOG", "1")
                .env("BUKUTAMU_LOG", "info")
                .stdout(Stdio::null()),
        );
        wait("the driver", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        let folder_arg = folder.path().display().to_string();
        let args: Vec<&str> = ["--data-dir", &folder_arg].iter().chain(args).copied().collect();
        let mut wanted = Capabilities::new();
        let options = json!({ "binary": env!("CARGO_BIN_EXE_bukutamu"), "args": args });
        wanted.set("webkitgtk:browserOptions", options).expect("plain data");
        Self { page: Page::open(port, wanted).await, folder, process }
    }

    /// Looks at the window with this page, and waits for it to open.
    pub(crate) async fn look_at(&self, page: &str) -> WindowHandle {
        let look = async {
            loop {
                for handle in self.driver.windows().await.unwrap_or_default() {
                    if self.driver.switch_to_window(handle.clone()).await.is_err() {
                        continue;
                    }
                    let url = self.driver.current_url().await;
                    if url.is_ok_and(|url| url.path().trim_start_matches('/') == format!("{page}.html")) {
                        return handle;
                    }
                }
                pause().await;
            }
        };
        within(&format!("the window {page}"), look).await
    }

    /// Waits until somebody can see the window.
    pub(crate) async fn comes_up(&self) {
        let up = async {
            while !self.is_visible().await {
                pause().await;
            }
        };
        within("the window to come up", up).await;
    }

    /// Waits until the page is there to be asked: while one is loaded, the driver has no answer and no reason.
    async fn loaded(&self) {
        let look = async {
            let is_there = "return document.readyState === 'complete' && '__TAURI_INTERNALS__' in window";
            loop {
                let told = self.driver.execute(is_there, Vec::new()).await;
                if told.is_ok_and(|told| told.json() == &json!(true)) {
                    return;
                }
                pause().await;
            }
        };
        within("the page to be loaded", look).await;
    }

    /// What the program answers the page: the value, or the refusal's words.
    pub(crate) async fn invoke(&self, command: &str, args: Value) -> Result<Value, String> {
        let ask = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args)
                .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));";
        self.loaded().await;
        let answer = self.driver.execute_async(ask, vec![json!(command), args]).await.expect("an answer");
        let answer = answer.json().clone();
        match answer.get("error") {
            Some(error) => Err(error.as_str().unwrap_or_default().to_owned()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Inspects the page in light and in dark, and keeps a picture of the whole screen for a person.
    pub(crate) async fn inspect(&self, stage: &Stage, name: &str) {
        self.settled().await;
        for (theme, suffix) in inspection::THEMES {
            self.set_theme(theme).await;
            // Twice, so that what was set is on the screen.
            let painted = "const done = arguments[0]; \
                           requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
            self.driver.execute_async(painted, Vec::new()).await.expect("the window is painted");
            stage.picture(&crate::pictures().join(format!("{name}{suffix}.png")));
            self.assert_accessible(name, theme).await;
        }
        self.set_theme("light").await;
        self.assert_inside(name).await;
    }

    /// Presses a key, whatever has the focus.
    pub(crate) async fn press_key(&self, key: &str) {
        let focus = self.driver.active_element().await.expect("something has the focus");
        focus.send_keys(key).await.expect("a key is taken");
    }

    /// Ends it as a power cut does: without a word. Returns its folder.
    pub(crate) async fn pull_the_plug(self) -> TempDir {
        for pid in children_of(self.process.id(), "bukutamu") {
            kill(Pid::from_raw(pid), Signal::SIGKILL).expect("it runs");
        }
        self.end().await
    }

    /// Ends it as the operating system does. Returns its folder.
    pub(crate) async fn end(self) -> TempDir {
        self.process.terminate();
        drop(self.process);
        self.folder
    }
}

/// The processes that a process started, by the beginning of their names.
pub(crate) fn children_of(parent: u32, name: &str) -> Vec<i32> {
    let threads = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let children: Vec<i32> = lists
        .flat_map(|list| list.split(' ').filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect();
    let is_named =
        |pid: &i32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.starts_with(name));
    children.into_iter().filter(is_named).collect()
}

impl Deref for Program {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
