//! Codes: looked at, and scanned.

use domain::{
    IdJanjiTemu,
    json::{Scan, Verifikasi},
};
use serde::Serialize;

use crate::{Client, Kunci, Result, http::Call};

#[derive(Serialize)]
struct ScanBody<'a> {
    kode: &'a str,
    kunci: &'a Kunci,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_janji_temu: Option<IdJanjiTemu>,
}

impl Client {
    /// Scans a code, `kode` being the scanned text as it is: the guest arrives, leaves, or neither. Repeated with the
    /// same `kunci` where no answer came, so that it happens once.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 422 and the reason for a refused code;
    /// [`Error::Unreachable`](crate::Error::Unreachable) where it is not known whether the server has recorded it: the
    /// same `kunci` later finds out.
    pub async fn scan(&self, kode: &str, kunci: &Kunci) -> Result<Scan> {
        self.send_scan(&ScanBody { kode, kunci, id_janji_temu: None }).await
    }

    /// The same after an answer of `pilih`, for one of the appointments offered. With a new `kunci`: it is a new act.
    ///
    /// # Errors
    /// As [`Client::scan`].
    pub async fn scan_pilihan(&self, kode: &str, id: IdJanjiTemu, kunci: &Kunci) -> Result<Scan> {
        self.send_scan(&ScanBody { kode, kunci, id_janji_temu: Some(id) }).await
    }

    async fn send_scan(&self, body: &ScanBody<'_>) -> Result<Scan> {
        self.json(Call::post("/api/appointments/scan").body(body)?.repeatable()).await
    }

    /// Looks at a code and changes nothing. A refused one is an answer too, with `valid: false`.
    ///
    /// # Errors
    /// As any request.
    pub async fn verify(&self, kode: &str) -> Result<Verifikasi> {
        self.json(Call::get("/api/appointments/qr/{kode}").arg(kode)).await
    }
}
