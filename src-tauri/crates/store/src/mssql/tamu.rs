//! Guests. Their numbers are encrypted here, on the way in, and never stand in the database in plain.

mod erase;
mod figures;
mod gabung;
mod guru;
mod list;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, IdTamu, Tamu, Telp,
    columns::Columns,
    gabung::Gabungan,
    jadwal::Span,
    json::Daftar,
    sesi::password_end,
    status,
    tamu::{TamuChanges, TamuDetails, TamuRecord},
    token::Token,
};
use tiberius::Row;

use super::{
    MssqlStore,
    conflict::Failure,
    engine::{Audited, Patience, Statement},
    janji_temu::change,
    kata_tamu,
    row::{int, telp, text, text_opt, waktu, waktu_opt, words},
};
use crate::{
    PageRequest, Result, SchoolSecrets, SearchTerms, StoreError, TamuStore,
    gabung::NewGabung,
    pengguna::{Credentials, NewPassword},
    seen::Seen,
    tamu::{
        ERASED_AT_ONCE, ErasedTamu, Erasure, FoundTamu, NewErasure, NewTamu, TamuCorrection, TamuFigures,
        TamuFilter,
    },
};

#[async_trait]
impl TamuStore for MssqlStore {
    async fn create(&self, baru: NewTamu) -> Result<Tamu> {
        let baru = &baru;
        self.engine.transact(|| self.enter_tamu(baru)).await
    }

    async fn find(&self, id: IdTamu) -> Result<Option<Tamu>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM dbo.tamu
            WHERE id = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE id = @id)
                AND dianonimkan_pada IS NULL"
        );
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
    }

    async fn find_record(&self, id: IdTamu) -> Result<Option<TamuRecord>> {
        let statement = Statement::new(
            "SELECT setuju_pada, setuju_versi, hapus_diminta_pada, dianonimkan_pada, password_hash
            FROM dbo.tamu WHERE id = @id",
        );
        let answer = self.engine.read(statement.bind("id", id.0)).await?;
        answer.first().map(record).transpose()
    }

    async fn find_kredensial(&self, telp: &Telp) -> Result<Option<Credentials<Tamu>>> {
        let sql = format!(
            "SELECT {COLUMNS}, password_hash, password_sampai FROM dbo.tamu
            WHERE id = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE telp_indeks = @telp_indeks)"
        );
        let statement = Statement::new(sql).bind("telp_indeks", self.kunci.telp.indeks(telp));
        let answer = self.engine.read(statement).await?;
        answer.first().map(|row| kredensial(row, &self.kunci)).transpose()
    }

    async fn find_kredensial_by_id(&self, id: IdTamu) -> Result<Option<Credentials<Tamu>>> {
        let sql = format!("SELECT {COLUMNS}, password_hash, password_sampai FROM dbo.tamu WHERE id = @id");
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(|row| kredensial(row, &self.kunci)).transpose()
    }

    async fn list(&self, saring: TamuFilter, halaman: PageRequest) -> Result<Daftar<Tamu>> {
        list::list(&self.engine, &self.kunci, &saring, halaman).await
    }

    async fn list_untuk_guru(
        &self,
        id_guru: IdPengguna,
        cari: SearchTerms,
        halaman: PageRequest,
    ) -> Result<Daftar<FoundTamu>> {
        guru::list(&self.engine, &self.kunci, id_guru, &cari, halaman).await
    }

    async fn list_pengunjung(&self, jadwal: Span) -> Result<Vec<Tamu>> {
        list::pengunjung(&self.engine, &self.kunci, jadwal).await
    }

    async fn is_tamu_guru(&self, id: IdTamu, id_guru: IdPengguna) -> Result<bool> {
        guru::is_tamu_guru(&self.engine, id, id_guru).await
    }

    async fn update(&self, id: IdTamu, ubah: TamuCorrection) -> Result<Tamu> {
        let ubah = &ubah;
        self.engine.transact(|| self.change_tamu(id, ubah)).await
    }

    async fn erase(&self, id: IdTamu, baru: NewErasure) -> Result<Erasure> {
        self.engine.transact(|| self.erase_tamu(id, baru)).await
    }

    async fn list_erased(&self, setelah: IdTamu) -> Result<Vec<ErasedTamu>> {
        let statement = Statement::new(format!(
            "SELECT TOP ({ERASED_AT_ONCE}) id, dibuat_pada, dianonimkan_pada FROM dbo.tamu
            WHERE id > @setelah AND dianonimkan_pada IS NOT NULL ORDER BY id"
        ));
        let statement = statement.bind("setelah", setelah.0).patience(Patience::Nightly);
        let answer = self.engine.read(statement).await?;
        let rows = answer.rows().iter();
        rows.map(|row| {
            Ok(ErasedTamu {
                id: IdTamu(int(row, "id")?),
                dibuat_pada: waktu(row, "dibuat_pada")?,
                dianonimkan_pada: waktu(row, "dianonimkan_pada")?,
            })
        })
        .collect()
    }

    async fn keep(&self, id: IdTamu) -> Result<()> {
        let statement = Statement::new(
            "DECLARE @n int;
            UPDATE dbo.tamu SET hapus_diminta_pada = NULL
            WHERE (id = @id OR digabung_ke = @id) AND hapus_diminta_pada IS NOT NULL AND dianonimkan_pada IS NULL;
            SET @n = @@ROWCOUNT;",
        );
        self.engine.write_again(statement.audited_if("@n > 0").bind("id", id.0)).await.map(drop)
    }

    async fn figures(&self, id: IdTamu) -> Result<TamuFigures> {
        figures::figures(&self.engine, id).await
    }

    async fn gabung(&self, baru: NewGabung) -> Result<()> {
        let baru = &baru;
        self.engine.transact(|| self.gabung_tamu(baru)).await
    }

    async fn pisah(&self, id: IdTamu, id_lain: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
        self.engine.transact(|| self.pisah_tamu(id, id_lain, waktu)).await
    }

    async fn list_gabung(&self, id: IdTamu) -> Result<Vec<Gabungan>> {
        gabung::list(&self.engine, id).await
    }

    async fn finish_gabung(&self, sampai: DateTime<Utc>) -> Result<u64> {
        self.engine.transact_many(|| self.finish_gabung_tamu(sampai)).await
    }

    async fn update_password(&self, id: IdTamu, baru: NewPassword) -> Result<()> {
        let statement = Statement::new(
            "DECLARE @diubah int;
            UPDATE dbo.tamu SET password_hash = @hash, password_sampai = @password_sampai
            WHERE id = @id AND (@lama IS NULL OR password_hash = @lama);
            SET @diubah = @@ROWCOUNT;
            IF @diubah > 0 AND @sementara = 1 DELETE FROM sistem.perangkat WHERE id_tamu = @id;
            IF @diubah > 0
                UPDATE sistem.sesi SET dicabut_pada = @waktu WHERE id_tamu = @id AND dicabut_pada IS NULL;
            SELECT @diubah AS diubah;",
        );
        let statement = statement
            .audited_if("@diubah > 0")
            .bind("id", id.0)
            .bind("hash", baru.hash)
            .bind("lama", baru.lama)
            .bind("password_sampai", password_end(baru.sementara, baru.waktu))
            .bind("sementara", baru.sementara)
            .bind("waktu", baru.waktu);
        match int(self.engine.write(statement).await?.one()?, "diubah")? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}

