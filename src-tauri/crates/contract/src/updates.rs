//! What windows are told of the server and of the session.

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna,
    cadangan::BackupAlarm,
    json::{ChannelState, JanjiTemu, Presence},
    notifikasi::Notifikasi,
    pesan::PesanKeluar,
};
use serde::{Serialize, Serializer};
use ts_rs::TS;

use crate::{Api, Luring};

/// Whether somebody is signed in.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum SesiStatus {
    /// Yes.
    In {
        /// Who.
        #[ts(as = "Api<Pengguna>")]
        pengguna: Pengguna,
    },
    /// No.
    Out {
        /// Why.
        reason: SignedOut,
    },
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignedOut {
    /// Nobody has signed in yet, or whoever did has left.
    SignedOut,
    /// The server ended the session.
    Ended,
}

/// What happened on the server. Of two copies the larger `versi` has won already.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Update {
    /// The connection stands. Fetch the lists on screen anew: what changed during the gap is not told.
    Connected {
        /// Who is signed in.
        #[ts(as = "Api<Pengguna>")]
        pengguna: Pengguna,
        /// Who else is connected.
        #[ts(type = "number[]")]
        online: Vec<IdPengguna>,
    },
    /// No connection for now.
    Disconnected {
        /// The next attempt, in milliseconds of this PC's clock.
        #[serde(serialize_with = "millis")]
        #[ts(type = "number")]
        retry_at: DateTime<Utc>,
    },
    /// A guest has arrived. Once for each arrival.
    Alert {
        /// The notification.
        #[ts(as = "Api<Notifikasi>")]
        data: Notifikasi,
    },
    /// A notification is different now.
    Changed {
        /// The notification.
        #[ts(as = "Api<Notifikasi>")]
        data: Notifikasi,
    },
    /// A notification asks for no attention any more.
    Removed {
        /// Whose.
        #[ts(type = "number")]
        id: IdJanjiTemu,
    },
    /// An appointment was made or has changed.
    Appointment {
        /// The appointment.
        #[ts(as = "Api<JanjiTemu>")]
        data: Box<JanjiTemu>,
    },
    /// Something became of a message.
    Pesan {
        /// The message.
        #[ts(as = "Api<PesanKeluar>")]
        data: PesanKeluar,
    },
    /// A channel broke, or works again.
    Saluran {
        /// Which, and what is wrong.
        #[ts(as = "Api<ChannelState>")]
        data: ChannelState,
    },
    /// Something is wrong with the backups, or no more.
    Cadangan {
        /// What is wrong.
        #[ts(as = "Option<Api<BackupAlarm>>")]
        data: Option<BackupAlarm>,
    },
    /// A user came or went.
    Presence {
        /// Who.
        #[ts(as = "Api<Presence>")]
        data: Presence,
    },
    /// The school's settings have changed: fetch anew what is shown of them, and what is on screen.
    Settings,
    /// An evacuation, or its list, has changed: fetch the list anew.
    Evakuasi,
    /// How the desk stands that goes on without a server; to its own page.
    Luring {
        /// How.
        data: Luring,
    },
}

pub(crate) fn millis<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(time.timestamp_millis())
}
