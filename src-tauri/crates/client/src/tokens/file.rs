//! A refresh token in a file that only its owner reads: mode 0600 on Unix; on Windows the profile's own access list.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::Secret;
use crate::{Error, Result};

#[derive(Debug)]
pub(super) struct TokenFile {
    path: PathBuf,
}

impl TokenFile {
    pub(super) fn new(dir: PathBuf, name: &str) -> Self {
        Self { path: dir.join(format!("{name}.sesi")) }
    }

    pub(super) async fn load(&self) -> Result<Option<Secret>> {
        let path = self.path.clone();
        blocking(move || match fs::read_to_string(path).map(Zeroizing::new) {
            Ok(text) if text.trim().is_empty() => Ok(None),
            Ok(text) => Ok(Some(Secret::from(text.trim()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Replaces the token as a whole: after a crash the old one or the new one is there.
    pub(super) async fn save(&self, token: &Secret) -> Result<()> {
        let (path, token) = (self.path.clone(), token.clone());
        blocking(move || write(&path, &token)).await
    }

    pub(super) async fn clear(&self) -> Result<()> {
        let path = self.path.clone();
        blocking(move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }
}

fn write(path: &Path, token: &Secret) -> io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    create_private(dir)?;
    // Made with mode 0600 on Unix, and so it never was readable by others.
    let mut file = tempfile::Builder::new().prefix(".sesi").tempfile_in(dir)?;
    file.write_all(token.expose().as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The rename itself is durable once the directory is. Windows has no such thing.
    #[cfg(unix)]
    fs::File::open(dir)?.sync_all()?;
    Ok(())
}

fn create_private(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let failed = |error: io::Error| Error::Storage(error.kind().to_string());
    done.map_err(|_| Error::Storage("the runtime is going down".to_owned()))?.map_err(failed)
}
