//! The desk that goes on while no server can be reached. The crate `client` owns it; here it is opened for this PC's
//! server, told what happens, and shown.

use std::sync::{Mutex, PoisonError};

use client::{
    Client, ServerAddress, TokenStore,
    offline::{self, Clock, Desk, Reason, Standing},
};
use contract::{
    Alasan, Failure, Kegiatan, Luring, LuringExport, LuringImport, LuringSettle, LuringUnsettled,
    MovedJournal, Unsettled, Update,
};
use tauri::{
    AppHandle, Manager, WebviewWindow,
    async_runtime::{self, JoinHandle},
};

use crate::{
    commands::{Answer, Caller, Handler},
    failure,
    folder::Folder,
    outlet,
    updates::Updates,
    window::KIOSK,
};

/// The desk; none on a PC that is not the reception's.
#[derive(Default)]
pub(crate) struct Current(Mutex<Option<Desk>>);

impl Current {
    fn set(&self, desk: Option<Desk>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = desk;
    }

    /// The desk.
    pub(crate) fn get(&self) -> Option<Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The desk of this window, if it is the reception's.
    pub(crate) fn of(&self, window: &WebviewWindow) -> Option<Desk> {
        self.get().filter(|_| window.label() == KIOSK)
    }

    /// The program starts as something else.
    pub(crate) fn close(&self) {
        self.set(None);
    }
}

/// Opens the desk of this server. If that fails, the reception works as long as the server is there.
pub(crate) async fn start(app: &AppHandle, address: &ServerAddress, client: &Client) -> Vec<JoinHandle<()>> {
    let folder = app.state::<Folder>().0.clone();
    let opened = async {
        // In a file and never in the keyring: one that is locked some morning would take the journal with it.
        let key = TokenStore::file(offline::PROFILE, address, Some(&folder))?;
        let place = offline::folder(&folder, address);
        Desk::open(client.clone(), &place, &key, Clock::system()).await
    };
    let desk = match opened.await {
        Ok(desk) => desk,
        Err(error) => {
            tracing::error!(%error, "this desk cannot go on without a server");
            return Vec::new();
        }
    };
    app.state::<Current>().set(Some(desk.clone()));
    let shown = async_runtime::spawn(show(app.clone(), desk.clone()));
    vec![shown, async_runtime::spawn(desk.run())]
}

/// Tells the page how the desk stands.
async fn show(app: AppHandle, desk: Desk) {
    let mut standing = desk.standing();
    loop {
        let now = standing.borrow_and_update().clone();
        app.state::<Updates>().tell(&Update::Luring { data: shown(now) });
        if standing.changed().await.is_err() {
            return;
        }
    }
}

fn shown(standing: Standing) -> Luring {
    let Standing { is_ready, waiting, visits, unsettled, is_cut, damaged } = standing;
    Luring {
        siap: is_ready,
        menunggu: waiting,
        kunjungan: visits,
        periksa: unsettled,
        terpotong: is_cut,
        rusak: damaged,
    }
}

/// Tells the desk what the server has told.
pub(crate) fn follow(app: &AppHandle, update: &Update) {
    let Some(desk) = app.state::<Current>().get() else { return };
    match update {
        Update::Appointment { data } => desk.take(data),
        Update::Connected { .. } | Update::Settings => desk.refresh_soon(),
        _ => {}
    }
}

fn unsettled(entry: offline::Unsettled) -> Unsettled {
    let (alasan, kode) = match entry.bentrok.alasan {
        Reason::Ditolak(code) => (Alasan::Ditolak, Some(code.as_str().to_owned())),
        Reason::HasilLain(hasil) => (Alasan::HasilLain, Some(hasil.as_str().to_owned())),
        Reason::StatusLain => (Alasan::StatusLain, None),
        Reason::Bergantung => (Alasan::Bergantung, None),
    };
    let kegiatan = match entry.kegiatan {
        offline::Kegiatan::Pindai => Kegiatan::Pindai,
        offline::Kegiatan::Pindah => Kegiatan::Pindah,
        offline::Kegiatan::Langsung => Kegiatan::Langsung,
        offline::Kegiatan::Betulkan => Kegiatan::Betulkan,
    };
    let (di_meja, di_server) = (entry.di_meja, entry.bentrok.janji_temu);
    Unsettled {
        nomor: entry.nomor,
        pada: entry.pada,
        kegiatan,
        nama: entry.nama,
        alasan,
        kode,
        di_meja,
        di_server,
    }
}

impl Handler for LuringUnsettled {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let desk = caller.state::<Current>().get();
        let entries = desk.map(|desk| desk.unsettled()).unwrap_or_default();
        Answer::now(entries.into_iter().map(unsettled).collect())
    }
}

impl Handler for LuringSettle {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let desk = caller.state::<Current>().get().ok_or(Failure::Unreachable)?;
            desk.settle(self.nomor.into()).await.map_err(|error| failure::of(&error))
        })
    }
}

impl Handler for LuringExport {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let desk = caller.state::<Current>().get().ok_or(Failure::Unreachable)?;
            let Some(moving) = desk.export().await.map_err(|error| failure::of(&error))? else {
                return Ok(None);
            };
            let is_saved = outlet::save(caller.app(), "jurnal-meja.bukutamu", moving.bytes).await;
            Ok(is_saved.then_some(MovedJournal { kode: moving.code, jumlah: moving.entries }))
        })
    }
}

impl Handler for LuringImport {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let desk = caller.state::<Current>().get().ok_or(Failure::Unreachable)?;
            let Caller { bytes, .. } = caller;
            let taken = desk.import(bytes, self.kode.to_string()).await;
            taken.map_err(|error| failure::of(&error))
        })
    }
}
