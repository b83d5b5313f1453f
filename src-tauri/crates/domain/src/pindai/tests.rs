//! Every line of the contract's "one scan, one button-free answer".

use chrono::Duration;

use super::*;
use crate::{IdJanjiTemu, IdPengguna, IdTamu, Jenis, Telp};

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// 09.00 in Jakarta.
fn jadwal() -> DateTime<Utc> {
    utc("2026-11-23T02:00:00Z")
}

pub(crate) fn janji_temu(status: Status) -> JanjiTemu {
    JanjiTemu {
        id: IdJanjiTemu(1),
        versi: 1,
        id_guru: IdPengguna(1),
        nama_guru: "Ratna Wulandari".to_owned(),
        sapaan_guru: None,
        jabatan_guru: None,
        unit: false,
        anggota: Vec::new(),
        id_tamu: IdTamu(1),
        nama_tamu: "Budi Santoso".to_owned(),
        tamu_terhapus: false,
        atas_nama: None,
        jumlah_orang: 1,
        telp: Some(Telp::parse("081234567890").unwrap()),
        instansi: None,
        email: None,
        keperluan: "Konsultasi".to_owned(),
        jadwal: jadwal(),
        durasi_menit: 30,
        jenis: Jenis::Janji,
        status,
        alasan: None,
        kode_qr: String::new(),
        waktu_datang: status.is_on_site().then(jadwal),
        terlambat: false,
        waktu_mulai: None,
        waktu_selesai: None,
        tanggapan: None,
        tanggapan_jenis: None,
        tanggapan_menit: None,
        tanggapan_tempat: None,
        ditanggapi_pada: None,
        ditanggapi_oleh: None,
        nama_penanggap: None,
        diberi_tahu_pada: None,
        dibaca_pada: None,
        notifikasi_dihapus_pada: None,
        datang_di_meja: false,
        batal_oleh_tamu: false,
        survei_diisi: false,
        pulang_di_meja: false,
        rating: None,
        komentar: None,
        komentar_tersembunyi: false,
        ulasan_pada: None,
        dibuat_pada: jadwal() - Duration::days(1),
        rusak: crate::Damage::Tidak,
    }
}

fn decide_at(status: Status, after_jadwal: Duration) -> Result<Decision, Penolakan> {
    decide(&janji_temu(status), jadwal() + after_jadwal, &Setelan::default())
}

#[test]
fn today_and_not_here_yet_arrives() {
    for (minutes, terlambat) in [(-120, false), (0, false), (15, false), (16, true)] {
        let decision = decide_at(Status::Belum, Duration::minutes(minutes));
        assert_eq!(
            decision,
            Ok(Decision::Datang { terlambat }),
            "{minutes} minutes after the scheduled time"
        );
    }
}

/// A guest who waits since the scheduled time and was answered this many minutes after it.
fn answered(jenis: JenisTanggapan, minutes: i64) -> JanjiTemu {
    JanjiTemu {
        tanggapan_jenis: Some(jenis),
        ditanggapi_pada: Some(jadwal() + Duration::minutes(minutes)),
        ..janji_temu(Status::Menunggu)
    }
}

#[test]
fn a_second_scan_of_who_was_not_called_changes_nothing_however_late() {
    for after in [Duration::seconds(1), Duration::minutes(5), Duration::hours(3), Duration::hours(14)] {
        assert_eq!(decide_at(Status::Menunggu, after), Ok(Decision::SudahDatang), "{after}");
        for jenis in [JenisTanggapan::Sebentar, JenisTanggapan::TidakBisa, JenisTanggapan::Teks] {
            let decision = decide(&answered(jenis, 0), jadwal() + after, &Setelan::default());
            assert_eq!(decision, Ok(Decision::SudahDatang), "{jenis:?}, {after}");
        }
    }
}

#[test]
fn who_was_called_leaves_when_arrival_and_call_are_five_minutes_ago() {
    for jenis in [JenisTanggapan::KeLobi, JenisTanggapan::Antar] {
        for (answered_after, scanned_after, leaves) in
            [(0, 299, false), (0, 300, true), (20, 1499, false), (20, 1500, true), (-2, 200, false)]
        {
            let now = jadwal() + Duration::seconds(scanned_after);
            let expected = match leaves {
                true => Decision::Pulang { waktu_selesai: now },
                false => Decision::SudahDatang,
            };
            let decision = decide(&answered(jenis, answered_after), now, &Setelan::default());
            assert_eq!(decision, Ok(expected), "{jenis:?} after {answered_after} minutes, {scanned_after} s");
        }
    }
    let patient = Setelan { jeda_pulang_menit: 10, ..Setelan::default() };
    let now = jadwal() + Duration::minutes(9);
    assert_eq!(decide(&answered(JenisTanggapan::KeLobi, 0), now, &patient), Ok(Decision::SudahDatang));
}

#[test]
fn after_the_meeting_began_the_guest_leaves() {
    let soon = Duration::seconds(1);
    let waktu_selesai = jadwal() + soon;
    assert_eq!(decide_at(Status::SedangBerlangsung, soon), Ok(Decision::Pulang { waktu_selesai }));
}

#[test]
fn whoever_stayed_over_midnight_may_leave() {
    let now = jadwal() + Duration::hours(18);
    let called = decide(&answered(JenisTanggapan::KeLobi, 1), now, &Setelan::default());
    assert!(matches!(called, Ok(Decision::Pulang { .. })));
    assert!(matches!(decide_at(Status::SedangBerlangsung, Duration::hours(18)), Ok(Decision::Pulang { .. })));
}

