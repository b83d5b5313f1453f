//! What a subscription hands over.

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    cadangan::BackupAlarm,
    json::{ChannelState, JanjiTemu, Presence},
    notifikasi::Notifikasi,
    pengguna::Pengguna,
    pesan::PesanKeluar,
};

use super::inbox::Change;
use crate::sesi::Reason;

/// What happened. Of several updates about the same subject that wait to be read, only the latest is kept; alerts are
/// all kept.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few wait to be read, and each is read once")]
pub enum Update {
    /// The connection stands. Changes of appointments during the gap are not told, so fetch the lists on screen anew.
    Connected {
        /// Who is signed in.
        pengguna: Pengguna,
        /// Who else is connected. Only the reception and admins are told.
        online: Vec<IdPengguna>,
    },
    /// No connection for now.
    Disconnected {
        /// The next attempt, by this PC's clock.
        retry_at: DateTime<Utc>,
    },
    /// A guest has arrived. Told once for each arrival, for as long as the subscription lives. If it was answered while
    /// it waited to be read, a [`Update::Changed`] or [`Update::Removed`] follows.
    ///
    /// If hundreds are unread when the connection comes about, only the newest are told.
    Alert(Notifikasi),
    /// More is unread than alerts were told. [`Subscription::unread`](super::Subscription::unread) has it all.
    Unread,
    /// A notification was read or answered, or its visit has moved on.
    Changed(Notifikasi),
    /// A notification needs no attention any more: it was put away, or read elsewhere while there was no connection.
    Removed(IdJanjiTemu),
    /// An appointment was made or has changed.
    Appointment(JanjiTemu),
    /// Something became of a message.
    Pesan(PesanKeluar),
    /// A channel broke, or works again.
    Saluran(ChannelState),
    /// Something is wrong with the backups, or no more.
    Cadangan(Option<BackupAlarm>),
    /// A user came or went.
    Presence(Presence),
    /// The school's settings have changed, so fetch anew what is shown of them, and the lists on screen.
    Settings,
    /// An evacuation, or its list, has changed, so fetch the list anew.
    Evakuasi,
    /// More appointments changed than could wait to be read, so fetch the lists on screen anew.
    Reload,
    /// Nobody is signed in. The subscription goes on by itself after the next login.
    LoggedOut {
        /// Why.
        reason: Reason,
    },
}

impl From<Change> for Update {
    fn from(change: Change) -> Self {
        match change {
            Change::Alert(notifikasi) => Update::Alert(notifikasi),
            Change::Changed(notifikasi) => Update::Changed(notifikasi),
            Change::Removed(id) => Update::Removed(id),
        }
    }
}
