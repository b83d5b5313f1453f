//! A made-up school: users, guests, and a day in full swing whatever the hour. Every person here is invented.

use std::fmt;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Duration, DurationRound, Utc};
use domain::{
    IdPengguna, JanjiTemu, Jenis, Pengguna, Role, Sapaan, Setelan, Status, Telp, VisitChange, VisitStep,
    jadwal,
    pengguna::{self, Kepegawaian},
    pindai::is_late,
};
use store::{
    Store,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    pengguna::{PenggunaBaru, UnitBaru},
    tamu::NewTamu,
};

use crate::{
    Clock,
    auth::password::{self, COST, Passwords},
};

/// Name, form of address, e-mail address, role, position.
type User = (&'static str, Option<Sapaan>, &'static str, Role, Option<&'static str>);

const USERS: [User; 9] = [
    ("Hendra Gunawan", None, "admin@sekolah.example", Role::Admin, None),
    ("Sari Puspita", None, "resepsionis@sekolah.example", Role::PenerimaTamu, None),
    ("Yoga Pratama", None, "resepsionis2@sekolah.example", Role::PenerimaTamu, None),
    (
        "Ratna Wulandari",
        Some(Sapaan::Bu),
        "ratna@sekolah.example",
        Role::Guru,
        Some("Wali kelas VIII-B · Matematika"),
    ),
    ("Agus Setiawan", Some(Sapaan::Pak), "agus@sekolah.example", Role::Guru, Some("Bimbingan Konseling")),
    ("Dewi Lestari", Some(Sapaan::Bu), "dewi@sekolah.example", Role::Guru, Some("Bahasa Indonesia")),
    (
        "Bambang Prasetyo",
        Some(Sapaan::Pak),
        "bambang@sekolah.example",
        Role::Guru,
        Some("Wakil Kepala Sekolah"),
    ),
    ("Nurul Hidayah", Some(Sapaan::Bu), "nurul@sekolah.example", Role::Guru, Some("Wali kelas VII-A · IPA")),
    (
        "Fransiska Maharani Kusumaningtyas",
        Some(Sapaan::Bu),
        "fransiska@sekolah.example",
        Role::Guru,
        Some("Seni Budaya"),
    ),
];

/// Who is behind the unit, by the place in [`USERS`].
const UNIT_MEMBERS: [usize; 2] = [5, 7];

/// A visit of the made-up day.
struct Visit {
    /// From now to the scheduled time.
    offset_minutes: i64,
    /// What has become of it.
    step: Step,
    /// Whom, as a place in [`USERS`].
    guru: usize,
    tamu: &'static str,
    instansi: Option<&'static str>,
    keperluan: &'static str,
}

#[rustfmt::skip]
const VISITS: [Visit; 14] = [
    visit(-190, Step::Left, 3, "Wahyu Nugroho", None, "Konsultasi nilai"),
    visit(-165, Step::Left, 6, "Lina Marlina", Some("Penerbit Cahaya Ilmu"), "Penawaran buku paket"),
    visit(-140, Step::LeftLate, 4, "Rudi Hartono", None, "Konseling siswa"),
    visit(-110, Step::Missed, 5, "Maya Anggraini", None, "Pengambilan rapor"),
    visit(-75, Step::Meeting, 7, "Teguh Santoso", Some("Dinas Pendidikan"), "Supervisi laboratorium"),
    visit(-40, Step::Meeting, 3, "Indah Permatasari", None, "Perkembangan belajar"),
    visit(-20, Step::Waiting, 6, "Yusuf Maulana", Some("CV Karya Mandiri"), "Perawatan komputer"),
    visit(-10, Step::WalkIn, 4, "Siti Rahmawati", None, "Surat pindah sekolah"),
    visit(5, Step::Expected, 3, "Budi Santoso", None, "Konsultasi orang tua"),
    visit(20, Step::Expected, 5, "Anisa Fitriani", Some("Komite Sekolah"), "Persiapan pentas seni"),
    visit(45, Step::Expected, 4, "Joko Susilo", None, "Konseling siswa"),
    visit(60, Step::Cancelled, 7, "Putri Handayani", None, "Konsultasi nilai"),
    visit(
        90,
        Step::Expected,
        8,
        "Raden Ayu Kartika Candrakirana Wijayakusuma",
        Some("Sanggar Tari Widya Budaya Nusantara"),
        "Kerja sama ekstrakurikuler tari dan karawitan",
    ),
    visit(120, Step::Expected, 3, "Eko Wibowo", None, "Perkembangan belajar"),
];

const fn visit(
    offset_minutes: i64,
    step: Step,
    guru: usize,
    tamu: &'static str,
    instansi: Option<&'static str>,
    keperluan: &'static str,
) -> Visit {
    Visit { offset_minutes, step, guru, tamu, instansi, keperluan }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Expected,
    Cancelled,
    Missed,
    WalkIn,
    Waiting,
    Meeting,
    Left,
    LeftLate,
}

/// The school that was filled in: who can sign in, and the one password of them all.
pub struct School {
    /// Users in the order of their roles.
    pub pengguna: Vec<Pengguna>,
    /// Made up anew each time, the same for everyone.
    pub password: String,
    /// Appointments of today that a guest may arrive for.
    pub ditunggu: Vec<JanjiTemu>,
}

impl fmt::Display for School {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for pengguna in &self.pengguna {
            writeln!(f, "{:<14} {:<30} {}", pengguna.role.as_str(), pengguna.email, pengguna.nama)?;
        }
        write!(f, "password for all: {}", self.password)
    }
}

