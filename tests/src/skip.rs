//! Lets a test that cannot run on this machine say so, instead of passing in silence.

use std::io::Write;
use std::panic::Location;

/// Notes that the calling test is skipped, and why. Return from the test directly after it:
///
/// ```no_run
/// # fn has_camera() -> bool { false }
/// # fn test() {
/// if !has_camera() {
///     return tests::skip("no camera here");
/// }
/// # }
/// ```
///
/// `cargo xtask test` names the file for the note, lists the reasons and counts the test as skipped. libtest itself
/// shows nothing that a passing test prints.
#[track_caller]
#[allow(clippy::print_stdout, reason = "plain `cargo test -- --nocapture` shows it as well")]
pub fn skip(reason: &str) {
    let place = Location::caller();
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    println!("skipped: {reason}");
    if let Some(log) = std::env::var_os("BUKUTAMU_SKIP_LOG") {
        let line = format!("{test} ({}:{}): {reason}\n", place.file(), place.line());
        let log = std::fs::OpenOptions::new().append(true).create(true).open(log);
        log.and_then(|mut log| log.write_all(line.as_bytes())).expect("the skip log can be written");
    }
}
