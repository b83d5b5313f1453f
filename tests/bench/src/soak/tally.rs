//! What every teacher's PC was told of a day, and what it should have been told.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Result, ensure};
use client::{Client, Update, subscribe};
use tokio::{sync::Notify, time::timeout};

/// An alert that takes longer counts as lost.
const ALERT_WITHIN: Duration = Duration::from_secs(20);

/// Alerts of a day.
#[derive(Default)]
pub struct Tally {
    told: Mutex<Told>,
    news: Notify,
}

#[derive(Default)]
struct Told {
    /// How often each PC was told of each visit.
    alerts: HashMap<(usize, i64), u32>,
    /// Connections that came about.
    connections: usize,
    /// Connections that were lost.
    lost: usize,
}

impl Tally {
    /// Listens at a PC until the future is dropped.
    pub async fn listen(&self, pc: usize, client: &Client) {
        let mut updates = subscribe(client);
        loop {
            let update = updates.next().await;
            let mut told = self.told();
            match update {
                Update::Alert(alert) => *told.alerts.entry((pc, alert.id.0)).or_default() += 1,
                Update::Connected { .. } => told.connections += 1,
                Update::Disconnected { .. } => told.lost += 1,
                _ => continue,
            }
            drop(told);
            self.news.notify_waiters();
        }
    }

    /// Waits until so many PCs listen.
    ///
    /// # Errors
    /// If they do not in time.
    pub async fn wait_for_connections(&self, count: usize) -> Result<()> {
        self.wait_until("the PCs to listen", |told| told.connections >= count).await
    }

    /// Each of these PCs was told once of its visit, and nobody of anything else.
    ///
    /// # Errors
    /// If an alert was lost, doubled, or another's.
    pub async fn check(&self, expected: &[(usize, i64)]) -> Result<()> {
        let is_there = |told: &Told| expected.iter().all(|alert| told.alerts.contains_key(alert));
        self.wait_until("all alerts", is_there).await?;
        let told = self.told();
        let doubled: Vec<_> = told.alerts.iter().filter(|(_, count)| **count != 1).collect();
        ensure!(doubled.is_empty(), "alerts that came more than once: {doubled:?}");
        ensure!(told.alerts.len() == expected.len(), "alerts of visits that were another's");
        Ok(())
    }

    /// Alerts, and connections that were lost.
    pub fn counts(&self) -> (usize, usize) {
        let told = self.told();
        (told.alerts.len(), told.lost)
    }

    async fn wait_until(&self, what: &str, is_there: impl Fn(&Told) -> bool) -> Result<()> {
        let wait = async {
            loop {
                let news = self.news.notified();
                if is_there(&self.told()) {
                    return;
                }
                news.await;
            }
        };
        let came = timeout(ALERT_WITHIN, wait).await;
        ensure!(came.is_ok(), "waited in vain for {what}");
        Ok(())
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
