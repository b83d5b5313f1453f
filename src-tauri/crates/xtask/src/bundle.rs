//! `cargo xtask bundle`: the desktop program as a package that a PC installs.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::modules;
use crate::setup::{self, Purpose};
use crate::sh::{Sh, step};

/// Where Tauri puts the package.
const FOLDER: &str = "target/release/bundle/deb";

/// Builds the .deb for this machine and returns its path.
pub(crate) fn deb(sh: &Sh) -> Result<PathBuf> {
    ensure!(cfg!(target_os = "linux"), "a .deb is made on Linux");
    setup::run(sh, Purpose::Bench)?;
    modules::build(sh)?;
    step("bundle: tauri build");
    // Removes the package of an earlier version, so that it cannot be taken for this one.
    let _ = fs::remove_dir_all(sh.root().join(FOLDER));
    let _here = sh.enter("src-tauri");
    // Tauri builds the pages itself and puts them into the program, which then needs no development server.
    sh.npm("exec --prefix ../ui -- tauri build --bundles deb --ci -- --locked").quiet().run()?;
    let found = sh.root().join(FOLDER).read_dir().context("no package was made")?;
    let found = found.filter_map(|entry| Some(entry.ok()?.path()));
    found
        .into_iter()
        .find(|path| path.extension().is_some_and(|kind| kind == "deb"))
        .context("no package was made")
}
