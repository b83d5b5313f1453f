//! What the programs are built on, held by cargo-deny (`.cargo/deny.toml`). The pages' packages are held by their own
//! check (`ui/scripts/check-packages.js`).

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::sh::{Sh, step};

const VERSION: &str = "0.20.2";
const FOLDER: &str = "target/tools";

/// Makes sure that cargo-deny is here: one on the path, or else one that is built once.
pub(crate) fn install(sh: &Sh) -> Result<()> {
    if find(sh).is_some() {
        return Ok(());
    }
    step(format_args!("set-up: cargo install cargo-deny {VERSION} into {FOLDER}"));
    // It runs for a second or two, so optimising it takes longer than it saves.
    let install = sh.cargo("install cargo-deny --locked --debug --quiet --version").arg(VERSION);
    let install = install.arg("--root").arg(sh.root().join(FOLDER)).env("CARGO_PROFILE_DEV_DEBUG", "0");
    // From the root: the linker of `.cargo/config.toml` is named from there.
    install.quiet().run().context("cargo-deny cannot be installed")
}

/// Checks licences, sources and bans, and known holes if their database can be reached. Returns the name of what
/// failed.
pub(crate) fn check(sh: &Sh) -> Option<&'static str> {
    const NAME: &str = "dependencies";
    let Some(deny) = find(sh) else { return Some(NAME) };
    let deny = |args: &str| sh.cmd(&deny.to_string_lossy(), args).quiet();
    step(format_args!("{NAME}: cargo-deny check"));
    let held = deny("--locked --offline --log-level error check licenses bans sources").run().is_ok();
    let fetched = deny("--locked fetch db").ignore_stdout().ignore_stderr().run().is_ok();
    if !fetched {
        step("known holes of crates: not asked, their database cannot be reached");
        return (!held).then_some(NAME);
    }
    let is_sound = deny("--locked --offline --log-level error check advisories").run().is_ok();
    (!held || !is_sound).then_some(NAME)
}

fn find(sh: &Sh) -> Option<PathBuf> {
    let own = sh.root().join(FOLDER).join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    own.is_file().then_some(own).or_else(|| which::which("cargo-deny").ok())
}
