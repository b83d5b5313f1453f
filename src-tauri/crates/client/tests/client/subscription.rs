//! The subscription with a server that is odd or silent, or that says good-bye.

use std::time::Duration;

use client::{Client, Options, Subscription, TokenStore, Update, options::Timing, sesi::Reason, subscribe};
use domain::{IdJanjiTemu, notifikasi::Notifikasi};

use crate::support::{
    options,
    proxy::{Cut, Direction, End, Proxy},
    ready::IN_FRAME,
    rows,
    server::{EMAIL, PASSWORD, Push, Server},
    signed_in, within,
};

async fn connected(subscription: &mut Subscription) {
    let connected = async { while !matches!(subscription.next().await, Update::Connected { .. }) {} };
    within("connected", connected).await;
}

async fn alert(subscription: &mut Subscription) -> i64 {
    within("an alert", async {
        loop {
            if let Update::Alert(notifikasi) = subscription.next().await {
                return notifikasi.id.0;
            }
        }
    })
    .await
}

/// Limits that soon notice a dead line.
fn impatient() -> Options {
    let subscription = Timing {
        handshake_timeout: Duration::from_secs(2),
        dead_after: Duration::from_millis(300),
        ..options().subscription
    };
    Options { subscription, ..options() }
}

async fn signed_in_impatiently(address: client::ServerAddress) -> Client {
    let client = Client::new(address, TokenStore::memory(), impatient()).await.unwrap();
    client.login(EMAIL, PASSWORD).await.unwrap();
    client
}

