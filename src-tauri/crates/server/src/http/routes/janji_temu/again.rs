//! A request that was sent before, known by its key. It is answered before any rule is asked: the time may have passed
//! since, the school may be closed on that day by now, and the guru may have left.

use std::collections::HashMap;

use domain::{
    JanjiTemu, jadwal,
    ulang::{self, AlasanDilewati, Dilewati},
};
use store::{
    janji_temu::{MadeBefore, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};

use super::{
    make::{CreateRequest, Made, invitation},
    seri::{self, Guest, SeriReply, UlangRequest},
    tutup,
};
use crate::{error::ApiError, http::extract::Object, state::RequestState};

/// What the request has made before; `None` if it is the first time.
pub(super) async fn answer(
    state: &RequestState,
    draft: &NewJanjiTemu,
    others: &[Guest],
    request: &CreateRequest,
) -> Result<Option<Made>, ApiError> {
    if draft.kunci.is_none() {
        return Ok(None);
    }
    let ulang = request.ulang.as_ref().map(|Object(ulang)| ulang);
    let asked = Asked { draft, has_length: request.durasi_menit.is_some() };
    if ulang.is_none() && request.tamu_lain.is_none() {
        let row = asked.one(state).await?;
        return Ok(row.map(|row| Made::One(Box::new(invitation(state, row)))));
    }
    let made = asked.several(state, others, ulang, request.izinkan_libur).await?;
    Ok(made.map(Made::Several))
}

/// Refuses a key whose visit is not the one asked for.
pub(super) async fn check(
    state: &RequestState,
    asked: &NewJanjiTemu,
    row: &JanjiTemu,
) -> Result<(), ApiError> {
    if asked.is_answered_by(row) || is_of_merged(state, asked, row).await? {
        Ok(())
    } else {
        Err(ApiError::KeyReused)
    }
}

/// Whether the visit is the one asked for, of a guest who has another identity or number by a merge.
async fn is_of_merged(state: &RequestState, asked: &NewJanjiTemu, row: &JanjiTemu) -> Result<bool, ApiError> {
    let tamu = state.store.tamu();
    let (known, nama) = match &asked.tamu {
        TamuOf::Id(id) => (tamu.find(*id).await?, None),
        TamuOf::Baru(NewTamu { telp: Some(telp), nama, .. }) => {
            (tamu.find_kredensial(telp).await?.map(|known| known.siapa), Some(nama))
        }
        TamuOf::Baru(_) => (None, None),
    };
    let atas_nama = asked.atas_nama.as_ref().or(nama).cloned();
    let asked = NewJanjiTemu { tamu: TamuOf::Id(row.id_tamu), atas_nama, ..asked.clone() };
    Ok(known.is_some_and(|known| known.id == row.id_tamu) && asked.is_answered_by(row))
}

/// What is asked for.
struct Asked<'a> {
    draft: &'a NewJanjiTemu,
    /// It says how long. Otherwise it means the usual length, which may be another by now.
    has_length: bool,
}

