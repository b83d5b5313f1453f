//! The desks that are connected, and what each reads codes with. A desk is a session that said so; its entry goes with
//! the session's last connection, so that there are no more than connections.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna, json::Perangkat};
use serde::{Deserialize, Serialize};

/// A desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Desk {
    /// Who works there.
    pub(crate) id_pengguna: IdPengguna,
    /// That user's name.
    pub(crate) nama: String,
    /// Scanners.
    pub(crate) perangkat: Vec<Perangkat>,
    /// Since when it is connected.
    pub(crate) sejak: DateTime<Utc>,
}

/// Desks by their session.
#[derive(Default)]
pub(super) struct Desks(HashMap<Box<str>, Desk>);

impl Desks {
    /// Enters a desk, or what is different about it. Whether anything is.
    pub(super) fn open(
        &mut self,
        id_sesi: &str,
        pengguna: &Pengguna,
        perangkat: Vec<Perangkat>,
        now: DateTime<Utc>,
    ) -> bool {
        let desk = self.0.entry(id_sesi.into()).or_insert_with(|| Desk {
            id_pengguna: pengguna.id,
            nama: String::new(),
            perangkat: Vec::new(),
            sejak: now,
        });
        if desk.nama == pengguna.nama && desk.perangkat == perangkat {
            return false;
        }
        (desk.nama, desk.perangkat) = (pengguna.nama.clone(), perangkat);
        true
    }

    /// Removes a desk.
    pub(super) fn close(&mut self, id_sesi: &str) {
        self.0.remove(id_sesi);
    }

    /// All of them, the longest connected first.
    pub(super) fn list(&self) -> Vec<Desk> {
        let mut desks: Vec<_> = self.0.values().cloned().collect();
        desks.sort_by_key(|desk| (desk.sejak, desk.id_pengguna));
        desks
    }
}