#[test]
fn a_clock_that_jumped_back_neither_shows_the_guest_out_nor_ends_before_the_arrival() {
    assert_eq!(decide_at(Status::Menunggu, Duration::hours(-1)), Ok(Decision::SudahDatang));
    let waktu_selesai = jadwal();
    assert_eq!(
        decide_at(Status::SedangBerlangsung, Duration::hours(-1)),
        Ok(Decision::Pulang { waktu_selesai })
    );
}

#[test]
fn after_the_visit_and_refusals() {
    let soon = Duration::minutes(1);
    assert_eq!(decide_at(Status::Selesai, soon), Ok(Decision::SudahSelesai));
    assert_eq!(decide_at(Status::Batal, soon), Err(Penolakan::Dibatalkan));
    for status in [Status::Belum, Status::TidakHadir] {
        assert_eq!(decide_at(status, Duration::days(1)), Err(Penolakan::BukanHariIni));
        assert_eq!(decide_at(status, Duration::days(-1)), Err(Penolakan::BukanHariIni));
    }
}

#[test]
fn whoever_was_given_up_arrives_late_all_the_same() {
    for minutes in [0, 1, 16, 600] {
        let decision = decide_at(Status::TidakHadir, Duration::minutes(minutes));
        assert_eq!(decision, Ok(Decision::Datang { terlambat: true }), "{minutes} minutes after");
    }
}

#[test]
fn midnight_makes_nobody_a_guest_of_another_day() {
    let at = |jadwal: &str, now: &str| {
        let row = JanjiTemu { jadwal: utc(jadwal), ..janji_temu(Status::Belum) };
        decide(&row, utc(now), &Setelan::default())
    };
    let (before, after) = ("2026-11-23T16:55:00Z", "2026-11-23T17:10:00Z");
    assert_eq!(at(before, "2026-11-23T17:02:00Z"), Ok(Decision::Datang { terlambat: false }));
    assert_eq!(at(before, "2026-11-23T17:30:00Z"), Ok(Decision::Datang { terlambat: true }));
    assert_eq!(at(after, "2026-11-23T16:50:00Z"), Ok(Decision::Datang { terlambat: false }));
    assert_eq!(at(after, "2026-11-23T10:00:00Z"), Err(Penolakan::BukanHariIni));
}

#[test]
fn a_permanent_code_finds_the_one_open_appointment() {
    let visits = [janji_temu(Status::Selesai), janji_temu(Status::Belum), janji_temu(Status::Batal)];
    assert_eq!(resolve_permanen(&visits), PermanentCode::Satu(&visits[1]));
    assert_eq!(resolve_permanen(&visits[..1]), PermanentCode::Satu(&visits[0]));
    assert_eq!(resolve_permanen(&visits[2..]), PermanentCode::TanpaJanji);
    let given_up = [janji_temu(Status::Selesai), janji_temu(Status::TidakHadir), janji_temu(Status::Belum)];
    assert_eq!(resolve_permanen(&given_up), PermanentCode::Satu(&given_up[2]));
    assert_eq!(resolve_permanen(&given_up[..2]), PermanentCode::Satu(&given_up[1]));
    let two = [janji_temu(Status::Menunggu), janji_temu(Status::Belum)];
    assert_eq!(resolve_permanen(&two), PermanentCode::Pilih(two.iter().collect()));
}

#[test]
fn no_step_of_a_visit_lies_before_the_one_before_it() {
    let mut here = janji_temu(Status::Menunggu);
    let hour = Duration::hours(1);
    assert_eq!(here.time_of_step(jadwal() + hour), jadwal() + hour);
    assert_eq!(here.time_of_step(jadwal() - hour), jadwal(), "the clock was set back after the arrival");
    here.waktu_mulai = Some(jadwal() + hour);
    assert_eq!(here.time_of_step(jadwal() - hour), jadwal() + hour, "and after they met");
}

#[test]
fn a_visit_whose_end_was_never_taken_neither_ends_nor_begins_days_later() {
    let setelan = Setelan::default();
    for status in [Status::Menunggu, Status::SedangBerlangsung] {
        let row = JanjiTemu {
            waktu_datang: Some(jadwal()),
            tanggapan_jenis: Some(JenisTanggapan::KeLobi),
            ..janji_temu(status)
        };
        for (hours, is_left_open_then) in
            [(1, false), (11, false), (18, false), (20, true), (24, true), (72, true)]
        {
            let now = jadwal() + Duration::hours(hours);
            assert_eq!(is_left_open(&row, now, &setelan), is_left_open_then, "{hours} h");
            let refused = decide(&row, now, &setelan) == Err(Penolakan::BukanHariIni);
            assert_eq!(refused, is_left_open_then, "{hours} h");
        }
    }
    // A guest who came in the evening leaves after midnight.
    let evening = JanjiTemu {
        waktu_datang: Some(utc("2026-11-23T11:00:00Z")),
        ..janji_temu(Status::SedangBerlangsung)
    };
    assert!(!is_left_open(&evening, utc("2026-11-23T17:30:00Z"), &setelan));
}

#[test]
fn nobody_comes_or_goes_any_more_who_was_erased() {
    for status in Status::ALL {
        let row = JanjiTemu { tamu_terhapus: true, ..janji_temu(status) };
        assert_eq!(decide(&row, row.jadwal, &Setelan::default()), Err(Penolakan::TidakDitemukan), "{status}");
    }
}
