//! How the environment of a server without a screen sets the channels up.

use thiserror::Error;

use super::{InvalidForm, Penyedia, Secret, SmtpConfig, SmtpForm, WhatsappConfig, WhatsappForm};

/// A variable that cannot be read. It never repeats the value.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum InvalidEnvironment {
    /// No provider, or not the parts that it has.
    #[error(
        "BUKUTAMU_WHATSAPP must be cloud:PHONE_ID:TOKEN, fonnte:TOKEN, wablas:TOKEN:SECRET, waha:KEY[:SESSION] or \
         evolution:INSTANCE:KEY"
    )]
    Whatsapp,
    /// Parts that are not what they must be.
    #[error("BUKUTAMU_WHATSAPP, with BUKUTAMU_WHATSAPP_BASE and BUKUTAMU_WHATSAPP_WEBHOOK: {0}")]
    WhatsappPart(InvalidForm),
    /// No mail server, or no sender.
    #[error("BUKUTAMU_SMTP, with BUKUTAMU_SMTP_FROM: {0}")]
    Smtp(InvalidForm),
}

impl WhatsappConfig {
    /// Reads `BUKUTAMU_WHATSAPP`, `BUKUTAMU_WHATSAPP_BASE` and `BUKUTAMU_WHATSAPP_WEBHOOK`.
    ///
    /// A phone's identity and an instance hold no colon, so everything behind them is the token or key, with its
    /// colons; so is all of Fonnte's. Of `wablas` and `waha` both parts are free, so there is one colon between them at
    /// most; a key with a colon is entered in the settings instead. The webhook's secret is that of the app for the
    /// Cloud API, with the token for its question behind a colon: `APP_SECRET[:VERIFY_TOKEN]`.
    ///
    /// # Errors
    /// [`InvalidEnvironment`], in one line.
    pub fn from_environment(
        text: &str,
        base: Option<&str>,
        webhook: Option<&str>,
    ) -> Result<Self, InvalidEnvironment> {
        let mut form = parts(text.trim()).ok_or(InvalidEnvironment::Whatsapp)?;
        form.base = base.map(str::to_owned);
        if form.penyedia == Penyedia::Cloud {
            let (app_secret, verify_token) =
                webhook.map_or((None, None), |text| match text.split_once(':') {
                    Some((app_secret, verify_token)) => (Some(app_secret), Some(verify_token)),
                    None => (Some(text), None),
                });
            form.app_secret = app_secret.map(Secret::new);
            form.verify_token = verify_token.map(Secret::new);
        } else {
            form.webhook_secret = webhook.map(Secret::new);
        }
        form.check().map_err(|errors| InvalidEnvironment::WhatsappPart(InvalidForm(errors)))
    }
}

/// The form with the parts of `BUKUTAMU_WHATSAPP`.
fn parts(text: &str) -> Option<WhatsappForm> {
    let (penyedia, rest) = text.split_once(':')?;
    let penyedia = penyedia.parse().ok()?;
    let empty = WhatsappForm::empty(penyedia);
    let form = match penyedia {
        Penyedia::Cloud => {
            let (phone_id, token) = rest.split_once(':')?;
            WhatsappForm { phone_id: Some(phone_id.to_owned()), token: Some(Secret::new(token)), ..empty }
        }
        Penyedia::Fonnte => WhatsappForm { token: Some(Secret::new(rest)), ..empty },
        Penyedia::Wablas => {
            let (token, secret) = rest.split_once(':').filter(|(_, secret)| !secret.contains(':'))?;
            WhatsappForm { token: Some(Secret::new(token)), secret: Some(Secret::new(secret)), ..empty }
        }
        Penyedia::Waha => {
            let (key, session) = match rest.split_once(':') {
                Some((_, session)) if session.contains(':') => return None,
                Some((key, session)) => (key, Some(session.to_owned())),
                None => (rest, None),
            };
            WhatsappForm { key: Some(Secret::new(key)), session, ..empty }
        }
        Penyedia::Evolution => {
            let (instance, key) = rest.split_once(':')?;
            WhatsappForm { instance: Some(instance.to_owned()), key: Some(Secret::new(key)), ..empty }
        }
        Penyedia::Smtp => return None,
    };
    Some(form)
}

impl SmtpConfig {
    /// Reads `BUKUTAMU_SMTP` and `BUKUTAMU_SMTP_FROM`.
    ///
    /// # Errors
    /// [`InvalidEnvironment`], in one line.
    pub fn from_environment(url: &str, from: Option<&str>) -> Result<Self, InvalidEnvironment> {
        let form = SmtpForm { url: Some(Secret::new(url)), dari: from.map(str::to_owned), dari_nama: None };
        form.check().map_err(|errors| InvalidEnvironment::Smtp(InvalidForm(errors)))
    }
}
