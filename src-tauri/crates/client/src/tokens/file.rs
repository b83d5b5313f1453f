//! A token in a file that only its owner reads.

use std::{
    fs, io,
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
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
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

    /// Replaces the token as a whole. After a crash either the old token or the new one is there.
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
    owner_only::create_folder(dir)?;
    owner_only::replace(path, token.expose().as_bytes())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let failed = |error: io::Error| Error::Storage(error.kind().to_string());
    done.map_err(|_| Error::Storage("the runtime is going down".to_owned()))?.map_err(failed)
}
