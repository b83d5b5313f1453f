//! What travels over `/ws` (DESIGN §8).

use serde::{Deserialize, Serialize};

use super::JanjiTemu;
use crate::{IdPengguna, notifikasi::Notifikasi, pengguna::Pengguna};

/// The only message a client sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum ClientMessage {
    /// First, within 5 seconds of connecting.
    Authenticate {
        /// A valid access token.
        token: String,
    },
}

/// What the server sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant, reason = "one at a time is made, written or read, and gone")]
pub enum Event {
    /// The answer to a good token: the whole unread state.
    Ready(Ready),
    /// An arrival, or a change of a notification: read, answered, put away.
    Notification {
        /// To be merged by `id`; the larger `versi` wins.
        data: Notifikasi,
    },
    /// An appointment was made or has changed.
    Appointment {
        /// To be merged by `id`; the larger `versi` wins.
        data: JanjiTemu,
    },
    /// A user came or went.
    Presence {
        /// Who, and which of both.
        data: Presence,
    },
}

/// The state that a connection starts from. Always whole, so that nothing missed before matters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ready {
    /// Who signed in.
    pub pengguna: Pengguna,
    /// Every unread notification of this user, oldest first.
    pub belum_dibaca: Vec<Notifikasi>,
    /// Who is connected now; told to the reception and admins only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub online: Vec<IdPengguna>,
}

/// Whether a user has a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Presence {
    /// Who.
    pub id_pengguna: IdPengguna,
    /// At least one connection.
    pub online: bool,
}
