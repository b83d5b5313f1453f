//! A restored school takes its place, and the one that was there is kept aside.
//!
//! The restored database first waits beside the other one, in a folder that gets its name when all is ready. From then
//! on the restore is decided: [`finish`] does the rest, now or at the next start, wherever the last attempt was cut
//! off. Before that, nothing has changed.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::BackupError;

/// What says how the restore is to end.
const NOTE: &str = "pulih.json";

/// The files of a database. The database first: without it, its log is nothing that a program would open.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

#[derive(Serialize, Deserialize)]
struct Note {
    /// When the school was as it is going to be.
    dibuat_pada: DateTime<Utc>,
    /// The folder for what was there.
    disimpan: String,
}

/// A restored school that is in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// When the school was as it is now.
    pub dibuat_pada: DateTime<Utc>,
    /// Where what was there before is now; none if nothing was.
    pub kept: Option<PathBuf>,
}

/// The name of the folder for what was there before.
pub fn aside(now: DateTime<Utc>) -> String {
    format!("sebelum-pulih-{}", now.format("%Y%m%d-%H%M%S"))
}

/// Puts a restored database where it waits for [`finish`]. `ready` is a folder, to be made, on the same disk.
pub(crate) fn wait_beside(
    database: &Path,
    restored: &Path,
    ready: &Path,
    dibuat_pada: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), BackupError> {
    let place = || -> io::Result<()> {
        owner_only::create_folder(ready)?;
        owner_only::move_into_place(restored, &ready.join(name(database, "")))?;
        let note = Note { dibuat_pada, disimpan: aside(now) };
        let note = serde_json::to_vec(&note).expect("plain data becomes JSON");
        owner_only::write_new(&ready.join(NOTE), &note)?;
        owner_only::flush(ready)?;
        owner_only::move_into_place(ready, &waiting(database))
    };
    place().map_err(BackupError::io(waiting(database)))
}

