//! The evacuation list, which is told while the database is away too.
//!
//! The latest list stays in memory. It is read again when a visit has changed, and every minute. If the database cannot
//! be reached, it is what is told, and what is done then is kept and written in the same order once the database is
//! back.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use domain::{
    audit::{Aksi, Objek},
    evakuasi::{DI_GEDUNG_MAX, DaftarEvakuasi, EvacuationChange, EvacuationState, EvacuationStep},
    pindai::inside_since,
};
use serde_json::json;
use store::{
    Store, StoreError,
    audit::{NewAudit, with},
};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::{audit::Act, clock::Clock, error::ApiError, hub::Hub, settings::Settings};

/// How old the list becomes without a change that this node knows of.
const EVERY: Duration = Duration::from_secs(60);

/// How soon the database is asked again while something waits to be written.
const AGAIN: Duration = Duration::from_secs(2);

/// Changes of visits that come together are one.
const SETTLES: Duration = Duration::from_millis(100);

/// For so long nobody waits again for a database that did not answer.
const AWAY: Duration = Duration::from_secs(2);

/// What waits to be written, at most: a tick for each visit, and some beginnings and ends.
const WAITING_MAX: usize = DI_GEDUNG_MAX + 100;

/// The list. Cheap to clone; all clones share one memory.
#[derive(Clone)]
pub(crate) struct Evacuation {
    store: Arc<dyn Store>,
    hub: Hub,
    settings: Settings,
    clock: Clock,
    memory: Arc<Mutex<Memory>>,
    /// Held by whoever writes what waits, so that its order is kept.
    writing: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Memory {
    state: EvacuationState,
    /// When the state was read from the database; none before that.
    read_at: Option<DateTime<Utc>>,
    /// The number of the reading that the state is from. A slower reading that began before is not taken over.
    reading: u64,
    readings: u64,
    waiting: Vec<Done>,
    /// Nobody waits for the database until then.
    away_until: Option<Instant>,
}

impl Evacuation {
    pub(crate) fn new(store: Arc<dyn Store>, hub: Hub, settings: Settings, clock: Clock) -> Self {
        Self { store, hub, settings, clock, memory: Arc::default(), writing: Arc::default() }
    }

    /// The list now, or as it was remembered.
    ///
    /// # Errors
    /// The database is away and there is nothing to remember, or it has another fault.
    pub(crate) async fn get(&self) -> Result<DaftarEvakuasi, ApiError> {
        if !self.is_away() {
            match self.read().await {
                Ok(list) => return Ok(list),
                Err(error) if is_away(&error) => self.lock().away_until = Some(Instant::now() + AWAY),
                Err(error) => return Err(error.into()),
            }
        }
        self.remembered().ok_or(ApiError::Unavailable)
    }

    /// Makes a change and tells everyone. Whoever leads may begin an evacuation by a tick.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] if the tick of somebody who does not lead would begin one. [`ApiError::NotFound`] for
    /// the tick of a visit whose guests are not in the building; otherwise as [`Self::get`].
    pub(crate) async fn change(
        &self,
        change: EvacuationChange,
        leads: bool,
    ) -> Result<DaftarEvakuasi, ApiError> {
        let before = self.get().await?;
        if !leads && !before.is_running() {
            // What a phone kept from the one that is over changes nothing.
            let is_late = matches!(change.step, EvacuationStep::Tick { kept: true, .. })
                && before.selesai.is_some_and(|selesai| selesai > change.pada);
            return if is_late { Ok(before) } else { Err(ApiError::Forbidden) };
        }
        if let EvacuationStep::Tick { id, .. } = change.step
            && before.data.iter().all(|row| row.id != id)
        {
            return Err(ApiError::NotFound);
        }
        let done = Done::now(change);
        if before.salinan {
            self.keep(done)?;
        } else {
            match done.write(&*self.store).await {
                Err(error) if is_away(&error) => self.keep(done)?,
                written => written?,
            }
        }
        self.hub.publish_evakuasi();
        self.get().await
    }

    /// Whether the database did not answer a moment ago.
    pub(crate) fn is_away(&self) -> bool {
        self.lock().away_until.is_some_and(|until| Instant::now() < until)
    }

    /// Notes that the database did not answer.
    pub(crate) fn note_away(&self) {
        self.lock().away_until = Some(Instant::now() + AWAY);
    }

