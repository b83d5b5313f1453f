//! Appointments and visits. Making one, moving one on and giving one another time stand in files of their own.

mod apply;
mod create;
mod list;
mod reschedule;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, jadwal::Span, json::Daftar};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{bit, int, small, small_opt, telp, text, text_opt, waktu, waktu_opt, word, word_opt},
};
use crate::{
    Halaman, JanjiTemuStore, Kunci, Result,
    janji_temu::{JadwalBaru, JanjiTemuBaru, Pembuatan, Penjadwalan, Perubahan, SaringJanjiTemu, Tercatat},
};

#[async_trait]
impl JanjiTemuStore for MssqlStore {
    async fn create(&self, baru: JanjiTemuBaru) -> Result<Pembuatan> {
        let baru = &baru;
        self.engine.transact(|| create::create(&self.engine, &self.kunci, baru)).await
    }

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
        let statement = Statement::new(format!("{SELECT} WHERE j.id = @id")).bind("id", id.0);
        let answer = self.engine.read(statement).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
    }

    async fn list(&self, saring: SaringJanjiTemu, halaman: Halaman) -> Result<Daftar<JanjiTemu>> {
        list::list(&self.engine, &self.kunci, &saring, halaman).await
    }

    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>> {
        list::list_sibuk(&self.engine, id_guru, dalam, kecuali).await
    }

    async fn reschedule(&self, baru: JadwalBaru) -> Result<Option<Penjadwalan>> {
        reschedule::reschedule(&self.engine, &self.kunci, &baru).await
    }

    async fn find_tercatat(&self, kunci: &str) -> Result<Option<Tercatat>> {
        apply::find_tercatat(&self.engine, &self.kunci, kunci).await
    }

    async fn apply(&self, perubahan: Perubahan) -> Result<Option<JanjiTemu>> {
        apply::apply(&self.engine, &self.kunci, &perubahan).await
    }

    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        apply::expire_belum(&self.engine, sebelum).await
    }

    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        apply::purge_tercatat(&self.engine, sebelum).await
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
    FROM dbo.janji_temu AS j
    INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
    INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu";

pub(super) fn from_row(row: &Row, kunci: &Kunci) -> Result<JanjiTemu> {
    Ok(JanjiTemu {
        id: IdJanjiTemu(int(row, "id")?),
        versi: small(row, "versi")?,
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: text(row, "nama_guru")?,
        sapaan_guru: word_opt(row, "sapaan_guru")?,
        jabatan_guru: text_opt(row, "jabatan_guru")?,
        id_tamu: IdTamu(int(row, "id_tamu")?),
        nama_tamu: text(row, "nama_tamu")?,
        atas_nama: text_opt(row, "atas_nama")?,
        jumlah_orang: small(row, "jumlah_orang")?,
        telp: telp(row, kunci)?,
        instansi: text_opt(row, "instansi")?,
        keperluan: text(row, "keperluan")?,
        jadwal: waktu(row, "jadwal")?,
        durasi_menit: small(row, "durasi_menit")?,
        jenis: word(row, "jenis")?,
        status: word(row, "status")?,
        alasan: text_opt(row, "alasan")?,
        kode_qr: text(row, "kode_qr")?,
        waktu_datang: waktu_opt(row, "waktu_datang")?,
        terlambat: bit(row, "terlambat")?,
        waktu_mulai: waktu_opt(row, "waktu_mulai")?,
        waktu_selesai: waktu_opt(row, "waktu_selesai")?,
        tanggapan: text_opt(row, "tanggapan")?,
        tanggapan_jenis: word_opt(row, "tanggapan_jenis")?,
        tanggapan_menit: small_opt(row, "tanggapan_menit")?,
        tanggapan_tempat: text_opt(row, "tanggapan_tempat")?,
        ditanggapi_pada: waktu_opt(row, "ditanggapi_pada")?,
        diberi_tahu_pada: waktu_opt(row, "diberi_tahu_pada")?,
        dibaca_pada: waktu_opt(row, "dibaca_pada")?,
        notifikasi_dihapus_pada: waktu_opt(row, "notifikasi_dihapus_pada")?,
        rating: small_opt(row, "rating")?,
        komentar: text_opt(row, "komentar")?,
        ulasan_pada: waktu_opt(row, "ulasan_pada")?,
        dibuat_pada: waktu(row, "dibuat_pada")?,
    })
}
