//! Cameras, through a frame source that shows real pictures, hangs, fails and panics as drivers do.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scan::camera::CameraScanner;
use scan::camera::frame::{Frame, FrameSource, Frames, PixelFormat};
use scan::{Backoff, Fault, Rejection, Scanners, ScannersOptions, State};

mod common;
use common::{assert_next, assert_nothing_waits, wait_status};

const QUICK: Backoff = Backoff { first: Duration::from_millis(5), most: Duration::from_millis(20) };

/// What a camera does when it is asked for a frame.
enum Does {
    Shows(Frame),
    Fails,
    Panics,
    /// Blocks until the other end is dropped, then fails.
    Hangs(Receiver<()>),
}

/// A camera that does these things in turn and then shows the last frame for ever. If it is opened again, it goes on
/// where it left off.
#[derive(Clone)]
struct Camera {
    script: Arc<Mutex<Receiver<Does>>>,
    opened: Arc<AtomicUsize>,
    last: Arc<Mutex<Frame>>,
}

impl Camera {
    fn new() -> (Self, Sender<Does>) {
        let (script, does) = channel();
        let camera = Self {
            script: Arc::new(Mutex::new(does)),
            opened: Arc::default(),
            last: Arc::new(Mutex::new(blank())),
        };
        (camera, script)
    }
}

impl FrameSource for Camera {
    fn name(&self) -> String {
        "uji".into()
    }

    fn open(&self) -> Result<Box<dyn Frames>, Fault> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(self.clone()))
    }
}

impl Frames for Camera {
    fn next_frame(&mut self) -> Result<Frame, Fault> {
        // Keeps the pace of a camera, so that the test machine has time for the rest.
        let next = self.script.lock().expect("not poisoned").recv_timeout(Duration::from_millis(10));
        match next {
            Ok(Does::Shows(frame)) => {
                *self.last.lock().expect("not poisoned") = frame.clone();
                Ok(frame)
            }
            Ok(Does::Fails) => Err(Fault::Lost),
            Ok(Does::Panics) => panic!("a driver panics, as this test asks"),
            Ok(Does::Hangs(until)) => {
                let _ = until.recv();
                Err(Fault::Lost)
            }
            Err(_) => Ok(self.last.lock().expect("not poisoned").clone()),
        }
    }
}

fn blank() -> Frame {
    Frame { format: PixelFormat::Gray, width: 320, height: 240, data: vec![128; 320 * 240] }
}

/// A frame that shows this code, in the middle of a room.
fn code(text: &str, format: PixelFormat) -> Frame {
    const MODULE: u32 = 6;
    let (width, height) = (640, 480);
    let code = qrcode::QrCode::new(text).expect("a code");
    let (side, colors) = (code.width() as u32, code.to_colors());
    let (left, top) = ((width - side * MODULE) / 2, (height - side * MODULE) / 2);
    let picture = image::GrayImage::from_fn(width, height, |x, y| {
        let module = |at: u32, start: u32| at.checked_sub(start).map(|at| at / MODULE).filter(|n| *n < side);
        let dark = match (module(x, left), module(y, top)) {
            (Some(x), Some(y)) => colors[(y * side + x) as usize] == qrcode::Color::Dark,
            _ => false,
        };
        image::Luma([if dark { 0 } else { 255 }])
    });
    let luma = picture.as_raw();
    let data = match format {
        PixelFormat::Gray => luma.clone(),
        PixelFormat::Yuyv => luma.iter().flat_map(|y| [*y, 128]).collect(),
        PixelFormat::Nv12 => luma.iter().copied().chain(vec![128; luma.len() / 2]).collect(),
        PixelFormat::Rgb | PixelFormat::Bgr => luma.iter().flat_map(|y| [*y; 3]).collect(),
        PixelFormat::Mjpeg => {
            let mut jpeg = Vec::new();
            let colours = image::DynamicImage::ImageLuma8(picture.clone()).into_rgb8();
            image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(&colours).expect("a JPEG");
            jpeg
        }
    };
    Frame { format, width: width as usize, height: height as usize, data }
}

fn scanners() -> Scanners {
    Scanners::new(ScannersOptions { backoff: QUICK, ..ScannersOptions::default() })
}