    /// Writes what waits, and reads the list.
    async fn read(&self) -> Result<DaftarEvakuasi, StoreError> {
        self.write_waiting().await?;
        let number = {
            let mut memory = self.lock();
            memory.readings += 1;
            memory.readings
        };
        let now = self.clock.now();
        let state = self.store.evakuasi().get(self.since(now)).await?;
        let mut memory = self.lock();
        memory.away_until = None;
        if number > memory.reading {
            memory.reading = number;
            memory.state = state;
            memory.read_at = Some(now);
            let Memory { state, waiting, .. } = &mut *memory;
            waiting.iter().for_each(|done| state.apply(&done.change));
        }
        Ok(self.list(&memory, now, false))
    }

    async fn write_waiting(&self) -> Result<(), StoreError> {
        let _writing = self.writing.lock().await;
        loop {
            let Some(first) = self.lock().waiting.first().cloned() else { return Ok(()) };
            match first.write(&*self.store).await {
                Err(error) if is_away(&error) => return Err(error),
                Err(error) => tracing::error!(%error, "a change of an evacuation cannot be kept"),
                Ok(()) => {}
            }
            self.lock().waiting.retain(|done| *done != first);
        }
    }

    /// Keeps a change until the database is back. A later tick of the same visit stands for both.
    fn keep(&self, done: Done) -> Result<(), ApiError> {
        let mut memory = self.lock();
        if memory.waiting.len() >= WAITING_MAX {
            return Err(ApiError::Unavailable);
        }
        memory.state.apply(&done.change);
        memory.waiting.push(done);
        Ok(())
    }

    fn remembered(&self) -> Option<DaftarEvakuasi> {
        let memory = self.lock();
        Some(self.list(&memory, memory.read_at?, true))
    }

    fn list(&self, memory: &Memory, read_at: DateTime<Utc>, is_copy: bool) -> DaftarEvakuasi {
        let titik_kumpul = self.settings.now().setelan.titik_kumpul.clone();
        memory.state.clone().list(titik_kumpul, self.since(self.clock.now()), read_at, is_copy)
    }

    /// Guests who came before do not count as inside.
    fn since(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        inside_since(now, &self.settings.now().setelan)
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        // A panic under the lock leaves nothing that would mislead later callers.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the list again, and tells everyone if it is another one while an evacuation goes on. How long to wait
    /// until the next time.
    async fn look_again(&self) -> Duration {
        let before = self.lock().state.clone();
        if let Err(error) = self.read().await {
            tracing::debug!(%error, "the evacuation list cannot be read now");
            let memory = self.lock();
            return if memory.waiting.is_empty() { EVERY } else { AGAIN };
        }
        let is_told = {
            let memory = self.lock();
            memory.state.is_running() && memory.state != before
        };
        if is_told {
            self.hub.publish_evakuasi();
        }
        EVERY
    }
}

/// Whether the database may answer later.
fn is_away(error: &StoreError) -> bool {
    matches!(error, StoreError::Unavailable(_) | StoreError::Slow(_))
}

/// Keeps the list in memory new. Ends when `stop` is cancelled.
pub(crate) fn follow(evacuation: Evacuation, stop: CancellationToken) {
    let visits_changed = evacuation.hub.visits_changed();
    tokio::spawn(async move {
        let mut wait = Duration::ZERO;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = visits_changed.notified() => sleep(SETTLES).await,
                () = sleep(wait) => {}
            }
            wait = evacuation.look_again().await;
        }
    });
}

/// A change with its entry in the audit, which says who made it as what and from where. Both may be written later, by
/// whoever finds the database back.
#[derive(Clone, PartialEq)]
struct Done {
    change: EvacuationChange,
    entry: Option<NewAudit>,
}

impl Done {
    fn now(change: EvacuationChange) -> Self {
        let act = match change.step {
            EvacuationStep::Start => Act::new(Aksi::Mulai, Objek::Evakuasi),
            EvacuationStep::End => Act::new(Aksi::Akhiri, Objek::Evakuasi),
            EvacuationStep::Tick { id, aman, .. } => {
                Act::new(Aksi::Tandai, Objek::Evakuasi).on(id.0).after(json!({ "aman": aman }))
            }
        };
        let entry = act.entry().map(|entry| NewAudit { waktu: change.pada, ..entry });
        Self { change, entry }
    }

    async fn write(&self, store: &dyn Store) -> Result<(), StoreError> {
        let work = store.evakuasi().apply(&self.change);
        match self.entry.clone() {
            Some(entry) => with(entry, work).await,
            None => work.await,
        }
    }
}
