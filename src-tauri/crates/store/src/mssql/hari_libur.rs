//! Days on which the school is closed.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::hari_libur::{HariLibur, SumberLibur};
use serde_json::{Value, json};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{bit, text, word},
    setelan::{COUNT_ON, LOCK},
};
use crate::{HariLiburStore, Result};

#[async_trait]
impl HariLiburStore for MssqlStore {
    async fn list(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<Vec<HariLibur>> {
        let statement = Statement::new(
            "SELECT tanggal, nama, jenis, perkiraan, sumber FROM sistem.hari_libur
            WHERE tanggal >= @dari AND tanggal <= @sampai ORDER BY tanggal",
        );
        let statement = statement.bind("dari", dari.to_string()).bind("sampai", sampai.to_string());
        self.engine.read(statement).await?.rows().iter().map(from_row).collect()
    }

    async fn set(&self, libur: Vec<HariLibur>) -> Result<()> {
        self.replace(Vec::new(), libur).await
    }

    async fn replace(&self, hapus: Vec<NaiveDate>, isi: Vec<HariLibur>) -> Result<()> {
        let statement = Statement::new(format!(
            "{LOCK}
            DELETE FROM sistem.hari_libur
            WHERE tanggal IN (SELECT h.tanggal FROM OPENJSON(@hapus) WITH (tanggal nvarchar(10) '$') AS h);
            {} {COUNT_ON}",
            set()
        ));
        let gone: Value = hapus.iter().map(ToString::to_string).collect();
        let rows: Value = isi.iter().map(row).collect();
        let statement = statement
            .bind("hapus", gone.to_string())
            .bind("libur", rows.to_string())
            .bind("manual", SumberLibur::Manual.as_str());
        self.engine.write(statement).await.map(drop)
    }

    async fn delete(&self, tanggal: NaiveDate) -> Result<bool> {
        let statement = Statement::new(format!(
            "{LOCK}
            DECLARE @n int;
            DELETE FROM sistem.hari_libur WHERE tanggal = @tanggal;
            SET @n = @@ROWCOUNT;
            IF @n > 0
            BEGIN
                {COUNT_ON}
            END;
            SELECT CAST(@n AS bit) AS dihapus;"
        ));
        let answer =
            self.engine.write(statement.audited_if("@n > 0").bind("tanggal", tanggal.to_string())).await?;
        bit(answer.one()?, "dihapus")
    }
}

/// The days, which are sent as one text, because a statement takes only so many values. They are read out of it twice:
/// once a connection has made a table variable, Babelfish finds the tables of other schemas no more.
const DAYS: &str = "(
        SELECT tanggal COLLATE Latin1_General_BIN2 AS tanggal, nama, jenis, perkiraan,
            sumber COLLATE Latin1_General_BIN2 AS sumber
        FROM OPENJSON(@libur) WITH (
            tanggal nvarchar(10), nama nvarchar(100), jenis nvarchar(20), perkiraan int, sumber nvarchar(20)
        )
    ) AS b";

fn set() -> String {
    format!(
        "UPDATE h SET nama = b.nama, jenis = b.jenis, perkiraan = b.perkiraan, sumber = b.sumber
        FROM sistem.hari_libur AS h INNER JOIN {DAYS} ON b.tanggal = h.tanggal
        WHERE b.sumber = @manual OR h.sumber <> @manual;
        INSERT INTO sistem.hari_libur (tanggal, nama, jenis, perkiraan, sumber)
        SELECT b.tanggal, b.nama, b.jenis, b.perkiraan, b.sumber FROM {DAYS}
        WHERE NOT EXISTS (SELECT 1 FROM sistem.hari_libur AS h WHERE h.tanggal = b.tanggal);"
    )
}

fn row(libur: &HariLibur) -> Value {
    json!({
        "tanggal": libur.tanggal.to_string(),
        "nama": libur.nama,
        "jenis": libur.jenis.as_str(),
        "perkiraan": i32::from(libur.perkiraan),
        "sumber": libur.sumber.as_str(),
    })
}

fn from_row(row: &Row) -> Result<HariLibur> {
    Ok(HariLibur {
        tanggal: word(row, "tanggal")?,
        nama: text(row, "nama")?,
        jenis: word(row, "jenis")?,
        perkiraan: bit(row, "perkiraan")?,
        sumber: word(row, "sumber")?,
    })
}
