//! The audit of five years, with the chain of its seals.

use anyhow::Result;
use domain::audit::{
    Aksi, Objek, Pelaku,
    chain::{AuditRow, End, Link, Seal},
};
use store::{Store, copy::Value};

use super::{
    ADMINS, pick, staff_name,
    visits::{Visit, Visits},
};
use crate::rows::{Named, insert, ms, text};

/// An entry for each visit, in the order of time.
pub(super) async fn fill(store: &dyn Store, key: &[u8; 32], visits: &Visits) -> Result<()> {
    let mut at = Link::START;
    let sealed = visits.iter().map(|visit| {
        let row = entry(&visit);
        let seal = row.seal(key, at);
        at = Link { nomor: seal.nomor, segel: seal.segel };
        Ok(columns(&row, seal))
    });
    insert(store, "audit", sealed).await?;
    let end = vec![
        ("nama", text(End::Newest.as_str())),
        ("nomor", Value::Int(at.nomor)),
        ("segel", bytes(at.segel)),
        ("bukti", bytes(End::Newest.proof(key, at))),
    ];
    insert(store, "audit_ujung", [Ok(end)].into_iter()).await
}

/// Mostly the desk's, some the guru's, and some the admin's.
fn entry(visit: &Visit) -> AuditRow {
    let (pelaku, role, aksi, objek) = match pick(visit.id, 50, 10) {
        0..3 => (visit.receptionist(), Pelaku::PenerimaTamu, Aksi::Datang, Objek::JanjiTemu),
        3..6 => (visit.receptionist(), Pelaku::PenerimaTamu, Aksi::Pulang, Objek::JanjiTemu),
        6..8 => (visit.guru, Pelaku::Guru, Aksi::Buat, Objek::JanjiTemu),
        8 => (visit.guru, Pelaku::Guru, Aksi::Tanggapi, Objek::JanjiTemu),
        _ => (1 + pick(visit.id, 52, ADMINS), Pelaku::Admin, Aksi::Lihat, Objek::Tamu),
    };
    let is_change = objek == Objek::JanjiTemu;
    AuditRow {
        id: visit.id,
        waktu: visit.entered,
        id_pelaku: Some(pelaku),
        nama_pelaku: Some(staff_name(pelaku)),
        role: Some(role.as_str().to_owned()),
        alamat: Some(format!("192.168.1.{}", 10 + pick(visit.id, 51, 200))),
        aksi: aksi.as_str().to_owned(),
        objek: objek.as_str().to_owned(),
        id_objek: Some(if is_change { visit.id } else { visit.guest }),
        id_tamu: Some(visit.guest),
        sebelum: is_change.then(|| r#"{"status":"belum"}"#.to_owned()),
        sesudah: is_change.then(|| format!(r#"{{"status":"menunggu","keperluan":"{}"}}"#, visit.purpose())),
        seal: None,
    }
}

fn columns(row: &AuditRow, seal: Seal) -> Named {
    let maybe = |value: &Option<String>| value.as_deref().map_or(Value::Null, text);
    let number = |value: Option<i64>| value.map_or(Value::Null, Value::Int);
    vec![
        ("id", Value::Int(row.id)),
        ("waktu", ms(row.waktu)),
        ("id_pelaku", number(row.id_pelaku)),
        ("nama_pelaku", maybe(&row.nama_pelaku)),
        ("role", maybe(&row.role)),
        ("alamat", maybe(&row.alamat)),
        ("aksi", text(&row.aksi)),
        ("objek", text(&row.objek)),
        ("id_objek", number(row.id_objek)),
        ("id_tamu", number(row.id_tamu)),
        ("sebelum", maybe(&row.sebelum)),
        ("sesudah", maybe(&row.sesudah)),
        ("nomor", Value::Int(seal.nomor)),
        ("pribadi", bytes(seal.pribadi)),
        ("segel", bytes(seal.segel)),
    ]
}

fn bytes(bytes: [u8; 32]) -> Value {
    Value::Bytes(bytes.to_vec())
}
