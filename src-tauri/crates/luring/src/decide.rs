//! What a scan means, as far as a desk knows, and what it says then.

use chrono::{DateTime, Utc};
use domain::{
    Damage, IdJanjiTemu, JanjiTemu, Penolakan, Status, VisitChange,
    json::{self, JanjiTemuBekal, Scan, TamuBekal},
    pindai::{Hasil, PermanentCode, resolve_permanen},
    token::{self, Subject},
    ulasan,
};

use crate::{book::Book, guests};

/// What a scan means.
#[derive(Debug, PartialEq)]
pub(crate) enum Scanned {
    /// It is to be written down: what it did, and the visit as it stands then.
    Recorded(Hasil, Box<JanjiTemuBekal>),
    /// The receptionist picks; nothing is written down.
    Choice(Vec<JanjiTemu>),
    /// A known guest without an appointment; nothing is written down.
    NoVisit(TamuBekal),
    /// The desk does not know the code. It is to be written down, and the server says what it meant.
    Unknown,
    Refused(Penolakan),
}

pub(crate) fn scan(book: &Book, kode: &str, picked: Option<IdJanjiTemu>, now: DateTime<Utc>) -> Scanned {
    let mut claims = token::claims(kode).peekable();
    if claims.peek().is_none() {
        return Scanned::Refused(Penolakan::FormatTidakValid);
    }
    let Some((subject, claim)) = claims.find_map(|(token, claim)| Some((book.subject(&token)?, claim)))
    else {
        return Scanned::Unknown;
    };
    if subject != claim.subject {
        return Scanned::Unknown;
    }
    if claim.is_expired(now) {
        return Scanned::Refused(Penolakan::Kedaluwarsa);
    }
    let row = match resolve(book, subject, picked, now) {
        Ok(row) => row,
        Err(scanned) => return scanned,
    };
    // Nothing is decided from a row that cannot be read.
    if row.rusak == Damage::Pokok {
        return Scanned::Unknown;
    }
    let di_meja = ulasan::is_at_desk(&book.pack.pengguna, &row);
    match VisitChange::of_scan(&row, di_meja, None, now, &book.setelan) {
        Ok((decision, change)) => {
            Scanned::Recorded(decision.hasil(), Box::new(book.moved(change.applied_to(&row))))
        }
        Err(penolakan) => Scanned::Refused(penolakan),
    }
}

fn resolve(
    book: &Book,
    subject: Subject,
    picked: Option<IdJanjiTemu>,
    now: DateTime<Utc>,
) -> Result<JanjiTemu, Scanned> {
    let id = match subject {
        Subject::JanjiTemu(id) => return book.find(id).map(JanjiTemuBekal::row).ok_or(Scanned::Unknown),
        Subject::Tamu(id) => id,
    };
    let Some(tamu) = book.find_tamu(id).filter(|_| book.knows_today(now)) else {
        return Err(Scanned::Unknown);
    };
    let mut today = book.of_tamu(id, now);
    if let Some(picked) = picked {
        today.retain(|row| row.id == picked);
        return today.pop().ok_or(Scanned::Refused(Penolakan::TidakDitemukan));
    }
    match resolve_permanen(&today) {
        PermanentCode::Satu(row) => Ok(row.clone()),
        PermanentCode::Pilih(rows) => Err(Scanned::Choice(rows.into_iter().cloned().collect())),
        PermanentCode::TanpaJanji => Err(Scanned::NoVisit(tamu.clone())),
    }
}

/// What a desk says to a scan that it has written down.
pub(crate) fn told(hasil: Hasil, row: &JanjiTemuBekal) -> Scan {
    let (tamu, guru) = (row.data.nama_tampil(), row.data.guru_disapa());
    let message = match (hasil, row.data.status) {
        (Hasil::Datang, _) => format!("Selamat datang, {tamu}. {guru} belum diberi tahu; hubungi langsung."),
        (Hasil::SudahDatang, _) => format!("{tamu} sudah tercatat datang. Silakan menunggu."),
        (Hasil::Pulang, _) => format!("Terima kasih atas kunjungan Anda, {tamu}."),
        (_, Status::Selesai) => format!("Kunjungan {tamu} sudah selesai."),
        _ => format!("{tamu} masih tercatat di sekolah."),
    };
    let is_arrival = matches!(hasil, Hasil::Datang | Hasil::SudahDatang);
    // Without a server nobody is alerted, so somebody has to call the guru.
    let guru_terhubung = is_arrival.then_some(row.data.tanggapan.is_some());
    Scan { appointment: Some(row.data.clone()), guru_terhubung, ..empty(hasil, message) }
}

/// What it says if the receptionist picks.
pub(crate) fn choice(book: &Book, rows: Vec<JanjiTemu>) -> Scan {
    let zone = book.setelan.zona_waktu;
    let message = "Tamu punya beberapa janji temu hari ini. Pilih salah satu.".to_owned();
    let pilihan = rows.into_iter().map(|row| json::JanjiTemu::new(row, zone)).collect();
    Scan { pilihan, ..empty(Hasil::Pilih, message) }
}

/// What it says of a guest without an appointment.
pub(crate) fn no_visit(book: &Book, tamu: TamuBekal) -> Scan {
    let message = format!("{} tidak punya janji temu hari ini.", tamu.nama);
    let tamu = guests::shown(book, &tamu);
    Scan { tamu: Some(tamu), ..empty(Hasil::TanpaJanji, message) }
}

fn empty(hasil: Hasil, message: String) -> Scan {
    Scan {
        hasil,
        message,
        appointment: None,
        guru_terhubung: None,
        ulasan_url: None,
        pilihan: Vec::new(),
        tamu: None,
    }
}
