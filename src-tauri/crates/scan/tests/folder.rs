//! A watched folder with real files: new, old, slowly written, broken, unknown; and the folder going away.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use scan::folder::FolderScanner;
use scan::picture::Unread;
use scan::picture::kind::Stranger;
use scan::{Backoff, Fault, Rejection, Scanners, ScannersOptions, State};

mod common;
use common::{assert_next, assert_nothing_waits, next_rejected, wait_status};

fn scanners() -> Scanners {
    let backoff = Backoff { first: Duration::from_millis(5), most: Duration::from_millis(20) };
    Scanners::new(ScannersOptions { backoff, ..ScannersOptions::default() })
}

/// Watches the folder, and soon gives a file up.
fn scanner(folder: &Path) -> FolderScanner {
    let mut scanner = FolderScanner::new(folder);
    scanner.settle = Duration::from_millis(50);
    scanner.give_up = Duration::from_millis(200);
    scanner
}

/// A PNG screenshot of this code.
fn png(text: &str) -> Vec<u8> {
    const MODULE: u32 = 4;
    const QUIET: u32 = 4;
    let code = qrcode::QrCode::new(text).expect("a code");
    let (side, colors) = (code.width() as u32, code.to_colors());
    let pixels = (side + 2 * QUIET) * MODULE;
    let picture = image::GrayImage::from_fn(pixels, pixels, |x, y| {
        let module = |at: u32| (at / MODULE).checked_sub(QUIET).filter(|n| *n < side);
        let dark = match (module(x), module(y)) {
            (Some(x), Some(y)) => colors[(y * side + x) as usize] == qrcode::Color::Dark,
            _ => false,
        };
        image::Luma([if dark { 0 } else { 255 }])
    });
    encoded(picture)
}

fn encoded(picture: image::GrayImage) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
    png.into_inner()
}

#[tokio::test]
async fn new_pictures_are_read_once_and_old_ones_not() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lama.png"), png("LAMA")).expect("a file");
    let scanners = scanners();
    let source = scanners.add(scanner(folder.path())).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;

    fs::write(folder.path().join("catatan.txt"), "bukan gambar").expect("a file");
    fs::write(folder.path().join("satu.png"), png("SATU")).expect("a file");
    assert_next(&scanners, "SATU").await;
    fs::write(folder.path().join("DUA.PNG"), png("DUA")).expect("a file");
    assert_next(&scanners, "DUA").await;
    assert_nothing_waits(&scanners);
    let status = wait_status(&scanners, &source, "2 reads", |status| status.reads == 2).await;
    assert_eq!(status.rejected, 0, "a good picture was rejected: {:?}", status.last_rejection);
}

#[tokio::test]
async fn a_slowly_written_picture_is_read_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let scanners = scanners();
    // Half a picture may stand still for long before it counts as broken.
    let mut scanner = scanner(folder.path());
    scanner.give_up = Duration::from_secs(600);
    let source = scanners.add(scanner).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;

    let whole = png("LAMBAT");
    let mut file = File::create(folder.path().join("lambat.png")).expect("a file");
    file.write_all(&whole[..whole.len() / 2]).expect("half a picture");
    file.sync_all().expect("half a picture on disk");
    // A picture that comes later is read meanwhile, so the half one has had its first try, or is whole by then.
    fs::write(folder.path().join("cepat.png"), png("CEPAT")).expect("a file");
    assert_next(&scanners, "CEPAT").await;
    assert_nothing_waits(&scanners);
    file.write_all(&whole[whole.len() / 2..]).expect("the other half");
    drop(file);
    assert_next(&scanners, "LAMBAT").await;
    let status = wait_status(&scanners, &source, "known", |_| true).await;
    assert_eq!(status.rejected, 0, "half a picture was rejected: {:?}", status.last_rejection);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_with_its_reason_and_the_next_one_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let scanners = scanners();
    let source = scanners.add(scanner(folder.path())).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;

    let blank = encoded(image::GrayImage::new(64, 64));
    let half = png("SETENGAH");
    let cases: [(&str, &[u8], Unread); 7] = [
        ("rusak.jpg", b"\xFF\xD8\xFFbukan gambar", Unread::Broken),
        ("halaman.png", b"<!DOCTYPE html><title>Tidak ditemukan</title>", Unread::Broken),
        ("separuh.png", &half[..half.len() / 3], Unread::Broken),
        ("polos.png", &blank, Unread::NoCode),
        ("kosong.png", b"", Unread::Empty),
        ("IMG_0412.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Unread::Stranger(Stranger::Heic)),
        // Its content is enough; its name says nothing.
        ("undangan", b"%PDF-1.7\n", Unread::Stranger(Stranger::Pdf)),
    ];
    for (file, content, why) in cases {
        fs::write(folder.path().join(file), content).expect("a file");
        let rejected = next_rejected(&scanners).await;
        assert_eq!(rejected.rejection, Rejection::Picture { file: file.into(), why }, "{file}");
        assert_eq!(rejected.source, source);
    }
    fs::write(folder.path().join("baik.png"), png("BAIK")).expect("a file");
    assert_next(&scanners, "BAIK").await;
    assert_nothing_waits(&scanners);
    let status = wait_status(&scanners, &source, "known", |_| true).await;
    assert_eq!((status.state, status.rejected), (State::Ready, 7), "each bad picture is told once");
}

