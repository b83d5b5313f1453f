//! `report`: packs what helps to find a fault, without anybody's data.

use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::Utc;

use super::answer::say;
use crate::problem;

#[derive(Debug, clap::Args)]
pub(super) struct Report {
    /// Folder of the school
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The file to write; there must be none of that name
    #[arg(long, value_name = "FILE", default_value = "laporan-masalah.zip")]
    to: PathBuf,
}

impl Report {
    pub(super) fn run(self) -> Result<()> {
        let data = super::folder(self.data_dir)?;
        let packed = problem::pack(&data, Utc::now(), &[])
            .with_context(|| format!("{} cannot be read", data.display()))?;
        let place = self.to.display();
        let file = std::fs::File::create_new(&self.to).with_context(|| format!("{place} cannot be made"))?;
        std::io::Write::write_all(&mut &file, &packed)
            .with_context(|| format!("{place} cannot be written"))?;
        say(format_args!("{place}"))
    }
}
