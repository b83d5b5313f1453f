//! Signed-in devices. A refresh token is exchanged by one conditional statement, so of two who show it one succeeds.

mod refresh;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna,
    sesi::{DEVICE_LIFETIME, DEVICES_MAX, SessionBounds},
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Answer, Patience, Statement},
    pengguna,
    row::{bytes, count, int, text_opt, unreadable, waktu, waktu_opt},
    tamu,
};
use crate::{
    Result, SchoolSecrets, SesiStore,
    percobaan::FailureKey,
    sesi::{Exchange, NewSesi, Rotation, SesiRinci, SessionHolder, SessionIdentity},
};

#[async_trait]
impl SesiStore for MssqlStore {
    async fn create(&self, baru: NewSesi) -> Result<bool> {
        let (id_pengguna, id_tamu) = match baru.pemilik {
            SessionHolder::Pengguna(id) => (Some(id.0), None),
            SessionHolder::Tamu(id) => (None, Some(id.0)),
        };
        let kept = baru.perangkat.map(|_| keep_device(baru.pemilik));
        let statement = Statement::new(format!(
            "DECLARE @berhak int;
            {}
            SET @berhak = @@ROWCOUNT;
            IF @berhak > 0
            BEGIN
                INSERT INTO sistem.sesi (
                    id, id_pengguna, id_tamu, perangkat, keterangan, dibuat_pada, kedaluwarsa_pada
                )
                VALUES (@id, @id_pengguna, @id_tamu, @perangkat, @keterangan, @waktu, @kedaluwarsa_pada);
                {KEEP_TOKEN}
                {}
            END;
            SELECT @berhak AS berhak;",
            hold(baru.pemilik),
            kept.unwrap_or_default()
        ));
        let akun = baru.perangkat.map(|perangkat| perangkat.akun);
        let statement = statement
            .audited_if("@berhak > 0")
            .bind("id", baru.id.into_bytes())
            .bind("id_pengguna", id_pengguna)
            .bind("id_tamu", id_tamu)
            .bind("password_hash", baru.password_hash)
            .bind("perangkat", baru.perangkat.map(|perangkat| perangkat.sidik))
            .bind("keterangan", baru.keterangan)
            .bind("akun", akun)
            .bind("jumlah", DEVICES_MAX)
            .bind("waktu", baru.waktu)
            .bind("kedaluwarsa_pada", baru.kedaluwarsa_pada)
            .bind("token", baru.token);
        Ok(int(self.engine.write(statement).await?.one()?, "berhak")? > 0)
    }

    async fn is_known(&self, akun: FailureKey) -> Result<bool> {
        let statement = Statement::new("SELECT terakhir_pada FROM sistem.perangkat WHERE sidik = @akun");
        Ok(self.engine.read(statement.bind("akun", akun)).await?.first().is_some())
    }

    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<SessionIdentity>> {
        siapa(&self.engine.read(look_up(id, waktu)).await?, 0, &self.kunci)
    }

    async fn refresh(&self, pertukaran: Exchange) -> Result<Rotation> {
        refresh::refresh(&self.engine, &self.kunci, &pertukaran).await
    }

    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()> {
        let statement = Statement::new(format!("DECLARE @n int; {REVOKE} SET @n = @@ROWCOUNT;"));
        let statement = statement.audited_if("@n > 0");
        let statement = statement.bind("id", id.as_bytes().to_vec()).bind("waktu", waktu);
        self.engine.write_again(statement).await.map(drop)
    }

