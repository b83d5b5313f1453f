//! Messages out of the queue, and what became of them.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    jadwal::Span,
    json::Daftar,
    laporan::Period,
    pesan::{self, AlasanPesan, KeadaanPesan, PesanKeluar, Saluran},
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    SqliteStore, milik,
    pesan_keluar::queue_once,
    row::{Params, borrow, limit_offset, ms, ms_opt, waktu, waktu_opt, word, word_opt, words},
};
use crate::{
    PageRequest, PesanStore, Result, StoreError,
    pesan::{
        FirstPassword, JUST_TOLD, LeasedPesan, PesanFilter, PesanOutcome, Settled, backup_word, tentang,
    },
    seen::Seen,
};

#[async_trait]
impl PesanStore for SqliteStore {
    async fn lease(
        &self,
        penyewa: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<LeasedPesan>> {
        let penyewa = penyewa.to_owned();
        self.write(move |conn, _| lease(conn, &penyewa, now, sampai, limit)).await
    }

    async fn settle(
        &self,
        id: i64,
        penyewa: &str,
        outcome: PesanOutcome,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>> {
        let penyewa = penyewa.to_owned();
        self.write(move |conn, _| match settle(conn, id, &penyewa, &outcome, now)? {
            true => find(conn, id),
            false => Ok(None),
        })
        .await
    }

    async fn first_password(&self, id: i64, penyewa: &str, baru: FirstPassword) -> Result<bool> {
        let penyewa = penyewa.to_owned();
        self.write(move |conn, _| first_password(conn, id, &penyewa, &baru)).await
    }

    async fn find(&self, id: i64) -> Result<Option<PesanKeluar>> {
        self.read(move |conn, _| find(conn, id)).await
    }

    async fn find_dikunjungi(&self, id: i64) -> Result<Vec<IdPengguna>> {
        self.read(move |conn, _| {
            let sql = "WITH kunjungan AS (
                    SELECT j.id_guru FROM sistem_pesan_keluar AS p
                    INNER JOIN janji_temu AS j ON j.id = p.id_janji_temu WHERE p.id = ?1
                )
                SELECT id_guru FROM kunjungan
                UNION ALL
                SELECT m.id_pengguna FROM sistem_anggota AS m
                INNER JOIN kunjungan AS k ON k.id_guru = m.id_unit";
            let mut statement = conn.prepare_cached(sql)?;
            let rows = statement.query_map([id], |row| row.get(0).map(IdPengguna))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn list(&self, saring: PesanFilter, halaman: PageRequest) -> Result<Daftar<PesanKeluar>> {
        self.read(move |conn, _| list(conn, &saring, halaman)).await
    }

    async fn resend(&self, id: i64, now: DateTime<Utc>) -> Result<PesanKeluar> {
        self.write(move |conn, _| {
            conn.prepare_cached(
                "UPDATE sistem_pesan_keluar SET
                    keadaan = 'menunggu', saluran = NULL, alasan = NULL, id_penyedia = NULL, percobaan = 0,
                    kirim_pada = :now, diubah_pada = :now
                WHERE id = :id AND keadaan <> 'menunggu'",
            )?
            .execute(named_params! { ":id": id, ":now": ms(now) })?;
            find(conn, id)?.ok_or(StoreError::NotFound)
        })
        .await
    }

    async fn report(
        &self,
        saluran: Saluran,
        id_penyedia: &str,
        keadaan: KeadaanPesan,
        alasan: Option<AlasanPesan>,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>> {
        let id_penyedia = id_penyedia.to_owned();
        self.write(move |conn, _| report(conn, saluran, &id_penyedia, keadaan, alasan, now)).await
    }

    async fn queue_pengingat(&self, jadwal: Span, now: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| {
            let queued = conn
                .prepare_cached(
                    "INSERT INTO sistem_pesan_keluar (jenis, id_janji_temu, kirim_pada, dibuat_pada, diubah_pada)
                    SELECT :jenis, j.id, :now, :now, :now FROM janji_temu AS j
                    WHERE j.status = 'belum' AND j.jadwal >= :sejak AND j.jadwal < :akhir
                        AND NOT EXISTS (
                            SELECT 1 FROM sistem_pesan_keluar AS p
                            WHERE p.id_janji_temu = j.id
                                AND (p.jenis = :jenis OR p.dibuat_pada >= :sejak_kemarin)
                        )",
                )?
                .execute(named_params! {
                    ":jenis": pesan::reminder(),
                    ":sejak": ms(jadwal.start),
                    ":akhir": ms(jadwal.end),
                    ":sejak_kemarin": ms(now - JUST_TOLD),
                    ":now": ms(now),
                })?;
            Ok(queued as u64)
        })
        .await
    }

    async fn queue_laporan(&self, kepada: IdPengguna, periode: Period, now: DateTime<Utc>) -> Result<bool> {
        self.write(move |conn, _| queue_once(conn, pesan::report(), kepada, &periode.word(), now)).await
    }

    async fn queue_cadangan(
        &self,
        kepada: IdPengguna,
        tanggal: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        self.write(move |conn, _| queue_once(conn, pesan::backup(), kepada, &backup_word(tanggal), now)).await
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>> {
        self.read(|conn, _| {
            let sql = "SELECT MIN(MAX(kirim_pada, COALESCE(disewa_sampai, 0))) AS berikut
                FROM sistem_pesan_keluar WHERE keadaan = 'menunggu'";
            Ok(conn.prepare_cached(sql)?.query_row((), |row| waktu_opt(row, "berikut"))?)
        })
        .await
    }

    async fn purge_pesan(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| {
            let sql = "DELETE FROM sistem_pesan_keluar WHERE keadaan <> 'menunggu' AND diubah_pada < ?1";
            Ok(conn.prepare_cached(sql)?.execute([ms(sebelum)])? as u64)
        })
        .await
    }
}

fn lease(
    conn: &Connection,
    penyewa: &str,
    now: DateTime<Utc>,
    sampai: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<LeasedPesan>> {
    let sql = format!(
        "UPDATE sistem_pesan_keluar SET disewa_oleh = :penyewa, disewa_sampai = :sampai
        WHERE id IN (
            SELECT id FROM sistem_pesan_keluar
            WHERE keadaan = 'menunggu' AND kirim_pada <= :now
                AND (disewa_sampai IS NULL OR disewa_sampai <= :now)
            ORDER BY kirim_pada, id LIMIT :limit
        )
        RETURNING id, jenis, id_janji_temu, id_pengguna, untuk, periode, rahasia, saluran, alasan, percobaan,
            dibuat_pada,
            EXISTS (
                SELECT 1 FROM sistem_pesan_keluar AS lain
                WHERE lain.id_janji_temu = sistem_pesan_keluar.id_janji_temu
                    AND lain.id <> sistem_pesan_keluar.id
                    AND lain.jenis IN ({}) AND lain.keadaan IN ({})
            ) AS sudah_dikabari",
        words(pesan::inviting()),
        words(pesan::left()),
    );
    let params = named_params! {
        ":penyewa": penyewa, ":now": ms(now), ":sampai": ms(sampai), ":limit": limit,
    };
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params, leased)?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.sort_unstable_by_key(|row| row.id);
    Ok(rows)
}

fn leased(row: &Row<'_>) -> rusqlite::Result<LeasedPesan> {
    let (jenis, periode): (_, Option<String>) = (word(row, "jenis")?, row.get("periode")?);
    Ok(LeasedPesan {
        id: row.get("id")?,
        jenis,
        tentang: tentang(jenis, row.get("id_janji_temu")?, row.get("id_pengguna")?, periode.as_deref()),
        untuk: row.get::<_, Option<i64>>("untuk")?.map(IdPengguna),
        rahasia: row.get("rahasia")?,
        saluran: word_opt(row, "saluran")?,
        alasan: word_opt(row, "alasan")?,
        percobaan: row.get("percobaan")?,
        sudah_dikabari: row.get("sudah_dikabari")?,
        dibuat_pada: waktu(row, "dibuat_pada")?,
    })
}

/// Keeps the outcome if the lease still holds. A password leaves the queue with its message.
fn settle(
    conn: &Connection,
    id: i64,
    penyewa: &str,
    outcome: &PesanOutcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let settled = Settled::from(outcome);
    let changed = conn
        .prepare_cached(
            "UPDATE sistem_pesan_keluar SET
                keadaan = :keadaan,
                saluran = COALESCE(:saluran, saluran),
                alasan = CASE WHEN :keeps_alasan THEN alasan ELSE :alasan END,
                id_penyedia = COALESCE(:id_penyedia, id_penyedia),
                percobaan = COALESCE(:percobaan, percobaan),
                kirim_pada = COALESCE(:kirim_pada, kirim_pada),
                rahasia = CASE WHEN :keadaan IN ('menunggu', 'diserahkan', 'gagal') THEN rahasia END,
                disewa_oleh = NULL, disewa_sampai = NULL, diubah_pada = :now
            WHERE id = :id AND disewa_oleh = :penyewa",
        )?
        .execute(named_params! {
            ":keadaan": settled.keadaan.as_str(),
            ":saluran": settled.saluran.map(Saluran::as_str),
            ":alasan": settled.alasan.map(AlasanPesan::as_str),
            ":keeps_alasan": settled.keeps_alasan,
            ":id_penyedia": settled.id_penyedia,
            ":percobaan": settled.percobaan,
            ":kirim_pada": ms_opt(settled.kirim_pada),
            ":id": id,
            ":penyewa": penyewa,
            ":now": ms(now),
        })?;
    Ok(changed > 0)
}

fn first_password(conn: &Connection, id: i64, penyewa: &str, baru: &FirstPassword) -> Result<bool> {
    let is_leased = conn
        .prepare_cached("SELECT 1 FROM sistem_pesan_keluar WHERE id = ?1 AND disewa_oleh = ?2")?
        .exists((id, penyewa))?;
    let given = is_leased
        && conn
            .prepare_cached(
                "UPDATE tamu SET password_hash = :hash, password_sampai = :sampai
                WHERE id = :id AND telp IS NOT NULL
                    AND (password_hash IS NULL OR password_sampai <= :waktu)",
            )?
            .execute(named_params! {
                ":id": baru.id_tamu.0, ":hash": baru.hash, ":sampai": ms(baru.sampai), ":waktu": ms(baru.waktu),
            })?
            > 0;
    if given {
        conn.prepare_cached("UPDATE sistem_pesan_keluar SET rahasia = ?1 WHERE id = ?2")?
            .execute((&baru.rahasia, id))?;
    }
    Ok(given)
}

fn report(
    conn: &Connection,
    saluran: Saluran,
    id_penyedia: &str,
    keadaan: KeadaanPesan,
    alasan: Option<AlasanPesan>,
    now: DateTime<Utc>,
) -> Result<Option<PesanKeluar>> {
    let (becomes, before) = pesan::reported(keadaan);
    let waits = becomes == KeadaanPesan::Menunggu;
    let id: Option<i64> = conn
        .prepare_cached(&format!(
            "UPDATE sistem_pesan_keluar SET
                keadaan = :keadaan, alasan = :alasan,
                rahasia = CASE WHEN :keadaan IN ('menunggu', 'terkirim') THEN rahasia END,
                kirim_pada = CASE WHEN :waits THEN :now ELSE kirim_pada END,
                diubah_pada = :now
            WHERE id_penyedia = :id_penyedia AND saluran = :saluran AND keadaan IN ({})
            RETURNING id",
            words(before)
        ))?
        .query_row(
            named_params! {
                ":keadaan": becomes.as_str(),
                ":alasan": alasan.map(AlasanPesan::as_str),
                ":waits": waits,
                ":id_penyedia": id_penyedia,
                ":saluran": saluran.as_str(),
                ":now": ms(now),
            },
            |row| row.get(0),
        )
        .optional()?;
    id.map_or(Ok(None), |id| find(conn, id))
}

/// A message with its recipient's name, as [`from_row`] reads it.
fn select() -> String {
    format!(
        "SELECT p.id, p.jenis, p.id_janji_temu, p.saluran, p.keadaan, p.alasan, p.percobaan, p.kirim_pada,
            p.dibuat_pada, p.diubah_pada,
            CASE
                WHEN p.id_pengguna IS NOT NULL THEN u.nama
                WHEN p.jenis IN ({}) THEN COALESCE(j.atas_nama, t.nama)
                ELSE COALESCE(m.nama, g.nama)
            END AS penerima
        FROM sistem_pesan_keluar AS p
        LEFT JOIN janji_temu AS j ON j.id = p.id_janji_temu
        LEFT JOIN tamu AS t ON t.id = j.id_tamu
        LEFT JOIN pengguna AS g ON g.id = j.id_guru
        LEFT JOIN pengguna AS m ON m.id = p.untuk
        LEFT JOIN pengguna AS u ON u.id = p.id_pengguna",
        words(pesan::to_tamu())
    )
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<PesanKeluar> {
    let mut seen = Seen::of("sistem_pesan_keluar", row.get("id")?);
    let keadaan = word(row, "keadaan")?;
    let waits = keadaan == KeadaanPesan::Menunggu;
    Ok(PesanKeluar {
        id: row.get("id")?,
        jenis: word(row, "jenis")?,
        id_janji_temu: row.get::<_, Option<i64>>("id_janji_temu")?.map(IdJanjiTemu),
        penerima: seen.optional("penerima", row.get("penerima")).unwrap_or_default(),
        saluran: word_opt(row, "saluran")?,
        keadaan,
        alasan: word_opt(row, "alasan")?,
        percobaan: row.get("percobaan")?,
        percobaan_berikut: if waits { waktu_opt(row, "kirim_pada")? } else { None },
        dibuat_pada: waktu(row, "dibuat_pada")?,
        diubah_pada: waktu(row, "diubah_pada")?,
    })
}

fn find(conn: &Connection, id: i64) -> Result<Option<PesanKeluar>> {
    let sql = format!("{} WHERE p.id = ?1", select());
    Ok(conn.prepare_cached(&sql)?.query_row([id], from_row).optional()?)
}

fn list(conn: &Connection, saring: &PesanFilter, halaman: PageRequest) -> Result<Daftar<PesanKeluar>> {
    let mut conditions = vec!["1 = 1".to_owned()];
    let mut params = Params::new();
    if !saring.keadaan.is_empty() {
        let states = words(saring.keadaan.iter().map(|keadaan| keadaan.as_str()));
        conditions.push(format!("p.keadaan IN ({states})"));
    }
    if let Some(alasan) = saring.alasan {
        conditions.push("p.alasan = :alasan".to_owned());
        params.push((":alasan", Box::new(alasan.as_str())));
    }
    if let Some(id) = saring.id_janji_temu {
        conditions.push("p.id_janji_temu = :id_janji_temu".to_owned());
        params.push((":id_janji_temu", Box::new(id.0)));
    }
    if let Some(id) = saring.id_tamu {
        conditions.push("j.id_tamu = :id_tamu".to_owned());
        params.push((":id_tamu", Box::new(id.0)));
    }
    if let Some(id) = saring.id_guru {
        conditions.push(milik::is_own(conn, "j.id_guru", id)?);
        params.push((":id_guru", Box::new(id.0)));
    }
    if let Some(jadwal) = saring.jadwal {
        conditions.push("j.jadwal >= :sejak AND j.jadwal < :akhir".to_owned());
        params.push((":sejak", Box::new(ms(jadwal.start))));
        params.push((":akhir", Box::new(ms(jadwal.end))));
    }
    let condition = conditions.join(" AND ");
    let sql = format!(
        "SELECT COUNT(*) FROM sistem_pesan_keluar AS p
        LEFT JOIN janji_temu AS j ON j.id = p.id_janji_temu WHERE {condition}"
    );
    let total: i64 = conn.prepare_cached(&sql)?.query_row(&*borrow(&params), |row| row.get(0))?;
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let sql = format!("{} WHERE {condition} ORDER BY p.id DESC LIMIT :limit OFFSET :offset", select());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), from_row)?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}
