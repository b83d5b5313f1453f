//! The short chain over pinned TLS: sign in, scan, be alerted. Also the server's clock.

use chrono::TimeDelta;
use client::{Error, IdempotencyKey, Update, subscribe};
use domain::{ErrorCode, pindai::Hasil};

use crate::support::{rows, server::Server, signed_in, within};

#[tokio::test]
async fn a_scan_and_an_alert() {
    let server = Server::start().await;
    server.school.put(rows::arrival(7, 1));
    let client = signed_in(server.paired()).await;
    client.check().await.unwrap();

    let scan = client.scan("KODE", &IdempotencyKey::random()).await.unwrap();
    assert_eq!(scan.hasil, Hasil::Datang);
    let refused = client.scan("apa saja", &IdempotencyKey::random()).await.unwrap_err();
    assert_eq!(refused.code(), Some(ErrorCode::FormatTidakValid));
    assert!(matches!(refused, Error::Problem(problem) if problem.status == 422));

    let mut subscription = subscribe(&client);
    let connected = within("connected", subscription.next()).await;
    assert!(matches!(connected, Update::Connected { ref pengguna, .. } if pengguna.id == rows::guru(1).id));
    assert_eq!(within("what was unread", subscription.next()).await, Update::Alert(rows::arrival(7, 1)));
    server.school.put(rows::arrival(8, 2));
    assert_eq!(within("a live one", subscription.next()).await, Update::Alert(rows::arrival(8, 2)));
    assert_eq!(subscription.unread(), [rows::arrival(7, 1), rows::arrival(8, 2)]);
    subscription.close().await;
}

#[tokio::test]
async fn how_far_the_servers_clock_is_ahead_is_known_from_its_answers() {
    let server = Server::start().await;
    let client = signed_in(server.paired()).await;
    let before = client.clock_offset().expect("the server sends its date");
    for moved in [TimeDelta::hours(1), TimeDelta::days(-400)] {
        server.school.books().moved = moved;
        client.check().await.unwrap();
        let ahead = client.clock_offset().expect("the server sends its date") - before;
        // The server's clock stands still meanwhile, and this PC's does not.
        assert!((ahead - moved).num_seconds().abs() < 30, "{ahead} instead of {moved}");
    }
}
