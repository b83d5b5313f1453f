//! Erases a guest, in one transaction with everything that tells who it was.

use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdTamu, audit::Aksi, kata, kunjungan, status, tamu::TERHAPUS};
use rusqlite::{Connection, OptionalExtension, ToSql, named_params};

use super::{find_record, gabung};
use crate::{
    Result, StoreError,
    sqlite::{
        audit,
        janji_temu::change,
        kata_tamu, pesan_keluar,
        row::{self, ms, words},
    },
    tamu::{ERASED_AT_ONCE, ErasedTamu, Erasure, NewErasure},
};

pub(super) fn erase(conn: &Connection, id: IdTamu, baru: NewErasure) -> Result<Erasure> {
    let waktu = baru.waktu;
    let sql = "SELECT EXISTS (SELECT 1 FROM tamu WHERE id = ?1 AND digabung_ke IS NULL)";
    if !conn.prepare_cached(sql)?.query_row([id.0], |row| row.get::<_, bool>(0))? {
        return Err(StoreError::NotFound);
    }
    conn.prepare_cached(
        "UPDATE tamu SET hapus_diminta_pada = ?1 WHERE id = ?2 AND hapus_diminta_pada IS NULL",
    )?
    .execute((ms(waktu), id.0))?;
    let called_off = if baru.batalkan { call_off(conn, id, waktu)? } else { Vec::new() };
    if forget_guest(conn, id, waktu, None)? {
        forget_the_rest(conn, id, waktu)?;
    } else {
        audit::turned_out(Aksi::MintaHapus);
    }
    // Whatever waited before is dropped with the guest; this is told after it, and names nobody.
    if let Some(queueing) = kunjungan::called_off().queueing() {
        for visit in called_off {
            pesan_keluar::carry_out(conn, queueing, visit, waktu)?;
        }
    }
    let record = find_record(conn, id)?.ok_or(StoreError::NotFound)?;
    Ok(Erasure {
        diminta_pada: record.hapus_diminta_pada.ok_or(StoreError::NotFound)?,
        selesai: record.dianonimkan_pada.is_some(),
    })
}

/// Calls off what the guest is awaited for, unless the guest is here; answers what that was.
fn call_off(conn: &Connection, id: IdTamu, waktu: DateTime<Utc>) -> Result<Vec<IdJanjiTemu>> {
    let condition = format!(
        "id_tamu = :id_tamu AND status IN ({}) AND NOT EXISTS (
            SELECT 1 FROM janji_temu AS lain WHERE lain.id_tamu = :id_tamu AND lain.status IN ({})
        )",
        words(status::awaited()),
        words(status::on_site())
    );
    let own = named_params! { ":id_tamu": id.0 };
    let awaited = conn
        .prepare_cached(&format!("SELECT id FROM janji_temu WHERE {condition}"))?
        .query_map(own, |row| Ok(IdJanjiTemu(row.get(0)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    change::update(conn, kunjungan::called_off().columns(waktu), &condition, own)?;
    Ok(awaited)
}

/// Erases a guest who meets a condition, which has its moment as `:sebelum`. False if the guest does not, or something
/// else forbids it.
pub(in crate::sqlite) fn erase_if(
    conn: &Connection,
    id: IdTamu,
    waktu: DateTime<Utc>,
    condition: &str,
    sebelum: DateTime<Utc>,
) -> Result<bool> {
    let is_erased = forget_guest(conn, id, waktu, Some((condition, sebelum)))?;
    if is_erased {
        forget_the_rest(conn, id, waktu)?;
    }
    Ok(is_erased)
}

/// Guests who were erased, from the one after `setelah` on.
pub(in crate::sqlite) fn list(conn: &Connection, setelah: IdTamu) -> rusqlite::Result<Vec<ErasedTamu>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, dibuat_pada, dianonimkan_pada FROM tamu
        WHERE id > ?1 AND dianonimkan_pada IS NOT NULL ORDER BY id LIMIT ?2",
    )?;
    let rows = statement.query_map((setelah.0, ERASED_AT_ONCE as i64), |row| {
        Ok(ErasedTamu {
            id: IdTamu(row.get("id")?),
            dibuat_pada: row::waktu(row, "dibuat_pada")?,
            dianonimkan_pada: row::waktu(row, "dianonimkan_pada")?,
        })
    })?;
    rows.collect()
}

