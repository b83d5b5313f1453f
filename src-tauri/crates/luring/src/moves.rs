//! What people do by hand at a desk: moves of a visit, guests without an appointment, corrections.

use chrono::{DateTime, Utc};
use domain::{
    Damage, ErrorCode, IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, Jenis, Pengguna, Sapaan, Status, isian,
    json::{JanjiTemuBekal, Kedatangan},
    pindah::{InvalidPindah, ManualMove, MoveTarget, pindah},
    tamu::sendiri,
};
use serde_json::Value;

use crate::{
    answer::Answer,
    book::Book,
    request::{CorrectionBody, StatusBody, WalkInBody},
};

/// What becomes of it.
pub(crate) enum Moved {
    /// It is to be written down; the visit as it stands then.
    Recorded(Box<JanjiTemuBekal>),
    /// It stands so already.
    Same(Box<JanjiTemuBekal>),
    Refused(Answer),
    /// Only a server can say.
    Unknown,
}

pub(crate) fn status(book: &Book, id: IdJanjiTemu, body: &StatusBody, now: DateTime<Utc>) -> Moved {
    let Some(known) = book.find(id) else { return Moved::Unknown };
    let row = known.row();
    let Ok(alasan) = isian::tanggapan(body.alasan.as_deref()) else { return Moved::Unknown };
    if row.rusak == Damage::Pokok {
        return Moved::Unknown;
    }
    let to = MoveTarget { status: body.status, alasan, oleh: &book.pack.pengguna };
    match pindah(&row, to, now, &book.setelan) {
        Ok(ManualMove::Maju(change) | ManualMove::Kembali(change)) => {
            Moved::Recorded(Box::new(book.moved(change.applied_to(&row))))
        }
        Ok(ManualMove::Tetap) => Moved::Same(Box::new(known.clone())),
        Err(InvalidPindah::Kedatangan(penolakan)) => Moved::Refused(Answer::refused(penolakan)),
        Err(error @ InvalidPindah::Transisi) => {
            Moved::Refused(Answer::problem(409, ErrorCode::TransisiTidakSah, error.to_string()))
        }
        // The page never asks so; the server says which field is wrong.
        Err(InvalidPindah::Alasan) => Moved::Unknown,
    }
}

/// Corrects who comes. What is wrong with a field, only the server says.
pub(crate) fn correction(book: &Book, id: IdJanjiTemu, body: &CorrectionBody) -> Moved {
    let Some(known) = book.find(id) else { return Moved::Unknown };
    let mut row = known.row();
    if !row.may_be_corrected_by(&book.pack.pengguna) {
        let detail = InvalidPindah::Transisi.to_string();
        return Moved::Refused(Answer::problem(409, ErrorCode::TransisiTidakSah, detail));
    }
    match correct(&mut row, body) {
        Some(()) => Moved::Recorded(Box::new(book.moved(row))),
        None => Moved::Unknown,
    }
}

fn correct(row: &mut JanjiTemu, body: &CorrectionBody) -> Option<()> {
    if let Some(atas_nama) = &body.atas_nama {
        let atas_nama = isian::optional_nama(Some(atas_nama)).ok()?;
        row.atas_nama = sendiri(&row.nama_tamu, atas_nama.as_deref());
    }
    if body.jumlah_orang.is_some() {
        row.jumlah_orang = isian::jumlah_orang(body.jumlah_orang).ok()?;
    }
    if let Some(instansi) = &body.instansi {
        row.instansi = isian::optional_line(Some(instansi)).ok()?;
    }
    row.versi += 1;
    Some(())
}

/// Registers a guest without an appointment, as the visit that the desk names `-nomor` until the server has named it.
pub(crate) fn walk_in(book: &Book, body: &WalkInBody, nomor: u64, now: DateTime<Utc>) -> Moved {
    match new_visit(book, body, nomor, now) {
        Some(row) => Moved::Recorded(Box::new(book.moved(row))),
        None => Moved::Unknown,
    }
}

