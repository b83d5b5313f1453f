//! What a change of settings touches, so that it can be told before it is made. Nothing that is over changes.

use chrono::{DateTime, NaiveTime, Utc};
use serde::Serialize;

use crate::{
    Setelan,
    hari_libur::day_of_week,
    jadwal::{self, Span},
    words::words,
};

words! {
    /// What a change does.
    pub enum JenisDampak, else UnknownJenisDampak "dampak tidak dikenal" {
        /// So many appointments lie outside the school's hours then; they stay.
        DiLuarJam = "di_luar_jam",
        /// So many lie on days of the week on which nobody works then; they stay.
        HariTutup = "hari_tutup",
        /// So many are shown at another time of day.
        JamLain = "jam_lain",
        /// So many lie further ahead than can be booked then; they stay.
        TerlaluJauh = "terlalu_jauh",
        /// So many messages that wait follow it.
        PesanMenunggu = "pesan_menunggu",
        /// Codes of so many appointments were sent already, and stay good.
        KodeLama = "kode_lama",
        /// What was recorded stays as it is.
        TakSurut = "tak_surut",
        /// Guests who agreed to the text of before are asked again.
        TanyaLagi = "tanya_lagi",
        /// Every desk asks for it from now on.
        SemuaMeja = "semua_meja",
        /// So many visits go to the archive with the next run.
        KeArsip = "ke_arsip",
        /// So many guests are made anonymous with the next run. It cannot be undone.
        Dianonimkan = "dianonimkan",
        /// So many entries of the audit are removed with the next run. It cannot be undone.
        AuditDihapus = "audit_dihapus",
    }
}

/// What the change of one setting touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dampak {
    /// The setting.
    pub setelan: &'static str,
    /// What it does.
    pub apa: JenisDampak,
    /// How much it touches; 0 where nothing is counted.
    pub jumlah: u64,
    /// For people.
    pub teks: String,
}

impl Dampak {
    /// What the change of a setting does to so much.
    pub fn new(setelan: &'static str, apa: JenisDampak, jumlah: u64) -> Self {
        Self { setelan, apa, jumlah, teks: text(apa, jumlah) }
    }

    /// What another PIN of the desks does.
    pub fn kiosk_pin() -> Self {
        Self::new("kiosk_pin", JenisDampak::SemuaMeja, 0)
    }
}

/// What becomes of the appointments that nobody has come to yet, and of the messages that wait, if the settings change.
pub fn of(
    before: &Setelan,
    after: &Setelan,
    upcoming: &[Span],
    waiting: u64,
    now: DateTime<Utc>,
) -> Vec<Dampak> {
    let mut told = Vec::new();
    let mut tell = |is_changed: bool, setelan: &'static str, apa: JenisDampak, jumlah: u64| {
        if is_changed {
            told.push(Dampak::new(setelan, apa, jumlah));
        }
    };
    let count =
        |is_touched: &dyn Fn(&Span) -> bool| upcoming.iter().filter(|span| is_touched(span)).count() as u64;
    let newly = |is_wrong: fn(&Span, &Setelan) -> bool| {
        count(&|span| is_wrong(span, after) && !is_wrong(span, before))
    };

    let (zone, other_zone) = (before.zona_waktu, after.zona_waktu);
    let moved = |span: &Span| {
        span.start.with_timezone(&zone).naive_local() != span.start.with_timezone(&other_zone).naive_local()
    };
    tell(zone != other_zone, "zona_waktu", JenisDampak::JamLain, count(&moved));
    tell(before.jam_buka != after.jam_buka, "jam_buka", JenisDampak::DiLuarJam, newly(opens_later));
    tell(before.jam_tutup != after.jam_tutup, "jam_tutup", JenisDampak::DiLuarJam, newly(closes_earlier));
    let outside =
        |span: &Span, setelan: &Setelan| opens_later(span, setelan) || closes_earlier(span, setelan);
    tell(before.jam_per_hari != after.jam_per_hari, "jam_per_hari", JenisDampak::DiLuarJam, newly(outside));
    tell(before.hari_kerja != after.hari_kerja, "hari_kerja", JenisDampak::HariTutup, newly(on_a_closed_day));
    let last = jadwal::last_day(now, after);
    let too_far = |span: &Span| jadwal::local_date(span.start, after.zona_waktu) > last;
    tell(
        before.batas_pesan_bulan != after.batas_pesan_bulan,
        "batas_pesan_bulan",
        JenisDampak::TerlaluJauh,
        count(&too_far),
    );
    let same = JenisDampak::TakSurut;
    tell(
        before.toleransi_terlambat_menit != after.toleransi_terlambat_menit,
        "toleransi_terlambat_menit",
        same,
        0,
    );
    tell(before.durasi_bawaan_menit != after.durasi_bawaan_menit, "durasi_bawaan_menit", same, 0);
    tell(before.kode_berlaku_hari != after.kode_berlaku_hari, "kode_berlaku_hari", same, 0);
    let code = JenisDampak::KodeLama;
    tell(before.alamat_publik != after.alamat_publik, "alamat_publik", code, upcoming.len() as u64);
    for (setelan, is_changed) in in_messages(before, after) {
        tell(is_changed, setelan, JenisDampak::PesanMenunggu, waiting);
    }
    let asked_anew =
        before.persetujuan_versi != after.persetujuan_versi && !after.persetujuan_teks.is_empty();
    tell(asked_anew, "persetujuan_versi", JenisDampak::TanyaLagi, 0);
    told
}

