//! Backups: none at first, one by hand, and the recovery sheet printed and tried.

use tests::ADMIN;

use crate::{
    browser::{ENTER, ESCAPE},
    school::School,
};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_taken_and_the_sheet_is_tried() {
    let Some(browser) = crate::browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-cadangan]").await;
    admin.find("[data-testid=keadaan]").await;
    admin.inspect("cadangan-belum").await;
    admin.click("[data-testid=cadangkan]").await;
    admin.find("[data-testid=tabel-cadangan]").await;
    admin.inspect("cadangan").await;
    admin.inspect_sizes("cadangan", &SIZES).await;
    admin.click("[data-testid=lembar]").await;
    admin.find("[data-testid=kode-pemulihan]").await;
    admin.inspect("cadangan-lembar").await;
    // What is still coming into sight is no text yet.
    let code = admin.find("[data-testid=kode-pemulihan]").await.text().await.expect("a code");
    admin.inspect_sizes("cadangan-lembar", &SIZES).await;
    admin.fill("[data-testid=ketik-kode]", "ABCD-EFGH").await;
    admin.click("[data-testid=uji-lembar]").await;
    admin.find("[data-testid=ketik-kode][aria-invalid=true]").await;
    admin.inspect("cadangan-lembar-salah").await;
    let typed = code.split_whitespace().collect::<Vec<_>>().join("-");
    admin.fill("[data-testid=ketik-kode]", &typed).await;
    // Whoever types from paper has the hands on the keys.
    admin.keys(ENTER).await;
    admin.find("[data-testid=lembar-pemulihan] .pita.baik, [data-testid=lembar-pemulihan] .baik").await;
    admin.inspect("cadangan-lembar-benar").await;
    admin.keys(ESCAPE).await;
    admin.click("[data-testid=pulihkan]").await;
    admin.find("[data-testid=dialog-pulihkan]").await;
    admin.inspect("cadangan-pulihkan").await;
    admin.inspect_sizes("cadangan-pulihkan", &SIZES).await;
    admin.fill("[data-testid=pulih-sandi]", "salah sekali").await;
    admin.choose("[data-testid=pulih-mengerti]").await;
    admin.click("[data-testid=pulihkan-ya]").await;
    admin.find("[data-testid=pulih-sandi][aria-invalid=true]").await;
    admin.inspect("cadangan-pulihkan-salah").await;
    admin.close().await;
}
