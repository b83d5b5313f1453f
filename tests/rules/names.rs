//! Names say what a thing is.

use crate::assert_none;
use crate::repository::files;

/// Words that could stand at the end of any name, and say nothing there.
const EMPTY_WORDS: [&str; 6] = ["Helper", "Helpers", "Manager", "Service", "Util", "Utils"];

#[test]
fn types_are_named_for_what_they_are() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.extension() == "rs") {
        for (number, line) in file.lines() {
            let empty =
                type_defined_in(line).filter(|name| EMPTY_WORDS.iter().any(|word| name.ends_with(word)));
            offenders.extend(empty.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(offenders, "Not Manager, Helper, Util or Service; name the thing:");
}

/// The name in `pub struct Name`, `enum Name`, `trait Name` or `type Name`; a type inside of something bears the name that
/// its trait gave it.
fn type_defined_in(line: &str) -> Option<&str> {
    if line.starts_with("    type ") {
        return None;
    }
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let keyword = words.next()?;
    let name = words.next()?;
    let is_definition = ["struct", "enum", "trait", "type"].contains(&keyword);
    is_definition.then(|| name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(name))
}
