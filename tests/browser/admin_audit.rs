//! The audit: found, opened, checked. A look at a guest's card is in it.

use tests::{ADMIN, tamu};

use crate::{browser, school::School};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_found_and_checked() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guest = school.app.desk().await.post("/api/tamu", tamu(1)).await.expect(201);
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.ask::<()>(&format!("location.hash = '#/tamu/{}'", guest["id"]), Vec::new()).await;
    admin.find("[data-testid=perbaiki]").await;
    admin.click("[data-testid=menu-audit]").await;
    admin.find("[data-testid=jejak]").await;
    admin.inspect("audit").await;
    admin.inspect_sizes("audit", &SIZES).await;
    admin.click("[data-testid=jejak] button").await;
    admin.find("[data-testid=jejak] [aria-expanded=true]").await;
    admin.inspect("audit-terbuka").await;
    admin.inspect_sizes("audit-terbuka", &SIZES).await;
    admin.click("[data-testid=periksa]").await;
    admin.find("[data-testid=rantai-utuh]").await;
    admin.inspect("audit-utuh").await;
    admin.fill("[data-testid=cari]", "zzz").await;
    admin.find("[data-testid=hapus-saring]").await;
    admin.inspect("audit-tidak-ada").await;
    admin.click("[data-testid=hapus-saring]").await;
    admin.find("[data-testid=jejak]").await;
    admin.click("[data-testid=unduh]").await;
    admin.sees(".csv").await;
    let entries = school.app.admin().await.get("/api/audit?aksi=lihat").await.expect(200);
    assert!(entries["total"].as_u64().expect("a figure") > 0, "the look at the card left no entry");
    admin.close().await;
}