    async fn list(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Vec<SesiRinci>> {
        let statement = Statement::new(format!(
            "SELECT s.id, s.dibuat_pada, s.keterangan, (
                SELECT MAX(t.dibuat_pada) FROM sistem.token_segar AS t WHERE t.id_sesi = s.id
            ) AS terakhir_pada
            FROM sistem.sesi AS s WHERE s.id_pengguna = @id AND {LIVES}"
        ));
        let answer = self.engine.read(bind_bounds(statement.bind("id", id.0), waktu)).await?;
        let mut rows: Vec<_> = answer.rows().iter().map(rinci).collect::<Result<_>>()?;
        rows.sort_by(|a, b| b.terakhir_pada.cmp(&a.terakhir_pada).then_with(|| a.id.cmp(&b.id)));
        Ok(rows)
    }

    async fn revoke_of(&self, pemilik: IdPengguna, id: &str, waktu: DateTime<Utc>) -> Result<bool> {
        let statement = Statement::new(
            "DECLARE @n int;
            UPDATE sistem.sesi SET dicabut_pada = @waktu
            WHERE id = @id AND id_pengguna = @pemilik AND dicabut_pada IS NULL AND kedaluwarsa_pada > @waktu;
            SET @n = @@ROWCOUNT;
            SELECT CAST(@n AS bigint) AS jumlah;",
        );
        let statement = statement.audited_if("@n > 0");
        let statement =
            statement.bind("id", id.as_bytes().to_vec()).bind("pemilik", pemilik.0).bind("waktu", waktu);
        Ok(count(self.engine.write(statement).await?.one()?, "jumlah")? > 0)
    }

    async fn revoke_all(&self, pemilik: IdPengguna, waktu: DateTime<Utc>) -> Result<()> {
        let sql = format!("DECLARE @n int; {} SET @n = @@ROWCOUNT;", pengguna::REVOKE_ALL);
        let statement = Statement::new(sql).audited_if("@n > 0");
        let statement = statement.bind("id", pemilik.0).bind("waktu", waktu);
        self.engine.write_again(statement).await.map(drop)
    }

    async fn purge(&self, waktu: DateTime<Utc>) -> Result<u64> {
        // Tokens go with their session. Of one that lives on, those go that would have ended by themselves.
        let statement = Statement::new(
            "DELETE FROM sistem.perangkat WHERE terakhir_pada < @sebelum;
            DELETE FROM sistem.token_segar WHERE kedaluwarsa_pada < @ends_after;
            DELETE FROM sistem.sesi
            WHERE kedaluwarsa_pada < @ends_after OR dicabut_pada < @ends_after
                OR dibuat_pada < @began_after;
            SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
        );
        let statement = statement.bind("sebelum", waktu - DEVICE_LIFETIME).patience(Patience::Nightly);
        count(self.engine.write(bind_bounds(statement, waktu)).await?.one()?, "jumlah")
    }
}

fn rinci(row: &Row) -> Result<SesiRinci> {
    let dibuat_pada = waktu(row, "dibuat_pada")?;
    let id = String::from_utf8(bytes(row, "id")?).map_err(|_| unreadable("id"))?;
    let terakhir_pada = waktu_opt(row, "terakhir_pada")?.unwrap_or(dibuat_pada);
    Ok(SesiRinci { id, dibuat_pada, terakhir_pada, keterangan: text_opt(row, "keterangan")? })
}

/// Holds the owner's row until the session is made, if the owner may sign in and the verified password is still the
/// current one. A change of the password, which ends all sessions, comes before this or after it, never between.
fn hold(pemilik: SessionHolder) -> &'static str {
    match pemilik {
        SessionHolder::Pengguna(_) => {
            "UPDATE dbo.pengguna SET password_hash = password_hash
            WHERE id = @id_pengguna AND aktif = 1 AND password_hash = @password_hash;"
        }
        SessionHolder::Tamu(_) => {
            "UPDATE dbo.tamu SET password_hash = password_hash
            WHERE id = @id_tamu AND password_hash = @password_hash;"
        }
    }
}

