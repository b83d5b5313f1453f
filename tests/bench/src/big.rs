//! A school of any size, entered as rows: guests with names that repeat as names do, and as many appointments, the same
//! number in each month into the past. So a larger school is one that has existed for longer.

use std::{path::Path, sync::Arc};

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};
use domain::{IdJanjiTemu, IdTamu, Telp, token::Token};
use server::data_dir::{self, DataDir};
use store::{SchoolSecrets, copy::Value};

use crate::rows::{Named, insert, ms, text};

const GURUS: i64 = 50;

/// Appointments of one day, and of one month.
const A_DAY: i64 = 60;
const A_MONTH: i64 = 20 * A_DAY;

/// Appointments of tomorrow, to check in.
pub const WAITING: i64 = 2_000;

const GIVEN: [&str; 24] = [
    "Siti", "Budi", "Dewi", "Agus", "Sri", "Eko", "Ratna", "Joko", "Rina", "Hendra", "Ani", "Dedi", "Yuni",
    "Rudi", "Lestari", "Bayu", "Fitri", "Gilang", "Indah", "Kurnia", "Maya", "Nanda", "Putri", "Tono",
];

const FAMILY: [&str; 30] = [
    "Santoso",
    "Wijaya",
    "Hidayat",
    "Nugroho",
    "Saputra",
    "Wulandari",
    "Rahayu",
    "Kusuma",
    "Halim",
    "Siregar",
    "Nasution",
    "Lubis",
    "Ginting",
    "Simanjuntak",
    "Hutapea",
    "Pratama",
    "Permana",
    "Setiawan",
    "Gunawan",
    "Utami",
    "Anggraini",
    "Puspita",
    "Handayani",
    "Suryani",
    "Maulana",
    "Ramadhan",
    "Fauzi",
    "Hakim",
    "Sitorus",
    "Zulkarnain",
];

/// Makes a school of that many guests and as many appointments, in a folder's SQLite database.
///
/// # Errors
/// The store's.
pub async fn create(folder: &Path, guests: i64, now: DateTime<Utc>) -> Result<()> {
    let DataDir { store, kunci, .. } = data_dir::open(folder, None).await?;
    insert(&*store, "pengguna", (1..=GURUS).map(|id| Ok(guru(id, now)))).await?;
    insert(&*store, "tamu", (1..=guests).map(|id| tamu(&kunci, id, now))).await?;
    insert(&*store, "janji_temu", (1..=guests).map(|id| Ok(visit(&kunci, id, guests, now)))).await?;
    let waiting = guests + 1..=guests + WAITING;
    insert(&*store, "janji_temu", waiting.map(|id| Ok(waits(&kunci, id, guests, now)))).await?;
    store.close().await;
    Ok(())
}

/// The number of the guest with that identity.
///
/// # Errors
/// Never.
pub fn telp(id: i64) -> Result<Telp> {
    Ok(Telp::parse(&format!("0812{id:08}"))?)
}

/// The appointments to check in.
pub fn waiting(guests: i64) -> impl Iterator<Item = IdJanjiTemu> {
    (guests + 1..=guests + WAITING).map(IdJanjiTemu)
}

fn guru(id: i64, now: DateTime<Utc>) -> Named {
    vec![
        ("id", Value::Int(id)),
        ("nama", text(&format!("Guru {id}"))),
        ("email", text(&format!("guru{id}@sekolah.example"))),
        ("password_hash", text("")),
        ("role", text("Guru")),
        ("wajib_ganti_password", Value::Int(0)),
        ("unit", Value::Int(0)),
        ("aktif", Value::Int(1)),
        ("gagal_login", Value::Int(0)),
        ("dibuat_pada", ms(now)),
        ("diubah_pada", ms(now)),
        ("kata", text("")),
    ]
}

pub(crate) fn tamu(kunci: &SchoolSecrets, id: i64, now: DateTime<Utc>) -> Result<Named> {
    let telp = telp(id)?;
    let national = format!("{id:08}");
    Ok(vec![
        ("id", Value::Int(id)),
        ("nama", text(&format!("{} {}", name(id), letters(id)))),
        ("telp", Value::Bytes(kunci.telp.encrypt(&telp)?)),
        ("telp_indeks", Value::Bytes(kunci.telp.indeks(&telp).to_vec())),
        ("telp_akhir", text(&national[4..])),
        ("kode_qr", text(&kunci.qr.sign(&Token::tamu(IdTamu(id))))),
        ("dibuat_pada", ms(now)),
    ])
}

/// A first and a second name.
pub(crate) fn name(id: i64) -> String {
    // The steps have no common factor with the lengths, so that all pairs come.
    let (given, family) = (GIVEN[(id * 7 % 24) as usize], FAMILY[(id * 11 / 24 % 30) as usize]);
    format!("{given} {family}")
}

/// A third name, different for each.
fn letters(mut id: i64) -> String {
    let mut name = String::from("M");
    while id > 0 {
        name.push(char::from(b'a' + (id % 26) as u8));
        id /= 26;
    }
    name
}

/// The latest appointments are today's, and each day before has as many.
fn visit(kunci: &Arc<SchoolSecrets>, id: i64, guests: i64, now: DateTime<Utc>) -> Named {
    let days = (guests - id) / A_DAY * 30 * A_DAY / A_MONTH;
    let jadwal = now - Duration::days(days) - Duration::minutes(id % A_DAY);
    let is_over = days > 0;
    janji_temu(kunci, id, id, jadwal, if is_over { "selesai" } else { "belum" }, is_over)
}

fn waits(kunci: &Arc<SchoolSecrets>, id: i64, guests: i64, now: DateTime<Utc>) -> Named {
    janji_temu(kunci, id, (id - guests) % guests + 1, now + Duration::days(1), "belum", false)
}

fn janji_temu(
    kunci: &Arc<SchoolSecrets>,
    id: i64,
    id_tamu: i64,
    jadwal: DateTime<Utc>,
    status: &str,
    is_over: bool,
) -> Named {
    let when = |minutes| if is_over { ms(jadwal + Duration::minutes(minutes)) } else { Value::Null };
    let kode = kunci.qr.sign(&Token::janji_temu(IdJanjiTemu(id), jadwal + Duration::days(15)));
    vec![
        ("id", Value::Int(id)),
        ("versi", Value::Int(1)),
        ("id_guru", Value::Int(id % GURUS + 1)),
        ("id_tamu", Value::Int(id_tamu)),
        ("keperluan", text("Konsultasi orang tua")),
        ("jadwal", ms(jadwal)),
        ("durasi_menit", Value::Int(30)),
        ("jenis", text("janji")),
        ("status", text(status)),
        ("kode_qr", text(&kode)),
        ("waktu_datang", when(2)),
        ("datang_di_meja", Value::Int(is_over.into())),
        ("pulang_di_meja", Value::Int(is_over.into())),
        ("terlambat", Value::Int(0)),
        ("batal_oleh_tamu", Value::Int(0)),
        ("survei_diisi", Value::Int(0)),
        ("waktu_mulai", when(7)),
        ("waktu_selesai", when(30)),
        ("dibaca_pada", when(3)),
        ("dibuat_oleh", Value::Int(id % GURUS + 1)),
        ("dibuat_pada", ms(jadwal - Duration::days(2))),
        ("jumlah_orang", Value::Int(1)),
        ("kata", text("")),
    ]
}
