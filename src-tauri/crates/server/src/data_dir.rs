//! The data folder: the database where it is SQLite's, the key file, the certificate and the configuration file beside it.

mod config_file;
pub mod typed_toml;

use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use store::{
    Kunci, MssqlConfig, MssqlStore, SqliteStore, Store,
    copy::Content,
    kunci::{self, KunciError},
};

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
    /// What messages call it; never its login.
    pub fn place(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Mssql(config) => config.place(),
        }
    }

    /// Whether no school was ever made there, so that a key file can be made for it.
    pub(crate) async fn is_new(&self) -> Result<bool> {
        Ok(match self {
            Self::Sqlite(path) => !path.exists(),
            Self::Mssql(config) => MssqlStore::inspect(config).await?.kunci.is_none(),
        })
    }

    /// Opens it and brings it up to date.
    pub(crate) async fn open(self, kunci: Arc<Kunci>) -> Result<Arc<dyn Store>> {
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
/// Where the user has no home.
pub fn default_path() -> Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "bukutamu")
        .context("this user has no home folder; give --data-dir")?;
    Ok(folders.data_local_dir().to_owned())
}

/// What a data folder holds, open.
pub struct DataDir {
    /// The folder.
    pub path: PathBuf,
    /// The database.
    pub store: Arc<dyn Store>,
    /// The school's secrets.
    pub kunci: Arc<Kunci>,
}

/// Opens a data folder; one that is not there yet is made, with a new key file and an empty database.
///
/// # Errors
/// One line that says what is wrong: the folder cannot be written, the key file is missing, damaged or another database's,
/// or the database is of a newer version.
pub async fn open(path: &Path, database: Option<Database>) -> Result<DataDir> {
    create_folder(path).with_context(|| format!("data folder {} cannot be written", path.display()))?;
    let database = choose(path, database)?;
    let place = database.place();
    let kunci = Arc::new(load_kunci(path, &database).await?);
    let store = database.open(kunci.clone()).await?;
    if store.rows().content().await.with_context(|| place.clone())? == Content::HalfCopied {
        bail!("{place} is a copy that was not finished; run `bukutamu-server copy` once more");
    }
    Ok(DataDir { path: path.to_owned(), store, kunci })
}

/// The database that was named, or the one of the configuration file, or the folder's own.
pub(crate) fn choose(path: &Path, database: Option<Database>) -> Result<Database> {
    if let Some(database) = database {
        return Ok(database);
    }
    Ok(config_file::database(path)?.unwrap_or_else(|| Database::Sqlite(path.join(DATABASE))))
}

/// The folder's key file; made where there is neither one nor a school that one would belong to.
pub(crate) async fn load_kunci(path: &Path, database: &Database) -> Result<Kunci> {
    let kunci_path = path.join(kunci::FILE_NAME);
    match Kunci::load(&kunci_path) {
        Err(KunciError::Missing(_)) if database.is_new().await? => Ok(Kunci::create(&kunci_path)?),
        loaded => Ok(loaded?),
    }
}

/// Makes a folder, for its owner only, and makes sure that it can be written.
///
/// # Errors
/// What the system has against it.
pub fn create_folder(path: &Path) -> std::io::Result<()> {
    owner_only::create_folder(path)?;
    // Made by an earlier version or by hand, where every user of the PC reads. Whatever holds a key file is ours alone.
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
