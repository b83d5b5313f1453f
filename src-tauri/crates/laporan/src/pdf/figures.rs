//! The four figures that a reader looks for first.

use domain::Language;

use super::{
    face::Face,
    paper::{Align, Ink, LEFT, Paper, RIGHT},
};
use crate::{
    Report,
    cell::{Cell, some},
    kata, number,
};

const HEIGHT: f32 = 62.0;
const GAP: f32 = 10.0;

/// A title, the figure, and what it was before.
pub(super) type Card = (&'static str, Cell, Option<Cell>);

pub(super) fn of_report(paper: &mut Paper, report: &Report) {
    let (kata, now) = (kata::of(report.bahasa), report.figures());
    let before = report.banding.sebelumnya.as_ref();
    let figures = [
        (kata.kunjungan, Cell::count(now.jumlah_kunjungan), before.map(|b| Cell::count(b.jumlah_kunjungan))),
        (
            kata.tepat_waktu,
            some(now.persentase_tepat_waktu, Cell::Percent),
            before.map(|b| some(b.persentase_tepat_waktu, Cell::Percent)),
        ),
        (
            kata.tunggu_median,
            some(now.waktu_tunggu_median_detik, Cell::Seconds),
            before.map(|b| some(b.waktu_tunggu_median_detik, Cell::Seconds)),
        ),
        (
            kata.rating,
            some(now.rating_rata_rata, Cell::Decimal),
            before.map(|b| some(b.rating_rata_rata, Cell::Decimal)),
        ),
    ];
    cards(paper, report.bahasa, figures);
}

pub(super) fn cards(paper: &mut Paper, bahasa: Language, cards: [Card; 4]) {
    let width = (RIGHT - LEFT - 3.0 * GAP) / 4.0;
    paper.make_room(HEIGHT);
    for (place, (title, now, before)) in cards.into_iter().enumerate() {
        let x = LEFT + place as f32 * (width + GAP);
        let y = paper.y;
        paper.area(x, y, width, HEIGHT, Ink::PALE);
        paper.area(x, y, 2.0, HEIGHT, Ink::BAR);
        let x = x + 10.0;
        paper.text((x, y + 7.0), Align::Left, Face::SMALL, Ink::GREY, &Face::SMALL.cut(title, width - 16.0));
        let value = number::printed(&now, bahasa);
        paper.text((x, y + 19.0), Align::Left, fitting(&value, width - 16.0), Ink::BLACK, &value);
        if let Some(change) = before.map(|before| now.since(&before)).filter(|change| *change != Cell::Empty)
        {
            let text = change_text(&change, bahasa);
            paper.text((x, y + 46.0), Align::Left, Face::SMALL, Ink::GREY, &text);
        }
    }
    paper.y += HEIGHT + 16.0;
}

/// The largest letters in which a figure fits.
fn fitting(text: &str, width: f32) -> Face {
    let wide = Face::FIGURE.width(text);
    Face { size: Face::FIGURE.size * (width / wide).min(1.0), ..Face::FIGURE }
}

fn change_text(change: &Cell, bahasa: Language) -> String {
    let kata = kata::of(bahasa);
    format!("{} ({})", number::printed_change(change, bahasa), kata.perubahan.to_lowercase())
}
