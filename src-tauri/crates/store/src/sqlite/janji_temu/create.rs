//! Making an appointment or walk-in: its guest, its row, its code and its messages, all or nothing.

use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu,
    jadwal::Span,
    kata,
    langkah::Awal,
    pengguna,
    tamu::{Placement, TamuDetails, sendiri, tempatkan},
    token::Token,
};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{change, get, sibuk};
use crate::{
    Conflict, Result, SchoolSecrets, StoreError,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    sqlite::{
        audit, pesan_keluar,
        row::{ms, words},
        tamu,
    },
};

pub(super) fn create(conn: &Connection, kunci: &SchoolSecrets, baru: &NewJanjiTemu) -> Result<Creation> {
    // Before anything else, so that one sent again does not touch its guest.
    if let Some(janji_temu) = find_by_kunci(conn, kunci, baru)? {
        return Ok(Creation::SudahAda(janji_temu));
    }
    let (id_tamu, own) = guest(conn, kunci, baru)?;
    let awal = baru.awal();
    let Some(id) = insert(conn, baru, &awal, id_tamu, &own)? else {
        return match find_by_kunci(conn, kunci, baru)? {
            Some(janji_temu) => Ok(Creation::SudahAda(janji_temu)),
            None => Err(StoreError::Conflict(why_refused(conn, baru.id_guru, id_tamu)?)),
        };
    };
    let kode_qr = kunci.qr.sign(&Token::janji_temu(id, baru.kode_expiry));
    conn.prepare_cached("UPDATE janji_temu SET kode_qr = ?1 WHERE id = ?2")?.execute((kode_qr, id.0))?;
    pesan_keluar::queue(conn, awal.pesan, id, baru.waktu)?;
    audit::made(conn, id.0, Some(id_tamu))?;
    Ok(Creation::Dibuat(get(conn, kunci, id)?))
}

fn find_by_kunci(conn: &Connection, kunci: &SchoolSecrets, baru: &NewJanjiTemu) -> Result<Option<JanjiTemu>> {
    let Some(key) = &baru.kunci else { return Ok(None) };
    let sql = "SELECT id, seri FROM janji_temu_semua WHERE kunci = ?1";
    let found: Option<(i64, Option<String>)> =
        conn.prepare_cached(sql)?.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((id, seri)) = found else { return Ok(None) };
    if seri != baru.seri {
        return Err(StoreError::Conflict(Conflict::Kunci));
    }
    get(conn, kunci, IdJanjiTemu(id)).map(Some)
}

/// The guest, and what of the visit is its own. Where nothing is made in the end, nothing of the guest was changed
/// either.
fn guest(conn: &Connection, kunci: &SchoolSecrets, baru: &NewJanjiTemu) -> Result<(IdTamu, Placement)> {
    let atas_nama = baru.atas_nama.as_deref();
    let tamu = match &baru.tamu {
        TamuOf::Id(id) => {
            let sql = "SELECT id, nama FROM tamu WHERE id = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE id = ?1)";
            let known: Option<(i64, String)> = conn
                .prepare_cached(sql)?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (id, nama) = known.unwrap_or((id.0, String::new()));
            let atas_nama = sendiri(&nama, atas_nama);
            return Ok((IdTamu(id), Placement { atas_nama, ..Placement::default() }));
        }
        TamuOf::Baru(tamu) => tamu,
    };
    if let Some(id) = tamu::enter(conn, kunci, tamu)? {
        return Ok((id, tempatkan(tamu.keterangan(), tamu.keterangan(), atas_nama, false)));
    }
    let known: Known = conn
        .prepare_cached(
            "SELECT id, nama, email, instansi FROM tamu
            WHERE id = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_indeks = ?1)",
        )?
        .query_row([tamu.telp.as_ref().map(|telp| kunci.telp.indeks(telp))], |row| {
            Ok(Known {
                id: IdTamu(row.get("id")?),
                nama: row.get("nama")?,
                email: row.get("email")?,
                instansi: row.get("instansi")?,
            })
        })?;
    let dikenal =
        TamuDetails { nama: &known.nama, email: known.email.as_deref(), instansi: known.instansi.as_deref() };
    let own = tempatkan(dikenal, tamu.keterangan(), atas_nama, baru.orang_yang_sama);
    tamu::correct(conn, known.id, dikenal, &own.tamu)?;
    Ok((known.id, own))
}

