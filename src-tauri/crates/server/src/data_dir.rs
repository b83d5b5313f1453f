//! The data folder: the key file, the certificate, the configuration file and, if the database is SQLite's, the
//! database.

pub(crate) mod before_update;
mod config_file;
mod founding;
mod lock;
pub mod typed_toml;

use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use cadangan::switch;
use store::{MssqlConfig, MssqlStore, OpenError, SchoolSecrets, SqliteStore, Store, copy::Content};

pub(crate) use self::founding::Founding;
pub use self::{
    before_update::{BeforeUpdate, NoBackup},
    lock::{InUse, Lock},
};
use crate::TrustedProxies;

/// The database's file name in the data folder.
const DATABASE: &str = "bukutamu.db";

/// Which database, as `--database`, `BUKUTAMU_DATABASE` or the configuration file names it.
#[derive(Clone, Debug)]
pub enum Database {
    /// `sqlite:PATH`.
    Sqlite(PathBuf),
    /// `mssql://USER:PASSWORD@HOST:PORT/DATABASE`.
    Mssql(MssqlConfig),
}

impl FromStr for Database {
    type Err = anyhow::Error;

    /// Never repeats the text: a database's URL holds its password.
    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("mssql", _)) => Ok(Self::Mssql(MssqlConfig::parse(text)?)),
            _ => {
                bail!("the database must be given as sqlite:PATH or mssql://USER:PASSWORD@HOST:PORT/DATABASE")
            }
        }
    }
}

impl Database {
    /// How messages name it, without its login.
    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Mssql(config) => config.place(),
        }
    }

    /// The fingerprint of the key file that a school there was made with; `None` if no school was ever made. Changes
    /// nothing.
    pub(crate) async fn school(&self) -> Result<Option<String>> {
        Ok(match self {
            Self::Sqlite(path) => {
                let path = path.clone();
                tokio::task::spawn_blocking(move || SqliteStore::inspect(&path)).await??.kunci
            }
            Self::Mssql(config) => MssqlStore::inspect(config).await?.kunci,
        })
    }

    /// Keeps every other program away from a database file. Many programs may use a database on a server.
    pub(crate) fn lock(&self) -> Result<Option<Lock>> {
        match self {
            Self::Sqlite(path) => Lock::of_file(path).map(Some),
            Self::Mssql(_) => Ok(None),
        }
    }

    /// Opens it and brings it up to date.
    pub(crate) async fn open(self, kunci: Arc<SchoolSecrets>) -> Result<Arc<dyn Store>> {
        Ok(match self {
            Self::Sqlite(path) => {
                // Migrations may take a while, and SQLite's calls block.
                Arc::new(tokio::task::spawn_blocking(move || SqliteStore::open(&path, kunci)).await??)
            }
            Self::Mssql(config) => Arc::new(MssqlStore::open(&config, kunci).await?),
        })
    }
}

/// The usual data folder of this computer's user.
///
/// # Errors
/// The user has no home folder.
pub fn default_path() -> Result<PathBuf> {
    let folders =
        directories::ProjectDirs::from("", "", "bukutamu").context("this user has no home folder")?;
    Ok(folders.data_local_dir().to_owned())
}

/// An open data folder. No other program can open it until this is dropped or, if a server took it, until that has
/// ended.
pub struct DataDir {
    /// The folder.
    pub path: PathBuf,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The school's secrets.
    pub kunci: Arc<SchoolSecrets>,
    /// Which database it is.
    pub(crate) database: Database,
    /// Keeps other programs out.
    pub(crate) locks: Vec<Lock>,
}

/// Opens a data folder. If it is not there yet, it is made, with a new key file and an empty database.
///
/// # Errors
/// One line that says what is wrong: the folder cannot be written or is in use; the key file is missing, damaged or
/// another database's; the database is missing or of a newer version; it is of an older one, and the backup that comes
/// before the update came to nothing.
pub async fn open(path: &Path, database: Option<Database>) -> Result<DataDir> {
    open_after(path, database, BeforeUpdate::Backup).await
}

