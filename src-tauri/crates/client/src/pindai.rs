//! Scanning a code.

use domain::json::Scan;
use serde::Serialize;

use crate::{Client, IdempotencyKey, Result, http::Call};

impl Client {
    /// Scans a code; `kode` is the text as it was read. The guest arrives, leaves, or neither. Sent again with the same
    /// `kunci` if no answer comes, so that it happens once.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 422 and the reason for a refused code.
    /// [`Error::Unreachable`](crate::Error::Unreachable) if the server may or may not have recorded it; the same
    /// `kunci` finds out later.
    pub async fn scan(&self, kode: &str, kunci: &IdempotencyKey) -> Result<Scan> {
        #[derive(Serialize)]
        struct Body<'a> {
            kode: &'a str,
            kunci: &'a IdempotencyKey,
        }
        let call = Call::post("/api/appointments/scan").body(&Body { kode, kunci })?;
        self.json(call.repeatable()).await
    }
}
