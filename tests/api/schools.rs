//! Many schools in one process: each is reached by its host, opened when it is asked for, and knows nothing of another.

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use serde_json::Value;
use server::{Config, Options, data_dir, schools::Schools};
use store::RunningSchool;
use tests::{Caller, DESK, GURU, PASSWORD, Socket, StillClock, pause, walk_in, within};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

const FIRST: &str = "smp1.contoh.example";
const SECOND: &str = "smp2.contoh.example";

/// Long enough that no school is closed while a test looks at it.
const LONG: Duration = Duration::from_secs(3600);

/// Two schools with the same people and the same numbers.
struct Two {
    folder: tempfile::TempDir,
    clock: StillClock,
    schools: Schools,
}

impl Two {
    async fn start(idle: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for host in [FIRST, SECOND] {
            found(&folder.path().join(host)).await;
        }
        let clock = StillClock::at(tests::START);
        let config = Config {
            plain_http: true,
            bcrypt_cost: tests::BCRYPT_COST,
            metrics_listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            ..Config::default()
        };
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options { listen, config, clock: clock.for_server(), announce: false };
        let start = Schools::start(folder.path().to_owned(), options, send, idle);
        Self { schools: start.await.unwrap(), clock, folder }
    }

    fn nobody(&self, host: &'static str) -> Caller {
        Caller::at(&self.schools.url()).of_host(host)
    }

    async fn login(&self, host: &'static str, email: &str) -> Caller {
        self.nobody(host).login(email, PASSWORD).await
    }

    /// What the host's answer is like, of whichever school it is.
    async fn status(&self, host: &str, path: &str) -> u16 {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http.get(format!("{}{path}", self.schools.url())).header("host", host);
        request.send().await.unwrap().status().as_u16()
    }

    async fn socket(&self, host: &'static str, token: &str) -> Socket {
        let (mut socket, _) = Socket::try_open_with(&self.schools.url(), &[("host", host)]).await.unwrap();
        socket.authenticate(token).await;
        socket
    }

    async fn are_open(&self, count: usize) {
        let counted = async {
            while self.schools.count_open().await != count {
                pause().await;
            }
        };
        within(&format!("{count} schools to be open"), counted).await;
    }
}

/// Sends what waits, by no channel.
fn send(school: Arc<dyn RunningSchool>, stop: CancellationToken, tasks: &TaskTracker) {
    outbox::start(school, outbox::Environment::default(), stop, tasks);
}

