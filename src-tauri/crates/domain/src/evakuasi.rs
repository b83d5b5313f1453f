//! Evacuations: who is in the building, and who of them was seen safe.
//!
//! The same change means the same to the list that a server keeps in memory while the database is away, and to the
//! tables when it is back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdJanjiTemu, IdPengguna, Sapaan, Status, pengguna};

/// Visits in one list, at most. It is more than any school's building holds.
pub const DI_GEDUNG_MAX: usize = 5000;

/// Seconds that a phone may keep a tick. An older one is not of the evacuation that goes on.
pub const UMUR_DETIK: (i64, i64) = (0, 86_400);

/// A visit whose guests are in the building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiGedung {
    /// The visit.
    pub id: IdJanjiTemu,
    /// Who really came.
    pub nama: String,
    /// Where from.
    pub instansi: Option<String>,
    /// How many came together.
    pub jumlah_orang: u16,
    /// Whom they visit, with the form of address.
    pub guru: String,
    /// Where the guru asked them to; null: where guests and gurus usually meet.
    pub tempat: Option<String>,
    /// Whether they wait or have met the guru.
    pub status: Status,
    /// When they came.
    pub sejak: DateTime<Utc>,
    /// All of them were seen safe in the evacuation that goes on.
    pub aman: bool,
    /// Who said so, or took it back.
    pub dicentang_oleh: Option<String>,
    /// When.
    pub dicentang_pada: Option<DateTime<Utc>>,
}

impl DiGedung {
    /// The guru as lists name one.
    pub fn guru_disapa(sapaan: Option<Sapaan>, nama: &str) -> String {
        pengguna::disapa(sapaan, nama)
    }

    fn untick(&mut self) {
        (self.aman, self.dicentang_oleh, self.dicentang_pada) = (false, None, None);
    }
}

/// An evacuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evakuasi {
    /// When it began.
    pub mulai: DateTime<Utc>,
    /// Who began it.
    pub mulai_oleh: Option<String>,
    /// When it ended.
    pub selesai: Option<DateTime<Utc>>,
}

/// The building as an evacuation sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvacuationState {
    /// The one that goes on, otherwise the last one.
    pub evakuasi: Option<Evakuasi>,
    /// Who is in the building, in the order in which they came.
    pub di_gedung: Vec<DiGedung>,
}

/// Something that a member of the staff does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvacuationChange {
    /// What.
    pub step: EvacuationStep,
    /// Who.
    pub oleh: IdPengguna,
    /// That user's name.
    pub nama: String,
    /// When.
    pub pada: DateTime<Utc>,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvacuationStep {
    /// Begin; one that goes on already stays.
    Start,
    /// End the one that goes on.
    End,
    /// Say whether a visit's guests are safe. If no evacuation goes on, one begins, because in an emergency the first
    /// person outside does not look for a button.
    Tick {
        /// The visit.
        id: IdJanjiTemu,
        /// They are.
        aman: bool,
        /// It was ticked a while ago on a phone without a connection. It changes nothing that is newer, whereas what
        /// is ticked now always counts, whatever the clock did.
        kept: bool,
    },
}

impl EvacuationState {
    /// Whether one goes on.
    pub fn is_running(&self) -> bool {
        self.evakuasi.as_ref().is_some_and(|evakuasi| evakuasi.selesai.is_none())
    }

    /// What becomes of it by a change.
    pub fn apply(&mut self, change: &EvacuationChange) {
        let EvacuationChange { step, nama, pada, .. } = change;
        match *step {
            EvacuationStep::Start => self.start(nama, *pada),
            EvacuationStep::End => {
                if let Some(running) = self.evakuasi.as_mut().filter(|one| one.selesai.is_none()) {
                    running.selesai = Some(*pada);
                    self.di_gedung.iter_mut().for_each(DiGedung::untick);
                }
            }
            EvacuationStep::Tick { id, aman, kept } => {
                let is_newer =
                    |known: Option<DateTime<Utc>>| kept && known.is_some_and(|known| known > *pada);
                if is_newer(self.evakuasi.as_ref().and_then(|one| one.selesai)) {
                    return;
                }
                self.start(nama, *pada);
                let row = self.di_gedung.iter_mut().find(|row| row.id == id);
                if let Some(row) = row.filter(|row| !is_newer(row.dicentang_pada)) {
                    row.aman = aman;
                    row.dicentang_oleh = Some(nama.clone());
                    row.dicentang_pada = Some(*pada);
                }
            }
        }
    }

    /// Begins one, unless one goes on.
    fn start(&mut self, nama: &str, pada: DateTime<Utc>) {
        if self.is_running() {
            return;
        }
        self.evakuasi = Some(Evakuasi { mulai: pada, mulai_oleh: Some(nama.to_owned()), selesai: None });
        self.di_gedung.iter_mut().for_each(DiGedung::untick);
    }
}

/// The list as the staff's pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaftarEvakuasi {
    /// Visits, in the order in which the guests came. Gurus see them while an evacuation goes on, otherwise none.
    pub data: Vec<DiGedung>,
    /// How many people that is.
    pub total_orang: u32,
    /// How many of them are safe.
    pub aman_orang: u32,
    /// When the evacuation began that goes on, otherwise the last one of today; null if there is none.
    pub mulai: Option<DateTime<Utc>>,
    /// Who began it.
    pub mulai_oleh: Option<String>,
    /// When it ended; null while it goes on.
    pub selesai: Option<DateTime<Utc>>,
    /// Where everybody gathers; empty if the school has not said.
    pub titik_kumpul: String,
    /// When the list was read from the database.
    pub dimuat_pada: DateTime<Utc>,
    /// The database is away: this is the list from before, with what was ticked since.
    pub salinan: bool,
}

