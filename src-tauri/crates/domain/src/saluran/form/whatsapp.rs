//! The form of WhatsApp.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Reader, Secret};
use crate::{
    isian::FieldErrors,
    pesan::JenisPesan,
    saluran::{
        BaseUrl, EvolutionVersion, Penyedia, Provider, Template, Templates, WhatsappConfig,
        template::{is_language, is_name},
    },
};

/// The version of the Cloud API if none is set. The API answers by the oldest one that still lives once it has ended.
const CLOUD_VERSION: &str = "v23.0";

/// The session of a WAHA server if none is set.
const WAHA_SESSION: &str = "default";

/// Characters of a secret that reports bring along, at least: it must not be guessed.
const WEBHOOK_SECRET_MIN: usize = 16;

/// How WhatsApp is set up: the provider, with those of the fields that it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WhatsappForm {
    /// Who carries the messages.
    pub penyedia: Penyedia,
    /// Where the provider is. Cloud API and Fonnte need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Cloud API: the identity of the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_id: Option<String>,
    /// Cloud API, Fonnte, Wablas: the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Wablas: the secret key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// WAHA, Evolution: the key of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Secret>,
    /// WAHA: the session; `default` if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Evolution: the instance's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Cloud API: `v23.0`; Evolution: `1` or `2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Cloud API: the app's secret, with which reports are signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_secret: Option<Secret>,
    /// Cloud API: what it shows when it asks for the webhook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_token: Option<Secret>,
    /// Cloud API: templates that are not named as usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<BTreeMap<JenisPesan, TemplateForm>>,
    /// All others: what reports are signed with (WAHA) or bring along; at least 16 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_secret: Option<Secret>,
}

/// One template of the Cloud API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateForm {
    /// Its name.
    pub nama: String,
    /// Its language; if it is missing, the message's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bahasa: Option<String>,
}

/// The fields of one provider, and where it is if nothing else is said.
struct Asked {
    fields: &'static [&'static str],
    base: Option<&'static str>,
}

const fn asked(penyedia: Penyedia) -> Option<Asked> {
    let (fields, base): (&[_], _) = match penyedia {
        Penyedia::Cloud => (
            &["phone_id", "token", "version", "app_secret", "verify_token", "template"],
            Some("https://graph.facebook.com"),
        ),
        Penyedia::Fonnte => (&["token", "webhook_secret"], Some("https://api.fonnte.com")),
        Penyedia::Wablas => (&["token", "secret", "webhook_secret"], None),
        Penyedia::Waha => (&["key", "session", "webhook_secret"], None),
        Penyedia::Evolution => (&["instance", "key", "version", "webhook_secret"], None),
        Penyedia::Smtp => return None,
    };
    Some(Asked { fields, base })
}

impl WhatsappForm {
    /// An empty form.
    pub(in crate::saluran) fn empty(penyedia: Penyedia) -> Self {
        Self {
            penyedia,
            base: None,
            phone_id: None,
            token: None,
            secret: None,
            key: None,
            session: None,
            instance: None,
            version: None,
            app_secret: None,
            verify_token: None,
            template: None,
            webhook_secret: None,
        }
    }

