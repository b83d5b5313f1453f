//! The upkeep of a school's records: what is due at a moment by the school's settings, and what became of a run.

use std::ops::AddAssign;

use chrono::{DateTime, Duration, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Setelan, jadwal, words::words};

/// A run is due once a day, at this hour of the school's time.
const JAM: u32 = 1;

/// How long a notification that was read can still be looked at.
const NOTIFIKASI: Duration = Duration::days(30);

/// How long it can be seen what became of a message.
pub const PESAN: Duration = Duration::days(90);

words! {
    /// What began a run.
    pub enum Pemicu, else UnknownPemicu "pemicu tidak dikenal" {
        /// The night.
        Jadwal = "jadwal",
        /// An admin on a page.
        Tangan = "tangan",
        /// Somebody at the command line.
        Perintah = "perintah",
    }
}

words! {
    /// How a run stands.
    pub enum KeadaanPemeliharaan, else UnknownKeadaanPemeliharaan "keadaan tidak dikenal" {
        /// Under way.
        Berjalan = "berjalan",
        /// It did all that was due.
        Selesai = "selesai",
        /// It failed. What it had done by then is done.
        Gagal = "gagal",
        /// The program ended during it. What it had done by then is done.
        Terputus = "terputus",
    }
}

words! {
    /// A kind of work that upkeep does.
    pub enum TugasPemeliharaan, else UnknownTugasPemeliharaan "tugas tidak dikenal" {
        /// Guests who did not come are marked.
        NoShow = "no_show",
        /// Visits of long ago go to the archive.
        Arsip = "arsip",
        /// Notifications that were read long ago are put away.
        Notifikasi = "notifikasi",
        /// Guests of long ago are made anonymous.
        Anonim = "anonim",
        /// Guests who asked for it are erased.
        Hapus = "hapus",
    }
}

/// What a run did, or would do, by the kind of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HasilPemeliharaan {
    /// Appointments of days that ended without the guest.
    pub no_show: u64,
    /// Visits that went to the archive.
    pub arsip: u64,
    /// Notifications that were put away.
    pub notifikasi: u64,
    /// Guests who were made anonymous, because they had not come for long.
    pub anonim: u64,
    /// Guests who were erased because they had asked for it.
    pub hapus: u64,
}

impl AddAssign for HasilPemeliharaan {
    fn add_assign(&mut self, more: Self) {
        self.no_show += more.no_show;
        self.arsip += more.arsip;
        self.notifikasi += more.notifikasi;
        self.anonim += more.anonim;
        self.hapus += more.hapus;
    }
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pemeliharaan {
    /// Identity.
    pub id: i64,
    /// What began it.
    pub pemicu: Pemicu,
    /// The name of who began it; null if that was not a user.
    pub oleh: Option<String>,
    /// It only counted, and changed nothing.
    pub uji_coba: bool,
    /// When it began.
    pub mulai: DateTime<Utc>,
    /// When it ended; null as long as it is under way.
    pub selesai: Option<DateTime<Utc>>,
    /// How it stands.
    pub keadaan: KeadaanPemeliharaan,
    /// What it did so far, or, if it changed nothing, would do.
    pub hasil: HasilPemeliharaan,
}

/// One of the things that a run would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contoh {
    /// What would be done.
    pub apa: TugasPemeliharaan,
    /// The visit, or the guest.
    pub id: i64,
    /// The name and the day, for people.
    pub keterangan: String,
}

impl Contoh {
    /// Of a visit or guest with that name, and a moment that tells why.
    pub fn new(apa: TugasPemeliharaan, id: i64, nama: &str, pada: DateTime<Utc>, setelan: &Setelan) -> Self {
        let tanggal = jadwal::local_date(pada, setelan.zona_waktu);
        Self { apa, id, keterangan: format!("{nama} · {}", tanggal.format("%d-%m-%Y")) }
    }
}

/// What is due at a moment: everything from before these instants. `None`: the school keeps it for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rencana {
    /// Now.
    pub waktu: DateTime<Utc>,
    /// Appointments scheduled before are closed if the guest did not come.
    pub no_show: DateTime<Utc>,
    /// Visits scheduled before go to the archive.
    pub arsip: Option<DateTime<Utc>>,
    /// A visit of which a message was written or changed since stays.
    pub pesan: DateTime<Utc>,
    /// Notifications of arrivals before, which were read, are put away.
    pub notifikasi: DateTime<Utc>,
    /// Guests who were last heard of before are made anonymous.
    pub tamu: Option<DateTime<Utc>>,
}

