//! Makes sure that the machine has what this workspace needs to build. Looks first and says what it does. Installs only
//! what is missing, and only if that is allowed; otherwise names what is missing and the one command that helps.

mod apt;
mod desktop_os;
mod node;
pub(crate) mod npm;
mod other_linux;
mod rust;
pub(crate) mod windows;

use anyhow::{Result, bail};

use crate::{
    sh::{Sh, step},
    supply, ui,
};

/// What the set-up is for. Each purpose needs what the one before it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    Build,
    Test,
    Bench,
}

pub(crate) fn run(sh: &Sh, purpose: Purpose) -> Result<()> {
    match std::env::consts::OS {
        "linux" if which::which("apt-get").is_ok() && which::which("dpkg-query").is_ok() => {
            apt::run(sh, purpose)?
        }
        "linux" => nothing_missing(&other_linux::missing(sh, purpose))?,
        "macos" | "windows" => nothing_missing(&desktop_os::missing(sh, purpose))?,
        other => step(format_args!("set-up: {other} is not known here; trusting that a C compiler is there")),
    }
    rust::run(sh, purpose)?;
    if purpose >= Purpose::Test {
        node::run(sh)?;
        npm::install(sh, ui::FOLDER)?;
        supply::install(sh)?;
    }
    Ok(())
}

/// Something that this program does not install itself.
#[derive(Debug, PartialEq, Eq)]
struct Missing {
    what: &'static str,
    needed_for: &'static str,
    /// What a person does about it.
    remedy: &'static str,
}

fn nothing_missing(missing: &[Missing]) -> Result<()> {
    if missing.is_empty() {
        step("set-up: everything is there");
        return Ok(());
    }
    for Missing { what, needed_for, remedy } in missing {
        step(format_args!("missing: {what}, for {needed_for}. {remedy}"));
    }
    bail!("install what is missing, then run the same command again")
}
