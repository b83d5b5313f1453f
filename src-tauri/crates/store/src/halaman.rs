//! Which page of a list, and the text searched for.

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halaman {
    /// From 1 on.
    pub nomor: u32,
    /// Items on a page.
    pub ukuran: u32,
}

impl Halaman {
    /// Items before this page.
    pub fn offset(&self) -> u64 {
        u64::from(self.nomor.saturating_sub(1)) * u64::from(self.ukuran)
    }
}

/// What a person typed into a search field, taken apart once for every database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cari {
    /// A pattern for LIKE with `\` as its escape: the text as typed, anywhere.
    pub pola: String,
    /// The text as a whole telephone number.
    pub telp: Option<domain::Telp>,
    /// Four digits: the end of a telephone number.
    pub telp_akhir: Option<String>,
}

impl Cari {
    /// Takes the text apart; `None` where it is blank.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let mut pola = String::from("%");
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\' | '[') {
                pola.push('\\');
            }
            pola.push(c);
        }
        pola.push('%');
        let is_four_digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        Some(Self {
            pola,
            telp: domain::Telp::parse(text).ok(),
            telp_akhir: is_four_digits.then(|| text.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_count_from_one() {
        assert_eq!(Halaman { nomor: 1, ukuran: 50 }.offset(), 0);
        assert_eq!(Halaman { nomor: u32::MAX, ukuran: 200 }.offset(), 858_993_458_800);
    }

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(Cari::new(" 100%_a ").unwrap().pola, "%100\\%\\_a%");
        assert_eq!(Cari::new("  "), None);
    }

    #[test]
    fn digits_are_a_number_or_its_end() {
        assert_eq!(Cari::new("7890").unwrap().telp_akhir.as_deref(), Some("7890"));
        assert!(Cari::new("0812 3456 7890").unwrap().telp.is_some());
        assert!(Cari::new("budi").unwrap().telp.is_none());
    }
}