impl MssqlStore {
    /// Enters a guest; the code follows in the same transaction, because it holds the identity that the row was given.
    async fn enter_tamu(&self, baru: &NewTamu) -> Result<Tamu, Failure> {
        let mut transaction = self.engine.begin().await?;
        let statement = Statement::new(format!("{INSERT} SELECT CAST(SCOPE_IDENTITY() AS bigint) AS id;"));
        let answer = transaction.query(bind_new(statement, baru, &self.kunci)?).await?;
        let id = IdTamu(int(answer.one()?, "id")?);
        let statement = Statement::new(format!(
            "{SIGN} {} SELECT {COLUMNS} FROM dbo.tamu WHERE id = @id_tamu;",
            kata_tamu::ENTER
        ));
        let made = Audited { id: Some("@id_tamu"), id_tamu: Some("@id_tamu"), ..Audited::default() };
        let statement = statement.audited(made);
        let answer = transaction.query(bind_made(statement, id, baru, &self.kunci)).await?;
        let tamu = from_row(answer.one()?, &self.kunci)?;
        transaction.commit().await?;
        Ok(tamu)
    }

    /// Changes a guest, and the guest's words if they differ now. Only the whole row tells whether they do.
    async fn change_tamu(&self, id: IdTamu, ubah: &TamuCorrection) -> Result<Tamu, Failure> {
        let statement = bind_changes(Statement::new(update(ubah)), id, ubah, &self.kunci)?;
        if ubah.nama.is_none() && ubah.instansi.is_none() {
            let answer = self.engine.write_once(&statement).await?;
            return Ok(from_row(answer.first().ok_or(StoreError::NotFound)?, &self.kunci)?);
        }
        let mut transaction = self.engine.begin().await?;
        let answer = transaction.query(statement).await?;
        let Some(row) = answer.first() else {
            transaction.roll_back().await?;
            return Err(StoreError::NotFound.into());
        };
        let tamu = from_row(row, &self.kunci)?;
        let words = Statement::new([kata_tamu::FORGET, kata_tamu::ENTER].concat()).bind("id_tamu", id.0);
        transaction.query(kata_tamu::bind(words, &tamu.nama, tamu.instansi.as_deref())).await?;
        transaction.commit().await?;
        Ok(tamu)
    }
}

