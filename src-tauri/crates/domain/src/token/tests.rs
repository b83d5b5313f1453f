//! The token's form is pinned by a known value; its promises hold under arbitrary input.

use proptest::prelude::*;

use super::*;

fn keys(current: u8) -> TokenKeys {
    TokenKeys::new(current, BTreeMap::from([(1, [7; 32]), (2, [9; 32])])).unwrap()
}

fn at(hours: i64) -> DateTime<Utc> {
    epoch() + Duration::hours(hours)
}

#[test]
fn the_form_is_pinned() {
    let text = keys(1).sign(&Token::janji_temu(IdJanjiTemu(42), at(60_000)));
    assert_eq!(text.len(), TOKEN_LEN);
    // Computed independently, with Python's hmac, hashlib and base64.
    assert_eq!(text, "CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY");
}

#[test]
fn a_key_that_no_longer_signs_is_still_recognised() {
    let token = Token::tamu(IdTamu(3));
    assert_eq!(keys(2).verify(&keys(1).sign(&token)), Ok(token));
}

#[test]
fn an_unknown_key_is_a_foreign_signature() {
    let foreign = TokenKeys::new(9, BTreeMap::from([(9, [1; 32])])).unwrap();
    let text = foreign.sign(&Token::tamu(IdTamu(3)));
    assert_eq!(keys(1).verify(&text), Err(InvalidToken::Signature));
}

#[test]
fn expiry_is_to_the_hour_and_a_permanent_code_never_ends() {
    let token = Token::janji_temu(IdJanjiTemu(1), at(10) + Duration::minutes(1));
    assert!(!token.is_expired(at(10) + Duration::minutes(59)));
    assert!(token.is_expired(at(11)));
    assert!(!Token::tamu(IdTamu(1)).is_expired(at(10_000_000)));
}

#[test]
fn a_qr_is_the_token_or_a_url_in_capitals() {
    assert_eq!(qr_text("ABC", None), "ABC");
    assert_eq!(qr_text("ABC", Some("https://tamu.sekolah.example/")), "HTTPS://TAMU.SEKOLAH.EXAMPLE/K/ABC");
}

/// One case that this side and the pages must decide alike.
#[derive(serde::Deserialize)]
struct Case {
    text: String,
    token: Option<String>,
}

#[test]
fn a_token_is_found_as_the_shared_cases_say() {
    let cases = include_str!("../../../../../tests/fixtures/token.json");
    let cases: Vec<Case> = serde_json::from_str(cases).expect("the shared cases");
    assert!(cases.len() > 20, "the shared cases are gone");
    for Case { text, token } in cases {
        assert_eq!(find(&text), token.as_deref(), "in {text:?}");
    }
}

#[test]
fn what_stands_around_a_genuine_token_does_not_matter() {
    let token = Token::janji_temu(IdJanjiTemu(42), at(60_000));
    let text = keys(1).sign(&token);
    for around in [
        format!("{text}/"),
        format!("{text}."),
        format!("{text},1"),
        format!("{text}2"),
        format!("{text}?utm_source=wa&lang=id"),
        format!("https://tamu.sekolah.example/k/{}/#top", text.to_lowercase()),
        format!("]Q1{text}\r\n"),
        format!("Q{text}Q"),
        format!("\u{feff}{text}\u{2069} \u{a0}"),
        format!("{text} {}", "A".repeat(60)),
        format!("{}{text}", "CA".repeat(40)),
    ] {
        assert_eq!(keys(1).verify(&around), Ok(token), "{around:?}");
    }
}

#[test]
fn a_text_of_nothing_but_beginnings_is_refused_without_end() {
    let endless = "CAA".repeat(MAX_TEXT_BYTES / 3);
    assert_eq!(keys(1).verify(&endless), Err(InvalidToken::Signature));
    assert_eq!(keys(1).verify(&"CAA".repeat(1 << 20)), Err(InvalidToken::Format), "no code is so long");
}

proptest! {
    #[test]
    fn what_was_signed_is_read_back(
        id in any::<i64>(),
        hours in 0i64..HOURS_MAX as i64,
        url in any::<bool>(),
        lower in any::<bool>()
    ) {
        let token = Token::janji_temu(IdJanjiTemu(id), at(hours));
        let mut text = qr_text(&keys(1).sign(&token), url.then_some("https://sekolah.example"));
        if lower {
            text = text.to_ascii_lowercase();
        }
        prop_assert_eq!(keys(1).verify(&format!("  {text}\r\n")), Ok(token));
    }

    #[test]
    fn one_changed_character_is_refused(id in any::<i64>(), place in 0..TOKEN_LEN, other in "[A-Z2-7]") {
        let text = keys(1).sign(&Token::tamu(IdTamu(id)));
        let mut changed = text.clone();
        changed.replace_range(place..=place, &other);
        prop_assume!(changed != text);
        prop_assert!(keys(1).verify(&changed).is_err());
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,120}") {
        prop_assert!(keys(1).verify(&text).is_err());
    }
}