struct Known {
    id: IdTamu,
    nama: String,
    email: Option<String>,
    instansi: Option<String>,
}

/// Inserts the row if guru and guest are there, the guru is free and the key is new: all in one statement.
fn insert(
    conn: &Connection,
    baru: &NewJanjiTemu,
    awal: &Awal,
    id_tamu: IdTamu,
    own: &Placement,
) -> Result<Option<IdJanjiTemu>> {
    let span = Span::minutes(baru.jadwal, baru.durasi_menit);
    let (names, places) = change::names(&awal.columns);
    let sql = format!(
        "INSERT INTO janji_temu (
            id_guru, id_tamu, keperluan, jadwal, durasi_menit, kunci, seri,
            atas_nama, jumlah_orang, instansi, email, kata, dibuat_oleh, dibuat_pada, {names}
        )
        SELECT
            g.id, t.id, :keperluan, :jadwal, :durasi_menit, :kunci, :seri,
            :atas_nama, :jumlah_orang, :instansi, :email, :kata, :dibuat_oleh, :waktu, {places}
        FROM pengguna AS g
        INNER JOIN tamu AS t ON t.id = :id_tamu AND t.dianonimkan_pada IS NULL
        WHERE g.id = :id_guru AND g.aktif = 1 AND g.role IN ({})
            AND (:boleh_bentrok OR NOT EXISTS (
                SELECT 1 FROM {} AND (:seri IS NULL OR lain.seri IS NULL OR lain.seri <> :seri)
            ))
        ON CONFLICT (kunci) DO NOTHING
        RETURNING id",
        words(pengguna::receiving()),
        sibuk::taking()
    );
    let values = change::values(awal.columns.clone());
    let params = named_params! {
        ":id_guru": baru.id_guru.0,
        ":id_tamu": id_tamu.0,
        ":keperluan": baru.keperluan,
        ":jadwal": ms(span.start),
        ":sejak": ms(span.reached_since()),
        ":akhir": ms(span.end),
        ":durasi_menit": baru.durasi_menit,
        ":boleh_bentrok": awal.boleh_bentrok,
        ":kunci": baru.kunci,
        ":seri": baru.seri,
        ":atas_nama": own.atas_nama,
        ":jumlah_orang": baru.jumlah_orang,
        ":instansi": own.instansi,
        ":email": own.email,
        ":kata": kata::of_janji_temu(&baru.keperluan, own.atas_nama.as_deref(), own.instansi.as_deref()),
        ":dibuat_oleh": baru.dibuat_oleh.0,
        ":waktu": ms(baru.waktu),
    };
    let params: Vec<_> = change::borrow(&values).chain(params.iter().copied()).collect();
    let id = conn.prepare_cached(&sql)?.query_row(&*params, |row| row.get(0).map(IdJanjiTemu)).optional()?;
    Ok(id)
}

/// Which condition of [`insert`] was not met. The insert has decided; this only says why.
fn why_refused(conn: &Connection, id_guru: IdPengguna, id_tamu: IdTamu) -> Result<Conflict> {
    let sql = format!(
        "SELECT
            EXISTS (SELECT 1 FROM pengguna WHERE id = ?1 AND aktif = 1 AND role IN ({})),
            EXISTS (SELECT 1 FROM tamu WHERE id = ?2 AND dianonimkan_pada IS NULL)",
        words(pengguna::receiving())
    );
    let (guru, tamu): (bool, bool) =
        conn.prepare_cached(&sql)?.query_row((id_guru.0, id_tamu.0), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(match (guru, tamu) {
        (false, _) => Conflict::Guru,
        (true, false) => Conflict::Tamu,
        (true, true) => Conflict::Bentrok,
    })
}
