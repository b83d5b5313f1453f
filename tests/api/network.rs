//! Networks that fail as they do in schools: cut without a word, open in one direction only, lossy, slow.
//!
//! Each test runs in a network of its own: the test program is started again in a network namespace, where the system's
//! own filter drops what a bad line would lose. So the server, the client and their TCP are the real ones.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use client::{
    Client, Error, IdempotencyKey, Options, ServerAddress, Subscription, TokenStore, Update, options::Timing,
    subscribe,
};
use domain::pindai::Hasil;
use serde_json::Value;
use tests::{App, Condition, DESK, GURU, Line, PASSWORD, Person, Place, invite, skip, within};

/// Set in the program that runs in a network of its own.
const INSIDE: &str = "BUKUTAMU_TEST_NETWORK";

/// A table of the filter, and whether this user may have one.
const TABLE: &str = "ip link set lo up && nft add table inet uji && \
                     nft add chain inet uji masuk '{ type filter hook input priority 0; }'";

/// Runs a test of this file in a network of its own.
fn alone<F: Future<Output = ()>>(name: &str, test: impl FnOnce() -> F) {
    if std::env::var_os(INSIDE).is_some() {
        assert!(sh(TABLE), "the network cannot be set up");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        return runtime.expect("a runtime").block_on(test());
    }
    let unshare = |program: &mut Command| program.stdin(Stdio::null()).output();
    let tried = unshare(Command::new("unshare").args(["--net", "sh", "-c", TABLE]));
    if !tried.is_ok_and(|ended| ended.status.success()) {
        return skip("this user may not make a network, or nft is missing");
    }
    let program = std::env::current_exe().expect("this program");
    let mut again = Command::new("unshare");
    again.arg("--net").arg(program).args(["--exact", &format!("network::{name}"), "--nocapture"]);
    let ended = unshare(again.env(INSIDE, "1")).expect("it starts");
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(ended.status.success() && said.contains("1 passed"), "{said}");
}

fn sh(script: &str) -> bool {
    Command::new("sh").args(["-c", script]).status().is_ok_and(|status| status.success())
}

/// What the line loses from now on, in the filter's own words; instead of what it lost before.
fn lose(rules: &[String]) {
    assert!(sh("nft flush chain inet uji masuk"), "the filter cannot be changed");
    for rule in rules {
        assert!(sh(&format!("nft add rule inet uji masuk '{rule} drop'")), "{rule}");
    }
}

/// Impatient, so that the test need not be patient.
fn options() -> Options {
    let subscription = Timing {
        handshake_timeout: Duration::from_millis(800),
        dead_after: Duration::from_millis(1500),
        backoff_min: Duration::from_millis(50),
        backoff_max: Duration::from_millis(200),
        ..Timing::default()
    };
    Options {
        connect_timeout: Duration::from_millis(500),
        request_timeout: Duration::from_millis(1000),
        total_timeout: Duration::from_millis(3000),
        repeats: 2,
        repeat_delay: Duration::from_millis(50),
        subscription,
    }
}

async fn app() -> App {
    let set = |config: &mut server::Config| {
        config.ping_every = Duration::from_millis(300);
        // Of a port of its own, which no test cuts.
        config.metrics_listen = "127.0.0.1:0".parse().ok();
    };
    App::with(Place::Sqlite, set).await
}

/// How many event streams the server holds, as its own figures say.
async fn connections(app: &App) -> usize {
    let address = app.server().metrics_address().expect("there is such a listener");
    let figures = reqwest::get(format!("http://{address}/metrics")).await.expect("an answer");
    let text = figures.text().await.expect("a text");
    let figure = text.lines().find_map(|line| line.strip_prefix("bukutamu_ws_connections "));
    figure.map_or(0, |figure| figure.parse::<f64>().expect("a count") as usize)
}

async fn signed_in(address: &str, person: &Person, options: Options) -> Client {
    let address: ServerAddress = address.parse().expect("an address");
    let client = Client::new(address, TokenStore::memory(), options).await.expect("a client");
    client.login(person.email, PASSWORD).await.expect("the line is whole");
    client
}

async fn until(updates: &mut Subscription, what: &str, is_it: impl Fn(&Update) -> bool) {
    within(what, async { while !is_it(&updates.next().await) {} }).await;
}

