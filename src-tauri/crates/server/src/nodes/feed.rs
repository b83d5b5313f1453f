//! What has changed in the database, as the newest entries of the audit say.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu,
    audit::{Aksi, Objek},
    json::{self, Event},
    notifikasi::Notifikasi,
};
use store::{
    PageRequest, Result, Store,
    audit::{AuditChange, AuditFilter},
};

use super::look_at_settings;
use crate::{
    hub::{News, VisitNews},
    state::AppState,
};

/// Entries that are read at once.
const PAGE: u32 = 1000;

/// So many of the newest entries are looked at again: one may become visible after a later one.
const OVERLAP: usize = 500;

/// Versions that were told are remembered, at most.
const REMEMBERED: usize = 8192;

/// Which entries have been seen.
pub(super) struct Feed {
    /// The newest, at least [`OVERLAP`] of them if there are so many.
    seen: BTreeSet<i64>,
    /// The version of a visit that was told last because the database had it.
    told: HashMap<IdJanjiTemu, i64>,
}

impl Feed {
    /// Begins with what there is.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn begin(store: &dyn Store) -> Result<Self> {
        let newest = PageRequest { nomor: 1, ukuran: PAGE / 2 };
        let newest = store.audit().list_plain(AuditFilter::default(), newest).await?;
        let mut feed = Self { seen: newest.iter().map(|entry| entry.id).collect(), told: HashMap::new() };
        // By another node's clock the newest may be others.
        while feed.read(store).await?.len() >= PAGE as usize / 2 {}
        Ok(feed)
    }

    /// Whether this version of a visit, or a later one, was told because the database had it.
    pub(super) fn has_told(&self, id: IdJanjiTemu, versi: i64) -> bool {
        self.told.get(&id).is_some_and(|told| *told >= versi)
    }

    /// Tells this node's connections what has changed since the last look and was not told yet.
    pub(super) async fn look(&mut self, state: &AppState) {
        if let Err(error) = self.try_look(state).await {
            tracing::debug!(%error, "the newest changes cannot be read now");
        }
    }

    async fn try_look(&mut self, state: &AppState) -> Result<()> {
        loop {
            let before = self.seen.clone();
            let new = self.read(&*state.store).await?;
            if let Err(error) = Changes::of(&new).tell(state, &mut self.told).await {
                // The next look finds them again.
                self.seen = before;
                return Err(error);
            }
            if new.len() < PAGE as usize / 2 {
                return Ok(());
            }
        }
    }

    /// Reads entries that have not been seen.
    async fn read(&mut self, store: &dyn Store) -> Result<Vec<AuditChange>> {
        let from = self.seen.iter().rev().nth(OVERLAP).or(self.seen.first()).copied().unwrap_or(0);
        let mut entries = store.audit().list_changes(from, PAGE).await?;
        entries.retain(|entry| self.seen.insert(entry.id));
        self.seen = self.seen.split_off(&from);
        Ok(entries)
    }
}

/// What entries are about.
#[derive(Default)]
struct Changes {
    visits: HashSet<IdJanjiTemu>,
    /// Visits whose arrival was taken back.
    withdrawn: HashSet<IdJanjiTemu>,
    /// Users whose sessions may have ended.
    users: HashSet<IdPengguna>,
    /// A session ended, and the entry does not say whose.
    somebody: bool,
    settings: bool,
    evacuation: bool,
}

impl Changes {
    fn of(entries: &[AuditChange]) -> Self {
        let mut changes = Self::default();
        for entry in entries {
            let (Ok(objek), Ok(aksi)) = (entry.objek.parse::<Objek>(), entry.aksi.parse::<Aksi>()) else {
                continue;
            };
            match (objek, entry.id_objek) {
                (Objek::JanjiTemu | Objek::Notifikasi | Objek::Ulasan | Objek::Survei, Some(id)) => {
                    changes.visits.insert(IdJanjiTemu(id));
                    if aksi == Aksi::Urungkan {
                        changes.withdrawn.insert(IdJanjiTemu(id));
                    }
                }
                (Objek::Pengguna, Some(id)) if aksi != Aksi::Masuk => {
                    changes.users.insert(IdPengguna(id));
                }
                (Objek::Sesi, _) => changes.somebody = true,
                (Objek::Setelan, _) => changes.settings = true,
                (Objek::Evakuasi, _) => changes.evacuation = true,
                _ => {}
            }
        }
        changes
    }

    async fn tell(self, state: &AppState, told: &mut HashMap<IdJanjiTemu, i64>) -> Result<()> {
        if self.settings {
            look_at_settings(state).await;
        }
        if self.evacuation {
            state.hub.deliver(News::Everyone(Event::Evakuasi));
        }
        for id in self.visits {
            let Some(row) = state.store.janji_temu().find(id).await? else { continue };
            if !state.hub.has_told(id, row.versi) {
                if told.len() >= REMEMBERED {
                    told.clear();
                }
                told.insert(id, row.versi);
                let withdrawn = self.withdrawn.contains(&id);
                state.hub.deliver(News::Visit(Box::new(visit(state, row, withdrawn))));
            }
        }
        let users = match self.somebody {
            true => state.hub.serving().pengguna.into_keys().collect(),
            false => self.users,
        };
        for id in users {
            close_what_ended(state, id).await?;
        }
        Ok(())
    }
}

/// What is told of a visit that has changed in a way that nobody has told.
fn visit(state: &AppState, row: JanjiTemu, withdrawn: bool) -> VisitNews {
    let notification = match row.waktu_datang {
        Some(_) => Notifikasi::of(&row),
        None if withdrawn => {
            // When it was to have been is not known any more, and does not matter: it is gone.
            let arrived = JanjiTemu { waktu_datang: Some(row.jadwal), ..row.clone() };
            Notifikasi::withdrawn(&arrived, &row)
        }
        None => None,
    };
    let told = row.dikunjungi().collect();
    let zone = state.settings.now().setelan.zona_waktu;
    VisitNews { told, left: Vec::new(), notification, appointment: json::JanjiTemu::new(row, zone) }
}

/// Closes the connections of a user here whose sessions have ended, or who is another now.
async fn close_what_ended(state: &AppState, id: IdPengguna) -> Result<()> {
    let sessions = state.hub.sessions_of(id);
    if sessions.is_empty() {
        return Ok(());
    }
    match state.store.pengguna().find(id).await? {
        Some(pengguna) => drop(state.hub.deliver(News::user_changed(&pengguna))),
        None => drop(state.hub.deliver(News::UserEnded(id))),
    }
    for id_sesi in sessions {
        if state.store.sesi().find(&id_sesi, state.clock.now()).await?.is_none() {
            state.hub.deliver(News::SessionEnded(id_sesi));
        }
    }
    Ok(())
}
