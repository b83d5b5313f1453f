//! The letterhead and the title.

use domain::{Language, kop::Kop};

use super::{
    face::Face,
    paper::{Align, Ink, LEFT, Paper, RIGHT, WIDTH},
};
use crate::{Imprint, School, kata};

/// The side of the square that the logo stands in.
const LOGO: f32 = 58.0;

/// The school's name as it stands in the letterhead.
pub(super) fn school_name(school: &School) -> &str {
    if school.kop.baris3.is_empty() { &school.nama } else { &school.kop.baris3 }
}

pub(super) fn letterhead(paper: &mut Paper, school: &School, bahasa: Language) {
    let Kop { baris1, baris2, telp, email, situs, .. } = &school.kop;
    let top = paper.y;
    let logo = school.logo.as_deref().filter(|png| draw_logo(paper, png));
    let aside = if logo.is_some() { LOGO + 12.0 } else { 0.0 };
    let width = RIGHT - LEFT - 2.0 * aside;
    let telp = if telp.is_empty() { String::new() } else { format!("{} {telp}", kata::of(bahasa).telp) };
    let reach: Vec<_> = [telp.as_str(), email, situs].into_iter().filter(|part| !part.is_empty()).collect();
    for (face, ink, text) in [
        (Face::OVER_SCHOOL, Ink::BLACK, baris1.as_str()),
        (Face::OVER_SCHOOL, Ink::BLACK, baris2),
        (Face::SCHOOL, Ink::BLACK, school_name(school)),
        (Face::CELL, Ink::GREY, &school.alamat),
        (Face::CELL, Ink::GREY, &reach.join(" · ")),
    ] {
        if text.is_empty() {
            continue;
        }
        for line in face.wrapped(text, width) {
            paper.text((WIDTH / 2.0, paper.y), Align::Middle, face, ink, &line);
            paper.y += face.line();
        }
    }
    if logo.is_some() {
        paper.y = paper.y.max(top + LOGO);
    }
    paper.y += 6.0;
    paper.rule(paper.y, 1.8, Ink::BLACK);
    paper.rule(paper.y + 3.0, 0.6, Ink::BLACK);
    paper.y += 16.0;
}

/// Draws the logo at the left, as large as fits. Gives whether it could.
fn draw_logo(paper: &mut Paper, png: &[u8]) -> bool {
    let Ok(size) =
        image::ImageReader::with_format(std::io::Cursor::new(png), image::ImageFormat::Png).into_dimensions()
    else {
        return false;
    };
    let (width, height) = (size.0 as f32, size.1 as f32);
    let scale = LOGO / width.max(height);
    let (width, height) = (width * scale, height * scale);
    let (x, y) = (LEFT + (LOGO - width) / 2.0, paper.y + (LOGO - height) / 2.0);
    paper.picture(x, y, width, height, png.to_owned());
    true
}

/// What the paper is, of when, and what it is compared with.
pub(super) fn title(paper: &mut Paper, imprint: &Imprint<'_>, compared: Option<&str>) {
    let middle = |paper: &mut Paper, face: Face, ink, text: &str| {
        for line in face.wrapped(text, RIGHT - LEFT) {
            paper.text((WIDTH / 2.0, paper.y), Align::Middle, face, ink, &line);
            paper.y += face.line();
        }
    };
    middle(paper, Face::TITLE, Ink::BLACK, imprint.judul);
    middle(paper, Face::HEADING, Ink::BLACK, &imprint.masa);
    if let Some(compared) = compared {
        middle(paper, Face::CELL, Ink::GREY, compared);
    }
    let bahasa = imprint.bahasa;
    let made = format!("{} {}", kata::of(bahasa).dibuat, bahasa.waktu(imprint.dibuat_pada, imprint.zona));
    middle(paper, Face::CELL, Ink::GREY, &made);
    paper.y += 10.0;
}

/// A sentence between two things.
pub(super) fn note(paper: &mut Paper, text: &str) {
    paper.y += 4.0;
    paper.lines(Face::TEXT, Ink::GREY, text);
    paper.y += 10.0;
}

/// The title of a chart or a table, which stays with at least `with` of what follows.
pub(super) fn heading(paper: &mut Paper, text: &str, with: f32) {
    paper.make_room(Face::HEADING.line() + 4.0 + with);
    paper.text((LEFT, paper.y), Align::Left, Face::HEADING, Ink::BLACK, text);
    paper.y += Face::HEADING.line() + 4.0;
}
