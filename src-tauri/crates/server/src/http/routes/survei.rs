//! The survey: a guest fills it in by the visit's code, admins read what all of them come to.

use std::collections::BTreeMap;

use axum::{
    Json as Reply,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use domain::{
    Language,
    isian::{self, Field, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, collect},
    kunjungan,
    survei::{
        Jawaban, JenisKelamin, Kelompok, Pekerjaan, Pendidikan, Responden, RingkasanSurvei, Survei, Unsur,
        Usia,
    },
    ulasan,
};
use laporan::{School, SurveyReport};
use serde::{Deserialize, Serialize};
use store::survei::{NewSurvei, SurveiSum};
use utoipa::{IntoParams, ToSchema};

use super::laporan::{Format, file};
use crate::{
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, PathVisit, Query},
        refusals::NoSurvey,
    },
    hub::Change,
    state::RequestState,
};

/// A survey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SurveiRequest {
    /// Answers by element; any may be left out, but not all.
    unsur: UnsurSurvei,
    /// The respondent's age.
    usia: Option<Usia>,
    /// The highest school that the respondent has finished.
    pendidikan: Option<Pendidikan>,
    /// What the respondent does for a living.
    pekerjaan: Option<Pekerjaan>,
    /// The respondent's sex.
    jenis_kelamin: Option<JenisKelamin>,
    /// A suggestion, up to 1000 characters.
    saran: Option<String>,
}

/// Answers from 1, the worst, to 4, the best.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnsurSurvei {
    #[schema(minimum = 1, maximum = 4)]
    persyaratan: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    prosedur: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    waktu: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    biaya: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    produk: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    kompetensi: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    perilaku: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    pengaduan: Option<i64>,
    #[schema(minimum = 1, maximum = 4)]
    sarana: Option<i64>,
}

impl UnsurSurvei {
    fn by_unsur(&self) -> BTreeMap<Unsur, Option<i64>> {
        BTreeMap::from([
            (Unsur::Persyaratan, self.persyaratan),
            (Unsur::Prosedur, self.prosedur),
            (Unsur::Waktu, self.waktu),
            (Unsur::Biaya, self.biaya),
            (Unsur::Produk, self.produk),
            (Unsur::Kompetensi, self.kompetensi),
            (Unsur::Perilaku, self.perilaku),
            (Unsur::Pengaduan, self.pengaduan),
            (Unsur::Sarana, self.sarana),
        ])
    }
}

impl SurveiRequest {
    fn check(self) -> Result<Survei, ApiError> {
        let mut errors = FieldErrors::new();
        let saran = collect(&mut errors, "saran", isian::komentar(self.saran.as_deref()));
        let unsur = Jawaban::check(&self.unsur.by_unsur()).map_err(|wrong| errors.extend(wrong)).ok();
        let (Some(unsur), Some(saran)) = (unsur, saran) else { return Err(ApiError::Isian(errors)) };
        let responden = Responden {
            usia: self.usia,
            pendidikan: self.pendidikan,
            pekerjaan: self.pekerjaan,
            jenis_kelamin: self.jenis_kelamin,
        };
        Ok(Survei { unsur, responden, saran })
    }
}

/// A survey that was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = SurveiBaru)]
pub(super) struct CreateReply {
    /// For people.
    message: String,
}

/// Fills in the survey after a visit, once. It is kept without the visit, the guest and the time of day.
#[utoipa::path(
    post,
    path = "/api/kunjungan/{kode}/survei",
    tag = "kunjungan",
    security(()),
    params(("kode" = String, Path)),
    request_body = SurveiRequest,
    responses((status = 201, body = CreateReply), NoSurvey)
)]
pub(super) async fn create(
    state: RequestState,
    PathVisit(visit): PathVisit,
    Json(request): Json<SurveiRequest>,
) -> Result<(StatusCode, Reply<CreateReply>), ApiError> {
    let survei = request.check()?;
    if !state.setelan.survei {
        return Err(ApiError::NoSurvey);
    }
    let dikunjungi = state.store.pengguna().find(visit.row.id_guru).await?;
    if dikunjungi.is_some_and(|guru| ulasan::is_own_visit(&visit.row, &guru)) {
        return Err(ApiError::OwnReview);
    }
    if !kunjungan::asks_survey(&visit.row, &state.setelan) {
        return Err(refusal(&visit.row));
    }
    let id_janji_temu = visit.row.id;
    let tanggal = state.clock.now().with_timezone(&state.setelan.zona_waktu).date_naive();
    let baru = NewSurvei { id_janji_temu, id: random_id()?, tanggal, survei };
    // No line of the log: beside the mark of the visit, its time would tell which survey is whose.
    let row = state.store.survei().create(baru).await?.ok_or(ApiError::SurveyExists)?;
    state.hub.publish(row, Change::Appointment, state.setelan.zona_waktu);
    let message = "Terima kasih, jawaban Anda sudah kami terima.".to_owned();
    Ok((StatusCode::CREATED, Reply(CreateReply { message })))
}

