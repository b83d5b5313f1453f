//! Users. That one active admin stays is a condition of the statements that could end it.

mod delete;
mod found;
mod import;
mod rinci;
mod unit;
mod update;

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    Damage, IdPengguna, Pengguna, Role, Sapaan, Setelan, Telp,
    impor::Dikenal,
    json::Daftar,
    kata,
    pengguna::{Anggota, Kepegawaian, PenggunaRinci},
    rusak,
    sesi::password_end,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    SqliteStore, audit, kata_tamu, pesan_keluar,
    row::{Params, borrow, limit_offset, ms, ms_opt, unreadable, waktu, waktu_opt, word, word_opt},
};
use crate::{
    PageRequest, PenggunaStore, Result, StoreError,
    kalender::SecretHash,
    pengguna::{
        Credentials, Deletion, ImportStep, NewPassword, PenggunaBaru, PenggunaChanges, PenggunaFilter,
        PenggunaOrder, UnitBaru,
    },
    seen::Seen,
};

#[async_trait]
impl PenggunaStore for SqliteStore {
    async fn create(&self, baru: PenggunaBaru) -> Result<Pengguna> {
        self.write(move |conn, _| {
            let pengguna = create(conn, &baru)?;
            audit::made(conn, pengguna.id.0, None)?;
            Ok(pengguna)
        })
        .await
    }

    async fn create_unit(&self, baru: UnitBaru) -> Result<Pengguna> {
        self.write(move |conn, _| {
            let unit = unit::create_unit(conn, &baru)?;
            audit::made(conn, unit.id.0, None)?;
            Ok(unit)
        })
        .await
    }

    async fn list_anggota(&self, unit: Vec<IdPengguna>) -> Result<HashMap<IdPengguna, Vec<Anggota>>> {
        self.read(move |conn, _| unit::list_anggota(conn, &unit)).await
    }

    async fn is_anggota(&self, unit: IdPengguna, id: IdPengguna) -> Result<bool> {
        self.read(move |conn, _| unit::is_anggota(conn, unit, id)).await
    }

    async fn found(&self, admin: PenggunaBaru, setelan: Setelan) -> Result<Option<Pengguna>> {
        self.write(move |conn, _| found::found(conn, &admin, &setelan)).await
    }

    async fn find(&self, id: IdPengguna) -> Result<Option<Pengguna>> {
        self.read(move |conn, _| find(conn, id)).await
    }

    async fn find_kredensial(&self, email: &str) -> Result<Option<Credentials<Pengguna>>> {
        let email = email.to_owned();
        self.read(move |conn, _| {
            let sql = format!(
                "SELECT {COLUMNS}, password_hash, password_sampai FROM pengguna WHERE email = ?1 AND unit = 0"
            );
            Ok(conn.prepare_cached(&sql)?.query_row([&email], kredensial).optional()?)
        })
        .await
    }

    async fn find_kredensial_by_id(&self, id: IdPengguna) -> Result<Option<Credentials<Pengguna>>> {
        self.read(move |conn, _| {
            let sql = format!(
                "SELECT {COLUMNS}, password_hash, password_sampai FROM pengguna WHERE id = ?1 AND unit = 0"
            );
            Ok(conn.prepare_cached(&sql)?.query_row([id.0], kredensial).optional()?)
        })
        .await
    }

    async fn list(&self, saring: PenggunaFilter, halaman: PageRequest) -> Result<Daftar<Pengguna>> {
        self.read(move |conn, _| list(conn, &saring, halaman)).await
    }

    async fn list_rinci(
        &self,
        saring: PenggunaFilter,
        urut: PenggunaOrder,
        halaman: PageRequest,
    ) -> Result<Daftar<PenggunaRinci>> {
        self.read(move |conn, _| rinci::list(conn, &saring, urut, halaman)).await
    }

    async fn find_kepegawaian(&self, id: IdPengguna) -> Result<Kepegawaian> {
        self.read(move |conn, _| rinci::find_kepegawaian(conn, id)).await
    }

