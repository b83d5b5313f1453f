//! What building for Windows and running under Wine need on another system. None of it is needed to build and test
//! here, so what cannot be had is a reason to leave something out, and no failure.

use std::path::{Path, PathBuf};

use super::apt;
use crate::sh::{Sh, step};

/// What the program is built for where most schools are.
pub(crate) const TARGET: &str = "x86_64-pc-windows-gnu";

/// The C compiler and linker, and the assembler of the TLS library.
const BUILD: [(&str, &str); 2] = [("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"), ("nasm", "nasm")];

/// Debian's package brings the program, and no name for it on the path.
const WINE: (&str, &str) = ("/usr/lib/wine/wine64", "wine64");

/// Makes sure that programs for Windows can be built here.
///
/// # Errors
/// Why not, for a person.
pub(crate) fn build(sh: &Sh) -> Result<(), String> {
    if cfg!(windows) {
        return Err("this is Windows, where the plain checks and tests are that".to_owned());
    }
    for (program, package) in BUILD {
        find(sh, &[program], package)?;
    }
    add_target(sh)
}

/// The program that runs those of Windows.
///
/// # Errors
/// Why there is none.
pub(crate) fn wine(sh: &Sh) -> Result<PathBuf, String> {
    find(sh, &["wine64", WINE.0], WINE.1)
}

/// One of these programs, installed where that is allowed.
fn find(sh: &Sh, programs: &[&str], package: &str) -> Result<PathBuf, String> {
    let look = || programs.iter().find_map(|program| which::which(program).ok());
    if let Some(found) = look() {
        return Ok(found);
    }
    let missing = format!("{} is missing (Debian: {package})", programs[0]);
    apt::try_install(sh, package).map_err(|error| format!("{missing}: {error:#}"))?;
    look().ok_or(missing)
}

fn add_target(sh: &Sh) -> Result<(), String> {
    let is_there = || {
        let sysroot = sh.cmd("rustc", "--print sysroot").quiet().read().unwrap_or_default();
        Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir()
    };
    if is_there() {
        return Ok(());
    }
    if which::which("rustup").is_err() {
        return Err(format!("this Rust has no {TARGET}, and there is no rustup to add it with"));
    }
    step(format_args!("set-up: rustup target add {TARGET}"));
    let added = sh.cmd("rustup", "target add").arg(TARGET).quiet().ignore_stderr().run();
    if added.is_ok() && is_there() { Ok(()) } else { Err(format!("rustup cannot add {TARGET}")) }
}
