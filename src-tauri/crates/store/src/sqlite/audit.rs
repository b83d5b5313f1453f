//! The audit's table. A job's entry is written here, inside the job's savepoint.

mod seal;

use std::{
    cell::RefCell,
    path::Path,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    audit::{
        Aksi, Objek, Pelaku,
        chain::{Link, Seal},
    },
};
use rusqlite::{Connection, Row, named_params};

use super::{
    SqliteStore, engine,
    row::{Params, borrow, limit_offset, ms, waktu},
};
use crate::{
    AuditStore, PageRequest, Result,
    audit::{
        AuditChain, AuditChange, AuditFilter, AuditPage, AuditRow, COUNTED, Ends, NewAudit, SEARCHED,
        Verdict, verify,
    },
};

thread_local! {
    /// The entry of the job that the writer has in hand.
    static IN_HAND: RefCell<Option<InHand>> = const { RefCell::new(None) };
}

struct InHand {
    entry: NewAudit,
    /// The job has written it, once or for each of several rows.
    is_written: bool,
}

/// Does a job. If it succeeds and has changed anything, its entry is written behind it.
pub(super) fn write_with<T>(
    conn: &Connection,
    entry: NewAudit,
    work: impl FnOnce() -> Result<T>,
) -> Result<T> {
    IN_HAND.set(Some(InHand { entry, is_written: false }));
    let before = conn.total_changes();
    let result = work();
    // Even after an error, so that the next job does not find it.
    let in_hand = IN_HAND.take();
    let result = result?;
    if let Some(InHand { entry, is_written: false }) = in_hand
        && conn.total_changes() > before
    {
        insert(conn, &entry)?;
    }
    Ok(result)
}

/// Writes the entry of the job now, about a row that was made. Of a job that makes several rows there is one for each.
pub(super) fn made(conn: &Connection, id: i64, id_tamu: Option<IdTamu>) -> Result<()> {
    IN_HAND.with_borrow_mut(|in_hand| {
        let Some(InHand { entry, is_written }) = in_hand else { return Ok(()) };
        *is_written = true;
        let id_tamu = id_tamu.or(entry.id_tamu);
        insert(conn, &NewAudit { id_objek: Some(id), id_tamu, ..entry.clone() })
    })
}

/// The job writes its entries itself, or there are none.
pub(super) fn settled() {
    IN_HAND.with_borrow_mut(|in_hand| {
        if let Some(InHand { is_written, .. }) = in_hand {
            *is_written = true;
        }
    });
}

/// What is done turned out to be something else.
pub(super) fn turned_out(aksi: Aksi) {
    IN_HAND.with_borrow_mut(|in_hand| {
        if let Some(InHand { entry, .. }) = in_hand {
            entry.aksi = aksi;
        }
    });
}

/// Empties what is told of an erased guest, and of those who were merged into that one. Each of them has an entry that
/// says so, or else the chain would not be whole: the job's own, if it is about that guest, or one by the program.
pub(super) fn forget(conn: &Connection, id: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sistem_audit SET
            sebelum = NULL, sesudah = NULL, alamat = CASE role WHEN 'Tamu' THEN NULL ELSE alamat END
        WHERE id_tamu IN (SELECT ?1 UNION ALL SELECT id FROM tamu WHERE digabung_ke = ?1)
            AND (sebelum IS NOT NULL OR sesudah IS NOT NULL OR (role = 'Tamu' AND alamat IS NOT NULL))",
    )?
    .execute([id.0])?;
    let is_told =
        IN_HAND.with_borrow(|in_hand| in_hand.as_ref().is_some_and(|one| one.entry.tells_erasure_of(id)));
    conn.prepare_cached(
        "INSERT INTO sistem_audit (waktu, role, aksi, objek, id_objek, id_tamu)
        SELECT :waktu, :role, :aksi, :objek, id, id FROM tamu
        WHERE (id = :id AND NOT :sendiri) OR digabung_ke = :id",
    )?
    .execute(named_params! {
        ":waktu": ms(waktu),
        ":role": Pelaku::Sistem.as_str(),
        ":aksi": Aksi::Anonimkan.as_str(),
        ":objek": Objek::Tamu.as_str(),
        ":id": id.0,
        ":sendiri": is_told,
    })?;
    Ok(())
}

