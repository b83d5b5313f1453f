//! The wedge's rule on what people and scanners really send, and its promises on any keys at all.

use proptest::prelude::*;

use super::*;

const CODE: &str = "JANJI234TEMU567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The page as a guest sees it: what was typed into it and what was scanned.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    typed: String,
    scans: Vec<String>,
}

/// Presses these keys as a window does, ticking at the deadline, and waits until nothing is held.
fn play(keys: impl IntoIterator<Item = KeyPress>) -> Page {
    let mut wedge = Wedge::default();
    let mut page = Page::default();
    for press in keys {
        if let Some(deadline) = wedge.deadline().filter(|deadline| *deadline <= press.at_ms) {
            page.typed += &wedge.tick(deadline);
        }
        let verdict = wedge.press(press);
        page.typed += &verdict.typed;
        page.scans.extend(verdict.scan);
        match press.key {
            Key::Char(character) if !verdict.swallow => page.typed.push(character),
            Key::Enter if !verdict.swallow => page.typed.push('\n'),
            _ => {}
        }
    }
    page.typed += &wedge.tick(u64::MAX);
    assert_eq!(wedge.deadline(), None, "something is held for ever");
    page
}

fn key(key: Key, at_ms: u64) -> KeyPress {
    KeyPress { key, at_ms, repeat: false, caps_lock: false }
}

/// The text typed from `start_ms` on, one character every `gap_ms`, and Enter as late after the last.
fn keys(text: &str, start_ms: u64, gap_ms: u64) -> Vec<KeyPress> {
    let characters = text.chars().map(Key::Char).chain([Key::Enter]);
    characters.zip(0..).map(|(k, n)| key(k, start_ms + n * gap_ms)).collect()
}

#[track_caller]
fn assert_page(keys: impl IntoIterator<Item = KeyPress>, typed: &str, scans: &[&str]) {
    let expected = Page { typed: typed.into(), scans: scans.iter().map(|s| s.to_string()).collect() };
    assert_eq!(play(keys), expected);
}

#[test]
fn a_burst_with_enter_is_a_scan_and_types_nothing() {
    for gap_ms in [0, 2, 15, MAX_GAP_MS] {
        assert_page(keys(CODE, 1000, gap_ms), "", &[CODE]);
    }
}

#[test]
fn a_person_types_and_nothing_is_lost() {
    for gap_ms in [MAX_GAP_MS + 1, 80, 150, 2000] {
        assert_page(keys(CODE, 1000, gap_ms), &format!("{CODE}\n"), &[]);
    }
}

#[test]
fn a_burst_without_enter_is_given_back() {
    let mut burst = keys(CODE, 1000, 5);
    burst.pop();
    assert_page(burst, CODE, &[]);
}

#[test]
fn a_short_burst_is_typing() {
    let short = &CODE[..MIN_LENGTH - 1];
    assert_page(keys(short, 1000, 5), &format!("{short}\n"), &[]);
    assert_page(keys(&CODE[..MIN_LENGTH], 1000, 5), "", &[&CODE[..MIN_LENGTH]]);
}

#[test]
fn a_scan_in_the_middle_of_typing_leaves_the_typing_whole() {
    let person = "Ibu Siti".chars().zip(0..).map(|(c, n)| key(Key::Char(c), n * 120));
    let after = [key(Key::Char('!'), 9000)];
    assert_page(person.chain(keys(CODE, 2000, 4)).chain(after), "Ibu Siti!", &[CODE]);
}

#[test]
fn two_scans_in_a_row_are_two() {
    let other = "LAIN23LAIN45LAIN67";
    assert_page(keys(CODE, 0, 3).into_iter().chain(keys(other, 300, 3)), "", &[CODE, other]);
}

#[test]
fn shift_between_the_characters_changes_nothing() {
    let shifted = keys(CODE, 0, 4).into_iter().flat_map(|press| [key(Key::Modifier, press.at_ms), press]);
    assert_page(shifted, "", &[CODE]);
}

#[test]
fn caps_lock_is_undone_in_a_scan_and_left_alone_in_typing() {
    let locked = |gap_ms| {
        let keys = keys(&CODE.to_ascii_lowercase(), 0, gap_ms);
        keys.into_iter().map(|press| KeyPress { caps_lock: true, ..press })
    };
    assert_page(locked(4), "", &[CODE]);
    assert_page(locked(100), &format!("{}\n", CODE.to_ascii_lowercase()), &[]);
}

#[test]
fn a_key_held_down_is_typing() {
    let held = |repeat| {
        let keys = keys(&"a".repeat(40), 0, 30).into_iter().enumerate();
        keys.map(move |(n, press)| KeyPress { repeat: repeat && n > 0 && press.key != Key::Enter, ..press })
    };
    assert_page(held(true), &format!("{}\n", "a".repeat(40)), &[]);
    assert_page(held(false), &format!("{}\n", "a".repeat(40)), &[]);
}

