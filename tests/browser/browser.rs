//! Chromium under its driver: sizes, themes, pictures, and what axe-core finds on a screen.

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Page, Process, free_port, inspection, is_there, pause, wait, within};
use thirtyfour::{Capabilities, RequestData, SessionId, WindowHandle, common::command::FormatRequestData};

/// One at a time, because a page that waits for a processor looks broken.
static TURN: Mutex<()> = Mutex::new(());

/// Chromium asks nothing of the network, keeps its data to itself, and needs no display.
const ARGS: [&str; 9] = [
    "--headless",
    // Only this project's own pages are opened, and tests may run as root.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

/// The server's clock stands still in these tests, and a PC whose clock differs is told so.
const CLOCK: &str = "window.now_ms = NOW;
    window.Date = class extends Date {
        constructor(...parts) { super(...(parts.length ? parts : [window.now_ms])); }
        static now() { return window.now_ms; }
    };";

/// A desk's screens. At 200 %, 640×400 is left.
const DESK_SIZES: [(u32, u32); 10] = [
    (1280, 720),
    (1366, 657),
    (1093, 614),
    (1024, 768),
    (910, 512),
    (768, 1024),
    (640, 400),
    (320, 640),
    (1920, 1080),
    (3840, 2160),
];

/// A quick typist's pace.
const A_PERSONS_KEY: Duration = Duration::from_millis(60);

/// A browser that is about to open its first page.
pub(crate) struct Browser {
    port: u16,
    args: Vec<String>,
    _driver: Process,
    profile: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Starts the driver.
    ///
    /// # Errors
    /// The program that this machine lacks.
    pub(crate) fn start() -> Result<Self, &'static str> {
        if let Some(missing) = ["chromium", "chromedriver"].into_iter().find(|name| !is_there(name)) {
            return Err(missing);
        }
        if !inspection::is_there() {
            return Err("axe-core (npm ci in ui/)");
        }
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let port = free_port();
        let mut command = Command::new("chromedriver");
        let driver = Process::start(command.arg(format!("--port={port}")).stdout(Stdio::null()));
        wait("the driver", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut args: Vec<String> = ARGS.map(str::to_owned).into();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        Ok(Self { port, args, _driver: driver, profile, _turn: turn })
    }

    /// The same with an allowed webcam, which shows a film in YUV4MPEG2 again and again.
    pub(crate) fn with_camera(mut self, film: &[u8]) -> Self {
        let file = self.profile.path().join("film.y4m");
        fs::write(&file, film).expect("a film can be written");
        self.args.extend([
            "--use-fake-device-for-media-stream".to_owned(),
            "--use-fake-ui-for-media-stream".to_owned(),
            format!("--use-file-for-fake-video-capture={}", file.display()),
        ]);
        self
    }

    /// Opens a page at the size of a small desktop screen, on a PC whose clock stands still.
    pub(crate) async fn open(self, url: &str, now: DateTime<Utc>) -> Tab {
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "chrome").expect("plain data");
        wanted.set("goog:chromeOptions", json!({ "args": self.args })).expect("plain data");
        wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" })).expect("plain data");
        let tab = Tab { page: Page::open(self.port, wanted).await, browser: self };
        tab.enter(url, now).await;
        tab
    }
}

/// Keys of those who use no mouse.
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const SPACE: &str = " ";
pub(crate) const ESCAPE: &str = "\u{e00c}";

/// A key that a scanner sends behind a code.
#[derive(Clone, Copy)]
pub(crate) enum ScannerKey {
    Enter,
    Tab,
}

