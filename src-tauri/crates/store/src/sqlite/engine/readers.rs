//! The connections that read. There are a few; one reader at a time uses each, and none can write.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::place::Place;
use crate::{Result, StoreError};

/// How many read at once. A read takes microseconds, so few keep every core busy.
pub(super) const COUNT: usize = 4;

/// A pool of read connections. It holds as many connections as its semaphore has free permits.
pub(in crate::sqlite) struct Readers {
    place: Arc<Place>,
    idle: Arc<Mutex<Vec<Reader>>>,
    permits: Arc<Semaphore>,
    count: u32,
}

/// A connection, and the generation of the file's content that it knows.
pub(super) struct Reader {
    conn: Connection,
    generation: u64,
}

impl Reader {
    pub(super) fn open(place: &Place) -> rusqlite::Result<Self> {
        let generation = place.generation();
        Ok(Self { conn: super::connect_reader(place.path())?, generation })
    }
}

/// A connection that goes back even if its reader panics.
struct Lent {
    reader: Option<Reader>,
    idle: Arc<Mutex<Vec<Reader>>>,
}

impl Lent {
    fn take(idle: &Arc<Mutex<Vec<Reader>>>) -> Result<Self> {
        // A permit stands for an idle connection.
        let reader = lock(idle).pop().ok_or_else(super::closed)?;
        Ok(Self { reader: Some(reader), idle: Arc::clone(idle) })
    }

    /// The connection, to the file as it is now.
    fn connection(&mut self, place: &Place) -> Result<&mut Connection> {
        place.check()?;
        let reader = self.reader.as_mut().ok_or_else(super::closed)?;
        if reader.generation != place.generation() {
            *reader = Reader::open(place)?;
        }
        Ok(&mut reader.conn)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        lock(&self.idle).extend(self.reader.take());
    }
}

impl Readers {
    pub(super) fn new(place: Arc<Place>, readers: Vec<Reader>) -> Self {
        let permits = Arc::new(Semaphore::new(readers.len()));
        let count = u32::try_from(readers.len()).expect("a pool is small");
        Self { place, idle: Arc::new(Mutex::new(readers)), permits, count }
    }

    /// Runs `work` on a connection, all of it on the same state of the database.
    pub(in crate::sqlite) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| super::closed())?;
        let (idle, place) = (Arc::clone(&self.idle), Arc::clone(&self.place));
        let task = spawn_blocking(move || {
            // Dropped last: only then may the next reader look for a connection.
            let _permit = permit;
            let mut lent = Lent::take(&idle)?;
            snapshot(lent.connection(&place)?, work)
        });
        task.await.unwrap_or_else(|_| Err(StoreError::Unavailable("shutting down".to_owned())))
    }

    /// Waits until every read has ended, and allows no more.
    pub(super) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.count).await {
            self.permits.close();
            all.forget();
            lock(&self.idle).clear();
        }
    }
}

fn lock(idle: &Mutex<Vec<Reader>>) -> std::sync::MutexGuard<'_, Vec<Reader>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn snapshot<T>(conn: &mut Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let transaction = conn.transaction()?;
    catch_unwind(AssertUnwindSafe(|| work(&transaction)))
        .unwrap_or_else(|_| Err(StoreError::Other("a read panicked".to_owned())))
}
