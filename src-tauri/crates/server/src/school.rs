//! The running server as what sends messages sees it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, Setelan,
    cadangan::BackupAlarm,
    json::ChannelState,
    pesan::{AlasanPesan, PesanKeluar, Saluran},
};
use store::{
    Courier, RunningSchool, SchoolSecrets, Store,
    school::{GuestAddress, MadePassword},
};

use crate::{auth::password, state::AppState};

#[async_trait]
impl RunningSchool for AppState {
    fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    fn secrets(&self) -> Arc<SchoolSecrets> {
        self.kunci.clone()
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn setelan(&self) -> Arc<Setelan> {
        self.settings.now().setelan
    }

    fn guest_address(&self) -> GuestAddress {
        let setelan = self.setelan();
        let public = self.links.public(&setelan).map(str::to_owned);
        let local = if public.is_some() { None } else { self.links.base(&setelan) };
        GuestAddress { public, local }
    }

    fn backup_alarm(&self) -> Option<BackupAlarm> {
        self.backups.alarm(&self.setelan(), self.clock.now())
    }

    async fn make_password(&self) -> Option<MadePassword> {
        let password = password::temporary().ok()?;
        let hash = self.passwords.hash(password.clone()).await.ok()?;
        Some(MadePassword { password, hash })
    }

    fn tell_pesan(&self, pesan: PesanKeluar, dikunjungi: &[IdPengguna]) {
        self.hub.publish_pesan(pesan, dikunjungi);
    }

    fn tell_saluran(&self, nama: Saluran, alasan: Option<AlasanPesan>) {
        self.hub.publish_saluran(ChannelState { nama, alasan });
    }

    fn employ(&self, courier: Arc<dyn Courier>) {
        // A second one would be this program's own mistake; the first stays.
        let _ = self.courier.set(courier);
    }
}
