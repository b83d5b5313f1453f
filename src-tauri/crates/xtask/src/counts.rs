//! Reads what libtest prints, and adds it up over all test programs of one `cargo test`.

use std::collections::BTreeSet;

/// What the test programs reported so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) ignored: usize,
    /// Names of failed tests, in the order they came.
    pub(crate) failures: Vec<String>,
    /// `name: reason` of tests marked `#[ignore]`.
    pub(crate) ignores: Vec<String>,
    /// The number of tests that the current program announced; `None` between programs.
    announced: Option<usize>,
}

impl Counts {
    /// Takes the next line of standard output. Passes over other lines.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(announced) = announcement(line) {
            self.finish();
            self.announced = Some(announced);
        } else if let Some((name, outcome)) = outcome(line) {
            if outcome == "FAILED" {
                self.failures.push(name.to_owned());
            } else if let Some(reason) = outcome.strip_prefix("ignored") {
                let reason = reason.strip_prefix(", ").unwrap_or("marked #[ignore]");
                self.ignores.push(format!("{name}: {reason}"));
            }
        } else if let (Some([passed, failed, ignored]), Some(announced)) = (result(line), self.announced) {
            // A result that does not add up is text that some test printed.
            if passed + failed + ignored == announced {
                self.passed += passed;
                self.failed += failed;
                self.ignored += ignored;
                self.announced = None;
            }
        }
    }

    /// Counts a failure that did not say so itself.
    pub(crate) fn fail(&mut self, failure: String) {
        self.failed += 1;
        self.failures.push(failure);
    }

    /// Counts something that could not be tried here.
    pub(crate) fn ignore(&mut self, why: &str) {
        self.ignored += 1;
        self.ignores.push(why.to_owned());
    }

    /// Counts as skipped the tests that skipped themselves, which libtest counts as passed.
    pub(crate) fn skip(&mut self, skips: BTreeSet<String>) {
        self.passed = self.passed.saturating_sub(skips.len());
        self.ignored += skips.len();
        self.ignores.extend(skips);
    }

    /// Adds what another runner counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.failures.extend(other.failures);
        self.ignores.extend(other.ignores);
    }

    /// Ends the current program. If it died without its result line, counts all tests that it announced as failed,
    /// because nobody knows which of them had passed.
    pub(crate) fn finish(&mut self) {
        if let Some(lost) = self.announced.take().filter(|&lost| lost > 0) {
            self.failed += lost;
            self.failures.push(format!("a test program died: none of its {lost} tests counts as passed"));
        }
    }
}

/// `running 3 tests`
fn announcement(line: &str) -> Option<usize> {
    let (number, unit) = line.strip_prefix("running ")?.split_once(' ')?;
    if unit == "test" || unit == "tests" { number.parse().ok() } else { None }
}

/// `test some::name ... ok`, `… FAILED`, `… ignored, reason`
fn outcome(line: &str) -> Option<(&str, &str)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    Some((name, outcome.trim_end()))
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn result(line: &str) -> Option<[usize; 3]> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = numbers.split("; ");
    let mut next = |unit: &str| parts.next()?.strip_suffix(unit)?.trim_end().parse().ok();
    Some([next("passed")?, next("failed")?, next("ignored")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(output: &str) -> Counts {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts.read(line));
        counts.finish();
        counts
    }

    const TWO_PROGRAMS: &str = "
running 3 tests
test telp::normalises ... ok
test token::rejects ... FAILED
test serial::real_port ... ignored, needs a scanner

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s

running 1 test
test src-tauri/crates/domain/src/lib.rs - token (line 3) ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.30s
";

    #[test]
    fn adds_up_over_programs_and_names_what_did_not_pass() {
        let counts = read(TWO_PROGRAMS);
        assert_eq!((counts.passed, counts.failed, counts.ignored), (2, 1, 1));
        assert_eq!(counts.failures, ["token::rejects"]);
        assert_eq!(counts.ignores, ["serial::real_port: needs a scanner"]);
    }

    #[test]
    fn a_program_that_dies_does_not_pass() {
        let counts = read("running 4 tests\ntest a ... ok\nrunning 0 tests\n");
        assert_eq!((counts.passed, counts.failed), (0, 4));
        assert_eq!(counts.failures.len(), 1, "{:?}", counts.failures);
    }

    #[test]
    fn text_that_a_test_printed_is_not_a_result() {
        let printed = "running 2 tests\ntest result: ok. 90 passed; 0 failed; 0 ignored; 0 measured\n";
        let real =
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(read(&format!("{printed}{real}")).passed, 2);
        assert_eq!(read("test result: ok. 90 passed; 0 failed; 0 ignored").passed, 0);
    }

    #[test]
    fn what_skipped_itself_has_not_passed() {
        let mut counts = read(TWO_PROGRAMS);
        counts.skip(BTreeSet::from(["camera: none here".to_owned()]));
        assert_eq!((counts.passed, counts.ignored), (1, 2));
        assert_eq!(counts.ignores, ["serial::real_port: needs a scanner", "camera: none here"]);
    }

    #[test]
    fn an_ignore_without_a_reason_is_still_named() {
        assert_eq!(read("test slow ... ignored").ignores, ["slow: marked #[ignore]"]);
    }
}
