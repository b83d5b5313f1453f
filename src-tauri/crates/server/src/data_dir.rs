//! The data folder: the database where it is SQLite's, the key file and the certificate beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use store::{Kunci, SqliteStore, Store, kunci};

/// The database's file name in the data folder.
const DATABASE: &str = "bukutamu.db";

/// Which database, as `--database` or `BUKUTAMU_DATABASE` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// `sqlite:PATH`.
    Sqlite(PathBuf),
}

impl FromStr for Database {
    type Err = anyhow::Error;

    /// Never repeats the text: a database's URL holds its password.
    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("mssql", _)) => bail!("this version keeps its data in SQLite only; use sqlite:PATH"),
            _ => bail!("the database must be given as sqlite:PATH"),
        }
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
    let Database::Sqlite(database) = database.unwrap_or_else(|| Database::Sqlite(path.join(DATABASE)));
    let kunci_path = path.join(kunci::FILE_NAME);
    let kunci = match Kunci::load(&kunci_path) {
        Err(store::kunci::KunciError::Missing(_)) if !database.exists() => Kunci::create(&kunci_path)?,
        loaded => loaded?,
    };
    let kunci = Arc::new(kunci);
    let opening = kunci.clone();
    // Migrations may take a while, and SQLite's calls block.
    let store = tokio::task::spawn_blocking(move || SqliteStore::open(&database, opening)).await??;
    Ok(DataDir { path: path.to_owned(), store: Arc::new(store), kunci })
}

/// Makes the folder, for its owner only, and makes sure that it can be written.
fn create_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    let probe = path.join(format!(".tulis-{}", std::process::id()));
    fs::write(&probe, [])?;
    fs::remove_file(probe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_by_its_url_which_is_never_repeated() {
        assert_eq!("sqlite:a/b.db".parse::<Database>().unwrap(), Database::Sqlite("a/b.db".into()));
        for text in ["", "sqlite:", "mssql://user:rahasia@host:1433/db", "postgres://user:rahasia@host/db"] {
            let error = text.parse::<Database>().unwrap_err().to_string();
            assert!(!error.contains("rahasia"), "{error}");
        }
    }
}
