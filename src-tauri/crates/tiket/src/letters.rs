//! Letters on the picture: broken into lines by their widths, and drawn in the middle.

use std::sync::LazyLock;

use crate::fonts;
use ab_glyph::{Font, FontRef, PxScale, PxScaleFont, ScaleFont, point};
use image::{GrayImage, Luma};

static MEDIUM: LazyLock<FontRef<'static>> = LazyLock::new(|| font(fonts::MEDIUM));
static BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| font(fonts::EXTRA_BOLD));

fn font(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the font that is built in is one")
}

/// A font at a size.
#[derive(Clone, Copy)]
pub(super) struct Face {
    bold: bool,
    /// From the highest letter to the lowest, in pixels.
    size: f32,
}

impl Face {
    pub(super) const TITLE: Self = Self { bold: true, size: 84.0 };
    pub(super) const TEXT: Self = Self { bold: true, size: 80.0 };
    pub(super) const LABEL: Self = Self { bold: false, size: 54.0 };

    fn scaled(self) -> PxScaleFont<&'static FontRef<'static>> {
        let font: &'static FontRef<'static> = if self.bold { &BOLD } else { &MEDIUM };
        font.as_scaled(PxScale::from(self.size))
    }

    /// From one line to the next.
    pub(super) fn height(self) -> u32 {
        (self.size * 1.2).ceil() as u32
    }

    fn width(self, text: &str) -> f32 {
        self.placed(text).1
    }

    /// Each letter with the place where it begins, and the width of them all.
    fn placed(self, text: &str) -> (Vec<(char, f32)>, f32) {
        let font = self.scaled();
        let (mut placed, mut end, mut before) = (Vec::new(), 0.0, None);
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            if let Some(before) = before.replace(glyph) {
                end += font.kern(before, glyph);
            }
            placed.push((letter, end));
            end += font.h_advance(glyph);
        }
        (placed, end)
    }

    /// Breaks the text into lines no longer than `width`: between words, and within a word that is longer than a line.
    pub(super) fn wrapped(self, text: &str, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(line) = lines.last_mut()
                && self.width(&format!("{line} {word}")) <= width
            {
                line.push(' ');
                line.push_str(word);
                continue;
            }
            let mut line = String::new();
            for letter in word.chars() {
                if !line.is_empty() && self.width(&format!("{line}{letter}")) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
            lines.push(line);
        }
        lines
    }
}

/// One line of text.
pub(super) struct Line {
    pub(super) face: Face,
    /// From black, 0, to white.
    pub(super) shade: u8,
    pub(super) text: String,
}

impl Line {
    /// Draws it around `middle`, below `top`.
    pub(super) fn draw(&self, picture: &mut GrayImage, middle: u32, top: u32) {
        let font = self.face.scaled();
        let (placed, width) = self.face.placed(&self.text);
        let left = middle as f32 - width / 2.0;
        let baseline = top as f32 + font.ascent();
        for (letter, x) in placed {
            let mut glyph = font.scaled_glyph(letter);
            glyph.position = point(left + x, baseline);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, covered| {
                let (x, y) = (corner.x as i64 + i64::from(x), corner.y as i64 + i64::from(y));
                let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
                if let Some(Luma([pixel])) = picture.get_pixel_mut_checked(x, y) {
                    let ink = 255.0 - covered.clamp(0.0, 1.0) * f32::from(255 - self.shade);
                    *pixel = (*pixel).min(ink as u8);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_longer_than_they_may_be_and_lose_nothing() {
        let width = 936.0;
        for text in [
            "A",
            "Budi Santoso",
            "Raden Ajeng Kusumawardhani Prameswari Cokroaminoto Wirahadikusumah bin Abdurrahman",
            &"W".repeat(80),
            "Sekolah Menengah Pertama Negeri Satu Atap Tunas Bangsa Mulia",
            "José Ángel Şükrü Nguyễn",
        ] {
            for face in [Face::TITLE, Face::TEXT, Face::LABEL] {
                let lines = face.wrapped(text, width);
                for line in &lines {
                    assert!(face.width(line) <= width, "{line:?} of {text:?}");
                }
                let letters = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
        assert_eq!(Face::TEXT.wrapped("  ", width), [""; 0]);
        assert_eq!(Face::TEXT.wrapped("Budi Santoso", width), ["Budi Santoso"]);
        let long = Face::TEXT.wrapped("Sekolah Menengah Pertama Negeri Satu", width);
        assert!(long.len() > 1 && long.iter().all(|line| line.contains(' ')), "{long:?}");
    }

    #[test]
    fn names_have_letters_of_their_own() {
        let font = Face::TEXT.scaled();
        for letter in "ABCXYZabcxyz0189.,-'’éèüñçşğłŃđơưếễŐ".chars() {
            assert_ne!(font.glyph_id(letter).0, 0, "{letter}");
        }
    }
}
