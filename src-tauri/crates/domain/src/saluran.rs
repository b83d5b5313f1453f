//! How the channels are set up, as types that hold only what was checked, and what providers report to the webhook.
//!
//! No error and no `Debug` repeats a secret.

mod base;
pub mod cloud;
mod environment;
mod form;
mod secret;
mod smtp;
mod template;
pub mod webhook;
mod whatsapp;

use crate::words::words;

pub use base::BaseUrl;
pub use environment::InvalidEnvironment;
pub use form::{InvalidForm, SmtpForm, TemplateForm, WhatsappForm};
pub use secret::Secret;
pub use smtp::SmtpConfig;
pub use template::{Template, Templates};
pub use whatsapp::{EvolutionVersion, Provider, WhatsappConfig};

words! {
    /// Who carries the messages of a channel.
    pub enum Penyedia, else UnknownPenyedia "penyedia tidak dikenal" {
        /// WhatsApp's own Cloud API.
        Cloud = "cloud",
        /// Fonnte, an unofficial gateway.
        Fonnte = "fonnte",
        /// Wablas, an unofficial gateway.
        Wablas = "wablas",
        /// WAHA, which schools run themselves.
        Waha = "waha",
        /// Evolution API, which schools run themselves.
        Evolution = "evolution",
        /// A mail server.
        Smtp = "smtp",
    }
}

#[cfg(test)]
mod tests;
