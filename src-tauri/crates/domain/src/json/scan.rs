//! The answers to a code: looked at, and scanned.

use serde::{Deserialize, Serialize};

use super::JanjiTemu;
use crate::{Penolakan, pindai::Hasil, tamu::Tamu};

/// The answer to a look at a code, which changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verifikasi {
    /// A scan now would be the arrival.
    pub valid: bool,
    /// For people.
    pub message: String,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alasan: Option<Penolakan>,
    /// The appointment, wherever the code is genuine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<JanjiTemu>,
}

/// The answer to a scan that was not refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scan {
    /// What the scan did.
    pub hasil: Hasil,
    /// For people.
    pub message: String,
    /// The appointment; null for `pilih` and `tanpa_janji`.
    pub appointment: Option<JanjiTemu>,
    /// With `datang` and `sudah_datang`: whether the guru has been told, because a screen of theirs is connected or they have read
    /// it. Where not, somebody has to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guru_terhubung: Option<bool>,
    /// Where the guest leaves a review; on leaving, as long as there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ulasan_url: Option<String>,
    /// With `pilih`: today's open appointments of the guest, to scan again with `id_janji_temu`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pilihan: Vec<JanjiTemu>,
    /// With `tanpa_janji`: the guest, for the walk-in form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamu: Option<Tamu>,
}

/// An appointment after a move of its guest at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kedatangan {
    /// As it stands now.
    #[serde(flatten)]
    pub appointment: JanjiTemu,
    /// Of an arrival: as in a scan's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guru_terhubung: Option<bool>,
    /// Of an arrival: for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Of an appointment that was called off: what can be sent to the guest, where there is a number to send it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pesan: Option<Pesan>,
}

/// A message that a person can send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pesan {
    /// Plain text.
    pub teks: String,
    /// Opens WhatsApp with the text, and with the guest's number where there is one.
    pub tautan_wa: String,
}
