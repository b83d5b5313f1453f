//! Guests. Their numbers are encrypted here, on the way in, and never stand in the file in plain.

pub(super) mod erase;
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
use rusqlite::{Connection, OptionalExtension, Row, named_params, types::ValueRef};

use super::{
    SqliteStore, audit,
    janji_temu::change::update as update_janji_temu,
    kata_tamu,
    row::{ms, ms_opt, telp, waktu, waktu_opt, words},
};
use crate::{
    Conflict, PageRequest, Result, SchoolSecrets, SearchTerms, StoreError, TamuStore,
    cipher::CipherError,
    gabung::NewGabung,
    pengguna::{Credentials, NewPassword},
    seen::Seen,
    tamu::{ErasedTamu, Erasure, FoundTamu, NewErasure, NewTamu, TamuCorrection, TamuFigures, TamuFilter},
};

#[async_trait]
impl TamuStore for SqliteStore {
    async fn create(&self, baru: NewTamu) -> Result<Tamu> {
        self.write(move |conn, kunci| {
            let id = enter(conn, kunci, &baru)?.ok_or(StoreError::Conflict(Conflict::TamuTelp))?;
            audit::made(conn, id.0, Some(id))?;
            find(conn, kunci, id)?.ok_or(StoreError::NotFound)
        })
        .await
    }

    async fn find(&self, id: IdTamu) -> Result<Option<Tamu>> {
        self.read(move |conn, kunci| find(conn, kunci, id)).await
    }

    async fn find_record(&self, id: IdTamu) -> Result<Option<TamuRecord>> {
        self.read(move |conn, _| find_record(conn, id)).await
    }

    async fn find_kredensial(&self, telp: &Telp) -> Result<Option<Credentials<Tamu>>> {
        let indeks = self.kunci.telp.indeks(telp);
        self.read(move |conn, kunci| {
            let sql = format!(
                "SELECT {COLUMNS}, password_hash, password_sampai FROM tamu
                WHERE id = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_indeks = ?1)"
            );
            Ok(conn.prepare_cached(&sql)?.query_row([indeks], |row| kredensial(row, kunci)).optional()?)
        })
        .await
    }

    async fn find_kredensial_by_id(&self, id: IdTamu) -> Result<Option<Credentials<Tamu>>> {
        self.read(move |conn, kunci| {
            let sql = format!("SELECT {COLUMNS}, password_hash, password_sampai FROM tamu WHERE id = ?1");
            Ok(conn.prepare_cached(&sql)?.query_row([id.0], |row| kredensial(row, kunci)).optional()?)
        })
        .await
    }

    async fn list(&self, saring: TamuFilter, halaman: PageRequest) -> Result<Daftar<Tamu>> {
        self.read(move |conn, kunci| list::list(conn, kunci, &saring, halaman)).await
    }

    async fn list_untuk_guru(
        &self,
        id_guru: IdPengguna,
        cari: SearchTerms,
        halaman: PageRequest,
    ) -> Result<Daftar<FoundTamu>> {
        self.read(move |conn, kunci| guru::list(conn, kunci, id_guru, &cari, halaman)).await
    }

    async fn list_pengunjung(&self, jadwal: Span) -> Result<Vec<Tamu>> {
        self.read(move |conn, kunci| list::pengunjung(conn, kunci, jadwal)).await
    }

    async fn is_tamu_guru(&self, id: IdTamu, id_guru: IdPengguna) -> Result<bool> {
        self.read(move |conn, _| guru::is_tamu_guru(conn, id, id_guru)).await
    }

    async fn update(&self, id: IdTamu, ubah: TamuCorrection) -> Result<Tamu> {
        self.write(move |conn, kunci| update(conn, kunci, id, &ubah)).await
    }

    async fn erase(&self, id: IdTamu, baru: NewErasure) -> Result<Erasure> {
        self.write(move |conn, _| erase::erase(conn, id, baru)).await
    }

    async fn list_erased(&self, setelah: IdTamu) -> Result<Vec<ErasedTamu>> {
        self.read(move |conn, _| Ok(erase::list(conn, setelah)?)).await
    }

    async fn keep(&self, id: IdTamu) -> Result<()> {
        self.write(move |conn, _| {
            let sql = "UPDATE tamu SET hapus_diminta_pada = NULL
                WHERE (id = ?1 OR digabung_ke = ?1) AND hapus_diminta_pada IS NOT NULL
                    AND dianonimkan_pada IS NULL";
            conn.prepare_cached(sql)?.execute([id.0])?;
            Ok(())
        })
        .await
    }

    async fn figures(&self, id: IdTamu) -> Result<TamuFigures> {
        self.read(move |conn, _| figures::figures(conn, id)).await
    }

    async fn gabung(&self, baru: NewGabung) -> Result<()> {
        self.write(move |conn, _| gabung::gabung(conn, &baru)).await
    }

    async fn pisah(&self, id: IdTamu, id_lain: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
        self.write(move |conn, _| gabung::pisah(conn, id, id_lain, waktu)).await
    }

    async fn list_gabung(&self, id: IdTamu) -> Result<Vec<Gabungan>> {
        self.read(move |conn, _| gabung::list(conn, id)).await
    }

    async fn finish_gabung(&self, sampai: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| gabung::finish(conn, sampai)).await
    }

    async fn update_password(&self, id: IdTamu, baru: NewPassword) -> Result<()> {
        self.write(move |conn, _| update_password(conn, id, &baru)).await
    }
}

