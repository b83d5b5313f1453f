//! What the server calls the visits and guests that a desk had named itself. The desk names both after the entry that
//! made them: `-7` for the seventh.

use std::collections::HashMap;

use serde_json::{Value, json};

/// The names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    visits: HashMap<i64, i64>,
    guests: HashMap<i64, i64>,
}

impl Named {
    /// The server has entered what the entry `nomor` made.
    pub(crate) fn learn(&mut self, nomor: u64, id_janji_temu: Option<i64>, id_tamu: Option<i64>) {
        let Ok(own) = i64::try_from(nomor).map(|nomor| -nomor) else { return };
        self.visits.extend(id_janji_temu.map(|id| (own, id)));
        self.guests.extend(id_tamu.map(|id| (own, id)));
    }

    /// The path as the server knows it; none if the server knows no such visit or guest.
    pub fn path(&self, path: &str) -> Option<String> {
        let Some(own) = path.split('/').find(|segment| segment.starts_with('-')) else {
            return Some(path.to_owned());
        };
        let names = if path.starts_with("/api/tamu/") { &self.guests } else { &self.visits };
        let id = own.parse().ok().and_then(|own: i64| names.get(&own))?;
        Some(path.replacen(own, &id.to_string(), 1))
    }

    /// The body as the server knows it; none if it names a guest whom the server does not have.
    pub(crate) fn body(&self, body: &Value) -> Option<Value> {
        let mut body = body.clone();
        if let Some(own) = body.get("id_tamu").and_then(Value::as_i64).filter(|id| *id < 0) {
            body["id_tamu"] = json!(self.guests.get(&own)?);
        }
        Some(body)
    }
}
