//! `bukutamu-server`: reads the command line, and says in one line what went wrong.

use std::{process::ExitCode, sync::Arc};

use clap::Parser;
use server::{
    commands::{self, Cli},
    logging,
};
use store::RunningSchool;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Sends the messages that the server queues. The library knows nothing of it.
fn start_outbox(school: Arc<dyn RunningSchool>, stop: CancellationToken, tasks: &TaskTracker) {
    outbox::start(school, outbox::Environment::read(), stop, tasks);
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let log = logging::start("bukutamu-server");
    match commands::run(cli, &log, start_outbox).await {
        Ok(()) => {
            log.flush();
            ExitCode::SUCCESS
        }
        Err(error) => {
            log.fail(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