pub(super) fn insert(conn: &Connection, entry: &NewAudit) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_audit (
            waktu, id_pelaku, nama_pelaku, role, alamat, aksi, objek, id_objek, id_tamu, sebelum, sesudah
        )
        VALUES (
            :waktu, :id_pelaku, :nama_pelaku, :role, :alamat, :aksi, :objek, :id_objek, :id_tamu, :sebelum, :sesudah
        )",
    )?
    .execute(named_params! {
        ":waktu": ms(entry.waktu),
        ":id_pelaku": entry.id_pelaku,
        ":nama_pelaku": entry.nama_pelaku,
        ":role": entry.role.map(domain::audit::Pelaku::as_str),
        ":alamat": entry.alamat,
        ":aksi": entry.aksi.as_str(),
        ":objek": entry.objek.as_str(),
        ":id_objek": entry.id_objek,
        ":id_tamu": entry.id_tamu.map(|id| id.0),
        ":sebelum": entry.sebelum,
        ":sesudah": entry.sesudah,
    })?;
    Ok(())
}

#[async_trait]
impl AuditStore for SqliteStore {
    async fn add(&self, entry: NewAudit) -> Result<()> {
        self.write(move |conn, _| insert(conn, &entry)).await
    }

    async fn list(&self, saring: AuditFilter, halaman: PageRequest) -> Result<AuditPage> {
        self.read(move |conn, _| list(conn, &saring, halaman)).await
    }

