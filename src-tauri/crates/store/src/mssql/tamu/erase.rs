//! Erases a guest, in one transaction with everything that tells who it was.

use chrono::{DateTime, Utc};
use domain::{IdTamu, audit::Aksi, kata, kunjungan, status, tamu::TERHAPUS};
use serde_json::json;

use crate::{
    Result, StoreError,
    mssql::{
        MssqlStore, audit,
        conflict::Failure,
        engine::{Answer, Statement, Transaction},
        janji_temu::change,
        kata_tamu, pesan_keluar,
        row::{int, text, waktu, waktu_opt, words},
    },
    tamu::{Erasure, NewErasure},
};

impl MssqlStore {
    pub(super) async fn erase_tamu(&self, id: IdTamu, baru: NewErasure) -> Result<Erasure, Failure> {
        let now = baru.waktu;
        let mut transaction = self.engine.begin().await?;
        let called_off = if baru.batalkan { call_off(&mut transaction, id, now).await? } else { Vec::new() };
        let answer = forget_guest(&mut transaction, Statement::new(forget(REQUEST, "")), id, now).await?;
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
        // Whatever waited before is dropped with the guest; this is told after it, and names nobody.
        if let Some(queueing) = kunjungan::called_off().queueing() {
            for visit in called_off {
                let statement = Statement::new(pesan_keluar::text(queueing)).bind("id", visit);
                let statement = statement.bind("pesan", queueing.jenis().as_str()).bind("waktu", now);
                transaction.query(statement).await?;
            }
        }
        let erasure = Erasure {
            diminta_pada: waktu(record, "hapus_diminta_pada")?,
            selesai: waktu_opt(record, "dianonimkan_pada")?.is_some(),
        };
        transaction.commit().await?;
        Ok(erasure)
    }

    /// Erases those of the guests who meet a condition, which has its moment as `@sebelum`; answers how many.
    pub(in crate::mssql) async fn erase_those(
        &self,
        tamu: &[IdTamu],
        condition: &str,
        sebelum: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<u64, Failure> {
        let mut transaction = self.engine.begin().await?;
        let only_if = format!(" AND EXISTS (SELECT 1 FROM dbo.tamu WHERE id = @id_tamu AND {condition})");
        let mut erased = 0;
        for id in tamu {
            let statement = Statement::new(forget(NO_REQUEST, &only_if)).bind("sebelum", sebelum);
            let answer = forget_guest(&mut transaction, statement, *id, now).await?;
            let record = answer.first();
            erased += u64::from(record.map_or(Ok(0), |record| int(record, "dilupakan"))? > 0);
        }
        transaction.commit().await?;
        Ok(erased)
    }
}

/// Sends what [`forget`] says, and makes the words of the visits anew.
async fn forget_guest(
    transaction: &mut Transaction<'_>,
    statement: Statement,
    id: IdTamu,
    now: DateTime<Utc>,
) -> Result<Answer, Failure> {
    let statement = audit::bind_forget(change::bind(statement, kunjungan::erased()), id)
        .bind("id_tamu", id.0)
        .bind("nama_terhapus", TERHAPUS)
        .bind("waktu", now);
    let answer = transaction.query(statement).await?;
    let mut visits = Vec::new();
    for row in answer.rows_of(1) {
        let kata = kata::of_janji_temu(&text(row, "keperluan")?, None, None);
        visits.push(json!({ "id": int(row, "id")?, "kata": kata }));
    }
    if !visits.is_empty() {
        let visits = serde_json::Value::from(visits).to_string();
        transaction.query(Statement::new(WORDS).bind("baris", visits)).await?;
    }
    Ok(answer)
}

/// Keeps that the guest asked for it.
const REQUEST: &str = "
        UPDATE dbo.tamu SET hapus_diminta_pada = @waktu
        WHERE id = @id_tamu AND digabung_ke IS NULL AND hapus_diminta_pada IS NULL;
        SET @diminta = @@ROWCOUNT;";

/// Nobody asked for it.
const NO_REQUEST: &str = "SET @diminta = 0;";

/// Calls off what the guest is awaited for, unless the guest is here; answers what that was.
async fn call_off(
    transaction: &mut Transaction<'_>,
    id: IdTamu,
    waktu: DateTime<Utc>,
) -> Result<Vec<i64>, Failure> {
    let columns = kunjungan::called_off().columns(waktu);
    let condition = format!(
        "id_tamu = @id_tamu AND status IN ({}) AND NOT EXISTS (
            SELECT 1 FROM dbo.janji_temu AS lain WHERE lain.id_tamu = @id_tamu AND lain.status IN ({})
        )",
        words(status::awaited()),
        words(status::on_site())
    );
    let awaited = Statement::new(format!("SELECT id FROM dbo.janji_temu WHERE {condition};"));
    let answer = transaction.query(awaited.bind("id_tamu", id.0)).await?;
    let awaited = answer.rows_of(0).iter().map(|row| int(row, "id")).collect::<Result<_, _>>()?;
    let update = Statement::new(change::update(&columns, &condition));
    transaction.query(change::bind(update, columns).bind("id_tamu", id.0)).await?;
    Ok(awaited)
}

