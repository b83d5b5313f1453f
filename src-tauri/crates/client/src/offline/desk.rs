//! A desk: passes a page's requests on, and answers them itself while nobody else does.

mod sync;

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{IdJanjiTemu, Pengguna, json};
use luring::{Asked, Request, Unsettled};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{Notify, watch};

use super::{clock::Clock, files::Files, moving::Moving, seal::Seal, state::State};
use crate::{Client, Error, Forwarded, Result, TokenStore, sesi::Status};

/// For so long after a failure nobody waits for the server again.
const AWAY: Duration = Duration::from_secs(5);

/// A page waits no longer for a guru to be told.
const NEWS: Duration = Duration::from_secs(2);

/// How a desk stands, for whoever shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It could go on without a server.
    pub is_ready: bool,
    /// Entries that the server does not have yet.
    pub waiting: usize,
    /// The visits that they are about.
    pub visits: Vec<IdJanjiTemu>,
    /// Entries that a person has to look at.
    pub unsettled: usize,
    /// The journal's end could not be read at the start. Nothing of it had been shown as recorded.
    pub is_cut: bool,
    /// Records that could not be read at the start, with others behind them.
    pub damaged: usize,
}

/// A desk; clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    clock: Clock,
    state: Arc<Mutex<State>>,
    standing: watch::Sender<Standing>,
    /// Until when, by the clock's uptime, nobody waits for the server.
    away_until: Mutex<Duration>,
    /// The server answered last, and only its database was away.
    is_database_away: AtomicBool,
    /// What the desk keeps is old.
    is_stale: AtomicBool,
    wake: Notify,
    /// Held while entries are sent, so that each is sent in its turn.
    sending: tokio::sync::Mutex<()>,
}

impl Desk {
    /// Opens what this desk keeps in `folder`, or begins anew. `key` is the place of its key, and nothing else.
    ///
    /// # Errors
    /// [`Error::Storage`] if the files or their key cannot be read. They stay as they are then.
    pub async fn open(client: Client, folder: &Path, key: &TokenStore, clock: Clock) -> Result<Self> {
        let storage = |error: std::io::Error| Error::Storage(error.kind().to_string());
        let files = Files::open(folder).map_err(storage)?;
        let seal = Seal::load(key, files.has_sealed()).await?;
        let opened = clock.clone();
        let state = blocking(move || State::open(files, seal, opened)).await?.map_err(storage)?;
        let inner = Inner {
            client,
            clock,
            standing: watch::Sender::new(standing(&state)),
            state: Arc::new(Mutex::new(state)),
            away_until: Mutex::default(),
            is_database_away: AtomicBool::new(false),
            is_stale: AtomicBool::new(true),
            wake: Notify::new(),
            sending: tokio::sync::Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// How the desk stands, now and after each change.
    pub fn standing(&self) -> watch::Receiver<Standing> {
        self.inner.standing.subscribe()
    }

    /// Who was signed in when the server last told this desk what to keep.
    pub fn pengguna(&self) -> Option<Pengguna> {
        self.state().pengguna().cloned()
    }

    /// Entries that a person has to look at, the oldest first.
    pub fn unsettled(&self) -> Vec<Unsettled> {
        self.state().unsettled()
    }

    /// A person has looked at one.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be written down.
    pub async fn settle(&self, nomor: u64) -> Result<()> {
        self.with_state(move |state| state.settle_by_hand(nomor)).await
    }

    /// What waits, and what is to be looked at, for the desk that replaces this one; none if nothing is. It stays here,
    /// and may be sent from both.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be packed.
    pub async fn export(&self) -> Result<Option<Moving>> {
        self.with_state(|state| state.export()).await
    }

    /// Takes in what the replaced desk had written down, and sends it after what waits here. Gives how many entries
    /// were new; none if the code does not open the file.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be written down.
    pub async fn import(&self, bytes: Vec<u8>, code: String) -> Result<Option<usize>> {
        let taken = self.with_state(move |state| state.import(&bytes, &code)).await;
        self.inner.wake.notify_one();
        taken
    }

    /// Sends a page's request, or answers it. While entries wait, this desk answers, so that what happens next comes
    /// after them.
    ///
    /// # Errors
    /// As [`Client::forward`].
    pub async fn forward(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Result<Forwarded> {
        let asked = luring::read(method, path, body.as_deref()).filter(|_| self.is_signed_in());
        let Some((asked, value)) = asked else {
            let answer = self.inner.client.forward(method, path, body).await;
            if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
                self.note_there();
            }
            return answer;
        };
        let missing = match self.is_alone() {
            true => None,
            false => {
                let answer = self.inner.client.forward(method, &self.renamed(path), body.clone()).await;
                if !is_away(&answer) {
                    self.learn(&asked, &answer);
                    return answer;
                }
                self.note_away();
                self.inner.is_database_away.store(answer.is_ok(), Ordering::Relaxed);
                Some(answer)
            }
        };
        if let Some(told) = self.answer(asked, method, path, value).await {
            return Ok(told);
        }
        match missing {
            Some(answer) => answer,
            None => self.inner.client.forward(method, &self.renamed(path), body).await,
        }
    }

    async fn answer(&self, asked: Asked, method: &str, path: &str, body: Value) -> Option<Forwarded> {
        let (method, path) = (method.to_owned(), path.to_owned());
        let answer =
            move |state: &mut State| Ok(state.answer(&asked, Request { method: &method, path: &path, body }));
        let (told, news) = self.with_state(answer).await.ok().flatten()?;
        self.inner.wake.notify_one();
        let is_heard = match news.filter(|_| self.inner.is_database_away.load(Ordering::Relaxed)) {
            Some(news) => self.tell_guru(&news).await,
            None => false,
        };
        Some(Forwarded::from(if is_heard { told.with_guru_told() } else { told }))
    }

    /// Tells a guru of an arrival, where only the database is away. Whether anybody hears it.
    async fn tell_guru(&self, news: &Value) -> bool {
        let body = serde_json::to_vec(news).ok();
        let told =
            tokio::time::timeout(NEWS, self.inner.client.forward("POST", luring::NEWS_PATH, body)).await;
        matches!(told, Ok(Ok(answer)) if luring::is_heard(answer.status, &answer.body))
    }

    /// Takes a visit as an event tells it.
    pub fn take(&self, row: &json::JanjiTemu) {
        self.state().take(row);
    }

    /// What the desk keeps may be old: it is fetched soon.
    pub fn refresh_soon(&self) {
        self.inner.is_stale.store(true, Ordering::Relaxed);
        self.note_there();
    }

    fn is_signed_in(&self) -> bool {
        matches!(*self.inner.client.session().borrow(), Status::In(_))
    }

    /// Whether the desk answers without asking: the server was away a moment ago, or entries are before this one.
    fn is_alone(&self) -> bool {
        let until = *self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner);
        self.inner.clock.uptime() < until || self.state().standing().menunggu > 0
    }

    fn note_away(&self) {
        let until = self.inner.clock.uptime() + AWAY;
        *self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }

    fn note_there(&self) {
        *self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner) = Duration::ZERO;
        self.inner.wake.notify_one();
    }

