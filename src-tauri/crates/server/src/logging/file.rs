//! The log's files: `NAME.log`, and older ones as `NAME.1.log` and so on, of bounded size and number.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use same_file::Handle;

use super::sink::Place;

/// How much is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// Of one file.
    pub(super) size_bytes: u64,
    /// The current file and older ones.
    pub(super) files: u32,
}

/// Ten MiB: weeks at a school, and little for a disk.
pub(super) const LIMIT: Limit = Limit { size_bytes: 2 << 20, files: 5 };

/// How often it is checked that the file is still at its place.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The log's files in a folder of their own.
pub(super) struct RotatingFile {
    folder: PathBuf,
    name: &'static str,
    limit: Limit,
    open: Option<Open>,
}

struct Open {
    file: File,
    handle: Handle,
    size_bytes: u64,
    looked: Instant,
}

impl RotatingFile {
    /// Makes no file yet. The first line does.
    pub(super) fn new(folder: PathBuf, name: &'static str, limit: Limit) -> Self {
        Self { folder, name, limit, open: None }
    }

    /// The current file is number 0.
    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(match number {
            0 => format!("{}.log", self.name),
            _ => format!("{}.{number}.log", self.name),
        })
    }

    fn open(&self) -> io::Result<Open> {
        // A data folder that has gone must not come back empty.
        if !self.folder.parent().is_some_and(Path::exists) {
            return Err(io::ErrorKind::NotFound.into());
        }
        owner_only::create_folder(&self.folder)?;
        let path = self.path(0);
        match owner_only::create_new(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            // New or not, it is opened for adding to its end.
            _ => {}
        }
        let file = OpenOptions::new().append(true).open(path)?;
        let handle = Handle::from_file(file.try_clone()?)?;
        let size_bytes = file.metadata()?.len();
        Ok(Open { file, handle, size_bytes, looked: Instant::now() })
    }

    /// Begins a new file if somebody has taken this one away, or put another into its place. If the folder was moved,
    /// it goes on in the moved file: better there than nowhere.
    fn look_after(&self, mut open: Open) -> Open {
        if open.looked.elapsed() < LOOK_EVERY {
            return open;
        }
        open.looked = Instant::now();
        let is_there = Handle::from_path(self.path(0)).is_ok_and(|there| there == open.handle);
        if is_there { open } else { self.open().unwrap_or(open) }
    }

    /// Makes room for a new current file. If the old one cannot be moved, it is emptied, so that the bound holds.
    fn rotate(&self) {
        let oldest = self.limit.files.saturating_sub(1);
        for number in (0..oldest).rev() {
            // A file that is not there yet is no loss.
            let _ = fs::rename(self.path(number), self.path(number + 1));
        }
        if self.path(0).exists() {
            let _ = OpenOptions::new().write(true).truncate(true).open(self.path(0));
        }
    }
}

impl Place for RotatingFile {
    fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        let len = line.len() as u64;
        let mut open = match self.open.take() {
            Some(open) => self.look_after(open),
            None => self.open()?,
        };
        if open.size_bytes > 0 && open.size_bytes + len > self.limit.size_bytes {
            drop(open);
            self.rotate();
            open = self.open()?;
        }
        open.size_bytes += len;
        let written = open.file.write_all(line);
        self.open = Some(open);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limit = Limit { size_bytes: 100, files: 3 };

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_turns_over_and_keeps_the_newest_within_the_bound() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("log");
        for round in 0..3 {
            // A program that starts anew goes on in the same file.
            let mut log = RotatingFile::new(folder.clone(), "uji", SMALL);
            for n in 0..100 {
                log.write_line(format!("baris {round} {n}\n").as_bytes()).unwrap();
            }
        }
        assert_eq!(names(&folder), ["uji.1.log", "uji.2.log", "uji.log"]);
        let mut kept = String::new();
        for name in ["uji.2.log", "uji.1.log", "uji.log"] {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            assert!(text.len() as u64 <= SMALL.size_bytes, "{name}: {}", text.len());
            kept += &text;
        }
        let lines: Vec<_> = kept.lines().collect();
        let first = 100 - lines.len();
        let expected: Vec<_> = (first..100).map(|n| format!("baris 2 {n}")).collect();
        assert_eq!(lines, expected, "the newest, in order and without a gap");
    }

    #[test]
    fn one_line_over_the_bound_is_written_all_the_same() {
        let place = tempfile::tempdir().unwrap();
        let mut log = RotatingFile::new(place.path().join("log"), "uji", SMALL);
        for _ in 0..5 {
            log.write_line(&[b'x'; 300]).unwrap();
        }
        assert_eq!(names(&place.path().join("log")), ["uji.1.log", "uji.2.log", "uji.log"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made_and_stops_nothing() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        let mut log = RotatingFile::new(data.join("log"), "uji", SMALL);
        assert!(log.write_line(b"satu\n").is_err());
        assert!(!data.exists());
        fs::create_dir(&data).unwrap();
        log.write_line(b"dua\n").unwrap();
        assert_eq!(fs::read_to_string(data.join("log/uji.log")).unwrap(), "dua\n");
    }

    // Wine keeps the name of a deleted file as long as the file is open.
    #[cfg(unix)]
    #[test]
    fn a_file_that_was_taken_away_is_made_anew_and_a_folder_that_moved_is_followed() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("log");
        let mut log = RotatingFile::new(folder.clone(), "uji", SMALL);
        let mut write = |line: &str| {
            log.write_line(line.as_bytes()).unwrap();
            // As if the latest look was a while ago.
            let open = log.open.as_mut().unwrap();
            open.looked = Instant::now().checked_sub(LOOK_EVERY).unwrap();
        };
        write("satu\n");
        fs::remove_file(folder.join("uji.log")).unwrap();
        write("dua\n");
        assert_eq!(fs::read_to_string(folder.join("uji.log")).unwrap(), "dua\n");
        let moved = place.path().join("pindah/log");
        fs::create_dir(place.path().join("pindah")).unwrap();
        fs::rename(&folder, &moved).unwrap();
        // If the data folder itself has gone, no new one can be made.
        fs::write(&folder, "").unwrap();
        write("tiga\n");
        assert_eq!(fs::read_to_string(moved.join("uji.log")).unwrap(), "dua\ntiga\n");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("log");
        RotatingFile::new(folder.clone(), "uji", SMALL).write_line(b"satu\n").unwrap();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.clone()), mode(folder.join("uji.log"))), (0o700, 0o600));
    }
}
