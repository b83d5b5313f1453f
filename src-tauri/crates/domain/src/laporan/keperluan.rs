//! What visits are for. People type it, so the same words come in different case and with other blanks.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Purposes that are named; all others together are [`LAINNYA`].
pub const KEPERLUAN_MAX: usize = 20;

/// What all other purposes are called together.
pub const LAINNYA: &str = "lainnya";

/// Purposes that are told apart while rows are added up, so that a report over years needs no more memory than this. A
/// purpose that comes up first after so many others counts as one of the others.
const KNOWN_MAX: usize = 50_000;

/// Visits for one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerKeperluan {
    /// The purpose, as it was written first; `lainnya` for all that have no row of their own.
    pub keperluan: String,
    /// Visits.
    pub jumlah: u32,
}

/// Visits by purpose.
#[derive(Default)]
pub(super) struct Purposes {
    known: HashMap<String, PerKeperluan>,
    others: u32,
    /// The folded words, kept so that a known purpose costs no allocation.
    folded: String,
}

impl Purposes {
    pub(super) fn add(&mut self, keperluan: &str) {
        self.fold(keperluan);
        if let Some(known) = self.known.get_mut(&self.folded) {
            known.jumlah += 1;
        } else if self.folded.is_empty() || self.folded == LAINNYA || self.known.len() >= KNOWN_MAX {
            self.others += 1;
        } else {
            let words: Vec<_> = keperluan.split_whitespace().collect();
            let first = PerKeperluan { keperluan: words.join(" "), jumlah: 1 };
            self.known.insert(self.folded.clone(), first);
        }
    }

    fn fold(&mut self, keperluan: &str) {
        self.folded.clear();
        for word in keperluan.split_whitespace() {
            if !self.folded.is_empty() {
                self.folded.push(' ');
            }
            self.folded.extend(word.chars().flat_map(char::to_lowercase));
        }
    }

    /// The most frequent first, and the rest as one.
    pub(super) fn finish(self) -> Vec<PerKeperluan> {
        let mut most: Vec<_> = self.known.into_iter().collect();
        most.sort_unstable_by(|(a, one), (b, other)| other.jumlah.cmp(&one.jumlah).then_with(|| a.cmp(b)));
        let rest = most.split_off(KEPERLUAN_MAX.min(most.len()));
        let others = rest.iter().map(|(_, rest)| rest.jumlah).sum::<u32>() + self.others;
        let mut named: Vec<_> = most.into_iter().map(|(_, named)| named).collect();
        if others > 0 {
            named.push(PerKeperluan { keperluan: LAINNYA.to_owned(), jumlah: others });
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(texts: &[&str]) -> Vec<(String, u32)> {
        let mut purposes = Purposes::default();
        texts.iter().for_each(|text| purposes.add(text));
        purposes.finish().into_iter().map(|row| (row.keperluan, row.jumlah)).collect()
    }

    #[test]
    fn words_that_differ_in_case_and_blanks_are_one() {
        let rows = counted(&["Rapor", "ambil  ijazah", " RAPOR\u{a0}", "Ambil Ijazah", "rapor"]);
        assert_eq!(rows, [("Rapor".to_owned(), 3), ("ambil ijazah".to_owned(), 2)]);
    }

    #[test]
    fn the_rest_is_one_and_comes_last() {
        let texts: Vec<String> = (0..25).flat_map(|n| vec![format!("k{n:02}"); 30 - n]).collect();
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.extend(["Lainnya", " "]);
        let rows = counted(&texts);
        assert_eq!((rows.len(), &rows[0], &rows[19]), (21, &("k00".to_owned(), 30), &("k19".to_owned(), 11)));
        assert_eq!(rows[20], ("lainnya".to_owned(), 10 + 9 + 8 + 7 + 6 + 2));
    }

    #[test]
    fn memory_does_not_grow_with_what_is_typed() {
        let mut purposes = Purposes::default();
        (0..KNOWN_MAX + 500).for_each(|n| purposes.add(&format!("k{n}")));
        assert_eq!((purposes.known.len(), purposes.others), (KNOWN_MAX, 500));
    }
}
