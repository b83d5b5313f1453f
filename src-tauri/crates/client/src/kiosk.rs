//! What a desk's program asks of the school.

use domain::json::PinKiosk;

use crate::{Client, Result, http::Call};

impl Client {
    /// The PIN that leaves the desks' full screen, as its hash.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 403 for who is no receptionist and no admin.
    pub async fn get_kiosk_pin(&self) -> Result<PinKiosk> {
        self.json(Call::get("/api/kiosk/pin")).await
    }
}
