//! Makes two guests one, and takes them apart again: each in one transaction. A rule spans rows here, so these wait for
//! each other.

use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    gabung::{Gabungan, Link, TERGABUNG},
};
use tiberius::Row;

use super::touch_open;
use crate::{
    Result, StoreError,
    gabung::{Filling, Merged, NewGabung, Number, Sandi, Side},
    mssql::{
        MssqlStore,
        conflict::Failure,
        engine::{Engine, Patience, Statement, Transaction},
        kata_tamu,
        row::{bit, bytes_opt, int, int_opt, text, text_opt, waktu, waktu_opt},
    },
};

/// Waits until no other caller merges guests or takes them apart.
const LOCK: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu gabung', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;";

/// Nobody corrects or erases these two until the transaction ends: they are written, and stay as they are.
const HOLD: &str = "UPDATE dbo.tamu SET digabung_ke = digabung_ke WHERE id IN (@id, @id_lain);";

/// Of the guest `@id_tamu`, as [`side`] reads it.
const SIDE: &str =
    "SELECT nama, telp, telp_indeks, telp_akhir, email, instansi, hapus_diminta_pada, digabung_ke,
        password_hash, password_sampai, dianonimkan_pada
    FROM dbo.tamu WHERE id =";

impl MssqlStore {
    pub(super) async fn gabung_tamu(&self, baru: &NewGabung) -> Result<(), Failure> {
        let mut transaction = self.engine.begin().await?;
        let statement = Statement::new(format!("{LOCK} {HOLD} {SIDE} @id; {SIDE} @id_lain;"));
        let statement = statement.bind("id", baru.id.0).bind("id_lain", baru.id_lain.0);
        let answer = transaction.query(statement).await?;
        let kept = answer.first().map(side).transpose()?;
        let merged = answer.rows_of(1).first().map(side).transpose()?;
        let words = kept.clone();
        let filling = match Side::merge(kept, merged, baru) {
            Ok(Some(filling)) => filling,
            nothing => {
                transaction.roll_back().await?;
                return Ok(nothing.map(drop)?);
            }
        };
        let nama = words.map(|kept| kept.nama).unwrap_or_default();
        transaction.query(merge(baru, &filling, &nama)).await?;
        transaction.commit().await
    }

    pub(super) async fn pisah_tamu(
        &self,
        id: IdTamu,
        lain: IdTamu,
        waktu: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let mut transaction = self.engine.begin().await?;
        let statement = Statement::new(format!("{LOCK} {HOLD} {MERGED} {SIDE} @id_lain;"));
        let answer = transaction.query(statement.bind("id", id.0).bind("id_lain", lain.0)).await?;
        let all = answer.rows().iter().map(merged).collect::<Result<Vec<_>>>()?;
        let undone = match Merged::undone(&all, lain, waktu) {
            Ok(undone) => undone,
            Err(error) => {
                transaction.roll_back().await?;
                return Err(error.into());
            }
        };
        let merged = answer.rows_of(1).first().map(side).transpose()?.ok_or(StoreError::NotFound)?;
        let ids = Merged::list(&Merged::branch(&all, lain));
        let answer = transaction.query(part(id, undone, &merged, &ids)).await?;
        let kept = answer.one()?;
        let (nama, instansi) = (text(kept, "nama")?, text_opt(kept, "instansi")?);
        replace_words(&mut transaction, id, &nama, instansi.as_deref()).await?;
        replace_words(&mut transaction, lain, &merged.nama, merged.instansi.as_deref()).await?;
        transaction.commit().await
    }

    pub(super) async fn finish_gabung_tamu(&self, sampai: DateTime<Utc>) -> Result<u64, Failure> {
        let mut transaction = self.engine.begin().await?;
        let due = Statement::new(format!(
            "{LOCK}
            SELECT id_tamu, id_ke FROM sistem.gabung WHERE selesai_pada IS NULL AND pada <= @sampai
            ORDER BY pada, id_tamu;"
        ));
        let answer = transaction.query(due.bind("sampai", sampai).patience(Patience::Nightly)).await?;
        // One after the other, the oldest first, so that a visit that came through several knows the last whose merge
        // can still be undone.
        for row in answer.rows() {
            let statement = Statement::new(FINISH)
                .bind("id", int(row, "id_tamu")?)
                .bind("ke", int(row, "id_ke")?)
                .bind("nama_tergabung", TERGABUNG)
                .bind("sampai", sampai);
            transaction.query(statement.patience(Patience::Nightly)).await?;
        }
        let finished = answer.rows().len() as u64;
        transaction.commit().await?;
        Ok(finished)
    }
}

