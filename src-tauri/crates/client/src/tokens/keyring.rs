//! The OS keyring: Credential Manager, Keychain, Secret Service.
//!
//! A locked keyring can wait for its owner's password for ever. So each call runs on a thread of its own with a time
//! limit. After the first failure the program does not ask the keyring again, so that keyring and file cannot take
//! turns.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{sync::oneshot, time::timeout};

use super::Secret;

const TIME_LIMIT: Duration = Duration::from_secs(3);

/// What a keyring can do. Each call may block for ever. The text of an error holds no secret.
pub(super) trait Backend: Send + Sync + 'static {
    fn load(&self) -> Result<Option<Secret>, String>;
    fn save(&self, token: &Secret) -> Result<(), String>;
    fn clear(&self) -> Result<(), String>;
}

/// One entry of the operating system's keyring.
pub(super) struct OsKeyring {
    name: String,
}

impl OsKeyring {
    pub(super) fn new(name: String) -> Self {
        Self { name }
    }

    fn entry(&self) -> Result<keyring::Entry, String> {
        keyring::Entry::new("bukutamu", &self.name).map_err(text)
    }
}

impl Backend for OsKeyring {
    fn load(&self) -> Result<Option<Secret>, String> {
        match self.entry()?.get_password() {
            Ok(token) => Ok(Some(Secret::from(token.as_str()))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(text(error)),
        }
    }

    fn save(&self, token: &Secret) -> Result<(), String> {
        self.entry()?.set_password(token.expose()).map_err(text)
    }

    fn clear(&self) -> Result<(), String> {
        match self.entry()?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(text(error)),
        }
    }
}

fn text(error: keyring::Error) -> String {
    match error {
        // These errors carry what was stored.
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => "unreadable entry".to_owned(),
        error => error.to_string(),
    }
}

/// A keyring with a time limit.
pub(super) struct Keyring {
    backend: Arc<dyn Backend>,
    gave_up: AtomicBool,
    time_limit: Duration,
}

impl Keyring {
    pub(super) fn new(backend: Arc<dyn Backend>) -> Self {
        Self { backend, gave_up: AtomicBool::new(false), time_limit: TIME_LIMIT }
    }

    #[cfg(test)]
    pub(super) fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// The kept token; `None` also if it cannot be read, and then the owner signs in again.
    pub(super) async fn load(&self) -> Option<Secret> {
        self.call(Backend::load).await.flatten()
    }

    /// Keeps the token. False if that failed.
    pub(super) async fn save(&self, token: &Secret) -> bool {
        let token = token.clone();
        self.call(move |backend| backend.save(&token)).await.is_some()
    }

    /// Removes the token. If that fails, a token that the server does not take any more is left behind.
    pub(super) async fn clear(&self) {
        self.call(Backend::clear).await;
    }

    pub(super) fn give_up(&self) {
        self.gave_up.store(true, Ordering::Relaxed);
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Backend) -> Result<T, String> + Send + 'static,
    ) -> Option<T> {
        if self.gave_up.load(Ordering::Relaxed) {
            return None;
        }
        let backend = self.backend.clone();
        let (sender, answer) = oneshot::channel();
        // Not on the runtime's blocking pool, which a program waits for when it ends: this thread may never come back.
        let thread = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            // After the time limit nobody waits for it.
            let _ = sender.send(work(&*backend));
        });
        let failure = match thread {
            Err(error) => error.kind().to_string(),
            Ok(_) => match timeout(self.time_limit, answer).await {
                Ok(Ok(Ok(done))) => return Some(done),
                Ok(Ok(Err(failure))) => failure,
                Ok(Err(_)) => "it panicked".to_owned(),
                Err(_) => "no answer in time; it may be locked".to_owned(),
            },
        };
        tracing::info!(failure, "no keyring; a file of the owner's instead");
        self.give_up();
        None
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("gave_up", &self.gave_up).finish_non_exhaustive()
    }
}
