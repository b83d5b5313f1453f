//! The file in which tests note that they could not run here. `tests::skip` writes it, and the counts read it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The variable that names the file to tests. `tests/src/skip.rs` knows it, too.
pub(crate) const VARIABLE: &str = "BUKUTAMU_SKIP_LOG";

/// An empty log for one run of the tests.
pub(crate) struct SkipLog {
    path: PathBuf,
}

impl SkipLog {
    pub(crate) fn create(root: &Path) -> Result<Self> {
        let folder = root.join("target");
        let path = folder.join("skipped.log");
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, ""));
        written.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// One `name: reason` per skipped test.
    pub(crate) fn read(&self) -> Result<BTreeSet<String>> {
        let text = std::fs::read_to_string(&self.path);
        let text = text.with_context(|| format!("cannot read {}", self.path.display()))?;
        Ok(text.lines().map(str::to_owned).collect())
    }
}
