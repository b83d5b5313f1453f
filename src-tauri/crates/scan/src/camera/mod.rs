//! Webcams: takes frames, their brightness and the preview, and notices a camera that hangs. `decode` finds the codes.

mod capture;
pub mod frame;
pub mod luma;
mod native;
mod preview;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use self::capture::{Capture, Threads};
use self::frame::FrameSource;
use self::luma::Luma;
pub use self::native::{CameraPlace, NativeCamera, camera_names};
use self::preview::Previews;
pub use self::preview::{MAX_PREVIEW_WIDTH, Preview};
use crate::decode::Decoder;
use crate::{Batch, Fault, Reader, Rejection, Scanner, SourceId, SourceKind, Stop};

/// A webcam that reads the codes shown to it.
pub struct CameraScanner {
    source: Arc<dyn FrameSource>,
    /// If opening takes longer, the camera counts as hung. Some cameras take seconds.
    pub open_within: Duration,
    /// If an open camera delivers nothing for so long, it counts as hung.
    pub hang_after: Duration,
    threads: Threads,
    previews: Previews,
}

impl CameraScanner {
    /// One of this PC's webcams.
    pub fn new(place: CameraPlace) -> Self {
        Self::on(NativeCamera { place })
    }

    /// Another source of frames.
    pub fn on(source: impl FrameSource) -> Self {
        Self {
            source: Arc::new(source),
            open_within: Duration::from_secs(10),
            hang_after: Duration::from_secs(5),
            threads: Threads::default(),
            previews: Previews::default(),
        }
    }

    /// The latest small picture of what the camera sees; `None` while it sees nothing. Pictures are made only while a
    /// receiver lives.
    pub fn previews(&self) -> watch::Receiver<Option<Arc<Preview>>> {
        self.previews.subscribe()
    }
}

impl Scanner for CameraScanner {
    fn source(&self) -> SourceId {
        SourceId::new(SourceKind::Camera, self.source.name())
    }

    fn open(&mut self, stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        let capture =
            Capture::open(self.source.clone(), &self.threads, self.open_within, self.hang_after, stop)?;
        Ok(Box::new(CameraReader {
            capture,
            luma: Luma::default(),
            decoder: Decoder::new(),
            previews: self.previews.clone(),
        }))
    }
}

struct CameraReader {
    capture: Capture,
    luma: Luma,
    decoder: Decoder,
    previews: Previews,
}

impl Reader for CameraReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        let Some(frame) = self.capture.newest()? else { return Ok(()) };
        let Some(view) = self.luma.of(&frame) else {
            batch.reject(Rejection::BadFrame);
            return Ok(());
        };
        self.previews.show(view);
        for text in self.decoder.decode_frame(view) {
            batch.push(text.as_bytes());
        }
        Ok(())
    }
}

impl Drop for CameraReader {
    fn drop(&mut self) {
        self.previews.clear();
    }
}
