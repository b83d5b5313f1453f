//! A decided change of an appointment: what must still hold, what is set, and which message it causes. A store carries
//! it out with one conditional statement, or says that the condition no longer holds.

use chrono::{DateTime, Utc};

use crate::{
    Decision, IdJanjiTemu, IdPengguna, JanjiTemu, Penolakan, Setelan, Status,
    columns::{Columns, Value},
    langkah::VisitStep,
    pesan::{JenisPesan, Queueing},
    pindai::{Hasil, decide},
    sesi,
};

/// A step to be carried out. It holds only if the appointment still has the status that it had when the step was
/// decided.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitChange {
    /// The appointment.
    pub id: IdJanjiTemu,
    /// The appointment's status when the step was decided.
    pub dari: Status,
    /// The scheduled time, if the step was decided by it. If the appointment has another time by now, the step no
    /// longer holds.
    pub jadwal: Option<DateTime<Utc>>,
    /// What changes; `None` only records the key.
    pub langkah: Option<VisitStep>,
    /// Of a scan: the idempotency key, and the answer to be recorded under it.
    pub kunci: Option<(String, Hasil)>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl VisitChange {
    /// A step that was decided for an appointment as it stands in `janji_temu`.
    pub fn of(
        janji_temu: &JanjiTemu,
        langkah: Option<VisitStep>,
        kunci: Option<(String, Hasil)>,
        waktu: DateTime<Utc>,
    ) -> Self {
        let by_time = langkah.as_ref().is_some_and(VisitStep::is_by_time);
        Self {
            id: janji_temu.id,
            dari: janji_temu.status,
            jadwal: by_time.then_some(janji_temu.jadwal),
            langkah,
            kunci,
            waktu,
        }
    }

    /// What a scan of the appointment's code means at `now`, and the change that it makes. `di_meja` says whether it
    /// counts as taken at the desk.
    ///
    /// # Errors
    /// As [`decide`].
    pub fn of_scan(
        janji_temu: &JanjiTemu,
        di_meja: bool,
        kunci: Option<String>,
        now: DateTime<Utc>,
        setelan: &Setelan,
    ) -> Result<(Decision, Self), Penolakan> {
        let keputusan = decide(janji_temu, now, setelan)?;
        Ok((keputusan, Self::of_decision(janji_temu, keputusan, di_meja, kunci, now)))
    }

    /// The change that a scan makes for which this was decided.
    pub fn of_decision(
        janji_temu: &JanjiTemu,
        keputusan: Decision,
        di_meja: bool,
        kunci: Option<String>,
        now: DateTime<Utc>,
    ) -> Self {
        let langkah = VisitStep::of(keputusan, janji_temu, di_meja);
        let kunci = kunci.map(|kunci| (kunci, keputusan.hasil()));
        Self::of(janji_temu, langkah, kunci, now)
    }

    /// The appointment as it stands after the change, for whoever keeps a copy of it.
    pub fn applied_to(&self, janji_temu: &JanjiTemu) -> JanjiTemu {
        let mut after = janji_temu.clone();
        let Some(langkah) = &self.langkah else { return after };
        after.versi += 1;
        after.status = langkah.tujuan();
        for (column, value) in langkah.columns(self.waktu) {
            after.set(column, value);
        }
        after
    }

    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.langkah.is_none() && self.kunci.is_none()
    }

    /// What is set of the appointment; `None` if nothing changes.
    pub fn columns(&self) -> Option<Columns> {
        self.langkah.as_ref().map(|langkah| langkah.columns(self.waktu))
    }

    /// What becomes of the queue of messages.
    pub fn queueing(&self) -> Option<Queueing> {
        self.langkah.as_ref().and_then(VisitStep::queueing)
    }
}

