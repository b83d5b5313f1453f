//! The people who sign in to work: admin, guru, receptionist.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{IdPengguna, Telp};

/// What a user may do (DESIGN §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Everything.
    Admin,
    /// Own appointments and notifications.
    Guru,
    /// Scan, walk-ins, guests, all appointments.
    #[serde(rename = "Penerima Tamu")]
    PenerimaTamu,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Admin, Role::Guru, Role::PenerimaTamu];

    /// The word in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "Admin",
            Role::Guru => "Guru",
            Role::PenerimaTamu => "Penerima Tamu",
        }
    }

    /// Works at the front desk, or stands in there.
    pub const fn is_reception(self) -> bool {
        matches!(self, Role::Admin | Role::PenerimaTamu)
    }
}

/// A word that is no role.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("role tidak dikenal")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

/// A user, as tables keep and JSON shows one; never with the password's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pengguna {
    /// Identity.
    pub id: IdPengguna,
    /// Full name.
    pub nama: String,
    /// What a guru teaches; shown and searched.
    pub jabatan: Option<String>,
    /// Lower case, unique.
    pub email: String,
    /// E.164.
    pub telp: Option<Telp>,
    /// What the user may do.
    pub role: Role,
    /// The password is a temporary one; until it is changed nothing else is allowed.
    pub wajib_ganti_password: bool,
    /// May sign in, and as a guru can be visited.
    pub aktif: bool,
    /// When the user was added.
    pub dibuat_pada: DateTime<Utc>,
}
