//! A provider's answer.

use std::time::Duration;

use domain::pesan::AlasanPesan;
use reqwest::StatusCode;
use serde_json::Value;

use crate::channel::SendError;

/// An answer that was read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// How long it asks to wait.
    pub(super) retry_after: Option<Duration>,
    /// None if it is no JSON, or too long.
    pub(super) body: Option<Value>,
}

impl Answer {
    /// The body of a success.
    ///
    /// # Errors
    /// What the status says; `Ditolak` for a success in a shape that no provider has.
    pub(super) fn success(self) -> Result<Value, SendError> {
        match self.refusal() {
            Some(refusal) => Err(refusal),
            None => self.body.ok_or_else(|| AlasanPesan::Ditolak.into()),
        }
    }

    /// What the status says, if it is none of success.
    pub(super) fn refusal(&self) -> Option<SendError> {
        let alasan = match self.status.as_u16() {
            200..=299 => return None,
            401 | 403 => AlasanPesan::TokenDitolak,
            429 => AlasanPesan::TerlaluCepat,
            408 | 500..=599 => AlasanPesan::TidakMenjawab,
            _ => AlasanPesan::Ditolak,
        };
        Some(SendError { alasan, retry_after: self.retry_after })
    }

    /// A refusal that the body explains better than the status.
    pub(super) fn refused(&self, alasan: AlasanPesan) -> SendError {
        SendError { alasan, retry_after: self.retry_after }
    }

    /// The body as text in small letters, to look for words in.
    pub(super) fn words(&self) -> String {
        self.body.as_ref().map(Value::to_string).unwrap_or_default().to_lowercase()
    }
}

/// A field by its name, in whichever case the provider writes it today.
pub(super) fn field<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    let fields = body.as_object()?;
    fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A text, or a number as text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a field says yes. `None` if it says neither yes nor no.
pub(super) fn is_yes(body: &Value, name: &str) -> Option<bool> {
    match field(body, name)? {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
