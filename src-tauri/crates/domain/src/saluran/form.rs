//! How a channel is set up, as it is sent and as it is kept: unknown fields are refused, and all that is wrong is told
//! at once, by field. Empty fields count as missing.

mod smtp;
mod whatsapp;

use std::fmt;

pub use smtp::SmtpForm;
pub use whatsapp::{TemplateForm, WhatsappForm};

use super::Secret;
use crate::isian::{FieldError, FieldErrors, InvalidIsian};

/// A set-up that cannot be read. Says what is wrong and never what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidForm(pub FieldErrors);

impl fmt::Display for InvalidForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (field, error)) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "; " };
            write!(f, "{comma}{field}: {}", error.teks)?;
        }
        Ok(())
    }
}

/// Takes the fields of a form one by one and keeps what is wrong with them.
#[derive(Default)]
struct Reader {
    errors: FieldErrors,
}

impl Reader {
    fn refuse(&mut self, field: &str, error: impl Into<FieldError>) {
        self.errors.insert(field.to_owned(), error.into());
    }

    /// What stands in a field, if it passes; `wrong` is told otherwise.
    fn optional(
        &mut self,
        field: &str,
        text: Option<&str>,
        passes: fn(&str) -> bool,
        wrong: &str,
    ) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        if passes(text) {
            return Some(text.to_owned());
        }
        self.refuse(field, wrong);
        None
    }

    fn optional_secret(&mut self, field: &str, secret: Option<&Secret>) -> Option<Secret> {
        let secret = secret.map(Secret::trimmed).filter(|secret| !secret.expose().is_empty())?;
        if secret.is_token() {
            return Some(secret);
        }
        self.refuse(field, "hanya huruf, angka dan tanda ASCII tanpa spasi, paling banyak 1024");
        None
    }

    /// The value, or an empty one that is never seen, because the error is told instead.
    fn required<T>(&mut self, field: &str, value: Option<T>, empty: T) -> T {
        value.unwrap_or_else(|| {
            self.errors.entry(field.to_owned()).or_insert_with(|| InvalidIsian::Empty.into());
            empty
        })
    }

    fn required_secret(&mut self, field: &str, secret: Option<&Secret>) -> Secret {
        let secret = self.optional_secret(field, secret);
        self.required(field, secret, Secret::new(""))
    }

    fn finish<T>(self, value: T) -> Result<T, FieldErrors> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }
}
