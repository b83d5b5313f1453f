//! WhatsApp, through whichever provider the school has.
//!
//! A provider that took a message has not sent it yet: that is all its answer says. What becomes of it is told by its
//! reports (`domain::saluran::webhook`).

mod answer;
mod cloud;
mod endpoint;
mod evolution;
mod fonnte;
mod http;
mod verdict;
mod wablas;
mod waha;
mod words;

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    pesan::{AlasanPesan, KeadaanPesan, Saluran},
    saluran::{Provider, WhatsappConfig},
};
use moka::sync::Cache;
use tokio::time::timeout;

pub use http::{Http, Limits};

use crate::channel::{Channel, Message, SendError, Sent};
use endpoint::Endpoint;

/// The Cloud API takes 80 messages a second; this is for the school's line.
const OFFICIAL_SPACING: Duration = Duration::from_millis(100);

/// Gateways write as a person's phone would, and WhatsApp bans numbers that write faster than a person does.
const UNOFFICIAL_SPACING: Duration = Duration::from_secs(8);

/// Numbers of which it is remembered whether they have WhatsApp, and for how long: a guest who installs it, or a retry,
/// comes after minutes.
const KNOWN_MAX: u64 = 1000;
const KNOWN_FOR: Duration = Duration::from_secs(600);

/// Characters of a provider's name for a message that are kept.
const ID_MAX: usize = 200;

/// What one provider does in its own way.
#[async_trait]
trait Gateway: Send + Sync {
    /// How far apart messages leave at least.
    fn spacing(&self) -> Duration {
        UNOFFICIAL_SPACING
    }

    /// Whether a number has WhatsApp; `None` if the provider does not tell. Numbers are digits only.
    async fn has_whatsapp(&self, _number: &str) -> Result<Option<bool>, SendError> {
        Ok(None)
    }

    /// Sends, and answers with the provider's name for the message.
    async fn send(&self, number: &str, message: &Message) -> Result<Option<String>, SendError>;

    /// Whether messages could leave now.
    async fn check(&self) -> Result<(), SendError>;
}

/// The channel as it is set up.
pub fn channel(config: &WhatsappConfig, http: &Http) -> Box<dyn Channel> {
    let at = |header, secret: String| Endpoint::new(http.clone(), config.base.clone(), header, secret);
    let gateway: Box<dyn Gateway> = match &config.provider {
        Provider::Cloud { phone_id, token, version, template, .. } => {
            let endpoint = at("authorization", format!("Bearer {}", token.expose()));
            Box::new(cloud::Cloud::new(endpoint, version, phone_id, template.clone()))
        }
        Provider::Fonnte { token, .. } => {
            Box::new(fonnte::Fonnte::new(at("authorization", token.expose().to_owned())))
        }
        Provider::Wablas { token, secret, .. } => {
            let endpoint = at("authorization", format!("{}.{}", token.expose(), secret.expose()));
            Box::new(wablas::Wablas::new(endpoint, token.clone()))
        }
        Provider::Waha { key, session, .. } => {
            Box::new(waha::Waha::new(at("x-api-key", key.expose().to_owned()), session))
        }
        Provider::Evolution { instance, key, version, .. } => {
            let endpoint = at("apikey", key.expose().to_owned());
            Box::new(evolution::Evolution::new(endpoint, instance, *version))
        }
    };
    let known = Cache::builder().max_capacity(KNOWN_MAX).time_to_live(KNOWN_FOR).build();
    Box::new(Whatsapp { gateway, known, whole: http.limits().whole, penyedia: config.penyedia().as_str() })
}

struct Whatsapp {
    gateway: Box<dyn Gateway>,
    /// Whether numbers have WhatsApp, as far as it was asked.
    known: Cache<String, bool>,
    whole: Duration,
    penyedia: &'static str,
}

impl Whatsapp {
    /// One call from its first request to its last answer.
    async fn within<T>(
        &self,
        doing: &'static str,
        call: impl Future<Output = Result<T, SendError>>,
    ) -> Result<T, SendError> {
        let result = timeout(self.whole, call).await.unwrap_or(Err(AlasanPesan::TidakMenjawab.into()));
        if let Err(error) = &result {
            tracing::debug!(penyedia = self.penyedia, doing, alasan = error.alasan.as_str(), "not done");
        }
        result
    }

    /// Whether it is worth to write to a number. A provider that refuses to tell is not asked for more.
    async fn may_have_whatsapp(&self, number: &str) -> Result<bool, SendError> {
        if let Some(known) = self.known.get(number) {
            return Ok(known);
        }
        match self.gateway.has_whatsapp(number).await {
            Ok(Some(found)) => {
                self.known.insert(number.to_owned(), found);
                Ok(found)
            }
            Ok(None) | Err(SendError { alasan: AlasanPesan::Ditolak, .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    async fn deliver(&self, number: &str, message: &Message) -> Result<Sent, SendError> {
        if !self.may_have_whatsapp(number).await? {
            return Err(AlasanPesan::NomorTanpaWhatsapp.into());
        }
        let id = self.gateway.send(number, message).await?;
        Ok(Sent {
            keadaan: KeadaanPesan::Diserahkan,
            id_penyedia: id.filter(|id| (1..=ID_MAX).contains(&id.chars().count())),
        })
    }
}

#[async_trait]
impl Channel for Whatsapp {
    fn saluran(&self) -> Saluran {
        Saluran::Whatsapp
    }

    fn spacing(&self) -> Duration {
        self.gateway.spacing()
    }

    async fn send(&self, message: &Message) -> Result<Sent, SendError> {
        let telp = message.recipient.telp.as_ref().ok_or(AlasanPesan::TanpaAlamat)?;
        let number = telp.as_str().trim_start_matches('+');
        self.within("send", self.deliver(number, message)).await
    }

    async fn check(&self) -> Result<(), SendError> {
        self.within("check", self.gateway.check()).await
    }
}

/// What goes along as a picture: the invitation, or else the code by itself.
fn picture(message: &Message) -> Option<&[u8]> {
    message.tiket.as_deref().or(message.kode.as_deref())
}

/// The picture's name, which some phones show.
const PICTURE_NAME: &str = "undangan.png";

const PNG: &str = "image/png";

#[cfg(test)]
mod tests;