/// What [`from_row`] reads. Only a guest who was erased has no code.
const COLUMNS: &str = "id, nama, telp, telp_indeks, email, instansi, dibuat_pada,
    CASE WHEN dianonimkan_pada IS NULL THEN kode_qr ELSE N'' END AS kode_qr";

/// A new row, whose code is to follow.
pub(super) const INSERT: &str = "
    INSERT INTO dbo.tamu (nama, telp, telp_indeks, telp_akhir, email, instansi, dibuat_pada)
    VALUES (@nama, @telp, @telp_indeks, @telp_akhir, @email, @instansi, @waktu_tamu);";

/// Gives [`INSERT`] its values.
pub(super) fn bind_new(statement: Statement, baru: &NewTamu, kunci: &SchoolSecrets) -> Result<Statement> {
    let telp = baru.telp.as_ref();
    Ok(statement
        .bind("nama", &baru.nama)
        .bind("telp", telp.map(|telp| kunci.telp.encrypt(telp)).transpose()?)
        .bind("telp_indeks", telp.map(|telp| kunci.telp.indeks(telp)))
        .bind("telp_akhir", telp.map(Telp::akhir))
        .bind("email", baru.email.as_ref())
        .bind("instansi", baru.instansi.as_ref())
        .bind("waktu_tamu", baru.waktu))
}

/// The permanent code of the guest `@id_tamu`.
pub(super) const SIGN: &str = "UPDATE dbo.tamu SET kode_qr = @kode_tamu WHERE id = @id_tamu;";

/// Gives [`SIGN`] and [`kata_tamu::ENTER`] their values.
pub(super) fn bind_made(
    statement: Statement,
    id: IdTamu,
    baru: &NewTamu,
    kunci: &SchoolSecrets,
) -> Statement {
    let statement = statement.bind("id_tamu", id.0).bind("kode_tamu", kunci.qr.sign(&Token::tamu(id)));
    kata_tamu::bind(statement, &baru.nama, baru.instansi.as_deref())
}

/// Open appointments show the guest `@id_tamu`: their copies elsewhere are old now.
fn touch_open(condition: &str) -> String {
    let condition = format!("id_tamu = @id_tamu AND status IN ({}){condition}", words(status::open()));
    change::update(&Columns::new(), &condition)
}

/// Changes a guest's fields as a visit's entry says: the SQL text and its values. Empty if nothing changes.
pub(super) fn correct(id: IdTamu, before: TamuDetails<'_>, ubah: &TamuChanges) -> (String, Statement) {
    if *ubah == TamuChanges::default() {
        return (String::new(), Statement::new(""));
    }
    let sql = "UPDATE dbo.tamu SET
            nama = COALESCE(@nama_baru, nama), email = COALESCE(@email_baru, email),
            instansi = COALESCE(@instansi_baru, instansi)
        WHERE id = @id_tamu;";
    let statement = Statement::new("")
        .bind("id_tamu", id.0)
        .bind("nama_baru", ubah.nama.as_ref())
        .bind("email_baru", ubah.email.as_ref())
        .bind("instansi_baru", ubah.instansi.as_ref());
    let (nama, instansi) = (ubah.nama.as_deref(), ubah.instansi.as_deref());
    let statement = kata_tamu::bind(statement, nama.unwrap_or(before.nama), instansi.or(before.instansi));
    // The visit itself, `@id`, is only being made.
    let touch = touch_open(" AND id <> @id");
    let sql = format!("{sql} {} {} {touch}", kata_tamu::FORGET, kata_tamu::ENTER);
    (sql, statement)
}

