//! The answer to a login, a refresh and a change of password.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{pengguna::Pengguna, tamu::Tamu};

/// A new pair of tokens, with the user or guest who signed in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Login {
    /// Access token, for `Authorization: Bearer`.
    pub token: String,
    /// Refresh token. It can be used once.
    pub token_segar: String,
    /// When the access token ends.
    pub kedaluwarsa_pada: DateTime<Utc>,
    /// The user, if a user signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pengguna: Option<Pengguna>,
    /// The guest, if a guest signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamu: Option<Tamu>,
}
