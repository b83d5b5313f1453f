//! Who was erased, noted beside the backups, so that a restore brings nobody back who was erased since.
//!
//! Backups cannot be changed, and a database can be lost. So each erasure is also written to a small file that is only
//! ever added to: a line for each guest, encrypted with a key that follows from the school's key file. It holds the
//! guest's identity and times, and nothing that tells who it was. The same line twice means the same. A line that a
//! power loss cut off is passed over: the database has that erasure, and it is noted again at the next start.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::DateTime;
use domain::{IdTamu, hmac_sha256};
use store::{SchoolSecrets, tamu::ErasedTamu};

use crate::{
    BackupError,
    file::{lock, unlock},
};

/// The file's name in a folder of backups.
pub const FILE_NAME: &str = "penghapusan.catatan";

/// The first line.
const MAGIC: &str = "BUKUTAMU PENGHAPUSAN 1";
/// How every version of this program begins it.
const MAGIC_OF_ANY: &str = "BUKUTAMU PENGHAPUSAN ";

/// The file of a folder.
#[derive(Clone)]
pub struct Erasures {
    path: PathBuf,
    key: [u8; 32],
    fingerprint: String,
}

/// What the file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// The guests.
    pub erased: BTreeSet<ErasedTamu>,
    /// The last line was cut off.
    pub is_torn: bool,
    /// Lines that are damaged, or another school's.
    pub unreadable: usize,
}

impl Erasures {
    /// That of a folder, which need not be there yet.
    pub fn in_folder(folder: &Path, kunci: &SchoolSecrets) -> Self {
        Self {
            path: folder.join(FILE_NAME),
            key: hmac_sha256(&kunci.cadangan, &[b"bukutamu penghapusan"]),
            fingerprint: kunci.fingerprint().to_owned(),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads it. A file that is not there holds nobody.
    ///
    /// # Errors
    /// [`BackupError::Io`], [`BackupError::Newer`].
    pub fn read(&self) -> Result<Noted, BackupError> {
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Noted::default()),
            read => read.map_err(BackupError::io(&self.path))?,
        };
        let mut noted = Noted::default();
        let is_whole = bytes.is_empty() || bytes.ends_with(b"\n");
        let lines: Vec<_> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        for (n, line) in lines.iter().enumerate() {
            let line = std::str::from_utf8(line).unwrap_or_default();
            if line == MAGIC {
                continue;
            }
            if line.starts_with(MAGIC_OF_ANY) {
                return Err(BackupError::Newer(self.path.clone()));
            }
            match self.open(line) {
                Some(tamu) => drop(noted.erased.insert(tamu)),
                None if !is_whole && n + 1 == lines.len() => noted.is_torn = true,
                None => noted.unreadable += 1,
            }
        }
        Ok(noted)
    }

