//! Packages of Node.js: installs what a folder's lock file names, once.

use std::path::Path;

use anyhow::{Context, Result};

use crate::sh::{Sh, step};

/// Installs what `folder`'s lock file names, unless it is there already.
pub(crate) fn install(sh: &Sh, folder: &str) -> Result<()> {
    let path = sh.root().join(folder);
    if is_installed(&path) {
        return Ok(());
    }
    step(format_args!("set-up: npm ci in {folder}"));
    let npm = sh.npm("ci --no-audit --no-fund --ignore-scripts --loglevel=error --prefix").arg(&path);
    npm.quiet().ignore_stdout().run().with_context(|| format!("npm cannot install what {folder} needs"))
}

/// npm writes a lock file of its own last. If that one is newer than ours, everything is there.
fn is_installed(folder: &Path) -> bool {
    let changed = |path: &str| folder.join(path).metadata().and_then(|file| file.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_newer_lock_file_asks_for_another_installation() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-{}", std::process::id()));
        let installed = folder.join("node_modules/.package-lock.json");
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("package-lock.json"), "{}").unwrap();
        assert!(!is_installed(&folder), "nothing is installed yet");
        fs::write(&installed, "{}").unwrap();
        assert!(is_installed(&folder), "npm has just finished");
        let file = fs::File::options().write(true).open(&installed).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(!is_installed(&folder), "the lock file has changed since");
        fs::remove_dir_all(folder).unwrap();
    }
}
