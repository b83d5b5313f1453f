//! Users. That one active admin stays is a condition of the statements that could end it, and those wait for each
//! other.

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
    pesan, rusak,
    sesi::password_end,
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Audited, Statement},
    kata_tamu, pesan_keluar,
    row::{bit, count, int, page, text, text_opt, unreadable, waktu, waktu_opt, word, word_opt},
};
use crate::{
    PageRequest, PenggunaStore, Result,
    kalender::SecretHash,
    pengguna::{
        Credentials, Deletion, ImportStep, NewPassword, PenggunaBaru, PenggunaChanges, PenggunaFilter,
        PenggunaOrder, UnitBaru,
    },
    seen::Seen,
};

#[async_trait]
impl PenggunaStore for MssqlStore {
    async fn create(&self, baru: PenggunaBaru) -> Result<Pengguna> {
        let made = Audited { id: Some("@dibuat"), ..Audited::default() };
        let statement = bind(Statement::new(insert()).audited(made), baru);
        from_row(self.engine.write(statement).await?.one()?)
    }

    async fn create_unit(&self, baru: UnitBaru) -> Result<Pengguna> {
        let baru = &baru;
        self.engine.transact(|| unit::create_unit(&self.engine, baru)).await
    }

    async fn list_anggota(&self, unit: Vec<IdPengguna>) -> Result<HashMap<IdPengguna, Vec<Anggota>>> {
        unit::list_anggota(&self.engine, &unit).await
    }

    async fn is_anggota(&self, unit: IdPengguna, id: IdPengguna) -> Result<bool> {
        unit::is_anggota(&self.engine, unit, id).await
    }

    async fn found(&self, admin: PenggunaBaru, setelan: Setelan) -> Result<Option<Pengguna>> {
        found::found(&self.engine, admin, &setelan).await
    }

    async fn find(&self, id: IdPengguna) -> Result<Option<Pengguna>> {
        let sql = format!("SELECT {COLUMNS} FROM dbo.pengguna WHERE id = @id");
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(from_row).transpose()
    }

    async fn find_kredensial(&self, email: &str) -> Result<Option<Credentials<Pengguna>>> {
        let sql = format!(
            "SELECT {COLUMNS}, password_hash, password_sampai FROM dbo.pengguna WHERE email = @email AND unit = 0"
        );
        let answer = self.engine.read(Statement::new(sql).bind("email", email)).await?;
        answer.first().map(kredensial).transpose()
    }

    async fn find_kredensial_by_id(&self, id: IdPengguna) -> Result<Option<Credentials<Pengguna>>> {
        let sql = format!(
            "SELECT {COLUMNS}, password_hash, password_sampai FROM dbo.pengguna WHERE id = @id AND unit = 0"
        );
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(kredensial).transpose()
    }

