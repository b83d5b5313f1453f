//! What a desk writes into its journal.

use chrono::{DateTime, Utc};
use domain::{
    ErrorCode, IdJanjiTemu,
    json::{JanjiTemu, JanjiTemuBekal, TamuBekal},
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
pub struct Entry {
    /// Counts the entries of this desk.
    pub nomor: u64,
    /// When, by the server's clock.
    pub pada: DateTime<Utc>,
    /// What was done.
    pub kegiatan: Kegiatan,
    /// The request's method.
    pub method: String,
    /// The request's path; what the desk had named itself is negative in it.
    pub path: String,
    /// The request's body.
    pub body: Value,
    /// What a scan did, as the desk said; none if the desk could not tell.
    pub hasil: Option<Hasil>,
    /// The visit as it stands after it, as far as the desk knows.
    pub sesudah: Option<JanjiTemuBekal>,
    /// The guest after a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamu: Option<TamuBekal>,
}

impl Entry {
    /// The request's idempotency key.
    pub(crate) fn kunci(&self) -> Option<&str> {
        self.body.get("kunci")?.as_str()
    }

    /// The visit that it is about, if the desk knows it.
    pub fn id_janji_temu(&self) -> Option<IdJanjiTemu> {
        self.sesudah.as_ref().map(|row| row.data.id)
    }

    /// Whom it is about, if the desk knows it.
    fn nama(&self) -> Option<String> {
        let visit = self.sesudah.as_ref().map(|row| row.data.nama_tampil().to_owned());
        visit.or_else(|| self.tamu.as_ref().map(|tamu| tamu.nama.clone()))
    }
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "apa", rename_all = "snake_case")]
pub enum Record {
    /// It happened.
    Terjadi(Box<Entry>),
    /// The server has entered it.
    Tercatat {
        /// Which entry.
        nomor: u64,
        /// For a visit that the desk had named itself.
        id_janji_temu: Option<i64>,
        /// For a guest whom the desk had named itself.
        #[serde(default)]
        id_tamu: Option<i64>,
    },
    /// The server says otherwise than the desk did.
    Bentrok {
        /// Which entry.
        nomor: u64,
        /// What it says.
        bentrok: Box<Conflict>,
    },
    /// A person has looked at it.
    Diperiksa {
        /// Which entry.
        nomor: u64,
    },
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unsettled {
    /// By which it is settled.
    pub nomor: u64,
    /// When it happened.
    pub pada: DateTime<Utc>,
    /// What was done.
    pub kegiatan: Kegiatan,
    /// Whom it is about, if the desk or the server knows it.
    pub nama: Option<String>,
    /// What the desk said that a scan did.
    pub hasil: Option<Hasil>,
    /// The visit as the desk had it.
    pub di_meja: Option<JanjiTemu>,
    /// What the server says.
    pub bentrok: Conflict,
}

impl Unsettled {
    pub(crate) fn new(entry: &Entry, bentrok: &Conflict) -> Self {
        let there = bentrok.janji_temu.as_ref().map(|row| row.nama_tampil().to_owned());
        Self {
            nomor: entry.nomor,
            pada: entry.pada,
            kegiatan: entry.kegiatan,
            nama: entry.nama().or(there),
            hasil: entry.hasil,
            di_meja: entry.sesudah.clone().map(|row| row.data),
            bentrok: bentrok.clone(),
        }
    }
}