/// The next alert; others are passed over.
async fn alert(updates: &mut Subscription) -> i64 {
    let next = async {
        loop {
            if let Update::Alert(alert) = updates.next().await {
                return alert.id.0;
            }
        }
    };
    within("an alert", next).await
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn id(value: &Value) -> i64 {
    value["id"].as_i64().expect("an identity")
}

#[test]
fn a_line_that_is_cut_without_a_word_is_noticed_at_both_ends_and_found_again() {
    alone("a_line_that_is_cut_without_a_word_is_noticed_at_both_ends_and_found_again", || async {
        let app = app().await;
        let port = app.server().address().port();
        let (first, second) =
            (invite(&app.guru().await, 1, "09:30").await, invite(&app.guru().await, 2, "10:00").await);
        let (desk, guru) = (
            signed_in(app.server().url(), &DESK, options()).await,
            signed_in(app.server().url(), &GURU, options()).await,
        );
        let (mut at_desk, mut at_guru) = (subscribe(&desk), subscribe(&guru));
        for updates in [&mut at_desk, &mut at_guru] {
            until(updates, "the subscription", |update| matches!(update, Update::Connected { .. })).await;
        }
        // Neither end is told anything: no FIN, no RST.
        lose(&[format!("tcp dport {port}"), format!("tcp sport {port}")]);
        let kunci = IdempotencyKey::random();
        let cut = desk.scan(text(&first["kode_qr"]), &kunci).await;
        assert!(matches!(cut, Err(Error::Unreachable(_))), "the desk goes on by itself: {cut:?}");
        for updates in [&mut at_desk, &mut at_guru] {
            until(updates, "both to know", |update| matches!(update, Update::Disconnected { .. })).await;
        }
        let gone = async {
            while connections(&app).await > 0 {
                tests::pause().await;
            }
        };
        within("the server to give the dead connections up", gone).await;

        lose(&[]);
        let scan = within("the desk to be back", async {
            loop {
                if let Ok(scan) = desk.scan(text(&first["kode_qr"]), &kunci).await {
                    return scan;
                }
            }
        });
        assert_eq!(scan.await.hasil, Hasil::Datang);
        desk.scan(text(&second["kode_qr"]), &IdempotencyKey::random()).await.expect("the line is whole");
        assert_eq!(alert(&mut at_guru).await, id(&first));
        assert_eq!(alert(&mut at_guru).await, id(&second), "each once");
    });
}

#[test]
fn a_line_that_is_open_in_one_direction_records_a_scan_once() {
    alone("a_line_that_is_open_in_one_direction_records_a_scan_once", || async {
        let app = app().await;
        let port = app.server().address().port();
        let invited = invite(&app.guru().await, 1, "09:30").await;
        let desk = signed_in(app.server().url(), &DESK, options()).await;
        desk.me().await.expect("a connection that is kept");
        // What the desk sends arrives; what it is answered does not.
        lose(&[format!("tcp sport {port}")]);
        let kunci = IdempotencyKey::random();
        let lost = desk.scan(text(&invited["kode_qr"]), &kunci).await;
        assert!(matches!(lost, Err(Error::Unreachable(_))), "{lost:?}");
        lose(&[]);
        let row = desk.get_janji_temu(domain::IdJanjiTemu(id(&invited))).await.expect("the line is whole");
        assert_eq!((row.status, row.versi), (domain::Status::Menunggu, 2), "the scan arrived");
        let again = desk.scan(text(&invited["kode_qr"]), &kunci).await.expect("the line is whole");
        assert_eq!(
            (again.hasil, again.appointment.map(|row| row.versi)),
            (Hasil::Datang, Some(2)),
            "and counts once"
        );
    });
}

#[test]
fn a_line_that_loses_every_fifth_packet_loses_no_guest_and_no_alert() {
    alone("a_line_that_loses_every_fifth_packet_loses_no_guest_and_no_alert", || async {
        const GUESTS: u32 = 12;
        let app = App::start(Place::Sqlite).await;
        let port = app.server().address().port();
        let mut invited = Vec::new();
        for n in 0..GUESTS {
            invited
                .push(invite(&app.guru().await, n + 1, &format!("{:02}:{:02}", 9 + n / 2, n % 2 * 30)).await);
        }
        let (desk, guru) = (
            signed_in(app.server().url(), &DESK, Options::default()).await,
            signed_in(app.server().url(), &GURU, Options::default()).await,
        );
        let mut updates = subscribe(&guru);
        until(&mut updates, "the subscription", |update| matches!(update, Update::Connected { .. })).await;
        let fifth = "numgen random mod 5 0";
        lose(&[format!("tcp dport {port} {fifth}"), format!("tcp sport {port} {fifth}")]);
        for row in &invited {
            let scan = desk.scan(text(&row["kode_qr"]), &IdempotencyKey::random()).await;
            assert_eq!(scan.expect("it gets through").hasil, Hasil::Datang);
        }
        let mut told = Vec::new();
        while told.len() < invited.len() {
            told.push(alert(&mut updates).await);
        }
        told.sort_unstable();
        assert_eq!(told, invited.iter().map(id).collect::<Vec<_>>(), "each once");
        lose(&[]);
        let missed = invite(&app.guru().await, 99, "16:00").await;
        desk.scan(text(&missed["kode_qr"]), &IdempotencyKey::random()).await.expect("the line is whole");
        assert_eq!(alert(&mut updates).await, id(&missed), "none came twice");
    });
}

/// No namespace is needed for it: each message waits on its way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_seconds_of_latency_keep_a_desk_waiting_and_nothing_is_lost() {
    const WAY: Duration = Duration::from_secs(1);
    let app = App::start(Place::Sqlite).await;
    let invited = invite(&app.guru().await, 1, "09:30").await;
    let line = Line::to(app.server().address()).await;
    let address = format!("http://{}", line.address());
    let (desk, guru) = (
        signed_in(&address, &DESK, Options::default()).await,
        signed_in(&address, &GURU, Options::default()).await,
    );
    let mut updates = subscribe(&guru);
    until(&mut updates, "the subscription", |update| matches!(update, Update::Connected { .. })).await;
    line.set(Condition::Slow(WAY));
    let began = Instant::now();
    let scan = desk.scan(text(&invited["kode_qr"]), &IdempotencyKey::random()).await;
    let scan = scan.expect("a desk waits longer than that");
    assert_eq!((scan.hasil, scan.appointment.map(|row| row.versi)), (Hasil::Datang, Some(2)), "once");
    assert!(began.elapsed() >= 2 * WAY, "the line was not slow");
    assert_eq!(alert(&mut updates).await, id(&invited));
}
