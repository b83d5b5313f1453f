//! A worker: takes messages out of the queue, one after the other, and notes what became of each.
//!
//! A message is taken out for [`LEASE`]. A worker that dies in between leaves it there, and it is due again when the
//! lease ends: then it may leave once more, if the worker had sent it and not noted it. Of those that a worker has
//! taken out it sends one at a time, so this can happen to one of them only.

use std::{sync::Arc, time::Duration};

use backon::{ConstantBuilder, Retryable};
use chrono::TimeDelta;
use domain::{
    IdPengguna, JanjiTemu, Role, Tamu,
    pesan::{self, AlasanPesan, JenisPesan, Saluran, Tentang},
    sesi::first_password_end,
};
use store::{
    PageRequest, RunningSchool, StoreError,
    janji_temu::JanjiTemuFilter,
    pengguna::place_of_password,
    pesan::{FirstPassword, LeasedPesan, PesanOutcome},
    school::GuestAddress,
};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    channel::{Message, Recipient, SendError},
    channels::{Channels, Ready},
    compose::{self, School, Visit},
    report, route,
};

/// How long a message is taken out for.
const LEASE: Duration = Duration::from_secs(300);

/// How long one message can take at most. A worker begins none that might outlast its lease.
const ONE: Duration = Duration::from_secs(60);

/// Messages taken out at once.
const BATCH: u32 = 4;

/// One worker.
pub(crate) struct Worker {
    pub(crate) school: Arc<dyn RunningSchool>,
    pub(crate) channels: Arc<Channels>,
    pub(crate) stop: CancellationToken,
}

/// What is to be done with one message.
enum Next {
    /// It is sent by this channel.
    Send(Box<Message>, Ready, Saluran),
    /// This is noted and nothing is sent.
    Settle(PesanOutcome),
}

impl Worker {
    /// Sends what is due. Gives how many messages were taken out.
    ///
    /// # Errors
    /// The store's. Messages that were taken out come back by themselves.
    pub(crate) async fn work(&self) -> store::Result<usize> {
        if !self.channels.are_known() {
            self.channels.look().await?;
        }
        let penyewa = lease_name();
        let ends = Instant::now() + LEASE;
        let now = self.school.now();
        let sampai = now + TimeDelta::from_std(LEASE).unwrap_or_default();
        let rows = self.school.store().pesan().lease(&penyewa, now, sampai, BATCH).await?;
        let taken = rows.len();
        for row in rows {
            if self.stop.is_cancelled() || Instant::now() + ONE > ends {
                break;
            }
            let visit = match row.tentang {
                Tentang::JanjiTemu(id) => self.school.store().janji_temu().find(id).await?,
                Tentang::Pengguna(_) | Tentang::Laporan(..) | Tentang::Cadangan(_) => None,
            };
            let outcome = self.carry_out(&row, visit.as_ref(), &penyewa).await?;
            let told: Vec<_> = visit.iter().flat_map(JanjiTemu::dikunjungi).collect();
            self.settle(row.id, &penyewa, outcome, &told).await?;
        }
        Ok(taken)
    }

    async fn carry_out(
        &self,
        row: &LeasedPesan,
        visit: Option<&JanjiTemu>,
        penyewa: &str,
    ) -> store::Result<PesanOutcome> {
        let (message, ready, saluran) = match self.prepare(row, visit, penyewa).await? {
            Next::Settle(outcome) => return Ok(outcome),
            Next::Send(message, ready, saluran) => (message, ready, saluran),
        };
        if let Some(turn) = self.wait_for_turn(&ready, saluran).await? {
            return Ok(PesanOutcome::Waits { kirim_pada: turn, failed: None });
        }
        let sent = tokio::time::timeout(ONE, ready.channel.send(&message));
        match sent.await.unwrap_or_else(|_| Err(AlasanPesan::TidakMenjawab.into())) {
            Ok(sent) => {
                self.channels.note(saluran, None).await;
                metrics::counter!("bukutamu_messages_total", "channel" => saluran.as_str(), "outcome" => "sent")
                    .increment(1);
                Ok(PesanOutcome::Left { saluran, keadaan: sent.keadaan, id_penyedia: sent.id_penyedia })
            }
            Err(failed) => Ok(self.failed(row, saluran, &failed).await),
        }
    }