impl ScannerKey {
    fn json(self) -> Value {
        match self {
            Self::Enter => {
                json!({ "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13 })
            }
            Self::Tab => json!({ "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 }),
        }
    }
}

/// The page that is looked at.
pub(crate) struct Tab {
    page: Page,
    browser: Browser,
}

impl Deref for Tab {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Tab {
    /// Opens a page in this window, at the size of a small desktop screen, with a clock that stands still.
    async fn enter(&self, url: &str, now: DateTime<Utc>) {
        self.resize(1280, 800).await;
        let clock = json!({ "source": CLOCK.replace("NOW", &now.timestamp_millis().to_string()) });
        let set = self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", clock).await;
        set.expect("Chromium takes a clock");
        self.driver.goto(url).await.expect("the page opens");
    }

    /// Opens another page in a window beside this one, and looks at it from now on. Gives this one's window, and that
    /// one's.
    pub(crate) async fn open_beside(&self, url: &str, now: DateTime<Utc>) -> [WindowHandle; 2] {
        let here = self.driver.window().await.expect("a window is looked at");
        let there = self.driver.new_window().await.expect("Chromium opens a window");
        self.look_at(&there).await;
        self.enter(url, now).await;
        [here, there]
    }

    /// Looks at a window from now on.
    pub(crate) async fn look_at(&self, window: &WindowHandle) {
        self.driver.switch_to_window(window.clone()).await.expect("the window is open");
    }

    /// Sets the PC's clock.
    pub(crate) async fn set_clock(&self, now: DateTime<Utc>) {
        self.ask::<()>("window.now_ms = arguments[0]", vec![json!(now.timestamp_millis())]).await;
    }

    /// Makes the page so many CSS pixels wide and high, down to a phone's size.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let resized = self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await;
        resized.expect("Chromium takes a size");
    }

    /// Sends keys to what has the focus.
    pub(crate) async fn keys(&self, keys: impl AsRef<str>) {
        let focus = self.driver.active_element().await.expect("something has the focus");
        focus.send_keys(keys.as_ref()).await.expect("keys are taken");
    }

    /// Types into what has the focus as a person does, slower than any scanner.
    pub(crate) async fn types(&self, text: &str) {
        for letter in text.chars() {
            self.keys(letter.to_string()).await;
            tokio::time::sleep(A_PERSONS_KEY).await;
        }
    }

    /// Sends keys as a scanner does, whatever this machine is busy with. Each is stamped `gap_ms` after the one before.
    pub(crate) async fn scanner(&self, text: &str, gap_ms: u32, suffix: &[ScannerKey]) {
        let keys = text.chars().map(|c| json!({ "key": c, "text": c }));
        let keys: Vec<_> = keys.chain(suffix.iter().map(|key| key.json())).collect();
        let span_ms = f64::from(gap_ms) * keys.len() as f64;
        // A key is never older than its page.
        let start = async {
            loop {
                let (age_ms, now_ms): (f64, f64) = self
                    .ask("return [performance.now(), performance.timeOrigin + performance.now()]", Vec::new())
                    .await;
                if age_ms > span_ms {
                    return now_ms - span_ms;
                }
                pause().await;
            }
        };
        let mut at_ms = within("a page of that age", start).await;
        for mut key in keys {
            key["type"] = json!("keyDown");
            key["timestamp"] = json!(at_ms / 1000.0);
            let sent = self.driver.cdp().send_raw("Input.dispatchKeyEvent", key.clone()).await;
            sent.expect("Chromium takes a key");
            key["type"] = json!("keyUp");
            let sent = self.driver.cdp().send_raw("Input.dispatchKeyEvent", key).await;
            sent.expect("Chromium takes a key");
            at_ms += f64::from(gap_ms);
        }
    }

    /// Drops a file on the page.
    pub(crate) async fn drop_file(&self, name: &str, bytes: &[u8]) {
        let drop = "const [name, bytes] = arguments;
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
            window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
            return true";
        assert!(self.ask::<bool>(drop, vec![json!(name), json!(bytes)]).await, "{name} was not dropped");
    }

    /// Chooses a file, as the file dialog does.
    pub(crate) async fn choose_file(&self, selector: &str, name: &str, bytes: &[u8]) {
        let file = self.browser.profile.path().join(name);
        fs::write(&file, bytes).expect("a file can be written");
        let field = self.find(selector).await;
        field.send_keys(file.display().to_string()).await.expect("the field takes a file");
    }

    /// Goes to what a selector finds by the tabulator alone, and tells how many presses it took.
    pub(crate) async fn tab_to(&self, selector: &str) -> u32 {
        self.find(selector).await;
        let is_there = "return document.activeElement?.matches(arguments[0]) ?? false";
        for presses in 0..150 {
            if self.ask::<bool>(is_there, vec![json!(selector)]).await {
                return presses;
            }
            self.keys(TAB).await;
        }
        panic!("no key leads to {selector}; what stands there:\n{}", self.text().await);
    }

    /// Goes to what a selector finds by the tabulator, and presses a key there.
    pub(crate) async fn key_on(&self, selector: &str, key: &str) {
        self.tab_to(selector).await;
        self.keys(key).await;
    }

    /// Types into a field as a person does.
    pub(crate) async fn types_into(&self, selector: &str, text: &str) {
        self.click(selector).await;
        self.types(text).await;
    }

    /// Inspects the screen: axe-core, what sticks out, and a picture for a person, light and dark.
    pub(crate) async fn inspect(&self, name: &str) {
        self.settled().await;
        for (theme, suffix) in inspection::THEMES {
            self.set_theme(theme).await;
            self.picture(&format!("{name}{suffix}")).await;
            self.assert_accessible(name, theme).await;
        }
        self.set_theme("light").await;
        self.assert_inside(name).await;
    }

    /// Inspects the same screen at other sizes. Nothing may stick out.
    pub(crate) async fn inspect_sizes(&self, name: &str, sizes: &[(u32, u32)]) {
        for (width, height) in sizes.iter().copied() {
            self.resize(width, height).await;
            self.settled().await;
            self.picture(&format!("{name}-{width}x{height}")).await;
            self.assert_inside(&format!("{name} at {width}×{height}")).await;
        }
        self.resize(1280, 800).await;
    }

    /// Inspects the desk's screen at every size of a desk, at the largest magnification, and on a telephone. Nothing
    /// may stick out, stand on something else or be cut off.
    pub(crate) async fn inspect_desk(&self, name: &str) {
        for (width, height) in DESK_SIZES {
            // Somebody touches it, so that it stays.
            self.ask::<()>("window.dispatchEvent(new PointerEvent('pointerdown'))", Vec::new()).await;
            self.resize(width, height).await;
            self.settled().await;
            self.picture(&format!("{name}-{width}x{height}")).await;
            let name = format!("{name} at {width}×{height}");
            self.assert_inside(&name).await;
            self.assert_legible(&name).await;
        }
        self.resize(1280, 800).await;
    }

    /// Takes a picture for a person to look at.
    pub(crate) async fn picture(&self, name: &str) {
        let picture = self.driver.screenshot_as_png().await.expect("a picture");
        let file = pictures().join(format!("{name}.png"));
        fs::write(&file, picture).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    /// What stands in the page's console.
    pub(crate) async fn log(&self) -> Vec<Value> {
        let log = self.driver.cmd(BrowserLog).await.expect("Chromium tells its log");
        log.value().expect("a list")
    }

    /// Ends the page's part. The console may hold only refused requests, which are part of many journeys.
    pub(crate) async fn close(self) {
        let entries = self.log().await;
        let complaints: Vec<&str> = entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" && entry["source"] != "network")
            .filter_map(|entry| entry["message"].as_str())
            .collect();
        assert!(complaints.is_empty(), "the page complained:\n{}", complaints.join("\n"));
    }
}

/// ChromeDriver's own request for the page's console.
#[derive(Debug)]
struct BrowserLog;

impl FormatRequestData for BrowserLog {
    fn format_request(&self, session_id: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("/session/{session_id}/se/log"))
            .add_body(json!({ "type": "browser" }))
    }
}

/// The folder for pictures of the screens. git ignores it.
fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("out/browser");
    fs::create_dir_all(&folder).expect("the folder for pictures can be made");
    folder
}
