//! `recovery-sheet`: prints the sheet that opens every backup on an empty PC.

use std::path::PathBuf;

use anyhow::Result;
use cadangan::Recovery;
use store::{SchoolSecrets, kunci};

use super::answer::say;

#[derive(Debug, clap::Args)]
pub(super) struct RecoverySheet {
    /// Folder of the school's key file
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
}

impl RecoverySheet {
    pub(super) fn run(self) -> Result<()> {
        // A sheet is read where this PC is no more, so it names no folder of it.
        let kunci = SchoolSecrets::load(&super::folder(self.data_dir)?.join(kunci::FILE_NAME))?;
        say("LEMBAR PEMULIHAN BUKU TAMU")?;
        say(
            "Simpan lembar ini di tempat terkunci, jauh dari komputer. Dengan lembar ini dan satu berkas cadangan,",
        )?;
        say("seluruh buku tamu dapat dipulihkan di komputer baru, ke folder yang kosong:")?;
        say("  bukutamu-server restore --from BERKAS --data-dir FOLDER")?;
        say("")?;
        say(Recovery::of(&kunci))
    }
}
