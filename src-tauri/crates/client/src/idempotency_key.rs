//! Idempotency keys, by which the server recognises a request that is sent again.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::Serialize;

/// Stands for one thing that a person did. Take a new one for each thing, and the same one for each repetition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key that nobody else has: 128 random bits.
    ///
    /// # Panics
    /// If the operating system has no random numbers, because no program could go on then.
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self(BASE32_NOPAD.encode(&bytes))
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use domain::isian;

    use super::*;

    #[test]
    fn random_keys_are_valid_and_differ() {
        let (one, other) = (IdempotencyKey::random(), IdempotencyKey::random());
        assert_ne!(one, other);
        assert_eq!(isian::kunci(Some(&one.to_string())).unwrap(), Some(one.to_string()));
    }
}
