//! A user's notifications, merged from whole states and single events in whatever order they come.
//!
//! Pure: no clock, no connection. Of two copies, the one with the larger `versi` wins. An arrival alerts once for as
//! long as this value lives, however often the connection breaks, and once more each time the desk asks for it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    json::{JanjiTemu, Ready, ReadyLanjutan},
    notifikasi::Notifikasi,
};

/// What a merge changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An unread arrival alerts for the first time, or again because the desk asked for it.
    Alert(Notifikasi),
    /// A known notification has changed, or one came that was read before it was known here.
    Changed(Notifikasi),
    /// A notification needs no attention any more: it was put away, or is no longer unread.
    Removed(IdJanjiTemu),
}

/// The merged state.
#[derive(Debug, Default)]
pub struct Inbox {
    pengguna: Option<IdPengguna>,
    /// All notifications ever known. Each takes some 32 bytes, so that a working life of arrivals fits.
    known: HashMap<IdJanjiTemu, Known>,
    unread: BTreeMap<IdJanjiTemu, Notifikasi>,
    appointments: HashMap<IdJanjiTemu, i64>,
    /// The unread ones of a state that is still coming in parts.
    coming: Option<HashSet<IdJanjiTemu>>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    versi: i64,
    /// The moment that was alerted last; `None` before the first alert.
    alerted: Option<DateTime<Utc>>,
}

impl Inbox {
    /// Takes the unread state. Whatever was unread here and is missing in it was handled elsewhere meanwhile. If the
    /// state comes in parts, that is known with the last part.
    ///
    /// If the user is another than before, starts from nothing.
    pub fn ready(&mut self, ready: Ready) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.pengguna.replace(ready.pengguna.id).is_some_and(|before| before != ready.pengguna.id) {
            changes.extend(std::mem::take(&mut self.unread).into_keys().map(Change::Removed));
            self.known.clear();
            self.appointments.clear();
        }
        self.coming = Some(ready.belum_dibaca.iter().map(|notifikasi| notifikasi.id).collect());
        if !ready.sebagian {
            changes.extend(self.settle());
        }
        changes.extend(ready.belum_dibaca.into_iter().filter_map(|notifikasi| self.listed(notifikasi)));
        changes
    }

    /// Takes a further part of the unread state. Its notifications are old, so they are known and alert nobody.
    pub fn lanjutan(&mut self, lanjutan: ReadyLanjutan) -> Vec<Change> {
        let Some(coming) = &mut self.coming else { return Vec::new() };
        coming.extend(lanjutan.belum_dibaca.iter().map(|notifikasi| notifikasi.id));
        let mut changes = Vec::new();
        for notifikasi in lanjutan.belum_dibaca {
            let is_known = self.known.contains_key(&notifikasi.id);
            let alerted = Some(notifikasi.alerted_at());
            self.known.entry(notifikasi.id).or_insert(Known { versi: i64::MIN, alerted });
            changes.extend(self.listed(notifikasi).filter(|_| is_known));
        }
        if !lanjutan.sebagian {
            changes.extend(self.settle());
        }
        changes
    }

    /// Ends the unread state. Whatever is missing in it is not unread any more.
    fn settle(&mut self) -> Vec<Change> {
        let Some(still_unread) = self.coming.take() else { return Vec::new() };
        let handled = self.unread.extract_if(.., |id, _| !still_unread.contains(id));
        handled.map(|(id, _)| Change::Removed(id)).collect()
    }

    /// Takes a single event; `None` if something newer is known.
    pub fn notification(&mut self, notifikasi: Notifikasi) -> Option<Change> {
        if self.known.get(&notifikasi.id).is_some_and(|known| known.versi >= notifikasi.versi) {
            return None;
        }
        if let Some(coming) = &mut self.coming {
            coming.insert(notifikasi.id);
        }
        Some(self.put(notifikasi))
    }

    /// Whether this copy of an appointment is newer than all before.
    pub fn appointment(&mut self, janji_temu: &JanjiTemu) -> bool {
        let newest = self.appointments.entry(janji_temu.id).or_insert(i64::MIN);
        let is_newer = janji_temu.versi > *newest;
        *newest = janji_temu.versi.max(*newest);
        is_newer
    }

    /// The unread ones, oldest first.
    pub fn unread(&self) -> Vec<Notifikasi> {
        let mut unread: Vec<_> = self.unread.values().cloned().collect();
        unread.sort_by_key(|notifikasi| notifikasi.waktu);
        unread
    }

    /// Takes one notification of a whole state. The same `versi` counts, too, because the notification may have been
    /// dropped for a state that was read from an older copy of the database.
    fn listed(&mut self, notifikasi: Notifikasi) -> Option<Change> {
        match self.known.get(&notifikasi.id) {
            Some(known) if known.versi > notifikasi.versi => None,
            Some(known) if known.versi == notifikasi.versi && self.unread.contains_key(&notifikasi.id) => {
                None
            }
            _ => Some(self.put(notifikasi)),
        }
    }

    fn put(&mut self, notifikasi: Notifikasi) -> Change {
        let id = notifikasi.id;
        let is_new = !self.known.contains_key(&id);
        let known = self.known.entry(id).or_insert(Known { versi: notifikasi.versi, alerted: None });
        known.versi = notifikasi.versi;
        if !notifikasi.is_pending() {
            self.unread.remove(&id);
            return if notifikasi.dihapus { Change::Removed(id) } else { Change::Changed(notifikasi) };
        }
        self.unread.insert(id, notifikasi.clone());
        let moment = Some(notifikasi.alerted_at());
        // A desk told of it by itself, under a name of its own, while the database was away.
        let was_told_alone = id.0 > 0 && is_new && {
            let mut own = self.known.iter().filter(|(other, _)| other.0 < 0);
            own.any(|(_, other)| other.alerted == moment)
        };
        let known = self.known.get_mut(&id).expect("it was entered above");
        if was_told_alone {
            known.alerted = moment;
        }
        if std::mem::replace(&mut known.alerted, moment) == moment {
            Change::Changed(notifikasi)
        } else {
            Change::Alert(notifikasi)
        }
    }
}

#[cfg(test)]
mod tests;
