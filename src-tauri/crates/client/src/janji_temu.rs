//! Appointments: scanning, looking, booking, moving on.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use domain::{IdJanjiTemu, isian, json::Scan};
use serde::Serialize;

use crate::{Client, Error, Result, http::Call};

/// The key by which the server recognises a request that is sent again: 1 to 64 visible ASCII characters.
///
/// One key stands for one thing that a person did. Take a new one for each, and the same for each repetition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Kunci(String);

impl Kunci {
    /// A key that nobody else has: 128 random bits.
    ///
    /// # Panics
    /// Where the operating system has no random numbers, as no program could go on then.
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(BASE32_NOPAD.encode(&bytes))
    }

    /// A key kept from before, as in a journal.
    ///
    /// # Errors
    /// [`Error::Protocol`] where the server would not take it.
    pub fn new(text: &str) -> Result<Self> {
        match isian::kunci(Some(text)) {
            Ok(Some(kunci)) => Ok(Self(kunci)),
            _ => Err(Error::Protocol("a key is 1 to 64 visible ASCII characters".to_owned())),
        }
    }
}

impl fmt::Display for Kunci {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Client {
    /// Scans a code: the guest arrives, leaves, or neither. `kode` is the scanned text as it is; `id_janji_temu` picks
    /// after an answer of `pilih`. Repeated with the same `kunci` where no answer came, so that it happens once.
    ///
    /// # Errors
    /// [`Error::Problem`] with 422 and the reason for a refused code; [`Error::Unreachable`] where it is not known
    /// whether the server has recorded it: the same `kunci` later finds out.
    pub async fn scan(&self, kode: &str, id_janji_temu: Option<IdJanjiTemu>, kunci: &Kunci) -> Result<Scan> {
        #[derive(Serialize)]
        struct Body<'a> {
            kode: &'a str,
            kunci: &'a Kunci,
            #[serde(skip_serializing_if = "Option::is_none")]
            id_janji_temu: Option<IdJanjiTemu>,
        }
        let body = Body { kode, kunci, id_janji_temu };
        self.json(Call::post("/api/appointments/scan").body(&body)?.repeatable()).await
    }
}
