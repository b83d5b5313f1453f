//! What a desk tells a guru by itself, where the server is there and only its database is away.

use domain::Status;
use serde_json::{Value, json};

use crate::{answer::Answer, book::Book, entry::Record};

/// Where it is told.
pub const NEWS_PATH: &str = "/api/meja/kabar";

/// The body of the request that tells of an arrival; none if the record is about something else.
pub(crate) fn of(book: &Book, record: &Record) -> Option<Value> {
    let Record::Terjadi(entry) = record else { return None };
    let row = &entry.sesudah.as_ref()?.data;
    if row.status != Status::Menunggu || row.waktu_datang != Some(entry.pada) {
        return None;
    }
    let guru = book.pack.guru.iter().find(|guru| guru["id"].as_i64() == Some(row.id_guru.0));
    let members = guru.and_then(|guru| guru["anggota"].as_array()).into_iter().flatten();
    let anggota: Vec<_> = members.filter_map(|one| one["id"].as_i64()).collect();
    Some(json!({
        "id": row.id, "versi": row.versi, "id_guru": row.id_guru, "anggota": anggota,
        "unit": row.unit.then_some(&row.nama_guru), "nama_tamu": row.nama_tampil(),
        "jumlah_orang": row.jumlah_orang, "instansi": row.instansi, "keperluan": row.keperluan,
        "waktu": entry.pada, "terlambat": row.terlambat,
    }))
}

impl Answer {
    /// The same to a page whose guru has been told.
    #[must_use]
    pub fn with_guru_told(self) -> Self {
        let Ok(mut told) = serde_json::from_slice::<Value>(&self.body) else { return self };
        if told.get("guru_terhubung").is_none() {
            return self;
        }
        told["guru_terhubung"] = json!(true);
        if let Some(message) = told["message"].as_str() {
            told["message"] =
                json!(message.replace("belum diberi tahu; hubungi langsung", "sudah diberi tahu"));
        }
        Self { body: told.to_string().into_bytes(), ..self }
    }
}

/// Whether the server's answer to it says that somebody hears of it.
pub fn is_heard(status: u16, body: &[u8]) -> bool {
    let told = serde_json::from_slice::<Value>(body).unwrap_or_default();
    status == 200 && told["terjangkau"] == json!(true)
}
