//! The pages: builds them before cargo puts them into the programs, and checks and tests them with their own tools.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};
use xshell::Cmd;

use crate::counts::Counts;
use crate::modules;
use crate::sh::{Sh, Variable, step};
use crate::vitest;

pub(crate) const FOLDER: &str = "ui";

/// What was built last, and from what.
const STAMP: &str = "target/pages.stamp";

/// Builds the pages, unless they are up to date with their sources and the decoder's module.
pub(crate) fn build(sh: &Sh) -> Result<()> {
    modules::build(sh)?;
    let (folder, stamp) = (sh.root().join(FOLDER), sh.root().join(STAMP));
    let wanted = fingerprint(&folder, &["node_modules", "dist"])?;
    let state = |wanted: u64| {
        Ok::<_, anyhow::Error>(format!("{wanted:x} {:x}", fingerprint(&folder.join("dist"), &[])?))
    };
    if fs::read_to_string(&stamp).ok() == Some(state(wanted)?) {
        return Ok(());
    }
    step("pages: npm run build");
    npm(sh, "run --silent build -- --logLevel=warn").run().context("the pages cannot be built")?;
    // The fingerprint of what it was built from. A source that changed meanwhile has another one next time.
    fs::write(&stamp, state(wanted)?).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Checks types, lints, format and generated files.
pub(crate) fn check(sh: &Sh) -> Cmd<'_> {
    npm(sh, "run --silent check")
}

/// Runs the pages' tests with these variables, and counts them: all, or those whose names contain one of the words.
pub(crate) fn test(sh: &Sh, variables: &[Variable], names: &[&str]) -> Result<Counts> {
    step("tests of the pages: npm test");
    let report = sh.root().join("target/vitest.json");
    let _ = fs::remove_file(&report);
    let tests = npm(sh, "test --silent -- --reporter=default --reporter=json");
    let tests = tests.arg(format!("--outputFile.json={}", report.display()));
    let mut tests = tests.envs(variables.iter().cloned());
    if !names.is_empty() {
        // A regular expression, in which these words mean themselves.
        tests = tests.arg("--testNamePattern").arg(names.join("|")).arg("--passWithNoTests");
    }
    let passed = tests.run().is_ok();
    // If there is no report, nothing ran, and the caller does not count that as a success.
    let mut counts = fs::read_to_string(&report).map_or(Ok(Counts::default()), |text| vitest::read(&text))?;
    if !names.is_empty() {
        // The report has those that were left out too.
        counts.ignored = 0;
        counts.ignores.clear();
    }
    if !passed && counts.failed == 0 {
        counts.failed = 1;
        counts.failures.push("npm test in ui: what failed stands above".to_owned());
    }
    Ok(counts)
}

fn npm<'sh>(sh: &'sh Sh, args: &str) -> Cmd<'sh> {
    sh.npm("--prefix").arg(FOLDER).args(args.split_whitespace()).quiet()
}

/// A number that differs if names or contents of a folder differ. Only valid on this machine and for this toolchain.
fn fingerprint(folder: &Path, without: &[&str]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    add(folder, without, &mut hasher).with_context(|| format!("cannot read {}", folder.display()))?;
    Ok(hasher.finish())
}

fn add(folder: &Path, without: &[&str], hasher: &mut DefaultHasher) -> std::io::Result<()> {
    let entries = match folder.read_dir() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries.iter().filter(|entry| !without.iter().any(|name| entry.file_name() == *name)) {
        entry.file_name().hash(hasher);
        if entry.file_type()?.is_dir() {
            add(&entry.path(), &[], hasher)?;
        } else {
            fs::read(entry.path())?.hash(hasher);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_new_or_renamed_file_is_noticed() {
        let folder = std::env::temp_dir().join(format!("xtask-ui-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("dist")).unwrap();
        let now = || fingerprint(&folder, &["dist"]).unwrap();
        let mut seen = vec![now()];
        fs::write(folder.join("src/a.ts"), "1").unwrap();
        seen.push(now());
        fs::write(folder.join("src/a.ts"), "2").unwrap();
        seen.push(now());
        fs::rename(folder.join("src/a.ts"), folder.join("src/b.ts")).unwrap();
        seen.push(now());
        fs::write(folder.join("dist/a.js"), "of no account").unwrap();
        assert_eq!(now(), seen[3]);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 4);
        fs::remove_dir_all(folder).unwrap();
    }
}
