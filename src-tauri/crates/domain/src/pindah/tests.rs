//! Moves by hand, forwards and back.

use chrono::Duration;

use super::*;
use crate::pindai::tests::janji_temu;

fn check_as(
    oleh: Role,
    row: &JanjiTemu,
    tujuan: Status,
    now: DateTime<Utc>,
) -> Result<Pindah, InvalidPindah> {
    check(row, tujuan, None, oleh, now, &Setelan::default())
}

fn checked(dari: Status, tujuan: Status, alasan: Option<&str>) -> Result<Pindah, InvalidPindah> {
    let row = janji_temu(dari);
    check(&row, tujuan, alasan, Role::Guru, row.jadwal, &Setelan::default())
}

#[test]
fn nobody_stays_away_before_the_time_agreed() {
    let row = janji_temu(Status::Belum);
    for (early, expected) in [
        (Duration::days(40), Err(InvalidPindah::Transisi)),
        (Duration::milliseconds(1), Err(InvalidPindah::Transisi)),
        (Duration::zero(), Ok(Pindah::Maju)),
    ] {
        let now = row.jadwal - early;
        assert_eq!(check_as(Role::Admin, &row, Status::TidakHadir, now), expected, "{early}");
        assert_eq!(check_as(Role::Admin, &row, Status::Batal, now), Ok(Pindah::Maju), "{early}");
    }
}

#[test]
fn a_reason_is_kept_or_refused() {
    for tujuan in Status::ALL {
        let takes_one = matches!(tujuan, Status::Batal | Status::TidakHadir);
        for dari in Status::ALL {
            let refused = checked(dari, tujuan, Some("Sakit")) == Err(InvalidPindah::Alasan);
            assert_eq!(refused, !takes_one, "{dari} → {tujuan}");
        }
    }
    let mut closed = janji_temu(Status::Batal);
    closed.alasan = Some("Sakit".to_owned());
    let again =
        |alasan| check(&closed, Status::Batal, alasan, Role::Guru, closed.jadwal, &Setelan::default());
    assert_eq!(again(Some("Sakit")), Ok(Pindah::Tetap));
    assert_eq!(again(None), Ok(Pindah::Tetap));
    assert_eq!(again(Some("Rapat")), Err(InvalidPindah::Transisi));
    assert_eq!(checked(Status::Batal, Status::Batal, Some("Sakit")), Err(InvalidPindah::Transisi));
}

#[test]
fn forwards_the_machine_says() {
    for dari in Status::ALL {
        for tujuan in Status::ALL {
            let expected = match dari == tujuan {
                true => Ok(Pindah::Tetap),
                false if dari.can_become(tujuan) => Ok(Pindah::Maju),
                false => Err(InvalidPindah::Transisi),
            };
            assert_eq!(checked(dari, tujuan, None), expected, "{dari} → {tujuan}");
        }
    }
}

/// A visit as it stands, arrived at the scheduled time; and the moves by which the desk takes its last step back.
fn steps() -> Vec<(JanjiTemu, Option<Status>)> {
    let here = janji_temu(Status::Menunggu);
    let walk_in = JanjiTemu { jenis: Jenis::Langsung, ..here.clone() };
    let arrival = here.waktu_datang;
    let left = JanjiTemu {
        status: Status::Selesai,
        waktu_selesai: arrival,
        waktu_datang: arrival,
        ..janji_temu(Status::Selesai)
    };
    let left_after_meeting = JanjiTemu { waktu_mulai: arrival, ..left.clone() };
    let reviewed = JanjiTemu { ulasan_pada: arrival, ..here.clone() };
    let meeting = JanjiTemu { waktu_mulai: arrival, ..janji_temu(Status::SedangBerlangsung) };
    vec![
        (here, Some(Status::Belum)),
        (walk_in, Some(Status::Batal)),
        (left, Some(Status::Menunggu)),
        (left_after_meeting, Some(Status::SedangBerlangsung)),
        (reviewed, None),
        (meeting, None),
        (janji_temu(Status::Batal), None),
        (janji_temu(Status::TidakHadir), None),
        (janji_temu(Status::Belum), None),
    ]
}

#[test]
fn the_desk_takes_its_last_step_back_within_five_minutes() {
    for (row, back) in steps() {
        for tujuan in Status::ALL.into_iter().filter(|tujuan| *tujuan != row.status) {
            for (after, in_time) in [
                (Duration::hours(-1), true),
                (Duration::zero(), true),
                (Duration::minutes(5), true),
                (Duration::minutes(5) + Duration::milliseconds(1), false),
                (Duration::days(3), false),
            ] {
                let now = row.jadwal + after;
                let is_back = back == Some(tujuan) && in_time;
                for role in [Role::Admin, Role::PenerimaTamu] {
                    let checked = check_as(role, &row, tujuan, now);
                    let says = format!("{} → {tujuan} after {after}: {checked:?}", row.status);
                    assert_eq!(checked == Ok(Pindah::Kembali), is_back, "{says}");
                }
                let by_guru = check_as(Role::Guru, &row, tujuan, now);
                assert_ne!(by_guru, Ok(Pindah::Kembali), "{} → {tujuan}", row.status);
            }
        }
    }
}
