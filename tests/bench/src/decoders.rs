//! The decoders that are compared, each as a function from a picture to the texts in it. Those of other projects try as
//! hard as they can.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context, Result};
use image::GrayImage;
use scan::decode::{Decoder, LumaImage, LumaView};

/// Reads a picture.
pub type Reader = Box<dyn FnMut(&GrayImage) -> Vec<String>>;

/// This project's, for one still picture.
pub fn ours_still() -> Reader {
    let mut decoder = Decoder::new();
    Box::new(move |picture| {
        let (width, height) = size(picture);
        let luma = LumaImage::new(picture.as_raw().clone(), width, height);
        luma.map(|luma| decoder.decode_picture(&luma)).unwrap_or_default()
    })
}

/// This project's, for the frames of one camera.
pub fn ours_live() -> Reader {
    let mut decoder = Decoder::new();
    Box::new(move |picture| decoder.decode_frame(view(picture)))
}

/// This project's, for a new view that is held still for at most so many frames.
pub fn ours_held(frames: usize) -> Reader {
    Box::new(move |picture| {
        let mut decoder = Decoder::new();
        let mut reads = (0..frames).map(|_| decoder.decode_frame(view(picture)));
        reads.find(|texts| !texts.is_empty()).unwrap_or_default()
    })
}

/// zxing-cpp with all its options.
pub fn zxing_cpp() -> Reader {
    let reader = zxingcpp::read()
        .formats(&[zxingcpp::BarcodeFormat::QRCode][..])
        .try_harder(true)
        .try_rotate(true)
        .try_invert(true)
        .try_downscale(true);
    Box::new(move |picture| {
        let (width, height) = picture.dimensions();
        let view =
            zxingcpp::ImageView::from_slice(picture.as_raw(), width, height, zxingcpp::ImageFormat::Lum);
        let codes = view.and_then(|view| reader.from(view));
        codes.map(|codes| codes.iter().map(|code| code.text()).collect()).unwrap_or_default()
    })
}

/// zbar, set to look only for QR codes.
///
/// # Errors
/// If it cannot be set up.
pub fn zbar() -> Result<Reader> {
    use zbar_rust::{ZBarConfig, ZBarImageScanner, ZBarSymbolType};
    let mut scanner = ZBarImageScanner::new();
    for (symbol, enabled) in [(ZBarSymbolType::ZBarNone, 0), (ZBarSymbolType::ZBarQRCode, 1)] {
        let set = scanner.set_config(symbol, ZBarConfig::ZBarCfgEnable, enabled);
        set.ok().context("zbar cannot be set up")?;
    }
    Ok(Box::new(move |picture| {
        let codes = scanner.scan_y800(picture.as_raw(), picture.width(), picture.height());
        let text = |code: zbar_rust::ZBarImageScanResult| String::from_utf8_lossy(&code.data).into_owned();
        codes.map(|codes| codes.into_iter().map(text).collect()).unwrap_or_default()
    }))
}

/// rqrr. A panic counts as no read.
pub fn rqrr() -> Reader {
    Box::new(|picture| {
        let (width, height) = size(picture);
        let read = || {
            let luma = |x, y| picture.as_raw()[y * width + x];
            let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, luma);
            let grids = prepared.detect_grids();
            grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
        };
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_default()
    })
}

fn view(picture: &GrayImage) -> LumaView<'_> {
    let (width, height) = size(picture);
    LumaView { data: picture.as_raw(), width, height, stride: width }
}

fn size(picture: &GrayImage) -> (usize, usize) {
    (picture.width() as usize, picture.height() as usize)
}
