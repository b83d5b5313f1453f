//! The school's own backups: one each night, and one whenever an admin asks. They are files of the crate `cadangan`,
//! and the folder is the only list of them. Each is copied to a second place, where one is set.

mod found;
mod retry;
pub(crate) mod second;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use cadangan::{BackupError, Trials, keep};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    Setelan,
    cadangan::{BackupAlarm, BackupProblem, BackupTrouble},
    jadwal,
};
use serde::Serialize;
use tokio::{task::spawn_blocking, time::timeout};
use tokio_util::task::TaskTracker;
use utoipa::ToSchema;

pub(crate) use self::found::{BackupList, Found};
use self::{retry::Retry, second::Second};

/// A night without a good backup, and some hours to spare.
const OVERDUE_AFTER: TimeDelta = TimeDelta::hours(30);

/// What is written into a folder to try it. No backup has such a name.
const TRIAL: &str = ".percobaan";

/// How long a folder may take when it is tried. Somebody waits for the answer.
const TRIED_WITHIN: Duration = Duration::from_secs(10);

/// The folder for backups in a data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("cadangan")
}

/// Takes backups, one at a time.
pub(crate) struct Backups {
    data: PathBuf,
    folder: PathBuf,
    known: Arc<Mutex<Known>>,
    second: Second,
    /// Backups and copies under way.
    tasks: TaskTracker,
}

/// What is known without a look into the folder.
#[derive(Default)]
struct Known {
    is_running: bool,
    is_trying: bool,
    /// Trials that said nothing of their file, such as on a full disk.
    trials: Retry,
    newest: Option<DateTime<Utc>>,
    /// When the newest was taken, or else when there was something to keep for the first time.
    since: Option<DateTime<Utc>>,
    failed: Option<FailedBackup>,
    /// Why SQL Server's own came to nothing.
    sql_server: Option<FailedBackup>,
    retry: Retry,
    /// What pages were told last.
    told: Option<BackupAlarm>,
}

impl Known {
    fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.since.is_some_and(|since| since + OVERDUE_AFTER < now)
    }
}

/// The right to take a backup, until it is dropped.
pub(crate) struct Turn(Arc<Mutex<Known>>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_running = false;
    }
}

/// The right to try a backup, until it is dropped.
pub(crate) struct Trying(Arc<Mutex<Known>>);

impl Drop for Trying {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_trying = false;
    }
}

/// Why the last backup came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FailedBackup {
    /// When.
    pub(crate) pada: DateTime<Utc>,
    /// What has to be seen to.
    pub(crate) alasan: BackupTrouble,
}

/// What has to be seen to.
pub(crate) fn trouble(error: &BackupError) -> BackupTrouble {
    match error {
        BackupError::Io { .. } | BackupError::Random => BackupTrouble::Tempat,
        BackupError::DamagedSource { .. } => BackupTrouble::Rusak,
        BackupError::Open(_) | BackupError::Store(_) | BackupError::Copy(_) | BackupError::CutOff => {
            BackupTrouble::BasisData
        }
        BackupError::Foreign(_)
        | BackupError::Newer(_)
        | BackupError::OtherKey { .. }
        | BackupError::Damaged(_)
        | BackupError::NotKept(_)
        | BackupError::Prepared(_)
        | BackupError::Differs { .. } => BackupTrouble::TidakTerbukti,
    }
}