impl DaftarEvakuasi {
    /// Whether one goes on.
    pub fn is_running(&self) -> bool {
        self.mulai.is_some() && self.selesai.is_none()
    }

    /// As somebody sees it who does not lead: outside of an evacuation how many people are in the building, and not
    /// who.
    #[must_use]
    pub fn without_names(self) -> Self {
        if self.is_running() { self } else { Self { data: Vec::new(), ..self } }
    }
}

impl EvacuationState {
    /// The list, read at `dimuat_pada`. An evacuation that ended before `sejak` is not told any more.
    pub fn list(
        self,
        titik_kumpul: String,
        sejak: DateTime<Utc>,
        dimuat_pada: DateTime<Utc>,
        salinan: bool,
    ) -> DaftarEvakuasi {
        let people = |rows: &mut dyn Iterator<Item = &DiGedung>| {
            rows.map(|row| u32::from(row.jumlah_orang)).fold(0, u32::saturating_add)
        };
        let of_today = self.evakuasi.filter(|one| one.selesai.is_none_or(|selesai| selesai >= sejak));
        let (mulai, mulai_oleh, selesai) = match of_today {
            Some(Evakuasi { mulai, mulai_oleh, selesai }) => (Some(mulai), mulai_oleh, selesai),
            None => (None, None, None),
        };
        DaftarEvakuasi {
            total_orang: people(&mut self.di_gedung.iter()),
            aman_orang: people(&mut self.di_gedung.iter().filter(|row| row.aman)),
            data: self.di_gedung,
            mulai,
            mulai_oleh,
            selesai,
            titik_kumpul,
            dimuat_pada,
            salinan,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}:00Z").parse().unwrap()
    }

    fn row(id: i64, jumlah_orang: u16) -> DiGedung {
        DiGedung {
            id: IdJanjiTemu(id),
            nama: "Kadek Surya Dharma".to_owned(),
            instansi: None,
            jumlah_orang,
            guru: "Pak Yohanes".to_owned(),
            tempat: None,
            status: Status::Menunggu,
            sejak: at("01:00"),
            aman: false,
            dicentang_oleh: None,
            dicentang_pada: None,
        }
    }

    fn state() -> EvacuationState {
        EvacuationState { evakuasi: None, di_gedung: vec![row(1, 3), row(2, 1)] }
    }

    fn does(state: &mut EvacuationState, step: EvacuationStep, pada: &str) {
        state.apply(&EvacuationChange {
            step,
            oleh: IdPengguna(1),
            nama: "Wening".to_owned(),
            pada: at(pada),
        });
    }

    fn tick(id: i64, aman: bool) -> EvacuationStep {
        EvacuationStep::Tick { id: IdJanjiTemu(id), aman, kept: false }
    }

    fn kept(id: i64) -> EvacuationStep {
        EvacuationStep::Tick { id: IdJanjiTemu(id), aman: true, kept: true }
    }

    #[test]
    fn people_and_visits_are_counted_apart() {
        let mut state = state();
        does(&mut state, EvacuationStep::Start, "02:00");
        does(&mut state, tick(1, true), "02:01");
        let list = state.list("Lapangan".to_owned(), at("00:00"), at("02:02"), false);
        assert_eq!((list.total_orang, list.aman_orang, list.data.len()), (4, 3, 2));
        assert_eq!((list.mulai, list.selesai), (Some(at("02:00")), None));
        assert_eq!(list.data[0].dicentang_oleh.as_deref(), Some("Wening"));
    }

    #[test]
    fn a_second_start_changes_nothing_and_the_first_tick_is_a_start() {
        let mut state = state();
        does(&mut state, tick(2, true), "02:00");
        does(&mut state, EvacuationStep::Start, "02:05");
        assert_eq!(state.evakuasi.as_ref().map(|one| one.mulai), Some(at("02:00")));
        assert!(state.di_gedung[1].aman);
    }

    #[test]
    fn what_a_phone_kept_changes_nothing_that_is_newer() {
        let mut state = state();
        does(&mut state, EvacuationStep::Start, "02:00");
        does(&mut state, tick(1, false), "02:05");
        does(&mut state, kept(1), "02:03");
        assert!(!state.di_gedung[0].aman, "it was taken back after that");
        does(&mut state, EvacuationStep::End, "02:10");
        does(&mut state, kept(1), "02:08");
        assert!(!state.is_running(), "a tick of the evacuation that has ended begins no other");
        does(&mut state, EvacuationStep::End, "02:20");
        assert_eq!(state.evakuasi.as_ref().and_then(|one| one.selesai), Some(at("02:10")));
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nobody_from_anything() {
        let mut state = state();
        does(&mut state, tick(1, true), "02:00");
        does(&mut state, tick(1, false), "01:00");
        assert!(!state.di_gedung[0].aman);
        does(&mut state, EvacuationStep::End, "01:01");
        does(&mut state, EvacuationStep::Start, "00:30");
        assert!(state.is_running());
    }

    #[test]
    fn an_end_empties_the_boxes_and_is_told_for_the_day() {
        let mut state = state();
        does(&mut state, tick(1, true), "02:00");
        does(&mut state, EvacuationStep::End, "02:10");
        assert_eq!(state.di_gedung, [row(1, 3), row(2, 1)]);
        let told = |sejak: &str| state.clone().list(String::new(), at(sejak), at("03:00"), false);
        assert_eq!(told("00:00").selesai, Some(at("02:10")));
        assert_eq!(told("02:11").mulai, None);
    }
}
