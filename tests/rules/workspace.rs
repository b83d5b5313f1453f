//! What cargo knows about the workspace: its crates, and everything that they depend on, on any system.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use cargo_metadata::{Metadata, MetadataCommand};

use crate::repository;

/// The locked dependency graph.
pub(crate) fn metadata() -> &'static Metadata {
    static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
        let mut command = MetadataCommand::new();
        command.manifest_path(repository::root().join("Cargo.toml")).other_options(["--locked".to_owned()]);
        command.exec().expect("cargo metadata answers")
    });
    &METADATA
}

/// The names of the packages that are linked into a program on any system; `of` is `--workspace` or `--package=name`.
/// Asks `cargo tree`, because the graph in `cargo metadata` also holds optional packages that no feature switches on.
pub(crate) fn linked_packages(of: &str) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["tree", "--locked", "--edges=normal", "--target=all", "--prefix=none", "--format={p}", of]);
    let output = command.current_dir(repository::root()).output().expect("cargo can be started");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let packages = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    packages.lines().filter_map(|package| package.split_whitespace().next()).map(str::to_owned).collect()
}

/// Names of the workspace's own crates.
pub(crate) fn members() -> BTreeSet<&'static str> {
    metadata().workspace_packages().iter().map(|package| package.name.as_str()).collect()
}
