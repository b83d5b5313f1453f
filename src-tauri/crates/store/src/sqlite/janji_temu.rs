//! Appointments and visits. Making one, moving one on and giving one another time stand in files of their own.

mod apply;
mod create;
mod list;
mod reschedule;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, jadwal::Span, json::Daftar};
use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    SqliteStore,
    row::{telp, waktu, waktu_opt, word, word_opt},
};
use crate::{
    Halaman, JanjiTemuStore, Kunci, Result, StoreError,
    janji_temu::{JadwalBaru, JanjiTemuBaru, Pembuatan, Penjadwalan, Perubahan, SaringJanjiTemu, Tercatat},
};

#[async_trait]
impl JanjiTemuStore for SqliteStore {
    async fn create(&self, baru: JanjiTemuBaru) -> Result<Pembuatan> {
        self.write(move |conn, kunci| create::create(conn, kunci, &baru)).await
    }

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
        self.read(move |conn, kunci| find(conn, kunci, id)).await
    }

    async fn list(&self, saring: SaringJanjiTemu, halaman: Halaman) -> Result<Daftar<JanjiTemu>> {
        self.read(move |conn, kunci| list::list(conn, kunci, &saring, halaman)).await
    }

    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>> {
        self.read(move |conn, _| list::list_sibuk(conn, id_guru, dalam, kecuali)).await
    }

    async fn reschedule(&self, baru: JadwalBaru) -> Result<Option<Penjadwalan>> {
        self.write(move |conn, kunci| reschedule::reschedule(conn, kunci, &baru)).await
    }

    async fn find_tercatat(&self, kunci: &str) -> Result<Option<Tercatat>> {
        let key = kunci.to_owned();
        self.read(move |conn, kunci| apply::find_tercatat(conn, kunci, &key)).await
    }

    async fn apply(&self, perubahan: Perubahan) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| apply::apply(conn, kunci, &perubahan)).await
    }

    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| apply::expire_belum(conn, sebelum)).await
    }

    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| apply::purge_tercatat(conn, sebelum)).await
    }
}

/// An appointment with the names of its two people, as [`from_row`] reads it. A condition can follow.
pub(super) const SELECT: &str = "
    SELECT
        j.id, j.versi, j.id_guru, g.nama AS nama_guru, g.sapaan AS sapaan_guru,
        g.jabatan AS jabatan_guru,
        j.id_tamu, t.nama AS nama_tamu, j.atas_nama, j.jumlah_orang, t.telp, t.telp_indeks, t.instansi,
        j.keperluan, j.jadwal, j.durasi_menit, j.jenis, j.status, j.alasan, j.kode_qr,
        j.waktu_datang, j.terlambat, j.waktu_mulai, j.waktu_selesai,
        j.tanggapan, j.tanggapan_jenis, j.tanggapan_menit, j.tanggapan_tempat, j.ditanggapi_pada,
        j.diberi_tahu_pada, j.dibaca_pada, j.notifikasi_dihapus_pada,
        j.rating, j.komentar, j.ulasan_pada, j.dibuat_pada
    FROM janji_temu AS j
    INNER JOIN pengguna AS g ON g.id = j.id_guru
    INNER JOIN tamu AS t ON t.id = j.id_tamu";

pub(super) fn from_row(row: &Row<'_>, kunci: &Kunci) -> rusqlite::Result<JanjiTemu> {
    Ok(JanjiTemu {
        id: IdJanjiTemu(row.get("id")?),
        versi: row.get("versi")?,
        id_guru: IdPengguna(row.get("id_guru")?),
        nama_guru: row.get("nama_guru")?,
        sapaan_guru: word_opt(row, "sapaan_guru")?,
        jabatan_guru: row.get("jabatan_guru")?,
        id_tamu: IdTamu(row.get("id_tamu")?),
        nama_tamu: row.get("nama_tamu")?,
        atas_nama: row.get("atas_nama")?,
        jumlah_orang: row.get("jumlah_orang")?,
        telp: telp(row, kunci)?,
        instansi: row.get("instansi")?,
        keperluan: row.get("keperluan")?,
        jadwal: waktu(row, "jadwal")?,
        durasi_menit: row.get("durasi_menit")?,
        jenis: word(row, "jenis")?,
        status: word(row, "status")?,
        alasan: row.get("alasan")?,
        kode_qr: row.get("kode_qr")?,
        waktu_datang: waktu_opt(row, "waktu_datang")?,
        terlambat: row.get("terlambat")?,
        waktu_mulai: waktu_opt(row, "waktu_mulai")?,
        waktu_selesai: waktu_opt(row, "waktu_selesai")?,
        tanggapan: row.get("tanggapan")?,
        tanggapan_jenis: word_opt(row, "tanggapan_jenis")?,
        tanggapan_menit: row.get("tanggapan_menit")?,
        tanggapan_tempat: row.get("tanggapan_tempat")?,
        ditanggapi_pada: waktu_opt(row, "ditanggapi_pada")?,
        diberi_tahu_pada: waktu_opt(row, "diberi_tahu_pada")?,
        dibaca_pada: waktu_opt(row, "dibaca_pada")?,
        notifikasi_dihapus_pada: waktu_opt(row, "notifikasi_dihapus_pada")?,
        rating: row.get("rating")?,
        komentar: row.get("komentar")?,
        ulasan_pada: waktu_opt(row, "ulasan_pada")?,
        dibuat_pada: waktu(row, "dibuat_pada")?,
    })
}

fn find(conn: &Connection, kunci: &Kunci, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
    let sql = format!("{SELECT} WHERE j.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], |row| from_row(row, kunci)).optional()?)
}

/// One that the same transaction has just made or changed.
pub(super) fn get(conn: &Connection, kunci: &Kunci, id: IdJanjiTemu) -> Result<JanjiTemu> {
    find(conn, kunci, id)?.ok_or(StoreError::NotFound)
}
