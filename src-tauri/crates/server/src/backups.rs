//! The school's own backups: where they are.

use std::path::{Path, PathBuf};

/// The folder for backups in a data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("cadangan")
}
