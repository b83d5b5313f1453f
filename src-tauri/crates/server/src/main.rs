//! `bukutamu-server`: reads the command line, and says in one line what went wrong.

use std::process::ExitCode;

use clap::Parser;
use server::{
    Server,
    commands::{self, Cli},
    logging,
};

/// Sends the messages that the server queues. The library knows nothing of it.
fn start_outbox(server: &Server) {
    outbox::start(server.school(), outbox::Environment::read(), server.stopping(), server.tasks());
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
