//! Reads vitest's JSON report, which has jest's form, into the counts of `cargo xtask test`.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::counts::Counts;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    test_results: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    name: String,
    status: String,
    assertion_results: Vec<Test>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    full_name: String,
    status: String,
}

/// The counts of the report. A file that could not be loaded counts as one failed test.
pub(crate) fn read(report: &str) -> Result<Counts> {
    let report: Report = serde_json::from_str(report).context("vitest's report is none")?;
    let mut counts = Counts::default();
    for file in report.test_results {
        for test in &file.assertion_results {
            match test.status.as_str() {
                "passed" => counts.passed += 1,
                "failed" => {
                    counts.failed += 1;
                    counts.failures.push(format!("{}: {}", file.name, test.full_name));
                }
                other => {
                    counts.ignored += 1;
                    counts.ignores.push(format!("{}: {other}", test.full_name));
                }
            }
        }
        let is_explained = file.assertion_results.iter().any(|test| test.status == "failed");
        if file.status == "failed" && !is_explained {
            counts.failed += 1;
            counts.failures.push(format!("{}: could not be run", file.name));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{
        "numTotalTests": 3, "success": false,
        "testResults": [
            { "name": "a.test.ts", "status": "failed", "message": "", "assertionResults": [
                { "fullName": "wedge types", "status": "passed", "title": "types" },
                { "fullName": "wedge waits", "status": "failed", "title": "waits" },
                { "fullName": "wedge sleeps", "status": "skipped", "title": "sleeps" }
            ] },
            { "name": "b.test.ts", "status": "failed", "message": "no such file", "assertionResults": [] }
        ]
    }"#;

    #[test]
    fn counts_tests_and_files_that_cannot_be_loaded() {
        let counts = read(REPORT).unwrap();
        assert_eq!((counts.passed, counts.failed, counts.ignored), (1, 2, 1));
        assert_eq!(counts.failures, ["a.test.ts: wedge waits", "b.test.ts: could not be run"]);
        assert_eq!(counts.ignores, ["wedge sleeps: skipped"]);
    }

    #[test]
    fn what_is_no_report_is_no_success() {
        assert!(read("{}").is_err());
    }
}
