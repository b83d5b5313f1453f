//! A watched folder: guests send screenshots, the receptionist saves them here, and each is read once. Owns
//! when a file is read; decoding it is `picture`'s and `decode`'s. Changes nothing in the folder and follows
//! no subfolder.

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
use crate::{Batch, Fault, MAX_WAIT, Reader, Rejection, Scanner, SourceId, SourceKind, Stop, picture};

/// The file names taken for pictures, by their extension in lower case. Programs that download name an
/// unfinished file otherwise.
pub const EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "bmp", "gif"];

/// The largest file read. A phone's photograph has under 20 MiB.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// How often the folder is looked at when nothing was told: network shares tell nothing.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Watches a folder for new pictures. Those that are in it at the start are left alone; those that come while
/// it cannot be reached are read when it can again.
#[derive(Debug, Clone)]
pub struct FolderScanner {
    folder: PathBuf,
    /// How long a file's size and time must stand still for it to be wholly written.
    pub settle: Duration,
    /// How long a file that cannot be decoded must stand still to count as broken, not as unfinished.
    pub give_up: Duration,
    /// What is known of the folder; kept while it cannot be reached.
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

    fn open(&mut self, _stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        // Watching begins before the first listing, so that no file falls between the two.
        let (tell, told) = sync_channel(1);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.map_or(true, |event| is_news(event.kind)) {
                // Full: a look is due already.
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
        ledger.get_or_insert_with(|| Ledger::new(self.settle, listing, Instant::now()));
        Ok(Box::new(FolderReader {
            folder: self.folder.clone(),
            give_up: self.give_up,
            ledger: self.ledger.clone(),
            decoder: Decoder::new(),
            told,
            _watcher: watcher,
            looked_at: None,
        }))
    }
}

struct FolderReader {
    folder: PathBuf,
    give_up: Duration,
    ledger: Arc<Mutex<Option<Ledger>>>,
    decoder: Decoder,
    /// Something has changed in the folder.
    told: Receiver<()>,
    _watcher: Option<RecommendedWatcher>,
    looked_at: Option<Instant>,
}

impl Reader for FolderReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        let told = match self.told.recv_timeout(MAX_WAIT) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                // No watcher, so nobody waited: keep the pace.
                std::thread::sleep(MAX_WAIT);
                false
            }
        };
        let ledger = self.ledger.clone();
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let ledger = ledger.as_mut().ok_or(Fault::Failed)?;
        if told || ledger.is_waiting() || self.looked_at.is_none_or(|at| at.elapsed() >= LOOK_EVERY) {
            let listing = list(&self.folder).map_err(|error| fault_of(&error, Fault::Lost))?;
            let now = Instant::now();
            ledger.look(listing, now);
            self.looked_at = Some(now);
        }
        // One picture a turn: a hard one takes a second, and stopping must not wait for a folder full of
        // them.
        if let Some(path) = ledger.due(Instant::now()) {
            self.read_picture(&path, ledger, batch);
        }
        Ok(())
    }
}

impl FolderReader {
    fn read_picture(&mut self, path: &Path, ledger: &mut Ledger, batch: &mut Batch) {
        let file = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let too_large = fs::metadata(path).is_ok_and(|file| file.len() > MAX_FILE_BYTES);
        let picture = if too_large { None } else { picture::load(path).ok() };
        match picture {
            Some(picture) => {
                ledger.done(path);
                let texts = self.decoder.decode_picture(&picture);
                if texts.is_empty() {
                    batch.reject(Rejection::NoCode { file: file() });
                }
                texts.iter().for_each(|text| batch.push(text.as_bytes()));
            }
            None if too_large || !ledger.retry(path, self.give_up) => {
                ledger.done(path);
                batch.reject(Rejection::BrokenPicture { file: file() });
            }
            None => {}
        }
    }
}

/// Whether an event calls for a look. Being opened and read does not: our own look would call for the next,
/// for ever.
fn is_news(event: EventKind) -> bool {
    const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    !event.is_access() || event == WRITTEN
}

/// The pictures in the folder. A file that goes away meanwhile is left out.
fn list(folder: &Path) -> io::Result<Vec<(PathBuf, Stamp)>> {
    let mut pictures = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if !is_picture(&path) {
            continue;
        }
        if let Ok(metadata) = fs::metadata(&path)
            && metadata.is_file()
        {
            pictures.push((path, Stamp { bytes: metadata.len(), modified: metadata.modified().ok() }));
        }
    }
    Ok(pictures)
}

/// Whether the name is a picture's. Names with a dot first are hidden: programs keep unfinished files under
/// them.
fn is_picture(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    !hidden && extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
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
    fn pictures_are_told_by_their_names() {
        for name in ["a.png", "Foto 1.JPG", "b.jpeg", "c.webp"] {
            assert!(is_picture(Path::new(name)), "{name} is a picture");
        }
        for name in ["a.txt", "png", ".a.png", "a.png.part", "b.png.crdownload", "Thumbs.db"] {
            assert!(!is_picture(Path::new(name)), "{name} is no picture");
        }
    }
}
