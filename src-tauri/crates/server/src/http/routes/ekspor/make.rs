//! Makes a file: some visits at a time, so that it takes no more memory for five years than for a week.

use std::fs::File;

use domain::{
    IdPengguna, Language,
    laporan::{Period, VisitPlace},
};
use laporan::{Report, School, Visits, file_stem};
use store::StoreError;

use crate::{
    ekspor::{ExportId, ExportPlace, Keadaan},
    error::ApiError,
    state::{AppState, RequestState},
};

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The visits, for other programs.
    Csv,
    /// The report's tables and the visits.
    Xlsx,
    /// The report on paper.
    Pdf,
}

impl Kind {
    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }
}

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) periode: Period,
    pub(super) kind: Kind,
    pub(super) bahasa: Language,
}

/// Why no file was made.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("it was given up")]
    Cancelled,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] laporan::Error),
    #[error("it panicked")]
    Panicked,
}

/// Begins a file, which is made in the background. Gives its identity.
///
/// # Errors
/// [`ApiError::Busy`] if too many are being made.
pub(super) fn start(state: &RequestState, owner: IdPengguna, order: Order) -> Result<ExportId, ApiError> {
    let name = format!("{}.{}", file_stem(order.periode), order.kind.extension());
    let place = state.exports.begin(owner, name, order.kind.media_type())?;
    let id = place.id;
    let state = AppState::clone(state);
    tokio::spawn(async move {
        let keadaan = match make(&state, &place, order).await {
            Ok(()) => Keadaan::Selesai,
            Err(Stopped::Cancelled) => Keadaan::Dibatalkan,
            Err(error) => {
                tracing::error!(%error, "an export failed");
                Keadaan::Gagal
            }
        };
        state.exports.end(place.id, keadaan, state.clock.uptime());
    });
    Ok(id)
}

async fn make(state: &AppState, place: &ExportPlace, order: Order) -> Result<(), Stopped> {
    let setelan = state.settings.now().setelan;
    let (store, zona) = (&*state.store, setelan.zona_waktu);
    let span = order.periode.span(zona);
    let total = store.laporan().count_kunjungan(span).await?;
    state.exports.progress(place.id, 0, total);
    let reading = store::laporan::compared(store, order.periode, zona, true);
    let banding = tokio::select! {
        () = place.stop.cancelled() => return Err(Stopped::Cancelled),
        banding = reading => banding?,
    };
    let report = Report {
        periode: order.periode,
        banding,
        bahasa: order.bahasa,
        zona,
        dibuat_pada: state.clock.now(),
        sekolah: School::of(&setelan, store.logo().find().await?),
    };
    let file = owner_only::create_new(&place.path).map_err(laporan::Error::from)?;
    if order.kind == Kind::Pdf {
        blocking(move || paper(&report, file)).await?;
        state.exports.progress(place.id, total, total);
        return Ok(());
    }
    let folder = place.folder.clone();
    let mut visits = blocking(move || match order.kind {
        Kind::Csv => Visits::csv(&report, file),
        _ => Visits::xlsx(&report, file, &folder),
    })
    .await?;
    let (mut after, mut written) = (VisitPlace::before(span), 0);
    loop {
        if place.stop.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let rows = store.laporan().list_kunjungan(span, after).await?;
        let Some(last) = rows.last() else { break };
        after = VisitPlace::of(last);
        written += rows.len() as u64;
        visits = blocking(move || rows.iter().try_for_each(|row| visits.add(row)).map(|()| visits)).await?;
        state.exports.progress(place.id, written, total.max(written));
    }
    blocking(move || visits.finish()).await?;
    if place.stop.is_cancelled() { Err(Stopped::Cancelled) } else { Ok(()) }
}

fn paper(report: &Report, mut file: File) -> laporan::Result<()> {
    let bytes = laporan::pdf(report)?;
    Ok(std::io::Write::write_all(&mut file, &bytes)?)
}

/// Does what waits for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> laporan::Result<T> + Send + 'static,
) -> Result<T, Stopped> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| Stopped::Panicked)??)
}
