//! The files of the repository: everything that git does not ignore. Does not ask git, which refuses to answer in a
//! folder of another user, as in containers.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// One file, as the rules see it.
pub(crate) struct File {
    /// The path from the root, with `/` on every system.
    pub(crate) path: String,
    bytes: Vec<u8>,
}

impl File {
    /// The last part of the name, without the dot. Empty if there is none.
    pub(crate) fn extension(&self) -> &str {
        Path::new(&self.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
    }

    /// The content; `None` if it is binary.
    pub(crate) fn text(&self) -> Option<&str> {
        if self.bytes.contains(&0) { None } else { std::str::from_utf8(&self.bytes).ok() }
    }

    /// Whether people write it as code and review it.
    pub(crate) fn is_source(&self) -> bool {
        matches!(self.extension(), "rs" | "ts" | "svelte")
    }

    /// The lines of text with their numbers, from 1 on.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text().unwrap_or_default().lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ has a parent")
}

/// All files, sorted by path.
pub(crate) fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(read_all);
    &FILES
}

/// The names in one folder, sorted; `None` if there is no such folder.
pub(crate) fn names_in(folder: &str) -> Option<Vec<String>> {
    let prefix = format!("{folder}/");
    let inside = files().iter().filter_map(|file| file.path.strip_prefix(&prefix));
    let mut names: Vec<_> = inside.map(|rest| rest.split('/').next().unwrap_or(rest).to_owned()).collect();
    names.dedup();
    (!names.is_empty()).then_some(names)
}

fn read_all() -> Vec<File> {
    let is_git_itself = |name: &std::ffi::OsStr| name == ".git";
    let mut walk = ignore::WalkBuilder::new(root());
    walk.hidden(false)
        .require_git(false)
        .git_global(false)
        .filter_entry(move |entry| !is_git_itself(entry.file_name()));
    let entries = walk.build().map(|entry| entry.expect("the repository can be read"));
    let is_file = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|kind| kind.is_file());
    // A file may go while another program works in the folder. A file that is gone breaks no rule.
    let mut files: Vec<_> = entries.filter(is_file).filter_map(|entry| read(entry.into_path())).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn read(path: PathBuf) -> Option<File> {
    let bytes = std::fs::read(&path).ok()?;
    let inside = path.strip_prefix(root()).expect("the walk starts at the root");
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some(File { path: parts.join("/"), bytes })
}
