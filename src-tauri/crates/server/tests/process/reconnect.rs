//! The server is gone for a moment, and a thousand teachers' PCs come back in the same one.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use domain::{Role, pengguna::Kepegawaian};
use futures_util::{SinkExt, StreamExt, future::join_all};
use nix::sys::resource::{Resource, getrlimit};
use serde_json::{Value, json};
use server::{auth::token::Tokens, data_dir};
use store::{
    pengguna::PenggunaBaru,
    sesi::{NewSesi, SessionHolder},
};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

use crate::{
    api::Api,
    program::Place,
    school::{self, DESK},
};

const PCS: usize = 1_000;

/// Each has as many PCs as any other.
const GURUS: usize = 100;

type Socket = WebSocketStream<TcpStream>;

/// More gurus, each signed in: their tokens.
async fn gurus(place: &Place) -> Vec<String> {
    let now = school::program_time().await;
    let data = data_dir::open(&place.data(), None).await.expect("the school's folder");
    let tokens = Tokens::new(&data.kunci.sesi);
    let mut signed_in = Vec::new();
    for n in 0..GURUS {
        let baru = PenggunaBaru {
            nama: format!("Guru {n}"),
            sapaan: None,
            jabatan: None,
            email: format!("guru{n}@sekolah.example"),
            telp: None,
            role: Role::Guru,
            kepegawaian: Kepegawaian::default(),
            password_hash: String::new(),
            wajib_ganti_password: false,
            rahasia: None,
            waktu: now,
        };
        let id = data.store.pengguna().create(baru).await.expect("a user can be entered").id;
        let sid = format!("sesi-{n}");
        let mut token = [0; 32];
        token[..8].copy_from_slice(&id.0.to_be_bytes());
        let sesi = NewSesi {
            id: sid.clone(),
            pemilik: SessionHolder::Pengguna(id),
            password_hash: String::new(),
            perangkat: None,
            keterangan: None,
            token,
            kedaluwarsa_pada: now + chrono::Duration::days(1),
            waktu: now,
        };
        assert!(data.store.sesi().create(sesi).await.expect("a session can be made"));
        signed_in.push(tokens.issue(&sid, now).0);
    }
    data.store.close().await;
    signed_in
}

/// Connects PC number `n` and waits for `ready`; gives how many are unread. Each PC has an address of its own.
async fn connect(address: &str, n: usize, token: &str) -> (Socket, usize) {
    let pc = TcpSocket::new_v4().expect("a socket");
    let own = Ipv4Addr::new(127, 1, (n / 200) as u8, (n % 200 + 1) as u8);
    pc.bind(SocketAddr::from((own, 0))).expect("all of 127 is this computer's");
    let stream = pc.connect(address.parse().expect("an address")).await.expect("it accepts");
    let (mut socket, _) =
        tokio_tungstenite::client_async(format!("ws://{address}/ws"), stream).await.expect("it is let in");
    let first = json!({ "type": "authenticate", "token": token }).to_string();
    socket.send(Message::text(first)).await.expect("it is open");
    let ready = next(&mut socket).await;
    assert_eq!(ready["type"], "ready", "{ready}");
    let unread = ready["belum_dibaca"].as_array().expect("a list").len();
    (socket, unread)
}

async fn next(socket: &mut Socket) -> Value {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("JSON"),
            Some(Ok(Message::Ping(_))) => {}
            end => panic!("the connection ended: {end:?}"),
        }
    }
}

/// All PCs at once.
async fn all(address: &str, tokens: &[String]) -> Vec<(Socket, usize)> {
    let each = (0..PCS).map(|n| connect(address, n, &tokens[n % GURUS]));
    tests::within("a thousand to be ready", join_all(each)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_pcs_come_back_at_once_and_the_desk_goes_on_meanwhile() {
    if getrlimit(Resource::RLIMIT_NOFILE).is_ok_and(|(soft, _)| soft < 2 * PCS as u64) {
        return tests::skip("this user may not have so many open files");
    }
    let place = Place::new();
    let made = school::fill(&place.data(), 3).await;
    let tokens = gurus(&place).await;
    // Guests of one of those who come back.
    let conn = rusqlite::Connection::open(place.database()).expect("the database");
    conn.execute("UPDATE janji_temu SET id_guru = (SELECT id FROM pengguna WHERE nama = 'Guru 0')", ())
        .expect("the table");
    drop(conn);
    let server = place.serve();
    let address = server.address().to_owned();
    let before = all(&address, &tokens).await;
    let desk = Api::login(&server, DESK.1).await;
    let scan = async |api: &Api, n: usize| {
        let (status, answer) = api.scan(&made[n].kode_qr, &format!("meja:{n}")).await.expect("an answer");
        assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
    };
    scan(&desk, 0).await;
    server.kill();
    drop(before);

    let server = place.serve_at(&address, &["--plain-http"]);
    let desk = Api::login(&server, DESK.1).await;
    let at_the_desk = tokio::time::timeout(Duration::from_secs(10), scan(&desk, 1));
    let (mut back, scanned) = tokio::join!(all(&address, &tokens), at_the_desk);
    scanned.expect("the desk waits for nobody");
    scan(&desk, 2).await;
    for (n, (socket, unread)) in back.iter_mut().enumerate().filter(|(n, _)| n % GURUS == 0) {
        let mut told = *unread;
        while told < made.len() {
            let event = tests::within("an alert", next(socket)).await;
            told += usize::from(event["type"] == "notification");
        }
        assert_eq!(told, made.len(), "PC {n}");
    }
    let log = server.log();
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
}
