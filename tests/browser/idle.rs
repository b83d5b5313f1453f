//! The kiosk returns to idle by itself and says so before. It stays while somebody uses it.

use std::time::{Duration, Instant};

use crate::{
    browser,
    school::{School, show_code},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_result_goes_by_itself_with_a_warning_and_not_while_somebody_works() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees("Kembali ke layar awal").await;
    kiosk.sees("Segera kembali ke awal. Sentuh agar tetap di sini.").await;
    kiosk.inspect("kiosk-segera-kembali").await;

    // After a touch, the whole time runs again.
    kiosk.click("[data-testid=papan-datang]").await;
    kiosk.sees("Menunggu Anda selesai").await;
    let touched = Instant::now();
    kiosk.sees("Segera kembali").await;
    kiosk.find("[data-testid=layar-siap]").await;
    assert!(touched.elapsed() > Duration::from_secs(15), "it went under somebody's hands");
    kiosk.find("[data-testid=hari-ini]").await;
    kiosk.close().await;
}
