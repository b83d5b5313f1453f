//! What cargo knows about the workspace: its crates, and everything they depend on, on any system.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

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

/// Packages that are linked into the crates named, themselves included: normal dependencies all the way down, with
/// the package that brought each in.
pub(crate) fn linked_into(crates: &[&str]) -> BTreeMap<&'static str, &'static str> {
    let resolve = metadata().resolve.as_ref().expect("cargo resolved the graph");
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut seen = BTreeSet::new();
    let mut found = BTreeMap::new();
    let mut open: Vec<(&PackageId, &str)> = Vec::new();
    let members = metadata().workspace_packages();
    open.extend(
        members.iter().filter(|p| crates.contains(&p.name.as_str())).map(|p| (&p.id, "the workspace")),
    );
    while let Some((id, parent)) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let name = package(id).name.as_str();
        found.entry(name).or_insert(parent);
        let linked = nodes[id]
            .deps
            .iter()
            .filter(|dep| dep.dep_kinds.iter().any(|d| d.kind == DependencyKind::Normal));
        open.extend(linked.map(|dep| (&dep.pkg, name)));
    }
    found
}

/// Names of the workspace's own crates.
pub(crate) fn members() -> BTreeSet<&'static str> {
    metadata().workspace_packages().iter().map(|package| package.name.as_str()).collect()
}

fn package(id: &PackageId) -> &'static Package {
    metadata().packages.iter().find(|package| package.id == *id).expect("every node is a package")
}
