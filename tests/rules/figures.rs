//! A figure is described where all are, stands in the code, and is on the dashboard. Prometheus' own tool reads the
//! alert rules, and tries them.

use std::{collections::BTreeSet, path::Path, process::Command};

use crate::{assert_none, repository::files};

const NAMES: &str = "src-tauri/crates/server/src/figures/names.rs";
const SAMPLED: &str = "src-tauri/crates/server/src/figures/sampled.rs";
const WATCH: &str = "src-tauri/crates/server/watch";
const PREFIX: &str = "bukutamu_";

/// What only Prometheus makes of a histogram.
const OF_HISTOGRAMS: [&str; 3] = ["_bucket", "_count", "_sum"];

#[test]
fn each_figure_is_described_and_stands_in_the_code() {
    let (described, used) = (described(), used());
    let undescribed = used.difference(&described).map(|name| format!("{name} is not described in {NAMES}"));
    let unused = described.difference(&used).map(|name| format!("{name} is described, and nothing sets it"));
    assert_none(undescribed.chain(unused).collect(), "Each figure has one description:");
}

#[test]
fn each_figure_is_on_the_dashboard_and_no_other() {
    let described = described();
    let shown = names(text(&format!("{WATCH}/grafana.json")));
    let known = |name: &&String| described.contains(*name) || of_histogram(name, &described);
    let missing: Vec<_> = described
        .iter()
        .filter(|name| !shown.iter().any(|one| one == *name || one.starts_with(&format!("{name}_"))))
        .map(|name| format!("{name} is not on the dashboard"))
        .collect();
    let alerts = names(text(&format!("{WATCH}/alerts.yml")));
    let strange = shown.union(&alerts).filter(|name| !known(name));
    let strange = strange.map(|name| format!("{name} is watched, and there is no such figure"));
    assert_none(missing.into_iter().chain(strange).collect(), "What is measured is watched:");
}

#[test]
fn prometheus_reads_the_rules_and_they_fire() {
    let tool = Command::new("promtool").arg("--version").output();
    if tool.is_err() {
        return tests::skip("promtool is not installed: cargo xtask setup");
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(WATCH);
    for (what, file) in [("check", "alerts.yml"), ("test", "alerts_test.yml")] {
        let told = Command::new("promtool").args([what, "rules", file]).current_dir(&folder).output();
        let told = told.expect("promtool starts");
        let text = [told.stdout, told.stderr].concat();
        assert!(told.status.success(), "{file}:\n{}", String::from_utf8_lossy(&text));
    }
}

fn text(path: &str) -> &'static str {
    let file = files().iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no {path}"));
    file.text().expect("it is text")
}

/// The names in the list of all figures.
fn described() -> BTreeSet<String> {
    let (lists, _) = text(NAMES).split_once("pub(crate) fn describe").expect("the lists come first");
    names(lists)
}

/// The names that the code counts and sets.
fn used() -> BTreeSet<String> {
    let sets = |path: &str, line: &str| {
        path == SAMPLED
            || ["counter!(\"", "gauge!(\"", "histogram!(\""].iter().any(|call| line.contains(call))
    };
    let sources =
        files().iter().filter(|file| file.path.starts_with("src-tauri/") && file.extension() == "rs");
    let lines = sources.flat_map(|file| file.lines().map(move |(_, line)| (&*file.path, line)));
    lines.filter(|(path, line)| sets(path, line)).flat_map(|(_, line)| names(line)).collect()
}

fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    words.filter(|word| word.starts_with(PREFIX)).map(str::to_owned).collect()
}

fn of_histogram(name: &str, described: &BTreeSet<String>) -> bool {
    OF_HISTOGRAMS.iter().any(|end| name.strip_suffix(end).is_some_and(|stem| described.contains(stem)))
}