#[test]
fn another_key_breaks_a_burst() {
    let mut burst = keys(CODE, 0, 4);
    burst.insert(20, key(Key::Other, 80));
    let (before, after) = CODE.split_at(20);
    assert_page(burst, before, &[after]);
}

#[test]
fn an_over_long_burst_is_typing_to_its_end() {
    let long = "AB".repeat(MAX_LENGTH);
    assert_page(keys(&long, 0, 1).into_iter().chain(keys(CODE, 90_000, 1)), &format!("{long}\n"), &[CODE]);
}

#[test]
fn a_late_enter_is_an_enter() {
    let mut late = keys(CODE, 0, 4);
    let last_ms = late[CODE.len() - 1].at_ms;
    late[CODE.len()].at_ms = last_ms + MAX_ENTER_GAP_MS;
    assert_page(late.clone(), "", &[CODE]);
    late[CODE.len()].at_ms += 1;
    assert_page(late, &format!("{CODE}\n"), &[]);
}

#[test]
fn a_clock_that_goes_backwards_breaks_a_burst_and_loses_nothing() {
    let mut burst = keys(CODE, 10_000, 4);
    burst[30].at_ms = 50;
    assert_page(burst, &CODE[..31], &[&CODE[31..]]);
}

fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => "[ -~é]".prop_map(|s| Key::Char(s.chars().next().unwrap_or('x'))),
        1 => Just(Key::Enter),
        1 => Just(Key::Modifier),
        1 => Just(Key::Other),
    ]
}

/// Keys with gaps as people and scanners make them, and some that repeat.
fn any_keys(gaps_ms: impl Strategy<Value = u64>) -> impl Strategy<Value = Vec<KeyPress>> {
    proptest::collection::vec((any_key(), gaps_ms, proptest::bool::weighted(0.02)), 0..200).prop_map(|keys| {
        let mut at_ms = 0;
        let press = |(key, gap_ms, repeat)| {
            at_ms += gap_ms;
            KeyPress { key, at_ms, repeat, caps_lock: false }
        };
        keys.into_iter().map(press).collect()
    })
}

proptest! {
    /// Whatever is pressed, each character ends up once, in order: in the page or in a scan.
    #[test]
    fn nothing_is_lost_or_doubled(keys in any_keys(prop_oneof![3 => 0..60u64, 1 => 0..300u64])) {
        let mut wedge = Wedge::default();
        let (mut pressed, mut seen) = (String::new(), String::new());
        for press in keys {
            seen += &wedge.tick(press.at_ms);
            let verdict = wedge.press(press);
            seen += &verdict.typed;
            prop_assert!(verdict.scan.is_none() || press.key == Key::Enter, "a scan without Enter");
            seen += &verdict.scan.unwrap_or_default();
            if let Key::Char(character) = press.key {
                pressed.push(character);
                if !verdict.swallow {
                    seen.push(character);
                }
            }
        }
        seen += &wedge.tick(u64::MAX);
        prop_assert_eq!(seen, pressed);
    }

    /// Whoever is slower than a scanner types.
    #[test]
    fn typing_is_never_a_scan(keys in any_keys(MAX_GAP_MS + 1..400)) {
        let page = play(keys);
        prop_assert!(page.scans.is_empty(), "typing was taken for {:?}", page.scans);
    }

    /// Even a fast typist who now and then rolls over some keys at once types.
    #[test]
    fn rolls_over_the_keyboard_are_never_a_scan(
        rolls in proptest::collection::vec((1..MIN_LENGTH, 0..30u64, 60..300u64), 1..20),
    ) {
        let mut at_ms = 0;
        let mut keys = Vec::new();
        for (length, gap_ms, pause_ms) in rolls {
            at_ms += pause_ms;
            for character in CODE.chars().take(length) {
                keys.push(key(Key::Char(character), at_ms));
                at_ms += gap_ms;
            }
        }
        keys.push(key(Key::Enter, at_ms));
        let page = play(keys);
        prop_assert!(page.scans.is_empty(), "a roll over the keyboard was taken for {:?}", page.scans);
    }

    /// A scanner of any speed within the limit is never typing, whatever was typed before.
    #[test]
    fn a_scan_is_never_typing(
        before in any_keys(100..400u64),
        code in "[A-Z2-7]{12,150}",
        gaps_ms in proptest::collection::vec(0..=MAX_GAP_MS, 151),
    ) {
        prop_assume!(code.chars().any(|c| !code.starts_with(c)));
        let mut at_ms = before.last().map_or(0, |press| press.at_ms) + 1000;
        let burst = code.chars().map(Key::Char).chain([Key::Enter]).zip(gaps_ms).map(|(k, gap_ms)| {
            at_ms += gap_ms;
            key(k, at_ms)
        });
        let alone = play(before.clone());
        let page = play(before.into_iter().chain(burst));
        prop_assert_eq!(page.scans, [code], "the scan");
        prop_assert_eq!(page.typed, alone.typed, "what was typed before the scan changed");
    }
}
