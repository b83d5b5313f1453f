//! A watched folder. Guests send screenshots, the receptionist saves them here, and each is read once. Owns when a file
//! is read; `picture` and `decode` decode it. Changes nothing in the folder and follows no subfolder.

mod ledger;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use self::ledger::{Ledger, Stamp};
use crate::decode::Decoder;
use crate::picture::{self, Unread, kind};
use crate::{Batch, Fault, MAX_WAIT, Reader, Rejection, Scanner, SourceId, SourceKind, Stop};

/// A file of these endings is somebody's picture, whatever is in it, and is told if it cannot be read. Any other file
/// is read only if its content is a picture's.
const PICTURE_ENDINGS: [&str; 16] = [
    "png", "jpg", "jpeg", "jfif", "jpe", "webp", "bmp", "dib", "gif", "heic", "heif", "avif", "tif", "tiff",
    "pdf", "svg",
];

/// Programs keep files that are not whole yet under these endings and rename them afterwards.
const UNFINISHED_ENDINGS: [&str; 6] = ["part", "partial", "crdownload", "download", "tmp", "opdownload"];

/// How often the folder is listed without a change, because network shares tell no changes.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often the folder is listed while it changes all the time, as when a large file is written.
const LOOK_AT_MOST_EVERY: Duration = Duration::from_millis(100);

/// Watches a folder for new pictures. Files that are in it at the start are left alone. Files that come while the
/// folder cannot be reached are read once it can be.
#[derive(Debug, Clone)]
pub struct FolderScanner {
    folder: PathBuf,
    /// A file is whole once its size and time have not changed for so long.
    pub settle: Duration,
    /// A file that cannot be decoded is broken, and not unfinished, once it has not changed for so long.
    pub give_up: Duration,
    /// What is known of the folder, kept while it cannot be reached.
    ledger: Arc<Mutex<Option<Ledger>>>,
}

impl FolderScanner {
    /// Watches this folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            settle: Duration::from_millis(300),
            give_up: Duration::from_secs(3),
            ledger: Arc::default(),
        }
    }
}

impl Scanner for FolderScanner {
    fn source(&self) -> SourceId {
        SourceId::new(SourceKind::Folder, self.folder.to_string_lossy())
    }

    fn open(&mut self, stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        // Watching begins before the first listing, so that no file falls between the two.
        let (tell, told) = sync_channel(1);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.map_or(true, |event| is_news(event.kind)) {
                // If the channel is full, a listing is due already.
                let _ = tell.try_send(());
            }
        });
        let watcher = watcher.and_then(|mut watcher| {
            watcher.watch(&self.folder, RecursiveMode::NonRecursive)?;
            Ok(watcher)
        });
        let listing = list(&self.folder).map_err(|error| fault_of(&error, Fault::NotFound))?;
        let watcher = watcher
            .inspect_err(
                |error| tracing::debug!(%error, "the folder does not tell its changes; it is polled"),
            )
            .ok();
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.get_or_insert_with(|| Ledger::new(self.settle, self.give_up, listing, Instant::now()));
        Ok(Box::new(FolderReader {
            folder: self.folder.clone(),
            ledger: self.ledger.clone(),
            decoder: Decoder::new(),
            stop: stop.clone(),
            told,
            is_news: false,
            _watcher: watcher,
            looked_at: None,
        }))
    }
}

struct FolderReader {
    folder: PathBuf,
    ledger: Arc<Mutex<Option<Ledger>>>,
    decoder: Decoder,
    stop: Stop,
    /// The folder has changed.
    told: Receiver<()>,
    /// The folder has changed since the last listing.
    is_news: bool,
    _watcher: Option<RecommendedWatcher>,
    looked_at: Option<Instant>,
}

impl Reader for FolderReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        match self.told.recv_timeout(MAX_WAIT) {
            Ok(()) => self.is_news = true,
            Err(RecvTimeoutError::Timeout) => {}
            // Without a watcher nobody has waited yet, so this keeps the pace.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(MAX_WAIT),
        }
        let ledger = self.ledger.clone();
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let ledger = ledger.as_mut().ok_or(Fault::Failed)?;
        if is_time_to_look(self.looked_at, self.is_news, ledger.next_due(), Instant::now()) {
            let listing = list(&self.folder).map_err(|error| fault_of(&error, Fault::Lost))?;
            let now = Instant::now();
            ledger.look(listing, now);
            (self.looked_at, self.is_news) = (Some(now), false);
        }
        // Reads one picture a turn. A hard one takes a second, and stopping must not wait for a folder full of them.
        if let Some(path) = ledger.due(Instant::now()) {
            self.read_file(&path, ledger, batch);
        }
        Ok(())
    }
}

