//! E-mail by SMTP: text and HTML with the code inline, the ticket attached, and the appointment for the guest's
//! calendar.

mod html;
mod mime;

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    pesan::{AlasanPesan, KeadaanPesan, Saluran},
    saluran::SmtpConfig,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{Error as SmtpError, PoolConfig, response::Code},
};

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

/// lettre does not take the set-up. What it says may repeat a password, so it goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mail server's address cannot be used")]
pub struct InvalidEmail;

impl Email {
    /// E-mail as it is set up. `nama` is the sender's name where the set-up gives none.
    ///
    /// # Errors
    /// [`InvalidEmail`].
    pub fn new(config: &SmtpConfig, nama: &str) -> Result<Self, InvalidEmail> {
        let address = config.dari.parse().map_err(|_| InvalidEmail)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.expose())
            .map_err(|_| InvalidEmail)?
            .timeout(Some(STEP))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(Duration::from_secs(30)))
            .build();
        let nama = config.nama.as_deref().unwrap_or(nama).to_owned();
        Ok(Self { transport, from: Mailbox::new(Some(nama), address), host: config.summary().to_owned() })
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
