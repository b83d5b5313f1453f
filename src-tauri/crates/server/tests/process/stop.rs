//! SIGTERM: what is in flight is finished, everyone is told, nothing new is taken.

use std::{io, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    api::Api,
    program::Place,
    school::{self, DESK, GURU, PASSWORD},
};

/// Every wait has this outer limit, far above what it needs.
const LONG: Duration = Duration::from_secs(30);

#[tokio::test]
async fn what_is_in_flight_is_finished_and_everyone_is_told() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let server = place.serve();
    let guru = Api::login(&server, GURU.1).await;
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{}/ws", server.address()))
        .await
        .expect("the event stream opens");
    let first = json!({ "type": "authenticate", "token": guru.token() }).to_string();
    socket.send(Message::text(first)).await.expect("it is open");
    let ready = timeout(LONG, socket.next()).await.expect("ready").expect("ready").expect("ready");
    assert!(ready.to_string().contains("ready"), "{ready}");

    // Half a request: the server has its head and waits for the rest.
    let body = json!({ "email": DESK.1, "password": PASSWORD }).to_string();
    let head = format!(
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        body.len()
    );
    let mut in_flight = TcpStream::connect(server.address()).await.expect("it accepts");
    in_flight.write_all(head.as_bytes()).await.expect("it reads");
    let mut go_on = [0; 25];
    timeout(LONG, in_flight.read_exact(&mut go_on)).await.expect("100 Continue").expect("100 Continue");
    assert!(go_on.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&go_on));

    server.terminate();
    let told = timeout(LONG, async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return frame,
                Some(Ok(_)) => {}
                end => panic!("the connection just ended: {end:?}"),
            }
        }
    });
    let frame = told.await.expect("connections are told").expect("with a reason");
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), (1001, "server_berhenti"));
    timeout(LONG, refused(server.address())).await.expect("new connections are refused");

    in_flight.write_all(body.as_bytes()).await.expect("what is in flight goes on");
    let mut answer = String::new();
    timeout(LONG, in_flight.read_to_string(&mut answer)).await.expect("an answer").expect("a whole answer");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("token_segar"), "{answer:.200}");
    let (code, log) = server.wait();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("ERROR"), "{log}");
}

async fn refused(address: &str) {
    loop {
        match TcpStream::connect(address).await {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => return,
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_it_up() {
    let place = Place::new();
    school::fill(&place.data(), 0).await;
    let server = place.serve();
    // One that has asked before, and one that never says anything.
    let asked = Api::nobody(&server);
    asked.get("/healthz").await.expect("an answer");
    let silent = TcpStream::connect(server.address()).await.expect("it accepts");
    server.terminate();
    let ended = timeout(Duration::from_secs(8), tokio::task::spawn_blocking(move || server.wait()));
    let (code, log) = ended.await.expect("it waits for connections that ask nothing").expect("it ends");
    assert_eq!(code, Some(0), "{log}");
    drop((asked, silent));
}

#[tokio::test]
async fn a_second_start_finds_everything() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    desk.scan(&made[0].kode_qr, "k1").await.expect("an answer");
    server.terminate();
    assert_eq!(server.wait().0, Some(0));
    let again = place.serve();
    let (status, row) = desk_at(&again).await.get("/api/appointments/1").await.expect("an answer");
    assert_eq!((status.as_u16(), &row["status"]), (200, &json!("menunggu")));
}

async fn desk_at(server: &crate::program::Running) -> Api {
    Api::login(server, DESK.1).await
}