    async fn list_dikenal(&self) -> Result<Vec<Dikenal>> {
        self.read(move |conn, _| rinci::list_dikenal(conn)).await
    }

    async fn import(&self, langkah: Vec<ImportStep>, waktu: DateTime<Utc>) -> Result<Vec<Pengguna>> {
        self.write(move |conn, _| import::import(conn, &langkah, waktu)).await
    }

    async fn exists(&self, role: Role) -> Result<bool> {
        self.read(move |conn, _| {
            let sql = "SELECT EXISTS (SELECT 1 FROM pengguna WHERE role = ?1 AND aktif = 1 AND unit = 0)";
            Ok(conn.prepare_cached(sql)?.query_row([role.as_str()], |row| row.get(0))?)
        })
        .await
    }

    async fn update(&self, id: IdPengguna, ubah: PenggunaChanges, waktu: DateTime<Utc>) -> Result<Pengguna> {
        self.write(move |conn, _| update::update(conn, id, &ubah, waktu)).await
    }

    async fn update_password(&self, id: IdPengguna, baru: NewPassword) -> Result<()> {
        self.write(move |conn, _| update::update_password(conn, id, &baru)).await
    }

    async fn delete(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Deletion> {
        self.write(move |conn, _| delete::delete(conn, id, waktu)).await
    }
}

pub(super) use update::revoke_all;

/// What [`from_row`] reads.
const COLUMNS: &str =
    "id, nama, sapaan, jabatan, email, telp, role, wajib_ganti_password, aktif, unit, dibuat_pada";

/// Reads a user, as far as it can be read; only the identity must be. One whose rights cannot be read has none.
fn from_row(row: &Row<'_>) -> rusqlite::Result<Pengguna> {
    let id = row.get("id")?;
    let mut seen = Seen::of("pengguna", id);
    let telp = row.get::<_, Option<String>>("telp").and_then(|telp| {
        let telp = telp.map(Telp::from_normal_form).transpose();
        telp.map_err(|error| unreadable(rusqlite::types::Type::Text, error))
    });
    let mut pengguna = Pengguna {
        id: IdPengguna(id),
        nama: seen.text("nama", row.get("nama")),
        sapaan: seen.optional("sapaan", word_opt(row, "sapaan")),
        jabatan: seen.optional("jabatan", row.get("jabatan")),
        email: seen.text("email", row.get("email")),
        telp: seen.optional("telp", telp),
        role: seen.decides("role", word(row, "role"), rusak::ROLE),
        wajib_ganti_password: seen.decides("wajib_ganti_password", row.get("wajib_ganti_password"), true),
        aktif: seen.decides("aktif", row.get("aktif"), false),
        unit: seen.decides("unit", row.get("unit"), false),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: false,
    };
    pengguna.rusak = seen.rusak().ada();
    pengguna.aktif &= seen.rusak() != Damage::Pokok;
    Ok(pengguna)
}

fn kredensial(row: &Row<'_>) -> rusqlite::Result<Credentials<Pengguna>> {
    Ok(Credentials {
        siapa: from_row(row)?,
        password_hash: row.get("password_hash")?,
        password_sampai: waktu_opt(row, "password_sampai")?,
    })
}

pub(super) fn find(conn: &Connection, id: IdPengguna) -> Result<Option<Pengguna>> {
    let sql = format!("SELECT {COLUMNS} FROM pengguna WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?)
}

/// The active user whose calendar is fetched by that secret.
pub(super) fn of_kalender(conn: &Connection, rahasia: SecretHash) -> Result<Option<Pengguna>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pengguna
        WHERE aktif = 1 AND id = (SELECT id_pengguna FROM sistem_kalender WHERE rahasia = ?1)"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([rahasia], from_row).optional()?)
}

fn create(conn: &Connection, baru: &PenggunaBaru) -> Result<Pengguna> {
    let sql = format!(
        "INSERT INTO pengguna (
            nama, sapaan, jabatan, email, telp, nuptk, nip, tugas_tambahan,
            password_hash, password_sampai, role, wajib_ganti_password, dibuat_pada, diubah_pada, kata
        ) VALUES (
            :nama, :sapaan, :jabatan, :email, :telp, :nuptk, :nip, :tugas,
            :password_hash, :password_sampai, :role, :wajib_ganti, :waktu, :waktu, :kata
        )
        RETURNING {COLUMNS}"
    );
    let params = named_params! {
        ":nama": baru.nama,
        ":sapaan": baru.sapaan.map(Sapaan::as_str),
        ":jabatan": baru.jabatan,
        ":email": baru.email,
        ":telp": baru.telp.as_ref().map(Telp::as_str),
        ":nuptk": baru.kepegawaian.nuptk,
        ":nip": baru.kepegawaian.nip,
        ":tugas": baru.kepegawaian.tugas_tambahan,
        ":password_hash": baru.password_hash,
        ":password_sampai": ms_opt(password_end(baru.wajib_ganti_password, baru.waktu)),
        ":role": baru.role.as_str(),
        ":wajib_ganti": baru.wajib_ganti_password,
        ":waktu": ms(baru.waktu),
        ":kata": kata::of_pengguna(&baru.nama, baru.jabatan.as_deref(), &baru.email),
    };
    let pengguna = conn.prepare_cached(&sql)?.query_row(params, from_row)?;
    pesan_keluar::queue_kredensial(conn, pengguna.id, baru.rahasia.as_deref(), baru.waktu)?;
    Ok(pengguna)
}

