//! Cases, and random histories compared with a model of the server.

use std::collections::{BTreeMap, VecDeque};

use chrono::{TimeZone, Utc};
use domain::{Role, Status, pengguna::Pengguna};
use proptest::{collection::vec, prelude::*};

use super::*;

mod cases;

fn arrival(id: i64, versi: i64) -> Notifikasi {
    Notifikasi {
        id: IdJanjiTemu(id),
        id_pengguna: IdPengguna(1),
        unit: None,
        id_janji_temu: IdJanjiTemu(id),
        pesan: String::new(),
        nama_tamu: String::new(),
        jumlah_orang: 1,
        instansi: None,
        keperluan: String::new(),
        waktu: Utc.timestamp_opt(id, 0).unwrap(),
        terlambat: false,
        is_read: false,
        dihapus: false,
        tanggapan: None,
        tanggapan_jenis: None,
        tanggapan_menit: None,
        tanggapan_tempat: None,
        ditanggapi_pada: None,
        ditanggapi_oleh: None,
        diberi_tahu_pada: None,
        status: Status::Menunggu,
        versi,
        rusak: false,
    }
}

fn read(id: i64, versi: i64) -> Notifikasi {
    Notifikasi { is_read: true, ..arrival(id, versi) }
}

fn ready_for(guru: i64, belum_dibaca: Vec<Notifikasi>) -> Ready {
    let pengguna = Pengguna {
        id: IdPengguna(guru),
        nama: String::new(),
        sapaan: None,
        jabatan: None,
        email: String::new(),
        telp: None,
        role: Role::Guru,
        wajib_ganti_password: false,
        aktif: true,
        unit: false,
        dibuat_pada: Utc.timestamp_opt(0, 0).unwrap(),
        rusak: false,
    };
    Ready { pengguna, belum_dibaca, sebagian: false, online: Vec::new() }
}

fn ready(belum_dibaca: Vec<Notifikasi>) -> Ready {
    ready_for(1, belum_dibaca)
}

#[test]
fn an_arrival_alerts_once_whichever_way_it_comes() {
    let mut inbox = Inbox::default();
    assert_eq!(inbox.ready(ready(vec![arrival(1, 5)])), [Change::Alert(arrival(1, 5))]);
    assert_eq!(inbox.notification(arrival(1, 5)), None, "the event was on its way when the state was read");
    assert_eq!(inbox.notification(arrival(2, 6)), Some(Change::Alert(arrival(2, 6))));
    assert_eq!(
        inbox.ready(ready(vec![arrival(1, 5), arrival(2, 6)])),
        [],
        "a reconnection tells nothing new"
    );
    assert_eq!(inbox.unread(), [arrival(1, 5), arrival(2, 6)]);
}

#[test]
fn what_the_desk_asks_for_alerts_again_and_once_each_time() {
    let again = |versi, seconds| Notifikasi {
        diberi_tahu_pada: Some(Utc.timestamp_opt(seconds, 0).unwrap()),
        ..arrival(1, versi)
    };
    let mut inbox = Inbox::default();
    inbox.notification(arrival(1, 5));
    inbox.notification(read(1, 6));
    assert_eq!(inbox.notification(again(7, 60)), Some(Change::Alert(again(7, 60))));
    assert_eq!(inbox.notification(again(8, 60)), Some(Change::Changed(again(8, 60))), "changed otherwise");
    assert_eq!(inbox.ready(ready(vec![again(9, 90)])), [Change::Alert(again(9, 90))], "asked in the gap");
    assert_eq!(inbox.ready(ready(vec![again(9, 90)])), []);
}

#[test]
fn an_arrival_that_was_taken_back_goes_and_a_later_one_alerts() {
    let mut inbox = Inbox::default();
    inbox.notification(arrival(1, 5));
    let gone = Notifikasi { dihapus: true, status: Status::Belum, ..arrival(1, 6) };
    assert_eq!(inbox.notification(gone), Some(Change::Removed(IdJanjiTemu(1))));
    let later = Notifikasi { waktu: Utc.timestamp_opt(600, 0).unwrap(), ..arrival(1, 7) };
    assert_eq!(inbox.notification(later.clone()), Some(Change::Alert(later)));
}

