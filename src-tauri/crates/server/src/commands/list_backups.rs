//! `list-backups`: the backups in a folder, newest first.

use std::path::PathBuf;

use anyhow::{Result, bail};
use cadangan::{Trial, Trials};

use super::answer::say;
use crate::backups;

#[derive(Debug, clap::Args)]
pub(super) struct ListBackups {
    /// Folder of the school
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Another folder than the school's own for backups
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl ListBackups {
    pub(super) fn run(self) -> Result<()> {
        let data = super::folder(self.data_dir)?;
        let folder = self.folder.unwrap_or_else(|| backups::folder(&data));
        if !folder.is_dir() {
            bail!("{} is not there", folder.display());
        }
        let trials = Trials::in_folder(&data);
        let (listed, unreadable) = cadangan::keep::list(&folder)?;
        for backup in &listed {
            let time = backup.header.dibuat_pada.to_rfc3339();
            let (rows, size) = (backup.header.rows(), backup.size_bytes);
            let tried = match trials.of(&backup.path) {
                Some(Trial { baik: true, .. }) => "proven",
                Some(Trial { baik: false, .. }) => "damaged",
                None => "not tried here",
            };
            let path = backup.path.display();
            say(format_args!("{time}  {rows:>10} rows  {size:>12} bytes  {tried:<14}  {path}"))?;
        }
        for error in &unreadable {
            say(format_args!("unreadable  {error}"))?;
        }
        if listed.is_empty() && unreadable.is_empty() {
            say(format_args!("{} holds no backup", folder.display()))?;
        }
        Ok(())
    }
}
