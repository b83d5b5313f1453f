//! Words by which people are found. Names for the index of words and the text of a search are taken apart and folded
//! in the same way. So a name is found as it is spoken, however it was written.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::huruf::{digit, is_blank, is_invisible, is_mark};

/// Increases when the folding changes. A database whose words were folded by another version gets new ones when it is
/// opened.
pub const VERSI: u32 = 2;

/// Characters of a guest's words that are kept. The longest name and institution together have no more.
const FRASA_LEN: usize = 210;

/// Characters of the words of an appointment or a user that are kept.
const KATA_LEN: usize = 400;

/// Words that one search looks for. If there are more, the shorter ones are left out.
const SEARCHED: usize = 5;

/// The words of a text in their order, with a blank between: runs of letters and digits, folded.
///
/// Letters are reduced to what they are made of (`ﬁ` is `fi`, `Ａ` is `a`), in lower case and without marks. An
/// apostrophe within a word is dropped (`Ma'ruf` is `maruf`), and so are invisible characters.
pub fn frasa(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<_> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether two names are spoken alike. Case, accents, apostrophes and punctuation make no difference.
pub fn is_same(a: &str, b: &str) -> bool {
    frasa(a) == frasa(b)
}

/// Whether it holds a letter that a reader can see, of any script.
pub fn has_letter(text: &str) -> bool {
    fold(text).chars().any(char::is_alphabetic)
}

/// The words that an appointment is found by, besides those of its two people: its purpose, and who comes from where.
pub fn of_janji_temu(keperluan: &str, atas_nama: Option<&str>, instansi: Option<&str>) -> String {
    bounded(&[keperluan, atas_nama.unwrap_or_default(), instansi.unwrap_or_default()], KATA_LEN)
}

/// The words that a user is found by.
pub fn of_pengguna(nama: &str, jabatan: Option<&str>, email: &str) -> String {
    bounded(&[nama, jabatan.unwrap_or_default(), email], KATA_LEN)
}

fn bounded(texts: &[&str], len: usize) -> String {
    frasa(&texts.join(" ")).chars().take(len).collect()
}

/// The phrases that a guest is found by: the words of name and institution, rotated to start at each word in turn. So
/// words that stand in a row are the beginning of one phrase, and each phrase holds all words.
pub fn of_tamu(nama: &str, instansi: Option<&str>) -> Vec<String> {
    let words = bounded(&[nama, instansi.unwrap_or_default()], FRASA_LEN);
    let mut found_by: Vec<_> = from_each_word(&words).collect();
    found_by.sort_unstable();
    found_by.dedup();
    found_by
}

/// The phrases that a search asks for: the words as typed, then rotated to start at each of the others. So it does not
/// matter which of two names comes first.
pub fn searched_in_a_row(text: &str) -> Vec<String> {
    let mut searched: Vec<String> = Vec::new();
    for row in from_each_word(&frasa(text)).take(SEARCHED) {
        if !searched.contains(&row) {
            searched.push(row);
        }
    }
    searched
}

/// The beginnings of words that a search asks for, the longest first. A word that is the beginning of another one is
/// left out.
pub fn searched(text: &str) -> Vec<String> {
    let frasa = frasa(text);
    let mut words: Vec<_> = frasa.split_whitespace().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    let mut searched: Vec<String> = Vec::new();
    for word in words {
        if !searched.iter().any(|longer| longer.starts_with(word)) {
            searched.push(word.to_owned());
        }
    }
    searched.truncate(SEARCHED);
    searched
}

/// Whether a word of the phrase begins with `awal`.
pub fn has(frasa: &str, awal: &str) -> bool {
    frasa.split(' ').any(|word| word.starts_with(awal))
}

/// The first text, by code points, after all that begin with `prefix`; `None` if there is none.
pub fn end_of_prefix(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = (u32::from(last) + 1..=u32::from(char::MAX)).find_map(char::from_u32);
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

/// The phrase, rotated to start at each of its words in turn.
fn from_each_word(frasa: &str) -> impl Iterator<Item = String> {
    let words: Vec<_> = frasa.split_whitespace().collect();
    (0..words.len()).map(move |n| [&words[n..], &words[..n]].concat().join(" "))
}

fn fold(text: &str) -> String {
    let visible = |c: char| if is_blank(c) { Some(' ') } else { Some(c).filter(|c| !is_invisible(*c)) };
    let chars: Vec<char> = text.chars().filter_map(visible).collect();
    let is_letter =
        |n: Option<usize>| n.and_then(|n| chars.get(n)).is_some_and(|c| c.is_alphanumeric() || is_mark(*c));
    let mut plain = String::with_capacity(text.len());
    for (n, c) in chars.iter().enumerate() {
        match (is_apostrophe(*c), is_letter(n.checked_sub(1)) && is_letter(Some(n + 1))) {
            (true, true) => {}
            (true, false) => plain.push(' '),
            (false, _) => plain.push(*c),
        }
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(&plain);
    let mut folded = String::with_capacity(decomposed.len());
    for c in decomposed.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c) && !is_invisible(*c)) {
        match (digit(c), undivided(c)) {
            (Some(digit), _) => folded.push(char::from(b'0' + digit)),
            (None, Some(plain)) => folded.push_str(plain),
            (None, None) => folded.push(c),
        }
    }
    folded
}

/// What people type for an apostrophe in a name, including the signs for a glottal stop.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{2B9}'..='\u{2BF}' | '\u{2C8}' | '\u{2CA}' | '\u{2CB}' | '\u{384}' | '\u{55A}' | '\u{5F3}'
            | '\u{1FBD}' | '\u{1FBF}' | '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2035}' | '\u{A78B}' | '\u{A78C}'
            | '\u{FF07}' | '\u{FF40}'
    )
}

