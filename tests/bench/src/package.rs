//! The program from its .deb, installed as on a school's PC if that is allowed and nobody has it already.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

const NAME: &str = "bukutamu";

/// A program from a package. What was installed is removed in the end.
pub struct Package {
    /// The program itself.
    pub program: PathBuf,
    /// Installed by the system's own tools, with what the package asks for.
    pub is_installed: bool,
    _folder: Option<TempDir>,
}

impl Package {
    /// Installs it as root, or else unpacks it.
    ///
    /// # Errors
    /// If it is no package, or if it asks for what cannot be had.
    pub fn open(deb: &Path) -> Result<Self> {
        let is_root = nix::unistd::Uid::effective().is_root();
        if is_root && !is_known()? {
            // apt takes a path without a leading slash for a package's name.
            let deb = fs::canonicalize(deb)?;
            run(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends"]).arg(deb))?;
            let program = Path::new("/usr/bin").join(NAME);
            return Ok(Self { program, is_installed: true, _folder: None });
        }
        let folder = tempfile::tempdir()?;
        run(Command::new("dpkg-deb").arg("--extract").arg(deb).arg(folder.path()))?;
        let program = folder.path().join("usr/bin").join(NAME);
        Ok(Self { program, is_installed: false, _folder: Some(folder) })
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        if self.is_installed
            && let Err(error) = run(Command::new("apt-get").args(["purge", "--yes", NAME]))
        {
            eprintln!("{NAME} stays installed: {error:#}");
        }
    }
}

/// Whether somebody has installed it.
fn is_known() -> Result<bool> {
    let asked = Command::new("dpkg-query").args(["--show", NAME]).stderr(Stdio::null()).output()?;
    Ok(asked.status.success())
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).output();
    let done = done.with_context(|| format!("cannot start {name}"))?;
    ensure!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr).trim());
    Ok(())
}
