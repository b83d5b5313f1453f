//! The PIN that leaves the kiosk's full screen. Guests stand before that screen, so guesses are slowed down.

use std::time::{Duration, Instant};

use bcrypt::BcryptError;

/// bcrypt's cost. A PIN has few digits; whoever has stolen the file should need time to try them all.
const COST: u32 = 12;

/// Wrong guesses in a row before the first wait.
const FREE: u32 = 4;

/// The longest wait between two guesses.
const WAIT_MAX: Duration = Duration::from_secs(300);

/// The hash to keep, instead of the PIN.
///
/// # Errors
/// The operating system has no random numbers.
pub(crate) fn hash(pin: &str) -> Result<String, BcryptError> {
    bcrypt::hash(pin, COST)
}

/// Whether a PIN may be set: 4 to 8 digits.
pub(crate) fn is_sound(pin: &str) -> bool {
    (4..=8).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit())
}

/// Counts wrong guesses and makes the next one wait.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    wrong: u32,
    last: Option<Instant>,
}

impl Gate {
    /// Whether the PIN is right. A guess that comes too soon after wrong ones is not checked and counts as wrong.
    pub(crate) fn try_pin(&mut self, pin: &str, hash: &str, now: Instant) -> bool {
        let too_soon = self.last.is_some_and(|last| now.duration_since(last) < wait(self.wrong));
        if too_soon {
            return false;
        }
        if bcrypt::verify(pin, hash).unwrap_or(false) {
            *self = Self::default();
            return true;
        }
        self.wrong = self.wrong.saturating_add(1);
        self.last = Some(now);
        false
    }
}

/// No wait for the first few wrong guesses, then 10 s, doubled by each further one.
fn wait(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE) {
        None | Some(0) => Duration::ZERO,
        Some(over) => {
            let doubled = 2_u32.saturating_pow(over - 1);
            Duration::from_secs(10).saturating_mul(doubled).min(WAIT_MAX)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_only_and_not_too_few() {
        assert!(is_sound("0417") && is_sound("12345678"));
        assert!(!is_sound("123") && !is_sound("123456789") && !is_sound("12a4") && !is_sound("١٢٣٤"));
    }

    #[test]
    fn guesses_are_slowed_down_and_the_right_one_counts_after_the_wait() {
        let hash = bcrypt::hash("0417", 4).unwrap();
        let mut gate = Gate::default();
        let start = Instant::now();
        for _ in 0..=FREE {
            assert!(!gate.try_pin("0000", &hash, start));
        }
        assert!(!gate.try_pin("0417", &hash, start + Duration::from_secs(9)), "looked at too soon");
        assert!(gate.try_pin("0417", &hash, start + Duration::from_secs(10)));
        assert!(gate.try_pin("0417", &hash, start + Duration::from_secs(10)), "the count begins anew");
    }

    #[test]
    fn waits_grow_to_their_limit() {
        assert_eq!(wait(FREE), Duration::ZERO);
        assert_eq!(wait(FREE + 2), Duration::from_secs(20));
        assert_eq!(wait(u32::MAX), WAIT_MAX);
    }
}
