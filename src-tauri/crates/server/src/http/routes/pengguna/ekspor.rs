//! The users as a file for a spreadsheet.

use axum::http::{HeaderName, HeaderValue, header};
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

use crate::{audit::Act, error::ApiError, http::extract::AsAdmin, state::RequestState};

/// Users on a page that is read.
const PAGE: u32 = 200;

const HEADINGS: [&str; 11] = [
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
];

/// Every user by name, as CSV: UTF-8 with its mark, separated by commas. A cell that a spreadsheet would calculate
/// begins with an apostrophe.
#[utoipa::path(
    get,
    path = "/api/users/export.csv",
    tag = "users",
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(in crate::http) async fn export(
    state: RequestState,
    _admin: AsAdmin,
) -> Result<([(HeaderName, HeaderValue); 2], Vec<u8>), ApiError> {
    Act::new(Aksi::Ekspor, Objek::Pengguna).note(state.store.audit()).await?;
    let mut rows = Vec::new();
    for nomor in 1.. {
        let page = PageRequest { nomor, ukuran: PAGE };
        let store = state.store.pengguna();
        let found = store.list_rinci(PenggunaFilter::default(), PenggunaOrder::default(), page).await?;
        let is_last = found.data.len() < PAGE as usize;
        rows.extend(found.data);
        if is_last {
            break;
        }
    }
    let today = local_date(state.clock.now(), state.setelan.zona_waktu);
    let name = format!("attachment; filename=\"pengguna-{today}.csv\"");
    let name = HeaderValue::try_from(name).map_err(|_| ApiError::Internal)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, written(&rows).map_err(|_| ApiError::Internal)?))
}

fn written(rows: &[PenggunaRinci]) -> csv::Result<Vec<u8>> {
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    file.write_record(HEADINGS)?;
    for row in rows {
        file.write_record(cells(row).map(|cell| harmless(&cell)))?;
    }
    let body = file.into_inner().map_err(|error| error.into_error())?;
    Ok(["\u{feff}".as_bytes(), &body].concat())
}

fn cells(row: &PenggunaRinci) -> [String; 11] {
    let PenggunaRinci { pengguna, kepegawaian, login_terakhir, .. } = row;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
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
        login_terakhir.map(|at| at.to_rfc3339()).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet calculates.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
