//! Users: listed, added with a password that is shown once, deactivated, reset.

use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 3] = [(320, 640), (1024, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_added_and_deactivated() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.inspect("admin-masuk").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-pengguna]").await;
    admin.find("[data-testid=tabel]").await;
    admin.inspect("admin-pengguna").await;
    admin.inspect_sizes("admin-pengguna", &SIZES).await;
    admin.click("[data-testid=tambah]").await;
    admin.inspect("admin-tambah").await;
    admin.click("[data-testid=simpan]").await;
    admin.find("[aria-invalid=true]").await;
    admin.inspect("admin-tambah-kurang").await;
    admin.fill("[data-testid=nama]", "Wayan Sudarma").await;
    admin.fill("[data-testid=email]", "wayan@sekolah.example").await;
    admin.choose("[data-testid='role-Guru'], [data-testid='role-Guru'] input").await;
    admin.click("[data-testid=simpan]").await;
    admin.find("[data-testid=sandi-teks]").await;
    admin.inspect("admin-sandi-sementara").await;
    admin.inspect_sizes("admin-sandi-sementara", &SIZES).await;
    admin.click("[data-testid=dicatat]").await;
    admin.sees("Wayan Sudarma").await;

    let users = school.app.admin().await.get("/api/users?q=Wayan").await.expect(200);
    let row = format!("[data-testid=pengguna-{}]", users["data"][0]["id"]);
    admin.click(&format!("{row} button, {row} a")).await;
    admin.find("[data-testid=nonaktifkan]").await;
    admin.inspect("admin-ubah").await;
    admin.click("[data-testid=nonaktifkan]").await;
    admin.find("[data-testid=ya]").await;
    admin.inspect("admin-nonaktifkan").await;
    admin.click("[data-testid=ya]").await;
    let gone = async {
        loop {
            let users = school.app.admin().await.get("/api/users?q=Wayan").await.expect(200);
            if users["data"][0]["aktif"] != true {
                return;
            }
            tests::pause().await;
        }
    };
    tests::within("the user to be deactivated", gone).await;
    admin.types_into("[data-testid=cari]", "zzz").await;
    admin.inspect("admin-tidak-ada").await;
    admin.close().await;
}
