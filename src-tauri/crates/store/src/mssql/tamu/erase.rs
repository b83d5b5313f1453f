//! Erases a guest, in one transaction with everything that tells who it was.

use chrono::{DateTime, Utc};
use domain::{IdTamu, audit::Aksi, kata, kunjungan, status, tamu::TERHAPUS};
use serde_json::json;

use crate::{
    Result, StoreError,
    mssql::{
        MssqlStore, audit,
        conflict::Failure,
        engine::Statement,
        janji_temu::change,
        kata_tamu,
        row::{int, text, waktu, waktu_opt, words},
    },
    tamu::Erasure,
};

impl MssqlStore {
    pub(super) async fn erase_tamu(&self, id: IdTamu, now: DateTime<Utc>) -> Result<Erasure, Failure> {
        let mut transaction = self.engine.begin().await?;
        let columns = kunjungan::erased();
        let statement = change::bind(Statement::new(forget()), columns)
            .bind("id_tamu", id.0)
            .bind("nama_terhapus", TERHAPUS)
            .bind("waktu", now);
        let answer = transaction.query(statement).await?;
        let Some(record) = answer.first() else {
            transaction.roll_back().await?;
            return Err(StoreError::NotFound.into());
        };
        // Asked for again, it changes nothing.
        let aksi = match (int(record, "dilupakan")?, int(record, "diminta")?) {
            (0, 0) => None,
            (0, _) => Some(Aksi::MintaHapus),
            _ => Some(Aksi::Hapus),
        };
        transaction.turned_out(aksi);
        let erasure = Erasure {
            diminta_pada: waktu(record, "hapus_diminta_pada")?,
            selesai: waktu_opt(record, "dianonimkan_pada")?.is_some(),
        };
        let mut visits = Vec::new();
        for row in answer.rows_of(1) {
            let kata = kata::of_janji_temu(&text(row, "keperluan")?, None, None);
            visits.push(json!({ "id": int(row, "id")?, "kata": kata }));
        }
        if !visits.is_empty() {
            let visits = serde_json::Value::from(visits).to_string();
            transaction.query(Statement::new(WORDS).bind("baris", visits)).await?;
        }
        transaction.commit().await?;
        Ok(erasure)
    }
}

/// Forgets the guest `@id_tamu` unless something forbids it or it was done before. Answers how it stands, and the
/// visits whose words are to be made anew.
fn forget() -> String {
    format!(
        "DECLARE @n int, @diminta int;
        UPDATE dbo.tamu SET hapus_diminta_pada = @waktu WHERE id = @id_tamu AND hapus_diminta_pada IS NULL;
        SET @diminta = @@ROWCOUNT;
        UPDATE dbo.tamu SET
            nama = @nama_terhapus, telp = NULL, telp_indeks = NULL, telp_akhir = NULL, email = NULL,
            instansi = NULL, kode_qr = NULL, password_hash = NULL, password_sampai = NULL, setuju_pada = NULL,
            setuju_versi = NULL, dianonimkan_pada = @waktu
        WHERE id = @id_tamu AND dianonimkan_pada IS NULL AND NOT EXISTS (
            SELECT 1 FROM dbo.janji_temu WHERE id_tamu = @id_tamu AND status IN ({})
        );
        SET @n = @@ROWCOUNT;
        IF @n > 0
        BEGIN
            {}
            {}
            UPDATE sistem.sesi SET dicabut_pada = @waktu WHERE id_tamu = @id_tamu AND dicabut_pada IS NULL;
            DELETE FROM sistem.perangkat WHERE id_tamu = @id_tamu;
            {MESSAGES}
            {}
        END;
        SELECT hapus_diminta_pada, dianonimkan_pada, @n AS dilupakan, @diminta AS diminta
        FROM dbo.tamu WHERE id = @id_tamu;
        SELECT id, keperluan FROM dbo.janji_temu WHERE id_tamu = @id_tamu AND @n > 0;",
        words(status::open()),
        kata_tamu::FORGET,
        change::update(&kunjungan::erased(), "id_tamu = @id_tamu"),
        audit::FORGET,
    )
}

/// What waits is not sent any more, and nothing leads to what the provider knows.
const MESSAGES: &str = "
    UPDATE sistem.pesan_keluar SET
        alasan = CASE keadaan WHEN N'menunggu' THEN N'tidak_perlu' ELSE alasan END,
        diubah_pada = CASE keadaan WHEN N'menunggu' THEN @waktu ELSE diubah_pada END,
        keadaan = CASE keadaan WHEN N'menunggu' THEN N'usang' ELSE keadaan END,
        rahasia = NULL, id_penyedia = NULL, disewa_oleh = NULL, disewa_sampai = NULL
    WHERE id_janji_temu IN (SELECT id FROM dbo.janji_temu WHERE id_tamu = @id_tamu);";

/// The words of visits, given as `@baris`.
const WORDS: &str = "
    UPDATE r SET kata = b.kata
    FROM dbo.janji_temu AS r
    INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(800), id bigint) AS b ON b.id = r.id;";
