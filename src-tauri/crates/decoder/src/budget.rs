//! What reading one picture may cost: an amount of work, and perhaps a moment at which it is given up. Counts the work
//! that it is told and reads no clock, so that every machine gives up the same picture at the same place.

use std::cell::Cell;

/// Work that may still be done. A unit is about a nanosecond on a desktop PC of 2020; searching one pixel costs one.
pub struct Budget<'a> {
    left: Cell<u64>,
    late: Option<&'a dyn Fn() -> bool>,
}

impl Budget<'_> {
    /// What a still picture is worth: a few seconds, which is several times what the hardest readable ones take.
    pub const STILL: u64 = 4_000_000_000;

    /// A budget of so much work, however long that takes.
    pub fn new(work: u64) -> Self {
        Self { left: Cell::new(work), late: None }
    }

    /// A budget of so much work, spent as soon as `late` says so. `late` is asked every few milliseconds.
    pub fn until(work: u64, late: &dyn Fn() -> bool) -> Budget<'_> {
        Budget { left: Cell::new(work), late: Some(late) }
    }

    /// Takes this much for what is about to be done. False if it may not be done; then nothing after it may be either.
    pub fn spend(&self, work: u64) -> bool {
        let left = self.left.get();
        if left == 0 {
            return false;
        }
        if work > left || self.late.is_some_and(|late| late()) {
            self.left.set(0);
            return false;
        }
        self.left.set(left - work);
        true
    }

    /// Lowers what may still be done to this.
    pub fn limit(&self, work: u64) {
        self.left.set(self.left.get().min(work));
    }

    /// How much work may still be done.
    pub fn left(&self) -> u64 {
        self.left.get()
    }

    /// Whether something was left undone because of it.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_dear_ends_it() {
        let budget = Budget::new(10);
        assert!(budget.spend(4) && budget.spend(6), "what is there may be spent");
        let budget = Budget::new(10);
        assert!(!budget.spend(11), "more than is there was spent");
        assert!(!budget.spend(1), "it went on after the end");
        assert!(budget.is_spent());
    }

    #[test]
    fn being_late_ends_it_for_good() {
        let late = Cell::new(false);
        let ask = || late.get();
        let budget = Budget::until(10, &ask);
        assert!(budget.spend(1));
        late.set(true);
        assert!(!budget.spend(1), "it went on though it was late");
        late.set(false);
        assert!(!budget.spend(1), "it went on after the end");
    }

    #[test]
    fn a_limit_only_lowers() {
        let budget = Budget::new(10);
        budget.limit(20);
        assert_eq!(budget.left(), 10);
        budget.limit(3);
        assert_eq!(budget.left(), 3);
    }
}
