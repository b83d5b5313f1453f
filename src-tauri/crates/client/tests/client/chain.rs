//! The chain in short: sign in, scan, be alerted, over pinned TLS.

use client::{Error, Kunci, Update, subscribe};
use domain::pindai::Hasil;

use crate::support::{rows, server::Server, signed_in, within};

#[tokio::test]
async fn a_scan_and_an_alert() {
    let server = Server::start().await;
    server.school.put(rows::arrival(7, 1));
    let client = signed_in(server.paired()).await;
    client.check().await.unwrap();

    let scan = client.scan("KODE", &Kunci::random()).await.unwrap();
    assert_eq!(scan.hasil, Hasil::Datang);
    let refused = client.scan("apa saja", &Kunci::random()).await.unwrap_err();
    assert_eq!(refused.code(), Some("format_tidak_valid"));
    assert!(matches!(refused, Error::Problem(problem) if problem.status == 422));
    let offset = client.clock_offset().expect("the server sends its date");
    assert!(offset.num_milliseconds().abs() < 2_000, "{offset}");

    let mut subscription = subscribe(&client);
    let connected = within("connected", subscription.next()).await;
    assert!(matches!(connected, Update::Connected { ref pengguna, .. } if pengguna.id == rows::guru(1).id));
    assert_eq!(within("what was unread", subscription.next()).await, Update::Alert(rows::arrival(7, 1)));
    server.school.put(rows::arrival(8, 2));
    assert_eq!(within("a live one", subscription.next()).await, Update::Alert(rows::arrival(8, 2)));
    assert_eq!(subscription.unread(), [rows::arrival(7, 1), rows::arrival(8, 2)]);
    subscription.close().await;
}
