//! Which servers a paired client talks to.

use client::{
    Client, Error, Fingerprint, ServerAddress, TokenStore, Unreachable, fetch_fingerprint, subscribe,
};

use crate::support::{
    options,
    server::{EMAIL, PASSWORD, Server},
    tls::Identity,
    within,
};

async fn client(address: ServerAddress) -> Client {
    Client::new(address, TokenStore::memory(), options()).await.unwrap()
}

fn at(server: &Server, fingerprint: Fingerprint) -> ServerAddress {
    format!("https://{}#{fingerprint}", server.address).parse().unwrap()
}

#[tokio::test]
async fn another_certificate_is_refused_before_anything_is_sent() {
    let server = Server::start().await;
    let paired = client(at(&server, Identity::new().fingerprint())).await;
    assert!(matches!(paired.check().await, Err(Error::PinMismatch)));
    let login = paired.login(EMAIL, PASSWORD).await;
    assert!(matches!(login, Err(Error::PinMismatch)), "{:?}", login.err());
    assert_eq!(server.school.books().requests, 0);
}

#[tokio::test]
async fn the_subscription_is_pinned_as_well() {
    let real = Server::start().await;
    let store = TokenStore::memory();
    let first = Client::new(real.paired(), store.clone(), options()).await.unwrap();
    first.login(EMAIL, PASSWORD).await.unwrap();
    // The session is the same, and another server stands in the place.
    let other = Server::start().await;
    let fooled = Client::new(at(&other, real.fingerprint), store, options()).await.unwrap();
    let mut subscription = subscribe(&fooled);
    for _ in 0..3 {
        let update = within("an attempt", subscription.next()).await;
        assert!(matches!(update, client::Update::Disconnected { .. }), "{update:?}");
    }
    assert_eq!(other.school.books().requests, 0);
}

#[tokio::test]
async fn name_and_dates_do_not_matter_under_a_pin() {
    let server = Server::start_as(Identity::expired()).await;
    client(server.paired()).await.check().await.unwrap();
}

#[tokio::test]
async fn the_certificate_without_its_key_is_refused() {
    let identity = Identity::new();
    let server = Server::start_as(identity.impostor()).await;
    let result = client(at(&server, identity.fingerprint())).await.check().await;
    assert!(matches!(result, Err(Error::Tls(_))), "{result:?}");
    assert_eq!(server.school.books().requests, 0);
}

#[tokio::test]
async fn without_a_pin_the_systems_authorities_decide() {
    let server = Server::start().await;
    let address: ServerAddress = format!("https://{}", server.address).parse().unwrap();
    let result = client(address).await.check().await;
    assert!(matches!(result, Err(Error::Tls(_))), "{result:?}");
    assert_eq!(server.school.books().requests, 0);
}

#[tokio::test]
async fn pairing_shows_the_fingerprint_without_asking_for_anything() {
    let server = Server::start().await;
    let address: ServerAddress = format!("https://{}", server.address).parse().unwrap();
    let shown = fetch_fingerprint(&address).await.unwrap();
    assert_eq!(shown, server.fingerprint);
    assert_eq!(server.school.books().requests, 0);
    client(address.with_fingerprint(shown).unwrap()).await.check().await.unwrap();
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address: ServerAddress = format!("https://{free}").parse().unwrap();
    let fingerprint = fetch_fingerprint(&address).await;
    assert!(matches!(fingerprint, Err(Error::Unreachable(Unreachable::Connect))), "{fingerprint:?}");
    let check = client(address).await.check().await;
    assert!(matches!(check, Err(Error::Unreachable(Unreachable::Connect))), "{check:?}");
}

#[tokio::test]
async fn a_renewed_certificate_needs_no_pairing() {
    let first = Identity::new();
    let server = Server::start_as(first.renewed()).await;
    let paired = client(at(&server, first.fingerprint())).await;
    paired.login(EMAIL, PASSWORD).await.unwrap();
    let mut subscription = subscribe(&paired);
    let update = within("the subscription", subscription.next()).await;
    assert!(matches!(update, client::Update::Connected { .. }), "{update:?}");
    // What people compare stays, too.
    let shown = fetch_fingerprint(&at(&server, first.fingerprint())).await.unwrap();
    assert_eq!(shown, first.fingerprint());
    client(at(&server, first.renewed().renewed().fingerprint())).await.check().await.unwrap_err();
}

#[tokio::test]
async fn who_only_shows_the_paired_certificate_or_only_has_its_key_is_refused() {
    let first = Identity::new();
    for identity in [first.beside(), first.renewed_and_forgotten()] {
        let server = Server::start_as(identity).await;
        let result = client(at(&server, first.fingerprint())).await.check().await;
        assert!(matches!(result, Err(Error::PinMismatch)), "{result:?}");
        assert_eq!(server.school.books().requests, 0);
        assert_ne!(fetch_fingerprint(&at(&server, first.fingerprint())).await.unwrap(), first.fingerprint());
    }
}
