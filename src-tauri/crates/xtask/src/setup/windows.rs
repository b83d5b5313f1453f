//! What another system needs to build for Windows and to run under Wine. Building and testing here need none of it, so
//! if it cannot be had, something is left out and nothing fails.

use std::path::PathBuf;

use super::{apt, rust};
use crate::sh::Sh;

/// The target of the programs at most schools.
pub(crate) const TARGET: &str = "x86_64-pc-windows-gnu";

/// The C compiler and linker, and the assembler of the TLS library.
const BUILD: [(&str, &str); 2] = [("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"), ("nasm", "nasm")];

/// Where Debian's package puts the program, which is not on the path.
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
    rust::add_target(sh, TARGET)
}

/// The program that runs programs of Windows.
///
/// # Errors
/// Why there is none.
pub(crate) fn wine(sh: &Sh) -> Result<PathBuf, String> {
    find(sh, &["wine64", WINE.0], WINE.1)
}

/// Makes sure that one of these programs is there, and installs it if that is allowed.
fn find(sh: &Sh, programs: &[&str], package: &str) -> Result<PathBuf, String> {
    let look = || programs.iter().find_map(|program| which::which(program).ok());
    if let Some(found) = look() {
        return Ok(found);
    }
    let missing = format!("{} is missing (Debian: {package})", programs[0]);
    apt::try_install(sh, package).map_err(|error| format!("{missing}: {error:#}"))?;
    look().ok_or(missing)
}
