//! The users as a file for a spreadsheet.

use axum::response::Response;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Role, Telp,
    audit::{Aksi, Objek},
    jadwal::local_date,
    pengguna::{PenggunaRinci, has_email},
};
use store::{
    PageRequest,
    pengguna::{PenggunaFilter, PenggunaOrder},
};

use crate::{
    audit::Act,
    error::ApiError,
    http::{extract::AsAdmin, routes::csv},
    state::RequestState,
};

/// Users on a page that is read.
const PAGE: u32 = 200;

const HEADINGS: [&str; 13] = [
    "nama",
    "sapaan",
    "jabatan",
    "email",
    "telp",
    "peran",
    "nuptk",
    "nip",
    "tugas_tambahan",
    "aktif",
    "login_terakhir",
    "unit",
    "anggota",
];

/// Every user by name, as CSV: UTF-8 with its mark, separated by commas. A cell that a spreadsheet would calculate
/// begins with an apostrophe. Times are those of the school.
#[utoipa::path(
    get,
    path = "/api/users/export.csv",
    tag = "users",
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(in crate::http) async fn export(state: RequestState, _admin: AsAdmin) -> Result<Response, ApiError> {
    Act::new(Aksi::Ekspor, Objek::Pengguna).note(state.store.audit()).await?;
    let zone = state.setelan.zona_waktu;
    let today = local_date(state.clock.now(), zone);
    let store = state.store.clone();
    Ok(csv::stream(&format!("pengguna-{today}.csv"), &HEADINGS, move |nomor| {
        let store = store.clone();
        async move {
            let page = PageRequest { nomor: nomor.unwrap_or(1), ukuran: PAGE };
            let (saring, urut) = (PenggunaFilter::default(), PenggunaOrder::default());
            let found = store.pengguna().list_rinci(saring, urut, page).await?;
            let is_last = found.data.len() < PAGE as usize;
            Ok((
                found.data.iter().map(|row| cells(row, zone)).collect(),
                (!is_last).then_some(page.nomor + 1),
            ))
        }
    }))
}

fn cells(row: &PenggunaRinci, zone: Tz) -> Vec<String> {
    let PenggunaRinci { pengguna, kepegawaian, login_terakhir, anggota, .. } = row;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let at = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
    vec![
        pengguna.nama.clone(),
        pengguna.sapaan.map(|sapaan| sapaan.as_str().to_owned()).unwrap_or_default(),
        text(&pengguna.jabatan),
        Some(&pengguna.email).filter(|email| has_email(email)).cloned().unwrap_or_default(),
        pengguna.telp.as_ref().map(Telp::as_str).unwrap_or_default().to_owned(),
        Role::as_str(pengguna.role).to_owned(),
        text(&kepegawaian.nuptk),
        text(&kepegawaian.nip),
        text(&kepegawaian.tugas_tambahan),
        if pengguna.aktif { "ya" } else { "tidak" }.to_owned(),
        login_terakhir.map(at).unwrap_or_default(),
        if pengguna.unit { "ya" } else { "tidak" }.to_owned(),
        anggota.iter().map(|one| one.nama.as_str()).collect::<Vec<_>>().join("; "),
    ]
}
