//! A date as people write it in tables.

use chrono::NaiveDate;

/// The beginnings of months' names, Indonesian and English; January is the first.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "peb"],
    &["mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["agu", "agt", "ags", "aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov", "nop"],
    &["des", "dec"],
];

/// `2026-12-25`, `25-12-2026`, `25/12/2026`, `25.12.2026`, `25 Desember 2026`, `Jumat, 25 Des 2026`. The day comes
/// before the month, as everywhere in Indonesia. A year of two digits, as in `25/12/26`, is one of this century.
pub(super) fn parse(text: &str) -> Option<NaiveDate> {
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    // A day of the week before it tells nothing new.
    let words = match &*words {
        [day, rest @ ..] if rest.len() == 3 && !day.chars().any(char::is_numeric) => rest,
        words => words,
    };
    let [first, month, last] = words else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let century = match year.len() {
        4 => 0,
        2 => 2000,
        _ => return None,
    };
    if day.len() > 2 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = century + year.parse::<i32>().ok()?;
    NaiveDate::from_ymd_opt(year, month_of(month)?, day.parse().ok()?)
}

fn month_of(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let text = text.to_lowercase();
    let place = MONTHS.iter().position(|names| names.iter().any(|name| text.starts_with(name)))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2026-12-25",
            "25-12-2026",
            "25/12/2026",
            "25.12.2026",
            " 25 Desember 2026 ",
            "Jumat, 25 Des 2026",
            "Jum'at, 25-12-2026",
            "25 december 2026",
            "2026/12/25",
            "25/12/26",
            "25-12-26",
            "Jumat, 25 Des 26",
        ] {
            let expected = NaiveDate::from_ymd_opt(2026, 12, 25);
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse("1 Mei 2026"), NaiveDate::from_ymd_opt(2026, 5, 1));
        assert_eq!(parse("17 Agt 2026"), NaiveDate::from_ymd_opt(2026, 8, 17));
        for text in [
            "",
            "25",
            "25 Desember",
            "25/12/126",
            "31-02-2026",
            "12/25/26",
            "12/25/2026",
            "besok",
            "2026-12-25 10",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
