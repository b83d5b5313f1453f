//! Numbers, days and lengths of time as people read them in each language.

use chrono::{Datelike, NaiveDate};
use domain::{
    Language,
    laporan::{JenisPeriode, Period},
};

use crate::{cell::Cell, kata};

/// A cell on paper.
pub(crate) fn printed(cell: &Cell, bahasa: Language) -> String {
    match cell {
        Cell::Empty => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(n) => count(*n, bahasa),
        Cell::Decimal(value) => decimal(*value, 2, bahasa),
        Cell::Percent(value) => format!("{}%", decimal(*value, 1, bahasa)),
        Cell::Seconds(seconds) => duration(*seconds, bahasa),
        Cell::Date(day) => bahasa.tanggal(*day),
        Cell::Instant(at) => format!("{} {}", bahasa.tanggal(at.date()), at.format("%H.%M")),
    }
}

/// A change on paper, with its sign.
pub(crate) fn printed_change(cell: &Cell, bahasa: Language) -> String {
    // The difference of two shares is told in points: a per cent of a per cent is another thing.
    let text = match cell {
        Cell::Percent(_) => printed(cell, bahasa).replace('%', kata::of(bahasa).poin),
        _ => printed(cell, bahasa),
    };
    let is_more = match cell {
        Cell::Count(n) => *n > 0,
        Cell::Decimal(value) | Cell::Percent(value) | Cell::Seconds(value) => *value > 0.0,
        _ => false,
    };
    if is_more { format!("+{text}") } else { text }
}

/// A whole number with its thousands set apart: `12.345`.
pub(crate) fn count(n: i64, bahasa: Language) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(signs(bahasa).0);
        }
        text.push(digit);
    }
    if n < 0 { format!("−{text}") } else { text }
}

/// A number with so many decimals: `4,50`.
pub(crate) fn decimal(value: f64, digits: usize, bahasa: Language) -> String {
    let text = format!("{:.digits$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = count(whole.parse().unwrap_or(i64::MAX), bahasa);
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{}{rest}", signs(bahasa).1) }
}

/// A length of time: `4 mnt 20 dtk`.
pub(crate) fn duration(seconds: f64, bahasa: Language) -> String {
    let [hour, minute, second] = match bahasa {
        Language::Id => ["jam", "mnt", "dtk"],
        Language::En => ["h", "min", "s"],
    };
    let whole = seconds.abs().round() as i64;
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    let sign = if seconds < 0.0 && whole > 0 { "−" } else { "" };
    match (hours, minutes) {
        (0, 0) => format!("{sign}{rest} {second}"),
        (0, _) => format!("{sign}{minutes} {minute} {rest} {second}"),
        _ => format!("{sign}{} {hour} {minutes} {minute}", count(hours, bahasa)),
    }
}

/// Between thousands, and before decimals.
fn signs(bahasa: Language) -> (char, char) {
    match bahasa {
        Language::Id => ('.', ','),
        Language::En => (',', '.'),
    }
}

/// A period in words: `November 2026`, `1–30 November 2026`.
pub(crate) fn period(periode: Period, bahasa: Language) -> String {
    let Period { dari, sampai, jenis } = periode;
    let month = |day: NaiveDate| kata::bulan(bahasa)[day.month0() as usize];
    match jenis {
        JenisPeriode::Bulanan => format!("{} {}", month(dari), dari.year()),
        JenisPeriode::Harian => {
            let day = kata::hari(bahasa)[dari.weekday().num_days_from_monday() as usize];
            format!("{day}, {}", bahasa.tanggal(dari))
        }
        _ if dari == sampai => bahasa.tanggal(dari),
        _ if (dari.year(), dari.month()) == (sampai.year(), sampai.month()) => {
            format!("{}–{}", dari.day(), bahasa.tanggal(sampai))
        }
        _ if dari.year() == sampai.year() => {
            format!("{} {} – {}", dari.day(), month(dari), bahasa.tanggal(sampai))
        }
        _ => format!("{} – {}", bahasa.tanggal(dari), bahasa.tanggal(sampai)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (value, id, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1.000", "1,000"),
            (-1_234_567, "−1.234.567", "−1,234,567"),
        ] {
            assert_eq!((count(value, Language::Id).as_str(), count(value, Language::En).as_str()), (id, en));
        }
        assert_eq!(decimal(1234.5, 2, Language::Id), "1.234,50");
        assert_eq!(decimal(-0.004, 2, Language::En), "0.00");
        assert_eq!(decimal(-0.5, 1, Language::Id), "−0,5");
        assert_eq!(printed_change(&Cell::Percent(2.25), Language::Id), "+2,2 poin");
        assert_eq!(printed_change(&Cell::Percent(-2.25), Language::En), "−2.2 points");
    }

    #[test]
    fn lengths_of_time_are_short() {
        for (seconds, text) in [
            (0.0, "0 dtk"),
            (59.6, "1 mnt 0 dtk"),
            (260.0, "4 mnt 20 dtk"),
            (7260.0, "2 jam 1 mnt"),
            (-61.0, "−1 mnt 1 dtk"),
        ] {
            assert_eq!(duration(seconds, Language::Id), text);
        }
    }

    #[test]
    fn a_period_is_named_as_people_name_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let named = |periode| period(periode, Language::Id);
        assert_eq!(named(Period::bulanan(day("2026-11-05"))), "November 2026");
        assert_eq!(named(Period::harian(day("2026-11-23"))), "Senin, 23 November 2026");
        assert_eq!(named(Period::mingguan(day("2026-11-23"))), "23–29 November 2026");
        assert_eq!(named(Period::mingguan(day("2026-12-01"))), "30 November – 6 Desember 2026");
        assert_eq!(named(Period::tahun_ajaran(day("2026-12-01"))), "1 Juli 2026 – 30 Juni 2027");
    }
}
