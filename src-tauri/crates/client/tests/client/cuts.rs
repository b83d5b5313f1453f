//! The line is cut after every few bytes of a connection's life: TCP, TLS, upgrade, authenticate, `ready`, live events.
//! Every arrival is told exactly once.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use client::{Update, subscribe};
use domain::{IdJanjiTemu, notifikasi::Notifikasi};

use crate::support::{
    proxy::{Cut, Direction, End, Proxy},
    rows,
    server::{School, Server},
    signed_in, within,
};

/// Bytes between two cuts: fewer than the smallest TLS record with a message has.
const STEP: usize = 23;

/// Keeps `ready` from being empty, and from being longer than all the cuts.
const UNREAD_MAX: usize = 4;

#[derive(Default)]
struct Teacher {
    told: BTreeMap<i64, u32>,
    /// Connections that reached `ready`.
    connected: usize,
}

impl Teacher {
    /// Notes an update, and reads on the phone what came before.
    fn note(&mut self, school: &School, update: Update) {
        match update {
            Update::Connected { .. } => self.connected += 1,
            Update::Alert(notifikasi) => {
                *self.told.entry(notifikasi.id.0).or_default() += 1;
                let before = school.books().notifications.get(&IdJanjiTemu(notifikasi.id.0 - 2)).cloned();
                if let Some(before) = before {
                    school.put(Notifikasi { is_read: true, versi: before.versi + 1_000_000, ..before });
                }
            }
            _ => {}
        }
    }
}

/// Lets guests arrive as fast as they are told. A few wait while there is no connection, and more come once there is.
async fn arrivals(school: Arc<School>) {
    for id in 1.. {
        while unread(&school).len() > UNREAD_MAX {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        school.put(rows::arrival(id, id));
    }
}

/// One cut after another, in turns from the connection's beginning and from its end, so that short connections do not
/// leave more and more unread.
fn plan(direction: Direction, bytes: usize) -> impl Iterator<Item = Cut> {
    let places: Vec<_> = (0..bytes).step_by(STEP).collect();
    let there_and_back = places.clone().into_iter().zip(places.into_iter().rev());
    let ends = [(End::Fin, End::Reset), (End::Reset, End::Fin)].into_iter().cycle();
    there_and_back.zip(ends).flat_map(move |((early, late), ends)| {
        let cut = |after_bytes: usize, end| Cut { direction, after_bytes: after_bytes as u64, end };
        [cut(early, ends.0), cut(late, ends.1)]
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_arrival_is_told_exactly_once_wherever_the_line_is_cut() {
    let server = Server::start().await;
    // The client sends pongs once it listens, so that cuts of its direction find something to cut.
    *server.school.ping.lock().unwrap() = Some(Duration::from_millis(2));
    let proxy = Proxy::start(server.address).await;
    let client = signed_in(server.paired_through(proxy.address())).await;

    // Measures a connection up to `ready` and the first event.
    let before = proxy.bytes();
    let mut subscription = subscribe(&client);
    let mut teacher = Teacher::default();
    server.school.put(rows::arrival(0, 0));
    while teacher.told.is_empty() {
        teacher.note(&server.school, within("the first", subscription.next()).await);
    }
    let after = proxy.bytes();

    // Some more live events follow.
    proxy.plan(plan(Direction::Down, after.1 - before.1 + 5_000));
    proxy.plan(plan(Direction::Up, after.0 - before.0 + 200));
    let planned = proxy.planned();
    assert!(planned > 200, "{planned} cuts");
    proxy.cut_all();

    let guests = tokio::spawn(arrivals(server.school.clone()));
    while proxy.planned() > 0 {
        teacher.note(&server.school, within("more", subscription.next()).await);
    }
    guests.abort();
    let _ = guests.await;
    // The last connection is whole. Arrivals from before it stand in its `ready` or come after it.
    let put: Vec<i64> = server.school.books().notifications.keys().map(|id| id.0).collect();
    while put.iter().any(|id| !teacher.told.contains_key(id)) {
        teacher.note(&server.school, within("the rest", subscription.next()).await);
    }
    let twice: Vec<_> = teacher.told.iter().filter(|(_, count)| **count != 1).collect();
    assert!(twice.is_empty(), "told more than once: {twice:?}");
    within("the same state on both sides", async {
        while unread(&server.school) != subscription.unread().iter().map(|one| one.id.0).collect::<Vec<_>>() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let (accepted, connected) = (proxy.accepted(), teacher.connected);
    assert!(accepted >= planned, "{accepted} connections for {planned} cuts");
    assert!(connected > planned / 4, "only {connected} of {planned} cuts fell after `ready`");
}

fn unread(school: &School) -> Vec<i64> {
    let books = school.books();
    books.notifications.values().filter(|one| one.is_pending()).map(|one| one.id.0).collect()
}
