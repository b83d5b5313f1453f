//! The keyboard wedge's rule: a scanner that types into the window is told from a person who does. Pure: keys
//! and times in, verdicts out; the window owns the keyboard, and its TypeScript follows this file with the
//! same constants.
//!
//! **The rule.** A scan is a burst of at least [`MIN_LENGTH`] characters, each at most [`MAX_GAP_MS`] after
//! the one before, not all the same, ended by Enter at most [`MAX_ENTER_GAP_MS`] after the last. Everything
//! else is typing. As a burst is only known by its end, every character is held until it is decided; typing
//! gets it back at the latest [`MAX_GAP_MS`] (for the last of a long burst [`MAX_ENTER_GAP_MS`]) later, in
//! order and complete, so nobody notices.
//!
//! **In a window.** On `keydown`, with `Wedge::press(key)` and the verdict it gives:
//! 1. characters typed with Ctrl, Alt or Meta held are [`Key::Other`]: shortcuts are never part of a burst;
//! 2. first insert `typed` where the cursor is, as if typed;
//! 3. `preventDefault()` if the key is swallowed;
//! 4. hand on `scan`, if there is one;
//! 5. set a timer for `Wedge::deadline()`, and when it fires insert what `Wedge::tick(now)` gives back; by way
//!    of one more `setTimeout(…, 0)`, so that keys which a busy page has not seen yet come first.
//!
//! Use the event's own `timeStamp`, not the clock: a busy page sees keys late, but stamped with the time of
//! the keyboard.

/// The longest gap between two characters of a burst, in milliseconds. Scanners type every 2 to 30 ms; 50 ms
/// is 20 keys a second, and the fastest typists stay below 20 over [`MIN_LENGTH`] keys.
pub const MAX_GAP_MS: u64 = 50;

/// The longest gap between the last character and Enter: some scanners pause before their suffix.
pub const MAX_ENTER_GAP_MS: u64 = 100;

/// The fewest characters of a scan. Our codes have 47 and more; the fastest roll over the keyboard has fewer
/// than this.
pub const MIN_LENGTH: usize = 12;

/// The most characters of a scan, as in [`crate::text::MAX_TEXT_BYTES`]. What is longer is given back as
/// typing.
pub const MAX_LENGTH: usize = 4096;

/// A key going down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    /// Which.
    pub key: Key,
    /// When, in milliseconds of any clock.
    pub at_ms: u64,
    /// The keyboard repeats it because it is held down (`KeyboardEvent.repeat`).
    pub repeat: bool,
    /// Caps Lock is on (`getModifierState("CapsLock")`).
    pub caps_lock: bool,
}

/// Which key, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One that types this character.
    Char(char),
    /// Enter, of the keyboard or the number pad.
    Enter,
    /// Shift, Caps Lock, AltGr: they come between the characters of a burst and mean nothing by themselves.
    Modifier,
    /// Any other: Tab, Backspace, arrows, shortcuts.
    Other,
}

/// What to do with a key, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Characters held earlier that were typing after all: insert them now.
    pub typed: String,
    /// Keep this key from the page: it is held or part of a scan.
    pub swallow: bool,
    /// The burst that this Enter ended.
    pub scan: Option<String>,
}

/// Tells scans from typing, key by key.
#[derive(Debug, Default)]
pub struct Wedge {
    held: String,
    /// Characters in `held`.
    length: usize,
    /// When the last character came.
    last_ms: u64,
    caps_lock: bool,
    /// The burst under way grew too long: let it pass as typing up to its end.
    passing: bool,
}

impl Wedge {
    /// Decides on one key.
    pub fn press(&mut self, press: KeyPress) -> Verdict {
        match press.key {
            Key::Modifier => Verdict::default(),
            Key::Char(character) if !press.repeat => self.character(character, press),
            Key::Enter if !press.repeat && self.is_scan(press.at_ms) => {
                let held = self.give_back();
                let scan = if self.caps_lock { swap_case(&held) } else { held };
                Verdict { typed: String::new(), swallow: true, scan: Some(scan) }
            }
            Key::Char(_) | Key::Enter | Key::Other => {
                self.passing = false;
                Verdict { typed: self.give_back(), ..Verdict::default() }
            }
        }
    }

    /// Gives back what is held and has waited too long to become a scan; empty when there is nothing.
    pub fn tick(&mut self, now_ms: u64) -> String {
        if self.deadline().is_some_and(|deadline| now_ms >= deadline) {
            self.give_back()
        } else {
            String::new()
        }
    }

    /// When to call [`Wedge::tick`], by the clock of the keys; `None` while nothing is held.
    pub fn deadline(&self) -> Option<u64> {
        let wait = if self.length >= MIN_LENGTH { MAX_ENTER_GAP_MS } else { MAX_GAP_MS };
        // One more, as a key that comes exactly then is still part of the burst.
        (self.length > 0).then(|| self.last_ms.saturating_add(wait + 1))
    }

    fn character(&mut self, character: char, press: KeyPress) -> Verdict {
        let continues =
            self.gap(press.at_ms).is_some_and(|gap| gap <= MAX_GAP_MS) && self.caps_lock == press.caps_lock;
        self.last_ms = press.at_ms;
        if self.passing && continues {
            return Verdict::default();
        }
        self.passing = false;
        let mut typed = if continues { String::new() } else { self.give_back() };
        self.caps_lock = press.caps_lock;
        if self.length == MAX_LENGTH {
            typed = self.give_back();
            self.passing = true;
            return Verdict { typed, ..Verdict::default() };
        }
        self.held.push(character);
        self.length += 1;
        Verdict { typed, swallow: true, scan: None }
    }

    /// Whether an Enter now ends a scan.
    fn is_scan(&self, at_ms: u64) -> bool {
        let first = self.held.chars().next();
        self.length >= MIN_LENGTH
            && self.gap(at_ms).is_some_and(|gap| gap <= MAX_ENTER_GAP_MS)
            // A key held down on a keyboard that does not say so.
            && self.held.chars().any(|character| Some(character) != first)
    }

    /// Milliseconds since the last character; `None` when the clock went backwards, which no burst survives.
    fn gap(&self, at_ms: u64) -> Option<u64> {
        at_ms.checked_sub(self.last_ms)
    }

    fn give_back(&mut self) -> String {
        self.length = 0;
        std::mem::take(&mut self.held)
    }
}

/// Undoes Caps Lock: the scanner pressed Shift for capitals, and the lock turned them round.
fn swap_case(text: &str) -> String {
    let swap = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    text.chars().map(swap).collect()
}

#[cfg(test)]
mod tests;