/// Ends a restore that was prepared for this database; none if there is none. Nobody may have the database open.
///
/// # Errors
/// [`BackupError::Io`], [`BackupError::Prepared`]. The next call goes on.
pub fn finish(database: &Path) -> Result<Option<Finished>, BackupError> {
    let waiting = waiting(database);
    // Empty, it is all that is left of a restore that ended: the note goes last, and then the folder.
    if !waiting.exists() || fs::remove_dir(&waiting).is_ok() {
        return Ok(None);
    }
    let note: Option<Note> =
        fs::read(waiting.join(NOTE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let note = note.ok_or_else(|| BackupError::Prepared(waiting.clone()))?;
    let restored = waiting.join(name(database, ""));
    let aside = folder_of(database).join(&note.disimpan);
    let switch = || -> io::Result<()> {
        if restored.exists() {
            keep_aside(database, &aside)?;
            owner_only::move_into_place(&restored, database)?;
        }
        fs::remove_dir_all(&waiting)
    };
    switch().map_err(BackupError::io(&waiting))?;
    Ok(Some(Finished { dibuat_pada: note.dibuat_pada, kept: aside.exists().then_some(aside) }))
}

/// Moves a database and its log away. Each name is on the disk before the next one changes, so that no database ever
/// stands beside the log of another.
fn keep_aside(database: &Path, aside: &Path) -> io::Result<()> {
    for ending in ENDINGS {
        let from = database.with_file_name(name(database, ending));
        if !from.exists() {
            continue;
        }
        owner_only::create_folder(aside)?;
        owner_only::move_into_place(&from, &free(aside, &name(database, ending)))?;
        owner_only::flush(folder_of(database))?;
    }
    Ok(())
}

/// A path that nothing has: something else may have begun a database there since the last attempt.
fn free(aside: &Path, name: &OsString) -> PathBuf {
    let numbered = (2..).map(|n| {
        let mut numbered = name.clone();
        numbered.push(format!(".{n}"));
        aside.join(numbered)
    });
    let mut paths = std::iter::once(aside.join(name)).chain(numbered);
    paths.find(|path| !path.exists()).expect("numbers do not end")
}

/// Where a restored database waits.
fn waiting(database: &Path) -> PathBuf {
    database.with_file_name(name(database, ".pulih"))
}

fn name(database: &Path, ending: &str) -> OsString {
    let mut name = database.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    name
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-30T05:00:00Z";

    /// A folder in which a restored database waits for the place of another one, with its log.
    fn prepared() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("buku.db");
        for (ending, text) in [("", "lama"), ("-wal", "catatan"), ("-shm", "indeks")] {
            fs::write(folder.path().join(name(&database, ending)), text).unwrap();
        }
        let restored = folder.path().join("pulih.db");
        fs::write(&restored, "baru").unwrap();
        let now = NOW.parse().unwrap();
        wait_beside(&database, &restored, &folder.path().join("siap"), now, now).unwrap();
        let kept = folder.path().join(aside(now));
        (folder, database, kept)
    }

    fn read(path: PathBuf) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn it_takes_its_place_and_what_was_there_is_kept() {
        let (folder, database, kept) = prepared();
        assert_eq!(read(database.clone()).unwrap(), "lama", "it only waits");
        let finished = finish(&database).unwrap().unwrap();
        assert_eq!(finished.kept.as_deref(), Some(kept.as_path()));
        assert_eq!(read(database.clone()).unwrap(), "baru");
        let files = ["buku.db", "buku.db-wal", "buku.db-shm"].map(|name| read(kept.join(name)));
        assert_eq!(files, ["lama", "catatan", "indeks"].map(|text| Some(text.to_owned())));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
        assert_eq!(finish(&database).unwrap(), None);
    }

    #[test]
    fn wherever_it_was_cut_off_the_next_attempt_goes_on() {
        // After each of the names that were changed.
        for cut in 0..5 {
            let (folder, database, kept) = prepared();
            let moves = [("buku.db", true), ("buku.db-wal", true), ("buku.db-shm", true)];
            for (name, _) in &moves[..cut.min(3)] {
                fs::create_dir_all(&kept).unwrap();
                fs::rename(folder.path().join(name), kept.join(name)).unwrap();
            }
            if cut == 4 {
                fs::rename(folder.path().join("buku.db.pulih/buku.db"), &database).unwrap();
            }
            finish(&database).unwrap().unwrap();
            assert_eq!(read(database.clone()).unwrap(), "baru", "cut off after {cut}");
            assert_eq!(read(kept.join("buku.db")).unwrap(), "lama", "cut off after {cut}");
            assert_eq!(read(folder.path().join("buku.db-wal")), None, "no database gets another's log");
            assert_eq!(finish(&database).unwrap(), None);
        }
    }

    #[test]
    fn cut_off_between_the_note_and_its_folder_it_has_ended() {
        let (folder, database, kept) = prepared();
        finish(&database).unwrap().unwrap();
        fs::create_dir(folder.path().join("buku.db.pulih")).unwrap();
        assert_eq!(finish(&database).unwrap(), None);
        assert_eq!(
            (read(database).unwrap(), read(kept.join("buku.db")).unwrap()),
            ("baru".into(), "lama".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
    }

    #[test]
    fn what_was_begun_there_meanwhile_is_kept_too() {
        let (folder, database, kept) = prepared();
        fs::create_dir_all(&kept).unwrap();
        fs::rename(&database, kept.join("buku.db")).unwrap();
        fs::write(&database, "dimulai").unwrap();
        finish(&database).unwrap().unwrap();
        assert_eq!(read(kept.join("buku.db")).unwrap(), "lama");
        assert_eq!(read(kept.join("buku.db.2")).unwrap(), "dimulai");
        drop(folder);
    }

    #[test]
    fn an_empty_place_has_nothing_to_keep() {
        let (folder, database, kept) = prepared();
        for ending in ENDINGS {
            fs::remove_file(folder.path().join(name(&database, ending))).unwrap();
        }
        assert_eq!(finish(&database).unwrap().unwrap().kept, None);
        assert!(!kept.exists());
    }

    #[test]
    fn a_note_that_cannot_be_read_changes_nothing() {
        let (folder, database, _) = prepared();
        fs::write(folder.path().join("buku.db.pulih").join(NOTE), "{").unwrap();
        assert!(matches!(finish(&database), Err(BackupError::Prepared(_))));
        assert_eq!(read(database).unwrap(), "lama");
    }
}
