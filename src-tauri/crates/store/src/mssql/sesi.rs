//! Signed-in devices. A refresh token is exchanged by one conditional statement, so of two who show it one succeeds.

mod refresh;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{
    MssqlStore,
    engine::{Answer, Patience, Statement},
    pengguna,
    row::count,
    tamu,
};
use crate::{
    Kunci, Result, SesiStore,
    sesi::{Pemilik, Penyegaran, SesiBaru, Siapa, TokenHash},
};

#[async_trait]
impl SesiStore for MssqlStore {
    async fn create(&self, baru: SesiBaru) -> Result<()> {
        let (id_pengguna, id_tamu) = match baru.pemilik {
            Pemilik::Pengguna(id) => (Some(id.0), None),
            Pemilik::Tamu(id) => (None, Some(id.0)),
        };
        let statement = Statement::new(format!(
            "INSERT INTO sistem.sesi (id, id_pengguna, id_tamu, dibuat_pada, kedaluwarsa_pada)
            VALUES (@id, @id_pengguna, @id_tamu, @waktu, @kedaluwarsa_pada);
            {KEEP_TOKEN}"
        ));
        let statement = statement
            .bind("id", baru.id.into_bytes())
            .bind("id_pengguna", id_pengguna)
            .bind("id_tamu", id_tamu)
            .bind("waktu", baru.waktu)
            .bind("kedaluwarsa_pada", baru.kedaluwarsa_pada)
            .bind("token", baru.token);
        self.engine.write(statement).await.map(drop)
    }

    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<Siapa>> {
        let statement = Statement::new(FIND).bind("id", id.as_bytes().to_vec()).bind("waktu", waktu);
        siapa(&self.engine.read(statement).await?, 0, &self.kunci)
    }

    async fn refresh(
        &self,
        lama: TokenHash,
        baru: TokenHash,
        kedaluwarsa_pada: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<Penyegaran> {
        refresh::refresh(&self.engine, &self.kunci, lama, baru, kedaluwarsa_pada, waktu).await
    }

    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()> {
        let statement = Statement::new(REVOKE).bind("id", id.as_bytes().to_vec()).bind("waktu", waktu);
        self.engine.write_again(statement).await.map(drop)
    }

    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        // Tokens go with their session. Of one that lives on, those go that would have ended by themselves.
        let statement = Statement::new(
            "DELETE FROM sistem.token_segar WHERE kedaluwarsa_pada < @sebelum;
            DELETE FROM sistem.sesi WHERE kedaluwarsa_pada < @sebelum OR dicabut_pada < @sebelum;
            SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
        );
        let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
        count(self.engine.write(statement).await?.one()?, "jumlah")
    }
}

/// A refresh token `@token` of the session `@id`.
const KEEP_TOKEN: &str = "
    INSERT INTO sistem.token_segar (hash, id_sesi, dibuat_pada, kedaluwarsa_pada)
    VALUES (@token, @id, @waktu, @kedaluwarsa_pada);";

/// Whose living session `@id` is at `@waktu`, if that one may still sign in: a user in the first answer, or a guest in the
/// second. [`siapa`] reads both.
const FIND: &str = "
    SELECT p.id, p.nama, p.sapaan, p.jabatan, p.email, p.telp, p.role, p.wajib_ganti_password, p.aktif, p.dibuat_pada
    FROM sistem.sesi AS s
    INNER JOIN dbo.pengguna AS p ON p.id = s.id_pengguna
    WHERE s.id = @id AND s.dicabut_pada IS NULL AND s.kedaluwarsa_pada > @waktu AND p.aktif = 1;
    SELECT t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
    FROM sistem.sesi AS s
    INNER JOIN dbo.tamu AS t ON t.id = s.id_tamu
    WHERE s.id = @id AND s.dicabut_pada IS NULL AND s.kedaluwarsa_pada > @waktu;";

/// Ends the session `@id`, if it lived until now.
const REVOKE: &str = "
    UPDATE sistem.sesi SET dicabut_pada = @waktu
    WHERE id = @id AND dicabut_pada IS NULL AND kedaluwarsa_pada > @waktu;";

/// What [`FIND`] answered, from the answer of that number on.
fn siapa(answer: &Answer, number: usize, kunci: &Kunci) -> Result<Option<Siapa>> {
    if let Some(row) = answer.rows_of(number).first() {
        return pengguna::from_row(row).map(|pengguna| Some(Siapa::Pengguna(pengguna)));
    }
    let tamu = answer.rows_of(number + 1).first().map(|row| tamu::from_row(row, kunci)).transpose()?;
    Ok(tamu.map(Siapa::Tamu))
}
