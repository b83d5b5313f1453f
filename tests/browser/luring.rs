//! The kiosk in a browser without a server: it goes on by itself, survives a reload, and enters everything once.

use serde_json::{Value, json};
use tests::{Condition, DESK, GURU, Line, pause, within};

use crate::{
    browser,
    browser::{ESCAPE, Tab},
    school::{School, show_code},
};

const F2: &str = "\u{e032}";
const F3: &str = "\u{e033}";

/// Whether the browser has kept what the desk needs, and the page itself.
const IS_SUPPLIED: &str = "const done = arguments[0];
    (async () => {
        const pages = await caches.keys();
        const worker = await navigator.serviceWorker.getRegistration('/kiosk');
        if (!worker?.active || !pages.some((name) => name.startsWith('bukutamu-kiosk-'))) return false;
        const open = indexedDB.open('bukutamu.meja');
        const db = await new Promise((resolve, reject) => {
            open.onsuccess = () => resolve(open.result);
            open.onerror = () => reject(open.error);
        });
        const kept = db.transaction('bekal').objectStore('bekal').count();
        const count = await new Promise((resolve) => (kept.onsuccess = () => resolve(kept.result)));
        db.close();
        return count > 0;
    })().then(done, () => done(false));";

async fn is_supplied(kiosk: &Tab) {
    let supplied = async {
        loop {
            let answer = kiosk.driver.execute_async(IS_SUPPLIED, Vec::new()).await;
            if answer.is_ok_and(|answer| answer.json() == &json!(true)) {
                return;
            }
            pause().await;
        }
    };
    within("the desk to be supplied", supplied).await;
}

/// The appointments that stand there on the server.
async fn count(school: &School, status: &str) -> usize {
    let listed = school.app.admin().await.get(&format!("/api/appointments?status={status}")).await;
    listed.expect(200)["data"].as_array().expect("a list").len()
}

/// A kiosk at the end of a line that can be cut.
async fn kiosk_at(school: &School, line: &Line, browser: browser::Browser) -> Tab {
    let url = format!("http://{}/kiosk", line.address());
    let kiosk = browser.open(&url, school.app.clock.now()).await;
    kiosk.login(DESK.email).await;
    kiosk.find("[data-testid=hari-ini]").await;
    is_supplied(&kiosk).await;
    kiosk
}

fn path(row: &Value) -> String {
    format!("/api/appointments/{}/status", row["id"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_in_a_browser_goes_on_and_survives_a_reload() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let (first, second) = (school.invite(&guru, 1, "09:15").await, school.invite(&guru, 2, "09:30").await);
    let inside = school.walks_in(10).await;
    let line = Line::to(school.app.server().address()).await;
    let kiosk = kiosk_at(&school, &line, browser).await;
    line.set(Condition::Cut);
    let unknown = school.invite(&guru, 3, "10:00").await;

    show_code(&kiosk, &first["kode_qr"]).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.find("[data-testid=menunggu-sambungan]").await;
    kiosk.sees("1 tercatat, menunggu sambungan").await;
    kiosk.inspect("kiosk-luring-datang").await;
    kiosk.inspect_desk("kiosk-luring-datang").await;
    kiosk.keys(ESCAPE).await;
    kiosk.find("[data-testid=gangguan]").await;
    kiosk.find("[data-batas=bisa_dihapus]").await;
    kiosk.inspect("kiosk-luring-siap").await;
    kiosk.inspect_desk("kiosk-luring-siap").await;
    kiosk.click("[data-testid=bahasa-tamu]").await;
    kiosk.sees("1 recorded, waiting for the connection").await;
    kiosk.inspect("kiosk-luring-siap-en").await;
    kiosk.click("[data-testid=bahasa-tamu]").await;

    // What was made after the desk was told, it cannot know.
    show_code(&kiosk, &unknown["kode_qr"]).await;
    kiosk.find("[data-testid=papan-tunda]").await;
    kiosk.sees("2 tercatat, menunggu sambungan").await;
    kiosk.inspect("kiosk-luring-tunda").await;
    kiosk.keys(ESCAPE).await;

    kiosk.keys(F2).await;
    kiosk.click("[data-testid=tanpa-hp]").await;
    kiosk.fill("[data-testid=nama-tamu]", "Laila Sari").await;
    kiosk.press("Ambil rapor").await;
    kiosk.types_into("[data-testid=guru]", "ratn").await;
    kiosk.click(&format!("[data-testid=guru-{}]", GURU.id())).await;
    kiosk.choose("[data-testid=setuju]").await;
    kiosk.click("[data-testid=catat]").await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees("3 tercatat, menunggu sambungan").await;
    kiosk.keys(ESCAPE).await;

    kiosk.driver.refresh().await.expect("the page opens again");
    kiosk.find("[data-testid=hari-ini]").await;
    kiosk.sees("3 tercatat, menunggu sambungan").await;
    kiosk.inspect("kiosk-luring-dimuat-ulang").await;

    // A guest who is here leaves, by hand.
    kiosk.keys(F3).await;
    kiosk.types_into("[data-testid=cari-q]", "togar").await;
    kiosk.click(&format!("[data-testid=baris-{}]", inside["id"])).await;
    kiosk.click("[data-testid=catat-pulang]").await;
    kiosk.sees("4 tercatat, menunggu sambungan").await;
    kiosk.keys(ESCAPE).await;

    line.set(Condition::Whole);
    kiosk.sees_no_more("menunggu sambungan").await;
    assert_eq!((count(&school, "menunggu").await, count(&school, "selesai").await), (3, 1), "each once");
    assert!(!kiosk.has("[data-testid=luring-periksa]").await, "nothing is to be looked at");

    line.set(Condition::Cut);
    guru.put(&path(&second), json!({ "status": "batal", "alasan": "Rapat" })).await.expect(200);
    show_code(&kiosk, &second["kode_qr"]).await;
    kiosk.sees("1 tercatat, menunggu sambungan").await;
    kiosk.keys(ESCAPE).await;
    line.set(Condition::Whole);
    kiosk.click("[data-testid=luring-periksa]").await;
    kiosk.sees("Janji ini sudah dibatalkan").await;
    kiosk.inspect("kiosk-luring-periksa").await;
    kiosk.click("[data-testid^=sudah-]").await;
    kiosk.sees("Tidak ada lagi yang perlu diperiksa").await;
    kiosk.press("Tutup").await;

    kiosk.click("[data-testid=petugas]").await;
    kiosk.click("[data-testid=pindah-catatan]").await;
    kiosk.find("[data-testid=catatan-meja] [data-batas=bisa_dihapus]").await;
    kiosk.inspect("kiosk-luring-catatan").await;
    kiosk.close().await;
}
