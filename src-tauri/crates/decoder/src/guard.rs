//! Runs code that may panic on odd input, and turns the panic into "nothing read": `rxing` and `rqrr` index by computed
//! coordinates, and no picture may end the program.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Returns what `read` returns, or the default if it panics. The panic is not printed.
pub(super) fn guarded<T: Default>(read: impl FnOnce() -> T) -> T {
    silence_guarded_panics();
    let outer = GUARDED.replace(true);
    // Whatever `read` borrows is overwritten before it is used again, so a half-done state does no harm.
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(outer);
    result.unwrap_or_default()
}

/// Hands every unguarded panic to the hook that was there before.
fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_default() {
        let reads = guarded::<Vec<u8>>(|| panic!("an odd picture"));
        assert!(reads.is_empty(), "a panic must read nothing");
        assert_eq!(guarded(|| vec![1]), [1], "and must not spoil the next read");
    }
}
