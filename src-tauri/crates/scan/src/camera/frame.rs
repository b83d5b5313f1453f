//! A camera's picture as the driver gives it, and the traits that cameras implement. Converts nothing.

use crate::Fault;

/// Where the brightness lies in a frame's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelFormat {
    /// 2 bytes a pixel: luma, then one of the two chromas.
    Yuyv,
    /// A plane of luma, then half as much chroma.
    Nv12,
    /// 1 byte of luma a pixel.
    Gray,
    /// 3 bytes a pixel: red, green, blue.
    Rgb,
    /// 3 bytes a pixel: blue, green, red.
    Bgr,
    /// One JPEG picture, which has its own size in it.
    Mjpeg,
}

/// One raw frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What `data` holds.
    pub format: PixelFormat,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The driver's bytes. Rows may be padded, all by the same length.
    pub data: Vec<u8>,
}

/// A camera that can be opened again and again. It is opened and read on a thread of its own, which may be given up, so
/// it is shared and must not keep that thread's state.
pub trait FrameSource: Send + Sync + 'static {
    /// The camera's name, for its [`crate::SourceId`].
    fn name(&self) -> String;

    /// Opens the camera. May block for a long time.
    ///
    /// # Errors
    /// Why it does not open.
    fn open(&self) -> Result<Box<dyn Frames>, Fault>;
}

/// An open camera. Dropping it closes the camera.
pub trait Frames {
    /// Waits for the next frame. May block for ever, as drivers do.
    ///
    /// # Errors
    /// If the camera is gone.
    fn next_frame(&mut self) -> Result<Frame, Fault>;
}
