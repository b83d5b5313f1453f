//! What the server does by itself: closes days that are over, and deletes what has ended.
//!
//! None of it can be undone. So all of it waits while the clock cannot be believed
//! ([`Watch`](crate::clock::watch::Watch)).

use std::{sync::PoisonError, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    Role, Setelan,
    audit::{Aksi, Objek},
    gabung, jadwal,
    laporan::Period,
    pemeliharaan::{self, Pemicu},
};
use serde_json::json;
use store::{Store, StoreError, clock::ClockNote, pemeliharaan::NewPemeliharaan};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{
    audit::{Act, Scene},
    auth::throttle::FORGET_AFTER,
    backup_job,
    clock::watch::Verdict,
    figures::Job,
    nodes,
    state::AppState,
};

/// Often enough to close a day soon after midnight, and soon after a sleeping computer wakes.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// A desk that was cut off sends its scans again within days. If its key were deleted, the scan would count as new.
const KEYS_KEPT: chrono::Duration = chrono::Duration::days(30);

/// Starts the jobs. They end when `stop` is cancelled.
pub(crate) fn start(state: AppState, stop: CancellationToken) {
    tokio::spawn(async move {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_start = true;
        let scene = Scene::of_system(state.clock.clone());
        scene.play(state.erasures.replay(&*state.store, state.clock.now())).await;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {
                    // Records can wait until the first desks are at work.
                    let done = if is_start { close(&state).await } else { run(&state).await };
                    is_start = false;
                    Job::Days.ended(done.is_ok(), state.clock.now());
                    if let Err(error) = done {
                        tracing::error!(%error, "nightly job failed; it is tried again");
                    }
                }
            }
        }
    });
}

/// Does what is due if the clock can be believed, and no other node has the turn. Gives whether it was done.
pub(crate) async fn run(state: &AppState) -> Result<bool, StoreError> {
    let is_believed = close(state).await?;
    if is_believed {
        let scene = Scene::of_system(state.clock.clone());
        scene.play(keep_records(state, state.clock.now())).await?;
    }
    Ok(is_believed)
}

/// The same without the upkeep of records.
async fn close(state: &AppState) -> Result<bool, StoreError> {
    let now = state.clock.now();
    state.erasures.note_if_due(&*state.store).await;
    let verdict = look(state, now).await?;
    metrics::gauge!("bukutamu_clock_doubted").set(f64::from(u8::from(verdict != Verdict::Believed)));
    match verdict {
        Verdict::Believed => {
            renew_certificate(state, now);
            state.exports.tidy(state.clock.uptime());
            if !nodes::has_turn(state).await? {
                return Ok(false);
            }
            backup_job::look(state, now).await?;
            let scene = Scene::of_system(state.clock.clone());
            scene.play(do_what_is_due(state, now)).await.map(|()| true)
        }
        Verdict::Doubted { leap, remaining } => {
            tracing::warn!(
                leap_hours = leap.num_hours(),
                remaining_minutes = remaining.as_secs().div_ceil(60),
                "the clock has leapt or the computer was off: nightly jobs wait until it has run evenly"
            );
            Ok(false)
        }
    }
}

/// Notes the believed time if none has been noted yet, from the newest row. Must run before the first request, which
/// may add a row with another time.
pub(crate) async fn note_time(state: &AppState) -> Result<(), StoreError> {
    let clock = state.store.clock();
    if clock.find().await?.is_none() {
        let latest = clock.find_latest_row().await?;
        let believed = latest.unwrap_or_else(|| state.clock.now());
        clock.update(ClockNote { believed, doubt: None }).await?;
    }
    Ok(())
}

/// Whether the clock can be believed now; if not, how long that takes if it does not leap again.
pub(crate) async fn believe(
    state: &AppState,
    now: DateTime<Utc>,
) -> Result<Result<(), Duration>, StoreError> {
    Ok(match look(state, now).await? {
        Verdict::Believed => Ok(()),
        Verdict::Doubted { remaining, .. } => Err(remaining),
    })
}

async fn look(state: &AppState, now: DateTime<Utc>) -> Result<Verdict, StoreError> {
    let clock = state.store.clock();
    let note = clock.find().await?.unwrap_or(ClockNote { believed: now, doubt: None });
    let (note, verdict) = {
        let mut watch = state.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.look(note, now, state.clock.uptime())
    };
    clock.update(note).await?;
    Ok(verdict)
}