/// What stands in messages, or says when they may leave. A message is written when its turn has come.
fn in_messages(before: &Setelan, after: &Setelan) -> [(&'static str, bool); 10] {
    [
        ("nama_sekolah", before.nama_sekolah != after.nama_sekolah),
        ("tempat", before.tempat != after.tempat),
        ("alamat", before.alamat != after.alamat),
        ("petunjuk_arah", before.petunjuk_arah != after.petunjuk_arah),
        ("kontak", before.kontak != after.kontak),
        ("bahasa_bawaan", before.bahasa_bawaan != after.bahasa_bawaan),
        ("sapaan_tamu", before.sapaan_tamu != after.sapaan_tamu),
        ("jam_tenang_mulai", before.jam_tenang_mulai != after.jam_tenang_mulai),
        ("jam_tenang_selesai", before.jam_tenang_selesai != after.jam_tenang_selesai),
        ("urutan_saluran", before.urutan_saluran != after.urutan_saluran),
    ]
}

fn opens_later(span: &Span, setelan: &Setelan) -> bool {
    local_time(span.start, setelan) < setelan.jam(weekday(span, setelan)).0
}

/// An appointment that goes on past midnight goes on past closing.
fn closes_earlier(span: &Span, setelan: &Setelan) -> bool {
    let same_day = jadwal::local_date(span.start, setelan.zona_waktu)
        == jadwal::local_date(span.end, setelan.zona_waktu);
    !same_day || local_time(span.end, setelan) > setelan.jam(weekday(span, setelan)).1
}

fn on_a_closed_day(span: &Span, setelan: &Setelan) -> bool {
    !setelan.hari_kerja.contains(&weekday(span, setelan))
}

fn weekday(span: &Span, setelan: &Setelan) -> u8 {
    day_of_week(jadwal::local_date(span.start, setelan.zona_waktu))
}

fn local_time(instant: DateTime<Utc>, setelan: &Setelan) -> NaiveTime {
    instant.with_timezone(&setelan.zona_waktu).time()
}

fn text(apa: JenisDampak, jumlah: u64) -> String {
    match apa {
        JenisDampak::DiLuarJam => format!("{jumlah} janji temu berada di luar jam sekolah; tetap berlaku"),
        JenisDampak::HariTutup => format!("{jumlah} janji temu jatuh pada hari tutup; tetap berlaku"),
        JenisDampak::JamLain => format!("{jumlah} janji temu tampil pada jam lain"),
        JenisDampak::TerlaluJauh => format!("{jumlah} janji temu lebih jauh dari batas baru; tetap berlaku"),
        JenisDampak::PesanMenunggu => format!("{jumlah} pesan yang menunggu ikut berubah"),
        JenisDampak::KodeLama => format!("kode {jumlah} janji temu yang sudah dikirim tetap berlaku"),
        JenisDampak::TakSurut => "yang sudah tercatat tidak berubah".to_owned(),
        JenisDampak::TanyaLagi => "tamu yang sudah setuju ditanya lagi".to_owned(),
        JenisDampak::SemuaMeja => "berlaku di semua meja depan".to_owned(),
        JenisDampak::KeArsip => format!("{jumlah} kunjungan lama masuk arsip; tetap bisa dicari"),
        JenisDampak::Dianonimkan => format!("{jumlah} tamu dianonimkan; tidak bisa dikembalikan"),
        JenisDampak::AuditDihapus => format!("{jumlah} catatan audit dihapus; tidak bisa dikembalikan"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setelan::JamHari;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Monday 09.30, Saturday 10.00 and Monday 16.30 in Jakarta, each for half an hour.
    fn upcoming() -> [Span; 3] {
        ["2026-11-23T02:30:00Z", "2026-11-28T03:00:00Z", "2026-12-21T09:30:00Z"]
            .map(|start| Span::minutes(utc(start), 30))
    }

    #[track_caller]
    fn told(change: impl FnOnce(&mut Setelan)) -> Vec<(&'static str, JenisDampak, u64)> {
        let before = Setelan::default();
        let mut after = before.clone();
        change(&mut after);
        let told = of(&before, &after, &upcoming(), 4, utc("2026-11-22T02:00:00Z"));
        told.into_iter().map(|one| (one.setelan, one.apa, one.jumlah)).collect()
    }

    #[test]
    fn what_lies_outside_from_now_on_is_counted() {
        use JenisDampak::*;
        let time = |text: &str| text.parse().unwrap();
        assert_eq!(told(|after| after.jam_buka = time("09:45:00")), [("jam_buka", DiLuarJam, 1)]);
        assert_eq!(told(|after| after.jam_tutup = time("16:59:00")), [("jam_tutup", DiLuarJam, 1)]);
        assert_eq!(told(|after| after.jam_tutup = time("18:00:00")), [("jam_tutup", DiLuarJam, 0)]);
        let own = |hari, tutup| vec![JamHari { hari, buka: time("07:00:00"), tutup: time(tutup) }];
        assert_eq!(told(|after| after.jam_per_hari = own(6, "10:29:00")), [("jam_per_hari", DiLuarJam, 1)]);
        assert_eq!(told(|after| after.jam_per_hari = own(6, "10:30:00")), [("jam_per_hari", DiLuarJam, 0)]);
        assert_eq!(told(|after| after.hari_kerja = vec![1, 2, 3, 4, 5]), [("hari_kerja", HariTutup, 1)]);
        assert_eq!(told(|after| after.batas_pesan_bulan = 1), [("batas_pesan_bulan", TerlaluJauh, 0)]);
    }

    #[test]
    fn another_zone_shows_every_appointment_at_another_time() {
        let jayapura = told(|after| after.zona_waktu = chrono_tz::Asia::Jayapura);
        assert_eq!(jayapura[0], ("zona_waktu", JenisDampak::JamLain, 3));
        let pontianak = told(|after| after.zona_waktu = chrono_tz::Asia::Pontianak);
        assert_eq!(pontianak[0], ("zona_waktu", JenisDampak::JamLain, 0), "the same clock by another name");
    }

    #[test]
    fn what_is_over_stays_and_what_waits_follows() {
        use JenisDampak::*;
        assert_eq!(
            told(|after| after.toleransi_terlambat_menit = 20),
            [("toleransi_terlambat_menit", TakSurut, 0)]
        );
        assert_eq!(
            told(|after| after.sapaan_tamu = "Ayah/Bunda".to_owned()),
            [("sapaan_tamu", PesanMenunggu, 4)]
        );
        assert_eq!(
            told(|after| after.alamat_publik = "https://x.example".to_owned()),
            [("alamat_publik", KodeLama, 3)]
        );
        assert_eq!(told(|after| after.keperluan = vec!["Rapor".to_owned()]), []);
        assert_eq!(told(|_| ()), []);
    }
}
