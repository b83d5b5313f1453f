//! The audit's table. The entry of a use case is sent with the statement that makes the change (`engine/statement.rs`).

mod seal;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    audit::{
        Aksi, Objek, Pelaku,
        chain::{Link, Seal},
    },
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{bytes, bytes_opt, count, int, int_opt, page, text, text_opt, unreadable, waktu},
};
use crate::{
    AuditStore, PageRequest, Result,
    audit::{
        AuditChain, AuditChange, AuditFilter, AuditPage, AuditRow, COUNTED, Ends, NewAudit, SEARCHED, pending,
    },
};

/// Empties what is told of the erased guest `@id_tamu`, and of those who were merged into that one. Each of them has an
/// entry that says so, or else the chain would not be whole: the work's own, if it is about that guest, or one by the
/// program.
pub(super) const FORGET: &str = "
    UPDATE r SET
        sebelum = NULL, sesudah = NULL, alamat = CASE r.role WHEN N'Tamu' THEN NULL ELSE r.alamat END
    FROM sistem.audit AS r
    WHERE r.id_tamu IN (SELECT id FROM dbo.tamu WHERE id = @id_tamu OR digabung_ke = @id_tamu)
        AND (r.sebelum IS NOT NULL OR r.sesudah IS NOT NULL OR (r.role = N'Tamu' AND r.alamat IS NOT NULL));
    INSERT INTO sistem.audit (waktu, role, aksi, objek, id_objek, id_tamu)
    SELECT @waktu, @role_sistem, @aksi_anonim, @objek_tamu, t.id, t.id FROM dbo.tamu AS t
    WHERE (t.id = @id_tamu AND @sendiri = 0) OR t.digabung_ke = @id_tamu;";

/// Gives the values of [`FORGET`] that are its own.
pub(super) fn bind_forget(statement: Statement, id: IdTamu) -> Statement {
    let is_told = pending().is_some_and(|entry| entry.tells_erasure_of(id));
    statement
        .bind("role_sistem", Pelaku::Sistem.as_str())
        .bind("aksi_anonim", Aksi::Anonimkan.as_str())
        .bind("objek_tamu", Objek::Tamu.as_str())
        .bind("sendiri", is_told)
}

#[async_trait]
impl AuditStore for MssqlStore {
    async fn add(&self, entry: NewAudit) -> Result<()> {
        self.engine.write(Statement::new("").with_entry(Some(entry))).await.map(drop)
    }

    async fn list(&self, saring: AuditFilter, halaman: PageRequest) -> Result<AuditPage> {
        let (entries, condition) = (entries(&saring), condition(&saring));
        let total = match saring.is_empty() {
            true => ALL.to_owned(),
            false => format!(
                "SELECT COUNT_BIG(*) AS total
                FROM (SELECT TOP ({COUNTED}) a.id FROM {entries} AS a WHERE {condition}) AS d;"
            ),
        };
        let statement = Statement::new(format!(
            "{total}
            SELECT {COLUMNS}, b.nomor AS nomor_sebelum, b.segel AS segel_sebelum
            FROM {entries} AS a
            LEFT JOIN sistem.audit AS b ON b.nomor = a.nomor - 1
            WHERE {condition}
            ORDER BY a.waktu DESC, a.id DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
        ));
        let answer = self.engine.read(page(bind(statement, &saring), halaman)).await?;
        let (mut data, mut links) = (Vec::new(), Vec::new());
        for row in answer.rows_of(1) {
            data.push(from_row(row)?);
            let segel = bytes_opt(row, "segel_sebelum")?.and_then(|segel| segel.try_into().ok());
            let nomor = int_opt(row, "nomor_sebelum")?;
            links.push(nomor.zip(segel).map(|(nomor, segel)| Link { nomor, segel }));
        }
        Ok(AuditPage { data, total: count(answer.one()?, "total")?, before: links })
    }

    async fn list_plain(&self, saring: AuditFilter, halaman: PageRequest) -> Result<Vec<AuditRow>> {
        let statement = Statement::new(format!(
            "SELECT {COLUMNS} FROM {} AS a WHERE {}
            ORDER BY a.waktu DESC, a.id DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            entries(&saring),
            condition(&saring)
        ));
        let answer = self.engine.read(page(bind(statement, &saring), halaman)).await?;
        answer.rows().iter().map(from_row).collect()
    }

    async fn list_changes(&self, setelah: i64, limit: u32) -> Result<Vec<AuditChange>> {
        let statement = Statement::new(
            "SELECT TOP (@batas) id, aksi, objek, id_objek FROM sistem.audit WHERE id > @setelah ORDER BY id;",
        );
        let answer =
            self.engine.read(statement.bind("setelah", setelah).bind("batas", i64::from(limit))).await?;
        let change = |row: &Row| {
            Ok(AuditChange {
                id: int(row, "id")?,
                aksi: text(row, "aksi")?,
                objek: text(row, "objek")?,
                id_objek: int_opt(row, "id_objek")?,
            })
        };
        answer.rows().iter().map(change).collect()
    }