/// Renews the certificate if it ends within a year. That it fails keeps nothing else from being done.
fn renew_certificate(state: &AppState, now: DateTime<Utc>) {
    let renewed = state.certificate.as_ref().map(|certificate| certificate.renew_if_due(now));
    if let Some(Err(error)) = renewed {
        tracing::error!("the certificate nears its end and cannot be renewed: {error:#}");
    }
}

/// Queues a reminder for each appointment of tomorrow.
pub(crate) async fn remind(
    store: &dyn Store,
    setelan: &Setelan,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    if !setelan.pengingat {
        return Ok(0);
    }
    let tomorrow = jadwal::local_date(now, setelan.zona_waktu) + chrono::TimeDelta::days(1);
    let span = jadwal::days(tomorrow, tomorrow, setelan.zona_waktu);
    let act = Act::new(Aksi::Ingatkan, Objek::JanjiTemu).after(json!({ "tanggal": tomorrow }));
    act.record(store.pesan().queue_pengingat(span, now)).await
}

/// Queues the reports of the week and the month that are over, for those who are to get them.
pub(crate) async fn send_reports(
    store: &dyn Store,
    setelan: &Setelan,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut queued = 0;
    for periode in Period::over_since(now, setelan.zona_waktu) {
        for id in setelan.report_recipients(periode.jenis) {
            let admin = store.pengguna().find(*id).await?;
            if admin.is_some_and(|admin| admin.aktif && admin.role == Role::Admin) {
                queued += u64::from(store.pesan().queue_laporan(*id, periode, now).await?);
            }
        }
    }
    Ok(queued)
}

async fn do_what_is_due(state: &AppState, now: DateTime<Utc>) -> Result<(), StoreError> {
    // A guest who can still arrive is not marked as missed yet.
    let hari_ini = jadwal::hari_ini(now, &state.settings.now().setelan);
    let act = Act::new(Aksi::TidakHadir, Objek::JanjiTemu).after(json!({ "sebelum": hari_ini.start }));
    let missed = act.record(state.store.janji_temu().expire_belum(hari_ini.start)).await?;
    let sessions = state.store.sesi().purge(now).await?;
    let attempts = state.store.percobaan().purge(now - FORGET_AFTER).await?;
    let keys = state.store.janji_temu().purge_tercatat(now - KEYS_KEPT).await?;
    let setelan = state.settings.now().setelan;
    let reminders = remind(&*state.store, &setelan, now).await?;
    let reports = send_reports(&*state.store, &setelan, now).await?;
    let messages = state.store.pesan().purge_pesan(now - pemeliharaan::PESAN).await?;
    let merged = state.store.tamu().finish_gabung(gabung::batas(now)).await?;
    let entries = state.audit.tend(&state.settings.now().setelan, now).await?;
    if entries > 0 {
        let act = Act::new(Aksi::Bersihkan, Objek::Audit).after(json!({ "jumlah": entries }));
        act.note(state.store.audit()).await?;
    }
    if missed + sessions + attempts + keys + reminders + reports + messages + merged + entries > 0 {
        tracing::info!(
            missed,
            sessions,
            attempts,
            keys,
            reminders,
            reports,
            messages,
            merged,
            entries,
            "nightly job"
        );
    }
    Ok(())
}

/// The upkeep of records, once a night, or as soon as the server runs after it.
async fn keep_records(state: &AppState, now: DateTime<Utc>) -> Result<(), StoreError> {
    let upkeep = state.upkeep();
    let due = pemeliharaan::due_since(now, &upkeep.setelan);
    let kept = state.store.pemeliharaan();
    let latest = match kept.find_latest(Some(Pemicu::Jadwal)).await? {
        Some(latest) => Some(latest),
        // A book that was begun since has nothing to keep yet.
        None => kept.find_first_entry().await?,
    };
    if latest.is_none_or(|latest| latest >= due) {
        return Ok(());
    }
    let baru = NewPemeliharaan { pemicu: Pemicu::Jadwal, oleh: None, uji_coba: false, waktu: now };
    // Another node may be at it, or an admin.
    if let Some(run) = upkeep.begin(baru).await? {
        let done = upkeep.carry_out(run).await;
        Job::Records.ended(done.is_ok(), state.clock.now());
        done?;
    }
    Ok(())
}
