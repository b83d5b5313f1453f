//! Appointments and visits. Making one, moving one on and giving one another time stand in files of their own.

mod apply;
mod belum;
pub(super) mod change;
mod create;
mod list;
mod reschedule;
mod seri;
mod sibuk;
mod ubah;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    Damage, IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, Status, VisitChange, jadwal::Span, json::Daftar,
    perubahan::NewJadwal, rusak,
};
use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    SqliteStore,
    row::{telp, waktu, waktu_opt, word, word_opt},
};
use crate::{
    JanjiTemuStore, PageRequest, Result, SchoolSecrets, StoreError,
    janji_temu::{
        Creation, JanjiTemuFilter, MadeBefore, NewJanjiTemu, RecordedScan, Rescheduling, VisitCorrection,
    },
    milik,
    seen::Seen,
};

#[async_trait]
impl JanjiTemuStore for SqliteStore {
    async fn create(&self, baru: NewJanjiTemu) -> Result<Creation> {
        self.write(move |conn, kunci| create::create(conn, kunci, &baru)).await
    }

    async fn create_seri(&self, baru: Vec<Vec<NewJanjiTemu>>) -> Result<Vec<Vec<Option<Creation>>>> {
        self.write(move |conn, kunci| seri::create(conn, kunci, &baru)).await
    }

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
        self.read(move |conn, kunci| find(conn, kunci, id)).await
    }

    async fn list(&self, saring: JanjiTemuFilter, halaman: PageRequest) -> Result<Daftar<JanjiTemu>> {
        self.read(move |conn, kunci| list::list(conn, kunci, &saring, halaman)).await
    }

    async fn list_by_kunci(&self, kunci: Vec<String>, oleh: IdPengguna) -> Result<Vec<MadeBefore>> {
        self.read(move |conn, secrets| list::list_by_kunci(conn, secrets, &kunci, oleh)).await
    }

    async fn count_status(&self, saring: JanjiTemuFilter) -> Result<Vec<(Status, u64)>> {
        self.read(move |conn, kunci| list::count_status(conn, kunci, saring)).await
    }

    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>> {
        self.read(move |conn, _| sibuk::list_sibuk(conn, id_guru, dalam, kecuali)).await
    }

    async fn list_belum(&self, dalam: Span) -> Result<Vec<Span>> {
        self.read(move |conn, _| belum::list_belum(conn, dalam)).await
    }

    async fn reschedule(&self, baru: NewJadwal) -> Result<Option<Rescheduling>> {
        self.write(move |conn, kunci| reschedule::reschedule(conn, kunci, &baru)).await
    }

    async fn update(&self, id: IdJanjiTemu, ubah: VisitCorrection) -> Result<JanjiTemu> {
        self.write(move |conn, kunci| ubah::ubah(conn, kunci, id, ubah)).await
    }

    async fn find_tercatat(&self, kunci: &str) -> Result<Option<RecordedScan>> {
        let key = kunci.to_owned();
        self.read(move |conn, kunci| apply::find_tercatat(conn, kunci, &key)).await
    }

    async fn apply(&self, perubahan: VisitChange) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| apply::apply(conn, kunci, perubahan)).await
    }

    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| apply::expire_belum(conn, sebelum)).await
    }

    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| apply::purge_tercatat(conn, sebelum)).await
    }
}

/// The statement that [`from_row`] reads. A condition can follow.
macro_rules! select {
    ($table:literal) => {
        concat!(
            "
    SELECT
        j.id, j.versi, j.id_guru, g.nama AS nama_guru, g.sapaan AS sapaan_guru,
        g.jabatan AS jabatan_guru, g.unit,
        (SELECT group_concat(m.id_pengguna) FROM sistem_anggota AS m WHERE m.id_unit = j.id_guru) AS anggota,
        j.id_tamu, t.nama AS nama_tamu, t.dianonimkan_pada IS NOT NULL AS tamu_terhapus,
        j.atas_nama, j.jumlah_orang, t.telp, t.telp_indeks,
        COALESCE(j.instansi, t.instansi) AS instansi, j.email,
        j.keperluan, j.jadwal, j.durasi_menit, j.jenis, j.status, j.alasan, j.kode_qr,
        j.waktu_datang, j.terlambat, j.waktu_mulai, j.waktu_selesai, j.datang_di_meja, j.pulang_di_meja,
        j.tanggapan, j.tanggapan_jenis, j.tanggapan_menit, j.tanggapan_tempat, j.ditanggapi_pada,
        j.ditanggapi_oleh,
        (SELECT a.nama FROM pengguna AS a WHERE a.id = j.ditanggapi_oleh AND a.id <> j.id_guru) AS nama_penanggap,
        j.diberi_tahu_pada, j.dibaca_pada, j.notifikasi_dihapus_pada,
        j.batal_oleh_tamu, j.survei_diisi, j.rating, j.komentar, j.disembunyikan_pada, j.ulasan_pada,
        j.dibuat_pada
    FROM ",
            $table,
            " AS j
    LEFT JOIN pengguna AS g ON g.id = j.id_guru
    LEFT JOIN tamu AS t ON t.id = j.id_tamu"
        )
    };
}

/// An appointment with the names of its two people: one that can still change.
pub(super) const SELECT: &str = select!("janji_temu");