impl Asked<'_> {
    async fn one(&self, state: &RequestState) -> Result<Option<JanjiTemu>, ApiError> {
        let kunci = self.draft.kunci.iter().cloned().collect();
        let Some(made) = self.find(state, kunci).await?.pop() else { return Ok(None) };
        if made.seri.is_some() {
            return Err(ApiError::KeyReused);
        }
        self.check(state, self.draft, &made.janji_temu).await?;
        Ok(Some(made.janji_temu))
    }

    async fn several(
        &self,
        state: &RequestState,
        others: &[Guest],
        ulang: Option<&UlangRequest>,
        is_never_closed: bool,
    ) -> Result<Option<SeriReply>, ApiError> {
        let zone = state.setelan.zona_waktu;
        let begin = self.draft.jadwal.with_timezone(&zone).naive_local();
        let last = ulang.and_then(|ulang| ulang.sampai.get("ulang.sampai").ok()).unwrap_or(begin.date());
        let setiap = ulang.map_or(ulang::Setiap::Minggu, |ulang| ulang.setiap);
        let days: Vec<_> = ulang::days(begin.date(), last, setiap).take(seri::DAYS_MAX).collect();
        let at = |day| jadwal::instant(day, begin.time(), zone).ok();
        let starts: Vec<_> = days.iter().copied().filter_map(at).collect();
        let seri = seri::name(self.draft.kunci.as_deref(), others.len(), ulang)?;
        let keys = |rows: &[Vec<NewJanjiTemu>]| {
            rows.iter().flatten().filter_map(|asked| asked.kunci.clone()).collect::<Vec<_>>()
        };
        // The first guest's tell on which days any were made.
        let first = self.find(state, keys(&seri::rows(state, self.draft, &[], &starts, &seri))).await?;
        if first.is_empty() {
            return Ok(None);
        }
        let asked = seri::rows(state, self.draft, others, &starts, &seri);
        let mut made: HashMap<_, _> = first.into_iter().map(|one| (one.kunci.clone(), one)).collect();
        let is_made =
            |asked: &NewJanjiTemu| asked.kunci.as_ref().is_some_and(|kunci| made.contains_key(kunci));
        let days_made: Vec<_> = asked[0].iter().map(is_made).collect();
        if days_made.iter().filter(|is_made| **is_made).count() * (1 + others.len()) > seri::MAX {
            return Err(ApiError::KeyReused);
        }
        let of_days_made = |rows: Vec<NewJanjiTemu>| {
            let made = rows.into_iter().zip(&days_made).filter(|(_, is_made)| **is_made);
            made.map(|(asked, _)| asked).collect::<Vec<_>>()
        };
        let asked: Vec<_> = asked.into_iter().map(of_days_made).collect();
        made.extend(
            self.find(state, keys(&asked[1..])).await?.into_iter().map(|one| (one.kunci.clone(), one)),
        );
        let mut rows = Vec::new();
        for asked in asked.iter().flatten() {
            let one = asked.kunci.as_ref().and_then(|kunci| made.remove(kunci));
            let one = one.filter(|one| one.seri == asked.seri).ok_or(ApiError::KeyReused)?;
            self.check(state, asked, &one.janji_temu).await?;
            rows.push((asked.jadwal, one.janji_temu));
        }
        // The guests of a time keep their order.
        rows.sort_by_key(|(jadwal, _)| *jadwal);
        let closed = match is_never_closed {
            true => domain::hari_libur::Closed::never(),
            false => tutup::between(state, begin.date(), last).await?,
        };
        let made_on = |day| rows.iter().any(|(jadwal, _)| jadwal::local_date(*jadwal, zone) == day);
        let left_out = days.into_iter().filter(|day| !made_on(*day)).map(|tanggal| {
            let is_taken = at(tanggal).map(|_| AlasanDilewati::Bentrok);
            let alasan = closed.why(tanggal).map(AlasanDilewati::from).or(is_taken);
            Dilewati { tanggal, alasan: alasan.unwrap_or(AlasanDilewati::WaktuTidakAda) }
        });
        let dilewati = left_out.collect();
        let data = rows.into_iter().map(|(_, row)| invitation(state, row)).collect();
        Ok(Some(SeriReply { data, dilewati }))
    }

    async fn find(&self, state: &RequestState, kunci: Vec<String>) -> Result<Vec<MadeBefore>, ApiError> {
        Ok(state.store.janji_temu().list_by_kunci(kunci, self.draft.dibuat_oleh).await?)
    }

    async fn check(
        &self,
        state: &RequestState,
        asked: &NewJanjiTemu,
        row: &JanjiTemu,
    ) -> Result<(), ApiError> {
        let durasi_menit = if self.has_length { asked.durasi_menit } else { row.durasi_menit };
        check(state, &NewJanjiTemu { durasi_menit, ..asked.clone() }, row).await
    }
}
