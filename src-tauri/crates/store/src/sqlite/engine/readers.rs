//! The connections that read: a few, each used by one reader at a time, none of which can write.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{Result, StoreError};

/// How many read at once. A read takes microseconds, so few keep every core busy.
pub(super) const COUNT: usize = 4;

/// A pool of read connections. It holds as many connections as its semaphore has free permits.
pub(in crate::sqlite) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    count: u32,
}

impl Readers {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        let permits = Arc::new(Semaphore::new(connections.len()));
        let count = u32::try_from(connections.len()).expect("a pool is small");
        Self { idle: Arc::new(Mutex::new(connections)), permits, count }
    }

    /// Runs `work` on a connection, all of it on the same state of the database.
    pub(in crate::sqlite) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| super::closed())?;
        let idle = Arc::clone(&self.idle);
        let task = spawn_blocking(move || {
            let mut conn = lock(&idle).pop().expect("a permit stands for an idle connection");
            let result = snapshot(&mut conn, work);
            lock(&idle).push(conn);
            // Only now may the next reader look for a connection.
            drop(permit);
            result
        });
        task.await.unwrap_or_else(|_| Err(StoreError::Unavailable("shutting down".to_owned())))
    }

    /// Waits for those who read and lets nobody read any more.
    pub(super) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.count).await {
            self.permits.close();
            all.forget();
            lock(&self.idle).clear();
        }
    }
}

fn lock(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn snapshot<T>(conn: &mut Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let transaction = conn.transaction()?;
    catch_unwind(AssertUnwindSafe(|| work(&transaction)))
        .unwrap_or_else(|_| Err(StoreError::Other("a read panicked".to_owned())))
}
