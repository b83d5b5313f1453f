//! The code on the recovery sheet, which opens the key file that every backup carries.
//!
//! It follows from the key file, so a sheet that was printed stays right as long as the key file is. It is typed from
//! paper: 32 letters and digits without those that are taken for each other, with a check that notices a wrong one.

use std::{fmt, str::FromStr};

use data_encoding::{Encoding, Specification};
use domain::hmac_sha256;
use store::SchoolSecrets;
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop};

const SECRET: usize = 16;
const CHECK: usize = 4;
/// Letters in a group, as printed.
const GROUP: usize = 4;

/// The code.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Recovery([u8; SECRET]);

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RecoveryError {
    /// Too short, too long, or with a sign that no code has.
    #[error("the recovery code has 32 letters and digits, in 8 groups of 4")]
    Shape,
    /// A letter was mistaken.
    #[error("the recovery code has a mistake; compare it with the sheet letter by letter")]
    Check,
}

impl Recovery {
    /// The school's.
    pub fn of(kunci: &SchoolSecrets) -> Self {
        let mut code = [0; SECRET];
        code.copy_from_slice(&kunci.pemulihan[..SECRET]);
        Self(code)
    }

    /// What it locks with.
    pub(crate) fn key(&self) -> [u8; 32] {
        hmac_sha256(&self.0, &[b"bukutamu pemulihan kunci"])
    }

    fn check(&self) -> [u8; CHECK] {
        let mut check = [0; CHECK];
        check.copy_from_slice(&hmac_sha256(&self.0, &[b"bukutamu pemulihan periksa"])[..CHECK]);
        check
    }
}

/// Crockford's alphabet: no I, L, O or U.
fn alphabet() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.translate.from.push_str("abcdefghjkmnpqrstvwxyzIiLlOo");
    specification.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ111100");
    specification.ignore.push_str(" -\t\r\n");
    specification.encoding().expect("a fixed specification is sound")
}

/// As printed, in groups.
impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = alphabet().encode(&[self.0.as_slice(), &self.check()].concat());
        for (n, letter) in text.chars().enumerate() {
            if n > 0 && n % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recovery(…)")
    }
}

/// As typed: in either case, with or without hyphens and spaces.
impl FromStr for Recovery {
    type Err = RecoveryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = alphabet().decode(text.trim().as_bytes()).map_err(|_| RecoveryError::Shape)?;
        let whole: [u8; SECRET + CHECK] = bytes.try_into().map_err(|_| RecoveryError::Shape)?;
        let mut code = [0; SECRET];
        code.copy_from_slice(&whole[..SECRET]);
        let recovery = Self(code);
        match recovery.check() == whole[SECRET..] {
            true => Ok(recovery),
            false => Err(RecoveryError::Check),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Recovery([0x5a; SECRET]);
        let printed = code.to_string();
        assert_eq!((printed.len(), printed.matches('-').count()), (39, 7), "{printed}");
        let small = printed.to_lowercase().replace('-', " ");
        let mistaken = printed.replace('0', "O").replace('1', "l");
        for typed in [printed.clone(), small, mistaken, printed.replace('-', ""), format!("  {printed}\n")] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn every_single_mistake_is_noticed() {
        let printed = Recovery([0x5a; SECRET]).to_string();
        for (n, old) in printed.char_indices().filter(|(_, letter)| *letter != '-') {
            let new = if old == 'Z' { "Y" } else { "Z" };
            let typed = format!("{}{new}{}", &printed[..n], &printed[n + 1..]);
            assert_eq!(typed.parse::<Recovery>(), Err(RecoveryError::Check), "{typed}");
        }
        for typed in ["", "ABCD", "U", &format!("{printed}0")] {
            assert_eq!(typed.parse::<Recovery>(), Err(RecoveryError::Shape), "{typed}");
        }
    }
}
