//! A school with people in it on a busy Monday morning: some have come, some are late, one has left, one has not come.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, DESK, GURU, OTHER_GURU, Place};
use thirtyfour::WindowHandle;

use crate::browser::{Browser, Tab};

/// Made-up guests: name, number, where from, what for. The names are short, and as long as a screen has to bear.
const GUESTS: [(&str, &str, Option<&str>, &str); 14] = [
    ("Budi Santoso", "0812 1000 0001", Some("Orang tua Kelas 7A"), "Konsultasi nilai"),
    ("Rina Marlina", "0812 1000 0002", None, "Ambil rapor"),
    ("Ida", "0812 1000 0003", None, "Surat pindah"),
    (
        "Raden Ajeng Siti Nurhaliza Kusumawardhani Binti Abdurrahman Wahid",
        "0812 1000 0004",
        Some("Dinas Pendidikan, Kepemudaan, dan Olahraga Kabupaten Kepulauan Talaud"),
        "Pembahasan rencana kerja sama lomba olimpiade sains tingkat kabupaten dan pendampingan guru muda",
    ),
    ("Yohanes Krisna", "0812 1000 0005", Some("PT Buku Cerdas"), "Contoh buku pelajaran"),
    ("Dewi Lestari", "0812 1000 0006", None, "Konsultasi nilai"),
    ("Ahmad Fauzi", "0812 1000 0007", Some("Komite sekolah"), "Rapat komite"),
    ("Maria Gorret", "0812 1000 0008", None, "Izin sakit"),
    ("I Made Suardana", "0812 1000 0009", None, "Antar barang"),
    ("Nur Aini", "0812 1000 0010", Some("Orang tua Kelas 9C"), "Beasiswa"),
    ("Togar Simanjuntak", "0812 1000 0011", None, "Konsultasi nilai"),
    ("Fitri Handayani", "0812 1000 0012", Some("Puskesmas"), "Imunisasi"),
    ("Lukas Enembe Wanimbo", "0812 1000 0013", None, "Legalisasi ijazah"),
    ("Sri Wahyuni", "0812 1000 0014", None, "Konsultasi nilai"),
];

/// A running school with pages to open.
pub(crate) struct School {
    pub(crate) app: App,
}

impl School {
    /// Monday, 09:00. Nobody is expected.
    pub(crate) async fn open() -> Self {
        Self { app: App::start(Place::Sqlite).await }
    }

    /// The same at 10:07, after a morning. The guru who is never connected has guests, too.
    pub(crate) async fn in_full_swing() -> Self {
        let school = Self::open().await;
        let times =
            ["09:05", "09:10", "09:20", "10:00", "10:15", "10:30", "11:00", "11:30", "13:00", "13:30"];
        let (guru, other) = (school.app.guru().await, school.app.other_guru().await);
        let mut made = Vec::new();
        for (at, waktu) in times.iter().enumerate() {
            made.push(school.invite(if at % 3 == 2 { &other } else { &guru }, at, waktu).await);
        }
        school.app.clock.advance(Duration::minutes(4));
        school.arrives(&made[0]).await;
        guru.put(&status(&made[0]), json!({ "status": "sedang berlangsung" })).await.expect(200);
        school.app.clock.advance(Duration::minutes(35));
        let desk = school.app.desk().await;
        desk.scan(&made[0]["kode_qr"]).await.expect(200);
        let review = json!({ "kode": made[0]["kode_qr"], "rating": 5, "komentar": "Ramah dan cepat." });
        school.app.nobody().post("/api/ulasan", review).await.expect(201);
        // Half an hour late.
        school.arrives(&made[1]).await;
        let guru = school.app.guru().await;
        guru.put(&status(&made[9]), json!({ "status": "batal", "alasan": "Rapat mendadak" }))
            .await
            .expect(200);
        school.walks_in(10).await;
        school.app.clock.advance(Duration::minutes(18));
        school.arrives(&made[3]).await;
        school.app.clock.advance(Duration::minutes(10));
        school
    }

    /// Invites a made-up guest for today.
    pub(crate) async fn invite(&self, guru: &Caller, guest: usize, waktu: &str) -> Value {
        self.invite_on(guru, guest, "2026-11-23", waktu).await
    }

    /// Invites a guest for another day.
    pub(crate) async fn invite_on(&self, guru: &Caller, guest: usize, tanggal: &str, waktu: &str) -> Value {
        let (_, _, _, keperluan) = GUESTS[guest];
        let body = json!({
            "tamu": tamu(guest), "keperluan": keperluan, "tanggal": tanggal, "waktu": waktu,
            "izinkan_bentrok": true,
        });
        guru.post("/api/appointments", body).await.expect(201)
    }

    /// An invited guest arrives.
    pub(crate) async fn arrives(&self, invited: &Value) -> Value {
        self.app.desk().await.scan(&invited["kode_qr"]).await.expect(200)
    }

    /// A guest comes without an appointment.
    pub(crate) async fn walks_in(&self, guest: usize) -> Value {
        let body = json!({ "tamu": tamu(guest), "keperluan": GUESTS[guest].3, "id_guru": OTHER_GURU.id() });
        self.app.desk().await.post("/api/appointments/walk-in", body).await.expect(201)
    }

    /// Opens a page.
    pub(crate) async fn page(&self, browser: Browser, path: &str) -> Tab {
        browser.open(&format!("{}/{path}", self.app.server().url()), self.app.clock.now()).await
    }

    /// Opens a page in a window beside one, and looks at it from now on. Gives both windows.
    pub(crate) async fn beside(&self, tab: &Tab, path: &str) -> [WindowHandle; 2] {
        tab.open_beside(&format!("{}/{path}", self.app.server().url()), self.app.clock.now()).await
    }

    /// The kiosk with the receptionist signed in.
    pub(crate) async fn kiosk(&self, browser: Browser) -> Tab {
        let kiosk = self.page(browser, "kiosk").await;
        kiosk.login(DESK.email).await;
        kiosk.find("[data-testid=hari-ini]").await;
        kiosk
    }

    /// The guru's page, signed in.
    pub(crate) async fn guru(&self, browser: Browser) -> Tab {
        let guru = self.page(browser, "guru").await;
        guru.login(GURU.email).await;
        guru.find("[data-testid=tab-hari]").await;
        guru
    }
}

/// Shows a code to a scanner that is a keyboard.
pub(crate) async fn show_code(kiosk: &Tab, code: &Value) {
    kiosk.keys(format!("{}{}", text(code), ENTER)).await;
}

/// The key that ends a scanner's line.
pub(crate) const ENTER: char = '\u{e007}';

/// A made-up guest, as the desk enters one.
pub(crate) fn tamu(guest: usize) -> Value {
    let (nama, telp, instansi, _) = GUESTS[guest];
    json!({ "nama": nama, "telp": telp, "instansi": instansi })
}

/// A text of an answer.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn status(row: &Value) -> String {
    format!("/api/appointments/{}/status", row["id"])
}
