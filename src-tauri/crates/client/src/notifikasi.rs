//! A guru's answer to an arrival.

use domain::{IdJanjiTemu, JenisTanggapan, notifikasi::Notifikasi};
use serde::Serialize;

use crate::{Client, Result, http::Call};

/// An answer to an arrival. If only words are given, the server finds the kind whose standard words they are; if only a
/// kind is given, it has its standard words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Jawaban {
    /// At most 200 characters.
    pub tanggapan: Option<String>,
    /// What the answer means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// For `sebentar`: in how many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_menit: Option<u16>,
    /// For `antar`: where to bring the guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_tempat: Option<String>,
}

impl Jawaban {
    /// Only words.
    pub fn teks(teks: &str) -> Self {
        Self { tanggapan: Some(teks.to_owned()), ..Self::default() }
    }
}

impl Client {
    /// Answers an arrival.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 404, or 422 with a message for each wrong field.
    pub async fn respond(&self, id: IdJanjiTemu, jawaban: &Jawaban) -> Result<Notifikasi> {
        self.json(Call::post("/api/notifications/{id}/respond").arg(id).body(jawaban)?.repeatable()).await
    }
}
