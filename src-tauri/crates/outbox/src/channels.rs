//! The channels as they are set up: by the environment, or else by the settings in the database. A change is followed
//! without a restart.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::pesan::{AlasanPesan, Saluran};
use store::{RunningSchool, Store, saluran::KeptSaluran, school::ChannelInfo};

use crate::{channel::Channel, email::Email};

/// What the environment sets up, which goes before the settings.
#[derive(Clone, Default)]
pub struct Environment {
    /// `BUKUTAMU_SMTP`: lettre's URL form.
    pub smtp: Option<String>,
    /// `BUKUTAMU_SMTP_FROM`: the sender's address.
    pub smtp_from: Option<String>,
}

impl Environment {
    /// What this process was given.
    pub fn read() -> Self {
        let given = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
        Self { smtp: given("BUKUTAMU_SMTP"), smtp_from: given("BUKUTAMU_SMTP_FROM") }
    }
}

/// A channel that is set up.
#[derive(Clone)]
pub(crate) struct Ready {
    pub(crate) channel: Arc<dyn Channel>,
    /// The address that mails come from.
    pub(crate) from: Option<String>,
    penyedia: &'static str,
    ringkasan: String,
}

/// The channels.
pub(crate) struct Channels {
    school: Arc<dyn RunningSchool>,
    environment: Environment,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// What was read last of each.
    versi: BTreeMap<Saluran, (i64, String)>,
    ready: BTreeMap<Saluran, Ready>,
    /// What is wrong with each, as far as it was noted.
    wrong: BTreeMap<Saluran, AlasanPesan>,
}

impl Channels {
    pub(crate) fn new(school: Arc<dyn RunningSchool>, environment: Environment) -> Self {
        Self { school, environment, kept: Mutex::default() }
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
            match row.and_then(|row| row.alasan) {
                Some(alasan) => kept.wrong.insert(saluran, alasan),
                None => kept.wrong.remove(&saluran),
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
            Saluran::Whatsapp => None,
        };
        built.transpose().unwrap_or_else(|error: String| {
            tracing::error!(saluran = saluran.as_str(), error, "a channel cannot be used as it is set up");
            None
        })
    }

    fn email(&self, row: Option<&KeptSaluran>, nama: &str) -> Option<Result<Ready, String>> {
        let (url, from) = match (&self.environment.smtp, row) {
            (Some(url), _) => (url.clone(), self.environment.smtp_from.clone()),
            (None, Some(KeptSaluran { konfigurasi: Some(_), .. })) => return None,
            (None, _) => return None,
        };
        Some(Email::new(&url, from.as_deref(), nama).map_err(|error| error.to_string()).map(|email| Ready {
            from: Some(email.from()),
            penyedia: "smtp",
            ringkasan: email.host().to_owned(),
            channel: Arc::new(email),
        }))
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
        let known = self.lock().wrong.get(&saluran).copied();
        if known == alasan {
            return;
        }
        let store: Arc<dyn Store> = self.school.store();
        match store.saluran().note(saluran, alasan, self.school.now()).await {
            Ok(is_news) => {
                let mut kept = self.lock();
                match alasan {
                    Some(alasan) => kept.wrong.insert(saluran, alasan),
                    None => kept.wrong.remove(&saluran),
                };
                drop(kept);
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
                penyedia: ready.map(|ready| ready.penyedia),
                dari_lingkungan: match saluran {
                    Saluran::Email => self.environment.smtp.is_some(),
                    Saluran::Whatsapp => false,
                },
                ringkasan: ready.map(|ready| ready.ringkasan.clone()),
            }
        };
        Saluran::ALL.map(info).into()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
