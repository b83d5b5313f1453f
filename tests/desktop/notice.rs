//! If something fills the screen, so that no window may come up, the operating system says that a guest is here.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tests::{invite, wait};
use zbus::{blocking::connection::Builder, interface, zvariant::OwnedValue};

use crate::{school::School, stage};

/// The desktop's notification service.
struct Notifications(Arc<Mutex<Said>>);

#[derive(Default)]
struct Said {
    shown: Vec<(String, String)>,
    closed: Vec<u32>,
}

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
        let mut said = self.0.lock().expect("no test has panicked with it");
        said.shown.push((summary.to_owned(), body.to_owned()));
        u32::try_from(said.shown.len()).expect("few")
    }

    fn close_notification(&self, id: u32) {
        self.0.lock().expect("no test has panicked with it").closed.push(id);
    }

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
    let said = Arc::<Mutex<Said>>::default();
    let _service = Builder::address(stage.bus.as_str())
        .and_then(|bus| bus.name("org.freedesktop.Notifications"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&said))))
        .and_then(Builder::build)
        .expect("a notification service on the test's bus");
    let shown = |n: usize| said.lock().expect("the list").shown.get(n).cloned();
    let school = School::open().await;
    let caller = school.app.guru().await;
    let desk = school.app.desk().await;
    let guru = school.guru(&stage).await;
    let arrive = async |n: u32, time: &str| {
        let invited = invite(&caller, n, time).await;
        let scan = json!({ "kode": invited["kode_qr"], "kunci": tests::kunci() });
        desk.post("/api/appointments/scan", scan).await.expect(200)["appointment"]["id"].clone()
    };

    // The kiosk's own window fills the screen as a presentation does.
    let (kiosk, _scanner) = school.kiosk(&stage).await;
    kiosk.sees("Masuk").await;
    let first = arrive(1, "09:00").await;
    wait("the notice", || shown(0).is_some());
    let words =
        ("Tamu datang".to_owned(), "Tamu Tamu Nomor 1 telah datang untuk Konsultasi nilai".to_owned());
    assert_eq!(shown(0), Some(words));

    // It was answered elsewhere, so it asks nobody any more.
    let path = format!("/api/notifications/{first}/respond");
    caller.post(&path, json!({ "tanggapan": "Saya ke lobi" })).await.expect(200);
    wait("the notice to be taken away", || said.lock().expect("the list").closed.contains(&1));

    // A user who reads English is told in English.
    guru.invoke("language_set", json!({ "language": "en" })).await.expect("the teacher's window may");
    arrive(2, "10:00").await;
    wait("the second notice", || shown(1).is_some());
    let (title, body) = shown(1).expect("just seen");
    assert_eq!((title.as_str(), body.contains("has arrived")), ("A guest is here", true), "{body}");
}