fn new_visit(book: &Book, body: &WalkInBody, nomor: u64, now: DateTime<Utc>) -> Option<JanjiTemu> {
    let guru = guru(book, body.id_guru)?;
    let own = -i64::try_from(nomor).ok()?;
    let (id_tamu, nama_tamu, instansi) = match (&body.tamu, body.id_tamu) {
        (Some(tamu), None) => {
            isian::optional_telp(tamu.telp.as_deref()).ok()?;
            isian::optional_email(tamu.email.as_deref()).ok()?;
            let instansi = isian::optional_line(tamu.instansi.as_deref()).ok()?;
            (IdTamu(own), isian::nama(&tamu.nama).ok()?, instansi)
        }
        (None, Some(id)) => {
            let known = book.find_tamu(id)?;
            (id, known.nama.clone(), known.instansi.clone())
        }
        _ => return None,
    };
    let atas_nama = isian::optional_nama(body.atas_nama.as_deref()).ok()?;
    Some(JanjiTemu {
        id: IdJanjiTemu(own),
        versi: 1,
        id_guru: body.id_guru,
        nama_guru: guru.nama,
        sapaan_guru: guru.sapaan,
        jabatan_guru: guru.jabatan,
        unit: guru.unit,
        anggota: Vec::new(),
        id_tamu,
        tamu_terhapus: false,
        atas_nama: sendiri(&nama_tamu, atas_nama.as_deref()),
        nama_tamu,
        jumlah_orang: isian::jumlah_orang(body.jumlah_orang).ok()?,
        telp: None,
        instansi,
        email: None,
        keperluan: isian::keperluan(&body.keperluan).ok()?,
        jadwal: now,
        durasi_menit: book.setelan.durasi_bawaan_menit,
        jenis: Jenis::Langsung,
        status: Status::Menunggu,
        alasan: None,
        kode_qr: String::new(),
        waktu_datang: Some(now),
        terlambat: false,
        waktu_mulai: None,
        waktu_selesai: None,
        tanggapan: None,
        tanggapan_jenis: None,
        tanggapan_menit: None,
        tanggapan_tempat: None,
        ditanggapi_pada: None,
        ditanggapi_oleh: None,
        nama_penanggap: None,
        diberi_tahu_pada: None,
        dibaca_pada: None,
        notifikasi_dihapus_pada: None,
        datang_di_meja: true,
        pulang_di_meja: false,
        rating: None,
        komentar: None,
        komentar_tersembunyi: false,
        batal_oleh_tamu: false,
        survei_diisi: false,
        ulasan_pada: None,
        dibuat_pada: now,
        rusak: Damage::Tidak,
    })
}

struct Guru {
    nama: String,
    sapaan: Option<Sapaan>,
    jabatan: Option<String>,
    unit: bool,
}

fn guru(book: &Book, id: IdPengguna) -> Option<Guru> {
    let row = book.pack.guru.iter().find(|row| row["id"].as_i64() == Some(id.0))?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(Guru {
        nama: text(&row["nama"])?,
        sapaan: row["sapaan"].as_str().and_then(|word| word.parse().ok()),
        jabatan: text(&row["jabatan"]),
        unit: row["unit"].as_bool().unwrap_or_default(),
    })
}

/// The answer to a move or a registration.
pub(crate) fn told(row: &JanjiTemuBekal) -> Kedatangan {
    let is_waiting = row.data.status == Status::Menunggu;
    let message = || {
        let (tamu, guru) = (row.data.nama_tampil(), row.data.guru_disapa());
        format!("Selamat datang, {tamu}. {guru} belum diberi tahu; hubungi langsung.")
    };
    Kedatangan {
        appointment: row.data.clone(),
        guru_terhubung: is_waiting.then_some(row.data.tanggapan.is_some()),
        message: is_waiting.then(message),
        pesan: None,
    }
}

/// Whether somebody may do the desk's work without a server.
pub(crate) fn is_desk(pengguna: &Pengguna) -> bool {
    pengguna.role.is_reception() && pengguna.aktif && !pengguna.wajib_ganti_password
}