#[tokio::test]
async fn pictures_are_known_by_their_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let scanners = scanners();
    let source = scanners.add(scanner(folder.path())).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;

    for (at, file) in
        ["a.jfif", "b.gif", "tanpa akhiran", "d.txt", "WhatsApp 09.05.12"].into_iter().enumerate()
    {
        let text = format!("KODE{at}");
        fs::write(folder.path().join(file), png(&text)).expect("a file");
        assert_next(&scanners, &text).await;
    }
    // These are not meant to be pictures.
    fs::write(folder.path().join("catatan.txt"), "bukan gambar").expect("a file");
    fs::write(folder.path().join("kosong.txt"), "").expect("a file");
    fs::write(folder.path().join("baru.png.crdownload"), png("BELUM")).expect("a file");
    fs::write(folder.path().join("zz.png"), png("AKHIR")).expect("a file");
    assert_next(&scanners, "AKHIR").await;
    assert_nothing_waits(&scanners);
    assert_eq!(wait_status(&scanners, &source, "known", |_| true).await.rejected, 0);
}

#[tokio::test]
async fn of_several_codes_in_one_picture_the_guests_own_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let scanners = scanners();
    let source = scanners.add(scanner(folder.path())).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;

    const TOKEN: &str = "57XQBTJ5ZJXQUBRAHFHTRZLUVXZUETRNWP2CA75N54JEEDZ";
    let decoded = |text: &str| image::load_from_memory(&png(text)).expect("a picture").into_luma8();
    let (foreign, ours) = (decoded(&"00020101".repeat(20)), decoded(TOKEN));
    let mut sheet = image::GrayImage::from_pixel(900, 500, image::Luma([255]));
    image::imageops::overlay(&mut sheet, &foreign, 20, 20);
    image::imageops::overlay(&mut sheet, &ours, 600, 60);
    fs::write(folder.path().join("pembayaran.png"), encoded(sheet)).expect("a file");
    assert_next(&scanners, TOKEN).await;
    wait_status(&scanners, &source, "both read", |status| status.reads == 2).await;
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_folder_that_goes_away_is_known_and_what_came_meanwhile_is_read() {
    let parent = tempfile::tempdir().expect("a folder");
    let (folder, away) = (parent.path().join("masuk"), parent.path().join("pergi"));
    let scanners = scanners();
    let source = scanners.add(scanner(&folder)).expect("a thread");
    wait_status(&scanners, &source, "not found", |s| s.state == State::Disconnected(Fault::NotFound)).await;

    fs::create_dir(&folder).expect("the folder");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;
    fs::write(folder.join("satu.png"), png("SATU")).expect("a file");
    assert_next(&scanners, "SATU").await;

    fs::rename(&folder, &away).expect("the folder goes");
    wait_status(&scanners, &source, "disconnected", |s| matches!(s.state, State::Disconnected(_))).await;
    fs::write(away.join("dua.png"), png("DUA")).expect("a file");
    fs::rename(&away, &folder).expect("the folder comes back");
    assert_next(&scanners, "DUA").await;
    assert_nothing_waits(&scanners);
}
