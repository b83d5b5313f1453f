//! What a provider reports of messages that it took: whether the report is genuine, and what it says.
//!
//! Nothing is believed without proof: the Cloud API and WAHA sign the body, the others bring a shared random secret
//! along. A genuine report that is sent again says the same again; one that is behind changes nothing, because
//! `KeadaanPesan::progress` says so where it is kept.

mod parse;
mod proof;

use thiserror::Error;

use super::{Penyedia, Provider, WhatsappConfig};
use crate::pesan::{AlasanPesan, KeadaanPesan};

/// Reports of one body.
pub const REPORTS_MAX: usize = 100;

/// Characters of the Cloud API's question that are given back.
const CHALLENGE_MAX: usize = 128;

/// What of a request shows that it is genuine.
#[derive(Clone, Copy, Default)]
pub struct Proof<'a> {
    /// Header `X-Hub-Signature-256`, of the Cloud API.
    pub hub_signature: Option<&'a str>,
    /// Header `X-Webhook-Hmac`, of WAHA.
    pub webhook_hmac: Option<&'a str>,
    /// Header `X-Buku-Tamu-Rahasia`, or else the query's `rahasia`, decoded: of the others.
    pub rahasia: Option<&'a str>,
}

/// What became of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The provider's name for it, as `Sent` had it.
    pub id_penyedia: String,
    /// What became of it: `Terkirim`, `Sampai`, `Dibaca` or `Gagal`.
    pub keadaan: KeadaanPesan,
    /// Why it failed.
    pub alasan: Option<AlasanPesan>,
}

/// What a body says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Of messages, in the order of the body.
    pub reports: Vec<Report>,
    /// Of the gateway's phone, where it says so.
    pub phone: Option<Phone>,
}

/// The gateway's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phone {
    /// Messages can leave.
    Connected,
    /// They cannot, until somebody connects it.
    Lost,
}

impl Phone {
    /// What is wrong with the channel, as it is kept.
    pub const fn alasan(self) -> Option<AlasanPesan> {
        match self {
            Self::Connected => None,
            Self::Lost => Some(AlasanPesan::SesiPutus),
        }
    }
}

/// Why a report is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidReport {
    /// It does not show that it comes from the provider, or nothing is set up by which it could.
    #[error("the report is not signed by the provider")]
    Forged,
    /// It is not of the provider's shape.
    #[error("the report cannot be read")]
    Malformed,
    /// It tells of more messages than a school sends at a time.
    #[error("the report tells of more than {REPORTS_MAX} messages")]
    TooMany,
}

/// What a genuine body says. What it holds beside states of messages and of the phone is ignored.
///
/// # Errors
/// [`InvalidReport`].
pub fn receive(config: &WhatsappConfig, proof: Proof<'_>, body: &[u8]) -> Result<Received, InvalidReport> {
    let secret = config.webhook_secret().ok_or(InvalidReport::Forged)?.expose();
    let is_genuine = match config.penyedia() {
        Penyedia::Cloud => proof::is_signed_by_sha256(secret, proof.hub_signature, body),
        Penyedia::Waha => proof::is_signed_by_sha512(secret, proof.webhook_hmac, body),
        Penyedia::Fonnte | Penyedia::Wablas | Penyedia::Evolution | Penyedia::Smtp => {
            proof.rahasia.is_some_and(|shown| proof::is_same(secret, shown))
        }
    };
    if !is_genuine {
        return Err(InvalidReport::Forged);
    }
    let received = parse::parse(&config.provider, body).ok_or(InvalidReport::Malformed)?;
    if received.reports.len() > REPORTS_MAX { Err(InvalidReport::TooMany) } else { Ok(received) }
}

/// The Cloud API's question whether the webhook is ours: the query's `hub.mode`, `hub.verify_token`, `hub.challenge`.
#[derive(Clone, Copy, Default)]
pub struct Question<'a> {
    /// `subscribe`.
    pub mode: Option<&'a str>,
    /// What the admin entered there.
    pub verify_token: Option<&'a str>,
    /// What it wants to read.
    pub challenge: Option<&'a str>,
}

/// The answer to the Cloud API's question, to be sent as `text/plain`. `None` if the question is not its own.
pub fn answer<'a>(config: &WhatsappConfig, question: Question<'a>) -> Option<&'a str> {
    let Provider::Cloud { verify_token: Some(secret), .. } = &config.provider else { return None };
    let is_its_own = question.mode == Some("subscribe")
        && question.verify_token.is_some_and(|shown| proof::is_same(secret.expose(), shown));
    let is_plain =
        |text: &&str| text.len() <= CHALLENGE_MAX && text.bytes().all(|b| b.is_ascii_alphanumeric());
    question.challenge.filter(|_| is_its_own).filter(is_plain)
}

/// WAHA's name for a message without the number that it writes it to: of `true_62…@c.us_3EB0` the `3EB0`. What is
/// kept holds no number, and engines that name the chat otherwise in a report still mean the same message.
pub fn waha_id(text: &str) -> &str {
    let mut parts = text.splitn(4, '_');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("true" | "false"), Some(_), Some(id)) => id,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