/// Why a visit takes no survey.
fn refusal(row: &domain::JanjiTemu) -> ApiError {
    if row.survei_diisi { ApiError::SurveyExists } else { ApiError::NotFinished }
}

/// An identity that tells nothing.
fn random_id() -> Result<String, ApiError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(HEXLOWER.encode(&bytes))
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SumQuery {
    /// First day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    dari: Option<Field<NaiveDate>>,
    /// Last day, inclusive.
    #[param(value_type = Option<String>)]
    sampai: Option<Field<NaiveDate>>,
    /// `json`, `csv`, `xlsx` or `pdf`.
    #[param(inline)]
    #[serde(default)]
    format: Format,
    /// The language of a file; `id` where it is missing.
    #[param(inline)]
    #[serde(default)]
    bahasa: Language,
}

/// What the surveys of some days come to.
#[derive(Serialize, ToSchema)]
#[schema(as = RingkasanSurveiHari)]
pub(super) struct SumReply {
    /// First day; null from the beginning on.
    dari: Option<NaiveDate>,
    /// Last day; null until now.
    sampai: Option<NaiveDate>,
    #[serde(flatten)]
    ringkasan: RingkasanSurvei,
    /// Who answered.
    kelompok: Kelompok,
    /// Suggestions in no order; the first 500.
    saran: Vec<String>,
    /// How many suggestions there are.
    jumlah_saran: u64,
}

/// The elements, the index by both weights, and the respondents. Never a single survey.
#[utoipa::path(
    get,
    path = "/api/survei",
    tag = "survei",
    params(SumQuery),
    responses((
        status = 200,
        content(
            (SumReply = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ))
)]
pub(super) async fn sum(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<SumQuery>,
) -> Result<Response, ApiError> {
    let date = |day: &Option<Field<_>>, name| day.as_ref().map(|day| day.get(name)).transpose();
    let dari = date(&query.dari, "dari").map_err(ApiError::Isian)?;
    let sampai = date(&query.sampai, "sampai").map_err(ApiError::Isian)?;
    let (first, last) = (dari.unwrap_or(HARI_PERTAMA), sampai.unwrap_or(HARI_TERAKHIR));
    if last < first {
        return Err(ApiError::field("sampai", "tidak boleh sebelum dari"));
    }
    let SurveiSum { totals, kelompok, saran, jumlah_saran } = state.store.survei().sum(first, last).await?;
    let ringkasan = RingkasanSurvei::of(&totals);
    let Some((extension, kind)) = query.format.file() else {
        let reply = SumReply { dari, sampai, ringkasan, kelompok, saran, jumlah_saran };
        return Ok(Reply(reply).into_response());
    };
    let report = SurveyReport {
        dari,
        sampai,
        hasil: ringkasan,
        kelompok,
        saran,
        bahasa: query.bahasa,
        zona: state.setelan.zona_waktu,
        dibuat_pada: state.clock.now(),
        sekolah: School::of(&state.setelan, state.store.logo().find().await?),
    };
    let make = match query.format {
        Format::Json | Format::Csv => SurveyReport::csv,
        Format::Xlsx => SurveyReport::xlsx,
        Format::Pdf => SurveyReport::pdf,
    };
    file(&format!("{}.{extension}", report.file_stem()), kind, move || make(&report)).await
}
