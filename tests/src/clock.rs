//! A clock that stands still until a test moves it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use server::Clock;

/// The server's time, in the test's hand.
#[derive(Clone)]
pub struct StillClock(Arc<Mutex<DateTime<Utc>>>);

impl StillClock {
    /// Stands at an instant, RFC 3339.
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(instant(text))))
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it to an instant, RFC 3339.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant(text);
    }

    /// Moves it on, or back.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// The same for the server.
    pub fn for_server(&self) -> Clock {
        let clock = self.clone();
        Clock::new(move || clock.now())
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text} is no instant: {error}"))
}
