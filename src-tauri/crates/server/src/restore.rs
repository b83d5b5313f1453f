//! Puts a backup where a school is to live, or leaves it beside the school to take its place.
//!
//! Whatever must not go back with the rest is brought along: who was erased since stays erased, as it stands in the
//! notes beside the backups and in the database that was there; nobody is signed in; no message leaves by itself.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use anyhow::{Result, anyhow};
use cadangan::{BackupError, Erasures, RecoveryError, Restoration, Trials, switch};
pub use cadangan::{
    Recovery,
    file::{Header, header},
    progress::{Progress, Step, Tell},
};
use chrono::{DateTime, Utc};
use domain::audit::{Aksi, Objek};
use serde_json::json;
use store::{
    SchoolSecrets, SqliteStore, Store,
    audit::{NewAudit, Verdict},
    clock::ClockNote,
    copy::Content,
    pulih::Settled,
    tamu::ErasedTamu,
};

use crate::{
    Clock,
    audit::{Act, Scene},
    backups,
    data_dir::{self, Database, Founding},
    jobs,
};

/// The code on the recovery sheet opens another school's backups.
#[derive(Debug, thiserror::Error)]
#[error("this code is not that of the backup's school")]
pub struct OtherSchoolsCode;

/// What kept a backup from being restored, by what a person does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreFault {
    /// Another file is to be chosen.
    Backup,
    /// The code is to be typed again.
    Code,
    /// Another school's key file is there.
    Key,
    /// Anything else.
    Other,
}

impl RestoreFault {
    /// The kind of an error that [`restore`] gave.
    pub fn of(error: &anyhow::Error) -> Self {
        if error.is::<RecoveryError>() || error.is::<OtherSchoolsCode>() {
            return Self::Code;
        }
        match error.downcast_ref() {
            Some(
                BackupError::Foreign(_)
                | BackupError::Newer(_)
                | BackupError::Damaged(_)
                | BackupError::Differs { .. },
            ) => Self::Backup,
            Some(BackupError::OtherKey { .. }) => Self::Key,
            _ => Self::Other,
        }
    }
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// When the school was as it is now.
    pub dibuat_pada: DateTime<Utc>,
    /// Rows of all tables in the backup.
    pub rows: u64,
    /// Where the school lives.
    pub place: String,
    /// Where what was there before is now; none if nothing was.
    pub kept: Option<std::path::PathBuf>,
    /// What was brought to the present.
    pub settled: Settled,
    /// What somebody should look at, one line each.
    pub warnings: Vec<String>,
}

/// Restores a backup into a data folder, which no other program may use. Without a key file there, the backup's is
/// opened by the code on the recovery sheet, which `recovery` asks for.
///
/// # Errors
/// One line that says what is wrong; then everything is as it was.
pub async fn restore(
    folder: &Path,
    database: Option<Database>,
    from: &Path,
    recovery: impl FnOnce() -> Result<Recovery>,
    clock: &Clock,
    tell: Tell,
) -> Result<Restored> {
    let _folder_lock = data_dir::lock(folder)?;
    let database = data_dir::choose(folder, database)?;
    let _database_lock = database.lock()?;
    if data_dir::finish_restore(&database).await? {
        Founding::begin(folder, &database).await?.complete()?;
    }
    let key_file = key_file(folder, from, recovery)?;
    let restored = Scene::of_system(clock.clone())
        .play(place(folder, database, from, &key_file.kunci, clock, tell))
        .await;
    match &restored {
        Ok(_) => key_file.complete()?,
        Err(_) => key_file.give_up(),
    }
    restored
}

/// The school's key file; without one, the backup's.
fn key_file(folder: &Path, backup: &Path, recovery: impl FnOnce() -> Result<Recovery>) -> Result<Founding> {
    if folder.join(store::kunci::FILE_NAME).exists() {
        return Ok(Founding::kept(folder)?);
    }
    let header = header(backup)?;
    let bytes = header.key_file(&recovery()?).ok_or(OtherSchoolsCode)?;
    Founding::brought(folder, &bytes)
}