fn side(row: &Row) -> Result<Side<DateTime<Utc>>> {
    let (telp, indeks) = (bytes_opt(row, "telp")?, bytes_opt(row, "telp_indeks")?);
    let akhir = text_opt(row, "telp_akhir")?;
    let (hash, sampai) = (text_opt(row, "password_hash")?, waktu_opt(row, "password_sampai")?);
    Ok(Side {
        nama: text(row, "nama")?,
        telp: telp.zip(indeks).zip(akhir).map(|((telp, indeks), akhir)| Number { telp, indeks, akhir }),
        email: text_opt(row, "email")?,
        instansi: text_opt(row, "instansi")?,
        hapus_diminta_pada: waktu_opt(row, "hapus_diminta_pada")?,
        sandi: hash.map(|hash| Sandi { hash, sampai }),
        digabung_ke: int_opt(row, "digabung_ke")?.map(IdTamu),
        is_erased: waktu_opt(row, "dianonimkan_pada")?.is_some(),
    })
}

/// What [`Merged`] holds of every merge into the guest `@id`.
const MERGED: &str = "
    SELECT g.id_tamu, g.id_ke, g.pada, g.selesai_pada, g.telp_indeks, g.email_diisi, g.instansi_diisi, g.hapus_diisi
    FROM sistem.gabung AS g INNER JOIN dbo.tamu AS t ON t.id = g.id_tamu
    WHERE t.digabung_ke = @id;";

fn merged(row: &Row) -> Result<Merged> {
    Ok(Merged {
        link: Link { id: IdTamu(int(row, "id_tamu")?), ke: IdTamu(int(row, "id_ke")?) },
        pada: waktu(row, "pada")?,
        is_over: waktu_opt(row, "selesai_pada")?.is_some(),
        telp_indeks: bytes_opt(row, "telp_indeks")?,
        email_diisi: bit(row, "email_diisi")?,
        instansi_diisi: bit(row, "instansi_diisi")?,
        hapus_diisi: bit(row, "hapus_diisi")?,
    })
}

/// Everything of a merge, once it is decided. `nama` is the kept guest's.
fn merge(baru: &NewGabung, filling: &Filling<DateTime<Utc>>, nama: &str) -> Statement {
    let number = if filling.telp.is_some() { MOVE_NUMBER } else { "" };
    let words = if filling.instansi.is_some() { WORDS } else { "" };
    let statement = Statement::new(format!(
        "INSERT INTO sistem.gabung (
            id_tamu, id_ke, oleh, pada, telp_indeks, email_diisi, instansi_diisi, hapus_diisi
        )
        VALUES (@id_lain, @id_tamu, @oleh, @waktu, @indeks, @isi_email, @isi_instansi, @isi_hapus);
        UPDATE dbo.tamu SET digabung_ke = @id_tamu WHERE id = @id_lain OR digabung_ke = @id_lain;
        {number}
        UPDATE dbo.tamu SET
            email = COALESCE(email, @email), instansi = COALESCE(instansi, @instansi),
            hapus_diminta_pada = COALESCE(hapus_diminta_pada, @hapus),
            password_sampai = CASE WHEN password_hash IS NULL THEN @sandi_sampai ELSE password_sampai END,
            password_hash = COALESCE(password_hash, @sandi)
        WHERE id = @id_tamu;
        {words}
        UPDATE dbo.janji_temu SET
            versi = versi + 1, id_tamu_asal = COALESCE(id_tamu_asal, @id_lain), id_tamu = @id_tamu
        WHERE id_tamu = @id_lain;
        UPDATE sistem.arsip SET
            versi = versi + 1, id_tamu_asal = COALESCE(id_tamu_asal, @id_lain), id_tamu = @id_tamu
        WHERE id_tamu = @id_lain;
        UPDATE sistem.sesi SET dicabut_pada = @waktu WHERE id_tamu = @id_lain AND dicabut_pada IS NULL;
        DELETE FROM sistem.perangkat WHERE id_tamu = @id_lain;
        DELETE FROM sistem.kata_tamu WHERE id_tamu = @id_lain;
        {}",
        touch_open("")
    ));
    let telp = filling.telp.as_ref();
    let statement = statement
        .bind("id_tamu", baru.id.0)
        .bind("id_lain", baru.id_lain.0)
        .bind("dari", baru.id_lain.0)
        .bind("ke", baru.id.0)
        .bind("oleh", baru.oleh.0)
        .bind("waktu", baru.waktu)
        .bind("telp", telp.map(|telp| telp.telp.clone()))
        .bind("indeks", telp.map(|telp| telp.indeks.clone()))
        .bind("akhir", telp.map(|telp| telp.akhir.clone()))
        .bind("email", filling.email.as_ref())
        .bind("instansi", filling.instansi.as_ref())
        .bind("hapus", filling.hapus_diminta_pada)
        .bind("sandi", filling.sandi.as_ref().map(|sandi| &sandi.hash))
        .bind("sandi_sampai", filling.sandi.as_ref().and_then(|sandi| sandi.sampai))
        .bind("isi_email", filling.email.is_some())
        .bind("isi_instansi", filling.instansi.is_some())
        .bind("isi_hapus", filling.hapus_diminta_pada.is_some());
    kata_tamu::bind(statement, nama, filling.instansi.as_deref())
}

