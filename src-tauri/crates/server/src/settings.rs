//! The school's settings as they are now, in one place.
//!
//! Every change is made here: first in the database, then in this server, then on every connected page. Changes by
//! another node or program are found by asking the database for the version that it keeps.

use std::{sync::Arc, time::Duration};

use domain::{Setelan, json::Event};
use store::{Result, Store, setelan::Tersimpan};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::hub::{Hub, News};

/// The settings. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub(crate) struct Settings {
    store: Arc<dyn Store>,
    hub: Hub,
    current: watch::Sender<Current>,
}

/// One set of settings.
#[derive(Clone)]
pub(crate) struct Current {
    /// Grows with every change.
    pub(crate) versi: i64,
    pub(crate) setelan: Arc<Setelan>,
}

impl From<Tersimpan> for Current {
    fn from(Tersimpan { versi, setelan }: Tersimpan) -> Self {
        Self { versi, setelan: Arc::new(setelan) }
    }
}

impl Settings {
    /// Reads the settings. Changes are told through `hub`.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn read(store: Arc<dyn Store>, hub: Hub) -> Result<Self> {
        let current = watch::Sender::new(store.setelan().get().await?.into());
        Ok(Self { store, hub, current })
    }

    /// The settings now. Code that needs several values together should call this once.
    pub(crate) fn now(&self) -> Current {
        self.current.borrow().clone()
    }

    /// Receives every change from now on.
    pub(crate) fn subscribe(&self) -> watch::Receiver<Current> {
        self.current.subscribe()
    }

    /// Sets everything if the settings are still of version `versi`. `None` if somebody else was faster.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn change(&self, setelan: Setelan, versi: i64) -> Result<Option<Current>> {
        let Some(versi) = self.store.setelan().update(setelan.clone(), versi).await? else {
            self.look().await?;
            return Ok(None);
        };
        let changed = Current::from(Tersimpan { versi, setelan });
        if self.adopt(changed.clone()) {
            self.hub.publish_settings();
        }
        Ok(Some(changed))
    }

    /// Takes over a change that somebody else has made in the database.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn look(&self) -> Result<()> {
        let is_newer = self.store.setelan().versi().await? > self.now().versi;
        if is_newer && self.adopt(self.store.setelan().get().await?.into()) {
            // Each node finds it by itself.
            self.hub.deliver(News::Everyone(Event::Settings));
        }
        Ok(())
    }

    /// Keeps the newer of two versions, in whichever order they arrive. Whether that is this one.
    fn adopt(&self, newer: Current) -> bool {
        self.current.send_if_modified(|current| {
            let is_new = newer.versi > current.versi;
            if is_new {
                *current = newer;
            }
            is_new
        })
    }
}

/// Calls [`Settings::look`] again and again. Ends when `stop` is cancelled.
pub(crate) fn follow(settings: Settings, every: Duration, stop: CancellationToken) {
    tokio::spawn(async move {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {
                    // Only logged quietly: every request already reports that the database is away.
                    if let Err(error) = settings.look().await {
                        tracing::debug!(%error, "settings cannot be read now");
                    }
                }
            }
        }
    });
}
