//! An address that a person typed: completed, asked who answers there, and kept with what was compared.

use client::{Error, ServerAddress, fetch_fingerprint};
use serde::Serialize;

use super::Finished;
use crate::profile::{DEFAULT_PORT, Place};

/// An address and what to compare.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paired {
    url: String,
    fingerprint: Option<String>,
}

impl From<&ServerAddress> for Paired {
    fn from(address: &ServerAddress) -> Self {
        Self {
            url: address.url().as_str().trim_end_matches('/').to_owned(),
            fingerprint: address.fingerprint().map(|fingerprint| fingerprint.to_string()),
        }
    }
}

/// Who answers at an address.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Look {
    /// A server, and the certificate to compare.
    There {
        /// `true`.
        ok: bool,
        /// Its address as it is kept.
        #[serde(flatten)]
        paired: Paired,
    },
    /// Nobody.
    NotThere {
        /// `false`.
        ok: bool,
        /// `address`, `unreachable` or `tls`.
        reason: &'static str,
    },
}

/// Asks who answers at a typed address. Nothing is sent there.
#[tauri::command]
pub(crate) async fn wizard_fingerprint(address: String) -> Look {
    match look(&address).await {
        Ok(address) => Look::There { ok: true, paired: Paired::from(&address) },
        Err(error) => Look::NotThere {
            ok: false,
            reason: match error {
                Error::Address(_) => "address",
                Error::Tls(_) => "tls",
                _ => "unreachable",
            },
        },
    }
}

async fn look(typed: &str) -> client::Result<ServerAddress> {
    let address: ServerAddress = complete(typed).parse()?;
    if address.url().scheme() == "http" {
        client::Client::connect(address.clone(), client::TokenStore::memory()).await?;
        return Ok(address);
    }
    address.with_fingerprint(fetch_fingerprint(&address).await?)
}

/// People type `192.168.1.10`, and mean the server there.
fn complete(typed: &str) -> String {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", typed));
    let host = rest.split(['/', '#', '?']).next().unwrap_or_default();
    let has_port = host.rsplit_once(':').is_some_and(|(before, port)| {
        port.parse::<u16>().is_ok() && (!before.contains(':') || before.ends_with(']'))
    });
    if has_port || scheme == "http" || host.is_empty() {
        return format!("{scheme}://{rest}");
    }
    format!("{scheme}://{host}:{DEFAULT_PORT}{}", &rest[host.len()..])
}

/// What a person compared, as the place of the guest book.
///
/// # Errors
/// An address or a fingerprint that is none.
pub(super) fn place(url: &str, fingerprint: Option<&str>) -> Result<Place, Finished> {
    let read = || -> Result<ServerAddress, Error> {
        let address: ServerAddress = url.parse()?;
        match fingerprint {
            Some(text) => {
                let fingerprint = text.parse().map_err(|_| Error::Address("no fingerprint"))?;
                address.with_fingerprint(fingerprint)
            }
            None => Ok(address),
        }
    };
    read().map(|url| Place::Remote { url }).map_err(|error| Finished::no("isian", Some("url"), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_address_is_completed() {
        assert_eq!(complete(" 192.168.1.10 "), "https://192.168.1.10:8443");
        assert_eq!(complete("meja.sekolah.example:9000"), "https://meja.sekolah.example:9000");
        assert_eq!(complete("https://[fe80::1]"), "https://[fe80::1]:8443");
        assert_eq!(complete("https://[fe80::1]:1#AB"), "https://[fe80::1]:1#AB");
        assert_eq!(complete("http://127.0.0.1:8700"), "http://127.0.0.1:8700");
        assert_eq!(complete("h/x?y#z"), "https://h:8443/x?y#z");
    }
}
