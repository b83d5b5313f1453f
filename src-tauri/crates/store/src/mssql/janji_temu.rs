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
pub(super) mod warm;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    Damage, IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, Status, VisitChange, columns::Columns, jadwal::Span,
    json::Daftar, perubahan::NewJadwal, rusak,
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{
        bit, bit_opt, int, int_opt, small, small_opt, telp, text, text_opt, waktu, waktu_opt, word, word_opt,
    },
};
use crate::{
    JanjiTemuStore, PageRequest, Result, SchoolSecrets,
    janji_temu::{
        Creation, JanjiTemuFilter, MadeBefore, NewJanjiTemu, RecordedScan, Rescheduling, VisitCorrection,
    },
    milik,
    seen::Seen,
};

#[async_trait]
impl JanjiTemuStore for MssqlStore {
    async fn create(&self, baru: NewJanjiTemu) -> Result<Creation> {
        let baru = &baru;
        self.engine.transact(|| create::create(&self.engine, &self.kunci, baru)).await
    }

    async fn create_seri(&self, baru: Vec<Vec<NewJanjiTemu>>) -> Result<Vec<Vec<Option<Creation>>>> {
        let baru = &*baru;
        self.engine.transact_many(|| seri::create(&self.engine, &self.kunci, baru)).await
    }

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>> {
        let answer = self.engine.read(look_up(id)).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
    }

    async fn list(&self, saring: JanjiTemuFilter, halaman: PageRequest) -> Result<Daftar<JanjiTemu>> {
        list::list(&self.engine, &self.kunci, &saring, halaman).await
    }

    async fn list_by_kunci(&self, kunci: Vec<String>, oleh: IdPengguna) -> Result<Vec<MadeBefore>> {
        list::list_by_kunci(&self.engine, &self.kunci, kunci, oleh).await
    }

    async fn count_status(&self, saring: JanjiTemuFilter) -> Result<Vec<(Status, u64)>> {
        list::count_status(&self.engine, &self.kunci, saring).await
    }

    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>> {
        sibuk::list_sibuk(&self.engine, id_guru, dalam, kecuali).await
    }

    async fn list_belum(&self, dalam: Span) -> Result<Vec<Span>> {
        belum::list_belum(&self.engine, dalam).await
    }

    async fn reschedule(&self, baru: NewJadwal) -> Result<Option<Rescheduling>> {
        reschedule::reschedule(&self.engine, &self.kunci, &baru).await
    }

    async fn update(&self, id: IdJanjiTemu, ubah: VisitCorrection) -> Result<JanjiTemu> {
        ubah::ubah(&self.engine, &self.kunci, id, ubah).await
    }

    async fn find_tercatat(&self, kunci: &str) -> Result<Option<RecordedScan>> {
        apply::find_tercatat(&self.engine, &self.kunci, kunci).await
    }

    async fn apply(&self, perubahan: VisitChange) -> Result<Option<JanjiTemu>> {
        apply::apply(&self.engine, &self.kunci, &perubahan).await
    }

    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        apply::expire_belum(&self.engine, sebelum).await
    }

    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        apply::purge_tercatat(&self.engine, sebelum).await
    }
}

impl MssqlStore {
    /// Changes the appointment `@id` if the condition holds, and gives it as it stands after that; `None` if the
    /// condition does not hold. `bind_others` gives the condition's own values.
    pub(super) async fn change(
        &self,
        id: IdJanjiTemu,
        columns: Columns,
        condition: &str,
        bind_others: impl FnOnce(Statement) -> Statement,
    ) -> Result<Option<JanjiTemu>> {
        let statement = Statement::new(format!(
            "DECLARE @n int;
            {}
            SET @n = @@ROWCOUNT;
            {SELECT} WHERE j.id = @id AND @n > 0;",
            change::update(&columns, condition)
        ));
        let statement = statement.audited_if("@n > 0");
        let statement = bind_others(change::bind(statement, columns).bind("id", id.0));
        let answer = self.engine.write(statement).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
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
        (
            SELECT STRING_AGG(CAST(m.id_pengguna AS nvarchar(20)), N',')
            FROM sistem.anggota AS m WHERE m.id_unit = j.id_guru
        ) AS anggota,
        j.id_tamu, t.nama AS nama_tamu, t.dianonimkan_pada AS tamu_dianonimkan,
        j.atas_nama, j.jumlah_orang, t.telp, t.telp_indeks,
        COALESCE(j.instansi, t.instansi) AS instansi, j.email,
        j.keperluan, j.jadwal, j.durasi_menit, j.jenis, j.status, j.alasan, j.kode_qr,
        j.waktu_datang, j.terlambat, j.waktu_mulai, j.waktu_selesai, j.datang_di_meja, j.pulang_di_meja,
        j.tanggapan, j.tanggapan_jenis, j.tanggapan_menit, j.tanggapan_tempat, j.ditanggapi_pada,
        j.ditanggapi_oleh,
        (
            SELECT a.nama FROM dbo.pengguna AS a WHERE a.id = j.ditanggapi_oleh AND a.id <> j.id_guru
        ) AS nama_penanggap,
        j.diberi_tahu_pada, j.dibaca_pada, j.notifikasi_dihapus_pada,
        j.batal_oleh_tamu, j.survei_diisi, j.rating, j.komentar, j.disembunyikan_pada, j.ulasan_pada,
        j.dibuat_pada
    FROM ",
            $table,
            " AS j
    LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
    LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu"
        )
    };
}

