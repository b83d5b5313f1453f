//! Shared test harness.

mod skip;

pub use skip::skip;