/// Whether a visit still tells something of a person.
fn telling() -> String {
    let columns: Vec<_> = kunjungan::erased().iter().map(|(name, _)| format!("{name} IS NOT NULL")).collect();
    columns.join(" OR ")
}

/// Forgets the guest `@id_tamu`, and who was merged into that one, unless something forbids it. Answers how it stands,
/// and the visits whose words are to be made anew. `request` is done before, and `only_if` is one more condition.
fn forget(request: &str, only_if: &str) -> String {
    format!(
        "DECLARE @n int, @diminta int;
        {request}
        UPDATE dbo.tamu SET
            nama = @nama_terhapus, telp = NULL, telp_indeks = NULL, telp_akhir = NULL, email = NULL,
            instansi = NULL, kode_qr = NULL, password_hash = NULL, password_sampai = NULL, setuju_pada = NULL,
            setuju_versi = NULL, dianonimkan_pada = COALESCE(dianonimkan_pada, @waktu)
        WHERE (id = @id_tamu OR digabung_ke = @id_tamu) AND NOT EXISTS (
            SELECT 1 FROM dbo.janji_temu WHERE id_tamu = @id_tamu AND status IN ({})
        ) AND (dianonimkan_pada IS NULL OR EXISTS (
            SELECT 1 FROM dbo.janji_temu_semua WHERE id_tamu = @id_tamu AND ({})
        )){only_if};
        SET @n = @@ROWCOUNT;
        IF @n > 0
        BEGIN
            UPDATE sistem.gabung SET selesai_pada = COALESCE(selesai_pada, @waktu), telp_indeks = NULL
            WHERE id_tamu IN (SELECT id FROM dbo.tamu WHERE digabung_ke = @id_tamu);
            {}
            {}
            UPDATE sistem.sesi SET dicabut_pada = @waktu WHERE id_tamu = @id_tamu AND dicabut_pada IS NULL;
            DELETE FROM sistem.perangkat WHERE id_tamu = @id_tamu;
            {MESSAGES}
            {}
        END;
        SELECT hapus_diminta_pada, dianonimkan_pada, @n AS dilupakan, @diminta AS diminta
        FROM dbo.tamu WHERE id = @id_tamu AND digabung_ke IS NULL;
        SELECT id, keperluan FROM dbo.janji_temu_semua WHERE id_tamu = @id_tamu AND @n > 0;",
        words(status::open()),
        telling(),
        kata_tamu::FORGET,
        change::update_semua(&kunjungan::erased(), "id_tamu = @id_tamu"),
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
    INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(800), id bigint) AS b ON b.id = r.id;
    UPDATE r SET kata = b.kata
    FROM sistem.arsip AS r
    INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(800), id bigint) AS b ON b.id = r.id;";
