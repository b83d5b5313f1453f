//! The visits of five years.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use domain::{IdJanjiTemu, kata, token::Token};
use store::{SchoolSecrets, copy::Value};

use super::{
    FIRST_GURU, NOTIFICATION_DAYS, RECENT_DAYS, RECENT_VISITS, RECEPTION, STAFF, Size, YEARS_DAYS, pick,
    school_date, zone,
};
use crate::rows::{Named, ms, text};

/// From one visit's guest to the next one's. It has no common factor with the number of guests, so that all come.
const STEP: i64 = 37;

const PURPOSES: [&str; 8] = [
    "Konsultasi orang tua",
    "Pengambilan rapor",
    "Rapat komite sekolah",
    "Pembayaran SPP",
    "Legalisir ijazah",
    "Antar dokumen mutasi",
    "Penawaran buku pelajaran",
    "Kunjungan dinas pendidikan",
];

/// All visits of a school.
pub(super) struct Visits {
    size: Size,
    now: DateTime<Utc>,
    /// The school days, each with the number of its first visit.
    days: Vec<(NaiveDate, i64)>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// From 1 on, the oldest first.
    pub(super) id: i64,
    pub(super) guest: i64,
    pub(super) guru: i64,
    pub(super) jadwal: DateTime<Utc>,
    /// When it was entered what became of it, or that it is to be.
    pub(super) entered: DateTime<Utc>,
    /// Days until today.
    pub(super) age_days: i64,
    status: &'static str,
}

impl Visits {
    /// The weekdays of five years, and today whatever day it is.
    pub(super) fn new(size: Size, now: DateTime<Utc>) -> Self {
        let today = school_date(now);
        let is_open =
            |day: &NaiveDate| *day == today || !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let dates =
            |first, last| (first..=last).rev().map(move |age| today - Duration::days(age)).filter(is_open);
        let older: Vec<_> = dates(RECENT_DAYS, YEARS_DAYS - 1).collect();
        let recent: Vec<_> = dates(0, RECENT_DAYS - 1).collect();
        let (days, rest) = (older.len() as i64, size.visits - recent.len() as i64 * RECENT_VISITS);
        let older = (0..).zip(older).map(|(n, day)| (day, n * rest / days + 1));
        let recent = (0..).zip(recent).map(|(n, day)| (day, rest + n * RECENT_VISITS + 1));
        Self { size, now, days: older.chain(recent).collect() }
    }

    /// The oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Visit> {
        let ends = self.days.iter().skip(1).map(|(_, first)| *first).chain([self.size.visits + 1]);
        self.days.iter().zip(ends).flat_map(move |((day, first), end)| {
            (*first..end).map(move |id| self.visit(*day, id, id - first, end - first))
        })
    }

    /// Number `n` of the `count` visits of a day.
    fn visit(&self, day: NaiveDate, id: i64, n: i64, count: i64) -> Visit {
        let age_days = (school_date(self.now) - day).num_days();
        // Today's are spread over the whole day, so that there are some in the building whatever time it is.
        let (opens, open) = if age_days == 0 { (0, 24 * 60) } else { (7 * 60, 8 * 60) };
        let time = NaiveTime::MIN + Duration::seconds((opens * count + open * n) * 60 / count);
        let local = day.and_time(time).and_local_timezone(zone());
        let jadwal = local.single().expect("each local time is once").to_utc();
        let ago = (self.now - jadwal).num_minutes();
        let status = match (pick(id, 1, 100), ago) {
            (_, ..=0) => "belum",
            (_, ..=60) => "menunggu",
            (_, ..=180) => "sedang berlangsung",
            (0..5, _) => "batal",
            (5..13, _) if age_days > 0 => "tidak hadir",
            _ => "selesai",
        };
        let guru = FIRST_GURU + pick(id, 2, STAFF - FIRST_GURU + 1);
        let guest = id * STEP % self.size.guests + 1;
        Visit { id, guest, guru, jadwal, entered: jadwal.min(self.now), age_days, status }
    }
}

impl Visit {
    pub(super) fn is_over(&self) -> bool {
        self.status == "selesai"
    }

    pub(super) fn date(&self) -> NaiveDate {
        school_date(self.jadwal)
    }

    pub(super) fn is_walk_in(&self) -> bool {
        pick(self.id, 3, 4) == 0
    }

    pub(super) fn receptionist(&self) -> i64 {
        RECEPTION[pick(self.id, 4, 2) as usize]
    }

    pub(super) fn purpose(&self) -> &'static str {
        PURPOSES[pick(self.id, 5, PURPOSES.len() as i64) as usize]
    }

    pub(super) fn row(&self, kunci: &SchoolSecrets) -> Named {
        let (is_over, meets) = (self.is_over(), self.status == "sedang berlangsung");
        let comes = is_over || meets || self.status == "menunggu";
        let arrived = self.jadwal + Duration::minutes(pick(self.id, 6, 30) - 10);
        let met = arrived + Duration::minutes(2 + pick(self.id, 7, 20));
        let left = met + Duration::minutes(10 + pick(self.id, 8, 50));
        let when = |is_so: bool, time| if is_so { ms(time) } else { Value::Null };
        let is_reviewed = is_over && pick(self.id, 9, 5) == 0;
        let expiry = self.jadwal + Duration::days(15);
        vec![
            ("id", Value::Int(self.id)),
            ("versi", Value::Int(if is_over { 4 } else { 1 })),
            ("id_guru", Value::Int(self.guru)),
            ("id_tamu", Value::Int(self.guest)),
            ("keperluan", text(self.purpose())),
            ("kata", text(&kata::of_janji_temu(self.purpose(), None, None))),
            ("jadwal", ms(self.jadwal)),
            ("durasi_menit", Value::Int(30)),
            ("jenis", text(if self.is_walk_in() { "langsung" } else { "janji" })),
            ("status", text(self.status)),
            ("kode_qr", text(&kunci.qr.sign(&Token::janji_temu(IdJanjiTemu(self.id), expiry)))),
            ("waktu_datang", when(comes, arrived)),
            ("terlambat", Value::Int(i64::from(comes && arrived > self.jadwal + Duration::minutes(15)))),
            ("datang_di_meja", Value::Int(comes.into())),
            ("pulang_di_meja", Value::Int(is_over.into())),
            ("waktu_mulai", when(is_over || meets, met)),
            ("waktu_selesai", when(is_over, left)),
            ("dibaca_pada", when(comes, arrived + Duration::minutes(1))),
            ("notifikasi_dihapus_pada", when(is_over && self.age_days > NOTIFICATION_DAYS, left)),
            ("rating", if is_reviewed { Value::Int(1 + pick(self.id, 10, 5)) } else { Value::Null }),
            ("komentar", if is_reviewed { text("Pelayanan ramah dan cepat") } else { Value::Null }),
            ("ulasan_pada", when(is_reviewed, left + Duration::hours(1))),
            ("jumlah_orang", Value::Int(1 + pick(self.id, 11, 3))),
            ("batal_oleh_tamu", Value::Int(0)),
            ("survei_diisi", Value::Int(0)),
            ("dibuat_oleh", Value::Int(if self.is_walk_in() { self.receptionist() } else { self.guru })),
            ("dibuat_pada", ms(self.jadwal - Duration::days(2))),
        ]
    }
}
