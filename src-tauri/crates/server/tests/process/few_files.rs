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

/// With so few, it does not get far, or serves; it never hangs, and never ends without a word.
#[tokio::test]
async fn a_start_with_hardly_any_files_says_so_or_serves() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let (mut refused, mut served) = (0, 0);
    for files in [10, 13, 16, 20, 24, 32, 48, 64] {
        let mut command = place.with_few_files(files);
        let mut child = command.stderr(std::process::Stdio::piped()).spawn().expect("the shell starts");
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let first = tokio::task::spawn_blocking(move || {
            std::io::BufRead::lines(std::io::BufReader::new(stdout)).next().and_then(Result::ok)
        });
        let first = timeout(LONG, first).await.expect("it hangs").expect("it is read");
        let is_serving = first.is_some();
        if is_serving {
            child.kill().expect("it can be killed");
        }
        let ended = child.wait_with_output().expect("it has ended");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(!said.contains("panicked"), "{files} files: {said}");
        assert!(is_serving || !said.trim().is_empty(), "{files} files: it ended without a word");
        if is_serving { served += 1 } else { refused += 1 }
    }
    assert!(refused > 0 && served > 0, "{refused} refused, {served} served");
}