#[test]
fn what_was_handled_elsewhere_during_the_gap_is_dropped() {
    let mut inbox = Inbox::default();
    inbox.ready(ready(vec![arrival(1, 5), arrival(2, 6)]));
    assert_eq!(inbox.ready(ready(vec![arrival(2, 6)])), [Change::Removed(IdJanjiTemu(1))]);
    assert_eq!(inbox.notification(arrival(1, 5)), None, "old news does not bring it back");
    assert_eq!(inbox.notification(read(1, 7)), Some(Change::Changed(read(1, 7))));
    assert_eq!(inbox.unread(), [arrival(2, 6)]);
}

#[test]
fn a_state_in_parts_alerts_for_the_newest_and_knows_the_rest() {
    let mut inbox = Inbox::default();
    inbox.ready(ready(vec![arrival(1, 1), arrival(2, 1), arrival(3, 1)]));
    let first = Ready { sebagian: true, ..ready(vec![arrival(8, 1), arrival(9, 1)]) };
    assert_eq!(inbox.ready(first), [Change::Alert(arrival(8, 1)), Change::Alert(arrival(9, 1))]);
    assert_eq!(inbox.unread().len(), 5, "nothing is dropped before all is told");
    assert_eq!(inbox.notification(arrival(10, 1)), Some(Change::Alert(arrival(10, 1))), "live in between");
    assert_eq!(inbox.lanjutan(part(vec![arrival(9, 1), arrival(7, 1)], true)), []);
    assert_eq!(inbox.notification(read(8, 2)), Some(Change::Changed(read(8, 2))));
    let answered = Notifikasi { tanggapan: Some("Saya ke lobi".to_owned()), ..arrival(3, 2) };
    assert_eq!(
        inbox.lanjutan(part(vec![arrival(8, 1), answered.clone()], true)),
        [Change::Changed(answered)]
    );
    assert_eq!(
        inbox.lanjutan(part(vec![arrival(1, 1)], false)),
        [Change::Removed(IdJanjiTemu(2))],
        "what stood in no part was handled elsewhere"
    );
    let ids: Vec<_> = inbox.unread().iter().map(|notifikasi| notifikasi.id.0).collect();
    assert_eq!(ids, [1, 3, 7, 9, 10]);
    let changed = Notifikasi { status: Status::Selesai, ..arrival(7, 2) };
    assert_eq!(inbox.notification(changed.clone()), Some(Change::Changed(changed)), "it never alerts");
}

#[test]
fn a_state_that_was_cut_off_drops_nothing() {
    let mut inbox = Inbox::default();
    inbox.ready(ready(vec![arrival(1, 1)]));
    inbox.ready(Ready { sebagian: true, ..ready(vec![arrival(9, 1)]) });
    inbox.lanjutan(part(vec![arrival(8, 1)], true));
    assert_eq!(inbox.unread().len(), 3);
    assert_eq!(
        inbox.ready(ready(vec![arrival(8, 1), arrival(9, 1)])),
        [Change::Removed(IdJanjiTemu(1))],
        "the next one is whole"
    );
    assert_eq!(inbox.lanjutan(part(vec![arrival(5, 1)], false)), [], "a part of nothing");
    assert_eq!(inbox.unread().len(), 2);
}

fn part(belum_dibaca: Vec<Notifikasi>, sebagian: bool) -> ReadyLanjutan {
    ReadyLanjutan { belum_dibaca, sebagian }
}

#[test]
fn the_larger_versi_wins() {
    let mut inbox = Inbox::default();
    let answered = Notifikasi { tanggapan: Some("Saya ke lobi".to_owned()), ..arrival(1, 7) };
    inbox.notification(arrival(1, 5));
    assert_eq!(inbox.notification(answered.clone()), Some(Change::Changed(answered.clone())));
    assert_eq!(inbox.notification(arrival(1, 6)), None);
    assert_eq!(inbox.ready(ready(vec![arrival(1, 5)])), [], "a state read before the answer");
    assert_eq!(inbox.unread(), [answered]);
}

#[test]
fn one_that_is_put_away_is_removed() {
    let mut inbox = Inbox::default();
    inbox.notification(arrival(1, 5));
    let away = Notifikasi { dihapus: true, ..arrival(1, 6) };
    assert_eq!(inbox.notification(away), Some(Change::Removed(IdJanjiTemu(1))));
    assert_eq!(inbox.unread(), []);
}

