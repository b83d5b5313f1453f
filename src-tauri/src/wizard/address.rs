//! Server addresses that a person typed: completes them, asks who answers there, and keeps the compared fingerprint.

use client::{Client, Error, ServerAddress, TokenStore, fetch_fingerprint};
use contract::{AddressFault, Failure, FinishReason, WizardFingerprint};

use crate::{
    commands::{Answer, Caller, Handler},
    profile::{DEFAULT_PORT, Place},
};

/// The address as pages show it.
pub(super) fn shown(address: &ServerAddress) -> contract::ServerAddress {
    contract::ServerAddress {
        url: address.url().as_str().trim_end_matches('/').to_owned(),
        fingerprint: address.fingerprint().map(|fingerprint| fingerprint.to_string()),
    }
}

impl Handler for WizardFingerprint {
    fn answer(self, _: Caller) -> Answer<Self> {
        Answer::later(async move {
            let looked = look(&self.address).await;
            looked.as_ref().map(shown).map_err(|error| Failure::Address { reason: fault(error) })
        })
    }
}

fn fault(error: &Error) -> AddressFault {
    match error {
        Error::Address(_) => AddressFault::Address,
        Error::Tls(_) => AddressFault::Tls,
        _ => AddressFault::Unreachable,
    }
}

async fn look(typed: &str) -> client::Result<ServerAddress> {
    let address: ServerAddress = complete(typed).parse()?;
    if address.url().scheme() == "http" {
        Client::connect(address.clone(), TokenStore::memory()).await?;
        return Ok(address);
    }
    address.with_fingerprint(fetch_fingerprint(&address).await?)
}

/// Adds the scheme and the default port if they are missing: people type `192.168.1.10`.
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

/// The address and the fingerprint that a person has compared, as the place of the guest book.
///
/// # Errors
/// The address or the fingerprint is not valid.
pub(super) fn place(url: &str, fingerprint: Option<&str>) -> Result<Place, Failure> {
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
    let place = read().map(|url| Place::Remote { url });
    place.map_err(|error| Failure::setup(FinishReason::Isian, Some("url"), error))
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