    /// The path of a visit that the desk had named itself, as the server knows it.
    fn renamed(&self, path: &str) -> String {
        self.state().memory().named().path(path).unwrap_or_else(|| path.to_owned())
    }

    /// Takes the visit that an answer tells, so that a desk whose events do not come knows it too.
    fn learn(&self, asked: &Asked, answer: &Result<Forwarded>) {
        #[derive(Deserialize)]
        struct Scan {
            appointment: Option<json::JanjiTemu>,
        }
        let Ok(Forwarded { status: 200..=299, body, .. }) = answer else { return };
        if !asked.is_write() {
            return;
        }
        let scan = serde_json::from_slice::<Scan>(body).ok().and_then(|scan| scan.appointment);
        if let Some(row) = scan.or_else(|| serde_json::from_slice(body).ok()) {
            self.take(&row);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something that waits for the disk, and tells how the desk stands then.
    async fn with_state<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut State) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let state = self.inner.state.clone();
        let done = blocking(move || {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work(&mut state);
            (done, standing(&state))
        });
        let (done, now) = done.await?;
        self.inner.standing.send_if_modified(|before| {
            let is_other = *before != now;
            *before = now;
            is_other
        });
        done.map_err(|error| Error::Storage(error.kind().to_string()))
    }
}

fn standing(state: &State) -> Standing {
    let luring::Standing { siap, menunggu, kunjungan, periksa } = state.standing();
    Standing {
        is_ready: siap,
        waiting: menunggu,
        visits: kunjungan,
        unsettled: periksa,
        is_cut: state.is_cut(),
        damaged: state.damaged(),
    }
}

/// Whether nobody answered, or only that nothing can be done now.
fn is_away(answer: &Result<Forwarded>) -> bool {
    match answer {
        Err(error) => matches!(error, Error::Unreachable(_)),
        Ok(answer) => luring::is_away(answer.status, &answer.body),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::Storage("the runtime is going down".to_owned()))
}
