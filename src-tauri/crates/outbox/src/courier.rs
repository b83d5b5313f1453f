//! What the server asks of the outbox.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Telp, isian,
    pesan::{AlasanPesan, Saluran},
    saluran::{
        WhatsappConfig,
        webhook::{self, InvalidReport, Proof, Question, Received},
    },
};
use store::{Courier, school::ChannelInfo};
use tokio::sync::Notify;

use crate::{channel::Recipient, channels::Channels, worker::Worker};

/// Answers the server.
pub(crate) struct Postman {
    worker: Arc<Worker>,
    channels: Arc<Channels>,
    woken: Arc<Notify>,
}

impl Postman {
    pub(crate) fn new(worker: Arc<Worker>, channels: Arc<Channels>, woken: Arc<Notify>) -> Self {
        Self { worker, channels, woken }
    }
}

impl Postman {
    fn whatsapp(&self) -> Option<Arc<WhatsappConfig>> {
        self.channels.get(Saluran::Whatsapp)?.whatsapp
    }
}

#[async_trait]
impl Courier for Postman {
    async fn channels(&self) -> Vec<ChannelInfo> {
        // What cannot be read now is as it was.
        let _ = self.channels.look().await;
        self.channels.infos()
    }

    async fn check(&self, saluran: Saluran) -> Result<(), AlasanPesan> {
        let _ = self.channels.look().await;
        self.channels.check(saluran).await
    }

    async fn send_trial(&self, saluran: Saluran, tujuan: &str) -> Result<(), AlasanPesan> {
        let _ = self.channels.look().await;
        let ready = self.channels.get(saluran).ok_or(AlasanPesan::TanpaSaluran)?;
        let recipient = match saluran {
            Saluran::Email => {
                let email = isian::email(tujuan).map_err(|_| AlasanPesan::TanpaAlamat)?;
                Recipient { nama: "Admin".to_owned(), telp: None, email: Some(email) }
            }
            Saluran::Whatsapp => {
                let telp = Telp::parse(tujuan).map_err(|_| AlasanPesan::TanpaAlamat)?;
                Recipient { nama: "Admin".to_owned(), telp: Some(telp), email: None }
            }
        };
        let sent = self.worker.send_trial(&ready, recipient).await.map_err(|failed| failed.alasan);
        let alasan = sent.err().filter(|alasan| alasan.is_of_channel());
        if sent.is_ok() || alasan.is_some() {
            self.channels.note(saluran, alasan).await;
        }
        sent
    }

    fn receive(&self, proof: Proof<'_>, body: &[u8]) -> Result<Received, InvalidReport> {
        let config = self.whatsapp().ok_or(InvalidReport::Forged)?;
        webhook::receive(&config, proof, body)
    }

    fn answer(&self, question: Question<'_>) -> Option<String> {
        webhook::answer(&*self.whatsapp()?, question).map(str::to_owned)
    }

    fn wake(&self) {
        self.woken.notify_waiters();
    }
}
