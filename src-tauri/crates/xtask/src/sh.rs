//! Starts other programs from the workspace root, and says so in one line a step.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, PushDir, Shell};

/// An environment variable for a program.
pub(crate) type Variable = (&'static str, OsString);

/// A shell that stands in the workspace root.
pub(crate) struct Sh {
    shell: Shell,
    root: PathBuf,
}

impl Sh {
    pub(crate) fn new() -> Result<Self> {
        let root = workspace_root()?;
        let shell = Shell::new().context("cannot tell the current folder")?;
        shell.change_dir(&root);
        Ok(Self { shell, root })
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Stands in another folder of the workspace until the returned value is dropped.
    pub(crate) fn enter(&self, folder: &str) -> PushDir<'_> {
        self.shell.push_dir(self.root.join(folder))
    }

    /// A command with its arguments, which hold no spaces.
    pub(crate) fn cmd(&self, program: &str, args: &str) -> Cmd<'_> {
        self.shell.cmd(program).args(args.split_whitespace())
    }

    /// Cargo with its arguments. Keeps the toolchain that runs this program, because rustup hands it on in the
    /// environment.
    pub(crate) fn cargo(&self, args: &str) -> Cmd<'_> {
        self.cmd("cargo", args)
    }

    /// npm with its arguments. On Windows it is a script, which only its whole name finds.
    pub(crate) fn npm(&self, args: &str) -> Cmd<'_> {
        match which::which("npm") {
            Ok(script) if cfg!(windows) => self.shell.cmd(script).args(args.split_whitespace()),
            _ => self.cmd("npm", args),
        }
    }

    /// Puts programs in this folder before those of the machine, from now on.
    pub(crate) fn prefer(&self, folder: &Path) -> Result<()> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [folder.to_path_buf()].into_iter().chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).context("a folder's name cannot stand in PATH")?;
        self.shell.set_var("PATH", path);
        Ok(())
    }
}

/// Tells what happens next, on standard error, where cargo tells its own progress.
pub(crate) fn step(what: impl Display) {
    eprintln!("xtask: {what}");
}

/// The workspace's root. `cargo run` names the package's folder at run time. `target/debug/xtask` started by hand uses
/// the folder in which it was built.
fn workspace_root() -> Result<PathBuf> {
    let package =
        std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let root = Path::new(&package).ancestors().nth(3);
    root.map(Path::to_path_buf).with_context(|| format!("{package} is not inside the workspace"))
}
