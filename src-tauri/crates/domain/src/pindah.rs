//! Moves by hand: what a person may make of an appointment without its code, what the desk may take back, and when.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::{
    Decision, JanjiTemu, Jenis, Pengguna, Penolakan, Role, Setelan, Status, VisitChange, VisitStep, decide,
    ulasan,
};

/// A move of an appointment that somebody makes by hand.
#[derive(Clone, Debug)]
pub struct MoveTarget<'a> {
    /// The status that the appointment should get.
    pub status: Status,
    /// The reason, if one was given.
    pub alasan: Option<String>,
    /// Who moves it.
    pub oleh: &'a Pengguna,
}

/// The result of a move by hand.
#[derive(Clone, Debug, PartialEq)]
pub enum ManualMove {
    /// The appointment moves.
    Maju(VisitChange),
    /// The desk takes back what it has just recorded.
    Kembali(VisitChange),
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
    /// Without a code too, a guest arrives on the day only.
    #[error(transparent)]
    Kedatangan(#[from] Penolakan),
}

/// What moving an appointment to `to` by hand means at `now`.
///
/// # Errors
/// [`InvalidPindah`].
pub fn pindah(
    janji_temu: &JanjiTemu,
    to: MoveTarget<'_>,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<ManualMove, InvalidPindah> {
    let arah = check(janji_temu, to.status, to.alasan.as_deref(), to.oleh.role, now, setelan)?;
    let waktu = janji_temu.time_of_step(now);
    let change = |langkah| VisitChange::of(janji_temu, Some(langkah), None, waktu);
    Ok(match arah {
        Arah::Maju => ManualMove::Maju(change(forwards(janji_temu, to, waktu, setelan)?)),
        Arah::Kembali => ManualMove::Kembali(change(backwards(to))),
        Arah::Tetap => ManualMove::Tetap,
    })
}

/// A step of the status machine.
fn forwards(
    janji_temu: &JanjiTemu,
    to: MoveTarget<'_>,
    waktu: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<VisitStep, InvalidPindah> {
    let di_meja = ulasan::is_at_desk(to.oleh, janji_temu);
    Ok(match to.status {
        Status::Menunggu => match decide(janji_temu, waktu, setelan)? {
            Decision::Datang { terlambat } => VisitStep::Datang { terlambat, di_meja },
            _ => return Err(InvalidPindah::Transisi),
        },
        Status::SedangBerlangsung => VisitStep::Mulai,
        Status::Selesai => VisitStep::Pulang { waktu_selesai: waktu, di_meja },
        Status::Batal => VisitStep::Batal { alasan: to.alasan, oleh_tamu: false },
        Status::TidakHadir => VisitStep::TidakHadir { alasan: to.alasan },
        Status::Belum => return Err(InvalidPindah::Transisi),
    })
}

/// A step taken back.
fn backwards(to: MoveTarget<'_>) -> VisitStep {
    match to.status {
        Status::Belum => VisitStep::UrungDatang,
        Status::Batal => VisitStep::UrungLangsung { alasan: to.alasan },
        ke => VisitStep::UrungPulang { ke },
    }
}

/// Which way a move by hand goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arah {
    Maju,
    Kembali,
    Tetap,
}

/// Whether an appointment may be moved to `tujuan` by hand, for the reason given, by somebody of that role.
///
/// Nobody stays away before the time that was agreed. A reason is kept or refused, never dropped: of an appointment
/// that was closed before, another reason is refused as another move would be. The visit of a guest who was erased
/// stays as it is.
fn check(
    janji_temu: &JanjiTemu,
    tujuan: Status,
    alasan: Option<&str>,
    oleh: Role,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<Arah, InvalidPindah> {
    if alasan.is_some() && !matches!(tujuan, Status::Batal | Status::TidakHadir) {
        return Err(InvalidPindah::Alasan);
    }
    if janji_temu.status == tujuan {
        let is_told = alasan.is_none_or(|alasan| janji_temu.alasan.as_deref() == Some(alasan));
        return if is_told { Ok(Arah::Tetap) } else { Err(InvalidPindah::Transisi) };
    }
    if janji_temu.tamu_terhapus {
        return Err(InvalidPindah::Transisi);
    }
    if janji_temu.status.can_become(tujuan) {
        let is_too_early = tujuan == Status::TidakHadir && now < janji_temu.jadwal;
        return if is_too_early { Err(InvalidPindah::Transisi) } else { Ok(Arah::Maju) };
    }
    // A clock that jumped back makes the step look like one in the future: that is "just now" too.
    let is_recent = |step: DateTime<Utc>| now - step <= setelan.batas_urung();
    if oleh.is_reception() && step_to_take_back(janji_temu, tujuan).is_some_and(is_recent) {
        return Ok(Arah::Kembali);
    }
    Err(InvalidPindah::Transisi)
}

/// When the step was taken that a move to `tujuan` takes back; `None` if it takes none back.
///
/// A departure can be taken back to the status before it. An arrival can be taken back to `belum`, or to `batal` if
/// nothing was agreed, because then no guest is awaited. Of a visit that was reviewed nothing can be taken back: a
/// review is of a visit that is over.
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
        _ if janji_temu.ulasan_pada.is_some() => None,
        Status::Selesai if tujuan == before_departure => janji_temu.waktu_selesai,
        Status::Menunggu if tujuan == before_arrival => janji_temu.waktu_datang,
        _ => None,
    }
}

#[cfg(test)]
mod tests;
