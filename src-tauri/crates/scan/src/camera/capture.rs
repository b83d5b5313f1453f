//! The camera's own thread, and the watchdog over it. Only the newest frame is kept, because older ones show the past.
//! If a thread's driver hangs, it is given up and never waited for. Only so many threads may hang at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::frame::{Frame, FrameSource};
use crate::{Fault, MAX_WAIT, Stop};

/// Threads of one camera that may be alive at once. A driver that hangs each time it is opened keeps a thread each
/// time. Once there are so many, the camera stays `Hung` until one of them comes back.
const MAX_THREADS: usize = 3;

/// How long to wait for a camera's thread to let go, unless it hangs: some frames.
const LET_GO_WITHIN: Duration = Duration::from_secs(1);

/// A camera being read on a thread of its own.
pub(super) struct Capture {
    slot: Arc<Slot>,
    hang_after: Duration,
    /// When the last sign of life came.
    alive_at: Instant,
    hung: bool,
}

/// Counts one camera's threads, over all its captures.
#[derive(Debug, Clone, Default)]
pub(super) struct Threads(Arc<AtomicUsize>);

/// What the camera's thread and its reader share.
#[derive(Default)]
struct Slot {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Default)]
struct Inner {
    opened: bool,
    newest: Option<Frame>,
    /// The thread has ended, for this reason.
    ended: Option<Fault>,
    /// The reader is gone, so the thread lets go of the camera.
    abandoned: bool,
}

impl Capture {
    /// Opens the camera on a new thread and waits until it is open.
    pub(super) fn open(
        source: Arc<dyn FrameSource>,
        threads: &Threads,
        open_within: Duration,
        hang_after: Duration,
        stop: &Stop,
    ) -> Result<Self, Fault> {
        let guard = threads.enter().ok_or(Fault::Hung)?;
        let slot = Arc::new(Slot::default());
        let thread_slot = slot.clone();
        std::thread::Builder::new()
            .name("scan frames".into())
            .spawn(move || {
                let _guard = guard;
                // Dropped last but for the guard, even if the driver panics.
                let ended = Ended(&thread_slot);
                let fault = feed(source.as_ref(), &thread_slot);
                ended.0.lock().ended.get_or_insert(fault);
            })
            .map_err(|_| Fault::Failed)?;
        // From here on, dropping the capture lets go of the camera.
        let mut capture = Self { slot, hang_after, alive_at: Instant::now(), hung: false };
        while !stop.is_stopped() {
            let inner = capture.slot.wait(|inner| !inner.opened && inner.ended.is_none());
            match inner.ended {
                Some(fault) => return Err(fault),
                None if inner.opened => {
                    drop(inner);
                    capture.alive_at = Instant::now();
                    return Ok(capture);
                }
                None => drop(inner),
            }
            if capture.alive_at.elapsed() >= open_within {
                capture.hung = true;
                return Err(Fault::Hung);
            }
        }
        Err(Fault::Lost)
    }

    /// Waits up to [`MAX_WAIT`] for a frame newer than the last one that was taken.
    pub(super) fn newest(&mut self) -> Result<Option<Frame>, Fault> {
        let mut inner = self.slot.wait(|inner| inner.newest.is_none() && inner.ended.is_none());
        if let Some(frame) = inner.newest.take() {
            self.alive_at = Instant::now();
            return Ok(Some(frame));
        }
        if let Some(fault) = inner.ended {
            return Err(fault);
        }
        if self.alive_at.elapsed() < self.hang_after {
            return Ok(None);
        }
        drop(inner);
        self.hung = true;
        Err(Fault::Hung)
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.slot.lock().abandoned = true;
        if self.hung {
            return;
        }
        // Frees the camera once this is dropped. The thread sees it at its next frame.
        let deadline = Instant::now() + LET_GO_WITHIN;
        while self.slot.wait(|inner| inner.ended.is_none()).ended.is_none() && Instant::now() < deadline {}
    }
}

/// Reads the camera into the slot until it fails or until nobody wants its frames.
fn feed(source: &dyn FrameSource, slot: &Slot) -> Fault {
    let mut frames = match source.open() {
        Ok(frames) => frames,
        Err(fault) => return fault,
    };
    slot.change(|inner| inner.opened = true);
    loop {
        if slot.lock().abandoned {
            return Fault::Lost;
        }
        match frames.next_frame() {
            Ok(frame) => slot.change(|inner| inner.newest = Some(frame)),
            Err(fault) => return fault,
        }
    }
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Waits up to [`MAX_WAIT`] while it is so.
    fn wait(&self, is_so: impl Fn(&Inner) -> bool) -> MutexGuard<'_, Inner> {
        let waited = self.changed.wait_timeout_while(self.lock(), MAX_WAIT, |inner| is_so(inner));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Says that the camera's thread has ended, even if it panicked.
struct Ended<'a>(&'a Slot);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.change(|inner| {
            inner.ended.get_or_insert(Fault::Failed);
        });
    }
}

impl Threads {
    /// Counts one more thread until the guard is dropped; `None` if there are too many.
    fn enter(&self) -> Option<ThreadGuard> {
        let more = |count: usize| (count < MAX_THREADS).then_some(count + 1);
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).ok()?;
        Some(ThreadGuard(self.0.clone()))
    }
}

struct ThreadGuard(Arc<AtomicUsize>);

impl Drop for ThreadGuard {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
