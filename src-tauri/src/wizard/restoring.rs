//! A school that begins from a backup: its file, the code on the recovery sheet, and how far it is.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use contract::{
    Failure, FinishReason, FoundBackup, RestoreProgress, RestoreStep, RestoredSchool, TroubleReason,
    WizardBackup, WizardRestore, WizardRestoreProgress,
};
use server::{
    Clock, data_dir,
    restore::{self, Progress, Recovery, RestoreFault, Step, Tell},
};
use tauri::{AppHandle, Manager, async_runtime};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

use crate::{
    commands::{Answer, Caller, Handler},
    folder::Folder,
    program, trouble,
};

/// How far the restore is that is under way.
#[derive(Clone, Default)]
pub(crate) struct Restoring(Arc<Mutex<Option<RestoreProgress>>>);

impl Restoring {
    fn set(&self, progress: Option<RestoreProgress>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }
}

impl Handler for WizardRestoreProgress {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let known = *caller.state::<Restoring>().0.lock().unwrap_or_else(PoisonError::into_inner);
        Answer::now(known)
    }
}

impl Handler for WizardBackup {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let path = match self.path {
                Some(typed) => Some(PathBuf::from(typed.trim())),
                None => choose(caller.app()).await,
            };
            let Some(path) = path else { return Ok(None) };
            let looked = async_runtime::spawn_blocking(move || look(&path)).await;
            looked.map_err(Failure::other)?.map(Some)
        })
    }
}

async fn choose(app: &AppHandle) -> Option<PathBuf> {
    let (send, chosen) = oneshot::channel();
    app.dialog().file().add_filter("Buku Tamu", &["cadangan"]).pick_file(move |path| {
        // If the page is gone, nobody waits any more.
        let _ = send.send(path);
    });
    chosen.await.ok().flatten()?.into_path().ok()
}

fn look(path: &Path) -> Result<FoundBackup, Failure> {
    let refused = |error: String| Failure::setup(FinishReason::BerkasCadangan, Some("cadangan"), error);
    let header = restore::header(path).map_err(|error| refused(error.to_string()))?;
    let size = fs::metadata(path).map_err(|error| refused(error.to_string()))?.len();
    let rows = |table: &str| header.tabel.get(table).map_or(0, |rows| rows.baris);
    Ok(FoundBackup {
        path: path.display().to_string(),
        nama: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        dibuat_pada: header.dibuat_pada.to_rfc3339(),
        ukuran: size,
        janji_temu: rows("janji_temu"),
        tamu: rows("tamu"),
    })
}

impl Handler for WizardRestore {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let app = caller.app();
            // The remains of an earlier attempt would keep the folder.
            program::undo(app).await;
            let (folder, known) = (app.state::<Folder>().0.clone(), app.state::<Restoring>().inner().clone());
            let restored = begin_from(&folder, Path::new(&self.path), &self.kode, &known).await;
            known.set(None);
            restored
        })
    }
}

/// Restores a backup into the folder.
///
/// # Errors
/// What is not accepted, and in which field. In that case nothing has changed.
async fn begin_from(
    folder: &Path,
    backup: &Path,
    kode: &str,
    known: &Restoring,
) -> Result<RestoredSchool, Failure> {
    let recovery: Recovery =
        kode.parse().map_err(|error| Failure::setup(FinishReason::KodePemulihan, Some("kode"), error))?;
    let told = known.clone();
    let tell: Tell = Arc::new(move |progress| told.set(Some(shown(progress))));
    let restored = restore::restore(folder, None, backup, || Ok(recovery), &Clock::system(), tell).await;
    let restored = restored.map_err(|error| failure(&error))?;
    for warning in &restored.warnings {
        tracing::warn!(warning, "restoring");
    }
    let data = data_dir::open(folder, None).await.map_err(|error| failure(&error))?;
    let setelan = data.store.setelan().get().await;
    data.store.close().await;
    let setelan = setelan.map_err(|error| Failure::setup(TroubleReason::Database, None, error))?;
    Ok(RestoredSchool {
        nama_sekolah: setelan.setelan.nama_sekolah,
        disimpan: restored.kept.map(|kept| kept.display().to_string()),
    })
}

/// Makes sure that a school was restored there: otherwise an empty one would be made.
///
/// # Errors
/// None was.
pub(super) fn check(folder: &Path) -> Result<(), Failure> {
    match folder.join("bukutamu.kunci").exists() {
        true => Ok(()),
        false => Err(Failure::setup(FinishReason::BerkasCadangan, Some("cadangan"), "")),
    }
}

fn shown(progress: Progress) -> RestoreProgress {
    let tahap = match progress.step {
        Step::Decrypt => RestoreStep::Membuka,
        Step::Compare => RestoreStep::Mencocokkan,
        Step::Settle | Step::Copy | Step::CompareCopy => RestoreStep::Menyiapkan,
    };
    RestoreProgress { tahap, persen: progress.percent() }
}

fn failure(error: &anyhow::Error) -> Failure {
    let (reason, field) = match RestoreFault::of(error) {
        RestoreFault::Backup => (FinishReason::BerkasCadangan, Some("cadangan")),
        RestoreFault::Code => (FinishReason::KodePemulihan, Some("kode")),
        RestoreFault::Key => (TroubleReason::Kunci.into(), None),
        RestoreFault::Other => (trouble::of_server(error).into(), None),
    };
    Failure::setup(reason, field, format!("{error:#}"))
}
