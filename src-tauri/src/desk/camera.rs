//! The camera's picture, while a camera is in use.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use scan::{
    Scanners, SourceId,
    camera::{CameraPlace, CameraScanner, Preview},
};
use tokio::sync::watch;

/// The camera, if it is in use.
#[derive(Default)]
pub(super) struct Camera(Mutex<Option<InUse>>);

/// The camera while it is in use.
#[derive(Clone)]
pub(super) struct InUse {
    source: SourceId,
    previews: Arc<tokio::sync::Mutex<watch::Receiver<Option<Arc<Preview>>>>>,
}

impl InUse {
    /// The next picture as bytes. Empty if the camera gives none; `None` once the camera is released.
    pub(super) async fn next_picture(&self) -> Option<Vec<u8>> {
        let mut previews = self.previews.lock().await;
        previews.changed().await.ok()?;
        Some(previews.borrow_and_update().as_deref().map_or_else(Vec::new, bytes_of))
    }
}

impl Camera {
    /// Adds the camera to the scanners.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub(super) fn open(&self, scanners: &Scanners) -> io::Result<()> {
        let scanner = CameraScanner::new(CameraPlace::First);
        let previews = Arc::new(tokio::sync::Mutex::new(scanner.previews()));
        let source = scanners.add(scanner)?;
        *self.lock() = Some(InUse { source, previews });
        Ok(())
    }

    /// Waits until the device is released, so that its light is off.
    pub(super) async fn close(&self, scanners: &Scanners) {
        let in_use = self.lock().take();
        if let Some(in_use) = in_use {
            scanners.remove(&in_use.source).await;
        }
    }

    pub(super) fn in_use(&self) -> Option<InUse> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<InUse>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn bytes_of(preview: &Preview) -> Vec<u8> {
    let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX).to_le_bytes();
    [&side(preview.width)[..], &side(preview.height)[..], &preview.luma[..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_its_size_and_its_pixels() {
        let preview = Preview { width: 2, height: 1, luma: vec![9, 250] };
        assert_eq!(bytes_of(&preview), [2, 0, 1, 0, 9, 250]);
    }

    #[tokio::test]
    async fn each_picture_is_given_once_until_the_camera_is_let_go() {
        let (sender, receiver) = watch::channel(None);
        let source = SourceId::new(scan::SourceKind::Camera, "first");
        let camera = InUse { source, previews: Arc::new(tokio::sync::Mutex::new(receiver)) };
        let one = |luma: u8| Some(Arc::new(Preview { width: 1, height: 1, luma: vec![luma] }));
        // If two pictures come while nobody looks, the later one counts.
        sender.send_replace(one(1));
        sender.send_replace(one(2));
        assert_eq!(camera.next_picture().await, Some(vec![1, 0, 1, 0, 2]));
        let waiting = tokio::spawn({
            let camera = camera.clone();
            async move { camera.next_picture().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "the same picture is given twice");
        sender.send_replace(None);
        assert_eq!(waiting.await.unwrap(), Some(Vec::new()), "the picture ended");
        drop(sender);
        assert_eq!(camera.next_picture().await, None);
    }
}
