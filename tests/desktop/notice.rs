//! Where no window may come up, because something fills the screen, the operating system says that a guest is here.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tests::{invite, wait};
use zbus::{blocking::connection::Builder, interface, zvariant::OwnedValue};

use crate::{school::School, stage};

/// The desktop's notification service.
struct Notifications(Arc<Mutex<Vec<(String, String)>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(clippy::too_many_arguments, reason = "the service's own interface")]
    fn notify(
        &self,
        _app_name: &str,
        _replaces_id: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.0.lock().expect("no test has panicked with it");
        shown.push((summary.to_owned(), body.to_owned()));
        u32::try_from(shown.len()).expect("few")
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        ["body", "actions"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ["tests", "tests", "1", "1.2"].map(str::to_owned).into()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presentation_is_not_covered_and_the_guest_is_told_of_all_the_same() {
    let Some(stage) = stage() else { return };
    let shown = Arc::default();
    let _service = Builder::address(stage.bus.as_str())
        .and_then(|bus| bus.name("org.freedesktop.Notifications"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&shown))))
        .and_then(Builder::build)
        .expect("a notification service on the test's bus");
    let school = School::open().await;
    let caller = school.app.guru().await;
    let desk = school.app.desk().await;
    let _guru = school.guru(&stage).await;
    let arrive = async |n: u32, time: &str| {
        let invited = invite(&caller, n, time).await;
        let scan = json!({ "kode": invited["kode_qr"], "kunci": tests::kunci() });
        desk.post("/api/appointments/scan", scan).await.expect(200);
    };

    // A presentation: the kiosk's own window fills the screen as well as any.
    let (kiosk, _scanner) = school.kiosk(&stage).await;
    kiosk.sees("Masuk").await;
    arrive(1, "09:00").await;
    wait("the notice", || !shown.lock().expect("the list").is_empty());
    assert_eq!(
        shown.lock().expect("the list")[0],
        ("Tamu datang".to_owned(), "Tamu Tamu Nomor 1 telah datang untuk Konsultasi nilai".to_owned())
    );
}
