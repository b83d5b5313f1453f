//! No test asks this PC's clock or zone, so it passes on any day, at any hour, anywhere. `cargo xtask test clocks`
//! proves it, and these rules keep it so. A span by `Instant` is no date, and is allowed.

use crate::assert_none;
use crate::repository::{File, files};

/// The clock and the zone of the PC, and a server that uses them.
const ASKS: [&str; 12] = [
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "OffsetDateTime::now",
    "Timestamp::now",
    "Zoned::now",
    "UNIX_EPOCH.elapsed",
    "Clock::system",
    "chrono::Local",
    "iana_time_zone",
    "CURRENT_TIMESTAMP",
    "SYSUTCDATETIME",
];

/// Ways around the clock and the zone that `ui/src/test_clock.ts` holds still.
const ASKS_IN_PAGE_TESTS: [&str; 6] =
    ["setSystemTime", "getRealSystemTime", "hrtime", "Temporal.Now", "process.env", "perf_hooks"];

/// These may name such things: the rules themselves; and the demo and the benchmarks, which are no tests.
const EXEMPT: [&str; 3] = ["tests/rules/", "tests/demo/", "tests/bench/"];

const CLOCK: &str = "src/test_clock.ts";

#[test]
fn no_test_asks_this_pcs_clock_or_zone() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.extension() == "rs") {
        for (number, line) in test_lines(file).filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let found = ASKS.iter().filter(|word| line.contains(**word));
            offenders.extend(found.map(|word| format!("{}:{number}: {word}", file.path)));
        }
    }
    assert_none(
        offenders,
        "A test says itself what time it is (`StillClock`), or asks the server under test:",
    );
}

#[test]
fn no_page_test_goes_past_its_still_clock() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.path.ends_with(".test.ts")) {
        for (number, line) in file.lines() {
            let found = ASKS_IN_PAGE_TESTS.iter().filter(|word| line.contains(**word));
            offenders.extend(found.map(|word| format!("{}:{number}: {word}", file.path)));
        }
    }
    assert_none(offenders, "A page test sets the time by `vi.useFakeTimers({ now })`, and no other way:");
}

#[test]
fn every_page_test_begins_with_the_still_clock() {
    let config = files().iter().find(|file| file.path == "ui/vite.config.ts").expect("the pages are built");
    let first = format!("setupFiles: ['{CLOCK}',");
    let is_set = config.lines().any(|(_, line)| line.contains(&first));
    assert!(is_set, "ui/vite.config.ts does not say `{first} …`: page tests would ask this PC's clock");
}

/// The lines that are compiled only for tests: whole files, or what follows `#[cfg(test)]` and `mod tests` in a source.
fn test_lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let parts: Vec<_> = file.path.split('/').collect();
    let is_test = parts.iter().any(|part| matches!(*part, "tests" | "tests.rs"));
    let is_exempt = EXEMPT.iter().any(|folder| file.path.starts_with(folder));
    let lines: Vec<_> = file.lines().collect();
    let begins = |pair: &[(usize, &str)]| {
        pair[0].1.trim() == "#[cfg(test)]" && pair[1].1.trim_start().starts_with("mod tests {")
    };
    let first = if is_exempt {
        lines.len()
    } else if is_test {
        0
    } else {
        lines.windows(2).position(begins).unwrap_or(lines.len())
    };
    lines.into_iter().skip(first)
}
