//! A guest in a list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdTamu, Tamu, Telp};

/// A guest in a list or a search. The permanent code is never in one: it opens a visit, so that it is told of one guest at a
/// time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TamuRingkas {
    /// Identity.
    pub id: IdTamu,
    /// Full name.
    pub nama: String,
    /// E.164; missing where the guest has no phone. A guru is told the numbers of guests of own appointments only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telp: Option<Telp>,
    /// For the reception only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the guest comes from. A guru is told it of guests of own appointments only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instansi: Option<String>,
    /// When the guest was first entered; for the reception only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dibuat_pada: Option<DateTime<Utc>>,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

impl TamuRingkas {
    /// As the reception sees a guest.
    pub fn for_reception(tamu: Tamu) -> Self {
        let Tamu { id, nama, telp, email, instansi, kode_qr: _, dibuat_pada, rusak } = tamu;
        Self { id, nama, telp, email, instansi, dibuat_pada: Some(dibuat_pada), rusak }
    }

    /// As a guru sees a guest of own appointments.
    pub fn for_guru(tamu: Tamu) -> Self {
        Self { email: None, dibuat_pada: None, ..Self::for_reception(tamu) }
    }

    /// As a guru sees anybody else, whose whole number the guru knows: the name to greet, and nothing more.
    pub fn for_stranger(tamu: Tamu) -> Self {
        Self { telp: None, instansi: None, ..Self::for_guru(tamu) }
    }
}
