//! The words of messages, as admins see and change them. They are settings.

use std::collections::BTreeMap;

use axum::{Json as Reply, extract::State};
use domain::{
    Language, Setelan,
    audit::{Aksi, Objek},
    pesan::JenisPesan,
    template::{Placeholder, SubjekIsi, Template, sample},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    audit::{Act, values},
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, PathWords},
        refusals::Outdated,
    },
    settings::Current,
    state::AppState,
};

/// A template.
#[derive(Serialize, ToSchema)]
pub(super) struct TemplateRow {
    jenis: JenisPesan,
    bahasa: Language,
    /// One line.
    subjek: String,
    /// With placeholders such as `{{nama_tamu}}`.
    isi: String,
    /// As the program brings it.
    bawaan: bool,
    /// The version of the settings, which templates are part of: to be sent with a change.
    versi: i64,
}

/// Other words for a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateRequest {
    subjek: String,
    isi: String,
    /// Where the change starts from. If the settings were changed since, it is refused; without it, it counts over
    /// whatever there is.
    versi: Option<i64>,
}

impl TemplateRow {
    fn of(Current { versi, setelan }: &Current, jenis: JenisPesan, bahasa: Language) -> Self {
        let template = setelan.template.get(jenis, bahasa);
        Self {
            jenis,
            bahasa,
            subjek: template.subjek().to_owned(),
            isi: template.isi().to_owned(),
            bawaan: setelan.template.is_builtin(jenis, bahasa),
            versi: *versi,
        }
    }
}

/// Every template, and what may stand in each.
#[derive(Serialize, ToSchema)]
pub(super) struct TemplateList {
    data: Vec<TemplateRow>,
    /// The placeholders of each kind.
    isian: BTreeMap<JenisPesan, Vec<Placeholder>>,
}

/// The words of every message.
#[utoipa::path(get, path = "/api/template", tag = "template", responses((status = 200, body = TemplateList)))]
pub(super) async fn list(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<TemplateList>, ApiError> {
    state.settings.look().await?;
    let current = state.settings.now();
    let each = JenisPesan::ALL.into_iter().flat_map(|jenis| Language::ALL.map(|bahasa| (jenis, bahasa)));
    Ok(Reply(TemplateList {
        data: each.map(|(jenis, bahasa)| TemplateRow::of(&current, jenis, bahasa)).collect(),
        isian: JenisPesan::ALL.into_iter().map(|jenis| (jenis, jenis.allowed().collect())).collect(),
    }))
}

/// Changes a template. Messages that are still to be sent follow it.
#[utoipa::path(
    put,
    path = "/api/template/{jenis}/{bahasa}",
    tag = "template",
    params(("jenis" = JenisPesan, Path), ("bahasa" = Language, Path)),
    request_body = TemplateRequest,
    responses((status = 200, body = TemplateRow), Outdated)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWords(jenis, bahasa): PathWords<JenisPesan, Language>,
    Json(TemplateRequest { subjek, isi, versi }): Json<TemplateRequest>,
) -> Result<Reply<TemplateRow>, ApiError> {
    let template = Template::check(jenis, &SubjekIsi { subjek, isi }).map_err(ApiError::Isian)?;
    let changed = change(&state, versi, |setelan| setelan.template.put(jenis, bahasa, template)).await?;
    Ok(Reply(TemplateRow::of(&changed, jenis, bahasa)))
}

/// Puts the template back that the program brings.
#[utoipa::path(
    delete,
    path = "/api/template/{jenis}/{bahasa}",
    tag = "template",
    params(("jenis" = JenisPesan, Path), ("bahasa" = Language, Path)),
    responses((status = 200, body = TemplateRow), Outdated)
)]
pub(super) async fn delete(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWords(jenis, bahasa): PathWords<JenisPesan, Language>,
) -> Result<Reply<TemplateRow>, ApiError> {
    let changed = change(&state, None, |setelan| setelan.template.put_back(jenis, bahasa)).await?;
    Ok(Reply(TemplateRow::of(&changed, jenis, bahasa)))
}

/// Shows what a message would look like, with made-up people. Nothing is kept.
#[utoipa::path(
    post,
    path = "/api/template/{jenis}/{bahasa}/pratinjau",
    tag = "template",
    params(("jenis" = JenisPesan, Path), ("bahasa" = Language, Path)),
    request_body = SubjekIsi,
    responses((status = 200, body = SubjekIsi))
)]
pub(super) async fn preview(
    _admin: AsAdmin,
    PathWords(jenis, bahasa): PathWords<JenisPesan, Language>,
    Json(entered): Json<SubjekIsi>,
) -> Result<Reply<SubjekIsi>, ApiError> {
    let template = Template::check(jenis, &entered).map_err(ApiError::Isian)?;
    Ok(Reply(template.render(&sample(bahasa))))
}

/// Changes the settings from that version, or from what they are now. What is set already stays, and is no error.
async fn change(
    state: &AppState,
    versi: Option<i64>,
    change: impl FnOnce(&mut Setelan),
) -> Result<Current, ApiError> {
    state.settings.look().await?;
    let before = state.settings.now();
    let mut after = (*before.setelan).clone();
    change(&mut after);
    if after == *before.setelan {
        return Ok(before);
    }
    let act = Act::new(Aksi::Ubah, Objek::Template)
        .changes(&values::of_setelan(&before.setelan), &values::of_setelan(&after));
    let changed = state.settings.change(after, versi.unwrap_or(before.versi));
    act.record(changed).await?.ok_or(ApiError::Outdated)
}
