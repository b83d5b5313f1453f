//! TLS with the server's own certificate, which clients pin.

use client::{Client, Error, ServerAddress, TokenStore, Update, fetch_fingerprint, subscribe};
use tests::{App, GURU, PASSWORD, Place, walk_in, within};

use super::jobs::run_on;

journeys![
    a_certificate_near_its_end_is_renewed_and_nobody_pairs_again,
    a_pinned_client_signs_in_and_is_alerted,
    another_certificate_is_not_taken_for_it,
    plain_http_is_not_answered_there,
];

async fn with_tls(place: Place) -> App {
    App::with(place, |config| config.plain_http = false).await
}

fn address(app: &App, fingerprint: &str) -> ServerAddress {
    format!("{}#{fingerprint}", app.server().url()).parse().expect("an address")
}

async fn a_pinned_client_signs_in_and_is_alerted(place: Place) {
    let app = with_tls(place).await;
    let fingerprint = app.server().fingerprint().expect("a certificate").to_owned();
    let client = Client::connect(address(&app, &fingerprint), TokenStore::memory()).await.expect("a client");
    client.login(GURU.email, PASSWORD).await.expect("the login");
    let mut subscription = subscribe(&client);
    let connected = within("the subscription", subscription.next()).await;
    assert!(matches!(connected, Update::Connected { .. }), "{connected:?}");
    let here = app.desk().await.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    let alert = within("the alert", subscription.next()).await;
    assert!(matches!(&alert, Update::Alert(alert) if alert.id.0 == here["id"]), "{alert:?}");
    subscription.close().await;
}

async fn a_certificate_near_its_end_is_renewed_and_nobody_pairs_again(place: Place) {
    let app = with_tls(place).await;
    let fingerprint = app.server().fingerprint().expect("a certificate").to_owned();
    let paired = address(&app, &fingerprint);
    let certificates = || {
        let text = std::fs::read_to_string(app.folder().join("sertifikat.pem")).expect("it is there");
        text.split_inclusive("-----END CERTIFICATE-----\n").map(str::to_owned).collect::<Vec<_>>()
    };
    let first = certificates();
    run_on(&app, 10).await;
    assert_eq!(certificates(), first, "it is good for years");
    // Its last year.
    app.clock.set("2055-06-01T02:00:00Z");
    run_on(&app, 10).await;
    assert_eq!(certificates(), first, "the clock might be wrong");
    run_on(&app, 25 * 60).await;
    let renewed = certificates();
    assert_eq!((renewed.len(), &renewed[1]), (2, &first[0]), "the one that was paired goes along");
    // New connections are shown the new one, without a new start.
    assert_eq!(fetch_fingerprint(&paired).await.expect("an answer").to_string(), fingerprint);
    let client = Client::connect(paired, TokenStore::memory()).await.expect("the pin still counts");
    client.login(GURU.email, PASSWORD).await.expect("the login");
}

async fn another_certificate_is_not_taken_for_it(place: Place) {
    let (app, other) = (with_tls(place).await, with_tls(place).await);
    let fingerprint = other.server().fingerprint().expect("a certificate").to_owned();
    assert_ne!(app.server().fingerprint(), Some(&*fingerprint), "each server has its own");
    let refused = match Client::connect(address(&app, &fingerprint), TokenStore::memory()).await {
        Ok(client) => client.login(GURU.email, PASSWORD).await.map(|_| ()),
        Err(error) => Err(error),
    };
    let error: Error = refused.expect_err("a password went to a stranger");
    assert!(error.code().is_none(), "it was answered: {error}");
}

async fn plain_http_is_not_answered_there(place: Place) {
    let app = with_tls(place).await;
    let answer = tests::Raw::ask(&app, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(!answer.contains("200"), "{answer}");
}
