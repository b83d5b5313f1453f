//! The program under a WebDriver: started as its user starts it, with a folder of its own.

use std::{net::TcpListener, process::Stdio, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Process, Stage, wait, within};
use thirtyfour::{By, Capabilities, WebDriver, WindowHandle, error::WebDriverResult};

/// A running program, and the page of it that is looked at.
pub(crate) struct Program {
    pub(crate) driver: WebDriver,
    pub(crate) folder: TempDir,
    process: Process,
}

impl Program {
    /// Starts it with this `program.toml`, or with none as at the first start.
    pub(crate) async fn start(stage: &Stage, profile: Option<&str>, args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        if let Some(profile) = profile {
            std::fs::write(folder.path().join("program.toml"), profile).expect("a profile can be written");
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
                // What it has to complain of is read from the log, not from a window that waits for a press.
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
        let begin = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted);
        let driver = within("the program under its driver", begin).await.expect("the program starts");
        Self { driver, folder, process }
    }

    /// Looks at the window with this page, waiting for it to open.
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

    /// Everything that can be read in the window.
    pub(crate) async fn text(&self) -> String {
        let text = self.driver.execute("return document.body?.innerText ?? ''", Vec::new()).await;
        text.ok().and_then(|text| text.convert::<String>().ok()).unwrap_or_default()
    }

    /// Waits for words to stand in the window.
    pub(crate) async fn sees(&self, words: &str) {
        let look = async {
            while !self.text().await.contains(words) {
                pause().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(45), look).await.is_err() {
            panic!("{words:?} does not come up; what stands there:\n{}", self.text().await);
        }
    }

    /// Waits for words to go.
    pub(crate) async fn sees_no_more(&self, words: &str) {
        let look = async {
            while self.text().await.contains(words) {
                pause().await;
            }
        };
        within(&format!("{words:?} to go"), look).await;
    }

    /// Whether the page is in front of somebody's eyes.
    pub(crate) async fn is_visible(&self) -> bool {
        let state = self.driver.execute("return document.visibilityState", Vec::new()).await;
        state.ok().and_then(|state| state.convert::<String>().ok()).as_deref() == Some("visible")
    }

    /// Presses the button with these words.
    pub(crate) async fn press(&self, words: &str) {
        let button = format!(
            "//*[self::button or self::a or @role='button' or self::label][normalize-space()=\"{words}\" or @aria-label=\"{words}\"]"
        );
        let press = async {
            loop {
                if let Ok(found) = self.driver.find(By::XPath(button.clone())).await
                    && found.click().await.is_ok()
                {
                    return;
                }
                pause().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(30), press).await.is_err() {
            panic!("there is no {words:?} to press; what stands there:\n{}", self.text().await);
        }
    }

    /// Fills in the field that a selector finds, and makes sure that all of it arrived.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let fill = async {
            while self.try_fill(selector, text).await.is_err() {
                pause().await;
            }
            while self.value(selector).await != text {
                pause().await;
            }
        };
        within(&format!("{selector} to be filled in"), fill).await;
    }

    /// Marks a choice, whatever is drawn over it.
    pub(crate) async fn choose(&self, selector: &str) {
        let mark = "const choice = document.querySelector(arguments[0]); choice?.click(); return choice?.checked ?? false";
        let choose = async {
            loop {
                let marked = self.driver.execute(mark, vec![json!(selector)]).await;
                if marked.ok().and_then(|marked| marked.convert::<bool>().ok()) == Some(true) {
                    return;
                }
                pause().await;
            }
        };
        within(&format!("{selector} to be chosen"), choose).await;
    }

    async fn try_fill(&self, selector: &str, text: &str) -> WebDriverResult<()> {
        let field = self.driver.find(By::Css(selector)).await?;
        field.clear().await?;
        field.send_keys(text).await
    }

    async fn value(&self, selector: &str) -> String {
        let ask = "return document.querySelector(arguments[0])?.value ?? ''";
        let value = self.driver.execute(ask, vec![json!(selector)]).await;
        value.ok().and_then(|value| value.convert::<String>().ok()).unwrap_or_default()
    }

    /// Signs a user in.
    pub(crate) async fn login(&self, email: &str) {
        self.fill("input[type=email]", email).await;
        self.fill("input[type=password]", tests::PASSWORD).await;
        self.press("Masuk").await;
        self.sees_no_more("Kata sandi").await;
    }

    /// What the page is answered when it asks the program itself: the value, or the refusal's words.
    pub(crate) async fn invoke(&self, command: &str, args: Value) -> Result<Value, String> {
        let ask = "const [command, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, args)
                .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));";
        let answer = self.driver.execute_async(ask, vec![json!(command), args]).await.expect("an answer");
        let answer = answer.json().clone();
        match answer.get("error") {
            Some(error) => Err(error.as_str().unwrap_or_default().to_owned()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Ends it as the operating system does. Gives its folder.
    pub(crate) async fn end(self) -> TempDir {
        self.process.terminate();
        drop(self.process);
        self.folder
    }
}

/// Between two looks.
pub(crate) async fn pause() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// A port that is free a moment before it is used.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("a bound address").port()
}
