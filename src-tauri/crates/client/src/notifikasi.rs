//! What a guru was told of arrivals, and the guru's answer.

use domain::{IdJanjiTemu, json::Daftar, notifikasi::Notifikasi};
use serde::Serialize;

use crate::{Client, Error, Halaman, Result, http::Call};

impl Client {
    /// A page of one's own notifications, newest first.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_notifikasi(&self, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        self.json(halaman.ask(Call::get("/api/notifications"))).await
    }

    /// All of one's unread notifications, oldest first.
    ///
    /// # Errors
    /// As any request.
    pub async fn list_belum_dibaca(&self) -> Result<Daftar<Notifikasi>> {
        self.json(Call::get("/api/notifications").query("belum_dibaca", true)).await
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

    /// Answers an arrival, in up to 200 characters; `None` takes the answer back.
    ///
    /// # Errors
    /// [`Error::Problem`] with 404, or 422 for a text that is too long.
    pub async fn respond(&self, id: IdJanjiTemu, tanggapan: Option<&str>) -> Result<Notifikasi> {
        #[derive(Serialize)]
        struct Body<'a> {
            tanggapan: Option<&'a str>,
        }
        let call = Call::post("/api/notifications/{id}/respond").arg(id);
        self.json(call.body(&Body { tanggapan })?.repeatable()).await
    }
}
