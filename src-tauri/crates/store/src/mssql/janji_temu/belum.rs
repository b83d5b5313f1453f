//! Appointments that nobody has come to yet, whosever they are.

use domain::{jadwal::Span, status};
use tiberius::Row;

use crate::{
    Result,
    mssql::{
        engine::{Engine, Statement},
        row::{small, waktu, words},
    },
};

pub(super) async fn list_belum(engine: &Engine, dalam: Span) -> Result<Vec<Span>> {
    let statement = Statement::new(format!(
        "SELECT jadwal, durasi_menit FROM dbo.janji_temu
        WHERE jadwal >= @dari AND jadwal < @akhir AND status IN ({}) ORDER BY jadwal",
        words(status::awaited())
    ));
    let statement = statement.bind("dari", dalam.start).bind("akhir", dalam.end);
    let span = |row: &Row| Ok(Span::minutes(waktu(row, "jadwal")?, small(row, "durasi_menit")?));
    engine.read(statement).await?.rows().iter().map(span).collect()
}
