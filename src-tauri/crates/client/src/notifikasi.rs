//! What a guru was told of arrivals, and the guru's answer.

use domain::{IdJanjiTemu, JenisTanggapan, json::Daftar, notifikasi::Notifikasi};
use serde::Serialize;

use crate::{Client, Error, Halaman, Result, http::Call};

/// An answer to an arrival. Words without a kind are the kind whose standard words they are; a kind without words has its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Jawaban {
    /// Up to 200 characters.
    pub tanggapan: Option<String>,
    /// What the answer means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// Of `sebentar`: in how many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_menit: Option<u16>,
    /// Of `antar`: where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tanggapan_tempat: Option<String>,
}

impl Jawaban {
    /// Words alone.
    pub fn teks(teks: &str) -> Self {
        Self { tanggapan: Some(teks.to_owned()), ..Self::default() }
    }
}

impl Client {
    /// A page of one's own notifications, newest first.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_notifikasi(&self, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        self.json(halaman.ask(Call::get("/api/notifications"))).await
    }

    /// A page of one's own unread notifications, oldest first.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_belum_dibaca(&self, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        self.json(halaman.ask(Call::get("/api/notifications")).query("belum_dibaca", true)).await
    }

    /// Marks a notification as read.
    ///
    /// # Errors
    /// [`Error::Problem`] with 404.
    pub async fn mark_read(&self, id: IdJanjiTemu) -> Result<Notifikasi> {
        self.json(Call::put("/api/notifications/{id}/read").arg(id).repeatable()).await
    }

    /// Puts a notification away. One that is away already is no error.
    ///
    /// # Errors
    /// As any request.
    pub async fn delete_notifikasi(&self, id: IdJanjiTemu) -> Result<()> {
        match self.empty(Call::delete("/api/notifications/{id}").arg(id)).await {
            // It may have been this very request, sent again.
            Err(Error::Problem(problem)) if problem.status == 404 => Ok(()),
            other => other,
        }
    }

    /// Answers an arrival; `None` takes the answer back.
    ///
    /// # Errors
    /// [`Error::Problem`] with 404, or 422 with a message for each wrong field.
    pub async fn respond(&self, id: IdJanjiTemu, jawaban: Option<&Jawaban>) -> Result<Notifikasi> {
        let call = Call::post("/api/notifications/{id}/respond").arg(id);
        let none = Jawaban::default();
        self.json(call.body(jawaban.unwrap_or(&none))?.repeatable()).await
    }
}
