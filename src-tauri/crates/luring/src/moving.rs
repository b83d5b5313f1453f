//! Entries that go to another desk, because their PC is replaced. They get numbers of that desk there.

use domain::{IdJanjiTemu, IdTamu};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entry::{Conflict, Entry};

/// An entry that leaves its desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The entry.
    pub terjadi: Entry,
    /// What the server said to it, if a person still has to look at it; none if it was not sent.
    pub bentrok: Option<Conflict>,
}

/// The same under numbers of another desk, from `next` on. A visit or guest that the first desk had named itself is
/// named after its entry there.
pub(crate) fn renumbered(mut moved: Vec<Moved>, next: u64) -> Vec<Moved> {
    let numbers: Vec<_> = moved.iter().map(|one| one.terjadi.nomor).zip(next..).collect();
    let other = |own: i64| {
        let (_, new) = numbers.iter().find(|(old, _)| i64::try_from(*old).is_ok_and(|old| -old == own))?;
        i64::try_from(*new).ok().map(|new| -new)
    };
    let renamed = |own: i64| other(own).unwrap_or(own);
    for entry in moved.iter_mut().map(|one| &mut one.terjadi) {
        let segments = entry.path.split('/').map(|segment| {
            let own = segment.parse::<i64>().ok().filter(|id| *id < 0);
            own.and_then(other).map_or_else(|| segment.to_owned(), |new| new.to_string())
        });
        entry.path = segments.collect::<Vec<_>>().join("/");
        if let Some(own) = entry.body.get("id_tamu").and_then(serde_json::Value::as_i64).filter(|id| *id < 0)
        {
            entry.body["id_tamu"] = json!(renamed(own));
        }
        if let Some(after) = &mut entry.sesudah {
            after.data.id = IdJanjiTemu(renamed(after.data.id.0));
            after.data.id_tamu = IdTamu(renamed(after.data.id_tamu.0));
        }
        if let Some(tamu) = &mut entry.tamu {
            tamu.id = IdTamu(renamed(tamu.id.0));
        }
    }
    for (one, (_, new)) in moved.iter_mut().zip(&numbers) {
        one.terjadi.nomor = *new;
    }
    moved
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Value, json};

    use super::*;
    use crate::Kegiatan;

    fn moved(nomor: u64, path: &str, body: Value) -> Moved {
        let terjadi = Entry {
            nomor,
            pada: DateTime::UNIX_EPOCH,
            kegiatan: Kegiatan::Pindah,
            method: "PUT".to_owned(),
            path: path.to_owned(),
            body,
            hasil: None,
            sesudah: None,
            tamu: None,
        };
        Moved { terjadi, bentrok: None }
    }

    #[test]
    fn what_a_desk_named_itself_keeps_its_entries() {
        let entries = vec![
            moved(3, "/api/appointments/walk-in", json!({})),
            moved(5, "/api/appointments/-3/status", json!({ "status": "selesai" })),
            moved(6, "/api/appointments/8/status", json!({})),
            moved(7, "/api/appointments/walk-in", json!({ "id_tamu": -3 })),
        ];
        let told: Vec<_> = renumbered(entries, 20)
            .into_iter()
            .map(|one| (one.terjadi.nomor, one.terjadi.path, one.terjadi.body))
            .collect();
        assert_eq!(
            told,
            [
                (20, "/api/appointments/walk-in".to_owned(), json!({})),
                (21, "/api/appointments/-20/status".to_owned(), json!({ "status": "selesai" })),
                (22, "/api/appointments/8/status".to_owned(), json!({})),
                (23, "/api/appointments/walk-in".to_owned(), json!({ "id_tamu": -20 })),
            ]
        );
    }
}
