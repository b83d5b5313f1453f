//! Replies to commands. Most are JSON; a few are plain bytes.

use serde::Serialize;
use ts_rs::{Config, TS};

/// Bytes that go as they are.
pub struct Bytes(pub Vec<u8>);

/// A reply as it is carried to the page.
pub enum Body {
    /// As JSON.
    Json(String),
    /// As it is.
    Bytes(Vec<u8>),
}

/// What a command may answer.
pub trait Reply: Send {
    /// Turns the reply into a body.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    fn into_body(self) -> serde_json::Result<Body>;
}

impl<T: Serialize + Send> Reply for T {
    fn into_body(self) -> serde_json::Result<Body> {
        serde_json::to_string(&self).map(Body::Json)
    }
}

impl Reply for Bytes {
    fn into_body(self) -> serde_json::Result<Body> {
        Ok(Body::Bytes(self.0))
    }
}

impl TS for Bytes {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        "Bytes".to_owned()
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}
