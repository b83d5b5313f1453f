//! `backup`: takes a backup now, proves it, and prints its file. A server may be running.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Result, bail};
use cadangan::Source;
use store::{OpenError, SchoolSecrets, kunci};

use super::{DataArgs, answer::say};
use crate::{
    clock::Clock,
    data_dir::{Database, before_update},
};

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    #[command(flatten)]
    data: DataArgs,
    /// Folder for the backup: another drive or a network share outlives this PC
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

impl Backup {
    pub(super) async fn run(self) -> Result<()> {
        let (folder, database) = self.data.resolve()?;
        let kunci = Arc::new(SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?);
        let Some(fingerprint) = database.school().await? else {
            bail!("{} holds no school yet", database.place());
        };
        if fingerprint != kunci.fingerprint() {
            let kunci = kunci.path().display().to_string();
            return Err(OpenError::WrongKunci { path: database.place(), kunci }.into());
        }
        // A backup changes nothing, so an older school stays one.
        let older = before_update::older(&database, &kunci).await?;
        let source = match (database, older) {
            (Database::Sqlite(path), _) => Source::Sqlite(path),
            (Database::Mssql(config), Some((skema, _))) => Source::Older { config, skema },
            (mssql @ Database::Mssql(_), None) => Source::Store(mssql.open(Arc::clone(&kunci)).await?),
        };
        let proof = cadangan::take(source, kunci, &folder, &self.to, Clock::system().now()).await?;
        say(proof.path.display())
    }
}
