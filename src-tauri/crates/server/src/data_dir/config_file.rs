//! `bukutamu.toml` in the data folder, for what is too secret for a command line and too lasting for the environment:
//!
//! ```toml
//! database = "mssql://USER:PASSWORD@HOST:1433/bukutamu"
//! trusted_proxies = ["10.0.0.0/8"]
//! ```

use std::{fs, io, path::Path};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Database, typed_toml};
use crate::TrustedProxies;

const FILE_NAME: &str = "bukutamu.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    database: Option<String>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
}

/// The database that the file names, if it is there and names one. A message never repeats the file's text.
pub(super) fn database(folder: &Path) -> Result<Option<Database>> {
    let ConfigFile { database, .. } = read(folder)?;
    let database = database.map(|text| text.parse::<Database>()).transpose();
    database.with_context(|| folder.join(FILE_NAME).display().to_string())
}

/// The proxies that the file names, if it is there.
pub(super) fn trusted_proxies(folder: &Path) -> Result<TrustedProxies> {
    let ConfigFile { trusted_proxies, .. } = read(folder)?;
    let trusted_proxies =
        trusted_proxies.iter().map(|text| text.parse::<TrustedProxies>()).collect::<Result<_, _>>();
    trusted_proxies.with_context(|| folder.join(FILE_NAME).display().to_string())
}

/// What the file says; nothing if there is none.
fn read(folder: &Path) -> Result<ConfigFile> {
    let path = folder.join(FILE_NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        // If the folder is no folder, opening it says so later.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(ConfigFile::default());
        }
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    check_owner_only(&path)?;
    let Ok(file) = toml::from_str(&typed_toml::read(&text)) else {
        bail!(
            "{} must hold nothing but lines like: database = \"mssql://…\", trusted_proxies = [\"10.0.0.0/8\"]",
            path.display()
        );
    };
    Ok(file)
}

#[cfg(unix)]
fn check_owner_only(path: &Path) -> Result<()> {
    if !owner_only::is_restricted(path).with_context(|| path.display().to_string())? {
        bail!("{0} can be read by others and holds a password; run `chmod 600 {0}`", path.display());
    }
    Ok(())
}

/// Nobody can be asked to type an access list. So others' rights are taken away, and the log says so.
#[cfg(not(unix))]
fn check_owner_only(path: &Path) -> Result<()> {
    if owner_only::restrict(path).with_context(|| path.display().to_string())? {
        tracing::warn!(
            path = %path.display(),
            "could be read by others and holds a password; it is its owner's only now"
        );
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
    fn it_names_proxies() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(trusted_proxies(folder.path()).unwrap(), TrustedProxies::default());
        write(folder.path(), "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n", 0o600);
        assert!(trusted_proxies(folder.path()).unwrap().contains([10, 1, 2, 3].into()));
        assert!(database(folder.path()).unwrap().is_none());
        write(folder.path(), "trusted_proxies = [\"proxy\"]\n", 0o600);
        assert!(format!("{:#}", trusted_proxies(folder.path()).unwrap_err()).contains(FILE_NAME));
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
