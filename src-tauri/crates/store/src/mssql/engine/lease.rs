//! A connection lent out. If the database lives, what is sent over it goes to its end, even if nobody waits any more.
//! So a call that was too slow leaves a connection that is faster for the next one. What it left open is taken back
//! first.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use deadpool::managed::Object;
use tiberius::error::Error;
use tokio::{sync::oneshot, time::sleep};

use super::{
    connection::{Connection, Request, Results, State},
    pool::Connector,
};

/// How long a connection may take for an answer that nobody waits for any more.
const LATE: Duration = Duration::from_secs(30);

/// A connection lent out. If it is dropped in the middle of something, it is closed at once: the server takes back
/// what was not committed and frees its locks.
pub(super) struct Lease {
    /// `None` while something is under way.
    object: Option<Object<Connector>>,
}

/// Why there is no answer.
pub(super) enum NoAnswer {
    /// The driver's error.
    Failed(Error),
    /// It takes too long.
    Late,
}

impl Lease {
    pub(super) fn new(object: Object<Connector>) -> Self {
        Self { object: Some(object) }
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        self.object.as_mut().expect("a lease holds its connection while nothing is under way")
    }

    /// It is closed when it is dropped, whatever became of what was sent.
    pub(super) fn hold(&mut self) {
        if let Some(object) = &mut self.object {
            object.hold();
        }
    }

    /// Sends something and waits for the answer. With `silence`, gives up once the server was silent for that long.
    pub(super) async fn send(
        &mut self,
        request: Request,
        silence: Option<Duration>,
    ) -> Result<Results, NoAnswer> {
        let object = self.object.take().expect("a lease does one thing after the other");
        let progress = object.progress();
        let (back, mut answer) = oneshot::channel();
        tokio::spawn(carry_out(object, request, silence.unwrap_or_default().max(LATE), back));
        let mut seen = progress.load(Ordering::Relaxed);
        loop {
            tokio::select! {
                biased;
                answer = &mut answer => {
                    // The task is gone only if the program ends.
                    let (returned, result) = answer.map_err(|_| NoAnswer::Late)?;
                    self.object = returned.take();
                    return result.map_err(NoAnswer::Failed);
                }
                () = sleep(silence.unwrap_or_default()), if silence.is_some() => {
                    let now = progress.load(Ordering::Relaxed);
                    if now == seen {
                        return Err(NoAnswer::Late);
                    }
                    seen = now;
                }
            }
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(object) = self.object.take() {
            give_back(object);
        }
    }
}

/// Returns a connection to the pool, if it can be used again.
fn give_back(object: Object<Connector>) {
    if object.state() == State::InUse {
        drop(Object::take(object));
    }
}

/// A connection on its way back to its caller. If the caller has just stopped waiting, nobody knows what is open on
/// it.
struct Returned(Option<Object<Connector>>);

impl Returned {
    fn take(mut self) -> Option<Object<Connector>> {
        self.0.take()
    }
}

impl Drop for Returned {
    fn drop(&mut self) {
        drop(self.0.take().map(Object::take));
    }
}

type Back = oneshot::Sender<(Returned, Result<Results, Error>)>;

async fn carry_out(mut object: Object<Connector>, request: Request, silence: Duration, mut back: Back) {
    let Some(pool) = Object::pool(&object) else { return };
    let connector = pool.manager();
    let mut losses = connector.life.losses();
    let asked = Instant::now();
    let result = tokio::select! {
        biased;
        result = object.perform(request, silence) => result,
        () = async {
            back.closed().await;
            // A database that was found to be gone does not answer what was asked before.
            let _ = losses.changed().await;
        } => {
            drop(Object::take(object));
            return;
        }
    };
    if matches!(result, Ok(_) | Err(Error::Server(_))) {
        connector.life.hear();
    }
    let Err((returned, result)) = back.send((Returned(Some(object)), result)) else { return };
    let Some(mut object) = returned.take() else { return };
    metrics::counter!("bukutamu_database_late_total").increment(1);
    let took_ms = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::warn!(took_ms, is_answer = result.is_ok(), "the database answered when nobody waited any more");
    if result.is_ok() || object.state() == State::AfterError {
        // Nobody else will end this transaction.
        let _ = object.roll_back(connector.limit).await;
    }
    give_back(object);
}
