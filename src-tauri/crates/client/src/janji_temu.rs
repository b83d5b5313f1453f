//! Appointments.

use domain::{IdJanjiTemu, json::JanjiTemu};

use crate::{Client, Result, http::Call};

impl Client {
    /// One appointment.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 404, also for another guru's.
    pub async fn get_janji_temu(&self, id: IdJanjiTemu) -> Result<JanjiTemu> {
        self.json(Call::get("/api/appointments/{id}").arg(id)).await
    }
}
