//! Moves by hand: what a person may make of an appointment without its code, what the desk may take back, and when.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::{JanjiTemu, Jenis, Role, Setelan, Status};

/// What a move by hand comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pindah {
    /// The appointment moves.
    Maju,
    /// The desk takes back what it has just recorded.
    Kembali,
    /// It stands there already, for the reason that was given, if one was: the same request sent again.
    Tetap,
}

/// Why a move by hand is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidPindah {
    /// The machine forbids it, or forbids it yet, or it is too late.
    #[error("status janji temu tidak mengizinkan perubahan itu")]
    Transisi,
    /// Only what closes an appointment without a visit has a reason.
    #[error("hanya untuk batal atau tidak hadir")]
    Alasan,
}

/// Whether an appointment may be moved to `tujuan` by hand, for the reason given, by somebody of that role.
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
    oleh: Role,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<Pindah, InvalidPindah> {
    if alasan.is_some() && !matches!(tujuan, Status::Batal | Status::TidakHadir) {
        return Err(InvalidPindah::Alasan);
    }
    if janji_temu.status == tujuan {
        let is_told = alasan.is_none_or(|alasan| janji_temu.alasan.as_deref() == Some(alasan));
        return if is_told { Ok(Pindah::Tetap) } else { Err(InvalidPindah::Transisi) };
    }
    if janji_temu.status.can_become(tujuan) {
        let is_too_early = tujuan == Status::TidakHadir && now < janji_temu.jadwal;
        return if is_too_early { Err(InvalidPindah::Transisi) } else { Ok(Pindah::Maju) };
    }
    // A clock that jumped back makes the step look like one in the future: that is "just now" too.
    let is_recent = |step: DateTime<Utc>| now - step <= setelan.batas_urung();
    if oleh.is_reception() && step_to_take_back(janji_temu, tujuan).is_some_and(is_recent) {
        return Ok(Pindah::Kembali);
    }
    Err(InvalidPindah::Transisi)
}

/// When the step was taken that moving to `tujuan` takes back, where it takes one back.
///
/// A departure: to what was before it. An arrival: to `belum`; where nothing was agreed, to `batal`, for there is no guest to be
/// awaited. An arrival whose visit was reviewed has been one.
fn step_to_take_back(janji_temu: &JanjiTemu, tujuan: Status) -> Option<DateTime<Utc>> {
    let before_departure = match janji_temu.waktu_mulai {
        Some(_) => Status::SedangBerlangsung,
        None => Status::Menunggu,
    };
    let before_arrival = match janji_temu.jenis {
        Jenis::Janji => Status::Belum,
        Jenis::Langsung => Status::Batal,
    };
    match janji_temu.status {
        Status::Selesai if tujuan == before_departure => janji_temu.waktu_selesai,
        Status::Menunggu if tujuan == before_arrival && janji_temu.ulasan_pada.is_none() => {
            janji_temu.waktu_datang
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
