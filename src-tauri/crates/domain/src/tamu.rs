//! The guests.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdTamu, Telp};

/// A guest, as JSON shows one to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tamu {
    /// Identity.
    pub id: IdTamu,
    /// Full name.
    pub nama: String,
    /// E.164, unique; null where the guest has no phone.
    pub telp: Option<Telp>,
    /// Where invitations may also go.
    pub email: Option<String>,
    /// Where the guest comes from: a company, a family, another school.
    pub instansi: Option<String>,
    /// The guest's permanent code: the bare token.
    pub kode_qr: String,
    /// When the guest was first entered.
    pub dibuat_pada: DateTime<Utc>,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}