/// Erases a guest who was erased before, in a book that went back to the moment `dari`, in which the guest is known. So
/// no visit forbids it: what was open then is over. False if there is no such guest in it.
pub(in crate::sqlite) fn erase_again(
    conn: &Connection,
    tamu: &ErasedTamu,
    dari: DateTime<Utc>,
    waktu: DateTime<Utc>,
) -> Result<bool> {
    let id = tamu.id;
    let kept = conn
        .prepare_cached(
            "SELECT digabung_ke FROM tamu WHERE id = ?1 AND dibuat_pada = ?2 AND dianonimkan_pada IS NULL",
        )?
        .query_row((id.0, ms(tamu.dibuat_pada)), |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    match kept {
        None => return Ok(false),
        Some(None) => {}
        // The two were one in the backup, and were separated since. Otherwise both would have been erased.
        Some(Some(kept)) => match gabung::pisah(conn, IdTamu(kept), id, dari) {
            Err(StoreError::Conflict(_)) => return Ok(false),
            separated => separated?,
        },
    }
    for (set, ended) in [
        (kunjungan::called_off().columns(dari), words(status::awaited())),
        (kunjungan::left_unseen(dari), words(status::on_site())),
    ] {
        let condition = format!("id_tamu = :id_tamu AND status IN ({ended})");
        change::update(conn, set, &condition, named_params! { ":id_tamu": id.0 })?;
    }
    let is_erased = forget_guest(conn, id, tamu.dianonimkan_pada, None)?;
    if is_erased {
        forget_the_rest(conn, id, waktu)?;
    }
    Ok(is_erased)
}

fn forget_the_rest(conn: &Connection, id: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
    kata_tamu::forget(conn, id)?;
    forget_visits(conn, id)?;
    end_sessions(conn, id, waktu)?;
    drop_messages(conn, id, waktu)?;
    audit::forget(conn, id, waktu)
}

/// The guest, and who was merged into that one. False if something forbids it, or nothing was left to be forgotten.
/// The condition of `only_if`, with its moment as `:sebelum`, is of the guest.
fn forget_guest(
    conn: &Connection,
    id: IdTamu,
    waktu: DateTime<Utc>,
    only_if: Option<(&str, DateTime<Utc>)>,
) -> Result<bool> {
    let sql = format!(
        "UPDATE tamu SET
            nama = :nama, telp = NULL, telp_indeks = NULL, telp_akhir = NULL, email = NULL, instansi = NULL,
            kode_qr = NULL, password_hash = NULL, password_sampai = NULL, setuju_pada = NULL, setuju_versi = NULL,
            dianonimkan_pada = COALESCE(dianonimkan_pada, :waktu)
        WHERE (id = :id OR digabung_ke = :id) AND NOT EXISTS (
            SELECT 1 FROM janji_temu WHERE id_tamu = :id AND status IN ({})
        ) AND (dianonimkan_pada IS NULL OR EXISTS (
            SELECT 1 FROM janji_temu_semua WHERE id_tamu = :id AND ({})
        )){}",
        words(status::open()),
        telling(),
        only_if
            .map(|(condition, _)| {
                format!(" AND EXISTS (SELECT 1 FROM tamu WHERE id = :id AND {condition})")
            })
            .unwrap_or_default()
    );
    let (at, sebelum) = (ms(waktu), only_if.map(|(_, sebelum)| ms(sebelum)));
    let mut params: Vec<(&str, &dyn ToSql)> = vec![(":id", &id.0), (":nama", &TERHAPUS), (":waktu", &at)];
    if let Some(sebelum) = &sebelum {
        params.push((":sebelum", sebelum));
    }
    let is_forgotten = conn.prepare_cached(&sql)?.execute(&*params)? > 0;
    if is_forgotten {
        // Nothing of a merge can be undone any more.
        conn.prepare_cached(
            "UPDATE sistem_gabung SET selesai_pada = COALESCE(selesai_pada, ?1), telp_indeks = NULL
            WHERE id_tamu IN (SELECT id FROM tamu WHERE digabung_ke = ?2)",
        )?
        .execute((ms(waktu), id.0))?;
    }
    Ok(is_forgotten)
}

/// Whether a visit still tells something of a person.
fn telling() -> String {
    let columns: Vec<_> = kunjungan::erased().iter().map(|(name, _)| format!("{name} IS NOT NULL")).collect();
    columns.join(" OR ")
}

fn forget_visits(conn: &Connection, id: IdTamu) -> Result<()> {
    let own = named_params! { ":id_tamu": id.0 };
    change::update_semua(conn, &kunjungan::erased(), "id_tamu = :id_tamu", own)?;
    let mut statement =
        conn.prepare_cached("SELECT id, keperluan FROM janji_temu_semua WHERE id_tamu = ?1")?;
    let visits = statement.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, keperluan) in visits.collect::<rusqlite::Result<Vec<(i64, String)>>>()? {
        let kata = kata::of_janji_temu(&keperluan, None, None);
        change::set_words(conn, IdJanjiTemu(id), &kata)?;
    }
    Ok(())
}

fn end_sessions(conn: &Connection, id: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sistem_sesi SET dicabut_pada = ?1 WHERE id_tamu = ?2 AND dicabut_pada IS NULL",
    )?
    .execute((ms(waktu), id.0))?;
    conn.prepare_cached("DELETE FROM sistem_perangkat WHERE id_tamu = ?1")?.execute([id.0])?;
    Ok(())
}

/// What waits is not sent any more, and nothing leads to what the provider knows.
fn drop_messages(conn: &Connection, id: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sistem_pesan_keluar SET
            alasan = CASE keadaan WHEN 'menunggu' THEN 'tidak_perlu' ELSE alasan END,
            diubah_pada = CASE keadaan WHEN 'menunggu' THEN :waktu ELSE diubah_pada END,
            keadaan = CASE keadaan WHEN 'menunggu' THEN 'usang' ELSE keadaan END,
            rahasia = NULL, id_penyedia = NULL, disewa_oleh = NULL, disewa_sampai = NULL
        WHERE id_janji_temu IN (SELECT id FROM janji_temu WHERE id_tamu = :id)",
    )?
    .execute(named_params! { ":id": id.0, ":waktu": ms(waktu) })?;
    Ok(())
}