/// Fills a made-up school into an empty database.
///
/// # Errors
/// Where there are users already.
pub async fn fill(store: &dyn Store, clock: &Clock) -> Result<School> {
    if store.pengguna().exists(Role::Admin).await? {
        bail!("there is a school already; the demo goes into an empty data folder only");
    }
    let setelan = Setelan { nama_sekolah: "SMP Tunas Bangsa".to_owned(), ..Setelan::default() };
    let before = store.setelan().get().await?;
    if store.setelan().update(setelan.clone(), before.versi).await?.is_none() {
        bail!("somebody else fills this database now");
    }
    let now = clock.now();
    let Ok(password) = password::temporary() else { bail!("the operating system gives no random numbers") };
    let Ok(password_hash) = Passwords::new(COST)?.hash(password.clone()).await else {
        bail!("the password cannot be hashed");
    };
    let mut people = Vec::new();
    for (nama, sapaan, email, role, jabatan) in USERS {
        let baru = PenggunaBaru {
            nama: nama.to_owned(),
            sapaan,
            jabatan: jabatan.map(str::to_owned),
            email: email.to_owned(),
            telp: None,
            role,
            kepegawaian: Kepegawaian::default(),
            password_hash: password_hash.clone(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: now,
        };
        people.push(store.pengguna().create(baru).await.context("a user cannot be added")?);
    }
    let unit = UnitBaru {
        nama: "Tata Usaha".to_owned(),
        jabatan: Some("Surat keterangan dan legalisasi".to_owned()),
        email: pengguna::address_of_unit("tata-usaha"),
        telp: None,
        anggota: UNIT_MEMBERS.iter().map(|place| people[*place].id).collect(),
        waktu: now,
    };
    store.pengguna().create_unit(unit).await.context("a unit cannot be added")?;
    let mut ditunggu = Vec::new();
    for (n, visit) in VISITS.iter().enumerate() {
        let who = Who { guru: people[visit.guru].id, reception: people[1].id };
        let row = make(store, &setelan, visit, n, who, now).await?;
        if visit.step == Step::Expected {
            ditunggu.push(row);
        }
    }
    Ok(School { pengguna: people, password, ditunggu })
}

/// The users that a visit needs.
struct Who {
    guru: IdPengguna,
    reception: IdPengguna,
}

async fn make(
    store: &dyn Store,
    setelan: &Setelan,
    visit: &Visit,
    n: usize,
    who: Who,
    now: DateTime<Utc>,
) -> Result<JanjiTemu> {
    let Visit { step, tamu, instansi, keperluan, .. } = *visit;
    let jadwal = scheduled(now, visit.offset_minutes, setelan);
    // The numbers are of a form that exists and belong to nobody we know.
    let telp = Telp::parse(&format!("0812000010{n:02}"))?;
    let tamu = NewTamu {
        nama: tamu.to_owned(),
        telp: Some(telp),
        email: None,
        instansi: instansi.map(str::to_owned),
        waktu: now,
    };
    let is_walk_in = step == Step::WalkIn;
    let baru = NewJanjiTemu {
        id_guru: who.guru,
        tamu: TamuOf::Baru(tamu),
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 1,
        keperluan: keperluan.to_owned(),
        jadwal,
        durasi_menit: setelan.durasi_bawaan_menit,
        jenis: if is_walk_in { Jenis::Langsung } else { Jenis::Janji },
        kode_expiry: jadwal::kode_expiry(jadwal, setelan),
        izinkan_bentrok: true,
        kunci: None,
        seri: None,
        dibuat_oleh: who.reception,
        waktu: now,
    };
    let Creation::Dibuat(mut row) = store.janji_temu().create(baru).await? else {
        bail!("an appointment was there already");
    };
    for (waktu, langkah) in steps(step, jadwal, setelan) {
        let perubahan = VisitChange::of(&row, Some(langkah), None, waktu);
        row = store.janji_temu().apply(perubahan).await?.context("an appointment has moved by itself")?;
    }
    if step == Step::Left && row.status == Status::Selesai {
        let waktu = row.waktu_selesai.unwrap_or(now);
        store.ulasan().create(row.id, 5, Some("Ramah dan tepat waktu.".to_owned()), waktu).await?;
    }
    Ok(row)
}

/// A quarter of an hour near `now + offset` that lies within today.
fn scheduled(now: DateTime<Utc>, offset_minutes: i64, setelan: &Setelan) -> DateTime<Utc> {
    let today = jadwal::today(now, setelan.zona_waktu);
    let wanted = now + Duration::minutes(offset_minutes);
    let rounded = wanted.duration_trunc(Duration::minutes(5)).unwrap_or(wanted);
    rounded.clamp(today.start, today.end - Duration::minutes(5))
}

fn steps(step: Step, jadwal: DateTime<Utc>, setelan: &Setelan) -> Vec<(DateTime<Utc>, VisitStep)> {
    let after = |minutes| jadwal + Duration::minutes(minutes);
    let arrive = |minutes| {
        (
            after(minutes),
            VisitStep::Datang { terlambat: is_late(jadwal, after(minutes), setelan), di_meja: true },
        )
    };
    let meet = |minutes| (after(minutes), VisitStep::Mulai);
    let leave =
        |minutes| (after(minutes), VisitStep::Pulang { waktu_selesai: after(minutes), di_meja: true });
    match step {
        Step::Expected | Step::WalkIn => Vec::new(),
        Step::Cancelled => {
            vec![(
                after(-180),
                VisitStep::Batal { alasan: Some("Berhalangan hadir".to_owned()), oleh_tamu: false },
            )]
        }
        Step::Missed => vec![(after(60), VisitStep::TidakHadir { alasan: None })],
        Step::Waiting => vec![arrive(2)],
        Step::Meeting => vec![arrive(-3), meet(4)],
        Step::Left => vec![arrive(-5), meet(1), leave(32)],
        Step::LeftLate => vec![arrive(22), meet(27), leave(58)],
    }
}
