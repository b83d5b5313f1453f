//! How WhatsApp is set up.

use serde::{Deserialize, Serialize};

use super::{BaseUrl, InvalidForm, Penyedia, Secret, Templates, WhatsappForm};

/// How WhatsApp is set up. Its JSON is a [`WhatsappForm`], whether it is sent or kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WhatsappForm", into = "WhatsappForm")]
pub struct WhatsappConfig {
    /// Where the provider is.
    pub base: BaseUrl,
    /// Who it is, with what it asks for.
    pub provider: Provider,
}

/// A provider of WhatsApp, with what it asks for. What serves the webhook may be missing; then no report is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// WhatsApp's own Cloud API.
    Cloud {
        /// The identity of the school's number there.
        phone_id: String,
        /// The access token.
        token: Secret,
        /// The version of the API, such as `v23.0`.
        version: String,
        /// The app's secret, with which reports are signed.
        app_secret: Option<Secret>,
        /// What the API shows when it asks whether the webhook is ours.
        verify_token: Option<Secret>,
        /// Templates that are not named as usual.
        template: Templates,
    },
    /// Fonnte.
    Fonnte {
        /// The device's token.
        token: Secret,
        /// What its reports bring along.
        webhook_secret: Option<Secret>,
    },
    /// Wablas.
    Wablas {
        /// The device's token.
        token: Secret,
        /// The device's secret key.
        secret: Secret,
        /// What its reports bring along.
        webhook_secret: Option<Secret>,
    },
    /// WAHA.
    Waha {
        /// The key of its API.
        key: Secret,
        /// The session that is the school's number.
        session: String,
        /// The key with which reports are signed.
        webhook_secret: Option<Secret>,
    },
    /// Evolution API.
    Evolution {
        /// The instance that is the school's number.
        instance: String,
        /// The key of its API.
        key: Secret,
        /// Which bodies it wants; none if it shows with the first message.
        version: Option<EvolutionVersion>,
        /// What its reports bring along.
        webhook_secret: Option<Secret>,
    },
}

/// The two generations of Evolution API, which want other bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvolutionVersion {
    /// `{"textMessage": {"text"}}`.
    V1,
    /// `{"text"}`.
    V2,
}

impl WhatsappConfig {
    /// Who carries the messages.
    pub const fn penyedia(&self) -> Penyedia {
        match self.provider {
            Provider::Cloud { .. } => Penyedia::Cloud,
            Provider::Fonnte { .. } => Penyedia::Fonnte,
            Provider::Wablas { .. } => Penyedia::Wablas,
            Provider::Waha { .. } => Penyedia::Waha,
            Provider::Evolution { .. } => Penyedia::Evolution,
        }
    }

    /// By what an admin knows it again: the number's identity at the Cloud API, else the server. Never a secret.
    pub fn summary(&self) -> String {
        match &self.provider {
            Provider::Cloud { phone_id, .. } => phone_id.clone(),
            Provider::Fonnte { .. }
            | Provider::Wablas { .. }
            | Provider::Waha { .. }
            | Provider::Evolution { .. } => self.base.host(),
        }
    }

    /// What reports are signed with, or bring along.
    pub(super) const fn webhook_secret(&self) -> Option<&Secret> {
        match &self.provider {
            Provider::Cloud { app_secret, .. } => app_secret.as_ref(),
            Provider::Fonnte { webhook_secret, .. }
            | Provider::Wablas { webhook_secret, .. }
            | Provider::Waha { webhook_secret, .. }
            | Provider::Evolution { webhook_secret, .. } => webhook_secret.as_ref(),
        }
    }
}

impl TryFrom<WhatsappForm> for WhatsappConfig {
    type Error = InvalidForm;

    fn try_from(form: WhatsappForm) -> Result<Self, InvalidForm> {
        form.check().map_err(InvalidForm)
    }
}
