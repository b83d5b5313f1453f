//! Moves by hand, forwards and back.

use chrono::Duration;

use super::*;
use crate::{IdPengguna, pindai::tests::janji_temu};

fn check_as(oleh: Role, row: &JanjiTemu, tujuan: Status, now: DateTime<Utc>) -> Result<Arah, InvalidPindah> {
    check(row, tujuan, None, oleh, now, &Setelan::default())
}

fn checked(dari: Status, tujuan: Status, alasan: Option<&str>) -> Result<Arah, InvalidPindah> {
    let row = janji_temu(dari);
    check(&row, tujuan, alasan, Role::Guru, row.jadwal, &Setelan::default())
}

#[test]
fn nobody_stays_away_before_the_time_agreed() {
    let row = janji_temu(Status::Belum);
    for (early, expected) in [
        (Duration::days(40), Err(InvalidPindah::Transisi)),
        (Duration::milliseconds(1), Err(InvalidPindah::Transisi)),
        (Duration::zero(), Ok(Arah::Maju)),
    ] {
        let now = row.jadwal - early;
        assert_eq!(check_as(Role::Admin, &row, Status::TidakHadir, now), expected, "{early}");
        assert_eq!(check_as(Role::Admin, &row, Status::Batal, now), Ok(Arah::Maju), "{early}");
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
    assert_eq!(again(Some("Sakit")), Ok(Arah::Tetap));
    assert_eq!(again(None), Ok(Arah::Tetap));
    assert_eq!(again(Some("Rapat")), Err(InvalidPindah::Transisi));
    assert_eq!(checked(Status::Batal, Status::Batal, Some("Sakit")), Err(InvalidPindah::Transisi));
}

#[test]
fn forwards_the_machine_says() {
    for dari in Status::ALL {
        for tujuan in Status::ALL {
            let expected = match dari == tujuan {
                true => Ok(Arah::Tetap),
                false if dari.can_become(tujuan) => Ok(Arah::Maju),
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
    let left_and_reviewed = JanjiTemu { ulasan_pada: arrival, ..left.clone() };
    let meeting = JanjiTemu { waktu_mulai: arrival, ..janji_temu(Status::SedangBerlangsung) };
    vec![
        (here, Some(Status::Belum)),
        (walk_in, Some(Status::Batal)),
        (left, Some(Status::Menunggu)),
        (left_after_meeting, Some(Status::SedangBerlangsung)),
        (reviewed, None),
        (left_and_reviewed, None),
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
                    assert_eq!(checked == Ok(Arah::Kembali), is_back, "{says}");
                }
                let by_guru = check_as(Role::Guru, &row, tujuan, now);
                assert_ne!(by_guru, Ok(Arah::Kembali), "{} → {tujuan}", row.status);
            }
        }
    }
}

fn pengguna(id: i64, role: Role) -> Pengguna {
    Pengguna {
        id: IdPengguna(id),
        nama: "Sari Puspita".to_owned(),
        sapaan: None,
        jabatan: None,
        email: "resepsionis@sekolah.example".to_owned(),
        telp: None,
        role,
        wajib_ganti_password: false,
        aktif: true,
        unit: false,
        dibuat_pada: "2026-11-01T02:00:00Z".parse().unwrap(),
        rusak: false,
    }
}

fn moved_by(oleh: &Pengguna, row: &JanjiTemu, status: Status, now: DateTime<Utc>) -> ManualMove {
    let to = MoveTarget { status, alasan: None, oleh };
    pindah(row, to, now, &Setelan::default()).unwrap_or_else(|error| panic!("{status}: {error}"))
}

/// The step of a move, which way it may go.
fn step(pindah: ManualMove) -> VisitStep {
    match pindah {
        ManualMove::Maju(change) | ManualMove::Kembali(change) => change.langkah.unwrap(),
        ManualMove::Tetap => panic!("it stays"),
    }
}

#[test]
fn a_move_leads_where_it_was_asked_for() {
    let oleh = pengguna(9, Role::Admin);
    for (row, back) in steps() {
        let forwards = Status::ALL.into_iter().filter(|next| row.status.can_become(*next));
        for tujuan in forwards.chain(back) {
            let langkah = step(moved_by(&oleh, &row, tujuan, row.jadwal));
            assert_eq!(langkah.tujuan(), tujuan, "{} → {tujuan}: {langkah:?}", row.status);
        }
        assert_eq!(moved_by(&oleh, &row, row.status, row.jadwal), ManualMove::Tetap);
    }
}

#[test]
fn by_hand_too_a_guest_arrives_on_the_day_only_and_late_past_the_tolerance() {
    let row = janji_temu(Status::Belum);
    let desk = pengguna(9, Role::PenerimaTamu);
    let to = || MoveTarget { status: Status::Menunggu, alasan: None, oleh: &desk };
    let another_day = pindah(&row, to(), row.jadwal - Duration::days(1), &Setelan::default());
    assert_eq!(another_day, Err(InvalidPindah::Kedatangan(Penolakan::BukanHariIni)));
    for (minutes, terlambat) in [(15, false), (16, true)] {
        let langkah = step(moved_by(&desk, &row, Status::Menunggu, row.jadwal + Duration::minutes(minutes)));
        assert_eq!(langkah, VisitStep::Datang { terlambat, di_meja: true });
    }
}

#[test]
fn who_is_visited_is_no_desk_and_no_departure_lies_before_the_arrival() {
    let here = janji_temu(Status::Menunggu);
    let early = here.jadwal - Duration::hours(1);
    let guru = Pengguna { id: here.id_guru, ..pengguna(9, Role::Admin) };
    for (oleh, di_meja) in [(pengguna(9, Role::Admin), true), (pengguna(9, Role::Guru), false), (guru, false)]
    {
        let langkah = step(moved_by(&oleh, &here, Status::Selesai, early));
        assert_eq!(langkah, VisitStep::Pulang { waktu_selesai: here.jadwal, di_meja });
    }
}

#[test]
fn nothing_moves_once_the_guest_was_erased() {
    let erased = |row: JanjiTemu| JanjiTemu { tamu_terhapus: true, ..row };
    for (row, tujuan) in steps() {
        let Some(tujuan) = tujuan else { continue };
        let now = row.waktu_selesai.or(row.waktu_datang).unwrap_or(row.jadwal);
        assert_eq!(check_as(Role::Admin, &row, tujuan, now), Ok(Arah::Kembali), "{}", row.status);
        assert_eq!(check_as(Role::Admin, &erased(row), tujuan, now), Err(InvalidPindah::Transisi));
    }
    let off = erased(janji_temu(Status::Batal));
    assert_eq!(check_as(Role::Admin, &off, Status::Batal, off.jadwal), Ok(Arah::Tetap));
}
