//! The survey: rows without a visit. They are ordered by their random identities.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    JanjiTemu,
    survei::{Kelompok, Totals, Unsur, columns},
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    janji_temu::{SELECT, change, from_row},
    row::{count, small, text, word},
};
use crate::{
    Result, SurveiStore,
    survei::{NewSurvei, SARAN_MAX, SurveiSum},
};

#[async_trait]
impl SurveiStore for MssqlStore {
    async fn create(&self, baru: NewSurvei) -> Result<Option<JanjiTemu>> {
        let (mark, columns) = (columns::mark(), columns::of(&baru.survei));
        let condition = "id = @id AND status = N'selesai' AND datang_di_meja = 1 AND pulang_di_meja = 1
            AND survei_diisi = 0";
        let (names, places) = change::names(&columns);
        let statement = Statement::new(format!(
            "DECLARE @n int;
            {}
            SET @n = @@ROWCOUNT;
            IF @n > 0
                INSERT INTO sistem.survei (id, tanggal, {names}) VALUES (@id_survei, @tanggal, {places});
            {SELECT} WHERE j.id = @id AND @n > 0;",
            change::update(&mark, condition)
        ));
        let statement = change::bind(change::bind(statement, mark), columns)
            .bind("id", baru.id_janji_temu.0)
            .bind("id_survei", baru.id)
            .bind("tanggal", baru.tanggal.to_string());
        let answer = self.engine.write(statement).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
    }

    async fn sum(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<SurveiSum> {
        let statement =
            Statement::new(sum()).bind("dari", dari.to_string()).bind("sampai", sampai.to_string());
        let answer = self.engine.read(statement).await?;
        let whole = answer.one()?;
        Ok(SurveiSum {
            totals: totals(whole)?,
            kelompok: Kelompok {
                usia: groups(answer.rows_of(1))?,
                pendidikan: groups(answer.rows_of(2))?,
                pekerjaan: groups(answer.rows_of(3))?,
                jenis_kelamin: groups(answer.rows_of(4))?,
            },
            saran: answer.rows_of(5).iter().map(|row| text(row, "saran")).collect::<Result<_>>()?,
            jumlah_saran: count(whole, "jumlah_saran")?,
        })
    }
}

const OF_THE_DAYS: &str = "FROM sistem.survei WHERE tanggal >= @dari AND tanggal <= @sampai";

fn sum() -> String {
    let sums = Unsur::ALL.map(|unsur| {
        let unsur = unsur.as_str();
        (1..=4)
            .map(|nilai| format!(", COUNT(CASE {unsur} WHEN {nilai} THEN 1 END) AS {unsur}_{nilai}"))
            .collect::<String>()
    });
    let groups = ["usia", "pendidikan", "pekerjaan", "jenis_kelamin"].map(|column| {
        format!(
            "SELECT {column} AS kelompok, COUNT(*) AS n {OF_THE_DAYS} AND {column} IS NOT NULL
            GROUP BY {column};"
        )
    });
    format!(
        "SELECT COUNT(*) AS responden, COUNT(saran) AS jumlah_saran{} {OF_THE_DAYS};
        {}
        SELECT TOP ({SARAN_MAX}) saran {OF_THE_DAYS} AND saran IS NOT NULL ORDER BY id;",
        sums.concat(),
        groups.concat()
    )
}

fn totals(row: &Row) -> Result<Totals> {
    let mut totals = Totals { responden: small(row, "responden")?, ..Totals::default() };
    for (total, unsur) in totals.unsur.iter_mut().zip(Unsur::ALL) {
        for (nilai, count) in (1..=4).zip(&mut total.0) {
            *count = small(row, &format!("{}_{nilai}", unsur.as_str()))?;
        }
    }
    Ok(totals)
}

/// The number of respondents by a word.
fn groups<T: Ord + std::str::FromStr>(rows: &[Row]) -> Result<BTreeMap<T, u32>> {
    rows.iter().map(|row| Ok((word(row, "kelompok")?, small(row, "n")?))).collect()
}
