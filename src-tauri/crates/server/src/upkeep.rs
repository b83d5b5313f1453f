//! The upkeep of a school's records: old visits go to the archive, notifications that were read go away, guests of long
//! ago become anonymous, guests who asked for it are erased.
//!
//! None of it can be undone, so who calls makes sure that the clock can be believed. It is done in batches, each kept
//! whole or not at all; a run that is cut off leaves the rest to the next one.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::{
    IdTamu, Setelan,
    audit::{Aksi, Objek},
    jadwal::{self, Span},
    pemeliharaan::{Contoh, HasilPemeliharaan, KeadaanPemeliharaan, Pemeliharaan, Rencana},
};
use serde_json::json;
use store::{
    PemeliharaanStore, Store, StoreError,
    pemeliharaan::{GUESTS_AT_ONCE, NewPemeliharaan, Progress},
    tamu::NewErasure,
};
use tokio_util::sync::CancellationToken;

use crate::{Clock, audit::Act, erasures::ErasureNotes};

/// Examples that a dry run gives of each kind of work.
const EXAMPLES: u32 = 5;

/// What upkeep works with; cheap to clone.
#[derive(Clone)]
pub(crate) struct Upkeep {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) setelan: Arc<Setelan>,
    pub(crate) clock: Clock,
    /// Where it is noted who was erased.
    pub(crate) erasures: Arc<ErasureNotes>,
    /// Cancelled when the program is to end: a run ends after its batch.
    pub(crate) stop: CancellationToken,
}

/// A run that was begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) id: i64,
    rencana: Rencana,
    /// Where the appointments begin whose guests the run before did not look at.
    missed_since: DateTime<Utc>,
    hasil: HasilPemeliharaan,
}

/// Whether a run is to go on.
#[derive(PartialEq, Eq)]
enum Course {
    On,
    Off,
}

impl Upkeep {
    /// Begins a run. `None` if another is under way.
    pub(crate) async fn begin(&self, baru: NewPemeliharaan) -> Result<Option<Run>, StoreError> {
        let rencana = Rencana::at(baru.waktu, &self.setelan);
        let before = self.store.pemeliharaan().find_latest(None).await?;
        let before = before.unwrap_or(baru.waktu - Duration::days(1));
        let missed_since = jadwal::hari_ini(before, &self.setelan).start.min(rencana.no_show);
        let id = self.store.pemeliharaan().begin(baru).await?;
        Ok(id.map(|id| Run { id, rencana, missed_since, hasil: HasilPemeliharaan::default() }))
    }

    /// Does everything that is due. Gives the run as it ended.
    pub(crate) async fn carry_out(&self, mut run: Run) -> Result<Pemeliharaan, StoreError> {
        let worked = self.work(&mut run).await;
        if run.hasil.anonim + run.hasil.hapus > 0 {
            self.erasures.note(&*self.store).await;
        }
        let keadaan = match worked {
            Ok(Course::On) => KeadaanPemeliharaan::Selesai,
            Ok(Course::Off) => KeadaanPemeliharaan::Terputus,
            Err(error) => {
                // What was done stays; where the database is away, the run is known by its silence.
                let _ = self.note(&run, KeadaanPemeliharaan::Gagal).await;
                return Err(error);
            }
        };
        self.end(&run, keadaan).await
    }

    /// Counts what is due, with examples, and changes nothing but the run's own row.
    pub(crate) async fn try_out(&self, mut run: Run) -> Result<(Pemeliharaan, Vec<Contoh>), StoreError> {
        match self.look(&mut run).await {
            Ok(contoh) => {
                self.note(&run, KeadaanPemeliharaan::Selesai).await?;
                Ok((self.found(&run).await?, contoh))
            }
            Err(error) => {
                let _ = self.note(&run, KeadaanPemeliharaan::Gagal).await;
                Err(error)
            }
        }
    }

    fn kept(&self) -> &dyn PemeliharaanStore {
        self.store.pemeliharaan()
    }

    async fn end(&self, run: &Run, keadaan: KeadaanPemeliharaan) -> Result<Pemeliharaan, StoreError> {
        self.note(run, keadaan).await?;
        let HasilPemeliharaan { no_show, arsip, notifikasi, anonim, hapus } = run.hasil;
        let (id, keadaan) = (run.id, keadaan.as_str());
        tracing::info!(id, keadaan, no_show, arsip, notifikasi, anonim, hapus, "upkeep of records");
        if anonim > 0 {
            let act = Act::new(Aksi::Anonimkan, Objek::Arsip).on(id).after(json!({ "jumlah": anonim }));
            act.note(self.store.audit()).await?;
        }
        self.found(run).await
    }

