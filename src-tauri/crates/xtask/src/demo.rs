//! `cargo xtask demo`: sets up, builds and starts the demo, which lives in `tests/demo` because it uses every crate.

use std::process::ExitCode;

use anyhow::Result;

use crate::setup::{self, Purpose};
use crate::{
    sh::{Sh, step},
    ui,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// For the demo itself: `--once` ends after the arrival, `--help` tells the rest
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

pub(crate) fn run(sh: &Sh, args: &Args) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    step(format_args!("build; the first time takes some minutes"));
    // Builds the whole workspace, so that nothing is built twice for a second set of features.
    sh.cargo("build --locked --workspace --bins --example demo").quiet().run()?;
    step(format_args!("demo"));
    // The demo stands beside this program, wherever cargo was told to build.
    let example = std::env::current_exe()?.with_file_name("examples").join("demo");
    let status = sh.cmd(&example.display().to_string(), "").args(&args.options).quiet().run();
    Ok(if status.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