/// The same, with or without a backup before the update.
///
/// # Errors
/// The same.
pub async fn open_after(
    path: &Path,
    database: Option<Database>,
    before_update: BeforeUpdate,
) -> Result<DataDir> {
    let folder_lock = lock(path)?;
    let database = choose(path, database)?;
    let place = database.place();
    let locks = [Some(folder_lock), database.lock()?].into_iter().flatten().collect();
    finish_restore(&database).await?;
    let founding = Founding::begin(path, &database).await?;
    let kunci = Arc::new(founding.kunci.clone());
    if before_update == BeforeUpdate::Backup {
        before_update::run(&database, &kunci, path).await?;
    }
    let store = database.clone().open(kunci.clone()).await?;
    founding.complete()?;
    if store.rows().content().await.with_context(|| place.clone())? == Content::HalfCopied {
        return Err(OpenError::HalfCopied { path: place }.into());
    }
    Ok(DataDir { path: path.to_owned(), store, kunci, database, locks })
}

/// Ends a restore that was decided and cut off. Whether there was one.
///
/// # Errors
/// One line; the next start tries again.
pub(crate) async fn finish_restore(database: &Database) -> Result<bool> {
    let Database::Sqlite(path) = database else { return Ok(false) };
    let path = path.clone();
    let Some(finished) = tokio::task::spawn_blocking(move || switch::finish(&path)).await?? else {
        return Ok(false);
    };
    let kept = finished.kept.map(|kept| kept.display().to_string()).unwrap_or_default();
    tracing::warn!(
        as_of = %finished.dibuat_pada.to_rfc3339(),
        kept,
        "the school was restored from a backup; what was there before is kept"
    );
    Ok(true)
}

/// Keeps every other program away from a data folder. If it is not there yet, it is made.
///
/// # Errors
/// One line: it is in use, or cannot be written.
pub(crate) fn lock(path: &Path) -> Result<Lock> {
    create_folder(path).with_context(|| format!("data folder {} cannot be written", path.display()))?;
    Lock::of_folder(path)
}

/// The named database, or else the configuration file's, or else the folder's own.
pub(crate) fn choose(path: &Path, database: Option<Database>) -> Result<Database> {
    if let Some(database) = database {
        return Ok(database);
    }
    Ok(config_file::database(path)?.unwrap_or_else(|| Database::Sqlite(path.join(DATABASE))))
}

/// The proxies that the configuration file names.
pub(crate) fn trusted_proxies(path: &Path) -> Result<TrustedProxies> {
    config_file::trusted_proxies(path)
}

/// Makes a folder, for its owner only, and makes sure that it can be written.
///
/// # Errors
/// What the system reports.
pub fn create_folder(path: &Path) -> std::io::Result<()> {
    owner_only::create_folder(path)?;
    // It may have been made by an earlier version or by hand, where every user of the PC can read it. A folder that
    // holds a key file is ours alone.
    #[cfg(windows)]
    if path.join(store::kunci::FILE_NAME).exists() && owner_only::restrict(path)? {
        tracing::warn!(path = %path.display(), "the data folder was readable by others; it is its owner's only now");
    }
    let probe = path.join(format!(".tulis-{}", std::process::id()));
    fs::write(&probe, [])?;
    fs::remove_file(probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_by_its_url_which_is_never_repeated() {
        let sqlite = "sqlite:a/b.db".parse::<Database>().unwrap();
        assert!(matches!(&sqlite, Database::Sqlite(path) if path == Path::new("a/b.db")));
        let mssql = "mssql://pengguna:rahasia@host:1433/db".parse::<Database>().unwrap();
        assert_eq!(mssql.place(), "mssql://host:1433/db");
        assert!(!format!("{mssql:?}").contains("rahasia"));
        for text in ["", "sqlite:", "mssql://user:rahasia@host", "postgres://user:rahasia@host/db"] {
            let error = text.parse::<Database>().unwrap_err().to_string();
            assert!(!error.contains("rahasia"), "{error}");
        }
    }
}
