//! What a new connection is tried with before anybody needs it: the statements of a desk and of a scan, which a server
//! reads and plans the first time only. They ask for nothing and nobody, and change nothing.

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdTamu, Status, VisitChange, VisitStep,
    audit::{Aksi, Objek, Pelaku},
    jadwal::Span,
    pindai::Hasil,
};

use super::{apply, list, look_up};
use crate::{
    PageRequest, SchoolSecrets,
    audit::NewAudit,
    janji_temu::JanjiTemuFilter,
    mssql::{engine::Statement, sesi},
};

/// No row has it.
const NOBODY: IdJanjiTemu = IdJanjiTemu(0);

pub(in crate::mssql) fn trials(kunci: &SchoolSecrets) -> Vec<Statement> {
    let waktu = DateTime::<Utc>::UNIX_EPOCH;
    let jadwal = Some(Span { start: waktu, end: waktu });
    let today = JanjiTemuFilter { jadwal, ..JanjiTemuFilter::default() };
    let arrival = VisitChange {
        id: NOBODY,
        dari: Status::Belum,
        jadwal: Some(waktu),
        langkah: Some(VisitStep::Datang { terlambat: false, di_meja: true }),
        kunci: Some((String::new(), Hasil::Datang)),
        waktu,
    };
    vec![
        sesi::look_up("", waktu),
        look_up(NOBODY),
        list::statement(kunci, &today, PageRequest { nomor: 1, ukuran: 1 }),
        apply::statement(&arrival).with_entry(Some(entry(waktu))).whole(),
    ]
}

/// The entry that goes with an arrival. Nobody arrives, so it is not written.
fn entry(waktu: DateTime<Utc>) -> NewAudit {
    let text = Some(String::new());
    NewAudit {
        waktu,
        id_pelaku: Some(0),
        nama_pelaku: text.clone(),
        role: Some(Pelaku::PenerimaTamu),
        alamat: text.clone(),
        aksi: Aksi::Datang,
        objek: Objek::JanjiTemu,
        id_objek: Some(NOBODY.0),
        id_tamu: Some(IdTamu(0)),
        sebelum: text.clone(),
        sesudah: text,
    }
}
