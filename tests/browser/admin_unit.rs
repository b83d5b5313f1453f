//! Units: added with members by keys alone, and changed.

use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 3] = [(320, 640), (1024, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_added_by_keys_and_changed() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin#/pengguna").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=tambah-unit]").await;
    admin.find("[data-testid=laci-unit]").await;
    admin.inspect("admin-unit-baru").await;
    admin.click("[data-testid=simpan]").await;
    admin.find("[aria-invalid=true]").await;
    admin.inspect("admin-unit-kurang").await;
    admin.fill("[data-testid=laci-unit] [data-testid=nama]", "Tata Usaha").await;
    for member in ["ratna", "agus"] {
        admin.types_into("[data-testid=cari-anggota]", member).await;
        admin.find("[data-testid^=calon-]").await;
        admin.inspect("admin-unit-cari").await;
        admin.keys("\u{e007}").await;
        admin.find("[data-testid=anggota] li").await;
    }
    admin.inspect("admin-unit-anggota").await;
    admin.inspect_sizes("admin-unit-anggota", &SIZES).await;
    admin.click("[data-testid=simpan]").await;
    admin.sees("2 anggota").await;
    admin.click("[data-testid=peran-unit]").await;
    admin.inspect("admin-unit-daftar").await;
    admin.inspect_sizes("admin-unit-daftar", &SIZES).await;

    let units = school.app.admin().await.get("/api/users?unit=true").await.expect(200);
    assert_eq!((&units["total"], units["data"][0]["anggota"].as_array().map(Vec::len)), (&1.into(), Some(2)));
    admin.click(&format!("[data-testid=pengguna-{}] button", units["data"][0]["id"])).await;
    admin.click("[data-testid=anggota] li:first-child [data-testid=keluarkan]").await;
    admin.click("[data-testid=anggota] li:first-child [data-testid=keluarkan]").await;
    admin.sees("Tidak ada yang diberi tahu").await;
    admin.inspect("admin-unit-tanpa-anggota").await;
    admin.click("[data-testid=simpan]").await;
    admin.sees("Tanpa anggota").await;
    admin.close().await;
}
