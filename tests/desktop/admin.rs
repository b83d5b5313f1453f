//! The admin's window: the mouse presses what can be pressed, in the engine that shows it.

use tests::ADMIN;

use crate::{program::Program, school::School, stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_added_by_mouse() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let admin = Program::start(&stage, None, &["--role", "admin", "--server", &school.address()]).await;
    admin.look_at("admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-pengguna]").await;
    admin.find("[data-testid=tabel]").await;
    admin.inspect(&stage, "admin-pengguna").await;
    // Nothing lies over the button. Once a row was as wide as the window.
    admin.click("[data-testid=tambah]").await;
    admin.fill("[data-testid=nama]", "Wayan Sudarma").await;
    admin.fill("[data-testid=email]", "wayan@sekolah.example").await;
    admin.inspect(&stage, "admin-tambah").await;
    admin.click("[data-testid=simpan]").await;
    admin.find("[data-testid=sandi-teks]").await;
    admin.inspect(&stage, "admin-sandi-sementara").await;
    admin.click("[data-testid=dicatat]").await;
    admin.press("Guru").await;
    admin.sees("Wayan Sudarma").await;
}

/// Each screen, and what stands there once it has loaded.
const SCREENS: [(&str, &str); 11] = [
    ("dasbor", "[data-testid=angka], [data-testid=langkah-pertama]"),
    ("janji", "[data-testid=saring-semua], [data-testid=cari]"),
    ("tamu", "[data-testid=cari]"),
    ("pengguna", "[data-testid=tabel]"),
    ("laporan", "[data-testid=masa-bulan][aria-pressed=true]"),
    ("ulasan", "[data-testid=ke-survei]"),
    ("pesan", "[data-testid=saring-semua], [data-testid^=saring-]"),
    ("cadangan", "[data-testid=keadaan]"),
    ("audit", "[data-testid=jejak]"),
    ("arsip", "[data-testid=aturan]"),
    ("setelan", "[data-testid=nama-sekolah]"),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_screen_opens_in_the_window() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let desk = school.app.desk().await;
    let here = desk.post("/api/appointments/walk-in", tests::walk_in(1, &tests::GURU)).await.expect(201);
    let admin = Program::start(&stage, None, &["--role", "admin", "--server", &school.address()]).await;
    admin.look_at("admin").await;
    admin.login(ADMIN.email).await;
    for (name, stands) in SCREENS {
        admin.click(&format!("[data-testid=menu-{name}]")).await;
        admin.find(stands).await;
        admin.inspect(&stage, &format!("admin-{name}")).await;
    }
    // The visit of today is on the reports' chart and on the list of those who are in the building.
    admin.click("[data-testid=menu-laporan]").await;
    admin.find("[data-testid=per-jam] canvas").await;
    admin.click("[data-testid=menu-dasbor]").await;
    admin.click("[data-testid=ke-evakuasi]").await;
    admin.find(&format!("[data-testid=gedung-{}]", here["id"])).await;
    admin.inspect(&stage, "admin-evakuasi").await;
}
