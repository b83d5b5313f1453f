//! Killed at moments by chance in the midst of a morning: arrivals with and without an appointment, answers, and
//! departures of many guests at once. What was answered is kept, what is sent again is done once.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use reqwest::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};
use tests::Seed;
use tokio::{sync::Notify, task::JoinSet};

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK, GURU},
};

const INVITED: usize = 24;
const WALK_INS: usize = 24;
const KILLS: usize = 4;
const AT_ONCE: usize = 24;

/// What is done of a visit, in this order.
const STEPS: usize = 4;

/// A guest on the way through the school.
#[derive(Clone)]
struct Visit {
    /// The guest's number.
    n: usize,
    /// The code of an invited guest.
    kode: Option<String>,
    /// Known once the arrival was answered.
    id: Option<i64>,
    /// How many steps were answered.
    done: usize,
}

impl Visit {
    /// Asks for the next step. An error means that no whole answer came.
    async fn step(&self, desk: &Api, guru: &Api) -> reqwest::Result<(StatusCode, Value)> {
        let path = |of: &str, what: &str| format!("/api/{of}/{}/{what}", self.id.expect("it has arrived"));
        match (self.done, &self.kode) {
            (0, Some(kode)) => desk.scan(kode, &format!("pindai:{}", self.n)).await,
            (0, None) => {
                let body = json!({
                    "tamu": { "nama": school::nama(self.n), "telp": school::telp(self.n) },
                    "keperluan": "Surat pindah", "id_guru": 1, "kunci": format!("langsung:{}", self.n),
                });
                desk.post("/api/appointments/walk-in", body).await
            }
            (1, _) => {
                let body = json!({ "tanggapan": self.words() });
                guru.post(&path("notifications", "respond"), body).await
            }
            (2, _) => {
                let body = json!({ "status": "sedang berlangsung" });
                guru.put(&path("appointments", "status"), body).await
            }
            _ => desk.put(&path("appointments", "status"), json!({ "status": "selesai" })).await,
        }
    }

    /// What the guru answers.
    fn words(&self) -> String {
        format!("Tunggu di bangku {}", self.n)
    }

    /// Notes an answer, which must be a success.
    fn note(&mut self, status: StatusCode, answer: &Value) {
        assert!(status.is_success(), "step {} of guest {}: {status} {answer}", self.done, self.n);
        if self.done == 0 {
            let row = if self.kode.is_some() { &answer["appointment"] } else { answer };
            let id = row["id"].as_i64().unwrap_or_else(|| panic!("an arrival without identity: {answer}"));
            assert!(self.id.is_none_or(|before| before == id), "the same arrival became another one");
            self.id = Some(id);
            if self.kode.is_some() {
                assert_eq!(
                    answer["hasil"], "datang",
                    "sent again it is answered as the first time: {answer}"
                );
            }
        }
        self.done += 1;
    }
}

type Visits = Arc<Mutex<VecDeque<Visit>>>;

fn lock(visits: &Visits) -> MutexGuard<'_, VecDeque<Visit>> {
    visits.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works at all visits until they are done, or until the server is gone: it is killed after so many answers.
async fn work(server: Running, visits: &Visits, kill_after: Option<usize>) -> Option<Running> {
    let (desk, guru) = (Api::login(&server, DESK.1).await, Api::login(&server, GURU.1).await);
    let (answers, enough) = (Arc::new(Mutex::new(0)), Arc::new(Notify::new()));
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (desk, guru, visits) = (desk.clone(), guru.clone(), Arc::clone(visits));
        let (answers, enough) = (Arc::clone(&answers), Arc::clone(&enough));
        workers.spawn(async move {
            loop {
                let Some(mut visit) = lock(&visits).pop_front() else { return };
                let answered = visit.step(&desk, &guru).await;
                let is_lost = answered.is_err();
                if let Ok((status, answer)) = answered {
                    visit.note(status, &answer);
                    let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                    *answers += 1;
                    if kill_after == Some(*answers) {
                        enough.notify_one();
                    }
                }
                let mut visits = lock(&visits);
                match visit.done {
                    STEPS => {}
                    // The newest first, so that arrivals, answers and departures go on side by side.
                    _ => visits.push_front(visit),
                }
                if is_lost {
                    return;
                }
            }
        });
    }
    let server = match kill_after {
        Some(_) => {
            enough.notified().await;
            server.kill();
            None
        }
        None => Some(server),
    };
    while let Some(worker) = workers.join_next().await {
        worker.expect("a worker fails only by losing the server");
    }
    server
}

/// The server knows everything that was answered.
async fn is_kept(server: &Running, visits: &Visits) {
    let desk = Api::login(server, DESK.1).await;
    let left = lock(visits).clone();
    for visit in left {
        let Some(id) = visit.id else { continue };
        let (_, row) = desk.get(&format!("/api/appointments/{id}")).await.expect("an answer");
        let reached = match row["status"].as_str().unwrap_or_default() {
            "menunggu" => 1,
            "sedang berlangsung" => 3,
            "selesai" => 4,
            _ => 0,
        };
        assert!(reached >= visit.done.min(1) && (visit.done < 3 || reached >= visit.done), "lost: {row}");
        assert!(visit.done < 2 || row["tanggapan"] == visit.words(), "the answer is lost: {row}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_morning_of_all_kinds_of_steps_is_kept_and_nothing_of_it_doubled() {
    let mut seed = Seed::new();
    let place = Place::new();
    let invited = school::fill(&place.data(), INVITED).await;
    let kodes = invited.into_iter().map(|row| Some(row.kode_qr)).chain((0..WALK_INS).map(|_| None));
    let visits = kodes.enumerate().map(|(n, kode)| Visit { n, kode, id: None, done: 0 });
    let visits: Visits = Arc::new(Mutex::new(visits.collect()));
    let each = (INVITED + WALK_INS) * STEPS / (KILLS + 1);
    for _ in 0..KILLS {
        let server = place.serve();
        is_kept(&server, &visits).await;
        work(server, &visits, Some(1 + seed.below(each))).await;
    }
    let server = place.serve();
    is_kept(&server, &visits).await;
    let server = work(server, &visits, None).await.expect("it was not killed");
    server.terminate();
    assert_eq!(server.wait().0, Some(0));
    assert!(lock(&visits).is_empty(), "a visit that did not come to its end");

    let conn = Connection::open(place.database()).expect("the database");
    let count = |sql: &str| conn.query_row(sql, (), |row| row.get::<_, i64>(0)).expect(sql);
    let all = (INVITED + WALK_INS) as i64;
    assert_eq!(count("SELECT COUNT(*) FROM janji_temu"), all, "visits");
    assert_eq!(count("SELECT COUNT(*) FROM janji_temu WHERE status = 'selesai'"), all, "visits that ended");
    assert_eq!(count("SELECT COUNT(*) FROM tamu"), all, "guests");
    assert_eq!(count("SELECT COUNT(DISTINCT tanggapan) FROM janji_temu"), all, "answers, each at its visit");
    let alerts = "SELECT COUNT(*) FROM sistem_pesan_keluar WHERE jenis = 'kedatangan'";
    assert_eq!(count(alerts), all, "messages of an arrival");
    for aksi in ["'datang', 'datang_langsung'", "'mulai'", "'pulang'"] {
        let entries = count(&format!("SELECT COUNT(*) FROM sistem_audit WHERE aksi IN ({aksi})"));
        assert_eq!(entries, all, "entries of {aksi} in the audit");
    }
    drop(conn);
    place.run(&["check-database"], "").success();
    place.run(&["verify-audit"], "").success();
}