/// The condition of a filter, with its values.
fn condition(saring: &PenggunaFilter) -> (String, Params) {
    let mut condition =
        "WHERE (:role IS NULL OR role = :role) AND (:aktif IS NULL OR aktif = :aktif)".to_owned();
    let mut params: Params =
        vec![(":role", Box::new(saring.role.map(Role::as_str))), (":aktif", Box::new(saring.aktif))];
    if let Some(unit) = saring.unit {
        condition.push_str(" AND unit = :unit");
        params.push((":unit", Box::new(unit)));
    }
    if let Some(id) = saring.beranggota {
        condition.push_str(" AND id IN (SELECT id_unit FROM sistem_anggota WHERE id_pengguna = :anggota)");
        params.push((":anggota", Box::new(id.0)));
    }
    if let Some(cari) = &saring.cari {
        let words = kata_tamu::stands_in("kata", cari.kata.len());
        let number = saring.nomor.as_ref().map_or("", |_| " OR nuptk LIKE :nomor OR nip LIKE :nomor");
        condition.push_str(&format!(" AND ({words}{number})"));
        params.extend(kata_tamu::params_in(&cari.kata));
        params.extend(saring.nomor.iter().map(|nomor| (":nomor", Box::new(format!("%{nomor}%")) as _)));
    }
    (condition, params)
}

fn list(conn: &Connection, saring: &PenggunaFilter, halaman: PageRequest) -> Result<Daftar<Pengguna>> {
    let (condition, mut params) = condition(saring);
    let count = format!("SELECT COUNT(*) FROM pengguna {condition}");
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;
    let sql = format!(
        "SELECT {COLUMNS} FROM pengguna {condition}
        ORDER BY nama COLLATE NOCASE, id LIMIT :limit OFFSET :offset"
    );
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let data = statement.query_map(&*borrow(&params), from_row)?.collect::<rusqlite::Result<_>>()?;
    Ok(Daftar { data, total: total.unsigned_abs() })
}

/// Why a statement about a user, with the condition that an active admin stays, changed no row.
fn refused(conn: &Connection, id: IdPengguna) -> Result<StoreError> {
    Ok(match find(conn, id)? {
        Some(_) => StoreError::Conflict(crate::Conflict::AdminTerakhir),
        None => StoreError::NotFound,
    })
}