async fn found(folder: &Path) {
    let data = data_dir::open(folder, None).await.unwrap();
    tests::fill(&*data.store, StillClock::at(tests::START).now()).await;
    data.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_school_is_opened_when_it_is_asked_for_and_closed_when_nobody_needs_it() {
    let two = Two::start(Duration::from_secs(1)).await;
    assert_eq!(two.schools.count_open().await, 0);
    let desk = two.login(FIRST, DESK.email).await;
    assert_eq!(two.schools.count_open().await, 1);
    let arrived = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201)["id"].clone();
    let socket = two.socket(FIRST, desk.token()).await;
    two.login(SECOND, DESK.email).await;
    // The one that somebody watches stays.
    two.are_open(1).await;
    drop(socket);
    two.are_open(0).await;
    let found = desk.get(&format!("/api/appointments/{arrived}")).await.expect(200);
    assert_eq!(found["id"], arrived, "and it is there again");
    two.schools.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_of_a_school_reaches_another() {
    let two = Two::start(LONG).await;
    let (first, second) = (two.login(FIRST, DESK.email).await, two.login(SECOND, DESK.email).await);
    let guru = two.login(SECOND, GURU.email).await;
    let mut theirs = two.socket(SECOND, guru.token()).await;
    theirs.expect_ready().await;
    // A token of one opens nothing at the other, whatever is asked.
    let stranger = two.nobody(SECOND).with_login(serde_json::json!({ "token": first.token() }));
    let document = serde_json::to_value(server::openapi()).unwrap();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "1");
        if methods.get("get").is_none() || path.contains('{') {
            continue;
        }
        let (here, there) = (stranger.get(&path).await, two.nobody(SECOND).get(&path).await);
        assert!(
            here.status == 401 || here.status == there.status,
            "{path}: {} to a stranger, {} to nobody",
            here.status,
            there.status
        );
        asked += 1;
    }
    assert!(asked > 30, "{asked} paths");
    let (code, _) = two.socket(SECOND, first.token()).await.closed().await;
    assert_eq!(code, 4401, "nor does it subscribe");
    // The same numbers, and each sees its own.
    let walk = |n| walk_in(n, &GURU);
    let here = first.post("/api/appointments/walk-in", walk(1)).await.expect(201);
    let there = second.post("/api/appointments/walk-in", walk(2)).await.expect(201);
    assert_eq!(here["id"], there["id"]);
    let told = loop {
        let event = theirs.next().await;
        if event["type"] == "notification" {
            break event["data"].clone();
        }
    };
    assert_eq!(told["nama_tamu"], there["nama_tamu"], "{told}");
    let list: Value = first.get("/api/appointments").await.expect(200);
    assert_eq!(list["total"], 1, "{list}");
    // What the process counts of all schools is no admin's.
    let admin = two.login(FIRST, tests::ADMIN.email).await;
    admin.get("/metrics").await.expect(403);
    let operator = format!("http://{}/metrics", two.schools.metrics_address().unwrap());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let figures = http.get(operator).send().await.unwrap().text().await.unwrap();
    assert!(figures.contains("bukutamu_http_requests_total"), "{figures}");
    assert!(!figures.contains("contoh.example"), "no figure names a school");
    two.schools.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_host_without_a_school_is_nobody_and_leaves_nothing() {
    let two = Two::start(LONG).await;
    for host in ["lain.contoh.example", "..", "127.0.0.1", "smp1.contoh.example.evil"] {
        assert_eq!((two.status(host, "/api/sekolah").await, two.status(host, "/healthz").await), (404, 200));
    }
    assert_eq!(two.status("SMP1.contoh.example:443", "/api/sekolah").await, 200);
    assert_eq!(two.schools.count_open().await, 1);
    two.schools.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspended_school_answers_nobody_until_it_goes_on_and_a_damaged_one_harms_no_other() {
    let two = Two::start(LONG).await;
    two.login(FIRST, DESK.email).await;
    fs::write(two.folder.path().join(FIRST).join("ditangguhkan"), "").unwrap();
    two.are_open(0).await;
    assert_eq!(two.status(FIRST, "/api/sekolah").await, 503);
    fs::remove_file(two.folder.path().join(FIRST).join("ditangguhkan")).unwrap();
    assert_eq!(two.status(FIRST, "/api/sekolah").await, 200);
    fs::write(two.folder.path().join(SECOND).join("bukutamu.kunci"), "rusak").unwrap();
    assert_eq!(two.status(SECOND, "/api/sekolah").await, 503);
    assert_eq!(two.status(FIRST, "/api/sekolah").await, 200);
    two.schools.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_school_that_nobody_opens_is_backed_up_each_night() {
    let two = Two::start(Duration::from_millis(100)).await;
    let desk = two.login(FIRST, DESK.email).await;
    desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    two.are_open(0).await;
    let backups = || {
        let entries = fs::read_dir(two.folder.path().join(FIRST).join("cadangan")).into_iter().flatten();
        let names = entries.flatten().map(|entry| entry.file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".cadangan")).count()
    };
    assert_eq!(backups(), 0);
    for night in 1..=2 {
        for _ in 0..24 * 3 {
            two.clock.advance(chrono::Duration::minutes(20));
            two.schools.tend().await;
            // Its hours pass in moments, and a school that is open is tended by itself.
            two.are_open(0).await;
        }
        assert_eq!(backups(), night, "after night {night}");
    }
    two.schools.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_schools_that_leave_say_so_and_let_everybody_go() {
    let two = Two::start(LONG).await;
    let desk = two.login(FIRST, DESK.email).await;
    let mut socket = two.socket(FIRST, desk.token()).await;
    socket.expect_ready().await;
    assert_eq!(two.status("balancer", "/readyz").await, 200);
    two.schools.drain(Duration::from_millis(200)).await;
    assert_eq!(
        (two.status("balancer", "/readyz").await, two.status("balancer", "/healthz").await),
        (503, 200)
    );
    let (code, _) = socket.closed().await;
    assert_eq!(code, 1001, "it is asked to go elsewhere");
    two.schools.stop().await.unwrap();
}
