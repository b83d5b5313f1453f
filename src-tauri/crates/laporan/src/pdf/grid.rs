//! A table on paper. Text breaks within its cell, and the columns' titles come again on each page.

use domain::Language;

use super::{
    face::Face,
    head,
    paper::{Align, Ink, LEFT, Paper, RIGHT},
};
use crate::{
    cell::{Cell, Table},
    number,
};

/// Around the text of a cell.
const PADDING: (f32, f32) = (4.0, 2.5);

/// One column as it is printed.
struct Place {
    x: f32,
    width: f32,
    align: Align,
}

pub(super) fn draw(paper: &mut Paper, table: &Table, bahasa: Language) {
    let places = places(table);
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    // A title without a row below it would be alone on its page.
    head::heading(paper, table.title, 3.0 * (Face::CELL.line() + 2.0 * PADDING.1));
    row(paper, &places, Face::COLUMN, &titles, Some(Ink::PALE));
    for cells in &table.rows {
        let texts: Vec<String> = cells
            .iter()
            .zip(&table.columns)
            .map(|(cell, column)| text(cell, column.is_change, bahasa))
            .collect();
        if paper.make_room(height(&places, Face::CELL, &texts)) {
            row(paper, &places, Face::COLUMN, &titles, Some(Ink::PALE));
        }
        row(paper, &places, Face::CELL, &texts, None);
    }
    paper.y += 16.0;
}

fn text(cell: &Cell, is_change: bool, bahasa: Language) -> String {
    if is_change { number::printed_change(cell, bahasa) } else { number::printed(cell, bahasa) }
}

/// Where the columns stand: as wide in proportion as in a workbook.
fn places(table: &Table) -> Vec<Place> {
    let all: f64 = table.columns.iter().map(|column| column.width).sum();
    // A narrow table does not reach across the page.
    let scale = f64::from(RIGHT - LEFT) / all.max(60.0);
    let mut x = LEFT;
    let mut places = Vec::new();
    for (number, column) in table.columns.iter().enumerate() {
        let width = (column.width * scale) as f32;
        let is_text = number == 0 || table.rows.iter().any(|row| matches!(row[number], Cell::Text(_)));
        let is_figure = table.rows.iter().any(|row| matches!(row[number], Cell::Count(_)));
        let align = if is_text && !is_figure { Align::Left } else { Align::Right };
        let align = if number == 0 { Align::Left } else { align };
        places.push(Place { x, width, align });
        x += width;
    }
    places
}

fn lines(places: &[Place], face: Face, texts: &[String]) -> Vec<Vec<String>> {
    let wrap = |(place, text): (&Place, &String)| face.wrapped(text, place.width - 2.0 * PADDING.0);
    places.iter().zip(texts).map(wrap).collect()
}

fn height(places: &[Place], face: Face, texts: &[String]) -> f32 {
    let most = lines(places, face, texts).iter().map(Vec::len).max().unwrap_or(1);
    most as f32 * face.line() + 2.0 * PADDING.1
}

fn row(paper: &mut Paper, places: &[Place], face: Face, texts: &[String], ground: Option<Ink>) {
    let height = height(places, face, texts);
    let (y, end) = (paper.y, places.last().map_or(RIGHT, |place| place.x + place.width));
    if let Some(ground) = ground {
        paper.area(LEFT, y, end - LEFT, height, ground);
    }
    for (place, lines) in places.iter().zip(lines(places, face, texts)) {
        let x = match place.align {
            Align::Right => place.x + place.width - PADDING.0,
            _ => place.x + PADDING.0,
        };
        for (number, line) in lines.iter().enumerate() {
            let y = y + PADDING.1 + number as f32 * face.line();
            paper.text((x, y), place.align, face, Ink::BLACK, line);
        }
    }
    paper.area(LEFT, y + height - 0.5, end - LEFT, 0.5, Ink::LINE);
    paper.y += height;
}
