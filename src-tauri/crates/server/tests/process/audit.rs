//! What the log tells of security, by identities only, at every level.

use serde_json::json;

use crate::{
    api::Api,
    program::Place,
    school::{self, ADMIN, DESK, GURU, nama, telp},
};

#[tokio::test]
async fn what_matters_for_security_is_told_by_identities() {
    for level in ["info", "error", "server=off,audit=off"] {
        let place = Place::new();
        school::fill(&place.data(), 2).await;
        let server = place.serve_with(&["--plain-http"], level);
        let nobody = Api::nobody(&server);
        let wrong = json!({ "email": GURU.1, "password": "salah sekali" });
        nobody.post("/api/auth/login", wrong).await.expect("an answer");
        let stranger = json!({ "email": "tidak.ada@sekolah.example", "password": "salah sekali" });
        nobody.post("/api/auth/login", stranger).await.expect("an answer");
        let (guru, desk) = (Api::login(&server, GURU.1).await, Api::login(&server, DESK.1).await);
        let admin = Api::login(&server, ADMIN.1).await;
        guru.get("/api/users").await.expect("an answer");
        guru.get(&format!("/api/tamu/search?q=0{}", telp(9))).await.expect("an answer");
        desk.get("/api/tamu/1").await.expect("an answer");
        desk.put("/api/appointments/1", json!({ "jumlah_orang": 2 })).await.expect("an answer");
        desk.post("/api/tamu/1/reset-password", json!({})).await.expect("an answer");
        let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
        let (_, made) = admin.post("/api/users", new).await.expect("an answer");
        let id = &made["pengguna"]["id"];
        admin.post(&format!("/api/users/{id}/reset-password"), json!({})).await.expect("an answer");
        admin.put(&format!("/api/users/{id}"), json!({ "aktif": false })).await.expect("an answer");
        admin.put(&format!("/api/users/{id}"), json!({ "aktif": true })).await.expect("an answer");
        admin.put(&format!("/api/users/{id}"), json!({ "jabatan": "IPA" })).await.expect("an answer");
        admin.delete(&format!("/api/users/{id}")).await.expect("an answer");
        guru.logout().await.expect("an answer");
        server.terminate();
        let (_, log) = server.wait();

        let lines: Vec<_> = log.lines().filter(|line| line.contains(" audit: ")).collect();
        for expected in [
            "gagal_masuk\" id_pengguna=1",
            "gagal_masuk\"",
            "masuk\" id_pengguna=1",
            "masuk\" id_pengguna=2",
            "akses_ditolak\" id_pengguna=1 route=\"/api/users\"",
            "cari_nomor\" id_pengguna=1 ditemukan=0",
            "baca_tamu\" id_pengguna=2 id_tamu=1",
            "ubah_kunjungan\" id_pengguna=2 id_janji_temu=1",
            "reset_password_tamu\" id_pengguna=2 id_tamu=1",
            "buat_pengguna\" id_pengguna=3 id_objek=4",
            "reset_password\" id_pengguna=3 id_objek=4",
            "nonaktifkan_pengguna\" id_pengguna=3 id_objek=4",
            "aktifkan_pengguna\" id_pengguna=3 id_objek=4",
            "ubah_pengguna\" id_pengguna=3 id_objek=4",
            "hapus_pengguna\" id_pengguna=3 id_objek=4",
            "keluar\" id_pengguna=1",
        ] {
            let is_told = lines.iter().any(|line| line.contains(expected));
            assert!(is_told, "{level}: nothing of {expected} in {lines:#?}");
        }
        for secret in [GURU.0, GURU.1, "Dewi", "dewi@", "tidak.ada", "salah", &nama(0), &telp(9), &telp(0)] {
            assert!(lines.iter().all(|line| !line.contains(secret)), "{level}: {secret} in {lines:#?}");
        }
    }
}
