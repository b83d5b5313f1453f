//! What other crates refuse, as a refusal of the API. What must not be told goes to the log.

use domain::{
    Penolakan,
    isian::{FieldError, KodeIsian},
    pindah::InvalidPindah,
};
use store::{Conflict, StoreError};

use super::ApiError;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict(conflict) => conflict.into(),
            StoreError::Unavailable(reason) => {
                tracing::error!(reason, "database unavailable");
                Self::Unavailable
            }
            StoreError::Slow(reason) => {
                tracing::warn!(reason, "database slow");
                Self::Slow
            }
            StoreError::Other(reason) => {
                tracing::error!(reason, "database error");
                Self::Internal
            }
        }
    }
}

impl From<Conflict> for ApiError {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::PenggunaEmail => Self::Taken("email"),
            Conflict::PenggunaNuptk => Self::Taken("nuptk"),
            Conflict::PenggunaNip => Self::Taken("nip"),
            Conflict::TamuTelp => Self::Taken("telp"),
            Conflict::AdminTerakhir => Self::LastAdmin,
            Conflict::Anggota => Self::field(
                "anggota",
                FieldError::new(KodeIsian::AnggotaTidakAda, "pilih pengguna aktif, bukan unit"),
            ),
            Conflict::Guru => Self::field("id_guru", "guru tidak ditemukan atau tidak aktif"),
            Conflict::Tamu => Self::field("id_tamu", "tamu tidak ditemukan"),
            Conflict::Bentrok => Self::Clash(None),
            Conflict::Kunci => Self::KeyReused,
            Conflict::Gabung => Self::NotMerged,
            Conflict::Other => {
                tracing::error!("a database rule without a name was broken");
                Self::Internal
            }
        }
    }
}

impl From<InvalidPindah> for ApiError {
    fn from(error: InvalidPindah) -> Self {
        match error {
            InvalidPindah::Transisi => Self::Transition,
            InvalidPindah::Kedatangan(alasan) => alasan.into(),
            InvalidPindah::Alasan => Self::field("alasan", FieldError::new(KodeIsian::TanpaAlasan, error)),
        }
    }
}

impl From<Penolakan> for ApiError {
    fn from(alasan: Penolakan) -> Self {
        Self::Refused(alasan)
    }
}
