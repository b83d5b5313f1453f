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
