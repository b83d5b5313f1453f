//! The channels as they are set up: by the environment, or else by the settings in the database. A change is followed
//! without a restart.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    pesan::{AlasanPesan, Saluran},
    saluran::{Penyedia, SmtpConfig, WhatsappConfig},
};
use serde::de::DeserializeOwned;
use store::{RunningSchool, Store, saluran::KeptSaluran, school::ChannelInfo};

use crate::{
    channel::Channel,
    email::Email,
    whatsapp::{self, Http, Limits},
};

/// What the environment sets up, which goes before the settings.
#[derive(Clone, Default)]
pub struct Environment {
    /// `BUKUTAMU_SMTP`: lettre's URL form.
    pub smtp: Option<String>,
    /// `BUKUTAMU_SMTP_FROM`: the sender's address.
    pub smtp_from: Option<String>,
    /// `BUKUTAMU_WHATSAPP`: the provider with its token.
    pub whatsapp: Option<String>,
    /// `BUKUTAMU_WHATSAPP_BASE`: the provider's address.
    pub whatsapp_base: Option<String>,
    /// `BUKUTAMU_WHATSAPP_WEBHOOK`: what the provider's reports are signed with.
    pub whatsapp_webhook: Option<String>,
}

impl Environment {
    /// What this process was given.
    pub fn read() -> Self {
        let given = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
        Self {
            smtp: given("BUKUTAMU_SMTP"),
            smtp_from: given("BUKUTAMU_SMTP_FROM"),
            whatsapp: given("BUKUTAMU_WHATSAPP"),
            whatsapp_base: given("BUKUTAMU_WHATSAPP_BASE"),
            whatsapp_webhook: given("BUKUTAMU_WHATSAPP_WEBHOOK"),
        }
    }

    fn has(&self, saluran: Saluran) -> bool {
        match saluran {
            Saluran::Email => self.smtp.is_some(),
            Saluran::Whatsapp => self.whatsapp.is_some(),
        }
    }
}

/// A channel that is set up.
#[derive(Clone)]
pub(crate) struct Ready {
    pub(crate) channel: Arc<dyn Channel>,
    /// The address that mails come from.
    pub(crate) from: Option<String>,
    /// How WhatsApp is set up, for the provider's reports.
    pub(crate) whatsapp: Option<Arc<WhatsappConfig>>,
    penyedia: Penyedia,
    ringkasan: String,
}

/// The channels.
pub(crate) struct Channels {
    school: Arc<dyn RunningSchool>,
    environment: Environment,
    http: Option<Http>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// What was read last of each.
    versi: BTreeMap<Saluran, (i64, String)>,
    ready: BTreeMap<Saluran, Ready>,
    /// What was noted of each that was tried: what is wrong with it, or nothing.
    found: BTreeMap<Saluran, Option<AlasanPesan>>,
}

impl Channels {
    pub(crate) fn new(school: Arc<dyn RunningSchool>, environment: Environment) -> Self {
        let http = Http::new(Limits::default());
        if let Err(error) = &http {
            tracing::error!(%error, "WhatsApp cannot be reached from this computer");
        }
        Self { school, environment, http: http.ok(), kept: Mutex::default() }
    }

