//! Who may import whom. A boundary that moves is moved here first.

use std::collections::BTreeMap;

use cargo_metadata::DependencyKind;

use crate::assert_none;
use crate::workspace::{linked_into, members, metadata};

/// A crate of the workspace and those it may import. Tests may import more, see below.
const MAY_IMPORT: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("outbox", &["domain", "store"]),
    // Not outbox: a handler can only put rows into the queue.
    ("server", &["domain", "store"]),
    ("client", &["domain"]),
    ("scan", &["domain"]),
    // It builds before anything is installed.
    ("xtask", &[]),
    ("tests", &[]),
];

/// What would let input, output or a runtime into the rules.
const NEVER_IN_DOMAIN: [&str; 7] = ["axum", "hyper", "reqwest", "rusqlite", "sqlx", "tiberius", "tokio"];

#[test]
fn crates_import_only_what_the_design_allows() {
    let allowed = BTreeMap::from(MAY_IMPORT);
    let members = members();
    let mut offenders = Vec::new();
    for package in metadata().workspace_packages() {
        let Some(allowed) = allowed.get(package.name.as_str()) else {
            offenders.push(format!("{} is new: say in MAY_IMPORT what it may import", package.name));
            continue;
        };
        let normal =
            package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
        let imported =
            normal.map(|dependency| dependency.name.as_str()).filter(|name| members.contains(name));
        let forbidden = imported.filter(|name| !allowed.contains(name));
        offenders.extend(forbidden.map(|name| format!("{} imports {name}", package.name)));
    }
    assert_none(offenders, "A crate imports what DESIGN §4 keeps from it:");
}

/// A crate's own tests may use what it may import, and only the crate `tests` crosses them all.
#[test]
fn unit_tests_stay_inside_their_crate() {
    let allowed = BTreeMap::from(MAY_IMPORT);
    let members = members();
    let mut offenders = Vec::new();
    for package in metadata().workspace_packages() {
        if package.name == "tests" {
            continue;
        }
        let allowed = allowed.get(package.name.as_str()).copied().unwrap_or_default();
        let imported = package.dependencies.iter().map(|dependency| dependency.name.as_str());
        let forbidden =
            imported.filter(|name| members.contains(name) && *name != "tests" && !allowed.contains(name));
        offenders.extend(forbidden.map(|name| format!("{} tests itself with {name}", package.name)));
    }
    assert_none(offenders, "What crosses crates belongs into tests/:");
}

#[test]
fn nothing_below_domain_does_input_or_output() {
    let below = linked_into(&["domain"]);
    let found = NEVER_IN_DOMAIN.iter().filter_map(|&name| below.get(name).map(|parent| (name, parent)));
    let offenders = found.map(|(name, parent)| format!("{name}, brought in by {parent}")).collect();
    assert_none(offenders, "domain has no input, no output and no runtime, but depends on:");
}
