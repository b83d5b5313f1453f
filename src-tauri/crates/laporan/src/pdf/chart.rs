//! Charts, drawn as shapes, so that they are sharp at any size. Each has its table elsewhere in the report.

use chrono::{Datelike, NaiveDate};
use domain::Language;

use super::{
    face::Face,
    head,
    paper::{Align, Ink, LEFT, Paper, RIGHT},
};
use crate::{Report, kata, number, tables};

/// How high a chart of columns is, without its title and its labels.
const HEIGHT: f32 = 104.0;

/// A day as it fits below a column: `23/11`.
pub(super) fn short_day(day: NaiveDate) -> String {
    format!("{}/{}", day.day(), day.month())
}

/// Months as they fit below columns: `Nov 26`.
pub(super) fn short_months(report: &Report) -> Vec<(String, u32)> {
    let short = |name: String| {
        let (month, year) = name.split_once(' ').unwrap_or((&name, ""));
        let month: String = month.chars().take(3).collect();
        format!("{month} {}", year.get(2..).unwrap_or(year))
    };
    tables::months(report).into_iter().map(|(name, n)| (short(name), n)).collect()
}

/// Stars in words: `5 bintang`.
pub(super) fn stars(rating: u8, bahasa: Language) -> String {
    match (bahasa, rating) {
        (Language::Id, _) => format!("{rating} bintang"),
        (Language::En, 1) => "1 star".to_owned(),
        (Language::En, _) => format!("{rating} stars"),
    }
}

/// A round number that is no less, of which quarters are whole where there is room for them.
fn round_up(most: u32) -> u32 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if most <= 4 * step * factor {
                return 4 * step * factor;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// Columns over time.
pub(super) fn columns(paper: &mut Paper, title: &str, values: &[(String, u32)], bahasa: Language) {
    head::heading(paper, title, HEIGHT + 24.0);
    let top = round_up(values.iter().map(|(_, n)| *n).max().unwrap_or(0));
    let left = LEFT + 30.0;
    let (y, width) = (paper.y, RIGHT - left);
    for quarter in 0..=4 {
        let line = y + HEIGHT * (4 - quarter) as f32 / 4.0;
        paper.area(left, line, width, 0.5, Ink::LINE);
        let text = number::count(i64::from(top / 4 * quarter), bahasa);
        paper.text((left - 5.0, line - 5.0), Align::Right, Face::SMALL, Ink::GREY, &text);
    }
    let step = width / values.len() as f32;
    let widest = values.iter().map(|(label, _)| Face::SMALL.width(label)).fold(0.0, f32::max);
    // Labels that would touch are left out.
    let every = ((widest + 6.0) / step).ceil().max(1.0) as usize;
    for (place, (label, n)) in values.iter().enumerate() {
        let x = left + place as f32 * step;
        let height = HEIGHT * *n as f32 / top as f32;
        paper.area(x + step * 0.15, y + HEIGHT - height, step * 0.7, height, Ink::BAR);
        if place % every == 0 {
            let middle = (x + step / 2.0, y + HEIGHT + 3.0);
            paper.text(middle, Align::Middle, Face::SMALL, Ink::GREY, label);
        }
    }
    paper.y += HEIGHT + 28.0;
}

/// Bars beside their names.
pub(super) fn bars(paper: &mut Paper, title: &str, values: &[(String, u32)], bahasa: Language) {
    const ROW: f32 = 14.0;
    const NAME: f32 = 170.0;
    head::heading(paper, title, ROW * values.len() as f32);
    let most = values.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let left = LEFT + NAME;
    let width = RIGHT - left - 40.0;
    for (name, n) in values {
        let y = paper.y;
        let name = Face::CELL.cut(name, NAME - 8.0);
        paper.text((LEFT, y + 0.5), Align::Left, Face::CELL, Ink::BLACK, &name);
        let length = width * *n as f32 / most as f32;
        paper.area(left, y + 2.0, length, ROW - 5.0, Ink::BAR);
        let text = number::count(i64::from(*n), bahasa);
        paper.text((left + length + 5.0, y + 0.5), Align::Left, Face::CELL, Ink::BLACK, &text);
        paper.y += ROW;
    }
    paper.y += 14.0;
}

/// Days of the week by hours: the darker, the more visits.
pub(super) fn heat(paper: &mut Paper, report: &Report) {
    const ROW: f32 = 15.0;
    const NAME: f32 = 62.0;
    let laporan = report.figures();
    let hours = || laporan.per_jam.iter().map(|row| row.jam);
    let (Some(first), Some(last)) = (hours().min(), hours().max()) else { return };
    head::heading(paper, kata::of(report.bahasa).hari_dan_jam, 8.0 * ROW + 6.0);
    let step = (RIGHT - LEFT - NAME) / (last - first + 1).max(8) as f32;
    let x = |jam: u32| LEFT + NAME + (jam - first) as f32 * step;
    for jam in first..=last {
        let place = (x(jam) + step / 2.0, paper.y);
        paper.text(place, Align::Middle, Face::SMALL, Ink::GREY, &format!("{jam:02}"));
    }
    paper.y += 11.0;
    let most = laporan.per_hari_jam.iter().map(|row| row.jumlah).max().unwrap_or(1);
    for (hari, name) in (1..).zip(kata::hari(report.bahasa)) {
        let y = paper.y;
        paper.text((LEFT, y + 2.0), Align::Left, Face::CELL, Ink::BLACK, name);
        for jam in first..=last {
            let found = laporan.per_hari_jam.iter().find(|row| (row.hari, row.jam) == (hari, jam));
            let n = found.map_or(0, |row| row.jumlah);
            let part = if n == 0 { 0.0 } else { 0.12 + 0.88 * n as f32 / most as f32 };
            let ground = if n == 0 { Ink::PALE } else { Ink::shade(part) };
            paper.area(x(jam) + 0.5, y + 0.5, step - 1.0, ROW - 1.0, ground);
            let text = number::count(i64::from(n), report.bahasa);
            if n > 0 && Face::SMALL.width(&text) < step - 3.0 {
                let ink = if part > 0.55 { Ink(255, 255, 255) } else { Ink::BLACK };
                paper.text((x(jam) + step / 2.0, y + 2.5), Align::Middle, Face::SMALL, ink, &text);
            }
        }
        paper.y += ROW;
    }
    paper.y += 14.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        for (most, top) in
            [(0, 4), (1, 4), (4, 4), (5, 8), (9, 20), (21, 40), (150, 200), (4_000_000, 4_000_000)]
        {
            assert_eq!(round_up(most), top, "{most}");
        }
    }
}
