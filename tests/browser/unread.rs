//! A picture without a code is told. Every picture that is dropped on the desk reaches the screen, the list of devices,
//! or both.

use image::{GrayImage, ImageFormat, Luma};
use serde_json::Value;

use crate::{
    browser,
    browser::Tab,
    school::{School, show_code, text},
};

/// Only grey.
fn empty_picture() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    GrayImage::from_pixel(64, 64, Luma([150])).write_to(&mut png, ImageFormat::Png).expect("a PNG");
    png.into_inner()
}

/// As many bytes as tell a telephone's photograph.
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";

async fn is_welcomed(kiosk: &Tab, invited: &Value) {
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees(text(&invited["nama_tamu"])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_without_a_code_takes_the_guest_before_off_the_screen() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let kiosk = school.kiosk(browser).await;
    let empty = empty_picture();
    let pictures: [(&str, &str, &[u8], &str); 4] = [
        ("gambar_kosong", "kosong.png", &empty, "Tidak ada kode QR di gambar itu"),
        ("gambar_rusak", "setengah.png", &empty[..empty.len() / 2], "rusak"),
        ("gambar_heic", "IMG_0001.HEIC", HEIC, "HEIC"),
        ("gambar_rusak", "catatan.jpg", b"bukan gambar", "bukan gambar"),
    ];
    // Guests whose names stand in no other word.
    for (guest, (sebab, name, bytes, words)) in [0, 1, 4, 5].into_iter().zip(pictures) {
        let invited = school.invite(&guru, guest, "09:05").await;
        show_code(&kiosk, &invited["kode_qr"]).await;
        is_welcomed(&kiosk, &invited).await;
        kiosk.drop_file(name, bytes).await;
        kiosk.find(&format!("[data-testid=papan-tak-terbaca][data-sebab={sebab}]")).await;
        kiosk.sees(words).await;
        assert!(
            !kiosk.text().await.contains(text(&invited["nama_tamu"])),
            "{name}: the guest before is still welcomed"
        );
        kiosk.inspect(&format!("kiosk-{}", sebab.replace('_', "-"))).await;
        kiosk.click("[data-testid=buka-alat]").await;
        kiosk.find("[data-testid=baca-gambar][data-keadaan=gagal]").await;
        kiosk.press("Tutup").await;
    }
    kiosk.click("[data-testid=buka-alat]").await;
    kiosk.inspect("kiosk-alat").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_code_is_told_beside_a_welcome_and_never_instead() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    is_welcomed(&kiosk, &invited).await;
    show_code(&kiosk, &Value::from("00020101021126610014COM.EXAMPLE")).await;
    kiosk.find("[data-testid=sisipan][data-jenis=asing]").await;
    is_welcomed(&kiosk, &invited).await;
    kiosk.inspect("kiosk-kode-asing").await;
    kiosk.close().await;
}
