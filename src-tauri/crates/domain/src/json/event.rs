//! What travels over `/ws` (DESIGN §8).

use serde::{Deserialize, Serialize};

use super::{JanjiTemu, Kunjungan};
use crate::{
    IdPengguna,
    cadangan::BackupAlarm,
    notifikasi::Notifikasi,
    pengguna::Pengguna,
    pesan::{AlasanPesan, PesanKeluar, Saluran},
};

/// The only message a client sends: who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum ClientMessage {
    /// First, within 5 seconds of connecting.
    Authenticate {
        /// A valid access token.
        token: String,
    },
    /// The same of a guest's page, which follows one visit and is told nothing else.
    Kunjungan {
        /// The visit's code.
        kode: String,
    },
}

/// What the server sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant, reason = "one at a time is made, written or read, and gone")]
pub enum Event {
    /// The answer to a good token: the unread state, or its beginning.
    Ready(Ready),
    /// More of the unread state that `ready` began.
    #[serde(rename = "ready_lanjutan")]
    ReadyLanjutan(ReadyLanjutan),
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
    /// To a guest's page only: the visit that it follows, at once and after each change.
    Kunjungan {
        /// The larger `versi` is the newer; of the same, the later one.
        data: Kunjungan,
    },
    /// The settings have changed: fetch anew what is shown of them, and lists, whose days and times follow the time
    /// zone.
    Settings,
    /// An evacuation began or ended, somebody was ticked off, or somebody came or left while one goes on: fetch the
    /// list anew. To all of the staff.
    Evakuasi,
    /// Something became of a message; to admins and the guru concerned.
    Pesan {
        /// To be merged by `id`; the one that changed last wins.
        data: PesanKeluar,
    },
    /// A channel broke, or works again; to admins and the desk.
    Saluran {
        /// Which, and what is wrong.
        data: ChannelState,
    },
    /// Something is wrong with the backups, or no more; to admins and the desk.
    Cadangan {
        /// What is wrong; null if nothing is.
        data: Option<BackupAlarm>,
    },
}

/// How a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelState {
    /// Which.
    pub nama: Saluran,
    /// What is wrong; null if it works.
    pub alasan: Option<AlasanPesan>,
}

/// The state that a connection starts from. Whole, so that nothing missed before matters.
///
/// Where more is unread than one message should hold (some hundred notifications), it is the newest of it, says so by
/// `sebagian`, and everything unread follows in `ready_lanjutan`. What is in none of them is unread no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ready {
    /// Who signed in.
    pub pengguna: Pengguna,
    /// Every unread notification of this user, or the newest ones; oldest first.
    pub belum_dibaca: Vec<Notifikasi>,
    /// These are not all: `ready_lanjutan` follows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sebagian: bool,
    /// Who is connected now; told to the reception and admins only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub online: Vec<IdPengguna>,
}

/// More of the unread state, after a `ready` that was not all of it. Other events may come in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadyLanjutan {
    /// Unread notifications of this user, in no particular order. Some may have come before.
    pub belum_dibaca: Vec<Notifikasi>,
    /// These are not the last: another `ready_lanjutan` follows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sebagian: bool,
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

fn is_false(value: &bool) -> bool {
    !value
}
