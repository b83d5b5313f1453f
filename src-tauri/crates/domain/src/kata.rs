//! Words by which a guest is found: how a name is taken apart for the index of words, and how what somebody types is.

/// Characters of a word that are kept. Longer words are cut, in the index and in what is searched for alike.
const WORD_LEN: usize = 40;

/// Characters of a name that it is sorted by.
const SORT_LEN: usize = 60;

/// Words that one search looks for; the shorter ones beyond are left out of it.
const SEARCHED: usize = 5;

/// The words of a text, each once, in order: runs of letters and digits, in lower case, without combining marks.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD_LEN).collect())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words that a guest is found by.
pub fn of_tamu(nama: &str, instansi: Option<&str>) -> Vec<String> {
    words(&[nama, instansi.unwrap_or_default()].join(" "))
}

/// What a guest's name is sorted by among hits: its words as they stand, with blanks between.
pub fn sort_key(nama: &str) -> String {
    let folded = fold(nama);
    let words: Vec<_> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(SORT_LEN).collect()
}

/// Beginnings of words that a search asks for, the longest first, because it leaves the fewest guests to look at. One that is
/// the beginning of another asks for nothing more.
pub fn searched(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut searched: Vec<String> = Vec::new();
    for word in words {
        if !searched.iter().any(|longer| longer.starts_with(&word)) {
            searched.push(word);
        }
    }
    searched.truncate(SEARCHED);
    searched
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

fn fold(text: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36F}');
    text.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words_in_lower_case_each_once() {
        assert_eq!(words("Dewi LESTARI, dewi"), ["dewi", "lestari"]);
        assert_eq!(words("PT 100% Baja/SMP_3"), ["100", "3", "baja", "pt", "smp"]);
        assert_eq!(words("Ma'ruf Ömer İpek"), ["ipek", "ma", "ruf", "ömer"]);
        assert_eq!(words("Jose\u{301}"), ["jose"]);
        assert_eq!(words(" %_- "), [""; 0]);
        assert_eq!(words(&"a".repeat(100)), ["a".repeat(40)]);
    }

    #[test]
    fn a_guest_is_found_by_name_and_institution() {
        assert_eq!(of_tamu("Budi", Some("Dinas Pendidikan")), ["budi", "dinas", "pendidikan"]);
        assert_eq!(of_tamu("Budi", None), ["budi"]);
        assert_eq!(sort_key("BUDI  \"B\" Santoso"), "budi b santoso");
    }

    #[test]
    fn a_search_asks_for_the_longest_word_first_and_nothing_twice() {
        assert_eq!(searched("di Siti Sit Aminah"), ["aminah", "siti", "di"]);
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
