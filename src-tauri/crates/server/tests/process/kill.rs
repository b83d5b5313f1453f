//! Killed in the middle of concurrent check-ins: nothing acknowledged is lost, nothing doubled.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use domain::JanjiTemu;
use rusqlite::Connection;
use tokio::{sync::Notify, task::JoinSet};

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK},
};

const APPOINTMENTS: usize = 96;
const CLIENTS: usize = 32;

/// What was answered, by key.
type Answers = HashMap<String, String>;

/// Two desks scan each code, each under a key of its own.
fn scans(made: &[JanjiTemu]) -> Arc<Vec<(String, String)>> {
    let twice = made
        .iter()
        .flat_map(|row| ["a", "b"].map(|desk| (row.kode_qr.clone(), format!("{desk}:{}", row.id))));
    Arc::new(twice.collect())
}

/// 32 clients work off the scans until all are answered or the server is gone. It is killed after `kill_after` answers.
async fn work(server: Running, scans: &Arc<Vec<(String, String)>>, kill_after: usize) -> Answers {
    let desk = Api::login(&server, DESK.1).await;
    let (next, answers) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Answers::new())));
    let enough = Arc::new(Notify::new());
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (desk, scans, next) = (desk.clone(), scans.clone(), next.clone());
        let (answers, enough) = (answers.clone(), enough.clone());
        clients.spawn(async move {
            while let Some((kode, kunci)) = scans.get(next.fetch_add(1, Ordering::Relaxed)) {
                let Ok((status, answer)) = desk.scan(kode, kunci).await else { return };
                assert_eq!(status, 200, "{answer}");
                let hasil = answer["hasil"].as_str().expect("a result").to_owned();
                let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                answers.insert(kunci.clone(), hasil);
                if answers.len() == kill_after {
                    enough.notify_one();
                }
            }
        });
    }
    enough.notified().await;
    server.kill();
    while let Some(client) = clients.join_next().await {
        client.expect("a client fails only by losing the server");
    }
    let answers = answers.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(answers.len() < scans.len(), "it was killed too late to prove anything");
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_and_nothing_doubled() {
    let place = Place::new();
    let made = school::fill(&place.data(), APPOINTMENTS).await;
    let scans = scans(&made);
    let mut acknowledged = Answers::new();
    for kill_after in [1, 20, 60] {
        for (kunci, hasil) in work(place.serve(), &scans, kill_after).await {
            let before = acknowledged.insert(kunci.clone(), hasil.clone());
            assert!(
                before.is_none_or(|before| before == hasil),
                "{kunci} was answered {hasil} the second time"
            );
        }
    }

    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    for row in &made {
        let scanned = |desk: &str| acknowledged.contains_key(&format!("{desk}:{}", row.id));
        let (_, now) = desk.get(&format!("/api/appointments/{}", row.id)).await.expect("an answer");
        if scanned("a") || scanned("b") {
            assert_eq!(now["status"], "menunggu", "an acknowledged arrival is lost: {now}");
        }
    }
    let mut arrivals: HashMap<&str, usize> = HashMap::new();
    for (kode, kunci) in scans.iter() {
        let (status, answer) = desk.scan(kode, kunci).await.expect("an answer");
        assert_eq!(status, 200, "{answer}");
        let hasil = answer["hasil"].as_str().expect("a result");
        if let Some(before) = acknowledged.get(kunci) {
            assert_eq!(hasil, before, "{kunci} is answered differently now");
        }
        *arrivals.entry(kode).or_default() += usize::from(hasil == "datang");
    }
    let wrong: Vec<_> = arrivals.iter().filter(|(_, arrivals)| **arrivals != 1).collect();
    assert!(wrong.is_empty(), "codes that have not arrived exactly once: {wrong:?}");
    server.kill();
    assert_eq!(alerts_queued(&place), vec![1; APPOINTMENTS], "messages to the guru, by appointment");
}

/// How many messages of an arrival each appointment has caused.
fn alerts_queued(place: &Place) -> Vec<u32> {
    let conn = Connection::open(place.database()).expect("the database");
    let mut statement = conn
        .prepare(
            "SELECT COUNT(p.id) FROM janji_temu AS j
            LEFT JOIN sistem_pesan_keluar AS p ON p.id_janji_temu = j.id AND p.jenis = 'kedatangan'
            GROUP BY j.id ORDER BY j.id",
        )
        .expect("the tables");
    let counts = statement.query_map((), |row| row.get(0)).expect("rows");
    counts.collect::<rusqlite::Result<_>>().expect("numbers")
}