/// A number that the guest `@id_tamu` has by a merge is the guest's own already, and can become the first.
const FREE_SECOND: &str = "
    UPDATE dbo.tamu SET telp = NULL, telp_indeks = NULL, telp_akhir = NULL
    WHERE telp_indeks = @telp_indeks AND digabung_ke = @id_tamu;";

fn update(ubah: &TamuCorrection) -> String {
    format!(
        "{}
        UPDATE dbo.tamu SET
            nama = COALESCE(@nama, nama),
            telp = CASE WHEN @ubah_telp = 1 THEN @telp ELSE telp END,
            telp_indeks = CASE WHEN @ubah_telp = 1 THEN @telp_indeks ELSE telp_indeks END,
            telp_akhir = CASE WHEN @ubah_telp = 1 THEN @telp_akhir ELSE telp_akhir END,
            email = CASE WHEN @ubah_email = 1 THEN @email ELSE email END,
            instansi = CASE WHEN @ubah_instansi = 1 THEN @instansi ELSE instansi END,
            setuju_pada = CASE
                WHEN @ubah_setuju = 0 OR setuju_versi = @setuju_versi THEN setuju_pada ELSE @setuju_pada
            END,
            setuju_versi = CASE WHEN @ubah_setuju = 1 THEN @setuju_versi ELSE setuju_versi END
        WHERE id = @id_tamu AND dianonimkan_pada IS NULL AND digabung_ke IS NULL;
        {}
        SELECT {COLUMNS} FROM dbo.tamu
        WHERE id = @id_tamu AND dianonimkan_pada IS NULL AND digabung_ke IS NULL;",
        if matches!(ubah.telp, Some(Some(_))) { FREE_SECOND } else { "" },
        if ubah.is_shown() { touch_open("") } else { String::new() }
    )
}

fn bind_changes(
    statement: Statement,
    id: IdTamu,
    ubah: &TamuCorrection,
    kunci: &SchoolSecrets,
) -> Result<Statement> {
    let telp = ubah.telp.as_ref().and_then(Option::as_ref);
    let setuju = ubah.setuju.as_ref().and_then(Option::as_ref);
    Ok(statement
        .bind("id_tamu", id.0)
        .bind("nama", ubah.nama.as_ref())
        .bind("ubah_telp", ubah.telp.is_some())
        .bind("telp", telp.map(|telp| kunci.telp.encrypt(telp)).transpose()?)
        .bind("telp_indeks", telp.map(|telp| kunci.telp.indeks(telp)))
        .bind("telp_akhir", telp.map(Telp::akhir))
        .bind("ubah_email", ubah.email.is_some())
        .bind("email", ubah.email.as_ref().and_then(Option::as_ref))
        .bind("ubah_instansi", ubah.instansi.is_some())
        .bind("instansi", ubah.instansi.as_ref().and_then(Option::as_ref))
        .bind("ubah_setuju", ubah.setuju.is_some())
        .bind("setuju_versi", setuju.map(|setuju| &setuju.versi))
        .bind("setuju_pada", setuju.map(|setuju| setuju.waktu)))
}

/// Reads a guest, as far as it can be read; only the identity must be.
pub(super) fn from_row(row: &Row, kunci: &SchoolSecrets) -> Result<Tamu> {
    let id = int(row, "id")?;
    let mut seen = Seen::of("tamu", id);
    let mut tamu = Tamu {
        id: IdTamu(id),
        nama: seen.text("nama", text(row, "nama")),
        telp: seen.optional("telp", telp(row, kunci)),
        email: seen.optional("email", text_opt(row, "email")),
        instansi: seen.optional("instansi", text_opt(row, "instansi")),
        kode_qr: seen.text("kode_qr", text(row, "kode_qr")),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: false,
    };
    tamu.rusak = seen.rusak().ada();
    Ok(tamu)
}

fn record(row: &Row) -> Result<TamuRecord> {
    Ok(TamuRecord {
        setuju_pada: waktu_opt(row, "setuju_pada")?,
        setuju_versi: text_opt(row, "setuju_versi")?,
        hapus_diminta_pada: waktu_opt(row, "hapus_diminta_pada")?,
        dianonimkan_pada: waktu_opt(row, "dianonimkan_pada")?,
        punya_password: text_opt(row, "password_hash")?.is_some(),
    })
}

fn kredensial(row: &Row, kunci: &SchoolSecrets) -> Result<Credentials<Tamu>> {
    Ok(Credentials {
        siapa: from_row(row, kunci)?,
        password_hash: text_opt(row, "password_hash")?,
        password_sampai: waktu_opt(row, "password_sampai")?,
    })
}
