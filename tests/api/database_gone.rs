//! The database goes away and comes back. Requests meanwhile are answered in time, and everything goes on by itself.

#![allow(clippy::print_stderr, reason = "how long it took is for whoever looks at the tests")]

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, Condition, GURU, NO_MSSQL, PASSWORD, Place, invite, kunci, skip, walk_in};

journeys![a_closed_database_is_told_everywhere];

/// Much longer than an answer may take, so that a busy machine fails only what hangs. The time taken is printed.
const NEVER: Duration = Duration::from_secs(10);

/// The longest time of all answers.
#[derive(Default)]
struct Longest(Mutex<Duration>);

impl Longest {
    async fn of<T>(&self, answer: impl Future<Output = T>) -> T {
        let started = Instant::now();
        let answer = tokio::time::timeout(NEVER, answer).await.expect("it hangs");
        let mut longest = self.0.lock().unwrap();
        *longest = longest.max(started.elapsed());
        answer
    }
}

#[track_caller]
fn unavailable(answer: Answer) {
    assert_eq!(answer.header("retry-after"), "2", "{}: {}", answer.request, answer.text());
    answer.problem(503, "database_tidak_tersedia");
}

/// Sends each request that needs the database once.
async fn all_are_told(app: &App, guru: &Caller, desk: &Caller, kode: &Value, longest: &Longest) {
    let nobody = app.nobody();
    longest.of(nobody.get("/healthz")).await.expect(200);
    unavailable(longest.of(nobody.get("/readyz")).await);
    unavailable(longest.of(desk.scan(kode)).await);
    let login = json!({ "email": GURU.email, "password": PASSWORD });
    unavailable(longest.of(nobody.post("/api/auth/login", login)).await);
    unavailable(longest.of(guru.refresh()).await);
    for path in ["/api/appointments/today", "/api/dashboard", "/api/tamu/search?q=tamu"] {
        unavailable(longest.of(desk.get(path)).await);
    }
    let mut late = guru.open_socket().await;
    late.authenticate(guru.token()).await;
    assert_eq!(longest.of(late.closed()).await, (1013, "database_tidak_tersedia".to_owned()));
}

async fn a_closed_database_is_told_everywhere(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let kode = invite(&guru, 1, "09:30").await["kode_qr"].clone();
    app.close_database().await;
    all_are_told(&app, &guru, &desk, &kode, &Longest::default()).await;
}

/// Asks again while a database that starts slowly is too slow for the usual patience.
async fn patiently<F: Future<Output = Answer>>(ask: impl Fn() -> F, status: u16) -> Value {
    let answered = async {
        loop {
            let answer = ask().await;
            if answer.status != 503 {
                return answer.expect(status);
            }
            tests::pause().await;
        }
    };
    tests::within("an answer of the database", answered).await
}

/// A guest who is expected.
async fn invited(guru: &Caller) -> Value {
    let mut invitation = tests::invitation(1, "09:30");
    invitation["kunci"] = json!(kunci());
    patiently(|| guru.post("/api/appointments", invitation.clone()), 201).await
}

