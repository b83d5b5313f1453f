//! The shapes that both ends of the wire agree on (DESIGN §7, §8): answers, events and problem documents.
//!
//! Requests stand above their handlers in `server`; what comes back is read by `client` too, so it stands here.

mod bekal;
mod close;
mod event;
mod janji_temu;
mod kiosk;
mod kunjungan;
mod perangkat;
mod problem;
mod scan;
mod sesi;
mod tamu;

pub use bekal::{AturanMeja, BekalMeja, JanjiTemuBekal, TamuBekal};
pub use close::Close;
pub use event::{ChannelState, ClientMessage, Event, Presence, Ready, ReadyLanjutan};
pub use janji_temu::JanjiTemu;
pub use kiosk::PinKiosk;
pub use kunjungan::{Kunjungan, ShownCode};
pub use perangkat::{JenisPerangkat, KeadaanPerangkat, Perangkat};
pub use problem::Problem;
pub use scan::{Kedatangan, Pesan, Scan, Verifikasi};
pub use sesi::Login;
pub use tamu::TamuRingkas;

use serde::{Deserialize, Serialize};

/// One page of a list, and how long the whole list is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Daftar<T> {
    /// This page's items, in order.
    pub data: Vec<T>,
    /// Items on all pages.
    pub total: u64,
}

impl<T> Daftar<T> {
    /// The same page of something else.
    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Daftar<U> {
        Daftar { data: self.data.into_iter().map(to).collect(), total: self.total }
    }
}
