//! `cargo xtask`: what a person or a CI machine types in this repository. Every command does its own set-up first.
//!
//! This program has to build before anything is installed on the machine. So it uses none of the workspace's crates and
//! nothing that needs a C library; it starts the others by cargo.

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a command line tool answers on standard output"
)]

mod bench;
mod bundle;
mod check;
mod clocks;
mod counts;
mod demo;
mod libtest;
mod modules;
mod programs;
mod report;
mod setup;
mod sh;
mod skipped;
mod suites;
mod supply;
mod test;
mod ui;
mod vitest;
mod windows;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::sh::{Sh, step};

/// Set-up, checks, tests and benchmarks of Buku Tamu.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building and testing need, if that is allowed; otherwise name it
    Setup,
    /// A made-up school, one arrival on real input, and then a server to look around in
    Demo(demo::Args),
    /// Build the pages, and the QR decoder in them
    Pages,
    /// Check everything, run every test, and end with the counts
    Test(test::Args),
    /// Format, lints, documentation, the house rules and the pages
    Check,
    /// Build the desktop program as a package to install (.deb)
    Bundle,
    /// Measure against other programs: all benchmarks, or the named ones
    Bench(bench::Args),
}

fn main() -> ExitCode {
    run(Args::parse()).unwrap_or_else(|error| {
        step(format_args!("{error:#}"));
        ExitCode::FAILURE
    })
}

fn run(args: Args) -> Result<ExitCode> {
    let sh = Sh::new()?;
    match args.command {
        Command::Setup => setup::run(&sh, setup::Purpose::Test)?,
        Command::Demo(args) => return demo::run(&sh, &args),
        Command::Pages => {
            setup::run(&sh, setup::Purpose::Test)?;
            ui::build(&sh)?;
        }
        Command::Test(args) => return test::run(&sh, &args),
        Command::Check => check::run(&sh)?,
        Command::Bundle => step(bundle::deb(&sh)?.display()),
        Command::Bench(args) => bench::run(&sh, &args)?,
    }
    Ok(ExitCode::SUCCESS)
}
