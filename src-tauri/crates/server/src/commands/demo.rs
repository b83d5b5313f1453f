//! `demo`: a made-up school in an empty database.

use anyhow::Result;

use super::{DataArgs, answer::say};
use crate::{Clock, demo};

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    #[command(flatten)]
    data: DataArgs,
}

impl Demo {
    pub(super) async fn run(self) -> Result<()> {
        let data = self.data.open().await?;
        let school = demo::fill(&*data.store, &Clock::system()).await?;
        data.store.close().await;
        say(school)
    }
}
