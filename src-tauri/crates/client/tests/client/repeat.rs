//! What is sent again after no answer came, and what is not.

use client::{Client, Error, IdempotencyKey};
use domain::ErrorCode;

use crate::support::{
    proxy::{Cut, Direction, End, Proxy},
    server::Server,
    signed_in, within,
};

/// Scans once on a fresh connection with the line cut at this place.
async fn scan_over(server: &Server, proxy: &Proxy, client: &Client, cut: Cut) -> (u64, u64) {
    proxy.cut_all();
    proxy.plan([cut]);
    let kunci = IdempotencyKey::random();
    let scan = within("the scan", client.scan("KODE", &kunci)).await;
    scan.unwrap_or_else(|error| panic!("{cut:?}: {error}"));
    server.school.books().scans[&kunci.to_string()]
}

#[tokio::test]
async fn a_scan_is_recorded_once_wherever_the_line_is_cut() {
    let server = Server::start().await;
    let proxy = Proxy::start(server.address).await;
    let client = signed_in(server.paired_through(proxy.address())).await;
    // Measures the handshake and one scan, so that the cuts fall within the connection.
    proxy.cut_all();
    let before = proxy.bytes();
    client.scan("KODE", &IdempotencyKey::random()).await.unwrap();
    let after = proxy.bytes();

    let mut answers_lost = 0;
    for (direction, bytes) in [(Direction::Up, after.0 - before.0), (Direction::Down, after.1 - before.1)] {
        for (n, after_bytes) in (0..=bytes as u64).step_by(23).enumerate() {
            let end = if n % 2 == 0 { End::Fin } else { End::Reset };
            let (recorded, came) =
                scan_over(&server, &proxy, &client, Cut { direction, after_bytes, end }).await;
            assert_eq!(recorded, 1, "{direction:?} {after_bytes}");
            answers_lost += u64::from(came > 1);
        }
    }
    assert!(answers_lost > 0, "some cut must have fallen between the record and its answer");
}

#[tokio::test]
async fn a_database_that_is_away_for_a_moment_is_waited_for() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    server.school.books().unavailable = 2;
    client.scan("KODE", &IdempotencyKey::random()).await.unwrap();
    server.school.books().unavailable = 100;
    let error = client.scan("KODE", &IdempotencyKey::random()).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::DatabaseTidakTersedia));
    assert_eq!(server.school.books().unavailable, 96, "one attempt and three repetitions");
}

#[tokio::test]
async fn what_has_no_key_is_sent_once() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    server.school.books().unavailable = 100;
    let error = client.change_password("lama", "baru").await.err().unwrap();
    assert_eq!(error.code(), Some(ErrorCode::DatabaseTidakTersedia));
    assert_eq!(server.school.books().unavailable, 99);
}

#[tokio::test]
async fn a_refusal_is_an_answer_and_not_asked_for_again() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let before = server.school.books().requests;
    let error = client.scan("apa saja", &IdempotencyKey::random()).await.unwrap_err();
    assert!(matches!(error, Error::Problem(_)), "{error}");
    assert_eq!(server.school.books().requests - before, 1);
}

/// If the answer to an exchange of the refresh token is lost, the teacher's PC must keep its session, and with it the
/// alerts.
#[tokio::test]
async fn a_renewal_keeps_the_session_wherever_the_line_is_cut() {
    let server = Server::start().await;
    let proxy = Proxy::start(server.address).await;
    let client = signed_in(server.paired_through(proxy.address())).await;
    let end_access = || server.school.books().access.clear();
    proxy.cut_all();
    end_access();
    let before = proxy.bytes();
    client.me().await.unwrap();
    let after = proxy.bytes();

    for (direction, bytes) in [(Direction::Up, after.0 - before.0), (Direction::Down, after.1 - before.1)] {
        for (n, after_bytes) in (0..=bytes as u64).step_by(23).enumerate() {
            let end = if n % 2 == 0 { End::Fin } else { End::Reset };
            proxy.cut_all();
            end_access();
            proxy.plan([Cut { direction, after_bytes, end }]);
            // The request is sent again after the cut, as a person or the subscription would do.
            within("the renewal", async { while client.me().await.is_err() {} }).await;
            assert!(!client.session().borrow().is_out(), "signed out: {direction:?} {after_bytes}");
        }
    }
    let books = server.school.books();
    assert_eq!(books.reuses, 0);
    assert!(books.repeated > 5, "only {} answers were lost", books.repeated);
}