/// An appointment with the names of its two people: one that can still change.
pub(super) const SELECT: &str = select!("dbo.janji_temu");

/// The same, of those in the archive too: what is looked up, listed or searched.
pub(super) const SELECT_SEMUA: &str = select!("dbo.janji_temu_semua");

/// Asks for the appointment of that identity.
fn look_up(id: IdJanjiTemu) -> Statement {
    Statement::new(format!("{SELECT_SEMUA} WHERE j.id = @id")).bind("id", id.0)
}

/// Reads an appointment, as far as it can be read; only its identities must be.
pub(super) fn from_row(row: &Row, kunci: &SchoolSecrets) -> Result<JanjiTemu> {
    let id = int(row, "id")?;
    let id_tamu = int(row, "id_tamu")?;
    let (mut seen, mut guest) = (Seen::of("janji_temu", id), Seen::of("tamu", id_tamu));
    let mut janji_temu = JanjiTemu {
        id: IdJanjiTemu(id),
        versi: seen.shown("versi", small(row, "versi"), 0),
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: seen.name_of("id_guru", "nama_guru", text_opt(row, "nama_guru")),
        sapaan_guru: seen.optional("sapaan_guru", word_opt(row, "sapaan_guru")),
        jabatan_guru: seen.optional("jabatan_guru", text_opt(row, "jabatan_guru")),
        unit: seen.optional("unit", bit_opt(row, "unit")).unwrap_or_default(),
        anggota: milik::from_list(text_opt(row, "anggota")?.as_deref()),
        id_tamu: IdTamu(id_tamu),
        nama_tamu: guest.name_of("id", "nama", text_opt(row, "nama_tamu")),
        tamu_terhapus: guest.optional("dianonimkan_pada", waktu_opt(row, "tamu_dianonimkan")).is_some(),
        atas_nama: seen.optional("atas_nama", text_opt(row, "atas_nama")),
        jumlah_orang: seen.shown("jumlah_orang", small(row, "jumlah_orang"), 1),
        telp: guest.optional("telp", telp(row, kunci)),
        instansi: guest.optional("instansi", text_opt(row, "instansi")),
        email: seen.optional("email", text_opt(row, "email")),
        keperluan: seen.text("keperluan", text(row, "keperluan")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        durasi_menit: seen.decides("durasi_menit", small(row, "durasi_menit"), 0),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        alasan: seen.optional("alasan", text_opt(row, "alasan")),
        kode_qr: seen.text("kode_qr", text(row, "kode_qr")),
        // One that is there and cannot be read is an arrival all the same.
        waktu_datang: seen.decides(
            "waktu_datang",
            waktu_opt(row, "waktu_datang"),
            Some(DateTime::UNIX_EPOCH),
        ),
        terlambat: seen.shown("terlambat", bit(row, "terlambat"), false),
        waktu_mulai: seen.decides("waktu_mulai", waktu_opt(row, "waktu_mulai"), None),
        waktu_selesai: seen.decides("waktu_selesai", waktu_opt(row, "waktu_selesai"), None),
        tanggapan: seen.optional("tanggapan", text_opt(row, "tanggapan")),
        tanggapan_jenis: seen.optional("tanggapan_jenis", word_opt(row, "tanggapan_jenis")),
        tanggapan_menit: seen.optional("tanggapan_menit", small_opt(row, "tanggapan_menit")),
        tanggapan_tempat: seen.optional("tanggapan_tempat", text_opt(row, "tanggapan_tempat")),
        ditanggapi_pada: seen.optional("ditanggapi_pada", waktu_opt(row, "ditanggapi_pada")),
        ditanggapi_oleh: seen.optional("ditanggapi_oleh", int_opt(row, "ditanggapi_oleh")).map(IdPengguna),
        nama_penanggap: seen.optional("nama_penanggap", text_opt(row, "nama_penanggap")),
        diberi_tahu_pada: seen.optional("diberi_tahu_pada", waktu_opt(row, "diberi_tahu_pada")),
        dibaca_pada: seen.optional("dibaca_pada", waktu_opt(row, "dibaca_pada")),
        notifikasi_dihapus_pada: seen
            .optional("notifikasi_dihapus_pada", waktu_opt(row, "notifikasi_dihapus_pada")),
        datang_di_meja: seen.shown("datang_di_meja", bit(row, "datang_di_meja"), false),
        pulang_di_meja: seen.shown("pulang_di_meja", bit(row, "pulang_di_meja"), false),
        batal_oleh_tamu: seen.shown("batal_oleh_tamu", bit(row, "batal_oleh_tamu"), false),
        survei_diisi: seen.shown("survei_diisi", bit(row, "survei_diisi"), false),
        rating: seen.optional("rating", small_opt(row, "rating")),
        komentar_tersembunyi: seen.shown(
            "disembunyikan_pada",
            waktu_opt(row, "disembunyikan_pada").map(|waktu| waktu.is_some()),
            true,
        ),
        komentar: seen.optional("komentar", text_opt(row, "komentar")),
        ulasan_pada: seen.optional("ulasan_pada", waktu_opt(row, "ulasan_pada")),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: Damage::Tidak,
    };
    janji_temu.rusak = seen.rusak().max(guest.rusak());
    Ok(janji_temu)
}
