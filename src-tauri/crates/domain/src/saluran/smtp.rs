//! How e-mail is set up.

use serde::{Deserialize, Serialize};

use super::{InvalidForm, Secret, SmtpForm};

/// How e-mail is set up. Its JSON is an [`SmtpForm`], whether it is sent or kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SmtpForm", into = "SmtpForm")]
pub struct SmtpConfig {
    /// The server in lettre's URL form, which may hold a password. Whoever connects reads its details.
    pub url: Secret,
    /// The sender's address.
    pub dari: String,
    /// The sender's name; none for the school's.
    pub nama: Option<String>,
    host: String,
}

impl SmtpConfig {
    pub(super) fn new(url: Secret, dari: String, nama: Option<String>, host: String) -> Self {
        Self { url, dari, nama, host }
    }

    /// By what an admin knows it again: the server. Never a secret.
    pub fn summary(&self) -> &str {
        &self.host
    }
}

impl TryFrom<SmtpForm> for SmtpConfig {
    type Error = InvalidForm;

    fn try_from(form: SmtpForm) -> Result<Self, InvalidForm> {
        form.check().map_err(InvalidForm)
    }
}