impl From<CipherError> for StoreError {
    fn from(error: CipherError) -> Self {
        tracing::error!(%error, "a number cannot be encrypted");
        Self::Other(error.to_string())
    }
}

/// What [`from_row`] reads. Only a guest who was erased has no code.
const COLUMNS: &str = "id, nama, telp, telp_indeks, email, instansi, dibuat_pada,
    CASE WHEN dianonimkan_pada IS NULL THEN kode_qr ELSE '' END AS kode_qr";

/// Reads a guest, as far as it can be read; only the identity must be.
fn from_row(row: &Row<'_>, kunci: &SchoolSecrets) -> rusqlite::Result<Tamu> {
    let id = row.get("id")?;
    let mut seen = Seen::of("tamu", id);
    let mut tamu = Tamu {
        id: IdTamu(id),
        nama: seen.text("nama", row.get("nama")),
        telp: seen.optional("telp", telp(row, kunci)),
        email: seen.optional("email", row.get("email")),
        instansi: seen.optional("instansi", row.get("instansi")),
        kode_qr: seen.text("kode_qr", row.get("kode_qr")),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: false,
    };
    tamu.rusak = seen.rusak().ada();
    Ok(tamu)
}

fn kredensial(row: &Row<'_>, kunci: &SchoolSecrets) -> rusqlite::Result<Credentials<Tamu>> {
    Ok(Credentials {
        siapa: from_row(row, kunci)?,
        password_hash: row.get("password_hash")?,
        password_sampai: waktu_opt(row, "password_sampai")?,
    })
}

pub(super) fn find(conn: &Connection, kunci: &SchoolSecrets, id: IdTamu) -> Result<Option<Tamu>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tamu
        WHERE id = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE id = ?1) AND dianonimkan_pada IS NULL"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], |row| from_row(row, kunci)).optional()?)
}

pub(super) fn find_record(conn: &Connection, id: IdTamu) -> Result<Option<TamuRecord>> {
    let sql = "SELECT setuju_pada, setuju_versi, hapus_diminta_pada, dianonimkan_pada, password_hash
        FROM tamu WHERE id = ?1";
    let record = conn.prepare_cached(sql)?.query_row([id.0], |row| {
        Ok(TamuRecord {
            setuju_pada: waktu_opt(row, "setuju_pada")?,
            setuju_versi: row.get("setuju_versi")?,
            hapus_diminta_pada: waktu_opt(row, "hapus_diminta_pada")?,
            dianonimkan_pada: waktu_opt(row, "dianonimkan_pada")?,
            punya_password: row.get_ref("password_hash")? != ValueRef::Null,
        })
    });
    Ok(record.optional()?)
}

/// Enters a guest with the permanent code. `None` if another guest has the number; then nothing was changed.
pub(super) fn enter(conn: &Connection, kunci: &SchoolSecrets, baru: &NewTamu) -> Result<Option<IdTamu>> {
    let telp = baru.telp.as_ref();
    let id = conn
        .prepare_cached(
            "INSERT INTO tamu (nama, telp, telp_indeks, telp_akhir, email, instansi, dibuat_pada)
            VALUES (:nama, :telp, :telp_indeks, :telp_akhir, :email, :instansi, :waktu)
            ON CONFLICT (telp_indeks) DO NOTHING
            RETURNING id",
        )?
        .query_row(
            named_params! {
                ":nama": baru.nama,
                ":telp": telp.map(|telp| kunci.telp.encrypt(telp)).transpose()?,
                ":telp_indeks": telp.map(|telp| kunci.telp.indeks(telp)),
                ":telp_akhir": telp.map(Telp::akhir),
                ":email": baru.email,
                ":instansi": baru.instansi,
                ":waktu": ms(baru.waktu),
            },
            |row| row.get(0).map(IdTamu),
        )
        .optional()?;
    if let Some(id) = id {
        conn.prepare_cached("UPDATE tamu SET kode_qr = ?1 WHERE id = ?2")?
            .execute((kunci.qr.sign(&Token::tamu(id)), id.0))?;
        kata_tamu::enter(conn, id, &baru.nama, baru.instansi.as_deref())?;
    }
    Ok(id)
}