    /// What was meant.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn check(self) -> Result<WhatsappConfig, FieldErrors> {
        let mut reader = Reader::default();
        let Some(asked) = asked(self.penyedia) else {
            reader.refuse("penyedia", "bukan penyedia WhatsApp");
            return Err(reader.errors);
        };
        for (field, is_given) in self.given() {
            if is_given && !asked.fields.contains(&field) {
                reader.refuse(field, "bukan untuk penyedia ini");
            }
        }
        let is_base = |text: &str| BaseUrl::parse(text).is_some();
        let wrong = "tulis seperti https://server.example:3000, tanpa pengguna dan password";
        let base = reader.optional("base", self.base.as_deref(), is_base, wrong);
        let base = base.or_else(|| asked.base.map(str::to_owned));
        let base = reader.required("base", base, String::new());
        let provider = self.provider(&mut reader);
        match BaseUrl::parse(&base) {
            Some(base) => reader.finish(WhatsappConfig { base, provider }),
            None => Err(reader.errors),
        }
    }

    /// Which of the fields that not all providers have are given.
    fn given(&self) -> [(&'static str, bool); 11] {
        let text = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let secret =
            |secret: &Option<Secret>| secret.as_ref().is_some_and(|one| !one.expose().trim().is_empty());
        [
            ("phone_id", text(&self.phone_id)),
            ("token", secret(&self.token)),
            ("secret", secret(&self.secret)),
            ("key", secret(&self.key)),
            ("session", text(&self.session)),
            ("instance", text(&self.instance)),
            ("version", text(&self.version)),
            ("app_secret", secret(&self.app_secret)),
            ("verify_token", secret(&self.verify_token)),
            ("template", self.template.as_ref().is_some_and(|own| !own.is_empty())),
            ("webhook_secret", secret(&self.webhook_secret)),
        ]
    }

    fn provider(&self, reader: &mut Reader) -> Provider {
        match self.penyedia {
            Penyedia::Fonnte => Provider::Fonnte {
                token: reader.required_secret("token", self.token.as_ref()),
                webhook_secret: self.webhook_secret(reader),
            },
            Penyedia::Wablas => Provider::Wablas {
                token: reader.required_secret("token", self.token.as_ref()),
                secret: reader.required_secret("secret", self.secret.as_ref()),
                webhook_secret: self.webhook_secret(reader),
            },
            Penyedia::Waha => {
                let wrong = "hanya huruf, angka, -, _ dan titik";
                let session = reader.optional("session", self.session.as_deref(), is_session, wrong);
                Provider::Waha {
                    key: reader.required_secret("key", self.key.as_ref()),
                    session: session.unwrap_or_else(|| WAHA_SESSION.to_owned()),
                    webhook_secret: self.webhook_secret(reader),
                }
            }
            Penyedia::Evolution => {
                let wrong = "bukan nama instance";
                let instance = reader.optional("instance", self.instance.as_deref(), is_instance, wrong);
                Provider::Evolution {
                    instance: reader.required("instance", instance, String::new()),
                    key: reader.required_secret("key", self.key.as_ref()),
                    version: self.evolution_version(reader),
                    webhook_secret: self.webhook_secret(reader),
                }
            }
            Penyedia::Cloud | Penyedia::Smtp => self.cloud(reader),
        }
    }

    fn cloud(&self, reader: &mut Reader) -> Provider {
        let wrong = "hanya angka: identitas nomor di WhatsApp Manager, bukan nomor teleponnya";
        let phone_id = reader.optional("phone_id", self.phone_id.as_deref(), is_phone_id, wrong);
        let version = reader.optional("version", self.version.as_deref(), is_cloud_version, "seperti v23.0");
        Provider::Cloud {
            phone_id: reader.required("phone_id", phone_id, String::new()),
            token: reader.required_secret("token", self.token.as_ref()),
            version: version.unwrap_or_else(|| CLOUD_VERSION.to_owned()),
            app_secret: reader.optional_secret("app_secret", self.app_secret.as_ref()),
            verify_token: reader.optional_secret("verify_token", self.verify_token.as_ref()),
            template: self.templates(reader),
        }
    }

    fn templates(&self, reader: &mut Reader) -> Templates {
        let mut templates = BTreeMap::new();
        for (jenis, own) in self.template.iter().flatten() {
            let bahasa = own.bahasa.as_deref().filter(|text| !text.is_empty());
            if !is_name(&own.nama) {
                reader.refuse("template", "nama template hanya huruf kecil, angka dan _");
            } else if !bahasa.is_none_or(is_language) {
                reader.refuse("template", "bahasa template seperti id atau en_US");
            }
            let template = Template { nama: own.nama.clone(), bahasa: bahasa.map(str::to_owned) };
            templates.insert(*jenis, template);
        }
        Templates(templates)
    }

    fn evolution_version(&self, reader: &mut Reader) -> Option<EvolutionVersion> {
        let is_known = |text: &str| matches!(text, "1" | "2");
        let version = reader.optional("version", self.version.as_deref(), is_known, "1 atau 2")?;
        Some(if version == "1" { EvolutionVersion::V1 } else { EvolutionVersion::V2 })
    }

    fn webhook_secret(&self, reader: &mut Reader) -> Option<Secret> {
        let secret = reader.optional_secret("webhook_secret", self.webhook_secret.as_ref())?;
        if secret.expose().len() >= WEBHOOK_SECRET_MIN {
            return Some(secret);
        }
        reader.refuse("webhook_secret", "paling sedikit 16 karakter, acak");
        None
    }
}

fn is_phone_id(text: &str) -> bool {
    text.len() <= 32 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `v23.0`.
fn is_cloud_version(text: &str) -> bool {
    let digits = |text: &str| matches!(text.len(), 1..=3) && text.bytes().all(|b| b.is_ascii_digit());
    let parts = text.strip_prefix('v').and_then(|text| text.split_once('.'));
    parts.is_some_and(|(major, minor)| digits(major) && digits(minor))
}

fn is_session(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.len() <= 64 && text.bytes().all(is_sign) && is_segment(text)
}

fn is_instance(text: &str) -> bool {
    text.chars().count() <= 100 && !text.chars().any(char::is_control) && is_segment(text)
}

/// Whether it stays one part of a path.
fn is_segment(text: &str) -> bool {
    !matches!(text, "." | "..")
}

impl From<WhatsappConfig> for WhatsappForm {
    fn from(config: WhatsappConfig) -> Self {
        let base = Some(config.base.as_str().to_owned());
        let empty = Self { base, ..Self::empty(config.penyedia()) };
        match config.provider {
            Provider::Cloud { phone_id, token, version, app_secret, verify_token, template } => Self {
                phone_id: Some(phone_id),
                token: Some(token),
                version: Some(version),
                app_secret,
                verify_token,
                template: (!template.0.is_empty()).then(|| template.0.into_iter().map(written).collect()),
                ..empty
            },
            Provider::Fonnte { token, webhook_secret } => {
                Self { token: Some(token), webhook_secret, ..empty }
            }
            Provider::Wablas { token, secret, webhook_secret } => {
                Self { token: Some(token), secret: Some(secret), webhook_secret, ..empty }
            }
            Provider::Waha { key, session, webhook_secret } => {
                Self { key: Some(key), session: Some(session), webhook_secret, ..empty }
            }
            Provider::Evolution { instance, key, version, webhook_secret } => {
                let version = version.map(|version| match version {
                    EvolutionVersion::V1 => "1".to_owned(),
                    EvolutionVersion::V2 => "2".to_owned(),
                });
                Self { instance: Some(instance), key: Some(key), version, webhook_secret, ..empty }
            }
        }
    }
}

fn written((jenis, Template { nama, bahasa }): (JenisPesan, Template)) -> (JenisPesan, TemplateForm) {
    (jenis, TemplateForm { nama, bahasa })
}
