//! What a desk writes into its journal.

use chrono::{DateTime, Utc};
use domain::{
    ErrorCode,
    json::{JanjiTemu, JanjiTemuBekal},
    pindai::Hasil,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kegiatan {
    /// Scanned a code.
    Pindai,
    /// Moved a visit by hand.
    Pindah,
    /// Registered a guest without an appointment.
    Langsung,
    /// Corrected a visit.
    Betulkan,
}

/// Something that happened while the server was away: the page's request, and what the desk made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Counts the entries of this desk.
    pub(super) nomor: u64,
    /// When, by the server's clock.
    pub(super) pada: DateTime<Utc>,
    pub(super) kegiatan: Kegiatan,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Value,
    /// What a scan did, as the desk said; none if the desk could not tell.
    pub(super) hasil: Option<Hasil>,
    /// The visit as it stands after it, as far as the desk knows.
    pub(super) sesudah: Option<JanjiTemuBekal>,
}

impl Entry {
    /// The request's idempotency key.
    pub(super) fn kunci(&self) -> Option<&str> {
        self.body.get("kunci")?.as_str()
    }
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "apa", rename_all = "snake_case")]
pub(super) enum Record {
    /// It happened.
    Terjadi(Box<Entry>),
    /// The server has entered it.
    Tercatat {
        nomor: u64,
        /// For a visit that the desk had named itself.
        id_janji_temu: Option<i64>,
    },
    /// The server says otherwise than the desk did.
    Bentrok { nomor: u64, bentrok: Box<Conflict> },
    /// A person has looked at it.
    Diperiksa { nomor: u64 },
}

/// Why the server says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It refused, for this reason.
    Ditolak(ErrorCode),
    /// The scan did something else.
    HasilLain(Hasil),
    /// The visit stands elsewhere.
    StatusLain,
    /// It belongs to an entry that the server refused.
    Bergantung,
}

/// What the server says to an entry, if it is not what the desk said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Why.
    pub alasan: Reason,
    /// The visit as the server has it, if it told.
    pub janji_temu: Option<JanjiTemu>,
}

/// An entry that a person has to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsettled {
    /// By which it is settled.
    pub nomor: u64,
    /// When it happened.
    pub pada: DateTime<Utc>,
    /// What was done.
    pub kegiatan: Kegiatan,
    /// What the desk said that a scan did.
    pub hasil: Option<Hasil>,
    /// The visit as the desk had it.
    pub di_meja: Option<JanjiTemu>,
    /// What the server says.
    pub bentrok: Conflict,
}
