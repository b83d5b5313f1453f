//! The answers to a look at a code and to a scan of it.

use serde::{Deserialize, Serialize};

use super::JanjiTemu;
use crate::{Penolakan, pindai::Hasil, tamu::Tamu};

/// The answer to a look at a code, which changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verifikasi {
    /// True if a scan now would be the arrival.
    pub valid: bool,
    /// For people.
    pub message: String,
    /// Why a scan would be refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alasan: Option<Penolakan>,
    /// The appointment, if the code is genuine.
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
    /// For `datang` and `sudah_datang`: whether the guru was told, because one of their screens is connected or they
    /// have read it. If not, somebody has to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guru_terhubung: Option<bool>,
    /// Where the guest can leave a review. Given on departure, if there is no review yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ulasan_url: Option<String>,
    /// For `pilih`: today's open appointments of the guest, to scan again with `id_janji_temu`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pilihan: Vec<JanjiTemu>,
    /// For `tanpa_janji`: the guest, for the walk-in form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamu: Option<Tamu>,
}

/// An appointment after a step that the desk took by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kedatangan {
    /// The appointment as it stands now.
    #[serde(flatten)]
    pub appointment: JanjiTemu,
    /// For an arrival: as in a scan's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guru_terhubung: Option<bool>,
    /// For an arrival: text for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// For an appointment that was called off: a message to the guest, if there is a number to send it to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pesan: Option<Pesan>,
}

/// A message that a person can send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pesan {
    /// Plain text.
    pub teks: String,
    /// Opens WhatsApp with the text, and with the guest's number if there is one.
    pub tautan_wa: String,
}
