//! Lets a code that is held in view count once. Pure: texts and times in, yes or no out. Keeps a bounded number of
//! texts for a few seconds.

use std::time::{Duration, Instant};

/// A code counts at most once in this time, whichever scanners see it.
pub const REPEAT_WINDOW: Duration = Duration::from_secs(3);

/// How many codes are remembered: more than a desk can be shown in [`REPEAT_WINDOW`]. Beyond that, the code that was
/// not seen for longest is forgotten, so that noise cannot push out a code that is held in view.
pub const MAX_REMEMBERED: usize = 64;

/// Decides whether a read counts or repeats one that already did.
///
/// A text counts if it has never counted, or if both hold: it last counted at least [`REPEAT_WINDOW`] ago, and it has
/// been out of sight for the source's gap ([`crate::SourceKind::held_gap`]). So a phone left in view of a camera counts
/// once, however long it stays. That matters, because a second arrival after some minutes means leaving. If a
/// receptionist pulls the trigger again, the first pull after 3 s counts at the latest. Other codes seen in between
/// change nothing.
#[derive(Debug, Default)]
pub struct RepeatFilter {
    seen: Vec<Seen>,
}

#[derive(Debug)]
struct Seen {
    text: String,
    counted_at: Instant,
    seen_at: Instant,
}

impl RepeatFilter {
    /// Whether this read, seen `now`, counts. A time that goes backwards counts as the latest known.
    pub fn admit(&mut self, text: &str, held_gap: Duration, now: Instant) -> bool {
        self.seen.retain(|seen| now.saturating_duration_since(seen.seen_at) < REPEAT_WINDOW.max(held_gap));
        let Some(seen) = self.seen.iter_mut().find(|seen| seen.text == text) else {
            self.remember(text, now);
            return true;
        };
        let held = now.saturating_duration_since(seen.seen_at) < held_gap;
        let recent = now.saturating_duration_since(seen.counted_at) < REPEAT_WINDOW;
        seen.seen_at = seen.seen_at.max(now);
        if held || recent {
            return false;
        }
        seen.counted_at = now;
        true
    }

    fn remember(&mut self, text: &str, now: Instant) {
        if self.seen.len() >= MAX_REMEMBERED {
            let oldest = self.seen.iter().enumerate().min_by_key(|(_, seen)| seen.seen_at);
            if let Some((oldest, _)) = oldest {
                self.seen.swap_remove(oldest);
            }
        }
        self.seen.push(Seen { text: text.to_owned(), counted_at: now, seen_at: now });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SourceKind;

    /// Which of these sightings of one code, in milliseconds, count.
    fn counted(kind: SourceKind, sightings_ms: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let start = Instant::now();
        let mut filter = RepeatFilter::default();
        sightings_ms
            .into_iter()
            .filter(|ms| filter.admit("KODE", kind.held_gap(), start + Duration::from_millis(*ms)))
            .collect()
    }

    #[test]
    fn a_camera_counts_as_the_cases_shared_with_the_pages_say() {
        let cases = include_str!("../../../../tests/fixtures/repeat.json");
        let cases: Vec<serde_json::Value> = serde_json::from_str(cases).expect("the shared cases");
        assert!(cases.len() > 3, "the shared cases are gone");
        for case in cases {
            let sightings = serde_json::from_value::<Vec<(u64, String, bool)>>(case["sightings"].clone());
            let start = Instant::now();
            let mut filter = RepeatFilter::default();
            for (ms, text, counts) in sightings.expect("times, texts and answers") {
                let now = start + Duration::from_millis(ms);
                let admitted = filter.admit(&text, SourceKind::Camera.held_gap(), now);
                assert_eq!(admitted, counts, "{}: {text} at {ms} ms", case["what"]);
            }
        }
    }

    #[test]
    fn a_code_held_before_the_camera_counts_once_however_long() {
        let five_minutes = (0..5 * 60 * 1000).step_by(100);
        assert_eq!(counted(SourceKind::Camera, five_minutes), [0], "a phone left in view counted again");
        assert_eq!(
            counted(SourceKind::Camera, (0..60_000).step_by(2_900)),
            [0],
            "missed frames let it count again"
        );
    }

    #[test]
    fn shown_again_after_three_seconds_it_counts_again() {
        assert_eq!(counted(SourceKind::Camera, [0, 1000, 3999, 7000]), [0, 7000]);
        assert_eq!(counted(SourceKind::Serial, [0, 2999]), [0], "it counted twice within 3 s");
        assert_eq!(counted(SourceKind::Serial, [0, 3000]), [0, 3000], "it did not count after 3 s");
    }

    #[test]
    fn pulling_the_trigger_every_two_seconds_is_answered() {
        assert_eq!(counted(SourceKind::Hid, [0, 2000, 4000, 6000, 8000]), [0, 4000, 8000]);
    }

    #[test]
    fn a_hands_free_scanner_that_repeats_counts_once() {
        assert_eq!(counted(SourceKind::Serial, (0..60_000).step_by(1000)), [0]);
    }

    #[test]
    fn noise_does_not_push_out_a_code_that_is_held() {
        let start = Instant::now();
        let mut filter = RepeatFilter::default();
        let mut times = 0;
        for ms in 0..2000 {
            let now = start + Duration::from_millis(ms);
            filter.admit(&format!("bising{ms}"), SourceKind::Serial.held_gap(), now);
            if ms % 30 == 0 {
                times += u32::from(filter.admit("KODE", SourceKind::Camera.held_gap(), now));
            }
        }
        assert_eq!(times, 1, "noise on one line made a held code count again");
        assert!(filter.seen.len() <= MAX_REMEMBERED, "{} texts are remembered", filter.seen.len());
    }

    proptest! {
        #[test]
        fn no_code_counts_twice_in_the_window_and_a_first_one_always_does(
            reads in proptest::collection::vec((0..4usize, 0..2000u64, any::<bool>()), 1..200),
        ) {
            let mut filter = RepeatFilter::default();
            let mut now = Instant::now();
            let mut last_counted = [None::<Instant>; 4];
            for (code, gap_ms, camera) in reads {
                now += Duration::from_millis(gap_ms);
                let kind = if camera { SourceKind::Camera } else { SourceKind::Serial };
                let counts = filter.admit(&code.to_string(), kind.held_gap(), now);
                match last_counted[code] {
                    None => prop_assert!(counts, "the first sight of code {code} did not count"),
                    Some(last) if counts => {
                        prop_assert!(now - last >= REPEAT_WINDOW, "code {code} counted again after {:?}", now - last);
                    }
                    Some(_) => {}
                }
                if counts {
                    last_counted[code] = Some(now);
                }
            }
        }

        #[test]
        fn after_the_window_out_of_sight_it_counts(gap_ms in 3000..100_000u64) {
            prop_assert_eq!(counted(SourceKind::Camera, [0, gap_ms]), [0, gap_ms]);
        }
    }
}