async fn place(
    folder: &Path,
    database: Database,
    from: &Path,
    kunci: &SchoolSecrets,
    clock: &Clock,
    tell: Tell,
) -> Result<Restored> {
    let kunci = Arc::new(kunci.clone());
    let place = database.place();
    let now = clock.now();
    let (entry, is_believed) = (entry(), false);
    match database {
        Database::Sqlite(path) => {
            let order =
                Order { from, kunci, data: folder, database: Some(&path), clock, is_believed, entry, tell };
            let Prepared { restoration, settled, warnings } = prepare(order).await?;
            let header = restoration.proof().header.clone();
            restoration.wait_beside(&path, now).await?;
            let finished = tokio::task::spawn_blocking(move || switch::finish(&path)).await??;
            let kept = finished.and_then(|finished| finished.kept);
            let (dibuat_pada, rows) = (header.dibuat_pada, header.rows());
            Ok(Restored { dibuat_pada, rows, place, kept, settled, warnings })
        }
        mssql @ Database::Mssql(_) => {
            let target = empty(mssql, Arc::clone(&kunci)).await?;
            let order = Order { from, kunci, data: folder, database: None, clock, is_believed, entry, tell };
            let Prepared { restoration, settled, warnings } = prepare(order).await?;
            let header = restoration.proof().header.clone();
            let copied = restoration.copy_into(&*target).await;
            target.close().await;
            copied?;
            let (dibuat_pada, rows) = (header.dibuat_pada, header.rows());
            Ok(Restored { dibuat_pada, rows, place, kept: None, settled, warnings })
        }
    }
}

/// A database on a server that holds no school. What holds one is never overwritten, and nothing there can be kept
/// aside.
async fn empty(mssql: Database, kunci: Arc<SchoolSecrets>) -> Result<Arc<dyn Store>> {
    let place = mssql.place();
    let holds_one = || {
        anyhow!(
            "{place} holds a school already, and stays as it is: make an empty database and name that one \
             (BUKUTAMU_DATABASE), then restore into it"
        )
    };
    if mssql.school().await?.is_some_and(|theirs| theirs != kunci.fingerprint()) {
        return Err(holds_one());
    }
    let store = mssql.open(kunci).await?;
    if store.rows().content().await? == Content::School {
        store.close().await;
        return Err(holds_one());
    }
    Ok(store)
}

/// What a restore needs.
pub(crate) struct Order<'a> {
    /// The backup.
    pub(crate) from: &'a Path,
    pub(crate) kunci: Arc<SchoolSecrets>,
    /// The data folder.
    pub(crate) data: &'a Path,
    /// The database file whose place it is to take; none if it goes into another database.
    pub(crate) database: Option<&'a Path>,
    pub(crate) clock: &'a Clock,
    /// The clock is known to be right. Else the jobs wait until it has run evenly: a backup is of an earlier time.
    pub(crate) is_believed: bool,
    /// Its entry in the audit, by [`entry`].
    pub(crate) entry: Option<NewAudit>,
    pub(crate) tell: Tell,
}

/// A restored school that only has to be put into its place.
pub(crate) struct Prepared {
    pub(crate) restoration: Restoration,
    pub(crate) settled: Settled,
    pub(crate) warnings: Vec<String>,
}

/// The entry of a restore by whoever acts now.
pub(crate) fn entry() -> Option<NewAudit> {
    Act::new(Aksi::Pulihkan, Objek::Cadangan).entry()
}

