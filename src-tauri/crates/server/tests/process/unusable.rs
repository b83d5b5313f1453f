//! Servers and databases that cannot be used. One line says which kind it is: the same from every command, in a bounded
//! time, in no driver's words and without the password.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    thread,
    time::{Duration, Instant},
};

use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{program::Place, school};

/// Far longer than any command may take.
const BOUND: Duration = Duration::from_secs(60);

/// Words of the driver, and of the systems below it.
const FOREIGN_WORDS: [&str; 8] = [
    "os error",
    "Protocol",
    "deadline",
    "Token",
    "TLS connection",
    "handshake",
    "to connect anyway",
    "unexpected",
];

/// Every command that opens a database says the same line about one that cannot be used. The line holds these words.
async fn assert_told(url: &str, words: &str) {
    let login = url.split('@').next().expect("a login");
    let password = login.rsplit(':').next().expect("a password");
    let mut lines = Vec::new();
    for command in ["check-database", "serve", "copy"] {
        let place = Place::new();
        let from = format!("sqlite:{}", place.database().display());
        let (args, variable) = match command {
            "serve" => (vec!["serve", "--plain-http", "--listen", "127.0.0.1:0"], "BUKUTAMU_DATABASE"),
            "copy" => (vec!["copy", "--from", &from, "--to", "env:KE"], "KE"),
            _ => (vec![command], "BUKUTAMU_DATABASE"),
        };
        if command == "copy" {
            school::fill(&place.data(), 0).await;
        }
        let began = Instant::now();
        let ended = place.run_with(&args, &[(variable, url)], "");
        assert!(began.elapsed() < BOUND, "{command} took {:?}", began.elapsed());
        let line = ended.failure();
        assert!(line.contains(words), "{command} does not say {words}: {line}");
        for word in FOREIGN_WORDS {
            assert!(!ended.all().contains(word), "{command} says {word}: {}", ended.all());
        }
        assert!(!ended.all().contains(password), "{command} tells the password: {}", ended.all());
        lines.push(line);
    }
    assert!(lines.windows(2).all(|two| two[0] == two[1]), "not the same words: {lines:?}");
}

/// A server of another kind. It answers the first words of each connection with `answer`, and ends it.
fn answering(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut client = client;
                let _ = client.read(&mut [0; 4096]);
                let _ = client.write_all(answer);
            });
        }
    });
    address
}

fn url(address: SocketAddr, parameters: &str) -> String {
    format!("mssql://desk:Rahasia123@{address}/buku{parameters}")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_sql_server_is_told_by_what_it_is() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    for (address, words) in [
        (silent.local_addr().expect("an address"), "takes the connection and says nothing"),
        (closed, "nothing answers at that port"),
        (answering(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), "a web server answers there"),
        (answering(b"\x15\x03\x01\x00\x02\x02\x28"), "encrypt=strict"),
        (answering(b"SSH-2.0-OpenSSH_9.6\r\n"), "another program answers there"),
        (answering(b"E\x00\x00\x00\x8dSFATAL\x00C0A000\x00"), "another program answers there"),
        (answering(b""), "ends the connection at once"),
    ] {
        for parameters in ["", "?encrypt=false"] {
            assert_told(&url(address, parameters), words).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_or_a_file_that_is_not_there_is_told() {
    let name = "mssql://desk:Rahasia123@tidak-ada.invalid/buku";
    assert_told(name, "the server's name is not known").await;
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = silent.local_addr().expect("an address");
    assert_told(&url(address, "?ca_file=/tidak/ada.pem"), "ca_file").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_the_schools_is_told() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let name = database.config().database().to_owned();
    let named = |other: &str| database.url().replace(&name, other);
    assert_told(&named("tidak_ada"), "there is no such database").await;
    for own in ["master", "MASTER", "tempdb", "msdb"] {
        assert_told(&named(own), "is SQL Server's own").await;
    }
    let (before, at) = database.url().split_once('@').expect("a login");
    let user = before.rsplit_once(':').expect("a password").0;
    assert_told(&format!("{user}:bukan-rahasia-itu@{at}"), "the login was refused").await;

    database.rows("CREATE TABLE dbo.gudang (id INT NOT NULL)").await;
    assert_told(database.url(), "is another program's").await;
}

#[tokio::test]
async fn a_half_copied_database_is_told_by_all() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let place = Place::new();
    let variables = [("BUKUTAMU_DATABASE", database.url()), ("ASAL", database.url())];
    place.run_with(&["demo"], &variables, "").success();
    database.rows("INSERT INTO sistem.info (nama, nilai) VALUES (N'salinan', N'belum selesai')").await;
    let to = format!("sqlite:{}", place.data().join("lain.db").display());
    let copy = ["copy", "--from", "env:ASAL", "--to", &to];
    for args in [&["check-database"][..], &["serve", "--plain-http", "--listen", "127.0.0.1:0"], &copy] {
        let variables = if args[0] == "copy" { &variables[1..] } else { &variables[..1] };
        let line = place.run_with(args, variables, "").refusal();
        assert!(line.contains("is a copy that was not finished; copy it once more"), "{args:?}: {line}");
    }
}

#[tokio::test]
async fn a_half_copied_file_is_told_by_all() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let conn = rusqlite::Connection::open(place.database()).expect("the database");
    conn.execute("INSERT INTO sistem_info (nama, nilai) VALUES ('salinan', 'belum selesai')", ())
        .expect("a mark");
    drop(conn);
    for args in [&["check-database"][..], &["serve", "--plain-http", "--listen", "127.0.0.1:0"]] {
        let line = place.run(args, "").refusal();
        assert!(line.contains("is a copy that was not finished; copy it once more"), "{args:?}: {line}");
    }
}