/// Another time for an appointment, or another guru at its time.
#[derive(Clone, Debug)]
pub struct NewJadwal {
    /// The appointment.
    pub id: IdJanjiTemu,
    /// Whose it is.
    pub dari_guru: IdPengguna,
    /// Whose it shall be: the same, unless it is handed over.
    pub id_guru: IdPengguna,
    /// The new time.
    pub jadwal: DateTime<Utc>,
    /// How long, 5 to 480 minutes.
    pub durasi_menit: u16,
    /// When the new code ends. Those given out before stand for the same appointment until they end themselves.
    pub kode_expiry: DateTime<Utc>,
    /// Move it although the guru has another appointment at that time. Its own old time is never in its way.
    pub izinkan_bentrok: bool,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl NewJadwal {
    /// The status that the appointment must have: nobody has come to it yet.
    pub const DARI: Status = Status::Belum;
    /// The guest is invited again.
    pub const PESAN: JenisPesan = JenisPesan::Pindah;

    /// When a first password ends that came with the invitation to it: with the visit, whenever that is.
    pub fn first_password_end(&self) -> DateTime<Utc> {
        sesi::first_password_end(self.jadwal, self.durasi_menit)
    }

    /// What is set of the appointment, beside its code.
    pub fn columns(&self) -> Columns {
        vec![
            ("id_guru", Value::Number(Some(self.id_guru.0))),
            ("jadwal", Value::Time(Some(self.jadwal))),
            ("durasi_menit", Value::Number(Some(i64::from(self.durasi_menit)))),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pindai::tests::janji_temu;

    fn scan(row: &JanjiTemu, kunci: Option<&str>) -> VisitChange {
        let kunci = kunci.map(str::to_owned);
        VisitChange::of_scan(row, true, kunci, row.jadwal, &Setelan::default()).unwrap().1
    }

    #[test]
    fn only_what_was_decided_by_the_time_depends_on_it() {
        let row = janji_temu(Status::Belum);
        let change = |langkah| VisitChange::of(&row, Some(langkah), None, row.jadwal);
        let alasan = None::<String>;
        assert_eq!(scan(&row, None).jadwal, Some(row.jadwal));
        assert_eq!(change(VisitStep::TidakHadir { alasan: alasan.clone() }).jadwal, Some(row.jadwal));
        assert_eq!(change(VisitStep::Batal { alasan, oleh_tamu: false }).jadwal, None);
    }

    #[test]
    fn a_scan_that_changes_nothing_is_written_only_under_its_key() {
        let here = janji_temu(Status::Menunggu);
        assert!(scan(&here, None).is_empty());
        let recorded = scan(&here, Some("kunci-1"));
        assert_eq!((recorded.columns(), recorded.queueing()), (None, None));
        assert_eq!(recorded.kunci, Some(("kunci-1".to_owned(), Hasil::SudahDatang)));
        assert!(!recorded.is_empty());
    }

    #[test]
    fn a_copy_follows_every_step() {
        let steps = [
            VisitStep::Datang { terlambat: true, di_meja: true },
            VisitStep::Mulai,
            VisitStep::Pulang { waktu_selesai: janji_temu(Status::Belum).jadwal, di_meja: true },
            VisitStep::Pamit,
            VisitStep::Batal { alasan: Some("sakit".to_owned()), oleh_tamu: false },
            VisitStep::TidakHadir { alasan: None },
            VisitStep::UrungDatang,
            VisitStep::UrungLangsung { alasan: None },
            VisitStep::UrungPulang { ke: Status::Menunggu },
        ];
        let before = janji_temu(Status::Belum);
        for step in steps {
            let tujuan = step.tujuan();
            let change = VisitChange::of(&before, Some(step.clone()), None, before.jadwal);
            let after = change.applied_to(&before);
            assert_eq!((after.status, after.versi), (tujuan, before.versi + 1), "{step:?}");
        }
        let come = scan(&before, None).applied_to(&before);
        assert_eq!((come.waktu_datang, come.datang_di_meja), (Some(before.jadwal), true));
        let change = VisitChange::of(&come, Some(VisitStep::UrungDatang), None, before.jadwal);
        let taken_back = change.applied_to(&come);
        assert_eq!(JanjiTemu { versi: before.versi, ..taken_back }, before);
    }

    #[test]
    fn whom_the_desk_sees_leave_after_the_end_is_asked_for_a_review_once() {
        let mut over = janji_temu(Status::Selesai);
        assert!(scan(&over, None).is_empty(), "the desk did not see the guest come");
        over.datang_di_meja = true;
        assert_eq!(scan(&over, None).langkah, Some(VisitStep::Pamit));
        over.pulang_di_meja = true;
        assert!(scan(&over, None).is_empty());
    }
}
