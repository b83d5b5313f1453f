//! How most tests begin: a guest, an invitation, a walk-in.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::{Answer, Caller, Person, pause, within};

/// Guest number `n`, as the desk enters one.
pub fn tamu(n: u32) -> Value {
    json!({ "nama": format!("Tamu Nomor {n}"), "telp": format!("0812 0000 {n:04}") })
}

/// An invitation of guest number `n` for today.
pub fn invitation(n: u32, waktu: &str) -> Value {
    json!({
        "tamu": tamu(n),
        "keperluan": "Konsultasi nilai",
        "tanggal": "2026-11-23",
        "waktu": waktu,
    })
}

/// Invites guest number `n` for today.
pub async fn invite(guru: &Caller, n: u32, waktu: &str) -> Value {
    guru.post("/api/appointments", invitation(n, waktu)).await.expect(201)
}

/// A walk-in of guest number `n`.
pub fn walk_in(n: u32, guru: &Person) -> Value {
    json!({ "tamu": tamu(n), "keperluan": "Surat pindah", "id_guru": guru.id() })
}

/// The appointment in the answer to a move, without the other fields.
pub fn row_of(answer: &Value) -> Value {
    let mut row = answer.clone();
    if let Some(fields) = row.as_object_mut() {
        fields.retain(|name, _| !["guru_terhubung", "message", "pesan"].contains(&&**name));
    }
    row
}

/// The guru calls a guest who has come.
pub async fn call(guru: &Caller, janji_temu: &Value) {
    let path = format!("/api/notifications/{}/respond", janji_temu["id"]);
    guru.post(&path, json!({ "tanggapan_jenis": "ke_lobi" })).await.expect(200);
}

/// Moves an appointment by hand.
pub async fn put_status(caller: &Caller, janji_temu: &Value, status: &str) -> Answer {
    caller.put(&format!("/api/appointments/{}/status", janji_temu["id"]), json!({ "status": status })).await
}

/// Waits until a guru's answer stands at the reception.
pub async fn answered(desk: &Caller, tanggapan: &str) {
    let look = async {
        loop {
            let today = desk.get("/api/appointments/today").await.expect(200);
            if today["data"]
                .as_array()
                .is_some_and(|rows| rows.iter().any(|row| row["tanggapan"] == tanggapan))
            {
                return;
            }
            pause().await;
        }
    };
    within("the answer at the reception", look).await;
}

/// An idempotency key that no other test uses.
pub fn kunci() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("meja-1:{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
