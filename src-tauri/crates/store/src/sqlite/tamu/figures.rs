//! What the visits of a guest come to, from the guest's own appointments only.

use domain::{IdTamu, status};
use rusqlite::{Connection, named_params};

use crate::{
    Result,
    sqlite::row::{waktu_opt, words},
    tamu::TamuFigures,
};

pub(super) fn figures(conn: &Connection, id: IdTamu) -> Result<TamuFigures> {
    let sql = format!(
        "SELECT
            MIN(waktu_datang) AS pertama, MAX(waktu_datang) AS terakhir, COUNT(waktu_datang) AS kunjungan,
            COUNT(CASE WHEN waktu_datang IS NOT NULL THEN atas_nama END) AS atas_nama,
            COUNT(CASE WHEN status IN ({}) THEN 1 END) AS tidak_hadir,
            COUNT(CASE WHEN status IN ({}) THEN 1 END) AS akan_datang,
            COUNT(ulasan_pada) AS ulasan, COUNT(komentar) AS komentar,
            (
                SELECT COUNT(*) FROM sistem_pesan_keluar AS p
                INNER JOIN janji_temu AS j ON j.id = p.id_janji_temu
                WHERE j.id_tamu = :id
            ) AS pesan
        FROM janji_temu_semua WHERE id_tamu = :id",
        words(status::missed()),
        words(status::awaited())
    );
    let figures = conn.prepare_cached(&sql)?.query_row(named_params! { ":id": id.0 }, |row| {
        Ok(TamuFigures {
            kunjungan_pertama: waktu_opt(row, "pertama")?,
            kunjungan_terakhir: waktu_opt(row, "terakhir")?,
            jumlah_kunjungan: row.get::<_, i64>("kunjungan")?.unsigned_abs(),
            jumlah_atas_nama: row.get::<_, i64>("atas_nama")?.unsigned_abs(),
            jumlah_tidak_hadir: row.get::<_, i64>("tidak_hadir")?.unsigned_abs(),
            jumlah_akan_datang: row.get::<_, i64>("akan_datang")?.unsigned_abs(),
            jumlah_ulasan: row.get::<_, i64>("ulasan")?.unsigned_abs(),
            jumlah_komentar: row.get::<_, i64>("komentar")?.unsigned_abs(),
            jumlah_pesan: row.get::<_, i64>("pesan")?.unsigned_abs(),
        })
    });
    Ok(figures?)
}