/// The same, of those in the archive too: what is looked up, listed or searched.
pub(super) const SELECT_SEMUA: &str = select!("janji_temu_semua");

/// Reads an appointment, as far as it can be read; only its identities must be.
pub(super) fn from_row(row: &Row<'_>, kunci: &SchoolSecrets) -> rusqlite::Result<JanjiTemu> {
    let id = row.get("id")?;
    let id_tamu = row.get("id_tamu")?;
    let (mut seen, mut guest) = (Seen::of("janji_temu", id), Seen::of("tamu", id_tamu));
    let mut janji_temu = JanjiTemu {
        id: IdJanjiTemu(id),
        versi: seen.shown("versi", row.get("versi"), 0),
        id_guru: IdPengguna(row.get("id_guru")?),
        nama_guru: seen.name_of("id_guru", "nama_guru", row.get("nama_guru")),
        sapaan_guru: seen.optional("sapaan_guru", word_opt(row, "sapaan_guru")),
        jabatan_guru: seen.optional("jabatan_guru", row.get("jabatan_guru")),
        unit: seen.optional("unit", row.get("unit")).unwrap_or_default(),
        anggota: milik::from_list(row.get::<_, Option<String>>("anggota")?.as_deref()),
        id_tamu: IdTamu(id_tamu),
        nama_tamu: guest.name_of("id", "nama", row.get("nama_tamu")),
        tamu_terhapus: guest.shown("dianonimkan_pada", row.get("tamu_terhapus"), false),
        atas_nama: seen.optional("atas_nama", row.get("atas_nama")),
        jumlah_orang: seen.shown("jumlah_orang", row.get("jumlah_orang"), 1),
        telp: guest.optional("telp", telp(row, kunci)),
        instansi: guest.optional("instansi", row.get("instansi")),
        email: seen.optional("email", row.get("email")),
        keperluan: seen.text("keperluan", row.get("keperluan")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        durasi_menit: seen.decides("durasi_menit", row.get("durasi_menit"), 0),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        alasan: seen.optional("alasan", row.get("alasan")),
        kode_qr: seen.text("kode_qr", row.get("kode_qr")),
        // One that is there and cannot be read is an arrival all the same.
        waktu_datang: seen.decides(
            "waktu_datang",
            waktu_opt(row, "waktu_datang"),
            Some(DateTime::UNIX_EPOCH),
        ),
        terlambat: seen.shown("terlambat", row.get("terlambat"), false),
        waktu_mulai: seen.decides("waktu_mulai", waktu_opt(row, "waktu_mulai"), None),
        waktu_selesai: seen.decides("waktu_selesai", waktu_opt(row, "waktu_selesai"), None),
        tanggapan: seen.optional("tanggapan", row.get("tanggapan")),
        tanggapan_jenis: seen.optional("tanggapan_jenis", word_opt(row, "tanggapan_jenis")),
        tanggapan_menit: seen.optional("tanggapan_menit", row.get("tanggapan_menit")),
        tanggapan_tempat: seen.optional("tanggapan_tempat", row.get("tanggapan_tempat")),
        ditanggapi_pada: seen.optional("ditanggapi_pada", waktu_opt(row, "ditanggapi_pada")),
        ditanggapi_oleh: seen.optional("ditanggapi_oleh", row.get("ditanggapi_oleh")).map(IdPengguna),
        nama_penanggap: seen.optional("nama_penanggap", row.get("nama_penanggap")),
        diberi_tahu_pada: seen.optional("diberi_tahu_pada", waktu_opt(row, "diberi_tahu_pada")),
        dibaca_pada: seen.optional("dibaca_pada", waktu_opt(row, "dibaca_pada")),
        notifikasi_dihapus_pada: seen
            .optional("notifikasi_dihapus_pada", waktu_opt(row, "notifikasi_dihapus_pada")),
        datang_di_meja: seen.shown("datang_di_meja", row.get("datang_di_meja"), false),
        pulang_di_meja: seen.shown("pulang_di_meja", row.get("pulang_di_meja"), false),
        batal_oleh_tamu: seen.shown("batal_oleh_tamu", row.get("batal_oleh_tamu"), false),
        survei_diisi: seen.shown("survei_diisi", row.get("survei_diisi"), false),
        rating: seen.optional("rating", row.get("rating")),
        komentar_tersembunyi: seen.shown(
            "disembunyikan_pada",
            waktu_opt(row, "disembunyikan_pada").map(|waktu| waktu.is_some()),
            true,
        ),
        komentar: seen.optional("komentar", row.get("komentar")),
        ulasan_pada: seen.optional("ulasan_pada", waktu_opt(row, "ulasan_pada")),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: Damage::Tidak,
    };
    janji_temu.rusak = seen.rusak().max(guest.rusak());
    Ok(janji_temu)
}

fn find(conn: &Connection, kunci: &SchoolSecrets, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
    let sql = format!("{SELECT_SEMUA} WHERE j.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], |row| from_row(row, kunci)).optional()?)
}

/// One that the same transaction has just made or changed.
pub(super) fn get(conn: &Connection, kunci: &SchoolSecrets, id: IdJanjiTemu) -> Result<JanjiTemu> {
    find(conn, kunci, id)?.ok_or(StoreError::NotFound)
}
