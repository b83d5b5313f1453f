//! `bukutamu.toml` in the data folder, for what is too secret for a command line and too lasting for the environment:
//!
//! ```toml
//! database = "mssql://USER:PASSWORD@HOST:1433/bukutamu"
//! ```

use std::{fs, io, path::Path};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Database, typed_toml};

const FILE_NAME: &str = "bukutamu.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    database: Option<String>,
}

/// The database that the file names, if it is there and names one. A message never repeats the file's text.
pub(super) fn database(folder: &Path) -> Result<Option<Database>> {
    let path = folder.join(FILE_NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        // Where the folder is none, that is said when it is opened.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    check_owner_only(&path)?;
    let Ok(ConfigFile { database }) = toml::from_str(&typed_toml::read(&text)) else {
        bail!("{} must hold nothing but a line like: database = \"mssql://…\"", path.display());
    };
    let database = database.map(|text| text.parse::<Database>()).transpose();
    database.with_context(|| path.display().to_string())
}

#[cfg(unix)]
fn check_owner_only(path: &Path) -> Result<()> {
    if !owner_only::is_restricted(path).with_context(|| path.display().to_string())? {
        bail!("{0} can be read by others and holds a password; run `chmod 600 {0}`", path.display());
    }
    Ok(())
}

/// Nobody can be told to type an access list: others' rights are taken away, and that is said.
#[cfg(not(unix))]
fn check_owner_only(path: &Path) -> Result<()> {
    if owner_only::restrict(path).with_context(|| path.display().to_string())? {
        tracing::warn!(path = %path.display(), "could be read by others and holds a password; it is its owner's only now");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, text: &str, mode: u32) {
        let path = folder.join(FILE_NAME);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        #[cfg(not(unix))]
        let _ = mode;
    }

    #[test]
    fn it_names_the_database_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(database(folder.path()).unwrap().is_none());
        write(folder.path(), "", 0o600);
        assert!(database(folder.path()).unwrap().is_none());
        write(folder.path(), "database = \"mssql://a:b@host/db\"\n", 0o600);
        assert_eq!(database(folder.path()).unwrap().unwrap().place(), "mssql://host:1433/db");
    }

    #[test]
    fn a_path_of_windows_is_read_as_it_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        for line in
            [r#"database = "sqlite:D:\buku tamu\name.db""#, r#"database = "sqlite:D:\\buku tamu\\name.db""#]
        {
            write(folder.path(), line, 0o600);
            assert_eq!(database(folder.path()).unwrap().unwrap().place(), r"D:\buku tamu\name.db");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_repeating_it() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["database = rahasia", "databse = \"rahasia\"", "database = \"mssql://a:rahasia@host\""] {
            write(folder.path(), text, 0o600);
            let error = format!("{:#}", database(folder.path()).unwrap_err());
            assert!(error.contains(FILE_NAME) && !error.contains("rahasia"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn one_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "", 0o640);
        assert!(database(folder.path()).unwrap_err().to_string().contains("chmod 600"));
    }
}
