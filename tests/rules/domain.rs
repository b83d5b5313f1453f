//! `domain` decides from what it is given: it asks no clock, touches no disk and waits for nothing. What pages repeat of it is the
//! same.

use domain::token::TOKEN_LEN;

use crate::assert_none;
use crate::repository::files;

const NEVER: [&str; 10] = [
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "async fn",
    "async move",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
];

#[test]
fn domain_asks_no_clock_and_does_no_input_or_output() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.path.starts_with("src-tauri/crates/domain/src/")) {
        for (number, line) in file.lines().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let found = NEVER.iter().filter(|word| line.contains(**word));
            offenders.extend(found.map(|word| format!("{}:{number}: {word}", file.path)));
        }
    }
    assert_none(offenders, "domain gets the time and everything else as arguments:");
}

#[test]
fn the_keyboard_wedge_knows_how_long_a_code_is() {
    const WEDGE: &str = "ui/src/kiosk/wedge.ts";
    let said = format!("export const CODE_LENGTH = {TOKEN_LEN};");
    let wedge = files().iter().find(|file| file.path == WEDGE).expect("the wedge is there");
    assert!(wedge.lines().any(|(_, line)| line == said), "{WEDGE} does not say: {said}");
}
