//! A store decides nothing: what a step sets, what it causes and who may do what stands in `domain`. In `store` the
//! school's words are text of statements, or pass through as values.

use crate::assert_none;
use crate::repository::{File, files};

/// Enums whose variants a rule is told by.
const DECIDED_BY: [&str; 9] = [
    "Decision",
    "Hasil",
    "Jenis",
    "JenisPesan",
    "JenisTanggapan",
    "ManualMove",
    "Role",
    "Status",
    "VisitStep",
];

#[test]
fn every_enum_of_the_list_stands_in_domain() {
    let is_declared = |name: &str| {
        let declared = format!("pub enum {name}");
        let inside = files().iter().filter(|file| file.path.starts_with("src-tauri/crates/domain/src/"));
        inside.flat_map(File::lines).any(|(_, line)| {
            let rest = line.trim_start().strip_prefix(&declared);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
    };
    let gone = DECIDED_BY.iter().filter(|name| !is_declared(name));
    assert_none(
        gone.map(|name| (*name).to_owned()).collect(),
        "This rule watches for what is called otherwise now:",
    );
}

/// Files that name some all the same, and why they decide nothing by it.
const ALLOWED: [(&str, &str); 2] = [
    (
        "mssql/janji_temu/warm.rs",
        "it sends the statement of an arrival before anybody needs it, and about nobody",
    ),
    ("mssql/engine/tests/lint/calls.rs", "it sends every statement once to a parser"),
];

#[test]
fn a_store_names_no_status_role_or_message() {
    let mut offenders = Vec::new();
    for (path, file) in store() {
        if ALLOWED.iter().any(|(allowed, _)| *allowed == path) {
            continue;
        }
        let code = file.lines().filter(|(_, line)| !line.trim_start().starts_with("//"));
        offenders.extend(code.filter_map(|(number, line)| {
            variant_in(line).map(|named| format!("{}:{number}: {named}", file.path))
        }));
    }
    assert_none(offenders, "A rule stands in domain; a store makes its outcome true:");
}

#[test]
fn what_is_allowed_is_there() {
    let gone = ALLOWED.iter().filter(|(allowed, _)| {
        let mut lines = store().filter(|(path, _)| path == allowed).flat_map(|(_, file)| file.lines());
        !lines.any(|(_, line)| variant_in(line).is_some())
    });
    assert_none(gone.map(|(path, _)| (*path).to_owned()).collect(), "Needs no exception any more:");
}

/// The first variant, of an enum that rules are told by, that the line names.
fn variant_in(line: &str) -> Option<&str> {
    let mut named =
        DECIDED_BY.iter().flat_map(|name| line.match_indices(name).map(|(at, _)| (at, name.len())));
    named.find_map(|(at, len)| {
        let is_whole = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let variant = line[at + len..].strip_prefix("::")?;
        (is_whole && variant.starts_with(|c: char| c.is_uppercase() || c == '{')).then(|| &line[at..])
    })
}

#[test]
fn a_variant_is_told_from_a_function_and_from_another_type() {
    assert_eq!(variant_in("    status == Status::Belum"), Some("Status::Belum"));
    assert_eq!(variant_in("use domain::Status::{Batal, Belum};"), Some("Status::{Batal, Belum};"));
    for passes in ["words.map(Status::as_str)", "KodeStatus::Belum", "text.parse::<Status>()"] {
        assert_eq!(variant_in(passes), None, "{passes}");
    }
}

/// The store's sources, by their place in it.
fn store() -> impl Iterator<Item = (&'static str, &'static File)> {
    let inside = |file: &'static File| Some((file.path.strip_prefix("src-tauri/crates/store/src/")?, file));
    files().iter().filter_map(inside)
}

/// Babelfish finds the tables of other schemas no more on a connection that has made a table of its own after it
/// checked a key. Only moving a school does so, and nothing else is done there.
#[test]
fn no_statement_makes_a_table_of_its_own() {
    let mut offenders = Vec::new();
    for (path, file) in store().filter(|(path, _)| path.starts_with("mssql/") && *path != "mssql/copy.rs") {
        let makes = |line: &str| line.contains(" TABLE (") || line.contains("INTO #");
        let lines = file.lines().filter(|(_, line)| makes(line));
        offenders.extend(lines.map(|(number, line)| format!("{path}:{number}: {}", line.trim())));
    }
    assert_none(offenders, "Read the rows out of the text that was sent, as hari_libur.rs does:");
}
