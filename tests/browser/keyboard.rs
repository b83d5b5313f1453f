//! The admin's window without a mouse: every act of a journey by keys that a page gives to everybody.

use tests::{ADMIN, PASSWORD};

use crate::{
    browser::{self, ENTER, ESCAPE, SPACE, TAB, Tab},
    school::School,
};

/// Signs in by keys alone.
async fn signed_in(school: &School, browser: browser::Browser) -> Tab {
    let admin = school.page(browser, "admin").await;
    admin.tab_to("input[type=email]").await;
    admin.keys(ADMIN.email).await;
    admin.tab_to("input[type=password]").await;
    admin.keys(format!("{PASSWORD}{ENTER}")).await;
    admin.find("[data-testid=menu-pengguna]").await;
    admin
}

/// Where the focus is, for a failed test to tell.
async fn focus(admin: &Tab) -> String {
    admin.ask("return document.activeElement?.outerHTML.slice(0, 200) ?? ''", Vec::new()).await
}

/// Asserts that the focus is within what a selector finds.
async fn assert_focus_in(admin: &Tab, selector: &str) {
    let is_in = async {
        let look = "return document.activeElement?.closest(arguments[0]) != null";
        while !admin.ask::<bool>(look, vec![serde_json::json!(selector)]).await {
            tests::pause().await;
        }
    };
    let limit = std::time::Duration::from_secs(20);
    if tokio::time::timeout(limit, is_in).await.is_err() {
        panic!("the focus is not in {selector} but at {}", focus(admin).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_kept_by_keys() {
    let Some(browser) = crate::browser() else { return };
    let school = School::open().await;
    let admin = signed_in(&school, browser).await;
    // The way past the menu is the first thing that a key finds.
    admin.driver.refresh().await.expect("the page opens again");
    admin.find("[data-testid=menu-pengguna]").await;
    admin.key_on("a[href='#isi']", ENTER).await;
    assert_focus_in(&admin, "main").await;
    admin.key_on("[data-testid=menu-pengguna]", ENTER).await;
    admin.key_on("[data-testid=tambah]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=laci-pengguna]").await;
    admin.tab_to("input[data-testid=nama]").await;
    admin.keys("Wayan Sudarma").await;
    admin.tab_to("input[data-testid=email]").await;
    admin.keys("wayan@sekolah.example").await;
    admin.key_on("[data-testid=simpan]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=sandi]").await;
    admin.key_on("[data-testid=dicatat]", ENTER).await;
    admin.sees("Wayan Sudarma").await;

    // A row opens by key, and Esc gives the focus back to it.
    let users = school.app.admin().await.get("/api/users?q=Wayan").await.expect(200);
    let row = format!("[data-testid=pengguna-{}]", users["data"][0]["id"]);
    admin.key_on(&format!("{row} button, {row} a"), ENTER).await;
    assert_focus_in(&admin, "[data-testid=laci-pengguna]").await;
    admin.keys(ESCAPE).await;
    assert_focus_in(&admin, &row).await;
    admin.keys(ENTER).await;
    // No key falls behind the drawer.
    for _ in 0..25 {
        admin.keys(TAB).await;
        assert_focus_in(&admin, "[data-testid=laci-pengguna], body").await;
    }
    admin.key_on("[data-testid=nonaktifkan]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=tanya]").await;
    admin.key_on("[data-testid=ya]", ENTER).await;
    admin.sees("Nonaktif\t").await;
    assert_focus_in(&admin, "main").await;
    admin.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_screens_are_worked_by_keys() {
    let Some(browser) = crate::browser() else { return };
    let school = School::in_full_swing().await;
    let admin = signed_in(&school, browser).await;
    admin.key_on("[data-testid=menu-janji]", ENTER).await;
    admin.tab_to("[data-testid=cari]").await;
    admin.keys("nilai").await;
    admin.key_on("[data-testid=buka]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=laci-janji]").await;
    admin.key_on("[data-testid=laci-janji] [data-testid=kartu-tamu]", ENTER).await;
    admin.key_on("[data-testid=perbaiki]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=laci-tamu]").await;
    admin.keys(ESCAPE).await;
    assert_focus_in(&admin, "[data-testid=perbaiki]").await;

    admin.key_on("[data-testid=menu-laporan]", ENTER).await;
    admin.key_on("[data-testid=masa-hari]", SPACE).await;
    admin.key_on("[data-testid=per-jam] [data-testid=ganti-tampilan]", ENTER).await;
    admin.find("[data-testid=per-jam] table").await;
    admin.key_on("[data-testid=unduh-pdf]", ENTER).await;
    admin.sees(".pdf").await;

    admin.key_on("[data-testid=menu-ulasan]", ENTER).await;
    admin.key_on("[data-testid=sembunyikan]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=sembunyikan-komentar]").await;
    admin.tab_to("[data-testid=alasan]").await;
    admin.keys("Menyebut nama").await;
    admin.key_on("[data-testid=ya]", ENTER).await;
    admin.find("[data-testid=tampilkan]").await;

    admin.key_on("[data-testid=menu-audit]", ENTER).await;
    admin.key_on("[data-testid=jejak] button", ENTER).await;
    admin.find("[data-testid=jejak] [aria-expanded=true]").await;

    admin.key_on("[data-testid=menu-cadangan]", ENTER).await;
    admin.key_on("[data-testid=lembar]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=lembar-pemulihan]").await;
    admin.keys(ESCAPE).await;
    assert_focus_in(&admin, "[data-testid=lembar]").await;

    admin.key_on("[data-testid=menu-arsip]", ENTER).await;
    admin.key_on("[data-testid=uji]", ENTER).await;
    admin.find("[data-testid=tutup]").await;
    admin.keys(ESCAPE).await;

    admin.key_on("[data-testid=menu-setelan]", ENTER).await;
    admin.key_on("[data-testid=bagian-kunjungan]", ENTER).await;
    admin.tab_to("[data-testid=toleransi-terlambat-menit]").await;
    admin.keys("\u{e009}a").await;
    admin.keys("20").await;
    admin.key_on("[data-testid=simpan]", ENTER).await;
    admin.sees("Setelan tersimpan").await;
    let kept = school.app.admin().await.get("/api/settings").await.expect(200);
    assert_eq!(kept["toleransi_terlambat_menit"], 20);

    admin.key_on("[data-testid=menu-dasbor]", ENTER).await;
    admin.key_on("[data-testid=ke-evakuasi]", ENTER).await;
    admin.key_on("[data-testid=mulai-evakuasi]", ENTER).await;
    assert_focus_in(&admin, "[data-testid=tanya-evakuasi]").await;
    admin.key_on("[data-testid=ya]", ENTER).await;
    admin.key_on("[data-testid^=gedung-] input", SPACE).await;
    admin.find("[data-testid^=gedung-].aman").await;
    admin.key_on("[data-testid=selesai-evakuasi]", ENTER).await;
    admin.key_on("[data-testid=ya]", ENTER).await;
    admin.find("[data-testid=mulai-evakuasi]").await;
    admin.close().await;
}
