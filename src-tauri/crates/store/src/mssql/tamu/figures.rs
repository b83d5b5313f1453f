//! What the visits of a guest come to, from the guest's own appointments only.

use domain::{IdTamu, status};

use crate::{
    Result,
    mssql::{
        engine::{Engine, Statement},
        row::{count, waktu_opt, words},
    },
    tamu::TamuFigures,
};

pub(super) async fn figures(engine: &Engine, id: IdTamu) -> Result<TamuFigures> {
    let statement = Statement::new(format!(
        "SELECT
            MIN(waktu_datang) AS pertama, MAX(waktu_datang) AS terakhir,
            COUNT_BIG(waktu_datang) AS kunjungan,
            COUNT_BIG(CASE WHEN waktu_datang IS NOT NULL THEN atas_nama END) AS atas_nama,
            COUNT_BIG(CASE WHEN status IN ({}) THEN 1 END) AS tidak_hadir,
            COUNT_BIG(CASE WHEN status IN ({}) THEN 1 END) AS akan_datang,
            COUNT_BIG(ulasan_pada) AS ulasan, COUNT_BIG(komentar) AS komentar
        FROM dbo.janji_temu_semua WHERE id_tamu = @id;
        SELECT COUNT_BIG(*) AS pesan
        FROM sistem.pesan_keluar AS p INNER JOIN dbo.janji_temu AS j ON j.id = p.id_janji_temu
        WHERE j.id_tamu = @id;",
        words(status::missed()),
        words(status::awaited())
    ));
    let answer = engine.read(statement.bind("id", id.0)).await?;
    let row = answer.one()?;
    Ok(TamuFigures {
        kunjungan_pertama: waktu_opt(row, "pertama")?,
        kunjungan_terakhir: waktu_opt(row, "terakhir")?,
        jumlah_kunjungan: count(row, "kunjungan")?,
        jumlah_atas_nama: count(row, "atas_nama")?,
        jumlah_tidak_hadir: count(row, "tidak_hadir")?,
        jumlah_akan_datang: count(row, "akan_datang")?,
        jumlah_ulasan: count(row, "ulasan")?,
        jumlah_komentar: count(row, "komentar")?,
        jumlah_pesan: answer.rows_of(1).first().map_or(Ok(0), |row| count(row, "pesan"))?,
    })
}
