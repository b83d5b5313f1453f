//! The page's own camera, fed with frames. It reads a code that is held up, and shows its picture to aim with.

use image::{GrayImage, Luma, imageops};
use qrcode::QrCode;

use crate::{
    browser,
    school::{School, text},
};

const WIDE: u32 = 640;
const HIGH: u32 = 480;

#[tokio::test(flavor = "multi_thread")]
async fn a_code_before_the_webcam_is_read() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let browser = browser.with_camera(&film(text(&invited["kode_qr"])));
    let kiosk = school.kiosk(browser).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees(text(&invited["nama_tamu"])).await;
    kiosk.keys("\u{e00c}").await;
    kiosk.find("video").await;
    kiosk.inspect("kiosk-siap-kamera").await;
    kiosk.close().await;
}

/// A film of one frame in YUV4MPEG2: a code on a grey ground, without colour.
fn film(code: &str) -> Vec<u8> {
    let code = QrCode::new(code).expect("a code").render::<Luma<u8>>().module_dimensions(6, 6).build();
    let mut frame = GrayImage::from_pixel(WIDE, HIGH, Luma([150]));
    let (x, y) = ((WIDE - code.width()) / 2, (HIGH - code.height()) / 2);
    imageops::overlay(&mut frame, &code, x.into(), y.into());
    let mut film = format!("YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\nFRAME\n").into_bytes();
    film.extend_from_slice(&frame);
    film.resize(film.len() + (WIDE * HIGH / 2) as usize, 128);
    film
}
