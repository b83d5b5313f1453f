//! Figures that are read when Prometheus asks, because nothing happens when they change by themselves.

use std::{path::Path, time::Duration};

use domain::pesan::KeadaanPesan;
use tokio::time::timeout;

use crate::{pesan, state::AppState};

/// A figure that the database does not give within this time keeps its last value.
const WITHIN: Duration = Duration::from_secs(2);

/// Reads them.
pub(super) async fn read(state: &AppState) {
    metrics_process::Collector::default().collect();
    set("bukutamu_exports_running", state.exports.running());
    set("bukutamu_evacuation_ticks_waiting", state.evakuasi.waiting());
    let newest = state.backups.newest().map_or(0, |newest| newest.timestamp());
    metrics::gauge!("bukutamu_backup_success_timestamp_seconds").set(newest as f64);
    let setelan = state.settings.now().setelan;
    let second = state.backups.second().of(Path::new(&setelan.folder_cadangan)).failed;
    let is_failed = state.backups.failed().is_some() || second.is_some();
    metrics::gauge!("bukutamu_backup_failed").set(f64::from(u8::from(is_failed)));
    let is_up = matches!(timeout(WITHIN, state.readiness.ask(&*state.store)).await, Ok(Ok(())));
    metrics::gauge!("bukutamu_database_up").set(f64::from(u8::from(is_up)));
    if is_up {
        let figures = [
            ("bukutamu_messages_waiting", KeadaanPesan::Menunggu),
            ("bukutamu_messages_failed", KeadaanPesan::Gagal),
        ];
        for (name, keadaan) in figures {
            if let Ok(Ok(n)) = timeout(WITHIN, pesan::count(state, keadaan)).await {
                set(name, usize::try_from(n).unwrap_or(usize::MAX));
            }
        }
    }
}

fn set(name: &'static str, n: usize) {
    metrics::gauge!(name).set(n as f64);
}