impl FolderReader {
    fn read_file(&mut self, path: &Path, ledger: &mut Ledger, batch: &mut Batch) {
        let is_meant = has_ending(path, &PICTURE_ENDINGS);
        match picture::file_head(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return ledger.done(path),
            Err(_) if is_meant => {}
            Err(_) => {
                // Another program has it open, perhaps only for a moment.
                ledger.retry(path);
                return;
            }
            Ok(head) if is_meant || kind::of(&head).is_some() => {}
            Ok(_) => return ledger.done(path),
        }
        let stop = &self.stop;
        let bytes = picture::file_bytes(path).map_err(|error| Unread::from(&error));
        let read =
            bytes.and_then(|bytes| picture::read_soon(&bytes, &mut self.decoder, || stop.is_stopped()));
        match read {
            Ok(texts) => {
                ledger.done(path);
                texts.iter().for_each(|text| batch.push(text.as_bytes()));
            }
            // It may still be being written.
            Err(Unread::Broken | Unread::Empty | Unread::Denied) if ledger.retry(path) => {}
            Err(_) if stop.is_stopped() => {}
            Err(why) => {
                ledger.done(path);
                let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                batch.reject(Rejection::Picture { file, why });
            }
        }
    }
}

/// Whether to list the folder now. The more files are in it, the more a listing costs, so it is not repeated for
/// nothing.
fn is_time_to_look(
    looked_at: Option<Instant>,
    is_news: bool,
    next_due: Option<Instant>,
    now: Instant,
) -> bool {
    let Some(looked_at) = looked_at else { return true };
    let since = now.saturating_duration_since(looked_at);
    // A file that is due may have changed since it was last seen.
    let is_due = next_due.is_some_and(|due| due <= now);
    since >= LOOK_EVERY || (is_due || is_news) && since >= LOOK_AT_MOST_EVERY
}

/// Whether an event calls for a listing. Opening and reading do not, because our own listing would call for the next
/// one for ever.
fn is_news(event: EventKind) -> bool {
    const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    !event.is_access() || event == WRITTEN
}

/// The files in the folder that may be pictures. Leaves out one that goes away meanwhile.
fn list(folder: &Path) -> io::Result<Vec<(PathBuf, Stamp)>> {
    let mut files = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if is_unfinished(&path) {
            continue;
        }
        if let Ok(metadata) = fs::metadata(&path)
            && metadata.is_file()
        {
            files.push((path, Stamp { bytes: metadata.len(), modified: metadata.modified().ok() }));
        }
    }
    Ok(files)
}

/// Whether programs keep unfinished files under such a name. Names that begin with a dot are hidden.
fn is_unfinished(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    hidden || has_ending(path, &UNFINISHED_ENDINGS)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn fault_of(error: &io::Error, gone: Fault) -> Fault {
    tracing::debug!(%error, "the folder cannot be listed");
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => gone,
        ErrorKind::PermissionDenied => Fault::Denied,
        _ => Fault::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_at_the_folder_does_not_call_for_another_look() {
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert!(!is_news(opened), "each look calls for the next");
        assert!(is_news(written), "a file that was written and closed is not noticed");
        assert!(is_news(EventKind::Any), "an event of an unknown kind is not noticed");
    }

    #[test]
    fn a_folder_that_tells_nothing_is_looked_at_now_and_then() {
        let start = Instant::now();
        let after = |ms: u64| start + Duration::from_millis(ms);
        let looks = |is_news, due_ms: Option<u64>| {
            let mut looked_at = None;
            let mut looks = 0;
            for ms in (0..10_000).step_by(100) {
                if is_time_to_look(looked_at, is_news, due_ms.map(after), after(ms)) {
                    (looked_at, looks) = (Some(after(ms)), looks + 1);
                }
            }
            looks
        };
        assert_eq!(looks(false, None), 5, "every two seconds");
        assert_eq!(looks(false, Some(60_000)), 5, "a file that is not due yet makes no haste");
        assert_eq!(looks(true, None), 100, "what has just changed is looked at");
        assert!(!is_time_to_look(Some(start), true, Some(start), after(99)), "it is listed without a pause");
    }

    #[test]
    fn files_that_are_not_whole_yet_are_left_alone() {
        for name in [".a.png", "a.png.part", "b.PNG.crdownload", "c.tmp"] {
            assert!(is_unfinished(Path::new(name)), "{name} is taken for whole");
        }
        for name in
            ["a.png", "Foto 1.JPG", "tanpa akhiran", "c.jfif", "WhatsApp Image 2026-11-23 at 09.05.12"]
        {
            assert!(!is_unfinished(Path::new(name)), "{name} is never read");
        }
    }
}
