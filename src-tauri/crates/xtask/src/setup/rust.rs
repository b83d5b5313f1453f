//! Rust: the parts of the toolchain that a minimal installation leaves out, and the sources of all dependencies.

use std::path::Path;

use anyhow::{Context, Error, Result, bail};

use super::Purpose;
use crate::{
    modules,
    sh::{Sh, step},
};

/// A part of the toolchain and the cargo command that needs it.
const COMPONENTS: [(&str, &str); 2] = [("rustfmt", "fmt --version"), ("clippy", "clippy --version")];

pub(super) fn run(sh: &Sh, purpose: Purpose) -> Result<()> {
    if purpose >= Purpose::Test {
        add_components(sh)?;
        add_target(sh, modules::TARGET).map_err(Error::msg)?;
    }
    // Fetches for every system, because the house rules read the licences of all of them without a network.
    let fetch = || sh.cargo("fetch --locked --quiet").quiet();
    if fetch().arg("--offline").ignore_stderr().run().is_err() {
        step("set-up: cargo fetch");
        fetch().run().context("cannot download the dependencies")?;
    }
    Ok(())
}

fn add_components(sh: &Sh) -> Result<()> {
    let works = |command: &str| sh.cargo(command).quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let missing: Vec<_> =
        COMPONENTS.iter().filter(|(_, command)| !works(command)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" ");
    if which::which("rustup").is_err() {
        bail!("this Rust has no {missing}, and there is no rustup to add it with");
    }
    step(format_args!("set-up: rustup component add {missing}"));
    sh.cmd("rustup", "component add")
        .args(missing.split(' '))
        .quiet()
        .run()
        .context("rustup could not add it")
}

/// Adds what builds for another system, unless it is there.
///
/// # Errors
/// Why it cannot be had, for a person.
pub(super) fn add_target(sh: &Sh, target: &str) -> Result<(), String> {
    let is_there = || {
        let sysroot = sh.cmd("rustc", "--print sysroot").quiet().read().unwrap_or_default();
        Path::new(sysroot.trim()).join("lib/rustlib").join(target).is_dir()
    };
    if is_there() {
        return Ok(());
    }
    if which::which("rustup").is_err() {
        return Err(format!("this Rust has no {target}, and there is no rustup to add it with"));
    }
    step(format_args!("set-up: rustup target add {target}"));
    let added = sh.cmd("rustup", "target add").arg(target).quiet().ignore_stderr().run();
    if added.is_ok() && is_there() { Ok(()) } else { Err(format!("rustup cannot add {target}")) }
}
