//! A server is started on an empty school, and asked.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use domain::{Role, pengguna::Kepegawaian};
use store::{
    pengguna::PenggunaBaru,
    sesi::{NewSesi, SessionHolder},
};

use super::*;
use crate::{AppState, data_dir};

fn now() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

async fn start(folder: &std::path::Path) -> Server {
    let data = data_dir::open(folder, None).await.unwrap();
    let config = Config { plain_http: true, ..Config::default() };
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    Server::start(data, Options { listen, config, clock: Clock::new(now), announce: false }).await.unwrap()
}

/// An access token of somebody who is signed in.
async fn signed_in(state: &AppState) -> String {
    let baru = PenggunaBaru {
        nama: "Hendra Gunawan".to_owned(),
        sapaan: None,
        jabatan: None,
        email: "admin@sekolah.example".to_owned(),
        telp: None,
        role: Role::Admin,
        kepegawaian: Kepegawaian::default(),
        password_hash: "hash".to_owned(),
        wajib_ganti_password: false,
        rahasia: None,
        waktu: now(),
    };
    let pemilik = SessionHolder::Pengguna(state.store.pengguna().create(baru).await.unwrap().id);
    let sesi = NewSesi {
        id: "sesi".to_owned(),
        pemilik,
        password_hash: "hash".to_owned(),
        perangkat: None,
        keterangan: None,
        token: [7; 32],
        kedaluwarsa_pada: now() + chrono::Duration::days(30),
        waktu: now(),
    };
    assert!(state.store.sesi().create(sesi).await.unwrap());
    state.tokens.issue_to(pemilik, "sesi", now()).0
}

#[tokio::test]
async fn a_token_is_checked_once_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let token = signed_in(&server.school.state).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let checked = || server.school.state.tokens.checked.swap(0, Ordering::Relaxed);
    for (path, token, status, times) in [
        ("/api/users", Some(&*token), 200, 1),
        ("/api/sekolah", Some(&*token), 200, 1),
        ("/api/users", Some("bukan token"), 401, 1),
        ("/api/users", None, 401, 0),
        ("/healthz", None, 200, 0),
    ] {
        let request = http.get(format!("{}{path}", server.url()));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        assert_eq!(request.send().await.unwrap().status(), status, "{path}");
        assert_eq!(checked(), times, "{path} with {token:?}");
    }
    server.stop().await.unwrap();
}
