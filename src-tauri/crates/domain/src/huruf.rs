//! Characters: which can be seen, which are digits, which stand on others. Also text as it is kept, without what came
//! along when it was typed or pasted. Unicode's own tables say what a character is.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{CanonicalCombiningClass, DefaultIgnorableCodePoint, GeneralCategory},
};

/// Marks above or below one letter that are kept: two, as in Vietnamese. More only draw over the lines around it.
const STACKED: usize = 2;

/// Marks of any kind on one letter that are kept. Scripts that write vowels as marks need fewer.
const MARKS: usize = 4;

pub(crate) fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// Whether a reader sees neither a sign nor a gap: control characters, and those that only re-order, join or mark
/// text.
pub(crate) fn is_invisible(c: char) -> bool {
    category(c) == GeneralCategory::Control
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

/// Whether a reader sees a gap: blanks of every width, tabs, ends of lines, and the Braille cell without dots.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Whether it stands on the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(category(c), NonspacingMark | SpacingMark | EnclosingMark)
}

/// The value of a decimal digit of any script. Unicode keeps the ten digits of a script together and in order, from
/// zero on.
pub(crate) fn digit(c: char) -> Option<u8> {
    let is_digit =
        |code: u32| CodePointMapData::<GeneralCategory>::new().get32(code) == GeneralCategory::DecimalNumber;
    let code = u32::from(c);
    if !is_digit(code) {
        return None;
    }
    let before = (0..code).rev().take_while(|code| is_digit(*code)).count();
    u8::try_from(before % 10).ok()
}

/// One line of text as it is kept: composed, with single blanks between words, without invisible characters, and with
/// only as many marks on a letter as stay on their line. Joiners stay between the characters that they shape.
pub fn satu_baris(text: &str) -> String {
    let mut line = clean(text);
    loop {
        // Characters that were apart may compose now. Nothing is ever added, so this ends.
        let again = clean(&line);
        if again == line {
            return line;
        }
        line = again;
    }
}

/// The same of a text with several lines. Empty lines stay, but not at either end.
pub fn baris(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(satu_baris).collect();
    lines.join("\n").trim().to_owned()
}

fn clean(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| is_blank(*c) || is_joiner(*c) || !is_invisible(*c)).collect();
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&visible);
    let mut line = String::with_capacity(composed.len());
    let mut on_letter = Marks::default();
    let mut joiner = None;
    for c in composed.chars() {
        let follows_letter = !line.is_empty() && !line.ends_with(' ');
        if is_joiner(c) {
            joiner = Some(c).filter(|_| !line.ends_with(|c: char| c.is_ascii()) && follows_letter);
            continue;
        }
        if is_blank(c) {
            line.extend(follows_letter.then_some(' '));
            on_letter = Marks::default();
        } else if !is_mark(c) {
            line.extend(joiner.filter(|_| !c.is_ascii()));
            line.push(c);
            on_letter = Marks::default();
        } else if follows_letter && on_letter.takes(c) {
            line.extend(joiner);
            line.push(c);
        }
        joiner = None;
    }
    line.truncate(line.trim_end().len());
    line
}

/// Whether it shows two characters joined or apart, in scripts that know both.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// The marks on one letter so far.
#[derive(Default)]
struct Marks {
    all: usize,
    stacked: usize,
    last: Option<char>,
}

impl Marks {
    /// Counts a mark and keeps it. False if there is no room for it, or if it repeats the last one.
    fn takes(&mut self, mark: char) -> bool {
        let class = CodePointMapData::<CanonicalCombiningClass>::new().get(mark);
        let is_stacked = class >= CanonicalCombiningClass::AttachedBelowLeft
            || category(mark) == GeneralCategory::EnclosingMark;
        if self.last == Some(mark) || self.all == MARKS || (is_stacked && self.stacked == STACKED) {
            return false;
        }
        self.all += 1;
        self.stacked += usize::from(is_stacked);
        self.last = Some(mark);
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_goes_and_blanks_fold() {
        for (text, kept) in [
            ("  Siti \t  Aminah\r\n", "Siti Aminah"),
            ("Siti\u{A0}\u{3000}Aminah\u{2028}", "Siti Aminah"),
            ("\u{2068}Siti\u{2069} \u{202E}Aminah\u{202C}", "Siti Aminah"),
            ("Si\0ti\u{7}\u{AD}\u{200B}\u{FEFF}", "Siti"),
            ("Si\u{200D}ti", "Siti"),
            ("\u{3164}\u{115F}\u{2800}", ""),
            ("\u{E0041}Siti\u{FE0F}", "Siti"),
            // Persian and Sinhala are spelled with joiners.
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("ශ්\u{200D}රී", "ශ්\u{200D}රී"),
        ] {
            assert_eq!(satu_baris(text), kept, "{text:?}");
        }
    }

    #[test]
    fn text_is_composed_and_marks_do_not_stack() {
        assert_eq!(satu_baris("Chloe\u{301}"), "Chloé");
        assert_eq!(satu_baris("Nguye\u{302}\u{303}n"), "Nguyễn");
        assert_eq!(satu_baris("\u{301}Siti"), "Siti", "there is nothing to stand on");
        let zalgo =
            "S\u{30D}\u{30E}\u{304}\u{305}\u{33F}\u{311}\u{306}\u{310}i\u{316}\u{317}\u{318}\u{319}ti";
        assert_eq!(satu_baris(zalgo).chars().count(), 4 + 2 + 2);
        let thai = format!("ก{}", "\u{E34}".repeat(30));
        assert_eq!(satu_baris(&thai), "ก\u{E34}");
        let thai = format!("ก{}", "\u{E34}\u{E49}".repeat(30));
        assert_eq!(satu_baris(&thai).chars().count(), 5);
        for name in ["ကြောင့်", "क्षितिज", "สุชาติ", "བསྒྲུབས", "Đặng Thị Mỹ", "Łukasz"]
        {
            assert_eq!(satu_baris(name), name, "names are spelled so");
        }
    }

    #[test]
    fn digits_of_every_script() {
        let values = |text: &str| text.chars().map(digit).collect::<Option<Vec<_>>>();
        assert_eq!(values("0819"), Some(vec![0, 8, 1, 9]));
        assert_eq!(values("٠٨١٩"), Some(vec![0, 8, 1, 9]));
        assert_eq!(values("۰۸۱۹"), Some(vec![0, 8, 1, 9]));
        assert_eq!(values("꧐꧘꧑꧙"), Some(vec![0, 8, 1, 9]), "Javanese");
        assert_eq!(values("０８１９"), Some(vec![0, 8, 1, 9]));
        assert_eq!(values("𝟎𝟖𝟙𝟫"), Some(vec![0, 8, 1, 9]));
        assert_eq!(values("½"), None);
    }

    proptest! {
        #[test]
        fn a_kept_line_is_kept_as_it_is(text in "\\PC{0,40}|[a-z\\u{300}-\\u{310}\\u{200B}-\\u{200F} ]{0,40}") {
            let once = satu_baris(&text);
            prop_assert_eq!(satu_baris(&once), once.clone());
            prop_assert!(!once.chars().any(|c| c.is_control()));
        }
    }
}
