//! Guests, as the desk and a guru find and enter them.

use domain::{
    Tamu,
    json::{Daftar, TamuRingkas},
};
use serde::Serialize;

use crate::{Client, Halaman, Result, http::Call};

/// A guest as entered.
#[derive(Clone, Serialize)]
pub struct TamuBaru {
    /// Full name.
    pub nama: String,
    /// However it is written; the server normalises it. Missing where the guest has no phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telp: Option<String>,
    /// Where invitations may also go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the guest comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instansi: Option<String>,
}

impl Client {
    /// Finds guests by name, institution, number or the number's last four digits. A guru needs a whole number, or
    /// three letters of a name.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 422 where `q` says too little.
    pub async fn search_tamu(&self, q: &str, halaman: Halaman) -> Result<Daftar<TamuRingkas>> {
        self.json(halaman.ask(Call::get("/api/tamu/search").query("q", q))).await
    }

    /// Enters a guest. Not sent again by itself: a number that is known already is refused, so it changes nothing
    /// twice, but the answer to the second would be a refusal.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem): 409 `sudah_ada` for a known number, 422 for wrong fields.
    pub async fn create_tamu(&self, tamu: &TamuBaru) -> Result<Tamu> {
        self.json(Call::post("/api/tamu").body(tamu)?).await
    }
}
