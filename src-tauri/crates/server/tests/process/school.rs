//! A made-up school in a data folder, put there before the program starts.

use std::path::Path;

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use domain::{IdPengguna, JanjiTemu, Jenis, Role, Setelan, Telp, jadwal, pengguna::Kepegawaian};
use server::{auth::password::Passwords, data_dir};
use store::{
    Store,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    pengguna::PenggunaBaru,
    tamu::NewTamu,
};
use tokio::sync::OnceCell;

use crate::{api::Api, program::Place};

/// The password of everyone.
pub(crate) const PASSWORD: &str = "meja hijau 7";
/// Name and address of the guru; identity 1.
pub(crate) const GURU: (&str, &str) = ("Ratna Wulandari", "ratna@sekolah.example");
/// Name and address of the receptionist; identity 2.
pub(crate) const DESK: (&str, &str) = ("Sari Puspita", "sari@sekolah.example");
/// Name and address of the admin; identity 3.
pub(crate) const ADMIN: (&str, &str) = ("Hendra Gunawan", "hendra@sekolah.example");

/// The national part of guest number `n`'s telephone number.
pub(crate) fn telp(n: usize) -> String {
    format!("8127654{n:04}")
}

/// Guest number `n`'s name.
pub(crate) fn nama(n: usize) -> String {
    format!("Wijayakusuma {n}")
}

/// What time it is, as the program itself says: appointments are for the day on which it runs, and no test here asks
/// another clock. Asked once.
pub(crate) async fn program_time() -> DateTime<Utc> {
    static TOLD: OnceCell<DateTime<Utc>> = OnceCell::const_new();
    let ask = || async {
        let place = Place::new();
        let date = Api::nobody(&place.serve()).date().await;
        DateTime::parse_from_rfc2822(&date).expect("the server sends its date").to_utc()
    };
    *TOLD.get_or_init(ask).await
}

/// Makes the school with so many appointments for about now.
pub(crate) async fn fill(data_dir: &Path, appointments: usize) -> Vec<JanjiTemu> {
    let data = data_dir::open(data_dir, None).await.expect("an empty folder can be opened");
    let now = program_time().await;
    let setelan = Setelan { zona_waktu: zone_where_it_is_noon(now), ..Setelan::default() };
    data.store.setelan().update(setelan.clone(), 0).await.expect("settings can be kept");
    let password_hash = Passwords::new(4).expect("a cost").hash(PASSWORD.to_owned()).await.expect("a hash");
    for ((nama, email), role) in [(GURU, Role::Guru), (DESK, Role::PenerimaTamu), (ADMIN, Role::Admin)] {
        let baru = PenggunaBaru {
            nama: nama.to_owned(),
            sapaan: None,
            jabatan: None,
            email: email.to_owned(),
            telp: None,
            role,
            kepegawaian: Kepegawaian::default(),
            password_hash: password_hash.clone(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: now,
        };
        data.store.pengguna().create(baru).await.expect("a user can be entered");
    }
    let mut made = Vec::new();
    for n in 0..appointments {
        made.push(invite(&*data.store, &setelan, n, now).await);
    }
    data.store.close().await;
    made
}

async fn invite(store: &dyn Store, setelan: &Setelan, n: usize, now: DateTime<Utc>) -> JanjiTemu {
    let tamu = NewTamu {
        nama: nama(n),
        telp: Some(Telp::parse(&telp(n)).expect("a number that exists")),
        email: None,
        instansi: None,
        waktu: now,
    };
    let baru = NewJanjiTemu {
        id_guru: IdPengguna(1),
        tamu: TamuOf::Baru(tamu),
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 1,
        keperluan: "Konsultasi nilai".to_owned(),
        jadwal: now,
        durasi_menit: 30,
        jenis: Jenis::Janji,
        kode_expiry: jadwal::kode_expiry(now, setelan),
        izinkan_bentrok: true,
        kunci: None,
        seri: None,
        dibuat_oleh: IdPengguna(1),
        waktu: now,
    };
    match store.janji_temu().create(baru).await.expect("an appointment can be made") {
        Creation::Dibuat(janji_temu) => janji_temu,
        Creation::SudahAda(_) => panic!("there was no key"),
    }
}

/// So that no midnight falls into a test.
fn zone_where_it_is_noon(now: DateTime<Utc>) -> Tz {
    let ahead = 12 - i64::from(now.hour());
    // The sign of these zones is the other way round (IANA tz database, file `etcetera`).
    format!("Etc/GMT{:+}", -ahead).parse().unwrap_or(Tz::UTC)
}
