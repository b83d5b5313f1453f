//! `bukutamu-server`: reads the command line, and says in one line what went wrong.

use std::process::ExitCode;

use clap::Parser;
use server::{
    commands::{self, Cli},
    logging,
};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let log = logging::start("bukutamu-server");
    match commands::run(cli, &log).await {
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
