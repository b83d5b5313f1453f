//! Made-up people and visits.

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, Jenis, Role, Status, Telp, json::JanjiTemu, notifikasi::Notifikasi,
    pengguna::Pengguna,
};

pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_800_000_000 + seconds, 0).unwrap()
}

pub(crate) fn guru(id: i64) -> Pengguna {
    Pengguna {
        id: IdPengguna(id),
        nama: format!("Guru {id}"),
        sapaan: None,
        jabatan: None,
        email: super::server::EMAIL.to_owned(),
        telp: None,
        role: Role::Guru,
        wajib_ganti_password: false,
        aktif: true,
        unit: false,
        dibuat_pada: at(0),
        rusak: false,
    }
}

pub(crate) fn arrival(id: i64, versi: i64) -> Notifikasi {
    Notifikasi {
        id: IdJanjiTemu(id),
        id_pengguna: IdPengguna(1),
        unit: None,
        id_janji_temu: IdJanjiTemu(id),
        pesan: format!("Tamu {id} telah datang untuk Rapor"),
        nama_tamu: format!("Tamu {id}"),
        jumlah_orang: 1,
        instansi: None,
        keperluan: "Rapor".to_owned(),
        waktu: at(id),
        terlambat: false,
        is_read: false,
        dihapus: false,
        tanggapan: None,
        tanggapan_jenis: None,
        tanggapan_menit: None,
        tanggapan_tempat: None,
        ditanggapi_pada: None,
        ditanggapi_oleh: None,
        diberi_tahu_pada: None,
        status: Status::Menunggu,
        versi,
        rusak: false,
    }
}

pub(crate) fn janji_temu(id: i64, versi: i64) -> JanjiTemu {
    JanjiTemu::new(
        domain::JanjiTemu {
            id: IdJanjiTemu(id),
            versi,
            id_guru: IdPengguna(1),
            nama_guru: "Guru 1".to_owned(),
            sapaan_guru: None,
            jabatan_guru: None,
            unit: false,
            anggota: Vec::new(),
            id_tamu: IdTamu(id),
            nama_tamu: format!("Tamu {id}"),
            tamu_terhapus: false,
            atas_nama: None,
            jumlah_orang: 1,
            telp: Some(Telp::parse("0812 3456 7890").unwrap()),
            instansi: None,
            email: None,
            keperluan: "Rapor".to_owned(),
            jadwal: at(id),
            durasi_menit: 30,
            jenis: Jenis::Janji,
            status: Status::Menunggu,
            alasan: None,
            kode_qr: "KODE".to_owned(),
            waktu_datang: Some(at(id)),
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
            datang_di_meja: false,
            batal_oleh_tamu: false,
            survei_diisi: false,
            pulang_di_meja: false,
            rating: None,
            komentar: None,
            komentar_tersembunyi: false,
            ulasan_pada: None,
            dibuat_pada: at(0),
            rusak: domain::Damage::Tidak,
        },
        chrono_tz::Asia::Jakarta,
    )
}
