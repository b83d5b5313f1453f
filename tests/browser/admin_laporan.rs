//! Reports: looked at as charts and tables, over several periods, printed and taken along as files.

use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 5] = [(320, 640), (768, 1024), (1366, 768), (1920, 1080), (3840, 2160)];

#[tokio::test(flavor = "multi_thread")]
async fn a_months_report_is_read_and_taken_along() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-laporan]").await;
    admin.find("[data-testid=angka]").await;
    admin.find("[data-testid=per-hari] canvas, [data-testid=per-hari] svg").await;
    admin.inspect("laporan-bulan").await;
    admin.inspect_sizes("laporan-bulan", &SIZES).await;
    // Each chart has its table.
    admin.click("[data-testid=per-hari] [data-testid=ganti-tampilan]").await;
    admin.find("[data-testid=per-hari] table").await;
    admin.click("[data-testid=per-jam] [data-testid=ganti-tampilan]").await;
    admin.find("[data-testid=per-jam] table").await;
    admin.inspect("laporan-tabel").await;
    admin.inspect_sizes("laporan-tabel", &SIZES).await;
    for (kind, name) in [("hari", "hari"), ("minggu", "minggu"), ("tahun-ajaran", "tahun-ajaran")] {
        admin.click(&format!("[data-testid=masa-{kind}]")).await;
        admin.find("[data-testid=angka]").await;
        admin.inspect(&format!("laporan-{name}")).await;
    }
    admin.click("[data-testid=masa-hari]").await;
    admin.click("[data-testid=masa-sebelum]").await;
    admin.find("[data-testid=ke-sebelum]").await;
    admin.inspect("laporan-kosong").await;
    admin.click("[data-testid=masa-sesudah]").await;
    admin.find("[data-testid=angka]").await;
    for format in ["csv", "xlsx", "pdf"] {
        admin.click(&format!("[data-testid=unduh-{format}]")).await;
        admin.sees(&format!(".{format}")).await;
    }
    admin.click("[data-testid=ekspor-kunjungan]").await;
    admin.find("[data-testid=ekspor]").await;
    admin.inspect("laporan-ekspor").await;
    admin.click("[data-testid=format-csv]").await;
    admin.click("[data-testid=mulai-ekspor]").await;
    admin.sees("baris tersimpan").await;
    admin.inspect("laporan-ekspor-selesai").await;
    admin.close().await;
}
