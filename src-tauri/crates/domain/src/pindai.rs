//! What a scan means: one scan, one answer, without a button (DESIGN §5).
//!
//! [`decide`] only decides. The store then makes the decision true with one conditional statement and says what
//! really happened, because another desk may have been faster.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    ErrorCode, JanjiTemu, JenisTanggapan, Setelan, Status, jadwal, token::InvalidToken, words::words,
};

/// What a scan does to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The guest arrives.
    Datang {
        /// Later than the scheduled time and the tolerance.
        terlambat: bool,
    },
    /// The guest is here and was not called yet, or was called only just now. Nothing changes, and nobody is alerted
    /// again.
    SudahDatang,
    /// The guest leaves at this time. It is never before the arrival, even if the clock was set back.
    Pulang {
        /// Departure.
        waktu_selesai: DateTime<Utc>,
    },
    /// The guest has left already.
    SudahSelesai,
}

words! {
    /// The same in one word, as JSON tells it.
    pub enum Hasil, else UnknownHasil "hasil tidak dikenal" {
        /// The guest has arrived.
        Datang = "datang",
        /// A repeated scan of who waits.
        SudahDatang = "sudah_datang",
        /// The guest has left.
        Pulang = "pulang",
        /// A scan after the departure.
        SudahSelesai = "sudah_selesai",
        /// A permanent code with several appointments today: the receptionist picks.
        Pilih = "pilih",
        /// A permanent code without an appointment today: the walk-in form, filled in.
        TanpaJanji = "tanpa_janji",
    }
}

impl Decision {
    /// The decision in one word.
    pub const fn hasil(self) -> Hasil {
        match self {
            Decision::Datang { .. } => Hasil::Datang,
            Decision::SudahDatang => Hasil::SudahDatang,
            Decision::Pulang { .. } => Hasil::Pulang,
            Decision::SudahSelesai => Hasil::SudahSelesai,
        }
    }
}

/// Why a code is refused. The names are the `code` of the answer.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Penolakan {
    /// No token in the text.
    #[error("Format kode QR tidak valid")]
    FormatTidakValid,
    /// Not signed by this school.
    #[error("Kode QR tidak valid")]
    TandaTanganTidakValid,
    /// Past its expiry.
    #[error("Kode QR sudah kedaluwarsa")]
    Kedaluwarsa,
    /// Genuine, but its appointment or guest is gone.
    #[error("Janji temu tidak ditemukan")]
    TidakDitemukan,
    /// For another day.
    #[error("Janji temu tidak untuk hari ini")]
    BukanHariIni,
    /// Closed without a visit.
    #[error("Janji temu sudah diproses")]
    SudahDiproses,
    /// Called off.
    #[error("Janji temu sudah dibatalkan")]
    Dibatalkan,
}

impl Penolakan {
    /// The word in an answer.
    pub fn code(self) -> &'static str {
        ErrorCode::from(self).as_str()
    }
}

impl From<Penolakan> for ErrorCode {
    fn from(penolakan: Penolakan) -> Self {
        match penolakan {
            Penolakan::FormatTidakValid => Self::FormatTidakValid,
            Penolakan::TandaTanganTidakValid => Self::TandaTanganTidakValid,
            Penolakan::Kedaluwarsa => Self::Kedaluwarsa,
            Penolakan::TidakDitemukan => Self::TidakDitemukan,
            Penolakan::BukanHariIni => Self::BukanHariIni,
            Penolakan::SudahDiproses => Self::SudahDiproses,
            Penolakan::Dibatalkan => Self::Dibatalkan,
        }
    }
}

impl From<InvalidToken> for Penolakan {
    fn from(error: InvalidToken) -> Self {
        match error {
            InvalidToken::Format => Penolakan::FormatTidakValid,
            InvalidToken::Signature => Penolakan::TandaTanganTidakValid,
        }
    }
}

