//! The cases that this side and the pages decide alike: `tests/fixtures/inbox.json`.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Case {
    what: String,
    steps: Vec<CaseStep>,
    unread: Vec<i64>,
}

/// Something that comes from the server, and what it changes.
#[derive(Deserialize)]
struct CaseStep {
    ready: Option<Vec<Row>>,
    lanjutan: Option<Vec<Row>>,
    notification: Option<Row>,
    #[serde(default)]
    sebagian: bool,
    guru: Option<i64>,
    changes: Vec<(String, i64)>,
}

/// A notification. Times are seconds; without `waktu` it is the id.
#[derive(Deserialize)]
struct Row {
    id: i64,
    versi: i64,
    #[serde(default)]
    is_read: bool,
    #[serde(default)]
    dihapus: bool,
    waktu: Option<i64>,
    diberi_tahu: Option<i64>,
}

impl From<Row> for Notifikasi {
    fn from(row: Row) -> Self {
        let at = |seconds: i64| Utc.timestamp_opt(seconds, 0).unwrap();
        Self {
            is_read: row.is_read,
            dihapus: row.dihapus,
            waktu: at(row.waktu.unwrap_or(row.id)),
            diberi_tahu_pada: row.diberi_tahu.map(at),
            ..arrival(row.id, row.versi)
        }
    }
}

impl CaseStep {
    fn take(self, inbox: &mut Inbox) -> Vec<Change> {
        let all = |rows: Vec<Row>| rows.into_iter().map(Notifikasi::from).collect::<Vec<_>>();
        if let Some(rows) = self.ready {
            let ready = ready_for(self.guru.unwrap_or(1), all(rows));
            return inbox.ready(Ready { sebagian: self.sebagian, ..ready });
        }
        if let Some(rows) = self.lanjutan {
            return inbox.lanjutan(part(all(rows), self.sebagian));
        }
        self.notification.and_then(|row| inbox.notification(row.into())).into_iter().collect()
    }
}

fn told(change: Change) -> (String, i64) {
    match change {
        Change::Alert(notifikasi) => ("alert".to_owned(), notifikasi.id.0),
        Change::Changed(notifikasi) => ("changed".to_owned(), notifikasi.id.0),
        Change::Removed(id) => ("removed".to_owned(), id.0),
    }
}

#[test]
fn states_and_events_merge_as_the_shared_cases_say() {
    let cases = include_str!("../../../../../../../tests/fixtures/inbox.json");
    let cases: Vec<Case> = serde_json::from_str(cases).expect("the shared cases");
    assert!(cases.len() > 5, "the shared cases are gone");
    for Case { what, steps, unread } in cases {
        let mut inbox = Inbox::default();
        for (number, mut step) in steps.into_iter().enumerate() {
            let expected = std::mem::take(&mut step.changes);
            let changes: Vec<_> = step.take(&mut inbox).into_iter().map(told).collect();
            assert_eq!(changes, expected, "{what}: step {number}");
        }
        let ids: Vec<_> = inbox.unread().iter().map(|notifikasi| notifikasi.id.0).collect();
        assert_eq!(ids, unread, "{what}");
    }
}
