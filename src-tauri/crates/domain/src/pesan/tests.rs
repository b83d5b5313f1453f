//! When messages leave, which are still wanted, and what a report changes.

use chrono::{DateTime, Utc};

use super::*;
use crate::{JanjiTemu, Setelan, Status, pindai::tests::janji_temu};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn leaves(jenis: JenisPesan, jadwal: &str, now: &str) -> DateTime<Utc> {
    leaves_at(jenis, Some(at(jadwal)), at(now), &Setelan::default())
}

#[test]
fn nothing_rings_at_night_unless_it_is_of_today() {
    let tomorrow = "2026-11-24T03:00:00Z";
    // 18.59, 19.00, 23.59 and 05.59 in Jakarta.
    assert_eq!(leaves(JenisPesan::Undangan, tomorrow, "2026-11-23T11:59:00Z"), at("2026-11-23T11:59:00Z"));
    for night in ["2026-11-23T12:00:00Z", "2026-11-23T16:59:00Z"] {
        assert_eq!(leaves(JenisPesan::Undangan, tomorrow, night), at("2026-11-23T23:00:00Z"), "{night}");
    }
    let later = "2026-11-25T03:00:00Z";
    assert_eq!(leaves(JenisPesan::Batal, later, "2026-11-23T22:59:00Z"), at("2026-11-23T23:00:00Z"));
    assert_eq!(leaves(JenisPesan::Batal, later, "2026-11-23T23:00:00Z"), at("2026-11-23T23:00:00Z"));
    let early = "2026-11-23T17:30:00Z";
    assert_eq!(leaves(JenisPesan::Undangan, tomorrow, early), at(early), "half past midnight of that day");
    for jenis in [JenisPesan::Kedatangan, JenisPesan::BatalTamu, JenisPesan::Kredensial] {
        assert_eq!(leaves(jenis, later, "2026-11-23T16:59:00Z"), at("2026-11-23T16:59:00Z"), "{jenis:?}");
    }
}

#[test]
fn quiet_hours_may_lie_within_a_day_or_be_none() {
    let hours = |from: &str, to: &str| Setelan {
        jam_tenang_mulai: from.parse().unwrap(),
        jam_tenang_selesai: to.parse().unwrap(),
        ..Setelan::default()
    };
    let leaves = |setelan: &Setelan, now: &str| {
        leaves_at(JenisPesan::Undangan, Some(at("2026-12-01T03:00:00Z")), at(now), setelan)
    };
    let noon = hours("12:00:00", "13:00:00");
    assert_eq!(leaves(&noon, "2026-11-23T05:30:00Z"), at("2026-11-23T06:00:00Z"));
    assert_eq!(leaves(&noon, "2026-11-23T06:00:00Z"), at("2026-11-23T06:00:00Z"));
    let never = hours("00:00:00", "00:00:00");
    assert_eq!(leaves(&never, "2026-11-23T17:00:00Z"), at("2026-11-23T17:00:00Z"));
}

fn wanted(jenis: JenisPesan, janji_temu: &JanjiTemu, was_told: bool) -> Result<(), AlasanPesan> {
    is_wanted(jenis, janji_temu, was_told, at("2026-11-23T02:00:00Z"), &Setelan::default())
}

fn with(status: Status, jadwal: &str) -> JanjiTemu {
    JanjiTemu { jadwal: at(jadwal), durasi_menit: 30, ..janji_temu(status) }
}

#[test]
fn what_was_called_off_or_is_over_is_not_told() {
    let ahead = "2026-11-24T02:00:00Z";
    let over = "2026-11-23T01:30:00Z";
    assert_eq!(wanted(JenisPesan::Undangan, &with(Status::Belum, ahead), false), Ok(()));
    assert_eq!(wanted(JenisPesan::Undangan, &with(Status::Belum, over), false), Err(AlasanPesan::SudahLewat));
    assert_eq!(
        wanted(JenisPesan::Undangan, &with(Status::Batal, ahead), false),
        Err(AlasanPesan::Dibatalkan)
    );
    assert_eq!(
        wanted(JenisPesan::Pindah, &with(Status::Menunggu, ahead), true),
        Err(AlasanPesan::SudahLewat)
    );
    assert_eq!(wanted(JenisPesan::Batal, &with(Status::Batal, ahead), true), Ok(()));
    assert_eq!(wanted(JenisPesan::Batal, &with(Status::Batal, ahead), false), Err(AlasanPesan::TidakPerlu));
    let by_guest = JanjiTemu { batal_oleh_tamu: true, ..with(Status::Batal, ahead) };
    assert_eq!(wanted(JenisPesan::Batal, &by_guest, true), Err(AlasanPesan::TidakPerlu));
    assert_eq!(wanted(JenisPesan::BatalTamu, &by_guest, true), Ok(()));
}

#[test]
fn a_guru_who_knows_already_is_not_told_and_the_school_decides_whether_at_all() {
    let here = with(Status::Menunggu, "2026-11-23T02:00:00Z");
    assert_eq!(wanted(JenisPesan::Kedatangan, &here, false), Err(AlasanPesan::TidakPerlu));
    let setelan = Setelan { kabari_guru: true, ..Setelan::default() };
    let told = |row: &JanjiTemu| is_wanted(JenisPesan::Kedatangan, row, false, row.jadwal, &setelan);
    assert_eq!(told(&here), Ok(()));
    let read = JanjiTemu { dibaca_pada: Some(here.jadwal), ..here };
    assert_eq!(told(&read), Err(AlasanPesan::TidakPerlu));
}

#[test]
fn a_report_changes_only_what_it_is_ahead_of() {
    let of = |keadaan| {
        let (becomes, before) = reported(keadaan);
        (becomes, before.collect::<Vec<_>>())
    };
    assert_eq!(of(KeadaanPesan::Terkirim), (KeadaanPesan::Terkirim, vec!["diserahkan"]));
    assert_eq!(of(KeadaanPesan::Dibaca), (KeadaanPesan::Dibaca, vec!["diserahkan", "terkirim", "sampai"]));
    let under_way = vec!["diserahkan", "terkirim"];
    assert_eq!(of(KeadaanPesan::Gagal), (KeadaanPesan::Menunggu, under_way), "the next channel has it");
}