    /// Notes those who are not noted yet, and waits until that is on the disk. Gives how many they were.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn add(&self, erased: &[ErasedTamu]) -> Result<usize, BackupError> {
        let noted = self.read()?;
        let new: BTreeSet<_> = erased.iter().filter(|tamu| !noted.erased.contains(tamu)).collect();
        if new.is_empty() {
            return Ok(0);
        }
        let mut lines = String::new();
        for tamu in &new {
            lines.push_str(&self.seal(tamu)?);
            lines.push('\n');
        }
        self.append(&lines).map_err(BackupError::io(&self.path))?;
        Ok(new.len())
    }

    fn append(&self, lines: &str) -> io::Result<()> {
        let mut file = match OpenOptions::new().read(true).append(true).open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                owner_only::create_folder(self.path.parent().unwrap_or(Path::new(".")))?;
                return owner_only::replace(&self.path, format!("{MAGIC}\n{lines}").as_bytes());
            }
            opened => opened?,
        };
        // What was cut off stays a line of its own.
        let is_torn = !fs::read(&self.path)?.ends_with(b"\n");
        let lines = if is_torn { format!("\n{lines}") } else { lines.to_owned() };
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    }

    fn seal(&self, tamu: &ErasedTamu) -> Result<String, BackupError> {
        let times = [tamu.dibuat_pada, tamu.dianonimkan_pada].map(|time| time.timestamp_millis());
        let plain = [tamu.id.0, times[0], times[1]].map(i64::to_be_bytes).concat();
        lock(&self.key, self.fingerprint.as_bytes(), &plain)
    }

    fn open(&self, line: &str) -> Option<ErasedTamu> {
        let plain = unlock(&self.key, self.fingerprint.as_bytes(), line)?;
        let (numbers, rest) = plain.as_chunks::<8>();
        let [id, entered, erased] = *numbers else { return None };
        let time = |bytes| DateTime::from_timestamp_millis(i64::from_be_bytes(bytes));
        rest.is_empty().then_some(ErasedTamu {
            id: IdTamu(i64::from_be_bytes(id)),
            dibuat_pada: time(entered)?,
            dianonimkan_pada: time(erased)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kunci(folder: &Path, name: &str) -> SchoolSecrets {
        SchoolSecrets::create(&folder.join(name)).unwrap()
    }

    fn tamu(id: i64) -> ErasedTamu {
        let time = |text: &str| text.parse().unwrap();
        ErasedTamu {
            id: IdTamu(id),
            dibuat_pada: time("2026-09-01T01:00:00.123Z"),
            dianonimkan_pada: time("2026-11-23T02:30:00.456Z"),
        }
    }

    #[test]
    fn what_was_noted_is_read_and_noted_once() {
        let folder = tempfile::tempdir().unwrap();
        let backups = folder.path().join("cadangan");
        let erasures = Erasures::in_folder(&backups, &kunci(folder.path(), "kunci"));
        assert_eq!(erasures.read().unwrap(), Noted::default());
        assert!(!erasures.path().exists());
        assert_eq!(erasures.add(&[]).unwrap(), 0);
        assert_eq!(erasures.add(&[tamu(3), tamu(3)]).unwrap(), 1);
        assert_eq!(erasures.add(&[tamu(3), tamu(900)]).unwrap(), 1);
        let noted = Noted { erased: BTreeSet::from([tamu(3), tamu(900)]), ..Noted::default() };
        assert_eq!(erasures.read().unwrap(), noted);
        let text = fs::read_to_string(erasures.path()).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(!text.contains("900"), "nothing can be read without the key: {text}");
    }

    #[test]
    fn a_line_that_was_cut_off_is_told_and_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let erasures = Erasures::in_folder(folder.path(), &kunci(folder.path(), "kunci"));
        erasures.add(&[tamu(1)]).unwrap();
        let first = fs::read(erasures.path()).unwrap();
        erasures.add(&[tamu(2)]).unwrap();
        let both = fs::read(erasures.path()).unwrap();
        for cut in first.len() + 1..both.len() - 1 {
            fs::write(erasures.path(), &both[..cut]).unwrap();
            let noted = erasures.read().unwrap();
            assert_eq!(noted, Noted { erased: [tamu(1)].into(), is_torn: true, unreadable: 0 }, "at {cut}");
            assert_eq!(erasures.add(&[tamu(2)]).unwrap(), 1);
            let noted = erasures.read().unwrap();
            assert_eq!(noted.erased, [tamu(1), tamu(2)].into(), "at {cut}");
            assert_eq!((noted.is_torn, noted.unreadable), (false, 1), "the rest of the line is no entry");
        }
    }

    #[test]
    fn a_changed_line_and_anothers_are_counted_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let erasures = Erasures::in_folder(folder.path(), &kunci(folder.path(), "kunci"));
        erasures.add(&[tamu(1)]).unwrap();
        Erasures::in_folder(folder.path(), &kunci(folder.path(), "lain")).add(&[tamu(2)]).unwrap();
        erasures.add(&[tamu(3)]).unwrap();
        let mut bytes = fs::read(erasures.path()).unwrap();
        let noted = erasures.read().unwrap();
        assert_eq!((noted.erased, noted.unreadable), ([tamu(1), tamu(3)].into(), 1));
        bytes[MAGIC.len() + 10] ^= 1;
        fs::write(erasures.path(), &bytes).unwrap();
        let noted = erasures.read().unwrap();
        assert_eq!((noted.erased, noted.unreadable), ([tamu(3)].into(), 2));
        fs::write(erasures.path(), "BUKUTAMU PENGHAPUSAN 2\n").unwrap();
        assert!(matches!(erasures.read(), Err(BackupError::Newer(_))));
    }
}
