//! Which page of a list, and the text searched for.

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1 on.
    pub nomor: u32,
    /// Items on a page.
    pub ukuran: u32,
}

impl PageRequest {
    /// Items before this page.
    pub fn offset(&self) -> u64 {
        u64::from(self.nomor.saturating_sub(1)) * u64::from(self.ukuran)
    }
}

/// The most guests that a search finds, and the most entries of the index of words that it reads for each thing it
/// looks for. Nobody leafs through more, and searches do not slow down as a school gets older.
pub const MAX_HITS: usize = 1000;

/// The most rows that a list counts. A longer list says this number.
pub const MAX_COUNTED: u64 = 100_000;

/// The most appointments that a search or a filter without an index looks through: the newest of the time asked for. So
/// no question takes longer as a school gets older; who looks for something older names its time.
pub const MAX_LOOKED_AT: u64 = 100_000;

/// Texts from `dari` up to and without `sampai`, by code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// How a text begins; also the first such text.
    pub dari: String,
    /// The first text that no longer begins so.
    pub sampai: String,
}

/// What a person typed into a search field, taken apart once for every database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerms {
    /// Beginnings of the phrases that find a guest who has the typed words in a row: in the order typed, then rotated
    /// to start at each of the others. Empty if the text holds no word.
    pub frasa: Vec<Prefix>,
    /// Beginnings of words. A guest has a word for each of these in name or institution, in any order. For a guru or a
    /// purpose, each may be any part of a word.
    pub kata: Vec<Prefix>,
    /// The text as a whole telephone number.
    pub telp: Option<domain::Telp>,
    /// Four digits: the end of a telephone number.
    pub telp_akhir: Option<String>,
}

impl SearchTerms {
    /// Takes the text apart; `None` if it is blank.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        Some(Self {
            frasa: domain::kata::searched_in_a_row(text).into_iter().filter_map(awalan).collect(),
            kata: domain::kata::searched(text).into_iter().filter_map(awalan).collect(),
            telp: domain::Telp::parse(text).ok(),
            telp_akhir: domain::telp::angka(text).filter(|digits| digits.len() == 4),
        })
    }

    /// How many letters it has.
    pub fn huruf(&self) -> usize {
        self.frasa.first().map_or(0, |frasa| frasa.dari.chars().filter(|c| c.is_alphabetic()).count())
    }

    /// The words, if they may stand apart; empty if the text is a single word.
    pub(crate) fn terpisah(&self) -> &[Prefix] {
        if self.kata == self.frasa { &[] } else { &self.kata }
    }
}

impl Prefix {
    /// A pattern for LIKE that finds the text anywhere. It needs no escapes: words hold letters and digits only.
    pub(crate) fn di_mana_pun(&self) -> String {
        format!("%{}%", self.dari)
    }
}

fn awalan(dari: String) -> Option<Prefix> {
    let sampai = domain::kata::end_of_prefix(&dari)?;
    Some(Prefix { dari, sampai })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_count_from_one() {
        assert_eq!(PageRequest { nomor: 1, ukuran: 50 }.offset(), 0);
        assert_eq!(PageRequest { nomor: u32::MAX, ukuran: 200 }.offset(), 858_993_458_800);
    }

    #[test]
    fn letters_are_counted_and_wildcards_are_none() {
        assert_eq!(
            ["%%%", "Ta", " Ma'r 12", "___"].map(|text| SearchTerms::new(text).unwrap().huruf()),
            [0, 2, 3, 0]
        );
        assert_eq!(SearchTerms::new("  "), None);
    }

    #[test]
    fn words_are_looked_for_by_how_they_begin() {
        let kata = SearchTerms::new("Sit, AMIN").unwrap().kata;
        let spans: Vec<_> = kata.iter().map(|awalan| (&*awalan.dari, &*awalan.sampai)).collect();
        assert_eq!(spans, [("amin", "amio"), ("sit", "siu")]);
        let frasa = SearchTerms::new("Sit, AMIN").unwrap().frasa;
        let spans: Vec<_> = frasa.iter().map(|awalan| (&*awalan.dari, &*awalan.sampai)).collect();
        assert_eq!(spans, [("sit amin", "sit amio"), ("amin sit", "amin siu")]);
        let none = SearchTerms::new("%").unwrap();
        assert_eq!((none.frasa, none.kata), (vec![], vec![]));
    }

    #[test]
    fn one_word_does_not_stand_apart() {
        let terpisah = |text| SearchTerms::new(text).unwrap().terpisah().len();
        assert_eq!(
            [terpisah("siti"), terpisah("siti sit"), terpisah("siti rahma"), terpisah("%")],
            [0, 1, 2, 0]
        );
    }

    #[test]
    fn digits_are_a_number_or_its_end() {
        assert_eq!(SearchTerms::new("7890").unwrap().telp_akhir.as_deref(), Some("7890"));
        assert_eq!(SearchTerms::new("٧٨٩٠").unwrap().telp_akhir.as_deref(), Some("7890"));
        assert!(SearchTerms::new("0812 3456 7890").unwrap().telp.is_some());
        assert!(SearchTerms::new("budi").unwrap().telp.is_none());
    }
}
