//! The second opinion: `rqrr`, which finds finder patterns by their area and so reads a few codes that nothing else
//! does. It panics on some pictures, and is asked only when all else has failed.

use super::guard::guarded;
use super::luma::{LumaImage, LumaView};
use super::scale;

/// The largest picture handed to `rqrr`, in pixels; larger ones are shrunk to it.
const LARGEST: usize = 2 << 20;

/// The texts in `luma`, each once.
pub(super) fn read(luma: LumaView<'_>) -> Vec<String> {
    let mut factor = 1;
    while luma.width / factor * (luma.height / factor) > LARGEST {
        factor += 1;
    }
    let mut small = LumaImage::default();
    if factor > 1 {
        if !scale::shrink(luma, factor, &mut Vec::new(), &mut small) {
            return Vec::new();
        }
        return texts(small.view());
    }
    texts(luma)
}

fn texts(luma: LumaView<'_>) -> Vec<String> {
    guarded(|| {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(luma.width, luma.height, |x, y| luma.row(y)[x]);
        let mut texts: Vec<String> = Vec::new();
        for grid in prepared.detect_grids() {
            let text = guarded(|| grid.decode().ok()).map(|(_, text)| text);
            texts.extend(text.filter(|text| !text.is_empty() && !texts.contains(text)));
        }
        texts
    })
}
