//! What is kept about a guest, written for people: in the school's language, one thing a line.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::{Language, Setelan};

use super::{DataTamu, KunjunganTamu};

const BAHASA: Language = Language::Id;

/// The text.
pub(super) fn write(data: &DataTamu, setelan: &Setelan) -> String {
    let mut text = String::new();
    let time = |waktu: DateTime<Utc>| BAHASA.waktu(waktu, setelan.zona_waktu);
    let consent = match (data.setuju_pada, &data.setuju_versi) {
        (Some(pada), Some(versi)) => format!("{}, naskah {versi}", time(pada)),
        _ => "belum ada".to_owned(),
    };
    let telp = data.telp.as_ref().map(|telp| telp.as_str());
    line(&mut text, &format!("Data Anda di buku tamu {}", setelan.nama_sekolah));
    line(&mut text, "");
    entry(&mut text, "Nama", Some(&data.nama));
    entry(&mut text, "Nomor telepon", telp);
    entry(&mut text, "Email", data.email.as_deref());
    entry(&mut text, "Instansi", data.instansi.as_deref());
    entry(&mut text, "Tercatat sejak", Some(&time(data.dibuat_pada)));
    entry(&mut text, "Persetujuan", Some(&consent));
    if let Some(pada) = data.hapus_diminta_pada {
        entry(&mut text, "Penghapusan diminta", Some(&time(pada)));
    }
    line(&mut text, "");
    line(&mut text, &format!("Kunjungan ({})", data.kunjungan.len()));
    for visit in &data.kunjungan {
        write_visit(&mut text, visit, time);
    }
    line(&mut text, "");
    line(&mut text, &format!("Pesan kepada Anda ({})", data.pesan.len()));
    for pesan in &data.pesan {
        let saluran = pesan.saluran.map_or("-", |saluran| saluran.as_str());
        let (jenis, keadaan) = (pesan.jenis.as_str(), pesan.keadaan.as_str());
        line(&mut text, &format!("- {}: {jenis}, {saluran}, {keadaan}", time(pesan.dibuat_pada)));
    }
    if let Some(kontak) = &data.kontak_sekolah {
        line(&mut text, "");
        entry(&mut text, "Pertanyaan tentang data Anda", Some(kontak));
    }
    text
}

fn write_visit(text: &mut String, visit: &KunjunganTamu, time: impl Fn(DateTime<Utc>) -> String) {
    let tanggal = BAHASA.tanggal(visit.tanggal);
    let (waktu, guru) = (visit.waktu.replace(':', "."), &visit.nama_guru);
    line(text, &format!("- {tanggal} pukul {waktu}, {guru}: {} ({})", visit.keperluan, visit.status));
    let mut detail = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            line(text, &format!("  {name}: {value}"));
        }
    };
    detail("Atas nama", visit.atas_nama.clone());
    detail("Jumlah orang", (visit.jumlah_orang > 1).then(|| visit.jumlah_orang.to_string()));
    detail("Datang", visit.waktu_datang.map(&time));
    detail("Selesai", visit.waktu_selesai.map(&time));
    detail("Bintang", visit.rating.map(|rating| rating.to_string()));
    detail("Komentar", visit.komentar.as_ref().map(|komentar| komentar.replace('\n', "\n    ")));
}

fn entry(text: &mut String, name: &str, value: Option<&str>) {
    line(text, &format!("{name}: {}", value.unwrap_or("-")));
}

fn line(text: &mut String, line: &str) {
    // CR LF, so that every editor shows the lines.
    let _ = write!(text, "{line}\r\n");
}