    async fn list(&self, saring: PenggunaFilter, halaman: PageRequest) -> Result<Daftar<Pengguna>> {
        let (condition, statement) = condition(&saring);
        let sql = format!(
            "SELECT COUNT_BIG(*) AS total FROM dbo.pengguna {condition};
            SELECT {COLUMNS} FROM dbo.pengguna {condition}
            ORDER BY nama, id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
        );
        let answer = self.engine.read(page(statement(sql), halaman)).await?;
        let data = answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn list_rinci(
        &self,
        saring: PenggunaFilter,
        urut: PenggunaOrder,
        halaman: PageRequest,
    ) -> Result<Daftar<PenggunaRinci>> {
        rinci::list(&self.engine, &saring, urut, halaman).await
    }

    async fn find_kepegawaian(&self, id: IdPengguna) -> Result<Kepegawaian> {
        rinci::find_kepegawaian(&self.engine, id).await
    }

    async fn list_dikenal(&self) -> Result<Vec<Dikenal>> {
        rinci::list_dikenal(&self.engine).await
    }

    async fn import(&self, langkah: Vec<ImportStep>, waktu: DateTime<Utc>) -> Result<Vec<Pengguna>> {
        let langkah = &langkah;
        self.engine.transact_many(|| import::import(&self.engine, langkah, waktu)).await
    }

    async fn exists(&self, role: Role) -> Result<bool> {
        let sql = "SELECT TOP (1) id FROM dbo.pengguna WHERE role = @role AND aktif = 1 AND unit = 0";
        let answer = self.engine.read(Statement::new(sql).bind("role", role.as_str())).await?;
        Ok(answer.first().is_some())
    }

    async fn update(&self, id: IdPengguna, ubah: PenggunaChanges, waktu: DateTime<Utc>) -> Result<Pengguna> {
        let ubah = &ubah;
        self.engine.transact(|| update::update(&self.engine, id, ubah, waktu)).await
    }

    async fn update_password(&self, id: IdPengguna, baru: NewPassword) -> Result<()> {
        update::update_password(&self.engine, id, &baru).await
    }

    async fn delete(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Deletion> {
        delete::delete(&self.engine, id, waktu).await
    }
}

pub(super) use update::REVOKE_ALL;

/// What [`from_row`] reads.
const COLUMNS: &str =
    "id, nama, sapaan, jabatan, email, telp, role, wajib_ganti_password, aktif, unit, dibuat_pada";

/// Adds a user, and reads it.
fn insert() -> String {
    format!(
        "INSERT INTO dbo.pengguna (
            nama, sapaan, jabatan, email, telp, nuptk, nip, tugas_tambahan,
            password_hash, password_sampai, role, wajib_ganti_password, dibuat_pada, diubah_pada, kata
        ) VALUES (
            @nama, @sapaan, @jabatan, @email, @telp, @nuptk, @nip, @tugas,
            @password_hash, @password_sampai, @role, @wajib_ganti, @waktu, @waktu, @kata
        );
        DECLARE @dibuat bigint = CAST(SCOPE_IDENTITY() AS bigint);
        {}
        SELECT {COLUMNS} FROM dbo.pengguna WHERE id = @dibuat;",
        pesan_keluar::queue_kredensial("@dibuat")
    )
}

fn bind(insert: Statement, baru: PenggunaBaru) -> Statement {
    let kata = kata::of_pengguna(&baru.nama, baru.jabatan.as_deref(), &baru.email);
    insert
        .bind("kata", kata)
        .bind("nama", baru.nama)
        .bind("sapaan", baru.sapaan.map(Sapaan::as_str))
        .bind("jabatan", baru.jabatan.as_ref())
        .bind("email", baru.email)
        .bind("telp", baru.telp.as_ref().map(Telp::as_str))
        .bind("nuptk", baru.kepegawaian.nuptk)
        .bind("nip", baru.kepegawaian.nip)
        .bind("tugas", baru.kepegawaian.tugas_tambahan)
        .bind("password_hash", baru.password_hash)
        .bind("password_sampai", password_end(baru.wajib_ganti_password, baru.waktu))
        .bind("role", baru.role.as_str())
        .bind("wajib_ganti", baru.wajib_ganti_password)
        .bind("rahasia", baru.rahasia)
        .bind("kredensial", pesan::password())
        .bind("waktu", baru.waktu)
}

/// One at a time: a caller who may remove the last active admin sees what the one before has done.
const ADMIN_LOCK: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu admin', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;";

/// The condition on the user `@id` that there is another active admin, who has a password of their own,
/// if this user is one.
const NOT_THE_LAST_ADMIN: &str = "(
        role <> N'Admin' OR aktif = 0
        OR EXISTS (
            SELECT 1 FROM dbo.pengguna AS lain
            WHERE lain.role = N'Admin' AND lain.aktif = 1 AND lain.wajib_ganti_password = 0
                AND lain.id <> @id
        )
    )";

