//! Where a desk keeps what, below the program's folder: one folder for each server, so that nothing goes to another.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{ServerAddress, tokens::entry_name};

/// What is kept for desks, apart from sessions.
pub const PROFILE: &str = "luring";

/// The folder of this server's desk, below the program's.
pub fn folder(program: &Path, address: &ServerAddress) -> PathBuf {
    program.join(entry_name(PROFILE, address))
}

/// The files of one desk at one server.
#[derive(Clone, Debug)]
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    /// # Errors
    /// What the operating system says.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        owner_only::create_folder(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// What the server has told, replaced as a whole.
    pub(super) fn bekal(&self) -> PathBuf {
        self.folder.join("bekal")
    }

    /// What has happened, one record behind the other.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("jurnal")
    }

    /// What could not be read of a journal, kept for whoever can.
    pub(super) fn remains(&self) -> PathBuf {
        self.folder.join("jurnal.sisa")
    }

    /// Whether anything was sealed before.
    pub(super) fn has_sealed(&self) -> bool {
        let has = |path: PathBuf| fs::metadata(path).is_ok_and(|file| file.len() > 0);
        has(self.journal()) || has(self.bekal())
    }
}
