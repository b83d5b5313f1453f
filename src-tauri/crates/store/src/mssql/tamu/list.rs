//! Lists of guests. A search first finds identities, up to a limit, and then reads only the guests that it shows.

use domain::{Tamu, jadwal::Span, json::Daftar};

use super::{COLUMNS, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets, SearchTerms,
    halaman::{MAX_COUNTED, MAX_HITS},
    mssql::{
        engine::{Engine, Statement},
        kata_tamu,
        row::{count, int, page},
    },
    tamu::{PENGUNJUNG_MAX, TamuFilter},
};

pub(super) async fn list(
    engine: &Engine,
    kunci: &SchoolSecrets,
    saring: &TamuFilter,
    halaman: PageRequest,
) -> Result<Daftar<Tamu>> {
    let Some(cari) = &saring.cari else { return all(engine, kunci, saring, halaman).await };
    let Some(statement) = search(kunci, cari, saring) else {
        return Ok(Daftar { data: Vec::new(), total: 0 });
    };
    let answer = engine.read(page(statement, halaman)).await?;
    let total = answer.first().map_or(Ok(0), |row| count(row, "total"))?;
    let mut data = Vec::new();
    for row in answer.rows() {
        if int(row, "nomor")?.unsigned_abs() > halaman.offset() {
            data.push(from_row(row, kunci)?);
        }
    }
    Ok(Daftar { data, total })
}

/// The condition of a list, apart from its search.
fn condition(saring: &TamuFilter) -> String {
    let mut condition = "t.dianonimkan_pada IS NULL AND t.digabung_ke IS NULL".to_owned();
    if saring.hapus_diminta {
        condition += " AND t.hapus_diminta_pada IS NOT NULL";
    }
    if saring.tanpa_persetujuan {
        condition += " AND t.setuju_pada IS NULL";
    }
    condition
}

async fn all(
    engine: &Engine,
    kunci: &SchoolSecrets,
    saring: &TamuFilter,
    halaman: PageRequest,
) -> Result<Daftar<Tamu>> {
    let condition = condition(saring);
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total
        FROM (SELECT TOP ({MAX_COUNTED}) t.id FROM dbo.tamu AS t WHERE {condition}) AS terhitung;
        SELECT {COLUMNS} FROM dbo.tamu AS t WHERE {condition}
        ORDER BY nama, id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    ));
    let answer = engine.read(page(statement, halaman)).await?;
    let data = answer.rows_of(1).iter().map(|row| from_row(row, kunci)).collect::<Result<_>>()?;
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

/// The guests of the visits in the span.
pub(super) async fn pengunjung(engine: &Engine, kunci: &SchoolSecrets, jadwal: Span) -> Result<Vec<Tamu>> {
    let statement = Statement::new(format!(
        "SELECT TOP ({PENGUNJUNG_MAX}) {COLUMNS} FROM dbo.tamu AS t
        WHERE t.dianonimkan_pada IS NULL AND t.digabung_ke IS NULL
            AND t.id IN (SELECT j.id_tamu FROM dbo.janji_temu_semua AS j
                WHERE j.jadwal >= @dari AND j.jadwal < @sampai)
        ORDER BY t.id DESC;"
    ));
    let answer = engine.read(statement.bind("dari", jadwal.start).bind("sampai", jadwal.end)).await?;
    answer.rows().iter().map(|row| from_row(row, kunci)).collect()
}

/// The guests of a page. The first guest of all comes too, because only rows of guests can tell the total. `None` if
/// there is nothing to search for.
fn search(kunci: &SchoolSecrets, cari: &SearchTerms, saring: &TamuFilter) -> Option<Statement> {
    // Guests found in one way come before those found in the next.
    let in_order = |way: usize, order: &str, found: &str, id: &str| {
        format!(
            "SELECT h.{id} AS id_tamu, {} + ROW_NUMBER() OVER (ORDER BY {order}) AS tempat FROM ({found}) AS h",
            way * MAX_HITS
        )
    };
    let mut awal = Vec::new();
    if cari.telp.is_some() {
        awal.push(
            "SELECT COALESCE(digabung_ke, id) AS id_tamu, 0 AS tempat
            FROM dbo.tamu WHERE telp_indeks = @telp_indeks"
                .to_owned(),
        );
    }
    if cari.telp_akhir.is_some() {
        let found = format!(
            "SELECT TOP ({MAX_HITS}) nama, COALESCE(digabung_ke, id) AS id
            FROM dbo.tamu WHERE telp_akhir = @telp_akhir ORDER BY nama, id"
        );
        awal.push(in_order(1, "h.nama, h.id", &found, "id"));
    }
    let by_frasa = "h.frasa, h.id_tamu";
    for n in 0..cari.frasa.len() {
        awal.push(in_order(2 + n, by_frasa, &kata_tamu::berurutan(n), "id_tamu"));
    }
    if awal.is_empty() {
        return None;
    }
    let mut found = "SELECT id_tamu, tempat FROM awal".to_owned();
    let terpisah = cari.terpisah().len();
    if terpisah > 0 {
        let few = format!("(SELECT COUNT(DISTINCT id_tamu) FROM awal) < {MAX_HITS}");
        let found_apart = in_order(2 + cari.frasa.len(), by_frasa, &kata_tamu::terpisah(terpisah), "id_tamu");
        found += &format!(" UNION ALL {found_apart} WHERE {few}");
    }
    // Those found meet the condition too, so they are numbered after it.
    let kept = match saring.hapus_diminta || saring.tanpa_persetujuan {
        true => format!("INNER JOIN dbo.tamu AS t ON t.id = hit.id_tamu AND {}", condition(saring)),
        false => String::new(),
    };
    let statement = Statement::new(format!(
        "WITH awal AS ({awal}), hit AS (
            SELECT TOP ({MAX_HITS}) id_tamu, MIN(tempat) AS tempat FROM ({found}) AS h
            GROUP BY id_tamu ORDER BY MIN(tempat)
        )
        SELECT h.total, h.nomor, t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
        FROM (
            SELECT hit.id_tamu, ROW_NUMBER() OVER (ORDER BY hit.tempat) AS nomor, COUNT(*) OVER () AS total
            FROM hit {kept}
        ) AS h
        INNER JOIN dbo.tamu AS t ON t.id = h.id_tamu
        WHERE h.nomor = 1 OR (h.nomor > @offset AND h.nomor <= @offset + @limit)
        ORDER BY h.nomor;",
        awal = awal.join(" UNION ALL "),
    ));
    let statement = kata_tamu::bind_searched(statement, cari)
        .bind("telp_indeks", cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp)))
        .bind("telp_akhir", cari.telp_akhir.as_ref());
    Some(statement)
}
