//! `copy`: moves a whole school from one database to another, in either direction.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, bail};
use store::{
    OpenError, SchoolSecrets,
    copy::{self, CopyError},
    kunci,
};

use super::{answer::say, progress::Report};
use crate::data_dir::{self, Database, before_update};

#[derive(Debug, clap::Args)]
pub(super) struct Copy {
    /// Folder of the school's key file
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The database that holds the school: sqlite:PATH, mssql://… or env:NAME, the variable that holds the URL
    #[arg(long, value_name = "URL")]
    from: String,
    /// The empty database that is to hold it, named likewise
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Copy {
    pub(super) async fn run(self) -> Result<()> {
        let folder = super::folder(self.data_dir)?;
        let (from, to) = (database(&self.from).context("--from")?, database(&self.to).context("--to")?);
        let (from_place, to_place) = (from.place(), to.place());
        if from_place == to_place {
            bail!("--from and --to are the same");
        }
        let kunci = Arc::new(SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?);
        let _locks = (data_dir::lock(&folder)?, from.lock()?, to.lock()?);
        if from.school().await?.is_none() {
            bail!("{from_place} holds no school");
        }
        before_update::run(&from, &kunci, &folder).await?;
        let source = from.open(Arc::clone(&kunci)).await?;
        let target = to.open(kunci).await?;

        let mut report = Report::new();
        let moved = copy::copy(&*source, &*target, |progress| report.tell(progress)).await;
        report.end();
        source.close().await;
        target.close().await;
        let moved = moved.map_err(|error| match error {
            CopyError::HalfSource => OpenError::HalfCopied { path: from_place.clone() }.into(),
            error => anyhow::Error::from(error),
        });
        for (table, (rows, checksum)) in moved? {
            say(format_args!("{table:<13}{rows:>10} rows  {checksum}"))?;
        }
        say(format_args!("{from_place} was copied to {to_place}; both hold the same"))
    }
}

/// Takes a URL, or the name of the variable that holds it. So no password need stand in a command line.
fn database(text: &str) -> Result<Database> {
    match text.strip_prefix("env:") {
        None => text.parse(),
        Some(name) => std::env::var(name).with_context(|| format!("{name} is not set"))?.parse(),
    }
}