/// Restores a backup into a scratch database and brings it to the present.
///
/// # Errors
/// [`BackupError`]; then nothing has changed.
pub(crate) async fn prepare(order: Order<'_>) -> Result<Prepared, BackupError> {
    let Order { from, kunci, data, database, clock, is_believed, entry, tell } = order;
    let now = clock.now();
    let scratch = database.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let scratch = match database {
        Some(_) => scratch.unwrap_or(Path::new(".")),
        None => data,
    };
    let mut warnings = Vec::new();
    let erased = erased_since(from, data, database, &kunci, &mut warnings).await?;
    let tried = Restoration::begin(from, Arc::clone(&kunci), scratch, tell).await;
    // Without the note it is tried once more.
    let _ = Trials::in_folder(data).note(from, tried.as_ref().map(Restoration::proof), now);
    let restoration = tried?;
    let school = restoration.open().await?;
    if is_believed {
        school.clock().update(ClockNote { believed: now, doubt: None }).await?;
    }
    let queued = Scene::of_system(clock.clone()).play(queue_what_may_have_left(&school, now)).await;
    if let Err(error) = queued {
        school.close().await;
        return Err(error.into());
    }
    let sampai = restoration.proof().header.dibuat_pada;
    let disimpan = database.filter(|path| path.exists()).map(|_| switch::aside(now));
    let tells = move |settled: Settled| {
        let Settled { dihapus, sesi, pesan } = settled;
        let mut sesudah = json!({
            "sampai": sampai, "dihapus_lagi": dihapus, "sesi_diakhiri": sesi, "pesan_ditahan": pesan,
        });
        if let Some(disimpan) = disimpan {
            sesudah["disimpan"] = json!(disimpan);
        }
        NewAudit { sesudah: Some(sesudah.to_string()), ..entry.unwrap_or_else(|| bare(now)) }
    };
    let (settled, verdict) = restoration.settle(school, erased, now, tells).await?;
    if let Verdict { broken: Some(broken), .. } = verdict {
        warnings.push(format!("the audit in this backup is not whole: {broken}"));
    }
    Ok(Prepared { restoration, settled, warnings })
}

/// The entry of a restore by nobody.
fn bare(waktu: DateTime<Utc>) -> NewAudit {
    NewAudit {
        waktu,
        id_pelaku: None,
        nama_pelaku: None,
        role: Some(domain::audit::Pelaku::Sistem),
        alamat: None,
        aksi: Aksi::Pulihkan,
        objek: Objek::Cadangan,
        id_objek: None,
        id_tamu: None,
        sebelum: None,
        sesudah: None,
    }
}

/// Queues what the jobs have queued since: it waits with the rest, and does not leave a second time by itself.
async fn queue_what_may_have_left(school: &SqliteStore, now: DateTime<Utc>) -> store::Result<()> {
    let setelan = school.setelan().get().await?.setelan;
    jobs::remind(school, &setelan, now).await?;
    jobs::send_reports(school, &setelan, now).await?;
    Ok(())
}

/// Who was erased, as it stands beside the backup, in the data folder and in the database that is there. All of it is
/// noted in the data folder, so that the next restore knows it too.
async fn erased_since(
    from: &Path,
    data: &Path,
    database: Option<&Path>,
    kunci: &Arc<SchoolSecrets>,
    warnings: &mut Vec<String>,
) -> Result<Vec<ErasedTamu>, BackupError> {
    let own = Erasures::in_folder(&backups::folder(data), kunci);
    let beside = from.parent().map(|folder| Erasures::in_folder(folder, kunci));
    let database = database.map(Path::to_owned);
    let fingerprint = kunci.fingerprint().to_owned();
    let read = move || -> Result<_, BackupError> {
        let (mut erased, mut warnings) = (BTreeSet::new(), Vec::new());
        for file in beside.iter().chain([&own]) {
            let noted = file.read()?;
            if noted.is_torn || noted.unreadable > 0 {
                let lines = noted.unreadable + usize::from(noted.is_torn);
                warnings.push(format!("{}: {lines} lines cannot be read", file.path().display()));
            }
            erased.extend(noted.erased);
        }
        if let Some(path) = database.filter(|path| path.exists()) {
            match erased_there(&path, &fingerprint) {
                Ok(there) => erased.extend(there),
                Err(error) => warnings.push(format!("who was erased there before is not known: {error}")),
            }
        }
        let erased: Vec<_> = erased.into_iter().collect();
        own.add(&erased)?;
        Ok((erased, warnings))
    };
    let (erased, found) = tokio::task::spawn_blocking(read).await.map_err(|_| BackupError::CutOff)??;
    // The same file is told of once.
    warnings.extend(found.into_iter().collect::<BTreeSet<_>>());
    Ok(erased)
}

/// Who was erased in the database that is there, if it is this school's.
fn erased_there(path: &Path, fingerprint: &str) -> Result<Vec<ErasedTamu>, BackupError> {
    if SqliteStore::inspect(path)?.kunci.as_deref() != Some(fingerprint) {
        return Ok(Vec::new());
    }
    Ok(SqliteStore::erased_in(path)?)
}
