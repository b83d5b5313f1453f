//! `verify-backup`: restores a backup into a scratch database, compares it with what it says of itself, and leaves no
//! trace.

use std::{path::PathBuf, sync::Arc};

use anyhow::Result;
use cadangan::file::Trail;
use store::{SchoolSecrets, kunci};

use super::answer::say;
use crate::clock::Clock;

#[derive(Debug, clap::Args)]
pub(super) struct VerifyBackup {
    /// Folder of the school's key file
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The backup
    file: PathBuf,
}

impl VerifyBackup {
    pub(super) async fn run(self) -> Result<()> {
        let folder = super::folder(self.data_dir)?;
        let kunci = Arc::new(SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?);
        let proof = cadangan::prove(&self.file, kunci, &folder, Clock::system().now()).await?;
        for (table, rows) in &proof.header.tabel {
            say(format_args!("{table:<20}{:>10} rows  {}", rows.baris, rows.jumlah))?;
        }
        let header = proof.header;
        match &header.jejak {
            Some(Trail { putus: Some(putus), .. }) => {
                say(format_args!("the audit was not whole when the backup was taken: {putus}"))?;
            }
            Some(Trail { entri, belum_disegel, .. }) => {
                say(format_args!(
                    "the audit is whole: {entri} sealed entries, {belum_disegel} not sealed yet"
                ))?;
            }
            None => {}
        }
        say(format_args!(
            "{}: good; {} rows of {}",
            self.file.display(),
            header.rows(),
            header.dibuat_pada.to_rfc3339()
        ))
    }
}
