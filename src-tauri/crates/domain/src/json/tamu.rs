//! A guest in a list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdTamu, Tamu, Telp};

/// A guest in a list or a search. It never holds the permanent code: that code opens a visit, so it is shown for one
/// guest at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TamuRingkas {
    /// Identity.
    pub id: IdTamu,
    /// Full name.
    pub nama: String,
    /// E.164; missing if the guest has no phone. A guru sees it only for guests of their own appointments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telp: Option<Telp>,
    /// For the reception only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the guest comes from. A guru sees it only for guests of their own appointments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instansi: Option<String>,
    /// When the guest was first entered; for the reception only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dibuat_pada: Option<DateTime<Utc>>,
    /// True if a field cannot be read any more; left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

impl TamuRingkas {
    /// What the reception sees of a guest: everything but the permanent code.
    pub fn for_reception(tamu: Tamu) -> Self {
        let Tamu { id, nama, telp, email, instansi, kode_qr: _, dibuat_pada, rusak } = tamu;
        Self { id, nama, telp, email, instansi, dibuat_pada: Some(dibuat_pada), rusak }
    }

    /// What a guru sees of a guest of their own appointments: no e-mail address, no date of entry.
    pub fn for_guru(tamu: Tamu) -> Self {
        Self { email: None, dibuat_pada: None, ..Self::for_reception(tamu) }
    }

    /// What a guru sees of any other guest, found by the whole number: the name, to greet the guest, and nothing more.
    pub fn for_stranger(tamu: Tamu) -> Self {
        Self { telp: None, instansi: None, ..Self::for_guru(tamu) }
    }
}
