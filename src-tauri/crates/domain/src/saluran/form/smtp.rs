//! The form of e-mail.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Reader, Secret};
use crate::{
    isian::{self, FieldErrors},
    saluran::SmtpConfig,
};

/// How e-mail is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SmtpForm {
    /// The server: `smtps://user:password@host:465` or `smtp://host:587?tls=required`.
    pub url: Option<Secret>,
    /// The sender's address; if it is missing, the user's name at the server is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dari: Option<String>,
    /// The sender's name; if it is missing, the school's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dari_nama: Option<String>,
}

impl SmtpForm {
    /// What was meant.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn check(self) -> Result<SmtpConfig, FieldErrors> {
        let mut reader = Reader::default();
        let url = reader.required_secret("url", self.url.as_ref());
        let host = host(url.expose());
        if host.is_none() && !reader.errors.contains_key("url") {
            reader.refuse("url", "tulis seperti smtps://pengguna:password@server:465");
        }
        let dari = isian::collect(&mut reader.errors, "dari", isian::optional_email(self.dari.as_deref()));
        let nama = isian::optional_nama(self.dari_nama.as_deref());
        let nama = isian::collect(&mut reader.errors, "dari_nama", nama);
        reader.finish(SmtpConfig::new(url, dari.flatten(), nama.flatten(), host.unwrap_or_default()))
    }
}

/// The host of a mail server's address.
fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "smtp" | "smtps"))?;
    url.host_str().filter(|host| !host.is_empty()).map(str::to_owned)
}

impl From<SmtpConfig> for SmtpForm {
    fn from(config: SmtpConfig) -> Self {
        Self { url: Some(config.url), dari: config.dari, dari_nama: config.nama }
    }
}
