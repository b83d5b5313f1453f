//! `bukutamu-server`: reads the command line, says what went wrong in one line.

use std::{io::IsTerminal, process::ExitCode};

use clap::Parser;
use server::commands::{self, Cli};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("BUKUTAMU_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // The driver repeats the server's messages, which hold logins and values of rows.
    let silent = "tiberius=off".parse().expect("a directive of this program's own");
    let filter = filter.add_directive(silent);
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match commands::run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bukutamu-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}