/// Letters that no decomposition takes apart, as people type them on a keyboard that lacks them.
fn undivided(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words_in_lower_case() {
        assert_eq!(frasa("Dewi  LESTARI, dewi"), "dewi lestari dewi");
        assert_eq!(frasa("PT 100% Baja/SMP_3"), "pt 100 baja smp 3");
        assert_eq!(frasa(" %_- "), "");
        assert_eq!(frasa("d'"), "d");
    }

    /// A text and its words. The pages' tests read the same cases.
    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        frasa: String,
    }

    #[test]
    fn a_name_is_folded_as_the_shared_cases_say() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../../tests/fixtures/frasa.json")).unwrap();
        for Case { text, frasa: expected } in cases {
            assert_eq!(frasa(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_letter_has_to_be_seen() {
        for text in ["Ö", "王", "ชาติ", "ꦧ", "x1", "ﷺ", "Ⅷ"] {
            assert!(has_letter(text), "{text:?}");
        }
        for text in ["", " ", "123", "٣", "-", "…", "🙂", "\u{3164}", "\u{200B}", "\u{301}", "'", "ʼ"] {
            assert!(!has_letter(text), "{text:?}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_the_same_person() {
        assert!(is_same("Ma'ruf Amin", "MA’RUF  AMIN"));
        assert!(is_same("Chloe\u{301}", "chloé"));
        assert!(!is_same("Budi Santoso", "Rina Santoso"));
    }

    #[test]
    fn a_guest_is_found_from_each_word_on() {
        assert_eq!(
            of_tamu("Budi \"B\" Santoso", Some("Dinas")),
            ["b santoso dinas budi", "budi b santoso dinas", "dinas budi b santoso", "santoso dinas budi b"]
        );
        assert_eq!(of_tamu("Ali Ali", None), ["ali ali"]);
        assert_eq!(of_tamu("-", None), [""; 0]);
        let longest = of_tamu(&"é".repeat(100), Some(&"x ".repeat(50)));
        assert!(longest.iter().all(|frasa| frasa.encode_utf16().count() <= 2 * FRASA_LEN), "{longest:?}");
        assert_eq!(of_tamu(&"a".repeat(900), None), ["a".repeat(FRASA_LEN)]);
    }

    #[test]
    fn a_search_asks_for_words_in_a_row_from_each_of_them_on() {
        assert_eq!(searched_in_a_row("Siti, RAHMA d"), ["siti rahma d", "rahma d siti", "d siti rahma"]);
        assert_eq!(searched_in_a_row("siti siti"), ["siti siti"]);
        assert_eq!(searched_in_a_row("a b c d e f g").len(), 5);
        assert_eq!(searched_in_a_row("?"), [""; 0]);
    }

    #[test]
    fn a_search_asks_for_the_longest_word_first_and_nothing_twice() {
        assert_eq!(searched("di Siti Sit Aminah"), ["aminah", "siti", "di"]);
        assert_eq!(searched("b a b"), ["a", "b"]);
        assert_eq!(searched("a b c d e f g").len(), 5);
        assert_eq!(searched("?"), [""; 0]);
    }

    #[test]
    fn a_prefix_ends_before_the_next_text() {
        assert_eq!(end_of_prefix("sit").as_deref(), Some("siu"));
        assert_eq!(end_of_prefix("a\u{D7FF}").as_deref(), Some("a\u{E000}"));
        assert_eq!(end_of_prefix("a\u{10FFFF}").as_deref(), Some("b"));
        assert_eq!(end_of_prefix(""), None);
        for begins in ["sit", "siti", "sit\u{FFFF}"] {
            assert!(("sit".."siu").contains(&begins));
        }
    }
}
