//! What a desk knows of the school without a server: what it was told, and what has happened since.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    IdJanjiTemu, IdTamu, JanjiTemu, Pengguna, Setelan, jadwal,
    json::{self, BekalMeja, JanjiTemuBekal, TamuBekal},
    pindai::is_left_open,
    token::{self, Subject},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a desk keeps over a restart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pack {
    /// What the server told of the school.
    pub bekal: BekalMeja,
    /// The school's name and texts, as the page is told them.
    pub sekolah: Value,
    /// The gurus, as the page is told them.
    pub guru: Vec<Value>,
    /// Who was signed in.
    pub pengguna: Pengguna,
    /// How far the server's clock was ahead.
    pub offset_ms: i64,
}

/// Days from the pack's own on of which an appointment that an event tells is kept.
const AHEAD: Days = Days::new(7);

#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) pack: Pack,
    pub(crate) setelan: Setelan,
    visits: BTreeMap<IdJanjiTemu, JanjiTemuBekal>,
    guests: HashMap<IdTamu, TamuBekal>,
    codes: HashMap<String, Subject>,
}

impl Book {
    pub(crate) fn new(mut pack: Pack) -> Self {
        let setelan = Setelan::from(&pack.bekal.aturan);
        let (visits, guests) =
            (std::mem::take(&mut pack.bekal.janji_temu), std::mem::take(&mut pack.bekal.tamu));
        let of_visits = visits.iter().map(|row| (row.kode_sha256.clone(), Subject::JanjiTemu(row.data.id)));
        let of_guests = guests.iter().map(|row| (row.kode_sha256.clone(), Subject::Tamu(row.id)));
        Self {
            codes: of_visits.chain(of_guests).collect(),
            visits: visits.into_iter().map(|row| (row.data.id, row)).collect(),
            guests: guests.into_iter().map(|row| (row.id, row)).collect(),
            setelan,
            pack,
        }
    }

    /// The same to be kept, with all that was told since.
    pub(crate) fn to_pack(&self) -> Pack {
        let mut pack = self.pack.clone();
        // What the desk has named itself stands in the journal.
        pack.bekal.janji_temu = self.visits.values().filter(|row| row.data.id.0 > 0).cloned().collect();
        pack.bekal.tamu = self.guests.values().filter(|row| row.id.0 > 0).cloned().collect();
        pack
    }

    pub(crate) fn find(&self, id: IdJanjiTemu) -> Option<&JanjiTemuBekal> {
        self.visits.get(&id)
    }

    pub(crate) fn find_tamu(&self, id: IdTamu) -> Option<&TamuBekal> {
        self.guests.get(&id)
    }

    pub(crate) fn visits(&self) -> impl Iterator<Item = &JanjiTemuBekal> {
        self.visits.values()
    }

    pub(crate) fn guests(&self) -> impl Iterator<Item = &TamuBekal> {
        self.guests.values()
    }

    /// Whose code it is, if the desk knows it.
    pub(crate) fn subject(&self, token: &str) -> Option<Subject> {
        self.codes.get(&token::digest(token)).copied()
    }

    /// A visit as it stands after something that happened here.
    pub(crate) fn put(&mut self, row: JanjiTemuBekal) {
        if !row.kode_sha256.is_empty() {
            self.codes.insert(row.kode_sha256.clone(), Subject::JanjiTemu(row.data.id));
        }
        if row.data.id_tamu.0 < 0 {
            self.guests.entry(row.data.id_tamu).or_insert_with(|| TamuBekal {
                id: row.data.id_tamu,
                nama: row.data.nama_tamu.clone(),
                instansi: row.data.instansi.clone(),
                telp_akhir: None,
                kode_sha256: String::new(),
            });
        }
        self.visits.insert(row.data.id, row);
    }

    /// A guest after a correction. Visits that are open show it at once.
    pub(crate) fn put_tamu(&mut self, tamu: TamuBekal) {
        for row in
            self.visits.values_mut().filter(|row| row.data.id_tamu == tamu.id && row.data.status.is_open())
        {
            row.data.nama_tamu.clone_from(&tamu.nama);
            row.data.instansi.clone_from(&tamu.instansi);
        }
        self.guests.insert(tamu.id, tamu);
    }

    /// A visit as the server tells it.
    pub(crate) fn take(&mut self, data: &json::JanjiTemu) {
        let known = self.visits.get(&data.id);
        let last = jadwal::local_date(self.pack.bekal.pada, self.setelan.zona_waktu) + AHEAD;
        let is_outdated = known.is_some_and(|known| known.data.versi > data.versi);
        if is_outdated || (known.is_none() && data.tanggal > last) {
            return;
        }
        let at_desk = |known: Option<bool>, is_set: bool| is_set && known.unwrap_or(true);
        let row = JanjiTemuBekal {
            kode_sha256: token::digest(&data.kode_qr),
            datang_di_meja: at_desk(
                known.filter(|known| known.data.waktu_datang.is_some()).map(|known| known.datang_di_meja),
                data.waktu_datang.is_some(),
            ),
            pulang_di_meja: at_desk(
                known.filter(|known| known.data.waktu_selesai.is_some()).map(|known| known.pulang_di_meja),
                data.waktu_selesai.is_some(),
            ),
            data: json::JanjiTemu { telp: None, email: None, kode_qr: String::new(), ..data.clone() },
        };
        self.put(row);
    }

    /// Whether all appointments of that day are known.
    pub(crate) fn knows(&self, day: NaiveDate) -> bool {
        self.pack.bekal.hari.contains(&day)
    }

    /// Whether all appointments of today are known.
    pub(crate) fn knows_today(&self, now: DateTime<Utc>) -> bool {
        self.knows(jadwal::local_date(now, self.setelan.zona_waktu))
    }

    /// What can be arrived for now.
    pub(crate) fn today(&self, now: DateTime<Utc>) -> Vec<&JanjiTemuBekal> {
        let hari_ini = jadwal::hari_ini(now, &self.setelan);
        let mut rows: Vec<_> = self.visits().filter(|row| hari_ini.contains(row.data.jadwal)).collect();
        rows.sort_by_key(|row| (row.data.jadwal, row.data.id));
        rows
    }

    /// A guest's appointments of today, and those that the guest is still inside for.
    pub(crate) fn of_tamu(&self, id: IdTamu, now: DateTime<Utc>) -> Vec<JanjiTemu> {
        let hari_ini = jadwal::hari_ini(now, &self.setelan);
        let rows = self.visits().filter(|row| row.data.id_tamu == id).map(JanjiTemuBekal::row);
        let is_here = |row: &JanjiTemu| row.status.is_on_site() && !is_left_open(row, now, &self.setelan);
        rows.filter(|row| hari_ini.contains(row.jadwal) || is_here(row)).collect()
    }

    /// The visit after a step of it.
    pub(crate) fn moved(&self, row: JanjiTemu) -> JanjiTemuBekal {
        let zone = self.setelan.zona_waktu;
        match self.find(row.id) {
            Some(known) => known.moved(row, zone),
            None => JanjiTemuBekal { kode_sha256: String::new(), ..JanjiTemuBekal::new(row, zone) },
        }
    }
}