#[test]
fn another_user_starts_from_nothing() {
    let mut inbox = Inbox::default();
    inbox.ready(ready_for(1, vec![arrival(1, 5)]));
    let changes = inbox.ready(ready_for(2, vec![arrival(1, 5)]));
    assert_eq!(changes, [Change::Removed(IdJanjiTemu(1)), Change::Alert(arrival(1, 5))]);
}

/// What happens at the server or on the line.
#[derive(Clone, Debug)]
enum Step {
    Arrive,
    Read(usize),
    Delete(usize),
    Answer(usize),
    /// So many of the waiting events get through.
    Deliver(usize),
    /// The line is cut, waiting events are lost, and a new connection is made. The hub knew the connection so many
    /// events before the state was read, and sends these events as well.
    Reconnect(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Arrive),
        2 => any::<usize>().prop_map(Step::Read),
        1 => any::<usize>().prop_map(Step::Delete),
        1 => any::<usize>().prop_map(Step::Answer),
        4 => (0_usize..4).prop_map(Step::Deliver),
        2 => (0_usize..4).prop_map(Step::Reconnect),
    ]
}

#[derive(Default)]
struct Model {
    rows: BTreeMap<i64, Notifikasi>,
    versi: i64,
    history: Vec<Notifikasi>,
    line: VecDeque<Notifikasi>,
    inbox: Inbox,
    alerts: Vec<i64>,
}

impl Model {
    fn change(&mut self, pick: usize, change: impl FnOnce(&mut Notifikasi)) {
        let index = pick % self.rows.len().max(1);
        let Some(row) = self.rows.values_mut().nth(index) else { return };
        self.versi += 1;
        row.versi = self.versi;
        change(row);
        self.history.push(row.clone());
        self.line.push_back(row.clone());
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Arrive => {
                let id = self.rows.len() as i64 + 1;
                self.rows.insert(id, arrival(id, 0));
                self.change(self.rows.len() - 1, |_| {});
            }
            Step::Read(pick) => self.change(pick, |row| row.is_read = true),
            Step::Delete(pick) => self.change(pick, |row| row.dihapus = true),
            Step::Answer(pick) => self.change(pick, |row| row.tanggapan = Some("Baik".to_owned())),
            Step::Deliver(count) => {
                for _ in 0..count {
                    let change = self.line.pop_front().and_then(|event| self.inbox.notification(event));
                    self.note(change);
                }
            }
            Step::Reconnect(overlap) => {
                let pending = self.rows.values().filter(|row| row.is_pending()).cloned().collect();
                let changes = self.inbox.ready(ready(pending));
                self.note(changes);
                let from = self.history.len().saturating_sub(overlap);
                self.line = self.history[from..].iter().cloned().collect();
            }
        }
    }

    fn note(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.alerts.extend(changes.into_iter().filter_map(|change| match change {
            Change::Alert(notifikasi) => Some(notifikasi.id.0),
            _ => None,
        }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_cut_each_arrival_alerts_once_and_the_states_agree(steps in vec(step(), 0..100)) {
        let mut model = Model::default();
        model.apply(Step::Reconnect(0));
        for step in steps {
            model.apply(step);
        }
        // Either all waiting events get through, or the line is cut once more. Both end the same.
        model.apply(Step::Reconnect(2));
        model.apply(Step::Deliver(usize::from(u16::MAX)));

        let expected: Vec<_> = model.rows.values().filter(|row| row.is_pending()).cloned().collect();
        prop_assert_eq!(model.inbox.unread(), expected.clone(), "the client's state is the server's");
        let mut once = model.alerts.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), model.alerts.len(), "nothing alerts twice: {:?}", model.alerts);
        for row in expected {
            prop_assert!(once.contains(&row.id.0), "{} was never told", row.id);
        }
    }

    #[test]
    fn without_a_cut_the_states_agree_too(steps in vec(step(), 0..100)) {
        let mut model = Model::default();
        model.apply(Step::Reconnect(0));
        for step in steps {
            if !matches!(step, Step::Reconnect(_)) {
                model.apply(step);
            }
        }
        model.apply(Step::Deliver(usize::from(u16::MAX)));
        let expected: Vec<_> = model.rows.values().filter(|row| row.is_pending()).cloned().collect();
        prop_assert_eq!(model.inbox.unread(), expected);
        prop_assert_eq!(model.alerts.len(), model.rows.len(), "every arrival was live once");
    }
}
