//! Letters: how wide a text is, and where it is broken into lines.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef};

static MEDIUM: LazyLock<FontRef<'static>> = LazyLock::new(|| font(tiket::fonts::MEDIUM));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| font(tiket::fonts::EXTRA_BOLD));

fn font(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the font that is built in is one")
}

/// A font at a size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    pub(super) bold: bool,
    /// In points.
    pub(super) size: f32,
}

impl Face {
    pub(super) const SCHOOL: Self = Self { bold: true, size: 15.0 };
    pub(super) const OVER_SCHOOL: Self = Self { bold: false, size: 10.5 };
    pub(super) const TITLE: Self = Self { bold: true, size: 14.0 };
    pub(super) const HEADING: Self = Self { bold: true, size: 10.5 };
    pub(super) const FIGURE: Self = Self { bold: true, size: 17.0 };
    pub(super) const TEXT: Self = Self { bold: false, size: 9.0 };
    pub(super) const STRONG: Self = Self { bold: true, size: 9.0 };
    pub(super) const CELL: Self = Self { bold: false, size: 8.0 };
    pub(super) const COLUMN: Self = Self { bold: true, size: 8.0 };
    pub(super) const SMALL: Self = Self { bold: false, size: 7.0 };

    /// From one line to the next.
    pub(super) fn line(self) -> f32 {
        self.size * 1.35
    }

    /// From the top of a line to where its letters stand.
    pub(super) fn ascent(self) -> f32 {
        self.size * 1.03
    }

    /// How wide a text is, in points.
    pub(super) fn width(self, text: &str) -> f32 {
        let font: &FontRef<'static> = if self.bold { &BOLD } else { &MEDIUM };
        let (mut width, mut before) = (0.0, None);
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            if let Some(before) = before.replace(glyph) {
                width += font.kern_unscaled(before, glyph);
            }
            width += font.h_advance_unscaled(glyph);
        }
        width / font.units_per_em().unwrap_or(1000.0) * self.size
    }

    /// Breaks a text into lines no wider than `width`: between words, and within a word that is wider than a line.
    pub(super) fn wrapped(self, text: &str, width: f32) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(&line) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// As much of a text as fits into `width`.
    pub(super) fn cut(self, text: &str, width: f32) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept: String = text.to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…")) > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }
}
