//! Webcams of the operating system, by `nokhwa`: Video4Linux, Media Foundation or AVFoundation. Takes only raw frames.
//! Some drivers hang, panic or fail to open, so `capture` guards them.

use std::cmp::Reverse;

use nokhwa::Camera;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
};

use super::frame::{Frame, FrameSource, Frames, PixelFormat};
use crate::Fault;

/// The formats that are read, the cheapest first.
const FORMATS: [FrameFormat; 6] = [
    FrameFormat::GRAY,
    FrameFormat::NV12,
    FrameFormat::YUYV,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
    FrameFormat::MJPEG,
];

/// The size that is asked for. A code on a phone at arm's length has pixels enough, and a frame is still cheap to
/// decode.
const WANTED_PIXELS: u32 = 1280 * 720;

/// More frames a second would read no phone sooner.
const ENOUGH_FPS: u32 = 15;

/// Which webcam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraPlace {
    /// The first that the operating system lists.
    First,
    /// The first with this name, as [`camera_names`] gives it. The name stays the same, while numbers change with the
    /// USB socket.
    Named(String),
}

/// The names of this PC's webcams, in the operating system's order; none if it cannot tell.
pub fn camera_names() -> Vec<String> {
    cameras().into_iter().map(|(name, _)| name).collect()
}

fn cameras() -> Vec<(String, CameraIndex)> {
    let found = nokhwa::query(ApiBackend::Auto).unwrap_or_else(|error| {
        tracing::debug!(%error, "the cameras cannot be listed");
        Vec::new()
    });
    found.into_iter().map(|camera| (camera.human_name(), camera.index().clone())).collect()
}

/// One of this PC's webcams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NativeCamera {
    /// Which.
    pub place: CameraPlace,
}

impl FrameSource for NativeCamera {
    fn name(&self) -> String {
        match &self.place {
            CameraPlace::First => "first".into(),
            CameraPlace::Named(name) => name.clone(),
        }
    }

    fn open(&self) -> Result<Box<dyn Frames>, Fault> {
        let is_meant = |name: &str| match &self.place {
            CameraPlace::First => true,
            CameraPlace::Named(wanted) => wanted == name,
        };
        let (_, index) = cameras().into_iter().find(|(name, _)| is_meant(name)).ok_or(Fault::NotFound)?;
        // The device opens with whatever format comes first, and only then says what it can do.
        let first = RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS);
        let mut camera = Camera::new(index, first).map_err(fault_of)?;
        if let Some(best) = best_of(&camera.compatible_camera_formats().unwrap_or_default()) {
            let formats = [best.format()];
            let request = RequestedFormat::with_formats(RequestedFormatType::Exact(best), &formats);
            // If the camera refuses, it keeps its first format, which is read just as well.
            if let Err(error) = camera.set_camera_requset(request) {
                tracing::debug!(%error, "the camera keeps its own format");
            }
        }
        camera.open_stream().map_err(fault_of)?;
        Ok(Box::new(NativeFrames { camera }))
    }
}

struct NativeFrames {
    camera: Camera,
}

impl Frames for NativeFrames {
    fn next_frame(&mut self) -> Result<Frame, Fault> {
        let told = self.camera.camera_format();
        let data = self.camera.frame_raw().map_err(|error| {
            tracing::debug!(%error, "the camera gives no frame");
            Fault::Lost
        })?;
        let format = match told.format() {
            FrameFormat::MJPEG => PixelFormat::Mjpeg,
            FrameFormat::YUYV => PixelFormat::Yuyv,
            FrameFormat::NV12 => PixelFormat::Nv12,
            FrameFormat::GRAY => PixelFormat::Gray,
            FrameFormat::RAWRGB => PixelFormat::Rgb,
            FrameFormat::RAWBGR => PixelFormat::Bgr,
        };
        let (width, height) = (told.width() as usize, told.height() as usize);
        Ok(Frame { format, width, height, data: data.into_owned() })
    }
}

/// The size closest to the wanted one, then enough frames, then the cheapest format.
fn best_of(formats: &[CameraFormat]) -> Option<CameraFormat> {
    let read = formats.iter().filter_map(|format| {
        let cost = FORMATS.iter().position(|known| *known == format.format())?;
        let pixels = format.width().saturating_mul(format.height());
        Some((pixels.abs_diff(WANTED_PIXELS), Reverse(format.frame_rate().min(ENOUGH_FPS)), cost, *format))
    });
    read.min_by_key(|(size, fps, cost, _)| (*size, *fps, *cost)).map(|(.., format)| format)
}

/// Why a camera did not open. `nokhwa` gives only words.
fn fault_of(error: nokhwa::NokhwaError) -> Fault {
    tracing::debug!(%error, "the camera does not open");
    let words = error.to_string().to_lowercase();
    match words {
        words if words.contains("permission") || words.contains("denied") => Fault::Denied,
        words if words.contains("busy") || words.contains("in use") => Fault::Busy,
        _ => Fault::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_best(formats: &[(u32, u32, FrameFormat, u32)], expected: usize) {
        let formats: Vec<_> =
            formats.iter().map(|(w, h, format, fps)| CameraFormat::new_from(*w, *h, *format, *fps)).collect();
        assert_eq!(best_of(&formats), Some(formats[expected]));
    }

    #[test]
    fn the_size_decides_then_the_speed_then_the_cost() {
        use FrameFormat::{MJPEG, YUYV};
        assert_best(&[(640, 480, YUYV, 30), (1280, 720, MJPEG, 30), (3840, 2160, MJPEG, 30)], 1);
        assert_best(&[(1280, 720, YUYV, 5), (1280, 720, MJPEG, 30)], 1);
        assert_best(&[(1280, 720, MJPEG, 60), (1280, 720, YUYV, 15)], 1);
    }

    #[test]
    fn a_camera_that_names_no_format_has_no_best() {
        assert_eq!(best_of(&[]), None);
    }
}