    async fn seal(&self) -> Result<usize> {
        if self.find_ends().await?.unsealed == 0 {
            return Ok(0);
        }
        self.engine.transact(|| seal::seal(&self.engine, &self.kunci.audit)).await
    }

    async fn trim(&self, sebelum: DateTime<Utc>, limit: u32) -> Result<u64> {
        self.engine.transact_many(|| seal::trim(&self.engine, &self.kunci.audit, sebelum, limit)).await
    }
}

#[async_trait]
impl AuditChain for MssqlStore {
    async fn list_sealed(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
        let sql = format!(
            "SELECT TOP (@limit) {COLUMNS} FROM sistem.audit AS a WHERE a.nomor > @sesudah_nomor ORDER BY a.nomor"
        );
        let statement = Statement::new(sql).bind("sesudah_nomor", after).bind("limit", i64::from(limit));
        self.engine.read(statement).await?.rows().iter().map(from_row).collect()
    }

    async fn find_ends(&self) -> Result<Ends> {
        seal::ends(&self.engine.read(Statement::new(seal::ENDS)).await?)
    }
}

/// How many entries there are in all, without counting them.
const ALL: &str = "
    SELECT
        ISNULL((SELECT nomor FROM sistem.audit_ujung WHERE nama = N'terbaru'), 0)
        - ISNULL((SELECT nomor FROM sistem.audit_ujung WHERE nama = N'terhapus'), 0)
        + (SELECT COUNT_BIG(*) FROM sistem.audit WHERE nomor IS NULL) AS total;";

/// What [`from_row`] reads.
const COLUMNS: &str =
    "a.id, a.waktu, a.id_pelaku, a.nama_pelaku, a.role, a.alamat, a.aksi, a.objek, a.id_objek,
    a.id_tamu, a.sebelum, a.sesudah, a.nomor, a.pribadi, a.segel";

/// What a filter's entries are taken from. Only the newest are searched for a text.
fn entries(saring: &AuditFilter) -> String {
    match saring.cari {
        None => "sistem.audit".to_owned(),
        Some(_) => format!("(SELECT TOP ({SEARCHED}) * FROM sistem.audit ORDER BY id DESC)"),
    }
}

/// The conditions of a filter; [`bind`] gives them their values.
fn condition(saring: &AuditFilter) -> String {
    let mut conditions = vec!["1 = 1".to_owned()];
    let mut add = |is_asked: bool, condition: &str| {
        if is_asked {
            conditions.push(condition.to_owned());
        }
    };
    add(saring.waktu.is_some(), "a.waktu >= @dari AND a.waktu < @sampai");
    add(saring.pelaku.is_some(), "a.id_pelaku = @pelaku AND a.role <> N'Tamu'");
    add(saring.aksi.is_some(), "a.aksi = @aksi");
    add(saring.objek.is_some(), "a.objek = @objek");
    add(saring.id_objek.is_some(), "a.id_objek = @id_objek");
    add(
        saring.setelah.is_some(),
        "a.waktu <= @setelah_waktu AND (a.waktu < @setelah_waktu OR a.id < @setelah_id)",
    );
    add(
        saring.cari.is_some(),
        "(
            CHARINDEX(LOWER(@cari), LOWER(a.nama_pelaku)) > 0 OR CHARINDEX(LOWER(@cari), LOWER(a.sebelum)) > 0
            OR CHARINDEX(LOWER(@cari), LOWER(a.sesudah)) > 0
        )",
    );
    conditions.join(" AND ")
}

fn bind(statement: Statement, saring: &AuditFilter) -> Statement {
    statement
        .bind("dari", saring.waktu.map(|span| span.start))
        .bind("sampai", saring.waktu.map(|span| span.end))
        .bind("pelaku", saring.pelaku)
        .bind("aksi", saring.aksi.map(domain::audit::Aksi::as_str))
        .bind("objek", saring.objek.map(domain::audit::Objek::as_str))
        .bind("id_objek", saring.id_objek)
        .bind("setelah_waktu", saring.setelah.map(|(waktu, _)| waktu))
        .bind("setelah_id", saring.setelah.map(|(_, id)| id))
        .bind("cari", saring.cari.as_ref())
}

fn from_row(row: &Row) -> Result<AuditRow> {
    let hash = |column: &str| bytes(row, column)?.try_into().map_err(|_| unreadable(column));
    let seal = match int_opt(row, "nomor")? {
        Some(nomor) => Some(Seal { nomor, pribadi: hash("pribadi")?, segel: hash("segel")? }),
        None => None,
    };
    Ok(AuditRow {
        id: int(row, "id")?,
        waktu: waktu(row, "waktu")?,
        id_pelaku: int_opt(row, "id_pelaku")?,
        nama_pelaku: text_opt(row, "nama_pelaku")?,
        role: text_opt(row, "role")?,
        alamat: text_opt(row, "alamat")?,
        aksi: text(row, "aksi")?,
        objek: text(row, "objek")?,
        id_objek: int_opt(row, "id_objek")?,
        id_tamu: int_opt(row, "id_tamu")?,
        sebelum: text_opt(row, "sebelum")?,
        sesudah: text_opt(row, "sesudah")?,
        seal,
    })
}
