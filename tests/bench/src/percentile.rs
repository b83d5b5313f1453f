//! Measured times, and their percentiles.

use std::time::Duration;

use hdrhistogram::Histogram;

/// A minute, which is longer than anything measured.
const MAX_NANOS: u64 = 60_000_000_000;

/// Measured times, to three significant digits.
pub struct Times(Histogram<u64>);

impl Default for Times {
    fn default() -> Self {
        Self(Histogram::new_with_max(MAX_NANOS, 3).expect("the limits are sound"))
    }
}

impl Times {
    /// Adds one.
    pub fn record(&mut self, time: Duration) {
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(MAX_NANOS);
        self.0.saturating_record(nanos);
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The median in milliseconds.
    pub fn p50_ms(&self) -> f64 {
        self.at(0.50)
    }

    /// The 99th percentile in milliseconds.
    pub fn p99_ms(&self) -> f64 {
        self.at(0.99)
    }

    fn at(&self, quantile: f64) -> f64 {
        self.0.value_at_quantile(quantile) as f64 / 1e6
    }
}
