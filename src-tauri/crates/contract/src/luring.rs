//! What a desk does while no server can be reached, as its page is told.

use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, json::JanjiTemu};
use serde::Serialize;
use ts_rs::TS;

use crate::{Api, updates::millis};

/// How the desk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Luring {
    /// It can go on without a server.
    pub siap: bool,
    /// What is written down here, and the server does not have yet.
    pub menunggu: usize,
    /// The visits that this is about.
    #[ts(type = "number[]")]
    pub kunjungan: Vec<IdJanjiTemu>,
    /// What a person has to look at.
    pub periksa: usize,
    /// The end of what was written down could not be read, as after a power cut.
    pub terpotong: bool,
    /// So many entries could not be read any more, as where a disk is at fault.
    pub rusak: usize,
}

/// What was saved for the PC that replaces this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MovedJournal {
    /// To be typed there.
    pub kode: String,
    /// How many entries it holds.
    pub jumlah: usize,
}

/// Something that was written down here, and that the server took otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Unsettled {
    /// By which it is settled.
    #[ts(type = "number")]
    pub nomor: u64,
    /// When it happened, in milliseconds.
    #[serde(serialize_with = "millis")]
    #[ts(type = "number")]
    pub pada: DateTime<Utc>,
    /// What was done.
    pub kegiatan: Kegiatan,
    /// Whom it is about, if the desk or the server knows it.
    pub nama: Option<String>,
    /// Why the server took it otherwise.
    pub alasan: Alasan,
    /// The code of a refusal, or what a scan did there.
    pub kode: Option<String>,
    /// The visit as the desk had it.
    #[ts(as = "Option<Api<JanjiTemu>>")]
    pub di_meja: Option<JanjiTemu>,
    /// The visit as the server has it, if it told.
    #[ts(as = "Option<Api<JanjiTemu>>")]
    pub di_server: Option<JanjiTemu>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kegiatan {
    /// A code was scanned.
    Pindai,
    /// A visit was moved by hand.
    Pindah,
    /// A guest without an appointment was registered.
    Langsung,
    /// A visit was corrected.
    Betulkan,
}

/// Why the server took it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Alasan {
    /// It refused.
    Ditolak,
    /// The scan did something else.
    HasilLain,
    /// The visit stands elsewhere.
    StatusLain,
    /// It is about a visit that the server refused.
    Bergantung,
}