/// Changes what is known of a guest, as a visit's entry says.
pub(super) fn correct(
    conn: &Connection,
    id: IdTamu,
    before: TamuDetails<'_>,
    ubah: &TamuChanges,
) -> Result<()> {
    if *ubah == TamuChanges::default() {
        return Ok(());
    }
    conn.prepare_cached(
        "UPDATE tamu SET
            nama = COALESCE(:nama, nama), email = COALESCE(:email, email),
            instansi = COALESCE(:instansi, instansi)
        WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.0, ":nama": ubah.nama, ":email": ubah.email, ":instansi": ubah.instansi,
    })?;
    let (nama, instansi) = (ubah.nama.as_deref(), ubah.instansi.as_deref());
    kata_tamu::replace(conn, id, nama.unwrap_or(before.nama), instansi.or(before.instansi))?;
    touch_open(conn, id)
}

/// Open appointments show the guest: their copies elsewhere are old now.
fn touch_open(conn: &Connection, id: IdTamu) -> Result<()> {
    let condition = format!("id_tamu = :id_tamu AND status IN ({})", words(status::open()));
    update_janji_temu(conn, Columns::new(), &condition, named_params! { ":id_tamu": id.0 }).map(drop)
}

fn update(conn: &Connection, kunci: &SchoolSecrets, id: IdTamu, ubah: &TamuCorrection) -> Result<Tamu> {
    let sql = format!(
        "UPDATE tamu SET
            nama = COALESCE(:nama, nama),
            telp = IIF(:ubah_telp, :telp, telp),
            telp_indeks = IIF(:ubah_telp, :telp_indeks, telp_indeks),
            telp_akhir = IIF(:ubah_telp, :telp_akhir, telp_akhir),
            email = IIF(:ubah_email, :email, email),
            instansi = IIF(:ubah_instansi, :instansi, instansi),
            setuju_pada = IIF(:ubah_setuju AND setuju_versi IS NOT :setuju_versi, :setuju_pada, setuju_pada),
            setuju_versi = IIF(:ubah_setuju, :setuju_versi, setuju_versi)
        WHERE id = :id AND dianonimkan_pada IS NULL AND digabung_ke IS NULL
        RETURNING {COLUMNS}"
    );
    let setuju = ubah.setuju.as_ref().and_then(Option::as_ref);
    let telp = ubah.telp.as_ref().and_then(Option::as_ref);
    if let Some(telp) = telp {
        free_second(conn, kunci, id, telp)?;
    }
    let params = named_params! {
        ":id": id.0,
        ":nama": ubah.nama,
        ":ubah_telp": ubah.telp.is_some(),
        ":telp": telp.map(|telp| kunci.telp.encrypt(telp)).transpose()?,
        ":telp_indeks": telp.map(|telp| kunci.telp.indeks(telp)),
        ":telp_akhir": telp.map(Telp::akhir),
        ":ubah_email": ubah.email.is_some(),
        ":email": ubah.email.as_ref().and_then(Option::as_ref),
        ":ubah_instansi": ubah.instansi.is_some(),
        ":instansi": ubah.instansi.as_ref().and_then(Option::as_ref),
        ":ubah_setuju": ubah.setuju.is_some(),
        ":setuju_versi": setuju.map(|setuju| &setuju.versi),
        ":setuju_pada": setuju.map(|setuju| ms(setuju.waktu)),
    };
    let changed = conn.prepare_cached(&sql)?.query_row(params, |row| from_row(row, kunci)).optional()?;
    let tamu = changed.ok_or(StoreError::NotFound)?;
    if ubah.nama.is_some() || ubah.instansi.is_some() {
        kata_tamu::replace(conn, id, &tamu.nama, tamu.instansi.as_deref())?;
    }
    if ubah.is_shown() {
        touch_open(conn, id)?;
    }
    Ok(tamu)
}

/// A number that the guest has by a merge is the guest's own already, and can become the first.
fn free_second(conn: &Connection, kunci: &SchoolSecrets, id: IdTamu, telp: &Telp) -> Result<()> {
    conn.prepare_cached(
        "UPDATE tamu SET telp = NULL, telp_indeks = NULL, telp_akhir = NULL
        WHERE telp_indeks = ?1 AND digabung_ke = ?2",
    )?
    .execute((kunci.telp.indeks(telp), id.0))?;
    Ok(())
}

fn update_password(conn: &Connection, id: IdTamu, baru: &NewPassword) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE tamu SET password_hash = :hash, password_sampai = :password_sampai
            WHERE id = :id AND (:lama IS NULL OR password_hash = :lama)",
        )?
        .execute(named_params! {
            ":id": id.0,
            ":hash": baru.hash,
            ":lama": baru.lama,
            ":password_sampai": ms_opt(password_end(baru.sementara, baru.waktu)),
        })?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    if baru.sementara {
        conn.prepare_cached("DELETE FROM sistem_perangkat WHERE id_tamu = ?1")?.execute([id.0])?;
    }
    conn.prepare_cached(
        "UPDATE sistem_sesi SET dicabut_pada = :waktu WHERE id_tamu = :id AND dicabut_pada IS NULL",
    )?
    .execute(named_params! { ":id": id.0, ":waktu": ms(baru.waktu) })?;
    Ok(())
}
