//! Who may import whom. A boundary that moves is moved here first.

use cargo_metadata::DependencyKind;

use crate::assert_none;
use crate::repository::files;
use crate::workspace::{linked_packages, members, metadata};

/// What a crate may import from the workspace.
struct Allowed {
    name: &'static str,
    imports: &'static [&'static str],
    /// For its own tests, on top of that. What crosses more belongs into `tests/`.
    test_imports: &'static [&'static str],
}

const ALLOWED: [Allowed; 20] = [
    Allowed { name: "domain", imports: &[], test_imports: &[] },
    // How a file is kept to its owner, whoever writes it.
    Allowed { name: "owner_only", imports: &[], test_imports: &[] },
    Allowed { name: "store", imports: &["domain", "owner_only"], test_imports: &[] },
    // Lists of people, out of files.
    Allowed { name: "impor", imports: &["domain"], test_imports: &[] },
    // What a guest is given, as pictures.
    Allowed { name: "tiket", imports: &["domain"], test_imports: &[] },
    // Files of backups; when they are taken is the server's.
    Allowed { name: "cadangan", imports: &["domain", "owner_only", "store"], test_imports: &[] },
    // What nodes tell each other, whatever it is.
    Allowed { name: "cluster", imports: &[], test_imports: &[] },
    // A report as a file, made of figures that others have read.
    Allowed { name: "laporan", imports: &["domain", "tiket"], test_imports: &[] },
    Allowed { name: "outbox", imports: &["domain", "laporan", "store", "tiket"], test_imports: &[] },
    // The library does not import outbox, because a handler can only put rows into the queue. The program starts it.
    Allowed {
        name: "server",
        imports: &[
            "cadangan",
            "cluster",
            "domain",
            "impor",
            "laporan",
            "outbox",
            "owner_only",
            "store",
            "tiket",
        ],
        test_imports: &["client", "tests"],
    },
    // A desk without a server, in a program as in a browser.
    Allowed { name: "luring", imports: &["domain"], test_imports: &[] },
    Allowed { name: "luring_wasm", imports: &["domain", "luring"], test_imports: &[] },
    Allowed { name: "client", imports: &["domain", "luring", "owner_only"], test_imports: &[] },
    // What pages are told of the server's own shapes.
    Allowed { name: "contract", imports: &["domain"], test_imports: &[] },
    // It knows no school.
    Allowed { name: "decoder", imports: &[], test_imports: &[] },
    Allowed { name: "decoder_wasm", imports: &["decoder"], test_imports: &[] },
    Allowed { name: "scan", imports: &["decoder", "domain"], test_imports: &[] },
    // Everything meets here, and it holds no rule and no SQL of its own.
    Allowed {
        name: "bukutamu",
        imports: &["contract", "domain", "owner_only", "store", "outbox", "server", "client", "scan"],
        // Its windows are tried with a school behind them.
        test_imports: &["tests"],
    },
    // It builds before anything is installed.
    Allowed { name: "xtask", imports: &[], test_imports: &[] },
    // All of it is tests; its library is their harness.
    Allowed {
        name: "tests",
        imports: &["cluster", "domain", "store", "server"],
        test_imports: &["domain", "store", "outbox", "server", "client", "scan"],
    },
];

/// What would let input, output or a runtime into the rules.
const NEVER_IN_DOMAIN: [&str; 7] = ["axum", "hyper", "reqwest", "rusqlite", "sqlx", "tiberius", "tokio"];

#[test]
fn crates_import_only_what_the_design_allows() {
    let members = members();
    let mut offenders = Vec::new();
    for package in metadata().workspace_packages() {
        let Some(allowed) = ALLOWED.iter().find(|allowed| package.name == allowed.name) else {
            offenders.push(format!("{} is new: say in ALLOWED what it may import", package.name));
            continue;
        };
        for dependency in
            package.dependencies.iter().filter(|dependency| members.contains(dependency.name.as_str()))
        {
            let name = dependency.name.as_str();
            let in_tests = dependency.kind == DependencyKind::Development;
            let is_allowed =
                allowed.imports.contains(&name) || (in_tests && allowed.test_imports.contains(&name));
            if !is_allowed {
                let whose = if in_tests { "its tests import" } else { "it imports" };
                offenders.push(format!("{}: {whose} {name}", package.name));
            }
        }
    }
    assert_none(offenders, "A crate imports what DESIGN §4 keeps from it:");
}

#[test]
fn nothing_below_domain_does_input_or_output() {
    let below = linked_packages("--package=domain");
    let offenders =
        NEVER_IN_DOMAIN.iter().filter(|name| below.contains(**name)).map(|name| (*name).to_owned());
    assert_none(offenders.collect(), "domain has no input, no output and no runtime, but depends on:");
}

#[test]
fn only_the_program_bukutamu_server_starts_the_outbox() {
    let sources = "src-tauri/crates/server/src/";
    let inside = files().iter().filter(|file| file.path.starts_with(sources));
    let library = inside.filter(|file| file.path != format!("{sources}main.rs"));
    let named = library.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    let offenders = named
        .filter(|(_, _, line)| line.contains("outbox::"))
        .map(|(file, number, _)| format!("{}:{number}", file.path));
    assert_none(offenders.collect(), "The server's library only queues messages:");
}
