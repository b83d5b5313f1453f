//! Takes a backup, and proves it before it gets its name.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use store::{MssqlConfig, MssqlStore, SchoolSecrets, SqliteStore, Store, check::Check, copy};
use tokio::{runtime::Handle, task::spawn_blocking};

use crate::{
    BackupError,
    file::{self, Content, Header, Rows, Trail},
    progress::{Progress, Step},
    scratch::Scratch,
    trials::Trials,
};

/// Where the school lives.
pub enum Source {
    /// In a file, which a server may have open.
    Sqlite(PathBuf),
    /// Elsewhere. Its rows are copied as they stand at one moment; where the database cannot tell that, the copy fails
    /// if they change meanwhile.
    Store(Arc<dyn Store>),
    /// In SQL Server, by the tables of an older version of this program.
    Older {
        /// Where.
        config: MssqlConfig,
        /// The newest migration that the database has seen.
        skema: u32,
    },
}

/// A backup that was restored and compared.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The backup.
    pub path: PathBuf,
    /// What it holds.
    pub header: Header,
    /// The file's size.
    pub size_bytes: u64,
}

/// Takes a backup into `folder`, which is made if it is not there. `now` is when.
///
/// The school goes on working meanwhile. It is copied and compared below `data`, the school's own folder: only the
/// encrypted file ever stands in `folder`. It gets its name when it has been read back from there, restored and
/// compared.
///
/// # Errors
/// [`BackupError`]; then no file of that name is there.
pub async fn take(
    source: Source,
    kunci: Arc<SchoolSecrets>,
    data: &Path,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<Proof, BackupError> {
    let scratch = Scratch::create(data)?;
    // The encrypted file until it has its name, and what older versions left there.
    let unnamed = Scratch::create(folder)?;
    let snapshot = scratch.file("salinan.db");
    match source {
        Source::Sqlite(path) => {
            let to = snapshot.clone();
            blocking(move || Ok(SqliteStore::snapshot(&path, &to)?)).await?;
        }
        Source::Store(store) => copy_rows(&*store, Arc::clone(&kunci), &scratch, &snapshot).await?,
        Source::Older { config, skema } => {
            MssqlStore::write_older(&config, Arc::clone(&kunci), skema, &snapshot).await?;
        }
    }
    let (path, data) = (free(folder, now), data.to_owned());
    blocking(move || {
        let proof = write_and_prove(&snapshot, &kunci, &scratch, &unnamed, &path, now)?;
        // Without the note it is tried once more.
        let _ = Trials::in_folder(&data).note(&proof.path, Ok(&proof), now);
        Ok(proof)
    })
    .await
}

/// Restores a backup into a scratch database below `data`, the school's own folder, and compares it with what its
/// header says. How it went is noted there; `now` is when.
///
/// # Errors
/// [`BackupError`]: it is damaged, of another school, or differs.
pub async fn prove(
    path: &Path,
    kunci: Arc<SchoolSecrets>,
    data: &Path,
    now: DateTime<Utc>,
) -> Result<Proof, BackupError> {
    let (path, data) = (path.to_owned(), data.to_owned());
    blocking(move || {
        let scratch = Scratch::create(&data)?;
        let tried = restore_and_compare(&path, &kunci, &scratch.file("pulih.db"), &|_| {});
        let _ = Trials::in_folder(&data).note(&path, tried.as_ref(), now);
        tried
    })
    .await
}

/// Writes a backup's database to `to` and compares it. Calls `tell` now and then.
pub(crate) fn restore_and_compare(
    path: &Path,
    kunci: &Arc<SchoolSecrets>,
    to: &Path,
    tell: &dyn Fn(Progress),
) -> Result<Proof, BackupError> {
    let telling = |step, done, total| tell(Progress { step, done, total });
    let header = file::extract(path, kunci, to, &|done, total| telling(Step::Decrypt, done, total))?;
    let total = header.rows();
    let check = SqliteStore::check_and_tell(to, kunci, &mut |done| telling(Step::Compare, done, total))?;
    let found = rows_of(&check);
    let differs = |table: &str| BackupError::Differs { path: path.to_owned(), table: table.to_owned() };
    if let Some(table) = header.tabel.keys().find(|table| found.get(*table) != header.tabel.get(*table)) {
        return Err(differs(table));
    }
    if !check.is_sound() {
        return Err(differs("(structure)"));
    }
    if header.jejak.is_some() && header.jejak != Some(trail_of(to, kunci)?) {
        return Err(differs("(audit)"));
    }
    let size_bytes = fs::metadata(path).map_err(BackupError::io(path))?.len();
    Ok(Proof { path: path.to_owned(), header, size_bytes })
}

async fn copy_rows(
    from: &dyn Store,
    kunci: Arc<SchoolSecrets>,
    scratch: &Scratch,
    to: &Path,
) -> Result<(), BackupError> {
    let path = scratch.file("baris.db");
    let opened = path.clone();
    let target = blocking(move || Ok(SqliteStore::open(&opened, kunci)?)).await?;
    let moved = copy::copy(from, &target, |_| {}).await;
    target.close().await;
    moved?;
    let to = to.to_owned();
    blocking(move || Ok(SqliteStore::snapshot(&path, &to)?)).await
}

fn write_and_prove(
    snapshot: &Path,
    kunci: &Arc<SchoolSecrets>,
    scratch: &Scratch,
    unnamed: &Scratch,
    path: &Path,
    now: DateTime<Utc>,
) -> Result<Proof, BackupError> {
    let check = SqliteStore::check(snapshot, kunci)?;
    if !check.is_sound() {
        return Err(BackupError::DamagedSource { places: check.damaged.len() as u64 + check.more });
    }
    let skema = SqliteStore::inspect(snapshot)?.found;
    let jejak = trail_of(snapshot, kunci)?;
    let content = Content { dibuat_pada: now, skema, tabel: rows_of(&check), jejak };
    let unnamed = unnamed.file("baru");
    file::write(&unnamed, content, snapshot, kunci)?;
    let proof = restore_and_compare(&unnamed, kunci, &scratch.file("pulih.db"), &|_| {})?;
    owner_only::move_into_place(&unnamed, path).map_err(BackupError::io(path))?;
    Ok(Proof { path: path.to_owned(), ..proof })
}

/// Where the backup of that moment goes. A start that was cut off may have taken one in the same second.
fn free(folder: &Path, now: DateTime<Utc>) -> PathBuf {
    let paths = (1..).map(|n| folder.join(file::name(now, n)));
    paths.into_iter().find(|path| !path.exists()).expect("a second has few backups")
}

fn rows_of(check: &Check) -> BTreeMap<String, Rows> {
    let rows = |(table, (baris, jumlah)): (&&str, &(u64, copy::Checksum))| {
        ((*table).to_owned(), Rows { baris: *baris, jumlah: jumlah.to_string() })
    };
    check.tables.iter().map(rows).collect()
}

/// What the audit's chain in a file is like. Its caller may block.
fn trail_of(database: &Path, kunci: &Arc<SchoolSecrets>) -> Result<Trail, BackupError> {
    let verifying = SqliteStore::verify_audit(database, Arc::clone(kunci));
    let verdict = Handle::current().block_on(verifying)?;
    Ok(Trail {
        entri: verdict.entries,
        belum_disegel: verdict.unsealed,
        putus: verdict.broken.map(|broken| broken.to_string()),
    })
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    spawn_blocking(work).await.map_err(|_| BackupError::CutOff)?
}
