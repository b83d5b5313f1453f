//! From three finder patterns to the text between them.
//! Owns the order of attempts on one symbol; error correction is `rxing`'s, so a text is whole or absent.

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FinderPatternSet, SampleQR};

use super::guard::guarded;
use super::triple::Triple;

/// The text of the symbol at `triple`, if one is there and can be read.
pub(super) fn read(matrix: &BitMatrix, triple: &Triple) -> Option<String> {
    guarded(|| {
        let set = FinderPatternSet { bl: triple.bottom_left, tl: triple.top_left, tr: triple.top_right };
        let sampled = SampleQR(matrix, &set).ok()?;
        text_of(sampled.getBits())
    })
}

/// The text of a symbol's modules, one bit each, black set.
pub(super) fn text_of(modules: &BitMatrix) -> Option<String> {
    let result = Decode(modules).ok()?;
    let text = result.text();
    (result.isValid() && !text.is_empty()).then_some(text)
}
