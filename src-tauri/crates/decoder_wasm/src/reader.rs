//! One instance of the module: the pixels that the page writes, the picture that is being read, and the answer.

use decoder::{Budget, Decoder, FOREIGN_WORK, LumaImage, LumaView, Still, brightness};

/// Bytes of a pixel on a canvas.
const PIXEL: usize = 4;

#[derive(Default)]
pub(crate) struct Reader {
    decoder: Decoder,
    pixels: Vec<u8>,
    frame: Vec<u8>,
    rows: Vec<u8>,
    size: (usize, usize),
    picture: Option<Picture>,
    answer: Vec<u8>,
}

/// A picture that is being read.
struct Picture {
    luma: LumaImage,
    still: Still,
    budget: Budget<'static>,
}

impl Reader {
    /// Room for so many pixels.
    pub(crate) fn pixels(&mut self, count: usize) -> &mut [u8] {
        self.pixels.resize(count.saturating_mul(PIXEL), 0);
        &mut self.pixels
    }

    pub(crate) fn frame(&mut self, width: usize, height: usize) {
        self.frame.clear();
        self.frame.extend(luma(&self.pixels));
        let view = LumaView { data: &self.frame, width, height, stride: width };
        self.answer = packed(&self.decoder.decode_frame(view));
    }

    pub(crate) fn picture(&mut self, width: usize, height: usize) {
        self.picture = None;
        self.answer = Vec::new();
        self.size = (width, height);
        self.rows = Vec::with_capacity(width.saturating_mul(height));
    }

    pub(crate) fn rows(&mut self) {
        self.rows.extend(luma(&self.pixels));
    }

    pub(crate) fn begin(&mut self, skipped: usize, work: u64) -> bool {
        let luma = LumaImage::new(std::mem::take(&mut self.rows), self.size.0, self.size.1);
        // Frees the memory for the picture's steps.
        self.pixels = Vec::new();
        self.picture = luma.map(|luma| {
            let still = Still::new(&luma, skipped);
            Picture { luma, still, budget: Budget::new(work) }
        });
        self.picture.is_some()
    }

    pub(crate) fn step(&mut self) -> bool {
        let Some(Picture { luma, still, budget }) = &mut self.picture else { return false };
        let was_made = still.step(&mut self.decoder, luma, budget);
        self.answer = packed(&still.texts());
        was_made
    }

    pub(crate) fn is_past_plain(&self) -> bool {
        self.picture.as_ref().is_some_and(|picture| picture.still.is_past_plain())
    }

    pub(crate) fn limit_to_foreign(&self) {
        if let Some(picture) = &self.picture {
            picture.budget.limit(FOREIGN_WORK);
        }
    }

    pub(crate) fn work_left(&self) -> u64 {
        self.picture.as_ref().map_or(Budget::STILL, |picture| picture.budget.left())
    }

    pub(crate) fn answer(&self) -> &[u8] {
        &self.answer
    }
}

fn luma(pixels: &[u8]) -> impl Iterator<Item = u8> {
    pixels.chunks_exact(PIXEL).map(|pixel| brightness(pixel[0], pixel[1], pixel[2]))
}

fn packed(texts: &[String]) -> Vec<u8> {
    let packed = texts.iter().flat_map(|text| {
        // No QR code has more bytes than four bytes can count.
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes();
        length.into_iter().chain(text.bytes())
    });
    packed.collect()
}
