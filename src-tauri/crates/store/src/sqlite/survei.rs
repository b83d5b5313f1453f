//! The survey: rows without a visit. The table has no row numbers, which would count in the order of entry.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    JanjiTemu,
    survei::{Kelompok, Totals, Unsur, columns},
};
use rusqlite::{Connection, named_params};

use super::{
    SqliteStore,
    janji_temu::{self, change},
    row::word,
};
use crate::{
    Result, SurveiStore,
    survei::{NewSurvei, SARAN_MAX, SurveiSum},
};

#[async_trait]
impl SurveiStore for SqliteStore {
    async fn create(&self, baru: NewSurvei) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| {
            let id = baru.id_janji_temu;
            let condition = "id = :id AND status = 'selesai' AND datang_di_meja = 1 AND pulang_di_meja = 1
                AND survei_diisi = 0";
            let marked = change::update(conn, columns::mark(), condition, named_params! { ":id": id.0 })?;
            if marked == 0 {
                return Ok(None);
            }
            insert(conn, &baru)?;
            janji_temu::get(conn, kunci, id).map(Some)
        })
        .await
    }

    async fn sum(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<SurveiSum> {
        self.read(move |conn, _| sum(conn, &dari.to_string(), &sampai.to_string())).await
    }
}

fn insert(conn: &Connection, baru: &NewSurvei) -> Result<()> {
    let columns = columns::of(&baru.survei);
    let (names, places) = change::names(&columns);
    let sql = format!("INSERT INTO sistem_survei (id, tanggal, {names}) VALUES (:id, :tanggal, {places})");
    let values = change::values(columns);
    let own = named_params! { ":id": baru.id, ":tanggal": baru.tanggal.to_string() };
    let params: Vec<_> = change::borrow(&values).chain(own.iter().copied()).collect();
    conn.prepare_cached(&sql)?.execute(&*params)?;
    Ok(())
}

const OF_THE_DAYS: &str = "FROM sistem_survei WHERE tanggal >= ?1 AND tanggal <= ?2";

fn sum(conn: &Connection, dari: &str, sampai: &str) -> Result<SurveiSum> {
    let totals = totals(conn, dari, sampai)?;
    let mut kelompok = Kelompok::default();
    count(conn, "usia", dari, sampai, |row, n| Ok(kelompok.usia.insert(word(row, "usia")?, n)))?;
    count(conn, "pendidikan", dari, sampai, |row, n| {
        Ok(kelompok.pendidikan.insert(word(row, "pendidikan")?, n))
    })?;
    count(conn, "pekerjaan", dari, sampai, |row, n| {
        Ok(kelompok.pekerjaan.insert(word(row, "pekerjaan")?, n))
    })?;
    count(conn, "jenis_kelamin", dari, sampai, |row, n| {
        Ok(kelompok.jenis_kelamin.insert(word(row, "jenis_kelamin")?, n))
    })?;
    let sql = format!("SELECT COUNT(saran) {OF_THE_DAYS}");
    let jumlah_saran: i64 = conn.prepare_cached(&sql)?.query_row([dari, sampai], |row| row.get(0))?;
    let sql = format!("SELECT saran {OF_THE_DAYS} AND saran IS NOT NULL ORDER BY id LIMIT {SARAN_MAX}");
    let mut statement = conn.prepare_cached(&sql)?;
    let saran = statement.query_map([dari, sampai], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(SurveiSum { totals, kelompok, saran, jumlah_saran: jumlah_saran.unsigned_abs() })
}

fn totals(conn: &Connection, dari: &str, sampai: &str) -> Result<Totals> {
    let sums = Unsur::ALL.map(|unsur| {
        let unsur = unsur.as_str();
        (1..=4)
            .map(|nilai| format!(", COUNT(CASE {unsur} WHEN {nilai} THEN 1 END) AS {unsur}_{nilai}"))
            .collect::<String>()
    });
    let sql = format!("SELECT COUNT(*) AS responden{} {OF_THE_DAYS}", sums.concat());
    Ok(conn.prepare_cached(&sql)?.query_row([dari, sampai], |row| {
        let mut totals = Totals { responden: row.get("responden")?, ..Totals::default() };
        for (total, unsur) in totals.unsur.iter_mut().zip(Unsur::ALL) {
            for (nilai, count) in (1..=4).zip(&mut total.0) {
                *count = row.get(format!("{}_{nilai}", unsur.as_str()).as_str())?;
            }
        }
        Ok(totals)
    })?)
}

/// Counts the respondents by a column.
fn count<T>(
    conn: &Connection,
    column: &str,
    dari: &str,
    sampai: &str,
    mut keep: impl FnMut(&rusqlite::Row<'_>, u32) -> rusqlite::Result<T>,
) -> Result<()> {
    let sql =
        format!("SELECT {column}, COUNT(*) AS n {OF_THE_DAYS} AND {column} IS NOT NULL GROUP BY {column}");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([dari, sampai])?;
    while let Some(row) = rows.next()? {
        keep(row, row.get("n")?)?;
    }
    Ok(())
}