#[tokio::test]
async fn codes_are_read_from_frames_of_every_format() {
    let (camera, script) = Camera::new();
    let scanners = scanners();
    let source = scanners.add(CameraScanner::on(camera)).expect("a thread");
    assert_eq!(source.to_string(), "camera:uji");
    let formats = [
        PixelFormat::Gray,
        PixelFormat::Yuyv,
        PixelFormat::Nv12,
        PixelFormat::Rgb,
        PixelFormat::Bgr,
        PixelFormat::Mjpeg,
    ];
    for format in formats {
        let text = format!("KODE{format:?}");
        script.send(Does::Shows(code(&text, format))).expect("the camera is there");
        assert_next(&scanners, &text).await;
    }
    // The last code is still before the camera. It is read again and again, and counts once.
    let reads = wait_status(&scanners, &source, "reading", |status| status.reads > 6).await.reads;
    wait_status(&scanners, &source, "reading on", |status| status.reads > reads + 3).await;
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_broken_frame_is_counted_and_the_next_one_read() {
    let (camera, script) = Camera::new();
    let scanners = scanners();
    let source = scanners.add(CameraScanner::on(camera)).expect("a thread");
    let broken =
        Frame { format: PixelFormat::Mjpeg, width: 640, height: 480, data: vec![0xFF, 0xD8, 0xFF, 1, 2] };
    script.send(Does::Shows(broken)).expect("the camera is there");
    wait_status(&scanners, &source, "counting the broken frame", |s| {
        s.last_rejection == Some(Rejection::BadFrame)
    })
    .await;
    // Nobody is told, because the guest's code is read a moment later.
    script.send(Does::Shows(code("BAIK", PixelFormat::Yuyv))).expect("the camera is there");
    assert_next(&scanners, "BAIK").await;
}

#[tokio::test]
async fn of_several_codes_in_one_frame_the_guests_own_counts() {
    const TOKEN: &str = "HTTPS://TAMU.CONTOH.SCH.ID/K/57XQBTJ5ZJXQUBRAHFHTRZLUVXZUETRNWP2CA75N54JEEDZ";
    let (camera, script) = Camera::new();
    let scanners = scanners();
    let source = scanners.add(CameraScanner::on(camera)).expect("a thread");
    // The foreign one is larger, and so is found first.
    let (mut frame, ours) =
        (code("00020101021126570011ID.DANA", PixelFormat::Gray), code(TOKEN, PixelFormat::Gray));
    for (row, beside) in frame.data.chunks_exact_mut(640).zip(ours.data.chunks_exact(640)) {
        row.rotate_left(240);
        row[400..].copy_from_slice(&beside[200..440]);
    }
    script.send(Does::Shows(frame)).expect("the camera is there");
    assert_next(&scanners, TOKEN).await;
    wait_status(&scanners, &source, "reading both on", |status| status.reads > 6).await;
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_camera_that_fails_or_panics_is_opened_again() {
    let (camera, script) = Camera::new();
    let opened = camera.opened.clone();
    let scanners = scanners();
    let source = scanners.add(CameraScanner::on(camera)).expect("a thread");
    for (does, fault) in [(Does::Fails, Fault::Lost), (Does::Panics, Fault::Failed)] {
        wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;
        let mut statuses = scanners.statuses();
        statuses.mark_unchanged();
        let opened_before = opened.load(Ordering::SeqCst);
        script.send(does).expect("the camera is there");
        // The fault may be over before the test sees it, but the camera's second opening cannot be missed.
        loop {
            let state = statuses.borrow_and_update()[&source].state;
            match state {
                State::Disconnected(seen) => assert_eq!(seen, fault, "another fault than the camera's"),
                _ if opened.load(Ordering::SeqCst) > opened_before => break,
                _ => {}
            }
            statuses.changed().await.expect("the scanners live");
        }
    }
    script.send(Does::Shows(code("LAGI", PixelFormat::Gray))).expect("the camera is there");
    assert_next(&scanners, "LAGI").await;
}

#[tokio::test]
async fn the_watchdog_gives_a_hung_camera_up_and_opens_it_again() {
    let (camera, script) = Camera::new();
    let opened = camera.opened.clone();
    // The thread that hangs in the camera holds the script, so the next opening needs a camera of its own.
    let cameras = Arc::new(Mutex::new(vec![Camera::new().0, camera]));
    let second = cameras.lock().expect("not poisoned")[0].clone();
    let scanners = scanners();
    let mut scanner = CameraScanner::on(Turns { cameras });
    scanner.hang_after = Duration::from_secs(2);
    *second.last.lock().expect("not poisoned") = code("BANGUN", PixelFormat::Yuyv);
    let source = scanners.add(scanner).expect("a thread");
    let (wake, until) = channel();
    script.send(Does::Hangs(until)).expect("the camera is there");

    wait_status(&scanners, &source, "hung", |status| status.state == State::Disconnected(Fault::Hung)).await;
    assert_next(&scanners, "BANGUN").await;
    assert_eq!(opened.load(Ordering::SeqCst), 1, "the hung camera was opened more than once");
    assert_eq!(
        second.opened.load(Ordering::SeqCst),
        1,
        "the camera was not opened exactly once after the hang"
    );
    drop(wake);
}

/// Opens the next of these cameras each time.
struct Turns {
    cameras: Arc<Mutex<Vec<Camera>>>,
}

impl FrameSource for Turns {
    fn name(&self) -> String {
        "giliran".into()
    }

    fn open(&self) -> Result<Box<dyn Frames>, Fault> {
        let camera = self.cameras.lock().expect("not poisoned").pop().ok_or(Fault::NotFound)?;
        camera.open()
    }
}

/// A camera whose driver blocks for ever while it is opened.
struct NeverOpens {
    started: Arc<AtomicUsize>,
    until: Arc<Mutex<Receiver<()>>>,
}

impl FrameSource for NeverOpens {
    fn name(&self) -> String {
        "macet".into()
    }

    fn open(&self) -> Result<Box<dyn Frames>, Fault> {
        self.started.fetch_add(1, Ordering::SeqCst);
        let _ = self.until.lock().expect("not poisoned").recv();
        Err(Fault::Lost)
    }
}

#[tokio::test]
async fn a_camera_that_hangs_each_time_does_not_eat_threads() {
    let (wake, until) = channel::<()>();
    let started = Arc::new(AtomicUsize::new(0));
    let camera = NeverOpens { started: started.clone(), until: Arc::new(Mutex::new(until)) };
    let scanners = scanners();
    let mut scanner = CameraScanner::on(camera);
    scanner.open_within = Duration::from_millis(10);
    let source = scanners.add(scanner).expect("a thread");
    wait_status(&scanners, &source, "hung", |status| status.state == State::Disconnected(Fault::Hung)).await;
    // Ending does not wait for the driver.
    tokio::time::timeout(Duration::from_secs(20), scanners.close())
        .await
        .expect("closing waits for a hung camera");
    assert!(started.load(Ordering::SeqCst) <= 3, "a hung camera was opened on more and more threads");
    drop(wake);
}

#[tokio::test]
async fn the_preview_shows_what_the_camera_sees_while_somebody_looks() {
    let (camera, script) = Camera::new();
    let scanner = CameraScanner::on(camera);
    let mut previews = scanner.previews();
    let scanners = scanners();
    scanners.add(scanner).expect("a thread");
    script.send(Does::Shows(code("PRATINJAU", PixelFormat::Yuyv))).expect("the camera is there");
    let limit = Duration::from_secs(30);
    let preview =
        tokio::time::timeout(limit, previews.wait_for(|p| p.as_ref().is_some_and(|p| p.luma.contains(&0))))
            .await
            .expect("no preview shows the code")
            .expect("the scanner lives")
            .clone()
            .expect("a picture");
    assert_eq!((preview.width, preview.height), (320, 240));
    scanners.close().await;
    assert!(previews.borrow().is_none(), "the last picture stays up after the camera is closed");
}

#[tokio::test]
async fn a_pc_without_a_camera_says_so() {
    let scanners = scanners();
    let place = scan::camera::CameraPlace::Named("tidak ada".into());
    let source = scanners.add(CameraScanner::new(place)).expect("a thread");
    wait_status(&scanners, &source, "not found", |s| s.state == State::Disconnected(Fault::NotFound)).await;
    scanners.close().await;
}