impl Rencana {
    /// What is due at `now`.
    pub fn at(now: DateTime<Utc>, setelan: &Setelan) -> Self {
        let today = jadwal::local_date(now, setelan.zona_waktu);
        let start = |day| jadwal::days(day, day, setelan.zona_waktu).start;
        let months_ago = |months: u16| {
            let day = today.checked_sub_months(Months::new(months.into())).unwrap_or(NaiveDate::MIN);
            (months > 0).then(|| start(day))
        };
        // A code that can still be read finds its visit where it can still change.
        let of_codes = start(today - Duration::days(i64::from(setelan.kode_berlaku_hari) + 1));
        Self {
            waktu: now,
            no_show: jadwal::hari_ini(now, setelan).start,
            arsip: months_ago(setelan.arsip_bulan).map(|before| before.min(of_codes)),
            pesan: now - PESAN,
            notifikasi: now - NOTIFIKASI,
            tamu: months_ago(setelan.retensi_tamu_bulan),
        }
    }
}

/// The latest moment by which a nightly run was due: one o'clock of today or yesterday.
pub fn due_since(now: DateTime<Utc>, setelan: &Setelan) -> DateTime<Utc> {
    let one = NaiveTime::from_hms_opt(JAM, 0, 0).unwrap_or(NaiveTime::MIN);
    let today = jadwal::local_date(now, setelan.zona_waktu);
    // A clock change may skip one o'clock; then the day begins what is due.
    let at = |day: NaiveDate| {
        jadwal::instant(day, one, setelan.zona_waktu)
            .unwrap_or_else(|_| jadwal::days(day, day, setelan.zona_waktu).start)
    };
    let due = at(today);
    if due <= now { due } else { at(today - Duration::days(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_run_is_due_at_one_oclock_at_the_school() {
        let setelan = Setelan::default();
        for (now, due) in [
            // 09.00 at the school, 00.59 and 01.00.
            ("2026-11-23T02:00:00Z", "2026-11-22T18:00:00Z"),
            ("2026-11-23T17:59:59.999Z", "2026-11-22T18:00:00Z"),
            ("2026-11-23T18:00:00Z", "2026-11-23T18:00:00Z"),
        ] {
            assert_eq!(due_since(at(now), &setelan), at(due), "{now}");
        }
    }

    #[test]
    fn months_are_those_of_the_calendar_and_none_means_for_ever() {
        let setelan = Setelan { arsip_bulan: 1, retensi_tamu_bulan: 0, ..Setelan::default() };
        let plan = Rencana::at(at("2026-03-31T02:00:00Z"), &setelan);
        // The last day of February, from midnight at the school.
        assert_eq!((plan.arsip, plan.tamu), (Some(at("2026-02-27T17:00:00Z")), None));
        assert_eq!(plan.notifikasi, at("2026-03-01T02:00:00Z"));
        let for_ever = Setelan { arsip_bulan: 0, retensi_tamu_bulan: 24, ..setelan };
        let plan = Rencana::at(at("2026-03-31T02:00:00Z"), &for_ever);
        assert_eq!((plan.arsip, plan.tamu), (None, Some(at("2024-03-30T17:00:00Z"))));
    }

    #[test]
    fn a_visit_whose_code_can_be_read_is_not_archived() {
        let setelan = Setelan { arsip_bulan: 1, kode_berlaku_hari: 365, ..Setelan::default() };
        let plan = Rencana::at(at("2026-03-31T02:00:00Z"), &setelan);
        assert_eq!(plan.arsip, Some(at("2025-03-29T17:00:00Z")));
        let latest = plan.arsip.unwrap() - Duration::milliseconds(1);
        assert!(jadwal::kode_expiry(latest, &setelan) < plan.waktu, "its code has ended");
    }

    #[test]
    fn an_example_tells_the_day_at_the_school() {
        let contoh =
            Contoh::new(TugasPemeliharaan::Arsip, 7, "Dewi", at("2024-03-01T18:00:00Z"), &Setelan::default());
        assert_eq!(contoh.keterangan, "Dewi · 02-03-2024");
    }
}
