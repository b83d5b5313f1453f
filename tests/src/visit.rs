//! What most tests begin with: a guest, an invitation, a walk-in.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::{Caller, Person};

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

/// An idempotency key that no other test uses.
pub fn kunci() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("meja-1:{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
