//! Restores a backup: into a scratch database first, which is compared, brought to the present in what must not go
//! back, and looked through. Only then it goes where the school lives ([`switch`]).

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use store::{
    SchoolSecrets, SqliteStore, Store,
    audit::{NewAudit, Verdict},
    copy,
    pulih::{Settled, Since},
    tamu::ErasedTamu,
};

use crate::{
    BackupError, Proof,
    progress::{Progress, Step, Tell},
    scratch::Scratch,
    switch,
    take::{blocking, restore_and_compare},
};

/// A backup that was restored into a scratch database. Dropping it changes nothing.
pub struct Restoration {
    scratch: Scratch,
    kunci: Arc<SchoolSecrets>,
    proof: Proof,
    tell: Tell,
}

impl Restoration {
    /// Restores a backup into a scratch database below `folder` and compares it. A database file is replaced only from
    /// its own folder.
    ///
    /// # Errors
    /// [`BackupError`]: it is damaged, of another school, or differs.
    pub async fn begin(
        path: &Path,
        kunci: Arc<SchoolSecrets>,
        folder: &Path,
        tell: Tell,
    ) -> Result<Self, BackupError> {
        let (path, folder) = (path.to_owned(), folder.to_owned());
        blocking(move || {
            let scratch = Scratch::create(&folder)?;
            let told = Arc::clone(&tell);
            let proof = restore_and_compare(&path, &kunci, &file(&scratch), &move |progress| told(progress))?;
            Ok(Self { scratch, kunci, proof, tell })
        })
        .await
    }

    /// What the backup is.
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// Opens the restored school, and brings it up to date. Close it before anything else is done.
    ///
    /// # Errors
    /// [`BackupError::Open`].
    pub async fn open(&self) -> Result<SqliteStore, BackupError> {
        (self.tell)(Progress { step: Step::Settle, done: 0, total: 2 });
        let (file, kunci) = (file(&self.scratch), Arc::clone(&self.kunci));
        blocking(move || Ok(SqliteStore::open(&file, kunci)?)).await
    }

    /// Brings the opened school to the present in what must not go back, seals the audit and closes the school. Gives
    /// what was done, and whether the audit is whole.
    ///
    /// # Errors
    /// [`BackupError`].
    pub async fn settle(
        &self,
        school: SqliteStore,
        erased: Vec<ErasedTamu>,
        waktu: DateTime<Utc>,
        entry: impl FnOnce(Settled) -> NewAudit + Send + 'static,
    ) -> Result<(Settled, Verdict), BackupError> {
        let since = Since { dari: self.proof.header.dibuat_pada, waktu, erased, entry: Box::new(entry) };
        let settled = settle(&school, since).await;
        school.close().await;
        let settled = settled?;
        (self.tell)(Progress { step: Step::Settle, done: 1, total: 2 });
        let verdict = SqliteStore::verify_audit(&file(&self.scratch), Arc::clone(&self.kunci)).await?;
        (self.tell)(Progress { step: Step::Settle, done: 2, total: 2 });
        Ok((settled, verdict))
    }

    /// Leaves the school beside a database file, whose place it takes by [`switch::finish`]. From here on the restore
    /// is decided.
    ///
    /// # Errors
    /// [`BackupError::Io`]; then nothing has changed.
    pub async fn wait_beside(self, database: &Path, now: DateTime<Utc>) -> Result<(), BackupError> {
        let database = database.to_owned();
        blocking(move || {
            let Self { scratch, proof, .. } = self;
            let ready = scratch.file("siap");
            switch::wait_beside(&database, &file(&scratch), &ready, proof.header.dibuat_pada, now)
        })
        .await
    }

    /// Copies the school into an empty database, and compares. A copy that is cut off leaves its mark there, and the
    /// next one begins again.
    ///
    /// # Errors
    /// [`BackupError::Copy`].
    pub async fn copy_into(self, target: &dyn Store) -> Result<(), BackupError> {
        let source = self.open().await?;
        let mut count = Count { total: self.proof.header.rows(), ..Count::default() };
        let moved = copy::copy(&source, target, |progress| (self.tell)(count.add(progress))).await;
        source.close().await;
        moved?;
        Ok(())
    }
}

async fn settle(school: &SqliteStore, since: Since) -> Result<Settled, BackupError> {
    let settled = school.settle_restored(since).await?;
    while school.audit().seal().await? > 0 {}
    Ok(settled)
}

fn file(scratch: &Scratch) -> PathBuf {
    scratch.file("pulih.db")
}

/// Adds up the rows of all tables.
#[derive(Default)]
struct Count {
    total: u64,
    step: Option<copy::Step>,
    table: &'static str,
    /// Rows of the tables before.
    before: u64,
    /// Rows of this one.
    done: u64,
}

impl Count {
    fn add(&mut self, progress: copy::Progress) -> Progress {
        if self.step != Some(progress.step) {
            (self.step, self.before, self.done) = (Some(progress.step), 0, 0);
        } else if self.table != progress.table {
            self.before += self.done;
        }
        (self.table, self.done) = (progress.table, progress.done);
        let step = match progress.step {
            copy::Step::Copy => Step::Copy,
            copy::Step::Compare => Step::CompareCopy,
        };
        Progress { step, done: self.before + self.done, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_all_tables_are_added_up() {
        let mut count = Count { total: 40, ..Count::default() };
        let mut add = |table, step, done| {
            let progress = count.add(copy::Progress { table, step, done, total: 20 });
            (progress.step, progress.percent())
        };
        assert_eq!(add("a", copy::Step::Copy, 10), (Step::Copy, 25));
        assert_eq!(add("a", copy::Step::Copy, 20), (Step::Copy, 50));
        assert_eq!(add("b", copy::Step::Copy, 10), (Step::Copy, 75));
        assert_eq!(add("b", copy::Step::Compare, 4), (Step::CompareCopy, 10));
    }
}