    /// The message, written out, or why none is sent.
    async fn prepare(
        &self,
        row: &LeasedPesan,
        visit: Option<&JanjiTemu>,
        penyewa: &str,
    ) -> store::Result<Next> {
        let setelan = self.school.setelan();
        let settle = |outcome| Ok(Next::Settle(outcome));
        let now = self.school.now();
        let message = match (row.tentang, visit) {
            (Tentang::JanjiTemu(_), None) => None,
            (Tentang::JanjiTemu(_), Some(visit)) => {
                if let Err(alasan) = pesan::is_wanted(row.jenis, visit, row.sudah_dikabari, now, &setelan) {
                    return settle(PesanOutcome::Obsolete(alasan));
                }
                let kirim_pada = pesan::leaves_at(row.jenis, Some(visit.jadwal), now, &setelan);
                if kirim_pada > now {
                    return settle(PesanOutcome::Waits { kirim_pada, failed: None });
                }
                self.about_visit(row, visit, penyewa).await?
            }
            (Tentang::Pengguna(id), _) => self.about_account(row, id).await?,
            (Tentang::Laporan(id, periode), _) => report::compose(&*self.school, id, periode).await?,
            (Tentang::Cadangan(id), _) => self.about_backups(id).await?,
        };
        let Some(mut message) = message else {
            return settle(PesanOutcome::Obsolete(AlasanPesan::TidakPerlu));
        };
        message.id = format!("pesan-{}.{}", row.id, self.school.secrets().fingerprint());
        let ready = self.channels.ready();
        match route::channel(row, &setelan.urutan_saluran, &ready, &message.recipient) {
            Ok(saluran) => match self.channels.get(saluran) {
                Some(ready) => Ok(Next::Send(Box::new(message), ready, saluran)),
                None => {
                    settle(PesanOutcome::Failed { saluran: row.saluran, alasan: AlasanPesan::TanpaSaluran })
                }
            },
            Err(alasan) => settle(PesanOutcome::Failed { saluran: row.saluran, alasan }),
        }
    }

    async fn about_visit(
        &self,
        row: &LeasedPesan,
        visit: &JanjiTemu,
        penyewa: &str,
    ) -> store::Result<Option<Message>> {
        let store = self.school.store();
        let tamu = store.tamu().find(visit.id_tamu).await?;
        // Of a unit, each member is written to.
        let guru = store.pengguna().find(row.untuk.unwrap_or(visit.id_guru)).await?;
        let Some(guru) = guru else { return Ok(None) };
        let password = match (row.jenis, &tamu) {
            // Who was erased is told nothing; the guru still is.
            (jenis, None) if jenis.is_to_tamu() => return Ok(None),
            (JenisPesan::Undangan, Some(tamu)) => self.first_password(row, visit, tamu, penyewa).await?,
            _ => None,
        };
        let visit = Visit { janji_temu: visit, tamu: tamu.as_ref(), guru: &guru, password };
        let organizer = self.channels.get(Saluran::Email).and_then(|ready| ready.from);
        let school = School::of(&*self.school, organizer);
        match school.about_visit(row.jenis, &visit) {
            Ok(message) => Ok(Some(message)),
            Err(error) => Err(StoreError::Other(error.to_string())),
        }
    }

    async fn about_account(&self, row: &LeasedPesan, id: IdPengguna) -> store::Result<Option<Message>> {
        let Some(kept) = self.school.store().pengguna().find_kredensial_by_id(id).await? else {
            return Ok(None);
        };
        // A password that was changed since is not told any more.
        let hash = kept.password_hash.unwrap_or_default();
        let Some(password) = self.open(row, &place_of_password(&hash)) else { return Ok(None) };
        let pengguna = kept.siapa;
        if !pengguna.aktif || !pengguna.wajib_ganti_password {
            return Ok(None);
        }
        let school = School::of(&*self.school, None);
        Ok(Some(school.about_account(&pengguna, password)))
    }

    /// `None` if nothing is wrong any more, or the admin is none any more.
    async fn about_backups(&self, id: IdPengguna) -> store::Result<Option<Message>> {
        let Some(alarm) = self.school.backup_alarm() else { return Ok(None) };
        let admin = self.school.store().pengguna().find(id).await?;
        let admin = admin.filter(|admin| admin.aktif && admin.role == Role::Admin);
        Ok(admin.map(|admin| School::of(&*self.school, None).about_backups(&admin, alarm)))
    }

    /// The guest's first password: the one that the message has brought with it so far, or a new one, if the guest has
    /// none. It is kept with the message before it is sent, so that every copy brings the same.
    async fn first_password(
        &self,
        row: &LeasedPesan,
        visit: &JanjiTemu,
        tamu: &Tamu,
        penyewa: &str,
    ) -> store::Result<Option<String>> {
        if !self.may_bring_password(row, visit, tamu).await? {
            return Ok(None);
        }
        let store = self.school.store();
        let now = self.school.now();
        let Some(kept) = store.tamu().find_kredensial_by_id(visit.id_tamu).await? else { return Ok(None) };
        if row.rahasia.is_some() {
            // A password that was changed since is not told any more.
            return Ok(self.open(row, &place_of_password(&kept.password_hash.unwrap_or_default())));
        }
        let has_one = kept.password_hash.is_some() && kept.password_sampai.is_none_or(|ends| ends > now);
        if has_one || visit.telp.is_none() {
            return Ok(None);
        }
        let Some(made) = self.school.make_password().await else { return Ok(None) };
        let place = place_of_password(&made.hash);
        let sealed = self.school.secrets().rahasia.encrypt(&place, made.password.as_bytes());
        let Ok(rahasia) = sealed else { return Ok(None) };
        let sampai = first_password_end(visit.jadwal, visit.durasi_menit);
        let baru = FirstPassword { id_tamu: visit.id_tamu, hash: made.hash, sampai, waktu: now, rahasia };
        let given = store.pesan().first_password(row.id, penyewa, baru).await?;
        Ok(given.then_some(made.password))
    }

