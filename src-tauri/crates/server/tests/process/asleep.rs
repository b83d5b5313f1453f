//! A computer that is suspended in the midst of it: the server's, as its desks and teachers see it.

use std::time::Duration;

use client::{Client, Error, IdempotencyKey, Options, TokenStore, Update, options::Timing, subscribe};
use domain::pindai::Hasil;

use crate::{
    program::{Place, Running},
    school::{self, DESK, GURU, PASSWORD},
};

/// Impatient, so that the sleep need not be long.
fn options() -> Options {
    let short = Duration::from_millis(300);
    let subscription = Timing {
        handshake_timeout: short,
        dead_after: short,
        backoff_min: Duration::from_millis(20),
        backoff_max: Duration::from_millis(100),
        ..Timing::default()
    };
    Options {
        connect_timeout: short,
        request_timeout: short,
        total_timeout: 2 * short,
        repeats: 1,
        subscription,
        ..Options::default()
    }
}

async fn pc(server: &Running, email: &str, options: Options) -> Client {
    let address = server.url.parse().expect("an address");
    let client = Client::new(address, TokenStore::memory(), options).await.expect("a client");
    // A login takes its time, and is asked for once.
    let patient = Client::new(client.address().clone(), TokenStore::memory(), Options::default());
    patient.await.expect("a client").check().await.expect("it is there");
    while let Err(error) = client.login(email, PASSWORD).await {
        assert!(matches!(error, Error::Unreachable(_)), "{error}");
    }
    client
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_server_sleeps_it_counts_as_away_and_awake_it_goes_on() {
    let place = Place::new();
    let made = school::fill(&place.data(), 2).await;
    let server = place.serve();
    let desk = pc(&server, DESK.1, options()).await;
    let guru = pc(&server, GURU.1, options()).await;
    let mut updates = subscribe(&guru);
    let connected = async { while !matches!(updates.next().await, Update::Connected { .. }) {} };
    tests::within("the subscription", connected).await;

    server.signal("STOP");
    let kunci = IdempotencyKey::random();
    let asleep = desk.scan(&made[0].kode_qr, &kunci).await;
    assert!(matches!(asleep, Err(Error::Unreachable(_))), "{asleep:?}");
    let lost = async { while !matches!(updates.next().await, Update::Disconnected { .. }) {} };
    tests::within("the teacher to be told", lost).await;

    server.signal("CONT");
    let awake = async {
        loop {
            match desk.scan(&made[0].kode_qr, &kunci).await {
                Ok(scan) => return scan,
                Err(error) => assert!(matches!(error, Error::Unreachable(_)), "{error}"),
            }
        }
    };
    let scan = tests::within("the desk to go on", awake).await;
    // What lay in its network card while it slept was done as soon as it woke, and is done once.
    assert_eq!(scan.hasil, Hasil::Datang);
    assert_eq!(scan.appointment.expect("a visit").versi, 2);
    // The second guest's alert can only come after the first one's.
    let second = async { while desk.scan(&made[1].kode_qr, &IdempotencyKey::random()).await.is_err() {} };
    tests::within("the second guest", second).await;
    let mut told = Vec::new();
    let alerts = async {
        while !told.contains(&made[1].id) {
            if let Update::Alert(alert) = updates.next().await {
                told.push(alert.id);
            }
        }
    };
    tests::within("both alerts", alerts).await;
    told.sort_unstable();
    assert_eq!(told, [made[0].id, made[1].id], "each once");
}
