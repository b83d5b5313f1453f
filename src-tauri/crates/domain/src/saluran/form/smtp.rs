//! The form of e-mail.

use std::{borrow::Cow, net::Ipv4Addr};

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

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
    /// What was meant. A password is only taken if it crosses no network in the clear.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn check(self) -> Result<SmtpConfig, FieldErrors> {
        let mut reader = Reader::default();
        let secret = reader.required_secret("url", self.url.as_ref());
        let url = server(secret.expose());
        match &url {
            None if !reader.errors.contains_key("url") => {
                reader.refuse("url", "tulis seperti smtps://pengguna:password@server:465");
            }
            Some(url) if url.password().is_some() && !is_private(url) => {
                reader.refuse(
                    "url",
                    "kata sandi butuh TLS atau STARTTLS: smtps://, atau smtp:// dengan ?tls=required",
                );
            }
            _ => {}
        }
        let dari = isian::collect(&mut reader.errors, "dari", isian::optional_email(self.dari.as_deref()));
        let dari = dari.flatten().or_else(|| isian::email(&user(url.as_ref()?)).ok());
        let dari = reader.required("dari", dari, String::new());
        let nama = isian::optional_nama(self.dari_nama.as_deref());
        let nama = isian::collect(&mut reader.errors, "dari_nama", nama);
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        reader.finish(SmtpConfig::new(secret, dari, nama.flatten(), host))
    }
}

/// A mail server's address: `smtp` or `smtps`, a host, and of lettre's parameters `tls` only.
fn server(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "smtp" | "smtps"))?;
    let is_known = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
        name == "tls" && matches!(&*value, "required" | "opportunistic") && url.scheme() == "smtp"
    };
    let is_sound = url.host_str().is_some_and(|host| !host.is_empty()) && url.query_pairs().all(is_known);
    is_sound.then_some(url)
}

/// Whether nobody on the way can read what is sent: by TLS that must be, or because it stays in this computer.
fn is_private(url: &Url) -> bool {
    let must_be_tls = url.scheme() == "smtps" || url.query_pairs().any(|(_, value)| value == "required");
    // Of such schemes an address of version 4 is text.
    let is_here = match url.host() {
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        }
        None => false,
    };
    must_be_tls || is_here
}

/// The user's name at the server.
fn user(url: &Url) -> String {
    percent_decode_str(url.username()).decode_utf8_lossy().into_owned()
}

impl From<SmtpConfig> for SmtpForm {
    fn from(config: SmtpConfig) -> Self {
        Self { url: Some(config.url), dari: Some(config.dari), dari_nama: config.nama }
    }
}