    async fn list_plain(&self, saring: AuditFilter, halaman: PageRequest) -> Result<Vec<AuditRow>> {
        self.read(move |conn, _| {
            let (condition, mut params) = condition(&saring);
            let (limit, offset) = limit_offset(halaman);
            params.push((":limit", Box::new(limit)));
            params.push((":offset", Box::new(offset)));
            let sql = format!(
                "SELECT {COLUMNS} FROM {} AS a WHERE {condition}
                ORDER BY a.waktu DESC, a.id DESC LIMIT :limit OFFSET :offset",
                entries(&saring)
            );
            let mut statement = conn.prepare_cached(&sql)?;
            let rows = statement.query_map(&*borrow(&params), from_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn list_changes(&self, setelah: i64, limit: u32) -> Result<Vec<AuditChange>> {
        self.read(move |conn, _| {
            let mut statement = conn.prepare_cached(
                "SELECT id, aksi, objek, id_objek FROM sistem_audit WHERE id > ?1 ORDER BY id LIMIT ?2",
            )?;
            let rows = statement.query_map((setelah, limit), |row| {
                Ok(AuditChange {
                    id: row.get(0)?,
                    aksi: row.get(1)?,
                    objek: row.get(2)?,
                    id_objek: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn seal(&self) -> Result<usize> {
        // A look costs no commit.
        if self.read(|conn, _| seal::ends(conn)).await?.unsealed == 0 {
            return Ok(0);
        }
        self.write(|conn, kunci| seal::seal(conn, &kunci.audit)).await
    }

    async fn trim(&self, sebelum: DateTime<Utc>, limit: u32) -> Result<u64> {
        self.write(move |conn, kunci| seal::trim(conn, &kunci.audit, sebelum, limit)).await
    }
}

#[async_trait]
impl AuditChain for SqliteStore {
    async fn list_sealed(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
        self.read(move |conn, _| list_sealed(conn, after, limit)).await
    }

    async fn find_ends(&self) -> Result<Ends> {
        self.read(|conn, _| seal::ends(conn)).await
    }
}

/// A file that is only read, by nobody else here.
struct FileChain(Mutex<Connection>);

impl FileChain {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl AuditChain for FileChain {
    async fn list_sealed(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
        self.read(|conn| list_sealed(conn, after, limit))
    }

    async fn find_ends(&self) -> Result<Ends> {
        self.read(seal::ends)
    }
}

/// Checks the chain of a file, which a server may have open. A school of before the audit has no entry.
pub(super) async fn verify_file(path: &Path, key: &[u8; 32]) -> Result<Verdict> {
    let conn = engine::read_only(path)?;
    if !conn.table_exists(None, "sistem_audit")? {
        return Ok(Verdict { entries: 0, unsealed: 0, broken: None });
    }
    // Everything is read in one state, whatever a server does meanwhile.
    conn.execute_batch("BEGIN")?;
    verify(&FileChain(Mutex::new(conn)), key).await
}

fn list_sealed(conn: &Connection, after: i64, limit: u32) -> Result<Vec<AuditRow>> {
    let sql = format!("SELECT {COLUMNS} FROM sistem_audit AS a WHERE nomor > ?1 ORDER BY nomor LIMIT ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((after, limit), from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const COLUMNS: &str =
    "a.id, a.waktu, a.id_pelaku, a.nama_pelaku, a.role, a.alamat, a.aksi, a.objek, a.id_objek,
    a.id_tamu, a.sebelum, a.sesudah, a.nomor, a.pribadi, a.segel";

/// What a filter's entries are taken from. Only the newest are searched for a text; the limit keeps SQLite from going
/// through all of them in the order of time.
fn entries(saring: &AuditFilter) -> String {
    match saring.cari {
        None => "sistem_audit".to_owned(),
        Some(_) => format!("(SELECT * FROM sistem_audit ORDER BY id DESC LIMIT {SEARCHED})"),
    }
}

/// The conditions of a filter, with their values.
fn condition(saring: &AuditFilter) -> (String, Params) {
    let mut conditions = vec!["1 = 1"];
    let mut params = Params::new();
    if let Some(span) = saring.waktu {
        conditions.push("a.waktu >= :dari AND a.waktu < :sampai");
        params.push((":dari", Box::new(ms(span.start))));
        params.push((":sampai", Box::new(ms(span.end))));
    }
    if let Some(pelaku) = saring.pelaku {
        conditions.push("a.id_pelaku = :pelaku AND a.role <> 'Tamu'");
        params.push((":pelaku", Box::new(pelaku)));
    }
    if let Some(aksi) = saring.aksi {
        conditions.push("a.aksi = :aksi");
        params.push((":aksi", Box::new(aksi.as_str())));
    }
    if let Some(objek) = saring.objek {
        conditions.push("a.objek = :objek");
        params.push((":objek", Box::new(objek.as_str())));
    }
    if let Some(id) = saring.id_objek {
        conditions.push("a.id_objek = :id_objek");
        params.push((":id_objek", Box::new(id)));
    }
    if let Some(cari) = &saring.cari {
        conditions.push(
            "(
                INSTR(LOWER(a.nama_pelaku), :cari) > 0 OR INSTR(LOWER(a.sebelum), :cari) > 0
                OR INSTR(LOWER(a.sesudah), :cari) > 0
            )",
        );
        params.push((":cari", Box::new(cari.to_lowercase())));
    }
    if let Some((waktu, id)) = saring.setelah {
        conditions.push("(a.waktu, a.id) < (:setelah_waktu, :setelah_id)");
        params.push((":setelah_waktu", Box::new(ms(waktu))));
        params.push((":setelah_id", Box::new(id)));
    }
    (conditions.join(" AND "), params)
}

fn total(conn: &Connection, saring: &AuditFilter) -> Result<u64> {
    if saring.is_empty() {
        let ends = seal::ends(conn)?;
        let number = |end: Option<(Link, _)>| end.map_or(0, |(link, _)| link.nomor.unsigned_abs());
        return Ok(number(ends.newest).saturating_sub(number(ends.removed)) + ends.unsealed);
    }
    let (condition, params) = condition(saring);
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM {} AS a WHERE {condition} LIMIT {COUNTED})",
        entries(saring)
    );
    let counted: i64 = conn.prepare_cached(&sql)?.query_row(&*borrow(&params), |row| row.get(0))?;
    Ok(counted.unsigned_abs())
}

fn list(conn: &Connection, saring: &AuditFilter, halaman: PageRequest) -> Result<AuditPage> {
    let (condition, mut params) = condition(saring);
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let sql = format!(
        "SELECT {COLUMNS}, b.nomor AS nomor_sebelum, b.segel AS segel_sebelum
        FROM {} AS a
        LEFT JOIN sistem_audit AS b ON b.nomor = a.nomor - 1
        WHERE {condition}
        ORDER BY a.waktu DESC, a.id DESC LIMIT :limit OFFSET :offset",
        entries(saring)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| Ok((from_row(row)?, before(row)?)))?;
    let (data, before) = rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip();
    Ok(AuditPage { data, before, total: total(conn, saring)? })
}

fn before(row: &Row<'_>) -> rusqlite::Result<Option<Link>> {
    let nomor: Option<i64> = row.get("nomor_sebelum")?;
    let segel: Option<[u8; 32]> = row.get("segel_sebelum")?;
    Ok(nomor.zip(segel).map(|(nomor, segel)| Link { nomor, segel }))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    let nomor: Option<i64> = row.get("nomor")?;
    let seal = match nomor {
        Some(nomor) => Some(Seal { nomor, pribadi: row.get("pribadi")?, segel: row.get("segel")? }),
        None => None,
    };
    Ok(AuditRow {
        id: row.get("id")?,
        waktu: waktu(row, "waktu")?,
        id_pelaku: row.get("id_pelaku")?,
        nama_pelaku: row.get("nama_pelaku")?,
        role: row.get("role")?,
        alamat: row.get("alamat")?,
        aksi: row.get("aksi")?,
        objek: row.get("objek")?,
        id_objek: row.get("id_objek")?,
        id_tamu: row.get("id_tamu")?,
        sebelum: row.get("sebelum")?,
        sesudah: row.get("sesudah")?,
        seal,
    })
}