impl Backups {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            folder: folder(data),
            known: Arc::default(),
            second: Second::default(),
            tasks: TaskTracker::new(),
        }
    }

    /// The school's own folder, where they are copied and compared.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The turn to take one; none while one is being taken.
    pub(crate) fn turn(&self) -> Option<Turn> {
        let mut known = self.known();
        (!std::mem::replace(&mut known.is_running, true)).then(|| Turn(Arc::clone(&self.known)))
    }

    /// The backup to be tried next, and the turn to try it; none while one is being tried. Trying one keeps no other
    /// from being taken.
    pub(crate) fn turn_to_try(&self, found: &BackupList, now: DateTime<Utc>) -> Option<(PathBuf, Trying)> {
        let next = found.next_to_try(now)?;
        let mut known = self.known();
        if known.trials.is_waiting(now) {
            return None;
        }
        let trying = || Trying(Arc::clone(&self.known));
        (!std::mem::replace(&mut known.is_trying, true)).then(|| (next, trying()))
    }

    /// Keeps whether a trial said anything of its file.
    pub(crate) fn note_trial(&self, said: bool, now: DateTime<Utc>) {
        let trials = &mut self.known().trials;
        match said {
            true => *trials = Retry::default(),
            false => trials.failed(now),
        }
    }

    /// Whether one is being tried.
    pub(crate) fn is_trying(&self) -> bool {
        self.known().is_trying
    }

    /// Whether one is being taken, tried or copied.
    pub(crate) fn is_busy(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// Whether one is being taken.
    pub(crate) fn is_running(&self) -> bool {
        self.known().is_running
    }

    /// When the newest good one was taken, as it was seen last: the jobs look into the folder.
    pub(crate) fn newest(&self) -> Option<DateTime<Utc>> {
        self.known().newest
    }

    /// Why the last one came to nothing, if it did.
    pub(crate) fn failed(&self) -> Option<FailedBackup> {
        self.known().failed
    }

    /// Keeps how the last one went.
    pub(crate) fn note(&self, taken: Result<DateTime<Utc>, FailedBackup>, now: DateTime<Utc>) {
        let mut known = self.known();
        match taken {
            Ok(newest) => {
                (known.newest, known.since) = (Some(newest), Some(newest));
                known.failed = None;
                known.retry = Retry::default();
            }
            Err(failed) => {
                known.failed = Some(failed);
                known.retry.failed(now);
            }
        }
    }

    /// Keeps how SQL Server's own went.
    pub(crate) fn note_sql_server(&self, failed: Option<FailedBackup>) {
        self.known().sql_server = failed;
    }

    /// Keeps since when a backup is wanted: none is wanted of a book that nothing was entered into.
    pub(crate) fn note_since(&self, since: Option<DateTime<Utc>>) {
        self.known().since = since;
    }

    /// Whether the newest good one is too old, or there is none and has long been something to keep.
    pub(crate) fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.known().is_overdue(now)
    }

    /// Whether it is too early to try again what failed.
    pub(crate) fn is_waiting(&self, now: DateTime<Utc>) -> bool {
        self.known().retry.is_waiting(now)
    }

    /// Whether a folder that is there is the first place, or in it.
    pub(crate) fn is_within(&self, folder: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // The first place may not have been made yet; the data folder has.
        let first = real(&self.data).join(self.folder.file_name().unwrap_or_default());
        real(folder).starts_with(first)
    }

    /// Does work that nobody waits for.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// Waits until nothing is under way.
    pub(crate) async fn rest(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }

    /// The second place.
    pub(crate) fn second(&self) -> &Second {
        &self.second
    }

    /// What is wrong now.
    pub(crate) fn alarm(&self, setelan: &Setelan, now: DateTime<Utc>) -> Option<BackupAlarm> {
        let second = self.second.of(Path::new(&setelan.folder_cadangan));
        let known = self.known();
        let (masalah, failed) = if known.failed.is_some() {
            (BackupProblem::Gagal, known.failed)
        } else if known.is_overdue(now) {
            (BackupProblem::Terlambat, None)
        } else if !setelan.folder_cadangan.is_empty() && second.failed.is_some() {
            (BackupProblem::TempatKedua, second.failed)
        } else if known.sql_server.is_some() {
            (BackupProblem::SqlServer, known.sql_server)
        } else {
            return None;
        };
        Some(BackupAlarm { masalah, alasan: failed.map(|failed| failed.alasan), terakhir: known.newest })
    }

    /// Whether what is wrong does not mend itself by another try.
    pub(crate) fn is_stuck(&self, alarm: BackupAlarm, setelan: &Setelan) -> bool {
        match alarm.masalah {
            BackupProblem::Gagal => self.known().retry.is_stuck(),
            BackupProblem::Terlambat | BackupProblem::SqlServer => true,
            BackupProblem::TempatKedua => self.second.of(Path::new(&setelan.folder_cadangan)).is_stuck(),
        }
    }

    /// Keeps what pages are told, and gives whether that is new to them.
    pub(crate) fn is_news(&self, alarm: Option<BackupAlarm>) -> bool {
        let mut known = self.known();
        std::mem::replace(&mut known.told, alarm) != alarm
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the folder can be written and read.
    ///
    /// # Errors
    /// The file system's.
    pub(crate) async fn try_folder(&self) -> io::Result<()> {
        let folder = self.folder.clone();
        in_time(move || {
            std::fs::create_dir_all(&folder)?;
            try_out(&folder)
        })
        .await
    }

    /// This school's backups.
    pub(crate) async fn list(&self, kunci: &str) -> Result<BackupList, BackupError> {
        let (folder, data, kunci) = (self.folder.clone(), self.data.clone(), kunci.to_owned());
        let list = move || -> Result<BackupList, BackupError> {
            let (mut listed, unreadable) = keep::list(&folder)?;
            listed.retain(|backup| backup.header.kunci == kunci);
            let trials = Trials::in_folder(&data);
            let found = |backup: keep::Listed| Found { trial: trials.of(&backup.path), backup };
            Ok(BackupList { listed: listed.into_iter().map(found).collect(), unreadable: unreadable.len() })
        };
        let list = spawn_blocking(list).await.map_err(|_| BackupError::CutOff)??;
        let newest = list.listed.iter().find(|found| !found.is_bad());
        self.known().newest = newest.map(|found| found.backup.header.dibuat_pada);
        Ok(list)
    }
}