/// Notes that the owner has signed in from the device. If there are too many devices, forgets the one that was not seen
/// for the longest time. The owner's row is held meanwhile, so nobody else does the same.
fn keep_device(pemilik: SessionHolder) -> String {
    let of_owner = match pemilik {
        SessionHolder::Pengguna(_) => "id_pengguna = @id_pengguna",
        SessionHolder::Tamu(_) => "id_tamu = @id_tamu",
    };
    format!(
        "UPDATE sistem.perangkat SET terakhir_pada = @waktu WHERE sidik = @akun;
        IF @@ROWCOUNT = 0
            INSERT INTO sistem.perangkat (sidik, id_pengguna, id_tamu, terakhir_pada)
            VALUES (@akun, @id_pengguna, @id_tamu, @waktu);
        DELETE FROM sistem.perangkat
        WHERE {of_owner} AND sidik NOT IN (
            SELECT TOP (@jumlah) sidik FROM sistem.perangkat WHERE {of_owner}
            ORDER BY terakhir_pada DESC, sidik
        );"
    )
}

/// A refresh token `@token` of the session `@id`.
const KEEP_TOKEN: &str = "
    INSERT INTO sistem.token_segar (hash, id_sesi, dibuat_pada, kedaluwarsa_pada)
    VALUES (@token, @id, @waktu, @kedaluwarsa_pada);";

/// What holds for a session that lives, by [`SessionBounds`]; [`bind_bounds`] gives it its values.
const LIVES: &str = "s.dicabut_pada IS NULL
        AND s.kedaluwarsa_pada > @ends_after AND s.kedaluwarsa_pada <= @ends_by
        AND s.dibuat_pada > @began_after AND s.dibuat_pada <= @began_by";

fn bind_bounds(statement: Statement, waktu: DateTime<Utc>) -> Statement {
    let bounds = SessionBounds::at(waktu);
    statement
        .bind("ends_after", bounds.ends_after)
        .bind("ends_by", bounds.ends_by)
        .bind("began_after", bounds.began_after)
        .bind("began_by", bounds.began_by)
}

/// Whose living session `@id` is, if that one may still sign in: a user in the first answer, or a guest in the second.
/// What a guest opened with a temporary password ends with it. [`siapa`] reads both.
fn find() -> String {
    format!(
        "
    SELECT p.id, p.nama, p.sapaan, p.jabatan, p.email, p.telp, p.role, p.wajib_ganti_password,
        p.aktif, p.unit, p.dibuat_pada
    FROM sistem.sesi AS s
    INNER JOIN dbo.pengguna AS p ON p.id = s.id_pengguna
    WHERE s.id = @id AND {LIVES} AND p.aktif = 1;
    SELECT t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
    FROM sistem.sesi AS s
    INNER JOIN dbo.tamu AS t ON t.id = s.id_tamu
    WHERE s.id = @id AND {LIVES} AND (t.password_sampai IS NULL OR t.password_sampai > @ends_after);"
    )
}

/// Asks for the session of that identity.
pub(super) fn look_up(id: &str, waktu: DateTime<Utc>) -> Statement {
    bind_bounds(Statement::new(find()).bind("id", id.as_bytes().to_vec()), waktu)
}

/// Ends the session `@id`, if it lived until now.
const REVOKE: &str = "
    UPDATE sistem.sesi SET dicabut_pada = @waktu
    WHERE id = @id AND dicabut_pada IS NULL AND kedaluwarsa_pada > @waktu;";

/// What [`find`] answered, from the answer of that number on.
fn siapa(answer: &Answer, number: usize, kunci: &SchoolSecrets) -> Result<Option<SessionIdentity>> {
    if let Some(row) = answer.rows_of(number).first() {
        let pengguna = pengguna::from_row(row)?;
        // A user whose rights cannot be read has none.
        return Ok(pengguna.aktif.then_some(SessionIdentity::Pengguna(pengguna)));
    }
    let tamu = answer.rows_of(number + 1).first().map(|row| tamu::from_row(row, kunci)).transpose()?;
    Ok(tamu.map(SessionIdentity::Tamu))
}
