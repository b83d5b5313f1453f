//! The small picture that the kiosk shows while a guest holds a phone before the camera. Made only while somebody
//! looks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::decode::LumaView;

/// The widest preview, in pixels.
pub const MAX_PREVIEW_WIDTH: usize = 320;

/// The shortest time between two previews.
const EVERY: Duration = Duration::from_millis(100);

/// A small picture in brightness only, without padding between rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Pixels in a row, at most [`MAX_PREVIEW_WIDTH`].
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width` × `height` bytes, 0 black to 255 white.
    pub luma: Vec<u8>,
}

/// Offers the latest preview to whoever looks.
#[derive(Debug, Clone, Default)]
pub(super) struct Previews {
    latest: watch::Sender<Option<Arc<Preview>>>,
    made_at: Option<Instant>,
}

impl Previews {
    pub(super) fn subscribe(&self) -> watch::Receiver<Option<Arc<Preview>>> {
        self.latest.subscribe()
    }

    pub(super) fn show(&mut self, view: LumaView<'_>) {
        if self.latest.receiver_count() == 0 || self.made_at.is_some_and(|at| at.elapsed() < EVERY) {
            return;
        }
        self.made_at = Some(Instant::now());
        self.latest.send_replace(Some(Arc::new(small(view))));
    }

    /// Takes the picture away once the camera is gone.
    pub(super) fn clear(&self) {
        self.latest.send_replace(None);
    }
}

/// Takes every n-th pixel of every n-th row, so that the picture is small enough.
fn small(view: LumaView<'_>) -> Preview {
    let step = view.width.div_ceil(MAX_PREVIEW_WIDTH).max(1);
    let (width, height) = (view.width.div_ceil(step), view.height.div_ceil(step));
    let rows = (0..view.height).step_by(step);
    let luma =
        rows.flat_map(|y| view.data[y * view.stride..][..view.width].iter().step_by(step).copied()).collect();
    Preview { width, height, luma }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_small_and_keeps_the_proportions() {
        let data = vec![7; 1296 * 720];
        let preview = small(LumaView { data: &data, width: 1280, height: 720, stride: 1296 });
        assert_eq!((preview.width, preview.height), (320, 180));
        assert_eq!(preview.luma.len(), 320 * 180, "the pixels do not fill the picture");
    }

    #[test]
    fn nothing_is_made_while_nobody_looks() {
        let mut previews = Previews::default();
        let view = LumaView { data: &[1, 2], width: 2, height: 1, stride: 2 };
        previews.show(view);
        assert!(previews.made_at.is_none(), "a preview was made for nobody");
        let latest = previews.subscribe();
        previews.show(view);
        let preview = latest.borrow().clone().expect("a preview for whoever looks");
        assert_eq!(*preview, Preview { width: 2, height: 1, luma: vec![1, 2] });
    }
}