/// What a scan of this appointment's code means at `now`.
///
/// # Errors
/// [`Penolakan::BukanHariIni`], [`Penolakan::Dibatalkan`] or [`Penolakan::SudahDiproses`]; of a guest who was erased
/// [`Penolakan::TidakDitemukan`].
pub fn decide(janji_temu: &JanjiTemu, now: DateTime<Utc>, setelan: &Setelan) -> Result<Decision, Penolakan> {
    if janji_temu.tamu_terhapus {
        return Err(Penolakan::TidakDitemukan);
    }
    let is_today = jadwal::hari_ini(now, setelan).contains(janji_temu.jadwal);
    match janji_temu.status {
        Status::Batal => Err(Penolakan::Dibatalkan),
        Status::Belum | Status::TidakHadir if !is_today => Err(Penolakan::BukanHariIni),
        Status::Belum => Ok(Decision::Datang { terlambat: is_late(janji_temu.jadwal, now, setelan) }),
        // A guest who was given up comes late, whatever the tolerance.
        Status::TidakHadir => Ok(Decision::Datang { terlambat: true }),
        // A guest who forgot to show the code on leaving left long ago. Showing it on another day is no arrival.
        Status::Menunggu | Status::SedangBerlangsung if is_left_open(janji_temu, now, setelan) => {
            Err(Penolakan::BukanHariIni)
        }
        // A guest who is inside may leave even after midnight.
        Status::Menunggu if !may_have_met(janji_temu, now, setelan) => Ok(Decision::SudahDatang),
        Status::Menunggu | Status::SedangBerlangsung => {
            Ok(Decision::Pulang { waktu_selesai: janji_temu.time_of_step(now) })
        }
        Status::Selesai => Ok(Decision::SudahSelesai),
    }
}

/// What a scan at `then` means that is told later, by a desk that could not reach the server. Whoever was given up
/// meanwhile was late by the clock alone.
///
/// # Errors
/// As [`decide`].
pub fn decide_later(
    janji_temu: &JanjiTemu,
    then: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<Decision, Penolakan> {
    Ok(match decide(janji_temu, then, setelan)? {
        Decision::Datang { .. } => Decision::Datang { terlambat: is_late(janji_temu.jadwal, then, setelan) },
        other => other,
    })
}

/// Hours after midnight until which a guest of the day before may still be inside.
const NIGHT_HOURS: i64 = 4;

/// The start of today, or, while it is still night, of the day before. Guests who arrived earlier do not count as
/// inside.
pub fn inside_since(now: DateTime<Utc>, setelan: &Setelan) -> DateTime<Utc> {
    jadwal::today(now - Duration::hours(NIGHT_HOURS), setelan.zona_waktu).start
}

/// Whether a visit began on another day and its end was never recorded.
pub fn is_left_open(janji_temu: &JanjiTemu, now: DateTime<Utc>, setelan: &Setelan) -> bool {
    janji_temu.status.is_on_site()
        && janji_temu.waktu_datang.is_some_and(|waktu_datang| waktu_datang < inside_since(now, setelan))
}

/// Whether an arrival at `now` is later than the scheduled time and the tolerance.
pub fn is_late(jadwal: DateTime<Utc>, now: DateTime<Utc>, setelan: &Setelan) -> bool {
    now > jadwal + setelan.toleransi_terlambat()
}

/// Whether guest and guru can have met by now: the guest was called, and both arrival and call are some minutes ago.
fn may_have_met(janji_temu: &JanjiTemu, now: DateTime<Utc>, setelan: &Setelan) -> bool {
    // A clock that was set back puts a step into the future. That counts as "just now" too.
    let is_long_ago =
        |then: Option<DateTime<Utc>>| then.is_none_or(|then| now - then >= setelan.jeda_pulang());
    janji_temu.tanggapan_jenis.is_some_and(JenisTanggapan::memanggil)
        && is_long_ago(janji_temu.waktu_datang)
        && is_long_ago(janji_temu.ditanggapi_pada)
}

/// Which of a guest's appointments of today the permanent code stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum PermanentCode<'a> {
    /// This one.
    Satu(&'a JanjiTemu),
    /// The receptionist picks.
    Pilih(Vec<&'a JanjiTemu>),
    /// None: a walk-in.
    TanpaJanji,
}

/// Resolves a guest's permanent code. `hari_ini` holds the guest's appointments of today, and those that the guest is
/// inside for. An open one goes before one that was given up, and that one before a finished one.
pub fn resolve_permanen(hari_ini: &[JanjiTemu]) -> PermanentCode<'_> {
    let of = |wanted: fn(Status) -> bool| hari_ini.iter().filter(move |row| wanted(row.status));
    let mut awaited: Vec<_> = of(Status::is_open).collect();
    if awaited.is_empty() {
        awaited.extend(of(|status| status == Status::TidakHadir));
    }
    match awaited.as_slice() {
        [] => of(|status| status == Status::Selesai)
            .max_by_key(|janji_temu| janji_temu.waktu_selesai)
            .map_or(PermanentCode::TanpaJanji, PermanentCode::Satu),
        [one] => PermanentCode::Satu(one),
        _ => PermanentCode::Pilih(awaited),
    }
}

#[cfg(test)]
pub(crate) mod tests;
