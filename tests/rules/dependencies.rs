//! What we build on: licences, one TLS, one of each where two would quarrel, nothing from outside the registry.

use std::collections::{BTreeMap, BTreeSet};

use spdx::{Expression, ParseMode};

use crate::assert_none;
use crate::repository::files;
use crate::workspace::{linked_packages, metadata};

/// Permissive licences, and MPL-2.0, whose conditions stay with its own files, which we do not change.
const LICENCES: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Of data: the list of certificate authorities.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// TLS is rustls on aws-lc; a second provider would be picked by chance.
const OTHER_TLS: [&str; 4] = ["native-tls", "openssl", "openssl-sys", "ring"];

/// Two versions of these are two runtimes, two sets of types or two copies of one C library.
const ONE_VERSION: [&str; 8] =
    ["aws-lc-sys", "axum", "chrono", "hyper", "libsqlite3-sys", "rusqlite", "rustls", "tokio"];

#[test]
fn every_licence_is_one_we_accept() {
    let mut offenders = Vec::new();
    for package in &metadata().packages {
        let licence = package.license.as_deref().unwrap_or("none named");
        let accepted = Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|licence| LICENCES.contains(&licence.to_string().as_str()))
        });
        if !accepted {
            offenders.push(format!("{} {}: {licence}", package.name, package.version));
        }
    }
    assert_none(offenders, "Ask before taking on a new licence, then add it to LICENCES:");
}

#[test]
fn there_is_one_tls_provider() {
    let linked = linked_packages("--workspace");
    let offenders =
        OTHER_TLS.iter().filter(|name| linked.contains(**name)).map(|name| (*name).to_owned()).collect();
    assert_none(offenders, "TLS is rustls with aws-lc-rs; find with `cargo tree -i` who brings in:");
}

#[test]
fn what_must_be_unique_has_one_version() {
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in &metadata().packages {
        versions.entry(&package.name).or_default().insert(package.version.to_string());
    }
    let several =
        ONE_VERSION.iter().filter_map(|name| versions.get_key_value(name)).filter(|(_, v)| v.len() > 1);
    let offenders = several.map(|(name, versions)| format!("{name}: {versions:?}")).collect();
    assert_none(offenders, "Two versions of one crate (`cargo tree -i` tells who wants which):");
}

#[test]
fn every_dependency_comes_from_the_registry() {
    let foreign = metadata().packages.iter().filter_map(|package| {
        let source = package.source.as_ref()?;
        (!source.repr.starts_with("registry+")).then(|| format!("{}: {source}", package.name))
    });
    assert_none(foreign.collect(), "A dependency that can change or vanish under us:");
}

#[test]
fn the_lock_file_is_kept() {
    let is_kept = files().iter().any(|file| file.path == "Cargo.lock");
    assert!(is_kept, "Cargo.lock is missing or ignored by git: a fresh clone would build something else");
}
