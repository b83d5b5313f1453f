//! The session: one renewal at a time, kept over a restart, ended for good.

use client::{
    Client, Error, TokenStore,
    sesi::{Reason, Status},
};
use domain::ErrorCode;
use futures_util::future::join_all;

use crate::support::{
    options, rows,
    server::{EMAIL, PASSWORD, Server},
    signed_in, within,
};

#[tokio::test]
async fn many_refused_requests_renew_the_token_once() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    for round in 1..=5 {
        server.school.books().access.clear();
        let requests = (0..20).map(|_| client.me());
        for result in within("the requests", join_all(requests)).await {
            result.unwrap();
        }
        assert_eq!(server.school.books().refreshes, round, "one renewal for all");
    }
    assert_eq!(server.school.books().reuses, 0);
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_break_a_renewal_off() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    for round in 1..=5 {
        server.school.books().access.clear();
        let request = tokio::spawn({
            let client = client.clone();
            async move { client.me().await }
        });
        within("the renewal to reach the server", async {
            while server.school.books().refreshes < round {
                tokio::task::yield_now().await;
            }
        })
        .await;
        request.abort();
        within("the next request", client.me()).await.unwrap();
    }
    let books = server.school.books();
    assert_eq!((books.refreshes, books.reuses), (5, 0));
}

#[tokio::test]
async fn a_wrong_password_is_said_once_and_renews_nothing() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let before = server.school.books().requests;
    let error = client.login(EMAIL, "bukan ini").await.err().unwrap();
    assert_eq!(error.code(), Some(ErrorCode::KredensialSalah));
    let books = server.school.books();
    assert_eq!((books.requests - before, books.refreshes), (1, 0));
}

#[tokio::test]
async fn a_session_outlives_the_program() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let store = || TokenStore::file("guru", &server.paired(), Some(dir.path())).unwrap();
    let start = || async { Client::new(server.paired(), store(), options()).await.unwrap() };
    start().await.login(EMAIL, PASSWORD).await.unwrap();
    for _ in 0..3 {
        let client = start().await;
        assert_eq!(*client.session().borrow(), Status::In(0));
        assert_eq!(client.me().await.unwrap(), rows::guru(1));
        let kept = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
        let kept = std::fs::read_to_string(kept).unwrap();
        let refresh = server.school.books().refresh.clone().unwrap();
        assert!(kept.starts_with(&format!("{refresh} ")), "the newest token is kept, with its key");
    }
    assert_eq!(server.school.books().reuses, 0);
}

#[tokio::test]
async fn a_session_that_the_server_ended_is_forgotten() {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let store = TokenStore::file("guru", &server.paired(), Some(dir.path())).unwrap();
    let client = Client::new(server.paired(), store, options()).await.unwrap();
    assert_eq!(*client.session().borrow(), Status::Out(Reason::SignedOut));
    assert!(matches!(client.me().await, Err(Error::Unauthorised)));
    client.login(EMAIL, PASSWORD).await.unwrap();

    server.school.books().access.clear();
    server.school.books().refresh = None;
    assert!(matches!(client.me().await, Err(Error::Unauthorised)));
    assert_eq!(*client.session().borrow(), Status::Out(Reason::Ended));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is kept of it");
    let before = server.school.books().requests;
    assert!(matches!(client.me().await, Err(Error::Unauthorised)));
    assert_eq!(server.school.books().requests, before, "and nobody is asked again");
}

#[tokio::test]
async fn signing_out_ends_it_on_both_sides() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    client.logout().await.unwrap();
    assert_eq!(*client.session().borrow(), Status::Out(Reason::SignedOut));
    assert!(server.school.books().access.is_empty());
    client.logout().await.expect("once more is no error");
    client.login(EMAIL, PASSWORD).await.unwrap();
    client.me().await.unwrap();
}

#[tokio::test]
async fn signing_out_works_here_without_the_server() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let gone = server.address;
    drop(server);
    within("the port to close", async { while tokio::net::TcpStream::connect(gone).await.is_ok() {} }).await;
    assert!(matches!(client.logout().await, Err(Error::Unreachable(_))));
    assert_eq!(*client.session().borrow(), Status::Out(Reason::SignedOut));
}
