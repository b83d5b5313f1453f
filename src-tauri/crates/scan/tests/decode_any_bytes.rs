//! No bytes make the decoder or the picture reader panic.

use proptest::prelude::*;
use scan::decode::{Decoder, LumaImage, LumaView};
use scan::picture;

/// Noise, and noise of large dots and few shades, which holds many more squares and lines.
fn any_luma() -> impl Strategy<Value = LumaImage> {
    let sizes = (1_usize..90, 1_usize..90, 1_usize..12, any::<u8>());
    (sizes, proptest::collection::vec(any::<u8>(), 64..2048)).prop_map(
        |((width, height, dot, mask), noise)| {
            let pixel = |i: usize| noise[(i / width / dot * 31 + i % width / dot) % noise.len()] & mask;
            LumaImage::new((0..width * height).map(pixel).collect(), width, height).expect("a sound size")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_pixels_are_a_still_picture(luma in any_luma()) {
        Decoder::new().decode_picture(&luma);
    }

    #[test]
    fn any_pixels_are_frames(frames in proptest::collection::vec(any_luma(), 1..8)) {
        let mut decoder = Decoder::new();
        for frame in &frames {
            decoder.decode_frame(frame.view());
        }
    }

    #[test]
    fn any_numbers_are_a_view(
        data in proptest::collection::vec(any::<u8>(), 0..300),
        width: usize,
        height: usize,
        stride: usize,
    ) {
        Decoder::new().decode_frame(LumaView { data: &data, width, height, stride });
        let (width, height, stride) = (width % 20, height % 20, stride % 24);
        Decoder::new().decode_frame(LumaView { data: &data, width, height, stride });
    }

    #[test]
    fn any_bytes_are_a_file(head in 0_usize..6, tail in proptest::collection::vec(any::<u8>(), 0..400)) {
        let heads: [&[u8]; 6] = [
            b"",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"BM",
            b"RIFF\0\0\x01\0WEBPVP8L",
        ];
        let bytes = [heads[head], &tail].concat();
        if let Ok(luma) = picture::load_bytes(&bytes) {
            Decoder::new().decode_frame(luma.view());
        }
    }
}
