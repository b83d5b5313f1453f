//! Brightness pictures: one byte a pixel, 0 black to 255 white, rows from the top.
//! Owns the borrowed and the owned shape; knows nothing of codes.

/// A borrowed picture, as a camera hands it over.
#[derive(Clone, Copy, Debug)]
pub struct LumaView<'a> {
    /// Rows of `stride` bytes each; the last row may end after `width`.
    pub data: &'a [u8],
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Bytes from the start of one row to the start of the next, at least `width`.
    pub stride: usize,
}

impl<'a> LumaView<'a> {
    /// Whether `data` holds the rows that the other fields promise, and at least one pixel.
    pub fn is_sound(&self) -> bool {
        let needed = self
            .height
            .checked_sub(1)
            .and_then(|rows| rows.checked_mul(self.stride))
            .and_then(|bytes| bytes.checked_add(self.width));
        self.width > 0 && self.stride >= self.width && needed.is_some_and(|bytes| bytes <= self.data.len())
    }

    /// Row `y`, without the padding.
    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        &self.data[y * self.stride..][..self.width]
    }

    /// The brightness at a point that need not be a pixel's centre; `None` if a neighbouring pixel is missing.
    pub(crate) fn between_pixels(&self, x: f32, y: f32) -> Option<f32> {
        let (x, y) = (x - 0.5, y - 0.5);
        if !(x >= 0.0 && y >= 0.0 && x < self.width as f32 - 1.0 && y < self.height as f32 - 1.0) {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f32, y - top as f32);
        let pixels = &self.data[top * self.stride + left..];
        let mix = |offset: usize| f32::from(pixels[offset]) * (1.0 - fx) + f32::from(pixels[offset + 1]) * fx;
        Some(mix(0) * (1.0 - fy) + mix(self.stride) * fy)
    }
}

/// The brightness of a colour by ITU-R BT.601, as in JPEG.
pub fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue) + 128) >> 8) as u8
}

/// An owned picture without padding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LumaImage {
    data: Vec<u8>,
    width: usize,
    height: usize,
}

impl LumaImage {
    /// Takes `width` × `height` bytes. `None` if `data` has another length or is empty.
    pub fn new(data: Vec<u8>, width: usize, height: usize) -> Option<Self> {
        (width > 0 && height > 0 && width.checked_mul(height) == Some(data.len())).then_some(Self {
            data,
            width,
            height,
        })
    }

    /// The whole picture, borrowed.
    pub fn view(&self) -> LumaView<'_> {
        LumaView { data: &self.data, width: self.width, height: self.height, stride: self.width }
    }

    /// Makes this a picture of the given size and returns its bytes to write; keeps the allocation.
    pub(crate) fn reset(&mut self, width: usize, height: usize) -> &mut [u8] {
        self.width = width;
        self.height = height;
        self.data.resize(width * height, 0);
        &mut self.data
    }
}
