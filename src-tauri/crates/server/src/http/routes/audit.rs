//! The audit, as admins read it, take it along and check it. Nobody changes it.

mod csv;

use axum::{Json as Reply, extract::State, response::Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{
        Aksi, CatatanAudit, Objek,
        chain::{End, Link},
    },
    isian::{self, Field, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, collect},
    jadwal,
};
use serde::{Deserialize, Serialize};
use store::audit::{AuditFilter, AuditPage, Ends};
use utoipa::{IntoParams, ToSchema};

use crate::{
    audit::{Act, AuditKeeper, Look},
    error::ApiError,
    http::extract::{AsAdmin, Query, halaman},
    state::{AppState, RequestState},
};

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// First day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    dari: Option<Field<NaiveDate>>,
    /// Last day, inclusive.
    #[param(value_type = Option<String>)]
    sampai: Option<Field<NaiveDate>>,
    /// Only by this user.
    pelaku: Option<i64>,
    /// Only this verb.
    #[param(inline)]
    aksi: Option<Aksi>,
    /// Only this kind of object.
    #[param(inline)]
    objek: Option<Objek>,
    /// Only this object.
    id_objek: Option<i64>,
    /// Text in the user's name or in a value; of the newest 100,000 entries.
    q: Option<String>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

impl ListQuery {
    fn saring(&self, state: &RequestState) -> Result<AuditFilter, ApiError> {
        let mut errors = FieldErrors::new();
        let day = |errors: &mut FieldErrors, day: &Option<Field<NaiveDate>>, name| {
            day.as_ref().and_then(|day| day.collect(errors, name))
        };
        let (dari, sampai) = (day(&mut errors, &self.dari, "dari"), day(&mut errors, &self.sampai, "sampai"));
        let cari = collect(&mut errors, "q", isian::optional_line(self.q.as_deref()));
        for (name, id) in [("pelaku", self.pelaku), ("id_objek", self.id_objek)] {
            if let Some(id) = id {
                collect(&mut errors, name, isian::number::<i64>(id, 1, i64::MAX));
            }
        }
        let (first, last) = (dari.unwrap_or(HARI_PERTAMA), sampai.unwrap_or(HARI_TERAKHIR));
        if last < first {
            errors.insert("sampai".to_owned(), "tidak boleh sebelum dari".into());
        }
        let (Some(cari), true) = (cari, errors.is_empty()) else { return Err(ApiError::Isian(errors)) };
        let is_bounded = dari.is_some() || sampai.is_some();
        Ok(AuditFilter {
            waktu: is_bounded.then(|| jadwal::days(first, last, state.setelan.zona_waktu)),
            pelaku: self.pelaku,
            aksi: self.aksi,
            objek: self.objek,
            id_objek: self.id_objek,
            cari,
            setelah: None,
        })
    }
}

/// A page of entries.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarAudit)]
pub(super) struct ListReply {
    /// Newest first.
    data: Vec<CatatanAudit>,
    /// How many there are on all pages; if the list is filtered, up to 10,000.
    total: u64,
    /// The entries shown, and the chain as it was last looked at, are whole.
    utuh: bool,
    /// The last look at the whole chain.
    rantai: Option<Rantai>,
}

/// What a look at the whole chain of seals found.
#[derive(Serialize, ToSchema)]
#[schema(as = RantaiAudit)]
pub(super) struct Rantai {
    /// Nothing was changed and nothing is missing.
    utuh: bool,
    /// Entries that were looked at.
    catatan: u64,
    /// When.
    diperiksa_pada: DateTime<Utc>,
    /// The number of the entry at which it is broken first; null if it is whole, or broken at an end.
    rusak_di: Option<i64>,
}

impl From<Look> for Rantai {
    fn from(look: Look) -> Self {
        Self {
            utuh: look.verdict.broken.is_none(),
            catatan: look.verdict.entries,
            diperiksa_pada: look.at,
            rusak_di: look.verdict.broken.and_then(|broken| broken.nomor()),
        }
    }
}

/// A page of entries, newest first.
#[utoipa::path(
    get,
    path = "/api/audit",
    tag = "audit",
    params(ListQuery),
    responses((status = 200, body = ListReply))
)]
pub(super) async fn list(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Reply<ListReply>, ApiError> {
    let saring = query.saring(&state)?;
    let halaman = halaman(query.halaman, query.ukuran)?;
    // What is shown is sealed.
    state.audit.seal().await?;
    let page = state.store.audit().list(saring, halaman).await?;
    let ends = state.store.audit().find_ends().await?;
    let look = state.audit.last_look();
    let utuh = look.is_none_or(|look| look.verdict.broken.is_none()) && is_whole(&state.audit, &page, &ends);
    let data = page.data.into_iter().map(CatatanAudit::from).collect();
    Ok(Reply(ListReply { data, total: page.total, utuh, rantai: look.map(Rantai::from) }))
}

/// Whether each entry of a page follows the one before it, and the ends are those that were sealed.
fn is_whole(keeper: &AuditKeeper, page: &AuditPage, ends: &Ends) -> bool {
    let key = keeper.key();
    let is_known = |end: End, kept: Option<(Link, [u8; 32])>| {
        kept.is_none_or(|(link, proof)| end.proof(key, link) == proof)
    };
    let removed = ends.removed.map_or(Link::START, |(link, _)| link);
    let follows = |(row, before): (&store::audit::AuditRow, &Option<Link>)| match row.seal {
        None => true,
        Some(seal) if seal.nomor == removed.nomor + 1 => row.follows(key, removed),
        Some(_) => before.is_some_and(|before| row.follows(key, before)),
    };
    is_known(End::Newest, ends.newest)
        && is_known(End::Removed, ends.removed)
        && page.data.iter().zip(&page.before).all(follows)
}

/// Looks at the whole chain now.
#[utoipa::path(get, path = "/api/audit/rantai", tag = "audit", responses((status = 200, body = Rantai)))]
pub(super) async fn check(State(state): State<AppState>, _admin: AsAdmin) -> Result<Reply<Rantai>, ApiError> {
    Ok(Reply(state.audit.look(state.clock.now()).await?.into()))
}

/// Every entry, or the filtered ones, newest first, as CSV in UTF-8.
#[utoipa::path(
    get,
    path = "/api/audit/export.csv",
    tag = "audit",
    params(ListQuery),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(super) async fn export(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Response, ApiError> {
    let saring = query.saring(&state)?;
    // The whole is written, but what cannot be a page is told all the same.
    halaman(query.halaman, query.ukuran)?;
    Act::new(Aksi::Ekspor, Objek::Audit).note(state.store.audit()).await?;
    Ok(csv::answer(state.store.clone(), saring, state.setelan.zona_waktu))
}
