//! How a file looks.

use crate::assert_none;
use crate::repository::{File, files};

const MOST_LINES: usize = 400;

/// Test input has to be as it is.
const LEFT_ALONE: &str = "tests/fixtures/";

/// Written in two parts, so that this file keeps the rule.
const NOTES_TO_SELF: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
const MERGE_MARKERS: [&str; 3] = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> "), concat!("||||", "||| ")];
const SOMEBODYS_FOLDERS: [&str; 4] =
    [concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("C:", r"\Users\")];

#[test]
fn sources_are_short() {
    let long = files().iter().filter(|file| file.is_source() && file.lines().count() > MOST_LINES);
    let offenders = long.map(|file| format!("{}: {} lines", file.path, file.lines().count())).collect();
    assert_none(offenders, &format!("A source file has at most {MOST_LINES} lines; split by what it owns:"));
}

#[test]
fn modules_say_what_they_own() {
    let silent =
        |file: &&File| file.extension() == "rs" && !file.text().unwrap_or_default().starts_with("//! ");
    let offenders = files().iter().filter(silent).map(|file| file.path.clone()).collect();
    assert_none(offenders, "A module opens with `//!` and what it owns:");
}

#[test]
fn lines_end_clean() {
    let mut offenders = Vec::new();
    for (file, text) in texts() {
        if text.contains('\r') {
            offenders.push(format!("{}: carriage returns", file.path));
        }
        if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
            offenders.push(format!("{}: does not end in one newline", file.path));
        }
        let trailing = file.lines().filter(|(_, line)| line.ends_with([' ', '\t']));
        offenders.extend(trailing.map(|(number, _)| format!("{}:{number}: space at the end", file.path)));
    }
    assert_none(offenders, "Lines end in a bare newline and files in one:");
}

#[test]
fn nothing_is_left_half_merged() {
    offending_lines("A merge was left half done:", |line| {
        MERGE_MARKERS.iter().any(|mark| line.starts_with(mark))
    });
}

#[test]
fn no_note_to_self_is_left_behind() {
    let is_word = |word: &str| NOTES_TO_SELF.contains(&word);
    let rule = "Do it, or open an issue for it:";
    offending_lines(rule, |line| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_word));
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    offending_lines("This path is on somebody's machine only:", |line| {
        SOMEBODYS_FOLDERS.iter().any(|folder| starts_a_path(line, folder))
    });
}

/// Whether the folder begins a path, and does not stand within a longer one or an address.
fn starts_a_path(line: &str, folder: &str) -> bool {
    let part_of_a_path = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '}');
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(part_of_a_path))
}

/// Files of text that somebody wrote.
fn texts() -> impl Iterator<Item = (&'static File, &'static str)> {
    let ours = files().iter().filter(|file| !file.path.starts_with(LEFT_ALONE) && file.extension() != "lock");
    ours.filter_map(|file| Some((file, file.text()?)))
}

#[track_caller]
fn offending_lines(rule: &str, breaks_it: impl Fn(&str) -> bool) {
    let lines = texts().flat_map(|(file, _)| file.lines().map(move |(number, line)| (file, number, line)));
    let broken = lines.filter(|(_, _, line)| breaks_it(line));
    assert_none(
        broken.map(|(file, number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect(),
        rule,
    );
}