/// The words of the guest `@id_tamu`, made anew.
const WORDS: &str = "
    DELETE FROM sistem.kata_tamu WHERE id_tamu = @id_tamu;
    INSERT INTO sistem.kata_tamu (frasa, id_tamu)
    SELECT k.frasa, @id_tamu FROM OPENJSON(@frasa) WITH (frasa nvarchar(420) '$') AS k;";

/// A number goes from `@dari` to `@ke`.
const MOVE_NUMBER: &str = "
    UPDATE dbo.tamu SET telp = NULL, telp_indeks = NULL, telp_akhir = NULL WHERE id = @dari;
    UPDATE dbo.tamu SET telp = @telp, telp_indeks = @indeks, telp_akhir = @akhir WHERE id = @ke;";

/// Everything of a merge goes back. What came with it, as far as it is still what came. Answers the kept guest's name
/// and institution.
fn part(id: IdTamu, undone: &Merged, merged: &Side<DateTime<Utc>>, ids: &str) -> Statement {
    let statement = Statement::new(format!(
        "DECLARE @pemegang bigint, @telp_lama varbinary(8000), @akhir_lama nvarchar(8);
        UPDATE dbo.tamu SET digabung_ke = NULL WHERE id = @id_lain;
        UPDATE dbo.tamu SET digabung_ke = @id_lain WHERE id IN ({ids}) AND id <> @id_lain;
        SELECT @pemegang = id, @telp_lama = telp, @akhir_lama = telp_akhir
        FROM dbo.tamu WHERE telp_indeks = @indeks AND id IN (@id_tamu, @ke);
        IF @pemegang IS NOT NULL
        BEGIN
            UPDATE dbo.tamu SET telp = NULL, telp_indeks = NULL, telp_akhir = NULL WHERE id = @pemegang;
            UPDATE dbo.tamu SET telp = @telp_lama, telp_indeks = @indeks, telp_akhir = @akhir_lama
            WHERE id = @id_lain;
        END;
        UPDATE dbo.tamu SET
            email = CASE WHEN email COLLATE Latin1_General_BIN2 = @email THEN NULL ELSE email END,
            instansi = CASE WHEN instansi COLLATE Latin1_General_BIN2 = @instansi THEN NULL ELSE instansi END,
            hapus_diminta_pada = CASE WHEN hapus_diminta_pada = @hapus THEN NULL ELSE hapus_diminta_pada END,
            password_hash = CASE
                WHEN password_hash COLLATE Latin1_General_BIN2 = @sandi THEN NULL ELSE password_hash
            END,
            password_sampai = CASE
                WHEN password_hash COLLATE Latin1_General_BIN2 = @sandi THEN NULL ELSE password_sampai
            END
        WHERE id IN (@id_tamu, @ke);
        UPDATE dbo.janji_temu SET
            versi = versi + 1, id_tamu = @id_lain,
            id_tamu_asal = CASE WHEN id_tamu_asal <> @id_lain THEN id_tamu_asal END
        WHERE id_tamu = @id_tamu AND id_tamu_asal IN ({ids});
        UPDATE sistem.arsip SET
            versi = versi + 1, id_tamu = @id_lain,
            id_tamu_asal = CASE WHEN id_tamu_asal <> @id_lain THEN id_tamu_asal END
        WHERE id_tamu = @id_tamu AND id_tamu_asal IN ({ids});
        DELETE FROM sistem.gabung WHERE id_tamu = @id_lain;
        {}
        SELECT nama, instansi FROM dbo.tamu WHERE id = @id_tamu;",
        touch_open("")
    ));
    let hapus = merged.hapus_diminta_pada.filter(|_| undone.hapus_diisi);
    statement
        .bind("id_tamu", id.0)
        .bind("id_lain", undone.link.id.0)
        .bind("ke", undone.link.ke.0)
        .bind("indeks", undone.telp_indeks.clone())
        .bind("email", merged.email.clone().filter(|_| undone.email_diisi))
        .bind("instansi", merged.instansi.clone().filter(|_| undone.instansi_diisi))
        .bind("hapus", hapus)
        .bind("sandi", merged.sandi.as_ref().map(|sandi| sandi.hash.clone()))
}

