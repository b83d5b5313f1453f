//! Idempotency keys: how the server recognises what is sent again.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use domain::isian;
use serde::Serialize;

use crate::{Error, Result};

/// 1 to 64 visible ASCII characters.
///
/// One key stands for one thing that a person did. Take a new one for each, and the same for each repetition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Kunci(String);

impl Kunci {
    /// A key that nobody else has: 128 random bits.
    ///
    /// # Panics
    /// Where the operating system has no random numbers, as no program could go on then.
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(BASE32_NOPAD.encode(&bytes))
    }

    /// A key kept from before, as in a journal.
    ///
    /// # Errors
    /// [`Error::Protocol`] where the server would not take it.
    pub fn new(text: &str) -> Result<Self> {
        match isian::kunci(Some(text)) {
            Ok(Some(kunci)) => Ok(Self(kunci)),
            _ => Err(Error::Protocol("a key is 1 to 64 visible ASCII characters".to_owned())),
        }
    }
}

impl fmt::Display for Kunci {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_keys_are_valid_and_differ() {
        let (one, other) = (Kunci::random(), Kunci::random());
        assert_ne!(one, other);
        assert_eq!(Kunci::new(&one.to_string()).unwrap(), one);
        assert!(Kunci::new("dua kata").is_err());
    }
}
