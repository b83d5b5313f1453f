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
        id_tamu: IdTamu(1),
        nama_tamu: "Budi Santoso".to_owned(),
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
        diberi_tahu_pada: None,
        dibaca_pada: None,
        notifikasi_dihapus_pada: None,
        datang_di_meja: false,
        pulang_di_meja: false,
        rating: None,
        komentar: None,
        ulasan_pada: None,
        dibuat_pada: jadwal() - Duration::days(1),
        rusak: crate::Kerusakan::Tidak,
    }
}

fn decide_at(status: Status, after_jadwal: Duration) -> Result<Keputusan, Penolakan> {
    decide(&janji_temu(status), jadwal() + after_jadwal, &Setelan::default())
}

#[test]
fn today_and_not_here_yet_arrives() {
    for (minutes, terlambat) in [(-120, false), (0, false), (15, false), (16, true)] {
        let decision = decide_at(Status::Belum, Duration::minutes(minutes));
        assert_eq!(
            decision,
            Ok(Keputusan::Datang { terlambat }),
            "{minutes} minutes after the scheduled time"
        );
    }
}

#[test]
fn a_second_scan_within_five_minutes_changes_nothing() {
    assert_eq!(decide_at(Status::Menunggu, Duration::seconds(299)), Ok(Keputusan::SudahDatang));
}

#[test]
fn later_or_after_the_meeting_began_the_guest_leaves() {
    let after = Duration::minutes(5);
    let waktu_selesai = jadwal() + after;
    assert_eq!(decide_at(Status::Menunggu, after), Ok(Keputusan::Pulang { waktu_selesai }));
    let soon = Duration::seconds(1);
    let waktu_selesai = jadwal() + soon;
    assert_eq!(decide_at(Status::SedangBerlangsung, soon), Ok(Keputusan::Pulang { waktu_selesai }));
}

#[test]
fn whoever_stayed_over_midnight_may_leave() {
    assert!(matches!(decide_at(Status::Menunggu, Duration::hours(20)), Ok(Keputusan::Pulang { .. })));
}

#[test]
fn a_clock_that_jumped_back_neither_shows_the_guest_out_nor_ends_before_the_arrival() {
    assert_eq!(decide_at(Status::Menunggu, Duration::hours(-1)), Ok(Keputusan::SudahDatang));
    let waktu_selesai = jadwal();
    assert_eq!(
        decide_at(Status::SedangBerlangsung, Duration::hours(-1)),
        Ok(Keputusan::Pulang { waktu_selesai })
    );
}

#[test]
fn after_the_visit_and_refusals() {
    let soon = Duration::minutes(1);
    assert_eq!(decide_at(Status::Selesai, soon), Ok(Keputusan::SudahSelesai));
    assert_eq!(decide_at(Status::Batal, soon), Err(Penolakan::Dibatalkan));
    assert_eq!(decide_at(Status::TidakHadir, soon), Err(Penolakan::SudahDiproses));
    assert_eq!(decide_at(Status::Belum, Duration::days(1)), Err(Penolakan::BukanHariIni));
    assert_eq!(decide_at(Status::Belum, Duration::days(-1)), Err(Penolakan::BukanHariIni));
}

#[test]
fn a_permanent_code_finds_the_one_open_appointment() {
    let visits = [janji_temu(Status::Selesai), janji_temu(Status::Belum), janji_temu(Status::Batal)];
    assert_eq!(resolve_permanen(&visits), Permanen::Satu(&visits[1]));
    assert_eq!(resolve_permanen(&visits[..1]), Permanen::Satu(&visits[0]));
    assert_eq!(resolve_permanen(&visits[2..]), Permanen::TanpaJanji);
    let two = [janji_temu(Status::Menunggu), janji_temu(Status::Belum)];
    assert_eq!(resolve_permanen(&two), Permanen::Pilih(two.iter().collect()));
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
