//! A checksum of rows that does not depend on their order: databases sort text differently.

use std::{array, fmt};

use sha2::{Digest, Sha256};

use super::Value;

/// The sum, modulo 2¹²⁸, of the first half of each row's SHA-256.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checksum(u128);

impl Checksum {
    /// Adds a row, or some of its values.
    pub fn add<'a>(&mut self, row: impl IntoIterator<Item = &'a Value>) {
        let mut hash = Sha256::new();
        for value in row {
            // A kind and a length before each value, so that no two rows are written alike.
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::Null => (0, &[]),
                Value::Int(number) => (1, &number.to_be_bytes()),
                Value::Text(text) => (2, text.as_bytes()),
                Value::Bytes(bytes) => (3, bytes),
                Value::Unreadable => (4, &[]),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let hash = hash.finalize();
        self.0 = self.0.wrapping_add(u128::from_be_bytes(array::from_fn(|n| hash[n])));
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Value]]) -> Checksum {
        let mut checksum = Checksum::default();
        rows.iter().for_each(|row| checksum.add(*row));
        checksum
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn order_does_not_matter_and_everything_else_does() {
        let (a, b) = ([Value::Int(1), text("a")], [Value::Int(2), Value::Null]);
        assert_eq!(of(&[&a, &b]), of(&[&b, &a]));
        assert_ne!(of(&[&a, &b]), of(&[&a]));
        assert_ne!(of(&[&a]), of(&[&a, &a, &a]));
        assert_ne!(of(&[&[text("ab"), text("c")]]), of(&[&[text("a"), text("bc")]]));
        assert_ne!(of(&[&[text("")]]), of(&[&[Value::Null]]));
        assert_ne!(of(&[&[text("a")]]), of(&[&[Value::Bytes(b"a".to_vec())]]));
    }
}
