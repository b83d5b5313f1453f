//! Words by which a guest is found: how a name is taken apart for the index of words, and how what somebody types is.

/// Characters of a guest's words that are kept; a name and an institution of the longest kind have no more.
const FRASA_LEN: usize = 210;

/// Words that one search looks for; the shorter ones beyond are left out of it.
const SEARCHED: usize = 5;

/// The words of a text as they stand, with a blank between: runs of letters and digits, in lower case, without combining
/// marks.
pub fn frasa(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<_> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What a guest is found by: the words of name and institution, once from each word on, with those before it at the end. So
/// words that stand in a row are the beginning of one of them, and each of them holds all words.
pub fn of_tamu(nama: &str, instansi: Option<&str>) -> Vec<String> {
    let words: String =
        frasa(&[nama, instansi.unwrap_or_default()].join(" ")).chars().take(FRASA_LEN).collect();
    let mut found_by: Vec<_> = from_each_word(&words).collect();
    found_by.sort_unstable();
    found_by.dedup();
    found_by
}

/// The rows of words that a search asks for: as they stand, then from each of the other words on. So it does not matter which
/// of two names comes first.
pub fn searched_in_a_row(text: &str) -> Vec<String> {
    let mut searched: Vec<String> = Vec::new();
    for row in from_each_word(&frasa(text)).take(SEARCHED) {
        if !searched.contains(&row) {
            searched.push(row);
        }
    }
    searched
}

/// Beginnings of words that a search asks for, the longest first. One that is the beginning of another asks for nothing
/// more.
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

/// Whether a word of the phrase begins so.
pub fn has(frasa: &str, awal: &str) -> bool {
    frasa.split(' ').any(|word| word.starts_with(awal))
}

/// The first text, by code points, after all that begin with `prefix`; `None` where there is none.
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

/// The phrase from each of its words on, with those before it at the end.
fn from_each_word(frasa: &str) -> impl Iterator<Item = String> {
    let words: Vec<_> = frasa.split_whitespace().collect();
    (0..words.len()).map(move |n| [&words[n..], &words[..n]].concat().join(" "))
}

fn fold(text: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36F}');
    text.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words_in_lower_case() {
        assert_eq!(frasa("Dewi  LESTARI, dewi"), "dewi lestari dewi");
        assert_eq!(frasa("PT 100% Baja/SMP_3"), "pt 100 baja smp 3");
        assert_eq!(frasa("Ma'ruf Ömer İpek"), "ma ruf ömer ipek");
        assert_eq!(frasa("Jose\u{301}"), "jose");
        assert_eq!(frasa(" %_- "), "");
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
