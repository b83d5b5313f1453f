//! The guest's way on a telephone: from the invitation's link to the review and the survey, with a slow line and with
//! none, and by number and password.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Condition, GURU, Line, PASSWORD, Place, call, put_status};

use crate::{
    Browser, browser,
    browser::Tab,
    phone::Connection,
    school::{School, tamu, text},
};

/// A school that guests' telephones reach from outside.
async fn public_school() -> School {
    School { app: App::public(Place::Sqlite).await }
}

fn path(invited: &Value) -> String {
    format!("k/{}", text(&invited["kode_qr"]).to_lowercase())
}

/// Opens a page of the school on a telephone.
async fn phone(school: &School, browser: Browser, path: &str) -> Tab {
    let phone = school.page(browser, path).await;
    phone.be_a_phone().await;
    phone
}

/// Marks the page that is open. A page that was loaded anew has no mark.
async fn mark(phone: &Tab) {
    phone.ask::<()>("window.marked = true", Vec::new()).await;
}

async fn is_marked(phone: &Tab) -> bool {
    phone.ask("return window.marked === true", Vec::new()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_follows_the_visit_from_the_link_to_the_survey() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let guru = school.app.guru().await;
    let set =
        json!({ "versi": 0, "survei": true, "alamat": "Jl. Melati 5", "petunjuk_arah": "Gerbang timur" });
    school.app.admin().await.put("/api/settings", set).await.expect(200);
    let invited = school.invite(&guru, 0, "09:05").await;
    let phone = phone(&school, browser, &path(&invited)).await;
    phone.sees("Belum datang").await;
    phone.sees("Gerbang timur").await;
    let codes = phone.codes().await;
    assert_eq!(codes, [format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{}", text(&invited["kode_qr"]))]);
    assert!(!phone.text().await.contains("1000 0001"), "the guest's number is shown to whoever has the link");
    phone.inspect_phone("tamu-janji").await;
    mark(&phone).await;

    school.app.desk().await.scan(&json!(codes[0])).await.expect(200);
    phone.sees("Ratna Wulandari sudah diberi tahu").await;
    phone.inspect_phone("tamu-menunggu").await;
    call(&guru, &invited).await;
    phone.sees("Ratna Wulandari menuju Lobi utama").await;
    phone.sees("Dijawab 09.00").await;
    phone.inspect_phone("tamu-dijawab").await;
    put_status(&guru, &invited, "sedang berlangsung").await.expect(200);
    phone.sees("Anda sedang bertemu Ratna Wulandari").await;
    phone.press("Tampilkan kode QR").await;
    assert_eq!(phone.codes().await, codes);
    phone.inspect_phone("tamu-bertemu").await;

    school.app.clock.advance(Duration::minutes(20));
    phone.set_clock(school.app.clock.now()).await;
    school.app.desk().await.scan(&json!(codes[0])).await.expect(200);
    phone.find("[data-testid=ulasan]").await;
    phone.click("[data-testid=kirim-ulasan]").await;
    phone.sees("Pilih bintang dahulu").await;
    phone.click("[data-testid=bintang-4]").await;
    phone.sees("4 dari 5").await;
    phone.fill("#komentar", "<b>Ramah</b> dan cepat").await;
    phone.inspect_phone("tamu-ulasan").await;
    phone.click("[data-testid=kirim-ulasan]").await;
    phone.sees("Ulasan Anda sudah kami terima").await;
    phone.inspect_phone("tamu-selesai").await;
    assert!(is_marked(&phone).await, "the page was loaded anew on the way");
    // The sessions of twenty minutes ago have ended.
    let row = school.app.guru().await.get(&format!("/api/appointments/{}", invited["id"])).await.expect(200);
    assert_eq!((&row["status"], &row["rating"]), (&json!("selesai"), &json!(4)));

    phone.click("[data-testid=buka-survei]").await;
    fill_in_the_survey(&phone).await;
    phone.sees("Jawaban survei sudah dikirim").await;
    assert!(!phone.has("[data-testid=buka-survei]").await, "the survey is asked twice");
    let told = school.app.admin().await.get("/api/survei").await.expect(200);
    assert_eq!((&told["responden"], &told["saran"]), (&json!(1), &json!(["Tambah kursi"])));
    let answered: Vec<_> = told["unsur"].as_array().expect("elements").iter().map(|one| &one["n"]).collect();
    assert_eq!(json!(answered), json!([1, 1, 1, 0, 1, 1, 1, 1, 1]), "the cost was left out");
    phone.close().await;
}

/// Answers everything but the cost, and leaves the page on the way.
async fn fill_in_the_survey(phone: &Tab) {
    let elements = [
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "kompetensi",
        "perilaku",
        "pengaduan",
        "sarana",
    ];
    for (at, element) in elements.into_iter().enumerate() {
        phone.find(&format!("[data-testid=unsur-{element}]")).await;
        phone.sees(&format!("{} dari 9", at + 1)).await;
        match element {
            "persyaratan" => phone.inspect_phone("tamu-survei").await,
            // What was answered is taken up again.
            "waktu" => {
                phone.driver.refresh().await.expect("the page opens again");
                phone.find("[data-testid=unsur-waktu]").await;
            }
            _ => {}
        }
        match element {
            "biaya" => phone.click("[data-testid=lewati]").await,
            _ => phone.click(&format!("[data-testid=unsur-{element}] [data-testid=nilai-4]")).await,
        }
    }
    phone.sees("sedikit tentang Anda").await;
    phone.fill("#saran", "Tambah kursi").await;
    phone.inspect_phone("tamu-survei-akhir").await;
    phone.click("[data-testid=kirim-survei]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_who_cannot_come_tells_the_guru() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let invited = school.invite(&school.app.guru().await, 0, "10:00").await;
    let phone = phone(&school, browser, &path(&invited)).await;
    phone.click("[data-testid=tidak-bisa]").await;
    phone.sees("Anda tidak bisa datang?").await;
    phone.press("Sebab lain").await;
    phone.fill("#sebab-lain", "Anak <i>demam</i>").await;
    phone.inspect_phone("tamu-batalkan").await;
    phone.click("[data-testid=batalkan]").await;
    phone.find("[data-testid=pasti-batal]").await;
    phone.inspect_phone("tamu-batalkan-pasti").await;
    phone.click("[data-testid=ya-batalkan]").await;
    phone.sees("Janji ini Anda batalkan").await;
    phone.sees("Anak <i>demam</i>").await;
    assert!(!phone.has("[data-testid=qr]").await, "a code is shown that is good for nothing");
    phone.inspect_phone("tamu-batal").await;
    let refused = school.app.desk().await.scan(&invited["kode_qr"]).await.any_problem();
    assert_eq!(refused.code.as_str(), "dibatalkan");

    phone.driver.goto(&format!("{}/guru", school.app.server().url())).await.expect("the page opens");
    phone.login(GURU.email).await;
    phone.sees("Dibatalkan tamu").await;
    phone.press("Budi Santoso").await;
    phone.sees("Anak <i>demam</i>").await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_with_a_slow_line_loads_little_and_from_the_school_only() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let invited = school.invite(&school.app.guru().await, 0, "10:00").await;
    let url = format!("{}/{}", school.app.server().url(), path(&invited));
    let phone = browser.open("about:blank", school.app.clock.now()).await;
    phone.be_a_phone().await;
    phone.connect(Connection::Slow).await;
    phone.driver.goto(&url).await.expect("the page opens");
    phone.sees("Tunjukkan kode ini").await;
    let wait_ms = "return performance.getEntriesByType('navigation')[0].responseEnd";
    assert!(phone.ask::<f64>(wait_ms, Vec::new()).await >= 400.0, "the line is fast");
    // The typeface comes after all that, and the page does without it.
    let loaded =
        "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter(({ name }) => !name.endsWith('.woff2'))
        .map(({ name, encodedBodySize }) => [new URL(name).origin, encodedBodySize])";
    let loaded: Vec<(String, u64)> = phone.ask(loaded, Vec::new()).await;
    assert!(loaded.iter().all(|(origin, _)| url.starts_with(origin)), "others are asked: {loaded:?}");
    let bytes: u64 = loaded.iter().map(|(_, bytes)| bytes).sum();
    assert!((10_000..=100_000).contains(&bytes), "{bytes} bytes until the code is there");
    phone.click("[data-testid=tidak-bisa]").await;
    phone.sees("Anda tidak bisa datang?").await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_without_a_line_shows_the_code_that_was_opened_once() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let guru = school.app.guru().await;
    let invited = school.invite(&guru, 0, "09:05").await;
    let never_opened = school.invite(&guru, 1, "09:30").await;
    let line = Line::to(school.app.server().address()).await;
    let at = |invited: &Value| format!("http://{}/{}", line.address(), path(invited));
    let phone = browser.open(&at(&invited), school.app.clock.now()).await;
    phone.be_a_phone().await;
    phone.sees("Belum datang").await;
    let codes = phone.codes().await;
    phone.is_kept().await;

    line.set(Condition::Cut);
    phone.connect(Connection::None).await;
    phone.sees("Tanpa internet").await;
    mark(&phone).await;
    phone.driver.refresh().await.expect("the page opens again");
    phone.sees("Kode ini tetap berlaku tanpa internet").await;
    phone.sees("Keadaan per 09.00: belum datang").await;
    assert!(!is_marked(&phone).await, "the page was not opened anew");
    assert_eq!(phone.codes().await, codes);
    assert!(!phone.has("[data-testid=tidak-bisa]").await, "what needs a line is offered without one");
    phone.inspect_phone("tamu-luring").await;

    phone.driver.goto(&at(&never_opened)).await.expect("the page opens");
    phone.find("[data-testid=gagal-muat]").await;
    phone.inspect_phone("tamu-luring-belum-dibuka").await;
    phone.driver.goto(&at(&invited)).await.expect("the page opens");
    phone.sees("Kode ini tetap berlaku tanpa internet").await;
    mark(&phone).await;

    school.arrives(&invited).await;
    line.set(Condition::Whole);
    phone.connect(Connection::Fast).await;
    phone.sees("Ratna Wulandari sudah diberi tahu").await;
    phone.sees_no_more("Tanpa internet").await;
    // It is followed as before.
    call(&guru, &invited).await;
    phone.sees("Ratna Wulandari menuju Lobi utama").await;
    assert!(is_marked(&phone).await, "the page was loaded anew");
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_with_a_link_that_opens_nothing_is_told_what_to_do() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let phone = phone(&school, browser, &format!("k/{}", "a".repeat(47))).await;
    phone.sees("Tautan ini tidak dikenal").await;
    phone.inspect_phone("tamu-tidak-dikenal").await;
    school.app.clock.advance(Duration::days(15));
    phone.driver.goto(&format!("{}/{}", school.app.server().url(), path(&invited))).await.expect("it opens");
    phone.sees("Tautan ini sudah tidak berlaku").await;
    assert!(!phone.text().await.contains("Budi"), "what has ended is still told");
    phone.inspect_phone("tamu-kedaluwarsa").await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guest_signs_in_by_number_and_sees_appointments_code_and_data() {
    let Some(browser) = browser() else { return };
    let school = public_school().await;
    let (guru, desk) = (school.app.guru().await, school.app.desk().await);
    let invited = school.invite(&guru, 0, "10:00").await;
    school.invite_on(&guru, 0, "2026-11-25", "13:00").await;
    let reset = format!("/api/tamu/{}/reset-password", invited["id_tamu"]);
    let given = desk.post(&reset, json!({})).await.expect(200);
    let phone = phone(&school, browser, "tamu").await;
    phone.find("[data-testid=masuk]").await;
    phone.inspect_phone("tamu-masuk").await;
    phone.fill("[name=telp]", text(&tamu(0)["telp"])).await;
    phone.fill("[name=password]", PASSWORD).await;
    phone.press("Masuk").await;
    phone.sees("Nomor atau kata sandi tidak cocok").await;
    phone.inspect_phone("tamu-masuk-salah").await;
    phone.fill("[name=password]", text(&given["password_sementara"])).await;
    phone.press("Masuk").await;
    phone.sees("Janji Budi Santoso").await;
    phone.find("[data-testid=janji-hari-ini]").await;
    phone.find("[data-testid=janji-nanti]").await;
    phone.inspect_phone("tamu-daftar").await;

    phone.click("a[href='#kode']").await;
    phone.sees("Kode tetap Anda").await;
    let permanent = desk.get(&format!("/api/tamu/{}", invited["id_tamu"])).await.expect(200);
    assert_eq!(json!(phone.codes().await), json!([permanent["kode_qr"]]));
    phone.inspect_phone("tamu-kode").await;
    phone.click("a[href='#akun']").await;
    phone.find("[data-testid=data]").await;
    phone.sees("Orang tua Kelas 7A").await;
    phone.inspect_phone("tamu-data").await;

    phone.click("a[href='#janji']").await;
    phone.click("[data-testid=janji-hari-ini] [data-testid=janji]").await;
    phone.sees("Tunjukkan kode ini").await;
    phone.driver.back().await.expect("back leads back");
    phone.click("[data-testid=keluar]").await;
    phone.find("[data-testid=masuk]").await;
    let kept: String = phone.ask("return JSON.stringify({ ...localStorage })", Vec::new()).await;
    assert!(!kept.contains("Budi"), "the next person at this telephone finds {kept}");
    phone.driver.refresh().await.expect("the page opens again");
    phone.find("[data-testid=masuk]").await;
    phone.close().await;
}
