//! What a guest may do who holds the code of a visit, and what the school asks such a guest.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    JanjiTemu, Setelan, Status, VisitChange, VisitStep,
    columns::{Columns, Value},
    jadwal::Span,
    pindah::{InvalidPindah, ManualMove},
    ulasan,
};

/// What a guest is asked to agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Persetujuan {
    /// The text.
    pub teks: String,
    /// Which text it is.
    pub versi: String,
}

/// Whether the guest may call the visit off at `now`: nobody has come to it yet, and it is not over.
pub fn may_call_off(janji_temu: &JanjiTemu, now: DateTime<Utc>) -> bool {
    janji_temu.status == Status::Belum && now < Span::minutes(janji_temu.jadwal, janji_temu.durasi_menit).end
}

/// What it means that the guest calls the visit off at `now`.
///
/// # Errors
/// [`InvalidPindah::Transisi`] if the guest may not, or may not any more.
pub fn call_off(
    janji_temu: &JanjiTemu,
    alasan: Option<String>,
    now: DateTime<Utc>,
) -> Result<ManualMove, InvalidPindah> {
    if may_call_off(janji_temu, now) {
        let langkah = VisitStep::Batal { alasan, oleh_tamu: true };
        return Ok(ManualMove::Maju(VisitChange::of(janji_temu, Some(langkah), None, now)));
    }
    let is_the_same = janji_temu.status == Status::Batal
        && janji_temu.batal_oleh_tamu
        && (alasan.is_none() || alasan == janji_temu.alasan);
    if is_the_same { Ok(ManualMove::Tetap) } else { Err(InvalidPindah::Transisi) }
}

/// Whether the survey can be filled in after the visit. As a review, it needs a visit that the desk has seen come and
/// go; otherwise a guru could fill it in for guests who never came.
pub fn asks_survey(janji_temu: &JanjiTemu, setelan: &Setelan) -> bool {
    setelan.survei && ulasan::is_open(janji_temu) && !janji_temu.survei_diisi
}

/// What a guest is asked to agree to, who has agreed to the text `setuju_versi` if to any. `None` if the school has no
/// text, or the guest has agreed to it.
pub fn consent_asked(setelan: &Setelan, setuju_versi: Option<&str>) -> Option<Persetujuan> {
    let is_asked = has_consent_text(setelan) && setuju_versi != Some(&setelan.persetujuan_versi);
    is_asked.then(|| Persetujuan {
        teks: setelan.persetujuan_teks.clone(),
        versi: setelan.persetujuan_versi.clone(),
    })
}

/// Whether a guest can agree to the text `versi`: it is the school's present one.
pub fn can_be_agreed_to(setelan: &Setelan, versi: &str) -> bool {
    has_consent_text(setelan) && setelan.persetujuan_versi == versi
}

fn has_consent_text(setelan: &Setelan) -> bool {
    !setelan.persetujuan_teks.trim().is_empty()
}

/// What is set of the visits of a guest who is erased: what was entered or said about a person goes. Times, states,
/// stars and what the visit was for stay, to be counted.
pub fn erased() -> Columns {
    let words = ["atas_nama", "instansi", "email", "alasan", "tanggapan", "komentar", "disembunyikan_alasan"];
    let mut columns = Columns::from(words.map(|column| (column, Value::Text(None))));
    columns.push(("id_tamu_asal", Value::Number(None)));
    columns
}

/// Calling off an appointment because its guest is erased. It counts as the guest's own doing, so the guru is told of
/// it as of any guest who cannot come. The message is queued after the guest was forgotten, and names nobody.
pub const fn called_off() -> VisitStep {
    VisitStep::Batal { alasan: None, oleh_tamu: true }
}

/// What is set of a visit during which nobody saw the guest leave, because its guest is erased again after a backup of
/// that moment was restored.
pub fn left_unseen(waktu: DateTime<Utc>) -> Columns {
    VisitStep::Pulang { waktu_selesai: waktu, di_meja: false }.columns(waktu)
}

/// Until when a guest who asks to be erased at `diminta_pada` has to be, if nothing forbids it: 3 × 24 hours, as Law
/// 27 of 2022 on personal data gives for what its subjects ask for.
pub fn erased_by(diminta_pada: DateTime<Utc>) -> DateTime<Utc> {
    diminta_pada + Duration::hours(3 * 24)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pindai::tests::janji_temu;

    #[test]
    fn a_guest_calls_off_until_the_visit_would_be_over() {
        let row = janji_temu(Status::Belum);
        let end = row.jadwal + Duration::minutes(i64::from(row.durasi_menit));
        assert!(may_call_off(&row, row.jadwal - Duration::days(30)));
        assert!(may_call_off(&row, end - Duration::milliseconds(1)), "late is better than not at all");
        assert!(!may_call_off(&row, end));
        for status in Status::ALL.into_iter().filter(|status| *status != Status::Belum) {
            let row = janji_temu(status);
            assert!(!may_call_off(&row, row.jadwal), "{status}");
            assert_eq!(call_off(&row, None, row.jadwal), Err(InvalidPindah::Transisi), "{status}");
        }
    }

    #[test]
    fn the_same_sent_again_changes_nothing_and_another_reason_is_refused() {
        let alasan = |text: &str| Some(text.to_owned());
        let mut row = janji_temu(Status::Batal);
        (row.batal_oleh_tamu, row.alasan) = (true, alasan("Sakit"));
        for again in [None, alasan("Sakit")] {
            assert_eq!(call_off(&row, again, row.jadwal), Ok(ManualMove::Tetap));
        }
        assert_eq!(call_off(&row, alasan("Hujan"), row.jadwal), Err(InvalidPindah::Transisi));
        row.batal_oleh_tamu = false;
        assert_eq!(call_off(&row, None, row.jadwal), Err(InvalidPindah::Transisi), "the guru was faster");
    }

    #[test]
    fn the_survey_is_asked_once_of_who_was_seen_to_come_and_go() {
        let setelan = Setelan { survei: true, ..Setelan::default() };
        let mut row = janji_temu(Status::Selesai);
        assert!(!asks_survey(&row, &setelan));
        (row.datang_di_meja, row.pulang_di_meja) = (true, true);
        assert!(asks_survey(&row, &setelan));
        assert!(!asks_survey(&row, &Setelan::default()), "the school does not ask");
        row.survei_diisi = true;
        assert!(!asks_survey(&row, &setelan));
    }

    #[test]
    fn consent_is_asked_for_each_text_once() {
        let setelan = Setelan { persetujuan_teks: "Data Anda".to_owned(), ..Setelan::default() };
        assert_eq!(consent_asked(&setelan, None).map(|asked| asked.versi), Some("1".to_owned()));
        assert!(consent_asked(&setelan, Some("0")).is_some());
        assert_eq!(consent_asked(&setelan, Some("1")), None);
        assert_eq!(consent_asked(&Setelan::default(), None), None);
        assert!(can_be_agreed_to(&setelan, "1") && !can_be_agreed_to(&setelan, "2"));
        assert!(!can_be_agreed_to(&Setelan::default(), "1"), "there is no text");
    }
}