/// Reads a user, as far as it can be read; only the identity must be. One whose rights cannot be read has none.
/// Asks for the active user whose calendar is fetched by that secret.
pub(super) fn of_kalender(rahasia: SecretHash) -> Statement {
    let sql = format!(
        "SELECT {COLUMNS} FROM dbo.pengguna
        WHERE aktif = 1 AND id = (SELECT id_pengguna FROM sistem.kalender WHERE rahasia = @rahasia)"
    );
    Statement::new(sql).bind("rahasia", rahasia)
}

pub(super) fn from_row(row: &Row) -> Result<Pengguna> {
    let id = int(row, "id")?;
    let mut seen = Seen::of("pengguna", id);
    let telp = text_opt(row, "telp").and_then(|telp| {
        let telp = telp.map(Telp::from_normal_form).transpose();
        telp.map_err(|_| unreadable("telp"))
    });
    let mut pengguna = Pengguna {
        id: IdPengguna(id),
        nama: seen.text("nama", text(row, "nama")),
        sapaan: seen.optional("sapaan", word_opt(row, "sapaan")),
        jabatan: seen.optional("jabatan", text_opt(row, "jabatan")),
        email: seen.text("email", text(row, "email")),
        telp: seen.optional("telp", telp),
        role: seen.decides("role", word(row, "role"), rusak::ROLE),
        wajib_ganti_password: seen.decides("wajib_ganti_password", bit(row, "wajib_ganti_password"), true),
        aktif: seen.decides("aktif", bit(row, "aktif"), false),
        unit: seen.decides("unit", bit(row, "unit"), false),
        dibuat_pada: seen.shown("dibuat_pada", waktu(row, "dibuat_pada"), DateTime::UNIX_EPOCH),
        rusak: false,
    };
    pengguna.rusak = seen.rusak().ada();
    pengguna.aktif &= seen.rusak() != Damage::Pokok;
    Ok(pengguna)
}

fn kredensial(row: &Row) -> Result<Credentials<Pengguna>> {
    Ok(Credentials {
        siapa: from_row(row)?,
        password_hash: text_opt(row, "password_hash")?,
        password_sampai: waktu_opt(row, "password_sampai")?,
    })
}

/// Users are few, so a text is looked for in each. Conditions that are not asked for are left out.
fn condition(saring: &PenggunaFilter) -> (String, impl FnOnce(String) -> Statement + use<>) {
    let mut conditions = Vec::new();
    if saring.role.is_some() {
        conditions.push("role = @role".to_owned());
    }
    if saring.aktif.is_some() {
        conditions.push("aktif = @aktif".to_owned());
    }
    if saring.unit.is_some() {
        conditions.push("unit = @unit".to_owned());
    }
    if saring.beranggota.is_some() {
        conditions.push("id IN (SELECT id_unit FROM sistem.anggota WHERE id_pengguna = @anggota)".to_owned());
    }
    if let Some(cari) = &saring.cari {
        let words = kata_tamu::stands_in("kata", cari.kata.len());
        let number = saring.nomor.as_ref().map_or("", |_| " OR nuptk LIKE @nomor OR nip LIKE @nomor");
        conditions.push(format!("({words}{number})"));
    }
    let text = match conditions.is_empty() {
        true => String::new(),
        false => format!("WHERE {}", conditions.join(" AND ")),
    };
    let role = saring.role.map(Role::as_str);
    let (cari, aktif, unit) = (saring.cari.clone(), saring.aktif, saring.unit);
    let nomor = saring.nomor.as_ref().map(|nomor| format!("%{nomor}%"));
    let beranggota = saring.beranggota.map(|id| id.0);
    (text, move |sql| {
        let statement = Statement::new(sql).bind("role", role).bind("aktif", aktif).bind("nomor", nomor);
        let statement = statement.bind("unit", unit).bind("anggota", beranggota);
        cari.iter().fold(statement, kata_tamu::bind_searched)
    })
}
