//! The log and the answers of commands, if nobody reads them, nobody can, or nothing can be kept.

#[cfg(unix)]
use std::fs::{self, File};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::Stdio,
    time::Duration,
};

use rusqlite::Connection;

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK},
};

/// Every wait has this outer limit, far above what it needs.
const LONG: Duration = Duration::from_secs(300);

async fn filled(appointments: usize) -> (Place, Vec<domain::JanjiTemu>) {
    let place = Place::new();
    let made = school::fill(&place.data(), appointments).await;
    (place, made)
}

/// The database is busy for once, and the log says so. Afterwards everything is as before.
async fn survives_a_busy_database(place: &Place, server: &Running, kode: &str) {
    let desk = Api::login(server, DESK.1).await;
    let other = Connection::open(place.database()).expect("the database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    let (status, answer) = desk.scan(kode, "satu").await.expect("an answer");
    assert_eq!(status, 503, "{answer}");
    let (status, _) = desk.get("/readyz").await.expect("an answer");
    assert_eq!(status, 503, "what cannot be written is not ready");
    other.execute_batch("ROLLBACK").expect("the lock is given up");
    let (status, answer) = desk.scan(kode, "dua").await.expect("an answer");
    assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
    desk.readiness_is(200).await;
}

#[tokio::test]
async fn a_log_that_nobody_reads_any_more_stops_nothing() {
    let (place, made) = filled(1).await;
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let server = place.serve_saying("info", writer);
    drop(reader);
    survives_a_busy_database(&place, &server, &made[0].kode_qr).await;
    assert!(place.own_log().contains("database is locked"), "{}", place.own_log());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_log_on_a_full_disk_stops_nothing() {
    let (place, made) = filled(1).await;
    let full = File::options().write(true).open("/dev/full").expect("Linux has it");
    let server = place.serve_saying("info", full);
    survives_a_busy_database(&place, &server, &made[0].kode_qr).await;
}

#[tokio::test]
async fn a_log_that_is_stuck_holds_nobody_up() {
    let (place, made) = filled(1).await;
    // Nobody ever reads, so the pipe fills up.
    let (_reader, writer) = std::io::pipe().expect("a pipe");
    let server = place.serve_saying("debug", writer);
    let desk = Api::login(&server, DESK.1).await;
    let many = async {
        for _ in 0..700 {
            assert_eq!(desk.get("/api/appointments/today").await.expect("an answer").0, 200);
        }
    };
    tokio::time::timeout(LONG, many).await.expect("it waits for its log");
    survives_a_busy_database(&place, &server, &made[0].kode_qr).await;
    #[cfg(unix)]
    {
        server.terminate();
        let ended = tokio::task::spawn_blocking(move || server.wait().0);
        let code =
            tokio::time::timeout(LONG, ended).await.expect("it never ends").expect("it was waited for");
        assert_eq!(code, Some(0));
    }
}

#[tokio::test]
async fn where_no_terminal_shows_it_the_log_is_kept_in_files() {
    let (place, _) = filled(0).await;
    let server = place.serve_saying("info", Stdio::null());
    server.kill();
    let busy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = busy.local_addr().expect("an address").to_string();
    let line = place.run(&["serve", "--plain-http", "--listen", &address], "").failure();
    let log = place.own_log();
    assert!(log.contains("already in use"), "why it ended stands there too: {line}; {log}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |name| fs::metadata(place.data().join(name)).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode("log"), mode("log/bukutamu-server.log")), (0o700, 0o600));
    }
}

#[test]
fn a_command_whose_answer_nobody_reads_ends_well() {
    let place = Place::new();
    place.run(&["demo"], "").success();
    for args in [&["check-database"][..], &["serve", "--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let child = place.command(args).stdout(writer).spawn().expect("the program starts");
        let ended = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success() && !said.contains("panicked"), "{args:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_command_whose_answer_cannot_be_kept_says_so() {
    let place = Place::new();
    let full = File::options().write(true).open("/dev/full").expect("Linux has it");
    let child = place.command(&["demo"]).stdout(full).spawn().expect("the program starts");
    let ended = child.wait_with_output().expect("the program ends");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(said.contains("standard output cannot be written") && !said.contains("panicked"), "{said}");
}

#[tokio::test]
async fn a_server_whose_first_line_was_read_and_no_more_serves_on() {
    let (place, _) = filled(0).await;
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let mut command = place.command(&["serve", "--listen", &free.to_string()]);
    let mut child = command.stderr(Stdio::null()).spawn().expect("the program starts");
    let mut first = String::new();
    let stdout = child.stdout.take().expect("standard output is a pipe");
    // As `| head -1` does.
    BufReader::new(stdout).read_line(&mut first).expect("a line");
    assert!(first.starts_with("certificate "), "{first}");
    let accepts = async { while tokio::net::TcpStream::connect(free).await.is_err() {} };
    let accepted = tokio::time::timeout(LONG, accepts).await;
    let ended = child.try_wait().expect("it can be asked");
    child.kill().expect("it can be killed");
    child.wait().expect("it was running");
    assert!(accepted.is_ok() && ended.is_none(), "{ended:?}");
}
