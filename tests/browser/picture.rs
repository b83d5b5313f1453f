//! Pictures of a guest's code, as they come in practice, are dropped on the desk. The page's own decoder reads them.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, LumaA, imageops};
use qrcode::QrCode;

use crate::{
    browser,
    school::{School, text},
};

/// A payment code, which is not for this desk.
const FOREIGN: &str = "00020101021126610014COM.EXAMPLE";

type Draw = fn(&str) -> DynamicImage;

const KINDS: [(&str, ImageFormat, Draw); 6] = [
    ("hitam-tembus.png", ImageFormat::Png, black_on_transparent),
    ("cermin.png", ImageFormat::Png, mirrored),
    ("terbalik.webp", ImageFormat::WebP, light_on_dark),
    ("pudar.png", ImageFormat::Png, faint),
    ("foto.jpg", ImageFormat::Jpeg, small_in_a_photograph),
    ("berdua.jpg", ImageFormat::Jpeg, beside_a_foreign_one),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_read_in_whatever_kind_of_picture_it_comes() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let mut pictures = Vec::new();
    for (guest, (name, format, draw)) in [0, 1, 2, 4, 5, 6].into_iter().zip(KINDS) {
        let invited = school.invite(&guru, guest, "09:05").await;
        let mut file = Cursor::new(Vec::new());
        draw(text(&invited["kode_qr"])).write_to(&mut file, format).expect("a picture file");
        pictures.push((name, file.into_inner(), invited));
    }
    let kiosk = school.kiosk(browser).await;
    for (name, bytes, invited) in &pictures {
        kiosk.drop_file(name, bytes).await;
        kiosk.sees(text(&invited["nama_tamu"])).await;
        kiosk.find("[data-testid=papan-datang]").await;
    }
    kiosk.close().await;
}

/// A code with its quiet zone.
fn code(text: &str, module_px: u32, dark: u8, light: u8) -> GrayImage {
    let code = QrCode::new(text).expect("a code");
    let mut render = code.render::<Luma<u8>>();
    render.module_dimensions(module_px, module_px).dark_color(Luma([dark])).light_color(Luma([light])).build()
}

/// Black everywhere, and visible only at the code.
fn black_on_transparent(text: &str) -> DynamicImage {
    let code = code(text, 6, 0, 255);
    let picture = image::ImageBuffer::from_fn(code.width(), code.height(), |x, y| {
        LumaA([0, 255 - code.get_pixel(x, y).0[0]])
    });
    DynamicImage::ImageLumaA8(picture)
}

fn mirrored(text: &str) -> DynamicImage {
    imageops::flip_horizontal(&code(text, 6, 0, 255)).into()
}

fn light_on_dark(text: &str) -> DynamicImage {
    let inverted: DynamicImage = code(text, 6, 255, 0).into();
    DynamicImage::ImageRgb8(inverted.into_rgb8())
}

fn faint(text: &str) -> DynamicImage {
    code(text, 6, 212, 228).into()
}

/// Twelve megapixels, light on one side and dark on the other.
fn small_in_a_photograph(text: &str) -> DynamicImage {
    let mut photograph = GrayImage::from_fn(4000, 3000, |x, y| Luma([(60 + x / 40 + y / 60) as u8]));
    imageops::overlay(&mut photograph, &code(text, 3, 40, 215), 2700, 1900);
    photograph.into()
}

/// The foreign code is the larger one.
fn beside_a_foreign_one(text: &str) -> DynamicImage {
    let mut picture = GrayImage::from_pixel(1200, 700, Luma([180]));
    imageops::overlay(&mut picture, &code(FOREIGN, 14, 20, 235), 40, 60);
    imageops::overlay(&mut picture, &code(text, 5, 20, 235), 780, 200);
    picture.into()
}
