//! A page under a WebDriver, as its reader sees it: words that come and go, fields, buttons.

use std::{net::TcpListener, time::Duration};

use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, WebDriver, WebElement, error::WebDriverResult};

use crate::{PASSWORD, within};

/// How long to wait for words and buttons: much longer than they need.
const PATIENCE: Duration = Duration::from_secs(45);

/// The page in a driver's window.
pub struct Page {
    /// For questions that only one test asks.
    pub driver: WebDriver,
}

impl Page {
    /// Lets the driver at a port start its program.
    pub async fn open(port: u16, wanted: Capabilities) -> Self {
        // A test without a server is the first one to need TLS.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let begin = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted);
        Self { driver: within("what is driven", begin).await.expect("it starts") }
    }

    /// All text in the window.
    pub async fn text(&self) -> String {
        self.ask("return document.body?.innerText ?? ''", Vec::new()).await
    }

    /// Waits until words stand in the window.
    pub async fn sees(&self, words: &str) {
        let look = async {
            while !self.text().await.contains(words) {
                pause().await;
            }
        };
        if tokio::time::timeout(PATIENCE, look).await.is_err() {
            panic!("{words:?} does not come up; what stands there:\n{}", self.text().await);
        }
    }

    /// Waits for words to go.
    pub async fn sees_no_more(&self, words: &str) {
        let look = async {
            while self.text().await.contains(words) {
                pause().await;
            }
        };
        within(&format!("{words:?} to go"), look).await;
    }

    /// Waits until a selector finds something.
    pub async fn find(&self, selector: &str) -> WebElement {
        let look = async {
            loop {
                match self.driver.find(By::Css(selector)).await {
                    Ok(found) => return found,
                    Err(_) => pause().await,
                }
            }
        };
        match tokio::time::timeout(PATIENCE, look).await {
            Ok(found) => found,
            Err(_) => panic!("there is no {selector}; what stands there:\n{}", self.text().await),
        }
    }

    /// Whether a selector finds anything.
    pub async fn has(&self, selector: &str) -> bool {
        self.driver.find(By::Css(selector)).await.is_ok()
    }

    /// Whether somebody can see the page.
    pub async fn is_visible(&self) -> bool {
        self.ask::<String>("return document.visibilityState", Vec::new()).await == "visible"
    }

    /// Presses the button with these words.
    pub async fn press(&self, words: &str) {
        self.press_by(By::XPath(format!(
            "//*[self::button or self::a or @role='button' or self::label]\
             [normalize-space()=\"{words}\" or @aria-label=\"{words}\"]"
        )))
        .await;
    }

    /// Presses what a selector finds.
    pub async fn click(&self, selector: &str) {
        self.press_by(By::Css(selector.to_owned())).await;
    }

    async fn press_by(&self, by: By) {
        let press = async {
            loop {
                if let Ok(found) = self.driver.find(by.clone()).await
                    && found.click().await.is_ok()
                {
                    return;
                }
                pause().await;
            }
        };
        if tokio::time::timeout(PATIENCE, press).await.is_err() {
            panic!("there is no {by:?} to press; what stands there:\n{}", self.text().await);
        }
    }

    /// Fills in the field that a selector finds, and makes sure that all of it arrived.
    pub async fn fill(&self, selector: &str, text: &str) {
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
    pub async fn choose(&self, selector: &str) {
        let mark = "const choice = document.querySelector(arguments[0]); \
                    choice?.click(); return choice?.checked ?? false";
        let choose = async {
            while !self.ask::<bool>(mark, vec![json!(selector)]).await {
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

    /// The content of a field.
    pub async fn value(&self, selector: &str) -> String {
        self.ask("return document.querySelector(arguments[0])?.value ?? ''", vec![json!(selector)]).await
    }

    /// The answer of a script in the page; `None` while the page changes.
    pub async fn ask<T: serde::de::DeserializeOwned + Default>(&self, script: &str, args: Vec<Value>) -> T {
        let answer = self.driver.execute(script, args).await;
        answer.ok().and_then(|answer| answer.convert().ok()).unwrap_or_default()
    }

    /// Makes the page `light` or `dark`, whatever the system says.
    pub async fn set_theme(&self, theme: &str) {
        // Colours that glide would be seen half-way.
        let set = "document.documentElement.dataset.theme = arguments[0];
            document.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish());
            return true";
        assert!(self.ask::<bool>(set, vec![json!(theme)]).await, "the theme cannot be set");
    }

    /// Signs a user in.
    pub async fn login(&self, email: &str) {
        self.fill("input[type=email]", email).await;
        self.fill("input[type=password]", PASSWORD).await;
        self.press("Masuk").await;
        self.sees_no_more("Kata sandi").await;
    }
}

/// Between two looks.
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("a bound address").port()
}
