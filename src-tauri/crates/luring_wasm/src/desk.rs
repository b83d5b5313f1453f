//! What the page can ask of its desk.

use chrono::DateTime;
use domain::json::JanjiTemu;
use luring::{Answer, Decided, Memory, Next, Pack, Record, Request, Standing, Unsettled, read, verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(tag = "tanya", rename_all = "snake_case")]
enum Question {
    /// Begins anew with what the page has kept.
    Buka { catatan: Vec<Record>, bekal: Option<Box<Pack>> },
    /// Whether a desk could answer this request.
    Kenal { method: String, path: String, body: Option<String> },
    /// Answers a page's request.
    Jawab { method: String, path: String, body: Option<String>, sekarang_ms: i64 },
    /// The record was written down.
    Tercatat { catatan: Box<Record> },
    /// The path as the server knows it.
    Alamat { path: String },
    /// Takes what the server told of the school.
    Bekal { bekal: Box<Pack> },
    /// Takes a visit as the server tells it.
    Ambil { janji_temu: Box<JanjiTemu> },
    /// What is to be kept of what the server told.
    Simpan,
    /// The entry that is to be sent next.
    Berikut,
    /// What the server said to the entry that is next.
    Putusan { status: u16, isi: String },
    /// What a person has to look at.
    Periksa,
    /// A person has looked at an entry.
    Selesai { nomor: u64 },
    /// The records that are still needed, once nothing waits.
    Sisa,
}

/// What becomes of a page's request.
#[derive(Serialize)]
struct Told {
    jawaban: Reply,
    /// To be written down before the page is told.
    catatan: Option<Box<Record>>,
    /// By which a guru can be told at once.
    kabar: Option<Value>,
}

#[derive(Serialize)]
struct Reply {
    status: u16,
    jenis: &'static str,
    isi: String,
}

impl From<Answer> for Reply {
    fn from(Answer { status, content_type, body }: Answer) -> Self {
        Self { status, jenis: content_type, isi: String::from_utf8(body).unwrap_or_default() }
    }
}

/// The desk's memory behind questions and answers in JSON.
#[derive(Default)]
pub(crate) struct Desk(Memory);

impl Desk {
    /// The answer: `{"hasil": …, "keadaan": how the desk stands}`, or `{"salah": why}` for what is no question.
    pub(crate) fn ask(&mut self, question: &[u8]) -> Vec<u8> {
        let told = match serde_json::from_slice(question) {
            Ok(question) => {
                let hasil = self.answer(question);
                let keadaan: Standing = self.0.standing();
                json!({ "hasil": hasil, "keadaan": keadaan })
            }
            Err(error) => json!({ "salah": error.to_string() }),
        };
        told.to_string().into_bytes()
    }

    fn answer(&mut self, question: Question) -> Value {
        match question {
            Question::Buka { catatan, bekal } => {
                self.0 = Memory::new(catatan, bekal.map(|bekal| *bekal));
                json!(self.0.known_since().map(|at| at.timestamp_millis()))
            }
            Question::Kenal { method, path, body } => {
                json!(read(&method, &path, body.as_deref().map(str::as_bytes)).is_some())
            }
            Question::Jawab { method, path, body, sekarang_ms } => {
                json!(self.decided(&method, &path, body.as_deref(), sekarang_ms))
            }
            Question::Tercatat { catatan } => {
                self.0.wrote(*catatan);
                Value::Null
            }
            Question::Alamat { path } => json!(self.0.named().path(&path)),
            Question::Bekal { bekal } => {
                self.0.set_pack(*bekal);
                Value::Null
            }
            Question::Ambil { janji_temu } => json!(self.0.take(&janji_temu)),
            Question::Simpan => json!(self.0.to_pack()),
            Question::Berikut => self.next(),
            Question::Putusan { status, isi } => json!(self.verdict(status, &isi)),
            Question::Periksa => {
                let rows: Vec<Unsettled> = self.0.unsettled();
                json!(rows)
            }
            Question::Selesai { nomor } => json!(self.0.settled_by_hand(nomor)),
            Question::Sisa => json!(self.0.left()),
        }
    }

    fn decided(&self, method: &str, path: &str, body: Option<&str>, now_ms: i64) -> Option<Told> {
        let (asked, body) = read(method, path, body.map(str::as_bytes))?;
        let now = DateTime::from_timestamp_millis(now_ms)?;
        match self.0.decide(&asked, Request { method, path, body }, now) {
            Decided::Told(told) => Some(Told { jawaban: told.into(), catatan: None, kabar: None }),
            Decided::Write(catatan, told) => {
                let kabar = self.0.news(&catatan);
                Some(Told { jawaban: told.into(), catatan: Some(catatan), kabar })
            }
            Decided::Unknown => None,
        }
    }

    fn next(&self) -> Value {
        match self.0.next() {
            Some(Next::Send { entry, path, body }) => {
                let (body, pada) = (body.to_string(), entry.pada);
                json!({ "kirim": { "method": entry.method, "path": path, "body": body, "pada": pada } })
            }
            Some(Next::Write(catatan)) => json!({ "catatan": catatan }),
            None => Value::Null,
        }
    }

    /// What is to be written down; none if the entry is to be sent again later.
    fn verdict(&self, status: u16, body: &str) -> Option<Record> {
        let Some(Next::Send { entry, .. }) = self.0.next() else { return None };
        verdict(&entry, status, body.as_bytes()).map(|said| Memory::settled(entry.nomor, said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(desk: &mut Desk, question: &Value) -> Value {
        serde_json::from_slice(&desk.ask(question.to_string().as_bytes())).unwrap()
    }

    #[test]
    fn a_page_asks_and_is_told() {
        let mut desk = Desk::default();
        let opened = ask(&mut desk, &json!({ "tanya": "buka", "catatan": [], "bekal": null }));
        assert_eq!(opened["keadaan"], json!({ "siap": false, "menunggu": 0, "kunjungan": [], "periksa": 0 }));
        let path = "/api/appointments/scan";
        let scan = json!({ "tanya": "kenal", "method": "POST", "path": path, "body": "{\"kode\":\"X\"}" });
        assert_eq!(ask(&mut desk, &scan)["hasil"], true);
        let other = json!({ "tanya": "kenal", "method": "GET", "path": "/api/audit", "body": null });
        assert_eq!(ask(&mut desk, &other)["hasil"], false);
        assert!(ask(&mut desk, &json!({ "tanya": "apa" }))["salah"].is_string());
    }
}
