//! Time limits. The defaults suit a school's network.

use std::time::Duration;

/// Limits of requests and of the subscription.
#[derive(Clone, Debug)]
pub struct Options {
    /// For a connection: 3 s.
    pub connect_timeout: Duration,
    /// For one request, from connecting to the answer's end: 10 s.
    pub request_timeout: Duration,
    /// For a request with its repetitions and renewed tokens: 20 s.
    pub total_timeout: Duration,
    /// How often a repeatable request is sent again: 3 times.
    pub repeats: usize,
    /// The first wait before it is sent again: 200 ms. It doubles up to 2 s.
    pub repeat_delay: Duration,
    /// The subscription's limits.
    pub subscription: Timing,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            request_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(20),
            repeats: 3,
            repeat_delay: Duration::from_millis(200),
            subscription: Timing::default(),
        }
    }
}

/// When the subscription's connection counts as dead, and when it is tried again.
#[derive(Clone, Debug)]
pub struct Timing {
    /// From the socket to `ready`: 10 s.
    pub handshake_timeout: Duration,
    /// A connection without any frame for so long is dead: 45 s, because the server pings every 20 s.
    pub dead_after: Duration,
    /// The longest first wait before another attempt: 250 ms. It doubles with every attempt. Each wait is a random part
    /// of it, so that a school's PCs do not come back all at once.
    pub backoff_min: Duration,
    /// The longest wait: 15 s.
    pub backoff_max: Duration,
    /// After a connection that stood for so long, the next wait is short again: 10 s.
    pub stable_after: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            handshake_timeout: Duration::from_secs(10),
            dead_after: Duration::from_secs(45),
            backoff_min: Duration::from_millis(250),
            backoff_max: Duration::from_secs(15),
            stable_after: Duration::from_secs(10),
        }
    }
}