async fn wait_until_ready(app: &App) {
    let ready = async {
        while app.nobody().get("/readyz").await.status != 200 {
            tests::pause().await;
        }
    };
    tests::within("the database's return", ready).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cut_off_it_says_so_and_goes_on() {
    goes_and_comes_back(Condition::Cut).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn silent_it_says_so_and_goes_on() {
    goes_and_comes_back(Condition::Silent).await;
}

async fn goes_and_comes_back(how: Condition) {
    if !tests::MssqlDatabase::is_named() {
        return skip(NO_MSSQL);
    }
    let (app, line) = App::at_the_end_of_a_line(&[]).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invited(&guru).await;
    let mut alerts = guru.subscribe().await;
    let longest = Longest::default();

    line.set(how);
    all_are_told(&app, &guru, &desk, &invited["kode_qr"], &longest).await;
    // More requests than connections, and several from one account, as when the button is pressed again.
    let many = (0..40).map(|n| {
        let (app, desk, longest) = (&app, &desk, &longest);
        async move {
            let login = json!({ "email": GURU.email, "password": PASSWORD });
            let answer = match n % 2 {
                0 => longest.of(app.nobody().post("/api/auth/login", login)).await,
                _ => longest.of(desk.get("/api/appointments/today")).await,
            };
            match answer.status {
                // So many from one place wait for a silent database that others are sent away at once.
                429 if n % 2 == 0 => drop(answer.problem(429, "terlalu_sering")),
                _ => unavailable(answer),
            };
        }
    });
    futures_util::future::join_all(many).await;
    eprintln!("{how:?}: the slowest answer took {:?}", longest.0.lock().unwrap());

    line.set(Condition::Whole);
    wait_until_ready(&app).await;
    let mut guest = walk_in(2, &GURU);
    guest["kunci"] = json!(kunci());
    let here = patiently(|| desk.post("/api/appointments/walk-in", guest.clone()), 201).await;
    let alert = alerts.next_of("notification").await;
    assert_eq!(alert["id"], here["id"], "who was connected before is told on the same connection");
    let scanned = patiently(|| desk.scan(&invited["kode_qr"]), 200).await;
    assert!(["datang", "sudah_datang"].contains(&scanned["hasil"].as_str().unwrap()), "{scanned}");
    let kedatangan = format!("| kedatangan | Int({}) |", invited["id"]);
    let queued = app.dump().await.into_iter().filter(|row| row.contains(&kedatangan)).count();
    assert_eq!(queued, 1, "messages for one arrival");
}

/// The connections are cold then, and with the usual limits a call over each may be too slow. None of them stays so.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn bursts_after_its_return_are_all_answered_before_long() {
    if !tests::MssqlDatabase::is_named() {
        return skip(NO_MSSQL);
    }
    let (app, line) = App::at_the_end_of_a_line(&[("ready", "8")]).await;
    let signed_in = async |person: &tests::Person| {
        let login = json!({ "email": person.email, "password": PASSWORD });
        let nobody = app.nobody();
        let login = patiently(|| nobody.post("/api/auth/login", login.clone()), 200).await;
        nobody.with_login(login)
    };
    let (guru, desk) = (signed_in(&GURU).await, signed_in(&tests::DESK).await);
    line.set(Condition::Cut);
    unavailable(desk.get("/api/appointments/today").await);
    line.set(Condition::Whole);
    let back = Instant::now();
    let bursts = async {
        loop {
            let burst = (0..60).map(|n| {
                if n % 2 == 0 { desk.get("/api/appointments/today") } else { guru.get("/api/notifications") }
            });
            let answers = futures_util::future::join_all(burst).await;
            let of = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
            eprintln!("{:?} after its return: {} answered, {} refused", back.elapsed(), of(200), of(503));
            if of(200) > 0 && of(503) == 0 {
                return;
            }
        }
    };
    tests::within("a burst without a refusal", bursts).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_arrival_whose_answer_was_lost_is_one_arrival() {
    if !tests::MssqlDatabase::is_named() {
        return skip(NO_MSSQL);
    }
    let (app, line) = App::at_the_end_of_a_line(&[("encrypt", "false")]).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invited(&guru).await;
    let scan = json!({ "kode": invited["kode_qr"], "kunci": kunci() });
    line.lose_answer_to("UPDATE dbo.janji_temu");
    let lost = async {
        while !line.has_lost() {
            unavailable(desk.post("/api/appointments/scan", scan.clone()).await);
        }
    };
    tests::within("the loss of the answer", lost).await;
    let path = format!("/api/appointments/{}", invited["id"]);
    let look = || patiently(|| desk.get(&path), 200);
    let arrived = async { while look().await["status"] != "menunggu" {} };
    tests::within("the change whose answer was lost", arrived).await;

    let before = app.dump().await;
    for _ in 0..2 {
        let again = patiently(|| desk.post("/api/appointments/scan", scan.clone()), 200).await;
        assert_eq!(again["hasil"], "datang", "as if nothing had been lost: {again}");
    }
    assert_eq!(app.dump().await, before, "nothing is done twice");
    let queued = before.iter().filter(|row| row.contains("| kedatangan |")).count();
    assert_eq!(queued, 1, "messages for one arrival");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_another_program_locks_is_told_and_goes_on() {
    let app = App::start(Place::Sqlite).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:30").await;
    let other = rusqlite::Connection::open(app.folder().join("bukutamu.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let longest = Longest::default();
    unavailable(longest.of(desk.scan(&invited["kode_qr"])).await);
    eprintln!("locked: the answer took {:?}", longest.0.lock().unwrap());
    desk.get("/api/appointments/today").await.expect(200);
    unavailable(app.nobody().get("/readyz").await);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.scan(&invited["kode_qr"]).await.expect(200)["hasil"], "datang");
    let request = desk.request(Method::GET, &format!("/api/appointments/{}", invited["id"]));
    assert_eq!(Answer::to(request).await.expect(200)["versi"], 2, "once");
}