    /// Follows what was changed in the database.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn look(&self) -> store::Result<()> {
        let rows = self.school.store().saluran().list().await?;
        let nama = self.school.setelan().nama_sekolah.clone();
        let mut kept = self.lock();
        for saluran in Saluran::ALL {
            let row = rows.iter().find(|row| row.nama == saluran);
            match row.filter(|row| row.diperiksa_pada.is_some()) {
                Some(row) => kept.found.insert(saluran, row.alasan),
                None => kept.found.remove(&saluran),
            };
            let versi = (row.map_or(-1, |row| row.versi), nama.clone());
            if kept.versi.get(&saluran) == Some(&versi) {
                continue;
            }
            match self.build(saluran, row, &nama) {
                Some(ready) => kept.ready.insert(saluran, ready),
                None => kept.ready.remove(&saluran),
            };
            kept.versi.insert(saluran, versi);
        }
        Ok(())
    }

    /// Whether it is known what is set up.
    pub(crate) fn are_known(&self) -> bool {
        !self.lock().versi.is_empty()
    }

    fn build(&self, saluran: Saluran, row: Option<&KeptSaluran>, nama: &str) -> Option<Ready> {
        let built = match saluran {
            Saluran::Email => self.email(row, nama),
            Saluran::Whatsapp => self.whatsapp(row),
        };
        built.unwrap_or_else(|error| {
            tracing::error!(saluran = saluran.as_str(), error, "a channel cannot be used as it is set up");
            None
        })
    }

    fn email(&self, row: Option<&KeptSaluran>, nama: &str) -> Result<Option<Ready>, String> {
        let config = match &self.environment.smtp {
            Some(url) => SmtpConfig::from_environment(url, self.environment.smtp_from.as_deref())
                .map(Some)
                .map_err(|error| error.to_string())?,
            None => self.kept(Saluran::Email, row)?,
        };
        let Some(config) = config else { return Ok(None) };
        let email = Email::new(&config, nama).map_err(|error| error.to_string())?;
        Ok(Some(Ready {
            channel: Arc::new(email),
            from: Some(config.dari.clone()),
            whatsapp: None,
            penyedia: Penyedia::Smtp,
            ringkasan: config.summary().to_owned(),
        }))
    }

    fn whatsapp(&self, row: Option<&KeptSaluran>) -> Result<Option<Ready>, String> {
        let environment = &self.environment;
        let config = match &environment.whatsapp {
            Some(text) => {
                let (base, webhook) = (&environment.whatsapp_base, &environment.whatsapp_webhook);
                WhatsappConfig::from_environment(text, base.as_deref(), webhook.as_deref())
                    .map(Some)
                    .map_err(|error| error.to_string())?
            }
            None => self.kept(Saluran::Whatsapp, row)?,
        };
        let (Some(config), Some(http)) = (config, &self.http) else { return Ok(None) };
        Ok(Some(Ready {
            channel: Arc::from(whatsapp::channel(&config, http)),
            from: None,
            penyedia: config.penyedia(),
            ringkasan: config.summary(),
            whatsapp: Some(Arc::new(config)),
        }))
    }

    /// How a channel is set up in the database.
    fn kept<T: DeserializeOwned>(
        &self,
        saluran: Saluran,
        row: Option<&KeptSaluran>,
    ) -> Result<Option<T>, String> {
        let Some(sealed) = row.and_then(|row| row.konfigurasi.as_deref()) else { return Ok(None) };
        let place = store::saluran::place_of(saluran);
        let opened =
            self.school.secrets().rahasia.decrypt(&place, sealed).map_err(|error| error.to_string())?;
        // The error would repeat what was written.
        serde_json::from_slice(&opened).map(Some).map_err(|_| "what is kept cannot be read".to_owned())
    }

    /// A channel, if it is set up.
    pub(crate) fn get(&self, saluran: Saluran) -> Option<Ready> {
        self.lock().ready.get(&saluran).cloned()
    }

    /// Which are set up.
    pub(crate) fn ready(&self) -> Vec<Saluran> {
        self.lock().ready.keys().copied().collect()
    }

    /// Keeps how a channel was found to be, and tells it where that is news.
    pub(crate) async fn note(&self, saluran: Saluran, alasan: Option<AlasanPesan>) {
        let known = self.lock().found.get(&saluran).copied();
        if known == Some(alasan) {
            return;
        }
        let store: Arc<dyn Store> = self.school.store();
        match store.saluran().note(saluran, alasan, self.school.now()).await {
            Ok(is_news) => {
                self.lock().found.insert(saluran, alasan);
                if is_news {
                    self.school.tell_saluran(saluran, alasan);
                }
            }
            Err(error) => tracing::warn!(%error, "the state of a channel cannot be kept"),
        }
    }

    /// Whether messages could leave by a channel now; notes what it finds.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn check(&self, saluran: Saluran) -> Result<(), AlasanPesan> {
        let ready = self.get(saluran).ok_or(AlasanPesan::TanpaSaluran)?;
        let found = ready.channel.check().await.map_err(|failed| failed.alasan);
        self.note(saluran, found.err()).await;
        found
    }

    /// The same of every channel that is set up.
    pub(crate) async fn check_all(&self) {
        for saluran in self.ready() {
            if let Err(alasan) = self.check(saluran).await {
                tracing::warn!(
                    saluran = saluran.as_str(),
                    alasan = alasan.as_str(),
                    "a channel does not work"
                );
            }
        }
    }

    /// How each is set up.
    pub(crate) fn infos(&self) -> Vec<ChannelInfo> {
        let kept = self.lock();
        let info = |saluran: Saluran| {
            let ready = kept.ready.get(&saluran);
            ChannelInfo {
                saluran,
                penyedia: ready.map(|ready| ready.penyedia.as_str()),
                dari_lingkungan: self.environment.has(saluran),
                ringkasan: ready.map(|ready| ready.ringkasan.clone()),
            }
        };
        Saluran::ALL.map(info).into()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
