//! Messages out of the queue, and what became of them.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    jadwal::Span,
    json::Daftar,
    laporan::Period,
    pesan::{self, AlasanPesan, KeadaanPesan, PesanKeluar, Saluran},
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    milik,
    row::{bytes_opt, count, int, int_opt, page, small, text_opt, waktu, waktu_opt, word, word_opt, words},
};
use crate::{
    PageRequest, PesanStore, Result, StoreError,
    pesan::{
        FirstPassword, JUST_TOLD, LeasedPesan, PesanFilter, PesanOutcome, Settled, backup_word, tentang,
    },
    seen::Seen,
};

#[async_trait]
impl PesanStore for MssqlStore {
    async fn lease(
        &self,
        penyewa: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<LeasedPesan>> {
        // The outer condition is asked again once a row that another worker was taking is free.
        let statement = Statement::new(format!(
            "UPDATE sistem.pesan_keluar SET disewa_oleh = @penyewa, disewa_sampai = @sampai
            WHERE keadaan = N'menunggu' AND (disewa_sampai IS NULL OR disewa_sampai <= @sekarang)
                AND id IN (
                    SELECT id FROM sistem.pesan_keluar
                    WHERE keadaan = N'menunggu' AND kirim_pada <= @sekarang
                        AND (disewa_sampai IS NULL OR disewa_sampai <= @sekarang)
                    ORDER BY kirim_pada, id OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY
                );
            SELECT p.id, p.jenis, p.id_janji_temu, p.id_pengguna, p.untuk, p.periode, p.rahasia, p.saluran, p.alasan,
                p.percobaan, p.dibuat_pada,
                (
                    SELECT COUNT(*) FROM sistem.pesan_keluar AS lain
                    WHERE lain.id_janji_temu = p.id_janji_temu AND lain.id <> p.id
                        AND lain.jenis IN ({}) AND lain.keadaan IN ({})
                ) AS sudah_dikabari
            FROM sistem.pesan_keluar AS p WHERE p.disewa_oleh = @penyewa ORDER BY p.id;",
            words(pesan::inviting()),
            words(pesan::left()),
        ))
        .bind("penyewa", penyewa)
        .bind("sekarang", now)
        .bind("sampai", sampai)
        .bind("limit", i64::from(limit));
        self.engine.write(statement).await?.rows().iter().map(leased).collect()
    }

    async fn settle(
        &self,
        id: i64,
        penyewa: &str,
        outcome: PesanOutcome,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>> {
        let settled = Settled::from(&outcome);
        let statement = Statement::new(format!(
            "DECLARE @diubah int;
            UPDATE sistem.pesan_keluar SET
                keadaan = @keadaan,
                saluran = COALESCE(@saluran, saluran),
                alasan = CASE WHEN @keeps_alasan = 1 THEN alasan ELSE @alasan END,
                id_penyedia = COALESCE(@id_penyedia, id_penyedia),
                percobaan = COALESCE(@percobaan, percobaan),
                kirim_pada = COALESCE(@kirim_pada, kirim_pada),
                rahasia = CASE WHEN @keadaan IN (N'menunggu', N'diserahkan', N'gagal') THEN rahasia END,
                disewa_oleh = NULL, disewa_sampai = NULL, diubah_pada = @sekarang
            WHERE id = @id AND disewa_oleh = @penyewa;
            SET @diubah = @@ROWCOUNT;
            {} WHERE p.id = @id AND @diubah > 0;",
            select()
        ))
        .bind("keadaan", settled.keadaan.as_str())
        .bind("saluran", settled.saluran.map(Saluran::as_str))
        .bind("alasan", settled.alasan.map(AlasanPesan::as_str))
        .bind("keeps_alasan", settled.keeps_alasan)
        .bind("id_penyedia", settled.id_penyedia)
        .bind("percobaan", settled.percobaan.map(i64::from))
        .bind("kirim_pada", settled.kirim_pada)
        .bind("sekarang", now)
        .bind("id", id)
        .bind("penyewa", penyewa);
        self.engine.write(statement).await?.first().map(from_row).transpose()
    }

    async fn first_password(&self, id: i64, penyewa: &str, baru: FirstPassword) -> Result<bool> {
        let statement = Statement::new(
            "DECLARE @diubah int;
            UPDATE dbo.tamu SET password_hash = @hash, password_sampai = @sampai
            WHERE id = @id_tamu AND telp IS NOT NULL AND (password_hash IS NULL OR password_sampai <= @sekarang)
                AND EXISTS (SELECT 1 FROM sistem.pesan_keluar WHERE id = @id AND disewa_oleh = @penyewa);
            SET @diubah = @@ROWCOUNT;
            IF @diubah > 0 UPDATE sistem.pesan_keluar SET rahasia = @rahasia WHERE id = @id;
            SELECT @diubah AS diubah;",
        )
        .bind("hash", baru.hash)
        .bind("sampai", baru.sampai)
        .bind("sekarang", baru.waktu)
        .bind("id_tamu", baru.id_tamu.0)
        .bind("id", id)
        .bind("penyewa", penyewa)
        .bind("rahasia", baru.rahasia);
        Ok(int(self.engine.write(statement).await?.one()?, "diubah")? > 0)
    }

    async fn find(&self, id: i64) -> Result<Option<PesanKeluar>> {
        let statement = Statement::new(format!("{} WHERE p.id = @id", select())).bind("id", id);
        self.engine.read(statement).await?.first().map(from_row).transpose()
    }

    async fn find_dikunjungi(&self, id: i64) -> Result<Vec<IdPengguna>> {
        let statement = Statement::new(
            "SELECT j.id_guru AS id FROM sistem.pesan_keluar AS p
            INNER JOIN dbo.janji_temu AS j ON j.id = p.id_janji_temu WHERE p.id = @id
            UNION ALL
            SELECT m.id_pengguna AS id FROM sistem.pesan_keluar AS p
            INNER JOIN dbo.janji_temu AS j ON j.id = p.id_janji_temu
            INNER JOIN sistem.anggota AS m ON m.id_unit = j.id_guru WHERE p.id = @id;",
        );
        let answer = self.engine.read(statement.bind("id", id)).await?;
        answer.rows().iter().map(|row| int(row, "id").map(IdPengguna)).collect()
    }

    async fn list(&self, saring: PesanFilter, halaman: PageRequest) -> Result<Daftar<PesanKeluar>> {
        let mut conditions = vec!["1 = 1".to_owned()];
        if !saring.keadaan.is_empty() {
            let states = words(saring.keadaan.iter().map(|keadaan| keadaan.as_str()));
            conditions.push(format!("p.keadaan IN ({states})"));
        }
        let is_own = milik::is_own("j.id_guru");
        let given = [
            (saring.alasan.is_some(), "p.alasan = @alasan"),
            (saring.id_janji_temu.is_some(), "p.id_janji_temu = @id_janji_temu"),
            (saring.id_tamu.is_some(), "j.id_tamu = @id_tamu"),
            (saring.id_guru.is_some(), is_own.as_str()),
            (saring.jadwal.is_some(), "j.jadwal >= @sejak AND j.jadwal < @akhir"),
        ];
        conditions.extend(given.into_iter().filter(|(given, _)| *given).map(|(_, sql)| sql.to_owned()));
        let condition = conditions.join(" AND ");
        let statement = Statement::new(format!(
            "SELECT COUNT_BIG(*) AS total FROM sistem.pesan_keluar AS p
            LEFT JOIN dbo.janji_temu AS j ON j.id = p.id_janji_temu WHERE {condition};
            {} WHERE {condition} ORDER BY p.id DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            select()
        ))
        .bind("alasan", saring.alasan.map(AlasanPesan::as_str))
        .bind("id_janji_temu", saring.id_janji_temu.map(|id| id.0))
        .bind("id_tamu", saring.id_tamu.map(|id| id.0))
        .bind("id_guru", saring.id_guru.map(|id| id.0))
        .bind("sejak", saring.jadwal.map(|jadwal| jadwal.start))
        .bind("akhir", saring.jadwal.map(|jadwal| jadwal.end));
        let answer = self.engine.read(page(statement, halaman)).await?;
        let data = answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn resend(&self, id: i64, now: DateTime<Utc>) -> Result<PesanKeluar> {
        let statement = Statement::new(format!(
            "DECLARE @n int;
            UPDATE sistem.pesan_keluar SET
                keadaan = N'menunggu', saluran = NULL, alasan = NULL, id_penyedia = NULL, percobaan = 0,
                kirim_pada = @sekarang, diubah_pada = @sekarang
            WHERE id = @id AND keadaan <> N'menunggu';
            SET @n = @@ROWCOUNT;
            {} WHERE p.id = @id;",
            select()
        ));
        let statement = statement.audited_if("@n > 0");
        let answer = self.engine.write(statement.bind("id", id).bind("sekarang", now)).await?;
        answer.first().map_or(Err(StoreError::NotFound), from_row)
    }

    async fn report(
        &self,
        saluran: Saluran,
        id_penyedia: &str,
        keadaan: KeadaanPesan,
        alasan: Option<AlasanPesan>,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>> {
        let (becomes, before) = pesan::reported(keadaan);
        let statement = Statement::new(format!(
            "DECLARE @diubah int;
            UPDATE sistem.pesan_keluar SET
                keadaan = @keadaan, alasan = @alasan,
                rahasia = CASE WHEN @keadaan IN (N'menunggu', N'terkirim') THEN rahasia END, diubah_pada = @sekarang,
                kirim_pada = CASE WHEN @menunggu = 1 THEN @sekarang ELSE kirim_pada END
            WHERE id_penyedia = @id_penyedia AND saluran = @saluran AND keadaan IN ({});
            SET @diubah = @@ROWCOUNT;
            {} WHERE p.id_penyedia = @id_penyedia AND p.saluran = @saluran AND @diubah > 0;",
            words(before),
            select()
        ))
        .bind("keadaan", becomes.as_str())
        .bind("alasan", alasan.map(AlasanPesan::as_str))
        .bind("menunggu", becomes == KeadaanPesan::Menunggu)
        .bind("id_penyedia", id_penyedia)
        .bind("saluran", saluran.as_str())
        .bind("sekarang", now);
        self.engine.write(statement).await?.first().map(from_row).transpose()
    }

    async fn queue_pengingat(&self, jadwal: Span, now: DateTime<Utc>) -> Result<u64> {
        let statement = Statement::new(
            "DECLARE @izin int;
            EXEC @izin = sp_getapplock @Resource = N'bukutamu pengingat', @LockMode = N'Exclusive',
                @LockOwner = N'Transaction', @LockTimeout = 5000;
            IF @izin < 0 THROW 50001, N'no lock', 1;
            INSERT INTO sistem.pesan_keluar (jenis, id_janji_temu, kirim_pada, dibuat_pada, diubah_pada)
            SELECT @jenis, j.id, @sekarang, @sekarang, @sekarang FROM dbo.janji_temu AS j
            WHERE j.status = N'belum' AND j.jadwal >= @sejak AND j.jadwal < @akhir
                AND NOT EXISTS (
                    SELECT 1 FROM sistem.pesan_keluar AS p
                    WHERE p.id_janji_temu = j.id AND (p.jenis = @jenis OR p.dibuat_pada >= @sejak_kemarin)
                );
            DECLARE @n int = @@ROWCOUNT;
            SELECT CAST(@n AS bigint) AS jumlah;",
        )
        .audited_if("@n > 0")
        .bind("jenis", pesan::reminder())
        .bind("sekarang", now)
        .bind("sejak", jadwal.start)
        .bind("akhir", jadwal.end)
        .bind("sejak_kemarin", now - JUST_TOLD)
        .patience(Patience::Nightly);
        count(self.engine.write(statement).await?.one()?, "jumlah")
    }

    async fn queue_laporan(&self, kepada: IdPengguna, periode: Period, now: DateTime<Utc>) -> Result<bool> {
        self.queue_once(pesan::report(), kepada, periode.word(), now).await
    }

    async fn queue_cadangan(
        &self,
        kepada: IdPengguna,
        tanggal: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        self.queue_once(pesan::backup(), kepada, backup_word(tanggal), now).await
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>> {
        let statement = Statement::new(
            "SELECT MIN(
                CASE WHEN disewa_sampai > kirim_pada THEN disewa_sampai ELSE kirim_pada END
            ) AS berikut
            FROM sistem.pesan_keluar WHERE keadaan = N'menunggu'",
        );
        waktu_opt(self.engine.read(statement).await?.one()?, "berikut")
    }

    async fn purge_pesan(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        let statement = Statement::new(
            "DELETE FROM sistem.pesan_keluar WHERE keadaan <> N'menunggu' AND diubah_pada < @sebelum;
            SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
        );
        let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
        count(self.engine.write(statement).await?.one()?, "jumlah")
    }
}

impl MssqlStore {
    /// Queues what a user is told once for each `periode`.
    async fn queue_once(
        &self,
        jenis: &'static str,
        kepada: IdPengguna,
        periode: String,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let statement = Statement::new(
            "INSERT INTO sistem.pesan_keluar (jenis, id_pengguna, periode, kirim_pada, dibuat_pada, diubah_pada)
            SELECT @jenis, @kepada, @periode, @sekarang, @sekarang, @sekarang
            WHERE NOT EXISTS (
                SELECT 1 FROM sistem.pesan_keluar WHERE id_pengguna = @kepada AND periode = @periode
            );
            SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
        )
        .bind("jenis", jenis)
        .bind("kepada", kepada.0)
        .bind("periode", periode)
        .bind("sekarang", now);
        match self.engine.write(statement).await {
            Ok(answer) => Ok(count(answer.one()?, "jumlah")? > 0),
            // Another node was faster, and the index keeps the two apart.
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn leased(row: &Row) -> Result<LeasedPesan> {
    let jenis = word(row, "jenis")?;
    Ok(LeasedPesan {
        id: int(row, "id")?,
        jenis,
        tentang: tentang(
            jenis,
            int_opt(row, "id_janji_temu")?,
            int_opt(row, "id_pengguna")?,
            text_opt(row, "periode")?.as_deref(),
        ),
        untuk: int_opt(row, "untuk")?.map(IdPengguna),
        rahasia: bytes_opt(row, "rahasia")?,
        saluran: word_opt(row, "saluran")?,
        alasan: word_opt(row, "alasan")?,
        percobaan: small(row, "percobaan")?,
        sudah_dikabari: int(row, "sudah_dikabari")? > 0,
        dibuat_pada: waktu(row, "dibuat_pada")?,
    })
}

/// A message with its recipient's name, as [`from_row`] reads it.
fn select() -> String {
    format!(
        "SELECT p.id, p.jenis, p.id_janji_temu, p.saluran, p.keadaan, p.alasan, p.percobaan, p.kirim_pada,
            p.dibuat_pada, p.diubah_pada,
            CASE
                WHEN p.id_pengguna IS NOT NULL THEN u.nama
                WHEN p.jenis IN ({}) THEN COALESCE(j.atas_nama, t.nama)
                ELSE COALESCE(m.nama, g.nama)
            END AS penerima
        FROM sistem.pesan_keluar AS p
        LEFT JOIN dbo.janji_temu AS j ON j.id = p.id_janji_temu
        LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu
        LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
        LEFT JOIN dbo.pengguna AS m ON m.id = p.untuk
        LEFT JOIN dbo.pengguna AS u ON u.id = p.id_pengguna",
        words(pesan::to_tamu())
    )
}

fn from_row(row: &Row) -> Result<PesanKeluar> {
    let mut seen = Seen::of("sistem_pesan_keluar", int(row, "id")?);
    let keadaan = word(row, "keadaan")?;
    let waits = keadaan == KeadaanPesan::Menunggu;
    Ok(PesanKeluar {
        id: int(row, "id")?,
        jenis: word(row, "jenis")?,
        id_janji_temu: int_opt(row, "id_janji_temu")?.map(IdJanjiTemu),
        penerima: seen.optional("penerima", text_opt(row, "penerima")).unwrap_or_default(),
        saluran: word_opt(row, "saluran")?,
        keadaan,
        alasan: word_opt(row, "alasan")?,
        percobaan: small(row, "percobaan")?,
        percobaan_berikut: if waits { waktu_opt(row, "kirim_pada")? } else { None },
        dibuat_pada: waktu(row, "dibuat_pada")?,
        diubah_pada: waktu(row, "diubah_pada")?,
    })
}
