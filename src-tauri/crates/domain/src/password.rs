//! Which passwords may be chosen. Hashing is the server's.

use std::collections::HashSet;

use thiserror::Error;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidPassword {
    /// Under 8 bytes.
    #[error("paling sedikit 8 karakter")]
    TooShort,
    /// Over 72 bytes, beyond which bcrypt would ignore the rest.
    #[error("paling banyak 72 byte")]
    TooLong,
    /// bcrypt ends at a zero byte.
    #[error("berisi karakter yang tidak boleh dipakai")]
    ForbiddenCharacter,
    /// Among the first that an attacker tries.
    #[error("terlalu umum; pilih yang tidak mudah ditebak")]
    TooCommon,
}

/// Whether a new password may be used: 8 to 72 bytes, and not among the commonest.
///
/// # Errors
/// [`InvalidPassword`].
pub fn check_new(password: &str) -> Result<(), InvalidPassword> {
    if password.len() < 8 {
        return Err(InvalidPassword::TooShort);
    }
    if password.len() > 72 {
        return Err(InvalidPassword::TooLong);
    }
    if password.contains('\0') {
        return Err(InvalidPassword::ForbiddenCharacter);
    }
    let folded = password.to_lowercase();
    let one_character = password.chars().collect::<HashSet<_>>().len() == 1;
    if one_character || COMMONEST.lines().any(|common| common == folded) {
        return Err(InvalidPassword::TooCommon);
    }
    Ok(())
}

/// Passwords of 8 characters and more that published lists put first, one a line, and what a school would think of.
const COMMONEST: &str = include_str!("password/commonest.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_bytes() {
        assert_eq!(check_new("abc12 z"), Err(InvalidPassword::TooShort));
        assert_eq!(check_new(&"aé".repeat(24)), Ok(()));
        assert_eq!(check_new(&"aé".repeat(25)), Err(InvalidPassword::TooLong));
    }

    #[test]
    fn the_commonest_are_refused_in_either_case() {
        for password in ["12345678", "Password", "QWERTYUIOP", "bukutamu", "aaaaaaaaaa", "sekolah123"] {
            assert_eq!(check_new(password), Err(InvalidPassword::TooCommon), "{password}");
        }
        assert_eq!(check_new("meja hijau 7"), Ok(()));
    }
}
