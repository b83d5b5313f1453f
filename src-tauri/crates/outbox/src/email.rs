//! E-mail by SMTP: text and HTML with the code inline, the ticket attached, and the appointment for the guest's
//! calendar.

mod html;
mod mime;

use std::time::Duration;

use async_trait::async_trait;
use domain::pesan::{AlasanPesan, KeadaanPesan, Saluran};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{Error as SmtpError, PoolConfig, response::Code},
};
use url::Url;

use crate::channel::{Channel, Message, SendError, Sent};

/// How long a server may take for one step.
const STEP: Duration = Duration::from_secs(10);

/// How long one message may take in all.
const WHOLE: Duration = Duration::from_secs(25);

/// Connections that stay open for the next message.
const CONNECTIONS: u32 = 4;

/// A mail server, and in whose name mails go out.
pub struct Email {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

/// Why e-mail cannot be set up. It never repeats the URL, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEmail {
    /// It is no address of a mail server.
    #[error(
        "the mail server must be like smtps://user:password@mail.example:465 or smtp://mail.example:587?tls=required"
    )]
    Url,
    /// A password would cross the network in the clear.
    #[error("a password for the mail server needs TLS: smtps://, or smtp:// with ?tls=required")]
    Clear,
    /// Nothing says in whose name mails go out.
    #[error("the sender's address is missing or is none")]
    From,
}

impl Email {
    /// A mail server by lettre's URL form. `from` is the sender's address; if it is missing, the user's name at the
    /// server is, where that is an address.
    ///
    /// # Errors
    /// [`InvalidEmail`].
    pub fn new(url: &str, from: Option<&str>, nama: &str) -> Result<Self, InvalidEmail> {
        let parsed = Url::parse(url).map_err(|_| InvalidEmail::Url)?;
        let host = parsed.host_str().filter(|host| !host.is_empty()).ok_or(InvalidEmail::Url)?.to_owned();
        let verified = parsed.scheme() == "smtps"
            || parsed.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        if parsed.password().is_some() && !verified && !is_this_computer(&parsed) {
            return Err(InvalidEmail::Clear);
        }
        let user = percent_encoding::percent_decode_str(parsed.username()).decode_utf8_lossy();
        let from = from.map(str::to_owned).unwrap_or_else(|| user.into_owned());
        let address = from.parse().map_err(|_| InvalidEmail::From)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| InvalidEmail::Url)?
            .timeout(Some(STEP))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(Duration::from_secs(30)))
            .build();
        Ok(Self { transport, from: Mailbox::new(Some(nama.to_owned()), address), host })
    }

    /// The sender's address.
    pub fn from(&self) -> String {
        self.from.email.to_string()
    }

    /// The server's name.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Whether what is sent there stays in this computer.
fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        // Schemes other than the web's leave an address as text.
        Some(url::Host::Domain(name)) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        None => false,
    }
}

#[async_trait]
impl Channel for Email {
    fn saluran(&self) -> Saluran {
        Saluran::Email
    }

    fn spacing(&self) -> Duration {
        Duration::ZERO
    }

    async fn send(&self, message: &Message) -> Result<Sent, SendError> {
        let mail = mime::mail(message, &self.from, &self.host)?;
        match tokio::time::timeout(WHOLE, self.transport.send(mail)).await {
            Ok(Ok(_)) => Ok(Sent { keadaan: KeadaanPesan::Terkirim, id_penyedia: None }),
            Ok(Err(error)) => Err(refusal(&error).into()),
            Err(_) => Err(AlasanPesan::TidakMenjawab.into()),
        }
    }

    async fn check(&self) -> Result<(), SendError> {
        match tokio::time::timeout(WHOLE, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error).into()),
            Ok(Ok(false)) | Err(_) => Err(AlasanPesan::TidakMenjawab.into()),
        }
    }
}

/// What a failure means. The server's own words may hold addresses, so they go nowhere.
fn refusal(error: &SmtpError) -> AlasanPesan {
    if let Some(code) = error.status() {
        return of_code(code);
    }
    if error.is_tls() || is_of_certificate(error) {
        return AlasanPesan::SertifikatDitolak;
    }
    // The client itself refuses: no login that both know, no TLS where it is required.
    if error.is_client() {
        return AlasanPesan::TokenDitolak;
    }
    AlasanPesan::TidakMenjawab
}

fn is_of_certificate(error: &SmtpError) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.to_string().contains("certificate") {
            return true;
        }
        source = inner.source();
    }
    false
}

/// What a server's code means (RFC 5321, RFC 4954).
fn of_code(code: Code) -> AlasanPesan {
    match u16::from(code) {
        530 | 534 | 535 | 538 => AlasanPesan::TokenDitolak,
        501 | 510 | 511 | 513 | 550 | 551 | 553 | 556 => AlasanPesan::AlamatDitolak,
        400..=499 => AlasanPesan::TerlaluCepat,
        _ => AlasanPesan::Ditolak,
    }
}
