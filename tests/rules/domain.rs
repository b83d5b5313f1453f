//! `domain` decides from what it is given: it asks no clock, touches no disk and waits for nothing. What pages repeat
//! of it is the same.

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
fn pages_know_how_long_a_code_is() {
    const TOKEN: &str = "ui/src/kiosk/token.ts";
    let said = format!("export const TOKEN_LENGTH = {TOKEN_LEN};");
    let token = files().iter().find(|file| file.path == TOKEN).expect("it is there");
    assert!(token.lines().any(|(_, line)| line == said), "{TOKEN} does not say: {said}");
}