/// Whether a folder that is there can be written and read: a small file is written, read back and removed.
///
/// # Errors
/// The file system's; `TimedOut` if it is silent.
pub(crate) async fn try_place(folder: &Path) -> io::Result<()> {
    let folder = folder.to_owned();
    in_time(move || try_out(&folder)).await
}

fn try_out(folder: &Path) -> io::Result<()> {
    let path = folder.join(TRIAL);
    std::fs::write(&path, TRIAL)?;
    let read = std::fs::read(&path);
    std::fs::remove_file(&path)?;
    if read? == TRIAL.as_bytes() { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

async fn in_time(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> io::Result<()> {
    match timeout(TRIED_WITHIN, spawn_blocking(work)).await {
        Ok(tried) => tried.map_err(io::Error::other)?,
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// Whether the night's hour has passed since then.
pub(crate) fn is_due(since: DateTime<Utc>, now: DateTime<Utc>, hour: NaiveTime, zone: Tz) -> bool {
    let today = jadwal::local_date(now, zone);
    // A day on which clocks are set forward may not have the hour; the day before has it.
    let hours = [today, today - TimeDelta::days(1)].map(|day| jadwal::instant(day, hour, zone).ok());
    let passed = hours.into_iter().flatten().find(|hour| *hour <= now);
    passed.is_some_and(|passed| since < passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn one_is_due_each_night_at_the_schools_hour() {
        let zone = chrono_tz::Asia::Jakarta;
        let two = NaiveTime::from_hms_opt(2, 0, 0).expect("a time");
        let due = |newest: &str, now: &str| is_due(utc(newest), utc(now), two, zone);
        assert!(!due("2026-11-29T19:00:00Z", "2026-11-30T18:59:00Z"), "until the next night");
        assert!(due("2026-11-29T19:00:00Z", "2026-11-30T19:00:00Z"), "at 02.00");
        assert!(
            due("2026-11-28T19:00:00Z", "2026-11-30T01:00:00Z"),
            "in the morning, if the PC was off at night"
        );
        assert!(!due("2026-11-30T01:00:00Z", "2026-11-30T12:00:00Z"), "once only");
    }

    #[test]
    fn a_night_without_one_is_overdue() {
        let is_overdue = |since: Option<&str>| {
            Known { since: since.map(utc), ..Known::default() }.is_overdue(utc("2026-11-30T05:00:00Z"))
        };
        assert!(!is_overdue(None), "nothing was entered yet");
        assert!(!is_overdue(Some("2026-11-29T19:00:00Z")));
        assert!(is_overdue(Some("2026-11-28T19:00:00Z")));
    }
}
