//! A guest's telephone: its size, its connection, and the codes on its screen.

use serde_json::json;
use tests::pause;

use crate::browser::Tab;

const PHONE: (u32, u32) = (360, 740);

/// The narrowest one that is still in use.
const NARROW: (u32, u32) = (320, 568);

/// A telephone's connection.
#[derive(Clone, Copy)]
pub(crate) enum Connection {
    Fast,
    /// Many hundred milliseconds there and back, and 400 kbit/s.
    Slow,
    /// The telephone itself knows that it has none.
    None,
}

impl Tab {
    /// Makes the window a telephone's.
    pub(crate) async fn be_a_phone(&self) {
        self.resize(PHONE.0, PHONE.1).await;
    }

    /// From now on.
    pub(crate) async fn connect(&self, connection: Connection) {
        let (offline, latency_ms, bytes_a_second) = match connection {
            Connection::Fast => (false, 0, -1),
            Connection::Slow => (false, 400, 50_000),
            Connection::None => (true, 0, 0),
        };
        let conditions = json!({
            "offline": offline, "latency": latency_ms,
            "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second,
        });
        for (command, parameters) in
            [("Network.enable", json!({})), ("Network.emulateNetworkConditions", conditions)]
        {
            let set = self.driver.cdp().send_raw(command, parameters).await;
            set.expect("Chromium takes a connection");
        }
    }

    /// Inspects a telephone's screen, and the same on the narrowest one.
    pub(crate) async fn inspect_phone(&self, name: &str) {
        self.inspect(name).await;
        self.assert_legible(name).await;
        self.resize(NARROW.0, NARROW.1).await;
        self.settled().await;
        self.picture(&format!("{name}-{}x{}", NARROW.0, NARROW.1)).await;
        let name = format!("{name} at {}×{}", NARROW.0, NARROW.1);
        self.assert_inside(&name).await;
        self.assert_legible(&name).await;
        self.be_a_phone().await;
    }

    /// The texts of the codes in sight. Read with quircs, which neither draws the codes nor is in the program.
    pub(crate) async fn codes(&self) -> Vec<String> {
        self.find("[data-testid=qr] svg").await.scroll_into_view().await.expect("it can be scrolled to");
        self.settled().await;
        let png = self.driver.screenshot_as_png().await.expect("a picture");
        let picture = image::load_from_memory(&png).expect("a picture").to_luma8();
        let mut decoder = quircs::Quirc::default();
        let found = decoder.identify(picture.width() as usize, picture.height() as usize, &picture);
        let read = found.map(|code| code.expect("a code").decode().expect("it can be read").payload);
        read.map(|payload| String::from_utf8(payload).expect("text")).collect()
    }

    /// Waits until the page opens again without a connection.
    pub(crate) async fn is_kept(&self) {
        let kept = async {
            while !self.ask::<bool>("return Boolean(navigator.serviceWorker.controller)", Vec::new()).await {
                pause().await;
            }
        };
        tests::within("the page to be kept", kept).await;
    }
}
