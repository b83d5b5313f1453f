//! The line is cut after every few bytes of a connection's life: TCP, TLS, upgrade, authenticate, `ready`, live events.
//! Every arrival is told exactly once.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use client::{Update, subscribe};
use domain::notifikasi::Notifikasi;

use crate::support::{
    proxy::{Cut, Direction, End, Proxy},
    rows,
    server::{School, Server},
    signed_in, within,
};

/// Bytes between two cuts. Coprime to nothing that matters, and small against the smallest TLS record.
const STEP: usize = 9;

/// Guests keep arriving; every third one that has been told is read elsewhere, as on the teacher's phone.
async fn arrivals(school: Arc<School>) {
    for id in 1.. {
        school.put(rows::arrival(id, id));
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_arrival_is_told_exactly_once_wherever_the_line_is_cut() {
    let server = Server::start().await;
    // Pongs are what the client sends once it listens, so that cuts of its direction find something to cut.
    *server.school.ping.lock().unwrap() = Some(Duration::from_millis(2));
    let proxy = Proxy::start(server.address).await;
    let client = signed_in(server.paired_through(proxy.address())).await;

    // How long a connection is, up to a few live events.
    let before = proxy.bytes();
    let mut subscription = subscribe(&client);
    let mut told: BTreeMap<i64, u32> = BTreeMap::new();
    server.school.put(rows::arrival(0, 0));
    while told.is_empty() {
        note(&server.school, &mut told, within("the first", subscription.next()).await);
    }
    let after = proxy.bytes();

    let cuts = [(Direction::Down, after.1 - before.1 + 1_000), (Direction::Up, after.0 - before.0 + 200)];
    for (direction, bytes) in cuts {
        proxy.plan((0..bytes).step_by(STEP).enumerate().map(|(n, after_bytes)| Cut {
            direction,
            after_bytes: after_bytes as u64,
            end: if n % 2 == 0 { End::Fin } else { End::Reset },
        }));
    }
    let planned = proxy.planned();
    assert!(planned > 200, "{planned} cuts");
    proxy.cut_all();

    let guests = tokio::spawn(arrivals(server.school.clone()));
    while proxy.planned() > 0 {
        note(&server.school, &mut told, within("more", subscription.next()).await);
    }
    guests.abort();
    let _ = guests.await;
    // The last connection is whole. What was put down before this one is in its `ready`, or comes after it.
    let put: Vec<i64> = server.school.books().notifications.keys().map(|id| id.0).collect();
    while put.iter().any(|id| !told.contains_key(id)) {
        note(&server.school, &mut told, within("the rest", subscription.next()).await);
    }
    let twice: Vec<_> = told.iter().filter(|(_, count)| **count != 1).collect();
    assert!(twice.is_empty(), "told more than once: {twice:?}");
    within("the same state on both sides", async {
        while unread(&server.school) != subscription.unread().iter().map(|one| one.id.0).collect::<Vec<_>>() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(proxy.accepted() >= planned, "{} connections for {planned} cuts", proxy.accepted());
}

fn unread(school: &School) -> Vec<i64> {
    let books = school.books();
    books.notifications.values().filter(|one| one.is_pending()).map(|one| one.id.0).collect()
}

fn note(school: &School, told: &mut BTreeMap<i64, u32>, update: Update) {
    let Update::Alert(notifikasi) = update else { return };
    let id = notifikasi.id.0;
    *told.entry(id).or_default() += 1;
    if id % 3 == 0 {
        school.put(Notifikasi { is_read: true, versi: notifikasi.versi + 1_000_000, ..notifikasi });
    }
}