    async fn found(&self, run: &Run) -> Result<Pemeliharaan, StoreError> {
        self.kept().find(run.id).await?.ok_or(StoreError::NotFound)
    }

    async fn note(&self, run: &Run, keadaan: KeadaanPemeliharaan) -> Result<Course, StoreError> {
        let progress = Progress { id: run.id, keadaan, hasil: run.hasil, waktu: self.clock.now() };
        let is_noted = self.kept().note(progress).await?;
        Ok(if is_noted && !self.stop.is_cancelled() { Course::On } else { Course::Off })
    }

    /// After each batch: what was done is noted, and others have their turn.
    async fn go_on(&self, run: &Run) -> Result<Course, StoreError> {
        tokio::task::yield_now().await;
        self.note(run, KeadaanPemeliharaan::Berjalan).await
    }

    async fn work(&self, run: &mut Run) -> Result<Course, StoreError> {
        let Rencana { waktu, no_show, notifikasi, tamu, .. } = run.rencana;
        let act = Act::new(Aksi::TidakHadir, Objek::JanjiTemu).after(json!({ "sebelum": no_show }));
        act.record(self.store.janji_temu().expire_belum(no_show)).await?;
        run.hasil.no_show = self.kept().count_missed(Span { start: run.missed_since, end: no_show }).await?;
        loop {
            let done = self.kept().put_away(notifikasi, waktu).await?;
            run.hasil.notifikasi += done;
            if self.go_on(run).await? == Course::Off {
                return Ok(Course::Off);
            }
            if done == 0 {
                break;
            }
        }
        loop {
            let done = self.kept().archive(run.rencana).await?;
            run.hasil.arsip += done;
            if self.go_on(run).await? == Course::Off {
                return Ok(Course::Off);
            }
            if done == 0 {
                break;
            }
        }
        // After the archive, because to erase a guest changes the messages of the visits, which would keep them.
        if self.erase_asked(run).await? == Course::Off {
            return Ok(Course::Off);
        }
        match tamu {
            Some(before) => self.erase_idle(run, before).await,
            None => Ok(Course::On),
        }
    }

    async fn erase_asked(&self, run: &mut Run) -> Result<Course, StoreError> {
        let mut after = IdTamu(0);
        let baru = NewErasure { batalkan: false, waktu: run.rencana.waktu };
        loop {
            let asked = self.kept().list_asked(after).await?;
            let Some(last) = asked.last() else { return Ok(Course::On) };
            after = *last;
            for id in asked {
                let act = Act::new(Aksi::Hapus, Objek::Tamu).on(id.0).of_tamu(id);
                let erasure = act.record(self.store.tamu().erase(id, baru)).await?;
                run.hasil.hapus += u64::from(erasure.selesai);
            }
            if self.go_on(run).await? == Course::Off {
                return Ok(Course::Off);
            }
        }
    }

    async fn erase_idle(&self, run: &mut Run, before: DateTime<Utc>) -> Result<Course, StoreError> {
        let mut after = IdTamu(0);
        while let Some(idle) = self.kept().list_idle(before, after).await? {
            after = idle.sampai;
            for some in idle.tamu.chunks(GUESTS_AT_ONCE) {
                run.hasil.anonim += self.kept().erase_idle(some.to_vec(), before, run.rencana.waktu).await?;
                if self.go_on(run).await? == Course::Off {
                    return Ok(Course::Off);
                }
            }
        }
        self.go_on(run).await
    }

    async fn look(&self, run: &mut Run) -> Result<Vec<Contoh>, StoreError> {
        run.hasil = self.kept().count(run.rencana).await?;
        let mut affected = self.kept().list_affected(run.rencana, EXAMPLES).await?;
        if let Some(before) = run.rencana.tamu {
            let (mut after, mut first) = (IdTamu(0), Vec::new());
            while let Some(idle) = self.kept().list_idle(before, after).await? {
                after = idle.sampai;
                run.hasil.anonim += idle.tamu.len() as u64;
                let room = (EXAMPLES as usize).saturating_sub(first.len());
                first.extend(idle.tamu.into_iter().take(room));
            }
            if !first.is_empty() {
                affected.extend(self.kept().list_affected_tamu(first).await?);
            }
        }
        let contoh =
            affected.into_iter().map(|one| Contoh::new(one.apa, one.id, &one.nama, one.pada, &self.setelan));
        Ok(contoh.collect())
    }
}
