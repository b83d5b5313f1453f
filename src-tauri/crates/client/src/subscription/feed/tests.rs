//! A reader that is slower than the events.

use std::sync::LazyLock;

use chrono::{TimeZone, Utc};
use domain::{IdTamu, Jenis, Status, Telp, json::JanjiTemu, json::Presence, notifikasi::Notifikasi};
use futures_util::FutureExt;

use super::*;

fn notifikasi(id: i64, versi: i64) -> Notifikasi {
    Notifikasi::of(&row(id, versi)).unwrap()
}

/// Reading one is slow if dependencies are not optimised.
static TELP: LazyLock<Telp> = LazyLock::new(|| Telp::parse("0812 3456 7890").unwrap());

fn row(id: i64, versi: i64) -> domain::JanjiTemu {
    let waktu = Utc.timestamp_opt(id, 0).unwrap();
    domain::JanjiTemu {
        id: IdJanjiTemu(id),
        versi,
        id_guru: IdPengguna(1),
        nama_guru: String::new(),
        sapaan_guru: None,
        jabatan_guru: None,
        unit: false,
        anggota: Vec::new(),
        id_tamu: IdTamu(1),
        nama_tamu: String::new(),
        tamu_terhapus: false,
        atas_nama: None,
        jumlah_orang: 1,
        telp: Some(TELP.clone()),
        instansi: None,
        email: None,
        keperluan: String::new(),
        jadwal: waktu,
        durasi_menit: 30,
        jenis: Jenis::Janji,
        status: Status::Menunggu,
        alasan: None,
        kode_qr: String::new(),
        waktu_datang: Some(waktu),
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
        dibuat_pada: waktu,
        rusak: domain::Damage::Tidak,
    }
}

fn janji_temu(id: i64, versi: i64) -> Update {
    Update::Appointment(JanjiTemu::new(row(id, versi), chrono_tz::UTC))
}

fn drain(feed: &Feed) -> Vec<Update> {
    std::iter::from_fn(|| feed.next().now_or_never()).collect()
}

#[test]
fn changes_of_one_thing_are_told_as_the_last_one() {
    let feed = Feed::default();
    for versi in 0..10_000 {
        feed.push(Update::Changed(notifikasi(1, versi)));
        feed.push(janji_temu(2, versi));
        feed.push(Update::Presence(Presence { id_pengguna: IdPengguna(3), online: versi % 2 == 0 }));
    }
    let presence = Update::Presence(Presence { id_pengguna: IdPengguna(3), online: false });
    assert_eq!(drain(&feed), [Update::Changed(notifikasi(1, 9_999)), janji_temu(2, 9_999), presence]);
}

#[test]
fn alerts_are_neither_merged_nor_dropped() {
    let feed = Feed::default();
    for id in 0..5_000 {
        feed.push(Update::Alert(notifikasi(id, 1)));
        feed.push(Update::Changed(notifikasi(id, 2)));
        feed.push(Update::Removed(IdJanjiTemu(id)));
    }
    let updates = drain(&feed);
    assert_eq!(updates.len(), 10_000, "each its alert, and what became of it");
    for (id, pair) in (0..).zip(updates.chunks(2)) {
        assert_eq!(pair, [Update::Alert(notifikasi(id, 1)), Update::Removed(IdJanjiTemu(id))]);
    }
}

#[test]
fn too_many_appointments_become_one_word() {
    let feed = Feed::default();
    feed.push(Update::Alert(notifikasi(1, 1)));
    for id in 0..10_000 {
        feed.push(janji_temu(id, 1));
    }
    assert_eq!(drain(&feed), [Update::Alert(notifikasi(1, 1)), Update::Reload]);
    feed.push(janji_temu(1, 2));
    assert_eq!(drain(&feed), [janji_temu(1, 2)], "and then it goes on as before");
}

#[tokio::test]
async fn a_reader_that_waits_is_woken_and_one_that_left_loses_nothing() {
    let feed = std::sync::Arc::new(Feed::default());
    let reader = tokio::spawn({
        let feed = feed.clone();
        async move { feed.next().await }
    });
    tokio::task::yield_now().await;
    feed.push(Update::Removed(IdJanjiTemu(1)));
    assert_eq!(reader.await.unwrap(), Update::Removed(IdJanjiTemu(1)));

    let mut left = Box::pin(feed.next());
    assert!(left.as_mut().now_or_never().is_none());
    feed.push(Update::Removed(IdJanjiTemu(2)));
    drop(left);
    assert_eq!(feed.next().await, Update::Removed(IdJanjiTemu(2)));
}