#[tokio::test]
async fn what_it_does_not_know_is_passed_over() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    let long = format!(r#"{{"type":"notification","data":"{}"}}"#, "x".repeat(70_000));
    for text in
        ["", "{", "[]", r#"{"type":"cuaca","data":{}}"#, r#"{"type":"notification","data":{"id":1}}"#, &long]
    {
        server.school.push(Push::Raw(text.to_owned()));
    }
    server.school.put(rows::arrival(1, 1));
    let next = within("the alert", subscription.next()).await;
    assert_eq!(next, Update::Alert(rows::arrival(1, 1)), "on the same connection");
}

#[tokio::test]
async fn a_ready_that_does_not_read_is_tried_again() {
    let server = Server::start().await;
    server.school.put(rows::arrival(1, 1));
    server.school.books().false_ready = Some(r#"{"type":"ready","belum_dibaca":17}"#.to_owned());
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    let update = within("an attempt", subscription.next()).await;
    assert!(matches!(update, Update::Disconnected { .. }), "{update:?}");
    server.school.books().false_ready = None;
    connected(&mut subscription).await;
    assert_eq!(alert(&mut subscription).await, 1);
}

#[tokio::test]
async fn what_was_left_unread_for_long_is_known_and_alerts_nobody() {
    let server = Server::start().await;
    let all = 2 * IN_FRAME + 50;
    for id in 1..=all {
        server.school.put(rows::arrival(id as i64, 1));
    }
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    for id in all - IN_FRAME + 1..=all {
        assert_eq!(alert(&mut subscription).await, id as i64, "the newest, oldest first");
    }
    within("the rest", async {
        while subscription.unread().len() < all {
            assert_eq!(subscription.next().await, Update::Unread);
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    let server = Server::start().await;
    *server.school.ping.lock().unwrap() = None;
    let client = signed_in_impatiently(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    connected(&mut subscription).await;
    server.school.put(rows::arrival(1, 1));
    assert_eq!(alert(&mut subscription).await, 1);
}

#[tokio::test]
async fn pings_keep_a_quiet_connection() {
    let server = Server::start().await;
    *server.school.ping.lock().unwrap() = Some(Duration::from_millis(50));
    let client = signed_in_impatiently(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    // Three times as long as silence may last.
    let quiet = tokio::time::timeout(Duration::from_millis(900), subscription.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

#[tokio::test]
async fn a_line_that_goes_silent_anywhere_is_left() {
    let server = Server::start().await;
    let proxy = Proxy::start(server.address).await;
    let client = signed_in_impatiently(server.paired_through(proxy.address())).await;
    let cuts = [0, 400, 1_500, 1_700, 2_300].map(|after_bytes| Cut {
        direction: Direction::Down,
        after_bytes,
        end: End::Silence,
    });
    proxy.plan(cuts);
    let mut subscription = subscribe(&client);
    for id in 1..=5 {
        server.school.put(rows::arrival(id, id));
        assert_eq!(alert(&mut subscription).await, id);
    }
    within("every cut", async {
        while proxy.planned() > 0 {
            subscription.next().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_closed_connection_comes_back_without_telling_anything_twice() {
    let server = Server::start().await;
    server.school.put(rows::arrival(1, 1));
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    assert_eq!(alert(&mut subscription).await, 1);
    for (code, reason) in
        [(1001, "server_berhenti"), (4408, "terlalu_lambat"), (1013, "database_tidak_tersedia")]
    {
        server.school.push(Push::Close(code, reason));
        connected(&mut subscription).await;
    }
    server.school.put(rows::arrival(2, 2));
    assert_eq!(alert(&mut subscription).await, 2, "the first is not told again");
    assert_eq!(server.school.books().refreshes, 0, "none of this was about the token");
}

#[tokio::test]
async fn a_token_that_ended_is_renewed() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    server.school.books().access.clear();
    server.school.push(Push::Close(4401, "token_kedaluwarsa"));
    connected(&mut subscription).await;
    let books = server.school.books();
    assert_eq!((books.refreshes, books.reuses), (1, 0));
}

#[tokio::test]
async fn a_session_that_ended_waits_for_the_next_login() {
    let server = Server::start().await;
    server.school.put(rows::arrival(1, 1));
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    assert_eq!(alert(&mut subscription).await, 1);
    {
        let mut books = server.school.books();
        books.access.clear();
        books.refresh = None;
    }
    server.school.push(Push::Close(4401, "sesi_dicabut"));
    let reason = within("the end of the session", async {
        loop {
            if let Update::LoggedOut { reason } = subscription.next().await {
                return reason;
            }
        }
    })
    .await;
    assert_eq!(reason, Reason::Ended);

    server.school.put(rows::arrival(2, 2));
    client.login(EMAIL, PASSWORD).await.unwrap();
    assert_eq!(alert(&mut subscription).await, 2, "only what is new");
}

#[tokio::test]
async fn a_changed_password_is_no_end_of_the_session() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    // Meanwhile the token has ended, too.
    server.school.books().access.clear();
    let login = client.change_password(PASSWORD, "kursi biru 8").await;
    assert!(login.is_ok(), "{:?}", login.err());
    server.school.put(rows::arrival(1, 1));
    let updates = within("the alert", async {
        let mut updates = Vec::new();
        while !matches!(updates.last(), Some(Update::Alert(_))) {
            updates.push(subscription.next().await);
        }
        updates
    })
    .await;
    assert!(!updates.iter().any(|update| matches!(update, Update::LoggedOut { .. })), "{updates:?}");
}

#[tokio::test]
async fn signing_out_ends_the_connection_too() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    client.logout().await.unwrap();
    let out = async { while !matches!(subscription.next().await, Update::LoggedOut { .. }) {} };
    within("logged out", out).await;
    within("nobody listens", async {
        while server.school.listeners() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_slow_reader_gets_every_alert_and_the_latest_of_the_rest() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let mut subscription = subscribe(&client);
    connected(&mut subscription).await;
    let answered =
        |id, versi| Notifikasi { tanggapan: Some(format!("ke-{versi}")), ..rows::arrival(id, versi) };
    for id in 1..=200 {
        server.school.put(rows::arrival(id, 1));
        for versi in 2..=5 {
            server.school.put(answered(id, versi));
        }
        // The stand-in's queue is bounded, as the real one's is.
        tokio::task::yield_now().await;
    }
    within("everything to be merged", async {
        while subscription.unread().len() < 200 || subscription.unread().iter().any(|one| one.versi < 5) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut alerts = Vec::new();
    let mut last = std::collections::BTreeMap::new();
    while last.len() < 200 || alerts.len() < 200 {
        match within("what waits", subscription.next()).await {
            Update::Alert(one) => alerts.push(one.id.0),
            Update::Changed(one) => {
                assert!(last.insert(one.id, one.versi).is_none(), "changes are told as one")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(alerts, (1..=200).collect::<Vec<_>>());
    assert!(last.values().all(|versi| *versi == 5));
}

#[tokio::test]
async fn a_new_process_alerts_what_is_still_unread_once() {
    let server = Server::start().await;
    server.school.put(rows::arrival(1, 1));
    server.school.put(Notifikasi { is_read: true, ..rows::arrival(2, 2) });
    for _ in 0..2 {
        let client = signed_in(server.paired()).await;
        let mut subscription = subscribe(&client);
        connected(&mut subscription).await;
        assert_eq!(alert(&mut subscription).await, 1);
        assert_eq!(subscription.unread().iter().map(|one| one.id).collect::<Vec<_>>(), [IdJanjiTemu(1)]);
        subscription.close().await;
    }
}
