//! Tells what a file is by its first bytes. Knows the pictures that are read here, and those that guests send and that
//! cannot be read, so that a person learns what is wrong.

use std::fmt;

/// A file's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG, also named `.jfif`.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, animated or not.
    Webp,
    /// GIF, animated or not.
    Gif,
    /// A Windows bitmap.
    Bmp,
    /// A kind that is not read here.
    Stranger(Stranger),
}

/// Pictures and documents that guests send and that are not read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// An iPhone's photograph.
    Heic,
    /// A photograph of newer phones and browsers.
    Avif,
    /// A document.
    Pdf,
    /// A scanner's picture.
    Tiff,
    /// A drawing.
    Svg,
    /// JPEG XL.
    JpegXl,
    /// JPEG 2000.
    Jpeg2000,
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heic => "HEIC",
            Self::Avif => "AVIF",
            Self::Pdf => "PDF",
            Self::Tiff => "TIFF",
            Self::Svg => "SVG",
            Self::JpegXl => "JPEG XL",
            Self::Jpeg2000 => "JPEG 2000",
        })
    }
}

/// How far into a file its kind is looked for, because some programs put a line before a document.
pub const HEAD_BYTES: usize = 1024;

/// The kind by the first bytes, at most [`HEAD_BYTES`] of them; `None` if they are no picture's.
pub fn of(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let stranger = |stranger| Some(Kind::Stranger(stranger));
    match head {
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Kind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
        [b'B', b'M', ..] if is_bitmap(head) => Some(Kind::Bmp),
        [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => boxed(head, brands).and_then(stranger),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => stranger(Stranger::Tiff),
        [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => stranger(Stranger::JpegXl),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => stranger(Stranger::Jpeg2000),
        _ if holds(head, b"%PDF-") => stranger(Stranger::Pdf),
        _ if is_drawing(head) => stranger(Stranger::Svg),
        _ => None,
    }
}

/// Whether it is a bitmap. Its second header has one of few sizes, which no text that begins with BM has there.
fn is_bitmap(head: &[u8]) -> bool {
    let size = head.get(14..18).map(|size| u32::from_le_bytes([size[0], size[1], size[2], size[3]]));
    size.is_some_and(|size| [12, 40, 52, 56, 64, 108, 124].contains(&size))
}

/// Which picture is in a box of ISO base media, by the brands that it names. Films are in such boxes, too.
fn boxed(head: &[u8], brands: &[u8]) -> Option<Stranger> {
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let brands = &brands[..brands.len().min(length.saturating_sub(8))];
    let names = |wanted: &[&[u8; 4]]| brands.chunks_exact(4).any(|brand| wanted.iter().any(|w| brand == *w));
    if names(&[b"avif", b"avis"]) {
        return Some(Stranger::Avif);
    }
    names(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]).then_some(Stranger::Heic)
}

fn is_drawing(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    text.starts_with(b"<svg")
        || (text.starts_with(b"<?xml") || text.starts_with(b"<!--")) && holds(text, b"<svg")
}

fn holds(head: &[u8], part: &[u8]) -> bool {
    head.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind() {
        let cases: [(&[u8], Option<Kind>); 16] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0", Some(Kind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"GIF89a\x01\0", Some(Kind::Gif)),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Some(Kind::Bmp)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(Kind::Stranger(Stranger::Heic))),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", Some(Kind::Stranger(Stranger::Avif))),
            (b"%PDF-1.7\n", Some(Kind::Stranger(Stranger::Pdf))),
            (b"\n\n%PDF-1.4\n", Some(Kind::Stranger(Stranger::Pdf))),
            (b"<?xml version='1.0'?>\n<svg xmlns=", Some(Kind::Stranger(Stranger::Svg))),
            (b"II*\0\x08\0\0\0", Some(Kind::Stranger(Stranger::Tiff))),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", None),
            (b"BMW 320i, tahun 2012, terawat", None),
            (b"<!DOCTYPE html><html>", None),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(of(bytes), kind, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn any_beginning_is_answered() {
        let heads: [&[u8]; 4] = [b"\0\0\0\x18ftypheic", b"BM\x36\0\0\0\0\0", b"\xff\xd8\xff", b"<?xml"];
        for head in heads {
            for length in 0..=head.len() {
                of(&head[..length]);
            }
        }
        assert_eq!(of(b"\0\0\0\0ftypheic"), None, "a box that ends before its name");
    }
}