    /// Whether a password reaches the guest by this message, and nobody else: there is a channel and an address to sign
    /// in at. The number is the guest's. An e-mail address was entered by whoever invites, so it is believed only if it
    /// is the one that the book knows, and if the guest has no visits to others that an impostor could read.
    async fn may_bring_password(
        &self,
        row: &LeasedPesan,
        visit: &JanjiTemu,
        tamu: &Tamu,
    ) -> store::Result<bool> {
        if self.school.guest_address() == GuestAddress::default() {
            return Ok(false);
        }
        let (order, ready) = (self.school.setelan().urutan_saluran.clone(), self.channels.ready());
        match route::channel(row, &order, &ready, &compose::guest(visit, Some(tamu))) {
            Ok(Saluran::Whatsapp) => Ok(true),
            Ok(Saluran::Email) => {
                let is_known = visit.email.as_ref().is_none_or(|email| tamu.email.as_ref() == Some(email));
                Ok(is_known && !self.visits_others(visit).await?)
            }
            Err(_) => Ok(false),
        }
    }

    /// Whether the guest has, or had, appointments with anybody else.
    async fn visits_others(&self, visit: &JanjiTemu) -> store::Result<bool> {
        let saring = JanjiTemuFilter { id_tamu: Some(visit.id_tamu), ..JanjiTemuFilter::default() };
        let page = PageRequest { nomor: 1, ukuran: 200 };
        let visits = self.school.store().janji_temu().list(saring, page).await?;
        let is_all = visits.total <= visits.data.len() as u64;
        Ok(!is_all || visits.data.iter().any(|other| other.id_guru != visit.id_guru))
    }

    /// The password that a message brings.
    fn open(&self, row: &LeasedPesan, place: &str) -> Option<String> {
        let opened = self.school.secrets().rahasia.decrypt(place, row.rahasia.as_deref()?).ok()?;
        String::from_utf8(opened).ok()
    }

    /// Takes a turn of a channel whose messages are spaced; otherwise, when there may be one.
    async fn wait_for_turn(
        &self,
        ready: &Ready,
        saluran: Saluran,
    ) -> store::Result<Option<chrono::DateTime<chrono::Utc>>> {
        let spacing = ready.channel.spacing();
        if spacing.is_zero() {
            return Ok(None);
        }
        let now = self.school.now();
        let berikut = now + TimeDelta::from_std(spacing).unwrap_or_default();
        self.school.store().saluran().take_turn(saluran, now, berikut).await
    }

    async fn failed(&self, row: &LeasedPesan, saluran: Saluran, failed: &SendError) -> PesanOutcome {
        let alasan = failed.alasan;
        tracing::warn!(
            id = row.id,
            saluran = saluran.as_str(),
            alasan = alasan.as_str(),
            "a message did not leave"
        );
        metrics::counter!("bukutamu_messages_total", "channel" => saluran.as_str(), "outcome" => "failed")
            .increment(1);
        if alasan.is_of_channel() {
            self.channels.note(saluran, Some(alasan)).await;
        }
        let before = if row.saluran == Some(saluran) { row.percobaan } else { 0 };
        let pause = TimeDelta::from_std(route::pause(failed, before)).unwrap_or_default();
        PesanOutcome::Waits {
            kirim_pada: self.school.now() + pause,
            failed: Some((saluran, alasan, before.saturating_add(1))),
        }
    }

    /// Notes what became of a message, as long as the lease holds: what has left must not leave again.
    async fn settle(
        &self,
        id: i64,
        penyewa: &str,
        outcome: PesanOutcome,
        dikunjungi: &[IdPengguna],
    ) -> store::Result<()> {
        let store = self.school.store();
        let keep = || store.pesan().settle(id, penyewa, outcome.clone(), self.school.now());
        let again = ConstantBuilder::default().with_delay(Duration::from_secs(2)).with_max_times(60);
        let kept = keep
            .retry(again)
            .when(|error| matches!(error, StoreError::Unavailable(_)) && !self.stop.is_cancelled())
            .await?;
        if let Some(pesan) = kept {
            self.school.tell_pesan(pesan, dikunjungi);
        }
        Ok(())
    }

    /// Sends a message of its own, to try a channel.
    pub(crate) async fn send_trial(&self, ready: &Ready, recipient: Recipient) -> Result<(), SendError> {
        let school = School::of(&*self.school, None);
        let message = school.trial(format!("percobaan-{}", lease_name()), recipient);
        ready.channel.send(&message).await.map(drop)
    }
}

/// A name that no other lease has.
fn lease_name() -> String {
    let mut bytes = [0; 16];
    // Without random numbers two workers could take each other's messages for their own.
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    data_encoding::HEXLOWER.encode(&bytes)
}
