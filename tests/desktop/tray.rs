//! The teacher's tray icon, as a desktop's own tray sees it over D-Bus: it is there, it counts, and its menu opens the
//! window.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tests::{Stage, invite, wait};
use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    interface,
    zvariant::{OwnedValue, Value},
};

use crate::{school::School, stage, window};

/// A tray: programs register their icons with it.
struct Watcher(Arc<Mutex<Vec<(String, String)>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let item = match service.starts_with('/') {
            true => (sender, service.to_owned()),
            false => (service.to_owned(), "/StatusNotifierItem".to_owned()),
        };
        self.0.lock().expect("no test has panicked with it").push(item);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A tray on the test's bus, and the icons in it.
struct Desktop {
    connection: Connection,
    items: Arc<Mutex<Vec<(String, String)>>>,
}

type MenuItem = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Desktop {
    fn open(stage: &Stage) -> Self {
        let items = Arc::default();
        let connection = Builder::address(stage.bus.as_str())
            .and_then(|bus| bus.name("org.kde.StatusNotifierWatcher"))
            .and_then(|bus| bus.serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&items))))
            .and_then(Builder::build)
            .expect("a tray on the test's bus");
        Self { connection, items }
    }

    fn item(&self) -> Proxy<'static> {
        let mut found = None;
        wait("an icon in the tray", || {
            found = self.items.lock().expect("the tray's list").last().cloned();
            found.is_some()
        });
        let (service, path) = found.expect("just found");
        Proxy::new(&self.connection, service, path, "org.kde.StatusNotifierItem").expect("an icon")
    }

    /// The menu's lines, each with its number.
    fn menu(&self) -> Vec<(i32, String)> {
        let menu = self.menu_proxy();
        let layout: (u32, MenuItem) =
            menu.call("GetLayout", &(0i32, -1i32, Vec::<&str>::new())).expect("a menu");
        let (_, (_, _, children)) = layout;
        children
            .into_iter()
            .filter_map(|child| MenuItem::try_from(child).ok())
            .filter_map(|(id, properties, _)| {
                let label = properties.get("label")?.downcast_ref::<String>().ok()?;
                Some((id, label.replace('_', "")))
            })
            .collect()
    }

    fn press(&self, label: &str) {
        let lines = self.menu();
        let (id, _) =
            lines.iter().find(|(_, text)| text == label).unwrap_or_else(|| panic!("{label}: {lines:?}"));
        let nothing = Value::from(0i32);
        let pressed: () = self.menu_proxy().call("Event", &(*id, "clicked", nothing, 0u32)).expect("a press");
        pressed
    }

    fn menu_proxy(&self) -> Proxy<'static> {
        let item = self.item();
        let path: zbus::zvariant::OwnedObjectPath = item.get_property("Menu").expect("an icon with a menu");
        Proxy::new(&self.connection, item.destination().to_string(), path, "com.canonical.dbusmenu")
            .expect("a menu")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_counts_and_its_menu_opens_the_window() {
    let Some(stage) = stage() else { return };
    let desktop = Desktop::open(&stage);
    let school = School::open().await;
    let caller = school.app.guru().await;
    let invited = invite(&caller, 1, "09:00").await;
    let guru = school.guru(&stage).await;

    let has_line = |line: &str| desktop.menu().iter().any(|(_, text)| text == line);
    assert!(has_line("Buka Buku Tamu"), "{:?}", desktop.menu());
    assert!(has_line("Buku Tamu"), "nobody waits: {:?}", desktop.menu());

    let scan = json!({ "kode": invited["kode_qr"], "kunci": tests::kunci() });
    school.app.desk().await.post("/api/appointments/scan", scan).await.expect(200);
    wait("the icon to count", || has_line("Buku Tamu (1)"));

    // After the window is closed, the program stays in the tray, and the pop-up stays where it is.
    let is_large = |window: &String| window::width(&stage, window) > 600;
    let window = window::visible(&stage).into_iter().find(is_large).expect("the teacher's window");
    window::close(&stage, &window);
    wait("the window to close", || !window::visible(&stage).iter().any(is_large));
    desktop.press("Buka Buku Tamu");
    guru.look_at("guru").await;
    guru.sees("Hari ini").await;

    guru.look_at("popup").await;
    guru.press("Saya ke lobi").await;
    wait("the icon to stop counting", || has_line("Buku Tamu"));
}
