//! The pages: what was drawn on each, and how far down the next thing begins. What does not fit goes to a new page.

use chrono::{Datelike, Timelike};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::{DateTime, Metadata},
    page::PageSettings,
    paint::Fill,
    text::{Font, TextDirection},
};

use super::{face::Face, head::school_name};
use crate::{Error, Imprint, Result, kata};

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
pub(super) const LEFT: f32 = 48.0;
pub(super) const RIGHT: f32 = WIDTH - 48.0;
const TOP: f32 = 42.0;
const BOTTOM: f32 = HEIGHT - 56.0;
/// Where the page's number stands.
const FOOT: f32 = HEIGHT - 38.0;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

impl Ink {
    pub(super) const BLACK: Self = Self(0x18, 0x21, 0x2B);
    pub(super) const GREY: Self = Self(0x55, 0x60, 0x6C);
    pub(super) const LINE: Self = Self(0xD3, 0xDA, 0xE1);
    pub(super) const PALE: Self = Self(0xF1, 0xF4, 0xF7);
    pub(super) const BAR: Self = Self(0x1B, 0x5A, 0x48);

    /// Between white and the colour of bars.
    pub(super) fn shade(part: f32) -> Self {
        let mix = |to: u8| (255.0 - (255.0 - f32::from(to)) * part).round() as u8;
        Self(mix(Self::BAR.0), mix(Self::BAR.1), mix(Self::BAR.2))
    }
}

/// Where a text stands against its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

enum Mark {
    /// The left end and the line that letters stand on.
    Text {
        x: f32,
        y: f32,
        face: Face,
        ink: Ink,
        text: String,
    },
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        png: Vec<u8>,
    },
}

/// The pages.
pub(super) struct Paper {
    pages: Vec<Vec<Mark>>,
    /// How far down the next thing begins.
    pub(super) y: f32,
}

impl Paper {
    pub(super) fn new() -> Self {
        Self { pages: vec![Vec::new()], y: TOP }
    }

    /// Begins a new page if less than `height` is left. Gives whether it did.
    pub(super) fn make_room(&mut self, height: f32) -> bool {
        let is_full = self.y + height > BOTTOM && self.y > TOP;
        if is_full {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        is_full
    }

    fn mark(&mut self, mark: Mark) {
        self.pages.last_mut().expect("there is always a page").push(mark);
    }

    /// Writes one line, whose top is at `y`.
    pub(super) fn text(&mut self, (x, y): (f32, f32), align: Align, face: Face, ink: Ink, text: &str) {
        let x = match align {
            Align::Left => x,
            Align::Middle => x - face.width(text) / 2.0,
            Align::Right => x - face.width(text),
        };
        self.mark(Mark::Text { x, y: y + face.ascent(), face, ink, text: text.to_owned() });
    }

    /// Fills an area.
    pub(super) fn area(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.mark(Mark::Area { x, y, width, height, ink });
    }

    /// Draws a line across the page.
    pub(super) fn rule(&mut self, y: f32, thick: f32, ink: Ink) {
        self.area(LEFT, y, RIGHT - LEFT, thick, ink);
    }

    pub(super) fn picture(&mut self, x: f32, y: f32, width: f32, height: f32, png: Vec<u8>) {
        self.mark(Mark::Picture { x, y, width, height, png });
    }

    /// Writes a text on as many lines as it needs, below what is there.
    pub(super) fn lines(&mut self, face: Face, ink: Ink, text: &str) {
        for line in face.wrapped(text, RIGHT - LEFT) {
            self.make_room(face.line());
            self.text((LEFT, self.y), Align::Left, face, ink, &line);
            self.y += face.line();
        }
    }

    /// The document. What it is stands at the foot of each page, beside its number.
    pub(super) fn finish(mut self, imprint: &Imprint<'_>) -> Result<Vec<u8>> {
        let (kata, count) = (kata::of(imprint.bahasa), self.pages.len());
        let below = [school_name(imprint.sekolah), imprint.judul, &imprint.masa].join(" · ");
        for number in 1..=count {
            let page = format!("{} {number} {} {count}", kata.halaman, kata.dari);
            let free = RIGHT - LEFT - Face::SMALL.width(&page) - 16.0;
            let below = Face::SMALL.cut(&below, free);
            let x = RIGHT - Face::SMALL.width(&page);
            let foot = |x, text| Mark::Text {
                x,
                y: FOOT + Face::SMALL.ascent(),
                face: Face::SMALL,
                ink: Ink::GREY,
                text,
            };
            let marks = &mut self.pages[number - 1];
            marks.push(Mark::Area {
                x: LEFT,
                y: FOOT - 4.0,
                width: RIGHT - LEFT,
                height: 0.5,
                ink: Ink::LINE,
            });
            marks.extend([foot(LEFT, below), foot(x, page)]);
        }
        let fonts = Fonts::new()?;
        let mut document = Document::new();
        document.set_metadata(metadata(imprint));
        for marks in self.pages {
            let settings =
                PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("the page has no size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                draw(&mut surface, &fonts, mark)?;
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| broken(format!("{error:?}")))
    }
}

struct Fonts {
    medium: Font,
    bold: Font,
}

impl Fonts {
    fn new() -> Result<Self> {
        let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or_else(|| broken("a font is none"));
        Ok(Self { medium: font(tiket::fonts::MEDIUM)?, bold: font(tiket::fonts::EXTRA_BOLD)? })
    }
}

fn broken(why: impl Into<String>) -> Error {
    Error::Pdf(why.into())
}

fn draw(surface: &mut krilla::surface::Surface<'_>, fonts: &Fonts, mark: Mark) -> Result<()> {
    let fill =
        |ink: Ink| Some(Fill { paint: rgb::Color::new(ink.0, ink.1, ink.2).into(), ..Fill::default() });
    match mark {
        Mark::Text { x, y, face, ink, text } => {
            surface.set_fill(fill(ink));
            let font = if face.bold { &fonts.bold } else { &fonts.medium };
            let start = Point::from_xy(x, y);
            surface.draw_text(start, font.clone(), face.size, &text, false, TextDirection::Auto);
        }
        Mark::Area { x, y, width, height, ink } => {
            // Nothing to be seen is no shape.
            let Some(rect) = Rect::from_xywh(x, y, width, height) else { return Ok(()) };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            if let Some(path) = path.finish() {
                surface.set_fill(fill(ink));
                surface.draw_path(&path);
            }
        }
        Mark::Picture { x, y, width, height, png } => {
            let image = Image::from_png(png.into(), true).map_err(broken)?;
            let Some(size) = Size::from_wh(width, height) else { return Ok(()) };
            surface.push_transform(&Transform::from_translate(x, y));
            surface.draw_image(image, size);
            surface.pop();
        }
    }
    Ok(())
}

/// What a reader program shows of the document.
fn metadata(imprint: &Imprint<'_>) -> Metadata {
    let title = format!("{} {}", imprint.judul, imprint.masa);
    let made = imprint.dibuat_pada;
    let part = |n: u32| u8::try_from(n).unwrap_or(1);
    let date = DateTime::new(u16::try_from(made.year()).unwrap_or(2000))
        .month(part(made.month()))
        .day(part(made.day()))
        .hour(part(made.hour()))
        .minute(part(made.minute()))
        .second(part(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title)
        .language(imprint.bahasa.as_str().to_owned())
        .authors(vec![imprint.sekolah.nama.clone()])
        .creator("Buku Tamu".to_owned())
        .creation_date(date)
}
