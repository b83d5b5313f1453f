//! If the system allows few open files, a client that takes them all keeps nobody out.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK, PASSWORD},
};

const LONG: Duration = Duration::from_secs(30);

/// Asks for something long and reads nothing.
async fn reads_nothing(server: &Running) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(2048).expect("a small buffer");
    let address = server.address().parse().expect("an address");
    let mut stream = socket.connect(address).await.expect("the system takes it");
    let request = b"GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n";
    // It may have to give way at once.
    let _ = stream.write_all(request).await;
    stream
}

#[tokio::test]
async fn slow_readers_that_take_every_file_keep_nobody_out() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await;
    let server = place.serve_with_few_files(100);
    let desk = Api::login(&server, DESK.1).await;
    let mut slow = Vec::new();
    for _ in 0..150 {
        slow.push(reads_nothing(&server).await);
    }
    let in_time = timeout(LONG, async {
        let (status, _) = desk.scan(&made[0].kode_qr, "meja-1:1").await.expect("the desk is answered");
        assert_eq!(status, 200);
        let login = json!({ "email": DESK.1, "password": PASSWORD });
        let (status, _) = Api::nobody(&server).post("/api/auth/login", login).await.expect("so are others");
        assert_eq!(status, 200);
    });
    in_time.await.expect("without waiting for the slow ones");
    let log = server.log();
    let told = log.lines().filter(|line| line.contains("too many connections")).count();
    assert_eq!(told, 1, "the limit is told, and once: {log}");
    drop(slow);
}
