//! The program's folder.

use std::path::PathBuf;

/// The folder in which the program keeps everything.
pub(crate) struct Folder(pub(crate) PathBuf);
