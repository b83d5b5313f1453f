//! The program's folder.

use std::path::PathBuf;

/// Where everything is kept.
pub(crate) struct Folder(pub(crate) PathBuf);
