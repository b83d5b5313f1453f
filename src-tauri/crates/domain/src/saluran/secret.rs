//! Texts that nobody may see.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Characters of a token; those of the Cloud API have about 250.
const SECRET_MAX: usize = 1024;

/// A token, a key or a password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that sends or compares it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it can stand in a header: visible ASCII, not too long.
    pub(super) fn is_token(&self) -> bool {
        (1..=SECRET_MAX).contains(&self.0.len()) && self.0.bytes().all(|b| b.is_ascii_graphic())
    }

    /// Without the blanks around it that come along when it is pasted.
    pub(super) fn trimmed(&self) -> Self {
        Self(self.0.trim().to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
