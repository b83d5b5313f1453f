//! A guest's whole visit over HTTPS and WSS, between a desk, a teacher's PC and the program itself, with the
//! certificate that it made.

use client::{
    Client, IdempotencyKey, ServerAddress, Subscription, TokenStore, Update, notifikasi::Jawaban, subscribe,
};
use domain::{Status, pindai::Hasil};
use serde_json::json;

use crate::{
    program::{Place, Running},
    school::{self, DESK, GURU, PASSWORD},
};

/// Far above what any of it needs.
const LONG: std::time::Duration = std::time::Duration::from_secs(60);

/// Somebody's PC, paired with the certificate and signed in.
async fn pc(server: &Running, email: &str) -> Client {
    let fingerprint = server.certificate.as_deref().expect("TLS is on");
    let address: ServerAddress = format!("{}#{fingerprint}", server.url).parse().expect("an address");
    let client = Client::connect(address, TokenStore::memory()).await.expect("the certificate is pinned");
    client.login(email, PASSWORD).await.expect("the login");
    client
}

/// The next update that is asked for. Others are passed over.
async fn next<T>(updates: &mut Subscription, wanted: impl Fn(Update) -> Option<T>) -> T {
    let look = async {
        loop {
            if let Some(found) = wanted(updates.next().await) {
                return found;
            }
        }
    };
    tokio::time::timeout(LONG, look).await.expect("it is told")
}

#[tokio::test]
async fn a_guest_arrives_is_announced_answered_and_leaves_and_all_of_it_stays() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await.remove(0);
    let server = place.serve_with(&[], "info");
    assert!(server.url.starts_with("https://"), "{}", server.url);
    let (desk, guru) = (pc(&server, DESK.1).await, pc(&server, GURU.1).await);
    let (mut at_desk, mut at_guru) = (subscribe(&desk), subscribe(&guru));
    for updates in [&mut at_desk, &mut at_guru] {
        next(updates, |update| matches!(update, Update::Connected { .. }).then_some(())).await;
    }

    let kunci = IdempotencyKey::random();
    let scan = desk.scan(&made.kode_qr, &kunci).await.expect("the arrival");
    assert_eq!(scan.hasil, Hasil::Datang);
    let alert = next(&mut at_guru, |update| match update {
        Update::Alert(notifikasi) => Some(notifikasi),
        _ => None,
    });
    assert_eq!(alert.await.nama_tamu, school::nama(0));
    assert_eq!(desk.scan(&made.kode_qr, &kunci).await.expect("the same again").hasil, Hasil::Datang);

    guru.respond(made.id, &Jawaban::teks("Saya ke lobi")).await.expect("the answer");
    let told = next(&mut at_desk, |update| match update {
        Update::Appointment(row) => row.tanggapan.clone(),
        _ => None,
    });
    assert_eq!(told.await, "Saya ke lobi");
    for status in [Status::SedangBerlangsung, Status::Selesai] {
        let (path, body) = (format!("/api/appointments/{}/status", made.id), json!({ "status": status }));
        let answer =
            desk.forward("PUT", &path, Some(body.to_string().into_bytes())).await.expect("an answer");
        assert_eq!(answer.status, 200, "the next step");
    }

    server.kill();
    let again = place.serve_with(&[], "info");
    let kept = pc(&again, DESK.1).await.get_janji_temu(made.id).await.expect("the appointment");
    assert_eq!((kept.status, kept.tanggapan.as_deref()), (Status::Selesai, Some("Saya ke lobi")));
}
