//! Which backups a folder holds, and which of them have been kept long enough.
//!
//! All of the last 30 days stay. Before that, the newest of each week stays for 12 weeks, and the newest of each month
//! for 12 months. The newest of all stays however old it is.

use std::{
    cmp::Reverse,
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use crate::{
    BackupError,
    file::{self, EXTENSION, Header},
    trials::Trials,
};

const DAYS: u64 = 30;
const WEEKS: u64 = 12;
const MONTHS: u32 = 12;

/// A backup in a folder.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub size_bytes: u64,
    /// What it says of itself.
    pub header: Header,
}

/// The backups in a folder, newest first. A file that is none, or cannot be read, is given apart with the reason.
///
/// # Errors
/// [`BackupError::Io`] if the folder cannot be read. A folder that is not there holds none.
pub fn list(folder: &Path) -> Result<(Vec<Listed>, Vec<BackupError>), BackupError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((Vec::new(), Vec::new())),
        entries => entries.map_err(BackupError::io(folder))?,
    };
    let (mut listed, mut unreadable) = (Vec::new(), Vec::new());
    for entry in entries {
        let path = entry.map_err(BackupError::io(folder))?.path();
        if path.extension().is_none_or(|extension| extension != EXTENSION) {
            continue;
        }
        let size = fs::metadata(&path).map(|file| file.len()).map_err(BackupError::io(&path));
        match file::header(&path).and_then(|header| Ok((header, size?))) {
            Ok((header, size_bytes)) => listed.push(Listed { path, size_bytes, header }),
            Err(error) => unreadable.push(error),
        }
    }
    listed.sort_by_key(|backup| Reverse(backup.header.dibuat_pada));
    Ok((listed, unreadable))
}

/// Removes the backups of this school that have been kept long enough, and gives their paths. Others' files stay; so do
/// those that failed their trial, which stand in for no good one.
///
/// # Errors
/// [`BackupError::Io`].
pub fn prune(
    folder: &Path,
    kunci: &str,
    trials: &Trials,
    today: NaiveDate,
) -> Result<Vec<PathBuf>, BackupError> {
    let (mut listed, _) = list(folder)?;
    listed.retain(|backup| backup.header.kunci == kunci && !trials.is_bad(&backup.path));
    let times: Vec<_> = listed.iter().map(|backup| backup.header.dibuat_pada).collect();
    let expired = expired(&times, today);
    let paths: Vec<_> = expired.into_iter().map(|n| listed[n].path.clone()).collect();
    for path in &paths {
        fs::remove_file(path).map_err(BackupError::io(path))?;
    }
    Ok(paths)
}

/// Which of these, newest first, have been kept long enough.
fn expired(times: &[DateTime<Utc>], today: NaiveDate) -> Vec<usize> {
    let (mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new());
    let mut expired = Vec::new();
    for (n, time) in times.iter().enumerate() {
        let day = time.date_naive();
        // Sets take the newest of each week and month, also of those that stay anyway.
        let is_first_of_week = weeks.insert((day.iso_week().year(), day.iso_week().week()));
        let is_first_of_month = months.insert((day.year(), day.month()));
        let stays = n == 0
            || day + Days::new(DAYS) >= today
            || (is_first_of_week && day + Days::new(7 * WEEKS) >= today)
            || (is_first_of_month && day + Months::new(MONTHS) >= today);
        if !stays {
            expired.push(n);
        }
    }
    expired
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(days_ago: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let now: DateTime<Utc> = "2026-11-30T19:00:00Z".parse().unwrap();
        let days: Vec<u64> = days_ago.into_iter().collect();
        let times: Vec<_> = days.iter().map(|ago| now - Days::new(*ago)).collect();
        let gone = expired(&times, now.date_naive());
        days.iter().enumerate().filter(|(n, _)| !gone.contains(n)).map(|(_, ago)| *ago).collect()
    }

    #[test]
    fn days_then_weeks_then_months_stay() {
        let left = left(0..500);
        assert_eq!(left[..31], (0..=30).collect::<Vec<_>>(), "each of the last 30 days");
        let weeks = left.iter().filter(|ago| (31..=84).contains(*ago)).count();
        assert!((7..=10).contains(&weeks), "a backup a week, and the months' last ones: {left:?}");
        let months = left.iter().filter(|ago| **ago > 84).count();
        assert!((8..=10).contains(&months), "a backup a month: {left:?}");
        assert!(left.iter().all(|ago| *ago <= 366), "{left:?}");
    }

    #[test]
    fn the_newest_stays_however_old_it_is() {
        assert_eq!(left([900, 901]), [900]);
        assert_eq!(left([]), [0; 0]);
    }
}