async fn replace_words(
    transaction: &mut Transaction<'_>,
    id: IdTamu,
    nama: &str,
    instansi: Option<&str>,
) -> Result<(), Failure> {
    let statement = Statement::new(WORDS).bind("id_tamu", id.0);
    transaction.query(kata_tamu::bind(statement, nama, instansi)).await.map(drop)
}

pub(super) async fn list(engine: &Engine, id: IdTamu) -> Result<Vec<Gabungan>> {
    let statement = Statement::new(
        "SELECT g.id_tamu, t.nama, g.pada
        FROM sistem.gabung AS g INNER JOIN dbo.tamu AS t ON t.id = g.id_tamu
        WHERE t.digabung_ke = @id AND g.selesai_pada IS NULL
        ORDER BY g.pada DESC, g.id_tamu DESC;",
    );
    let answer = engine.read(statement.bind("id", id.0)).await?;
    let merge = |row: &Row| {
        Ok(Gabungan { id: IdTamu(int(row, "id_tamu")?), nama: text(row, "nama")?, pada: waktu(row, "pada")? })
    };
    answer.rows().iter().map(merge).collect()
}

/// Of the guest `@id` only what leads to the kept one is left. A visit that was made for it while the merge ran goes to
/// the kept one, too: here, unlike on SQLite, two may write at a time.
const FINISH: &str = "
    UPDATE sistem.gabung SET selesai_pada = @sampai WHERE id_tamu = @id;
    UPDATE dbo.tamu SET
        nama = @nama_tergabung, telp = NULL, telp_akhir = NULL, email = NULL, instansi = NULL, kode_qr = NULL,
        password_hash = NULL, password_sampai = NULL, setuju_pada = NULL, setuju_versi = NULL,
        hapus_diminta_pada = NULL
    WHERE id = @id;
    UPDATE dbo.janji_temu SET id_tamu_asal = (
        SELECT g.id_tamu FROM sistem.gabung AS g WHERE g.id_tamu = @ke AND g.selesai_pada IS NULL
    )
    WHERE id_tamu = (SELECT digabung_ke FROM dbo.tamu WHERE id = @id) AND id_tamu_asal = @id;
    UPDATE sistem.arsip SET id_tamu_asal = (
        SELECT g.id_tamu FROM sistem.gabung AS g WHERE g.id_tamu = @ke AND g.selesai_pada IS NULL
    )
    WHERE id_tamu = (SELECT digabung_ke FROM dbo.tamu WHERE id = @id) AND id_tamu_asal = @id;
    UPDATE dbo.janji_temu SET versi = versi + 1, id_tamu = (SELECT digabung_ke FROM dbo.tamu WHERE id = @id)
    WHERE id_tamu = @id;
    UPDATE sistem.arsip SET versi = versi + 1, id_tamu = (SELECT digabung_ke FROM dbo.tamu WHERE id = @id)
    WHERE id_tamu = @id;";
