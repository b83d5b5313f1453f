//! Decides which files of a folder are due to be read. Pure: listings and times in, paths out. A file is due once its
//! size and time have not changed for a while; an empty file waits longer. It is done with once it was read. Files that
//! were there at the start are done with.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// A file's size and time. If they change, it was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) bytes: u64,
    pub(super) modified: Option<SystemTime>,
}

/// What is known of a folder's files.
#[derive(Debug)]
pub(super) struct Ledger {
    settle: Duration,
    /// A file that is empty or cannot be read may still be being written for so long.
    give_up: Duration,
    files: HashMap<PathBuf, Entry>,
}

#[derive(Debug)]
struct Entry {
    stamp: Stamp,
    /// When it was first seen with this size and time.
    since: Instant,
    next: Next,
}

/// When a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Once it has not changed for so long.
    After(Duration),
    /// Not any more, unless it changes.
    Done,
}

impl Ledger {
    /// Knows the files that are there at the start. They are not read.
    pub(super) fn new(
        settle: Duration,
        give_up: Duration,
        there: Vec<(PathBuf, Stamp)>,
        now: Instant,
    ) -> Self {
        let entry = |(path, stamp)| (path, Entry { stamp, since: now, next: Next::Done });
        Self { settle, give_up, files: there.into_iter().map(entry).collect() }
    }

    /// Takes the folder's present listing, and forgets the files that are not in it.
    pub(super) fn look(&mut self, listing: Vec<(PathBuf, Stamp)>, now: Instant) {
        let mut known = std::mem::take(&mut self.files);
        for (path, stamp) in listing {
            let entry = known.remove(&path).filter(|entry| entry.stamp == stamp);
            // Programs that download make an empty file first.
            let still = if stamp.bytes > 0 { self.settle } else { self.settle.max(self.give_up) };
            let fresh = || Entry { stamp, since: now, next: Next::After(still) };
            self.files.insert(path, entry.unwrap_or_else(fresh));
        }
    }

    /// The file to read now; of several, the one that has waited longest. `None` if none is due.
    pub(super) fn due(&self, now: Instant) -> Option<PathBuf> {
        let due = self.waiting().filter(|&(_, _, at)| at <= now);
        due.min_by_key(|&(path, entry, _)| (entry.since, path)).map(|(path, ..)| path.to_path_buf())
    }

    /// When the next file is due; `None` if none waits.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.waiting().map(|(.., at)| at).min()
    }

    /// The files that wait, and until when.
    fn waiting(&self) -> impl Iterator<Item = (&Path, &Entry, Instant)> {
        self.files.iter().filter_map(|(path, entry)| match entry.next {
            Next::After(still) => Some((path.as_path(), entry, entry.since + still)),
            Next::Done => None,
        })
    }

    /// Marks a file as done with.
    pub(super) fn done(&mut self, path: &Path) {
        if let Some(entry) = self.files.get_mut(path) {
            entry.next = Next::Done;
        }
    }

    /// Takes a file that could not be read. It may still be being written, so it is due once more after a longer wait.
    /// False if it has waited already; then it is done with.
    pub(super) fn retry(&mut self, path: &Path) -> bool {
        let (settle, still) = (self.settle, self.give_up);
        let Some(entry) = self.files.get_mut(path) else { return false };
        let again = entry.next != Next::After(still) && still > settle;
        entry.next = if again { Next::After(still) } else { Next::Done };
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_millis(300);
    const GIVE_UP: Duration = Duration::from_secs(3);

    fn file(name: &str, bytes: u64) -> (PathBuf, Stamp) {
        (name.into(), Stamp { bytes, modified: None })
    }

    fn after(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    #[test]
    fn what_was_there_at_the_start_is_not_read_until_it_changes() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![file("lama.png", 10)], start);
        ledger.look(vec![file("lama.png", 10)], after(start, 1000));
        assert_eq!(ledger.due(after(start, 9000)), None, "an old picture is read");
        ledger.look(vec![file("lama.png", 11)], after(start, 9000));
        assert_eq!(ledger.due(after(start, 9300)), Some("lama.png".into()), "a replaced picture is not read");
    }

    #[test]
    fn a_picture_that_grows_is_left_alone() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![], start);
        for step in 1..10 {
            ledger.look(vec![file("baru.png", step)], after(start, step * 200));
            assert_eq!(
                ledger.due(after(start, step * 200 + 199)),
                None,
                "a picture is read while it is written"
            );
        }
        assert_eq!(ledger.due(after(start, 9 * 200 + 300)), Some("baru.png".into()));
    }

    #[test]
    fn an_empty_file_is_waited_for_and_then_due_once() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![], start);
        let path = Path::new("kosong.png");
        ledger.look(vec![file("kosong.png", 0)], start);
        assert_eq!(ledger.due(after(start, 2999)), None, "it may only have been begun");
        assert_eq!(ledger.next_due(), Some(after(start, 3000)), "the folder is looked at before that");
        assert_eq!(ledger.due(after(start, 3000)), Some(path.into()));
        assert!(!ledger.retry(path), "an empty file is never given up");
        ledger.look(vec![file("kosong.png", 0)], after(start, 4000));
        assert_eq!(ledger.next_due(), None, "an empty file is waited for without end");
    }

    #[test]
    fn each_picture_is_read_once_and_the_older_first() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![], start);
        ledger.look(vec![file("b.png", 1)], start);
        ledger.look(vec![file("b.png", 1), file("a.png", 1)], after(start, 100));
        let now = after(start, 1000);
        for expected in ["b.png", "a.png"] {
            assert_eq!(ledger.due(now), Some(expected.into()));
            ledger.done(Path::new(expected));
        }
        assert_eq!(ledger.due(now), None, "a picture is read twice");
        assert_eq!(ledger.next_due(), None, "nothing is left to wait for");
    }

    #[test]
    fn a_broken_picture_gets_one_more_try_when_it_has_stood_still() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![], start);
        let path = Path::new("rusak.png");
        ledger.look(vec![file("rusak.png", 1)], start);
        assert!(ledger.retry(path), "a broken picture is given up at once");
        assert_eq!(ledger.due(after(start, 2999)), None);
        assert_eq!(ledger.due(after(start, 3000)), Some(path.into()));
        assert!(!ledger.retry(path), "a broken picture is never given up");
        assert_eq!(ledger.due(after(start, 60_000)), None);
    }

    #[test]
    fn a_file_that_is_gone_is_forgotten_and_may_come_again() {
        let start = Instant::now();
        let mut ledger = Ledger::new(SETTLE, GIVE_UP, vec![file("a.png", 1)], start);
        ledger.look(vec![], start);
        assert!(ledger.files.is_empty(), "what is known grows for ever");
        ledger.look(vec![file("a.png", 1)], start);
        assert_eq!(ledger.due(after(start, 300)), Some("a.png".into()));
    }
}
