//! Moves by hand: what a person may make of an appointment without its code, and when.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::{JanjiTemu, Status};

/// What a move by hand comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pindah {
    /// The appointment moves.
    Maju,
    /// It stands there already, for the reason that was given, if one was: the same request sent again.
    Tetap,
}

/// Why a move by hand is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidPindah {
    /// The machine forbids it, or forbids it yet.
    #[error("status janji temu tidak mengizinkan perubahan itu")]
    Transisi,
    /// Only what closes an appointment without a visit has a reason.
    #[error("hanya untuk batal atau tidak hadir")]
    Alasan,
}

/// Whether an appointment may be moved to `tujuan` by hand, for the reason given.
///
/// Nobody stays away before the time that was agreed. A reason is kept or refused, never dropped: of an appointment that was
/// closed before, another reason is refused as another move would be.
///
/// # Errors
/// [`InvalidPindah`].
pub fn check(
    janji_temu: &JanjiTemu,
    tujuan: Status,
    alasan: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Pindah, InvalidPindah> {
    if alasan.is_some() && !matches!(tujuan, Status::Batal | Status::TidakHadir) {
        return Err(InvalidPindah::Alasan);
    }
    if janji_temu.status == tujuan {
        let is_told = alasan.is_none_or(|alasan| janji_temu.alasan.as_deref() == Some(alasan));
        return if is_told { Ok(Pindah::Tetap) } else { Err(InvalidPindah::Transisi) };
    }
    let is_too_early = tujuan == Status::TidakHadir && now < janji_temu.jadwal;
    if is_too_early || !janji_temu.status.can_become(tujuan) {
        return Err(InvalidPindah::Transisi);
    }
    Ok(Pindah::Maju)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::pindai::tests::janji_temu;

    fn checked(dari: Status, tujuan: Status, alasan: Option<&str>) -> Result<Pindah, InvalidPindah> {
        let row = janji_temu(dari);
        check(&row, tujuan, alasan, row.jadwal)
    }

    #[test]
    fn nobody_stays_away_before_the_time_agreed() {
        let row = janji_temu(Status::Belum);
        for (early, expected) in [
            (Duration::days(40), Err(InvalidPindah::Transisi)),
            (Duration::milliseconds(1), Err(InvalidPindah::Transisi)),
            (Duration::zero(), Ok(Pindah::Maju)),
        ] {
            assert_eq!(check(&row, Status::TidakHadir, None, row.jadwal - early), expected, "{early}");
            assert_eq!(check(&row, Status::Batal, None, row.jadwal - early), Ok(Pindah::Maju), "{early}");
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
        let again = |alasan| check(&closed, Status::Batal, alasan, closed.jadwal);
        assert_eq!(again(Some("Sakit")), Ok(Pindah::Tetap));
        assert_eq!(again(None), Ok(Pindah::Tetap));
        assert_eq!(again(Some("Rapat")), Err(InvalidPindah::Transisi));
        assert_eq!(checked(Status::Batal, Status::Batal, Some("Sakit")), Err(InvalidPindah::Transisi));
    }

    #[test]
    fn otherwise_the_machine_says() {
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
}
