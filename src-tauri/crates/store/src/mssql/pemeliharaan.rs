//! The upkeep of records. A batch is one short transaction, of fewer rows than what makes the server lock a table.

mod runs;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdTamu, jadwal::Span, json::Daftar, notifikasi, status};
use serde_json::json;
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    janji_temu::change,
    row::{count, int, int_opt, text, waktu, waktu_opt, word, words},
};
use crate::{
    PageRequest, PemeliharaanStore, Result,
    copy::JANJI_TEMU,
    pemeliharaan::{
        Affected, BATCH, HasilPemeliharaan, IdleTamu, NewPemeliharaan, Pemeliharaan, Pemicu, Progress,
        Rencana, TugasPemeliharaan, WINDOW,
    },
};

#[async_trait]
impl PemeliharaanStore for MssqlStore {
    async fn begin(&self, baru: NewPemeliharaan) -> Result<Option<i64>> {
        runs::begin(&self.engine, baru).await
    }

    async fn note(&self, progress: Progress) -> Result<bool> {
        runs::note(&self.engine, progress).await
    }

    async fn find(&self, id: i64) -> Result<Option<Pemeliharaan>> {
        runs::find(&self.engine, id).await
    }

    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Pemeliharaan>> {
        runs::list(&self.engine, halaman).await
    }

    async fn find_latest(&self, pemicu: Option<Pemicu>) -> Result<Option<DateTime<Utc>>> {
        runs::find_latest(&self.engine, pemicu).await
    }

    async fn find_first_entry(&self) -> Result<Option<DateTime<Utc>>> {
        let statement = Statement::new("SELECT TOP (1) dibuat_pada FROM dbo.tamu ORDER BY id");
        self.engine.read(statement).await?.first().map(|row| waktu(row, "dibuat_pada")).transpose()
    }

    async fn archive(&self, rencana: Rencana) -> Result<u64> {
        let Some((condition, before)) = due(TugasPemeliharaan::Arsip, rencana) else { return Ok(0) };
        let select = Statement::new(format!(
            "SELECT TOP ({BATCH}) j.id FROM dbo.janji_temu AS j WHERE {condition} ORDER BY j.jadwal, j.id"
        ));
        let chosen = self.ids(select.bind("sebelum", before).bind("pesan", rencana.pesan)).await?;
        if chosen.is_empty() {
            return Ok(0);
        }
        let statement = Statement::new(archive()).bind("baris", rows(&chosen)).bind("sebelum", before);
        let statement = statement.bind("pesan", rencana.pesan);
        let answer = self.engine.write_again(statement.patience(Patience::Nightly)).await?;
        count(answer.one()?, "jumlah")
    }

    async fn put_away(&self, sebelum: DateTime<Utc>, waktu: DateTime<Utc>) -> Result<u64> {
        let columns = notifikasi::put_away(waktu);
        let condition = format!(
            "notifikasi_dihapus_pada IS NULL AND id IN (
                SELECT TOP ({BATCH}) j.id FROM dbo.janji_temu AS j WHERE {}
            )",
            read_before()
        );
        let update = change::update(&columns, &condition);
        let statement = Statement::new(format!("{update} SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;"));
        let statement = change::bind(statement, columns).bind("sebelum", sebelum).patience(Patience::Nightly);
        count(self.engine.write(statement).await?.one()?, "jumlah")
    }

    async fn list_idle(&self, sebelum: DateTime<Utc>, setelah: IdTamu) -> Result<Option<IdleTamu>> {
        let last = Statement::new(format!(
            "SELECT MAX(t.id) AS sampai FROM (
                SELECT TOP ({WINDOW}) id FROM dbo.tamu WHERE id > @setelah ORDER BY id
            ) AS t"
        ));
        let answer = self.engine.read(last.bind("setelah", setelah.0)).await?;
        let Some(last) = int_opt(answer.one()?, "sampai")? else { return Ok(None) };
        let statement = Statement::new(format!(
            "SELECT id FROM dbo.tamu WHERE id > @setelah AND id <= @sampai AND {} ORDER BY id",
            idle()
        ));
        let statement = statement.bind("setelah", setelah.0).bind("sampai", last).bind("sebelum", sebelum);
        let tamu = self.ids(statement).await?.into_iter().map(IdTamu).collect();
        Ok(Some(IdleTamu { tamu, sampai: IdTamu(last) }))
    }

    async fn erase_idle(
        &self,
        tamu: Vec<IdTamu>,
        sebelum: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<u64> {
        let condition = idle();
        self.engine.transact_many(|| self.erase_those(&tamu, &condition, sebelum, waktu)).await
    }

    async fn list_asked(&self, setelah: IdTamu) -> Result<Vec<IdTamu>> {
        let statement = Statement::new(format!(
            "SELECT TOP ({BATCH}) t.id FROM dbo.tamu AS t WHERE t.id > @setelah AND {} ORDER BY t.id",
            asked()
        ));
        Ok(self.ids(statement.bind("setelah", setelah.0)).await?.into_iter().map(IdTamu).collect())
    }

    async fn count_missed(&self, jadwal: Span) -> Result<u64> {
        let statement = Statement::new(format!(
            "SELECT COUNT_BIG(*) AS jumlah FROM dbo.janji_temu
            WHERE status IN ({}) AND jadwal >= @sejak AND jadwal < @sampai",
            words(status::missed())
        ));
        let statement = statement.bind("sejak", jadwal.start).bind("sampai", jadwal.end);
        count(self.engine.read(statement.patience(Patience::Nightly)).await?.one()?, "jumlah")
    }

    async fn count(&self, rencana: Rencana) -> Result<HasilPemeliharaan> {
        let of_visits = |apa| async move {
            let Some((condition, before)) = due(apa, rencana) else { return Ok(0) };
            let sql = format!("SELECT COUNT_BIG(*) AS jumlah FROM dbo.janji_temu AS j WHERE {condition}");
            let statement = Statement::new(sql).bind("sebelum", before).bind("pesan", rencana.pesan);
            count(self.engine.read(statement.patience(Patience::Nightly)).await?.one()?, "jumlah")
        };
        let asked = format!("SELECT COUNT_BIG(*) AS jumlah FROM dbo.tamu AS t WHERE {}", asked());
        let asked = self.engine.read(Statement::new(asked).patience(Patience::Nightly)).await?;
        Ok(HasilPemeliharaan {
            no_show: of_visits(TugasPemeliharaan::NoShow).await?,
            arsip: of_visits(TugasPemeliharaan::Arsip).await?,
            notifikasi: of_visits(TugasPemeliharaan::Notifikasi).await?,
            anonim: 0,
            hapus: count(asked.one()?, "jumlah")?,
        })
    }

    async fn list_affected(&self, rencana: Rencana, paling_banyak: u32) -> Result<Vec<Affected>> {
        let mut all = Vec::new();
        for apa in TugasPemeliharaan::ALL {
            let Some((condition, before)) = due(apa, rencana) else { continue };
            let statement = Statement::new(format!(
                "SELECT TOP ({paling_banyak})
                    N'{}' AS apa, j.id, COALESCE(j.atas_nama, t.nama) AS nama, j.jadwal AS pada
                FROM dbo.janji_temu AS j INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu
                WHERE {condition} ORDER BY j.jadwal, j.id",
                apa.as_str()
            ));
            let statement = statement.bind("sebelum", before).bind("pesan", rencana.pesan);
            all.extend(self.affected(statement).await?);
        }
        let statement = Statement::new(format!(
            "SELECT TOP ({paling_banyak}) N'{}' AS apa, t.id, t.nama, t.hapus_diminta_pada AS pada
            FROM dbo.tamu AS t WHERE {} ORDER BY t.hapus_diminta_pada, t.id",
            TugasPemeliharaan::Hapus.as_str(),
            asked()
        ));
        all.extend(self.affected(statement).await?);
        Ok(all)
    }

    async fn list_affected_tamu(&self, tamu: Vec<IdTamu>) -> Result<Vec<Affected>> {
        let statement = Statement::new(format!(
            "SELECT N'{}' AS apa, t.id, t.nama, t.dibuat_pada, (
                SELECT MAX(j.jadwal) FROM dbo.janji_temu_semua AS j WHERE j.id_tamu = t.id
            ) AS terakhir
            FROM dbo.tamu AS t INNER JOIN OPENJSON(@baris) WITH (id bigint) AS b ON b.id = t.id ORDER BY t.id",
            TugasPemeliharaan::Anonim.as_str()
        ));
        let ids: Vec<_> = tamu.into_iter().map(|id| id.0).collect();
        let answer = self.engine.read(statement.bind("baris", rows(&ids))).await?;
        let found = |row: &Row| {
            let dibuat = waktu(row, "dibuat_pada")?;
            let pada = waktu_opt(row, "terakhir")?.map_or(dibuat, |terakhir| terakhir.max(dibuat));
            Ok(Affected { apa: word(row, "apa")?, id: int(row, "id")?, nama: text(row, "nama")?, pada })
        };
        answer.rows().iter().map(found).collect()
    }
}

impl MssqlStore {
    async fn ids(&self, statement: Statement) -> Result<Vec<i64>> {
        let answer = self.engine.read(statement.patience(Patience::Nightly)).await?;
        answer.rows().iter().map(|row| int(row, "id")).collect()
    }

    async fn affected(&self, statement: Statement) -> Result<Vec<Affected>> {
        let answer = self.engine.read(statement.patience(Patience::Nightly)).await?;
        let found = |row: &Row| {
            Ok(Affected {
                apa: word(row, "apa")?,
                id: int(row, "id")?,
                nama: text(row, "nama")?,
                pada: waktu(row, "pada")?,
            })
        };
        answer.rows().iter().map(found).collect()
    }
}

/// Identities as rows of JSON.
fn rows(ids: &[i64]) -> String {
    json!(ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>()).to_string()
}

/// The condition that something of the kind is due of a visit, and `@sebelum` of it. `None` if nothing ever is.
fn due(apa: TugasPemeliharaan, rencana: Rencana) -> Option<(String, DateTime<Utc>)> {
    let (condition, before) = match apa {
        TugasPemeliharaan::NoShow => (awaited_before(), Some(rencana.no_show)),
        TugasPemeliharaan::Arsip => (archivable(), rencana.arsip),
        TugasPemeliharaan::Notifikasi => (read_before(), Some(rencana.notifikasi)),
        TugasPemeliharaan::Anonim | TugasPemeliharaan::Hapus => return None,
    };
    Some((condition, before?))
}

/// A visit that goes to the archive if it was scheduled before `@sebelum`. A message that has not changed since
/// `@pesan` keeps nothing.
fn archivable() -> String {
    format!(
        "j.jadwal < @sebelum AND j.status NOT IN ({})
            AND NOT EXISTS (
                SELECT 1 FROM sistem.pesan_keluar AS p
                WHERE p.id_janji_temu = j.id AND p.diubah_pada >= @pesan
            )
            AND NOT EXISTS (SELECT 1 FROM sistem.kunci AS k WHERE k.id_janji_temu = j.id)",
        words(status::open())
    )
}

/// A notification that was read, of an arrival before `@sebelum`.
fn read_before() -> String {
    format!(
        "j.dibaca_pada IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL AND j.waktu_datang < @sebelum
            AND j.status NOT IN ({})",
        words(status::open())
    )
}

/// An appointment before `@sebelum` whose guest did not come.
fn awaited_before() -> String {
    format!("j.status IN ({}) AND j.jadwal < @sebelum", words(status::awaited()))
}

/// A guest who is not heard of since `@sebelum`.
fn idle() -> String {
    format!(
        "dianonimkan_pada IS NULL AND digabung_ke IS NULL AND dibuat_pada < @sebelum
            AND (setuju_pada IS NULL OR setuju_pada < @sebelum)
            AND NOT EXISTS (
                SELECT 1 FROM dbo.janji_temu AS j WHERE j.id_tamu = tamu.id AND (
                    j.jadwal >= @sebelum OR j.waktu_datang >= @sebelum OR j.dibuat_pada >= @sebelum
                    OR j.status IN ({})
                )
            )
            AND NOT EXISTS (
                SELECT 1 FROM sistem.arsip AS j WHERE j.id_tamu = tamu.id AND j.jadwal >= @sebelum
            )",
        words(status::open())
    )
}

/// A guest who asked to be erased, and nothing forbids it any more.
fn asked() -> String {
    format!(
        "t.hapus_diminta_pada IS NOT NULL AND t.dianonimkan_pada IS NULL AND t.digabung_ke IS NULL AND NOT EXISTS (
            SELECT 1 FROM dbo.janji_temu AS j WHERE j.id_tamu = t.id AND j.status IN ({})
        )",
        words(status::open())
    )
}

/// Moves those of the visits in `@baris` that still may go. First nobody can change them any more; then what was copied
/// is deleted.
fn archive() -> String {
    let columns = JANJI_TEMU.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let chosen = "SELECT b.id FROM OPENJSON(@baris) WITH (id bigint) AS b";
    format!(
        "UPDATE dbo.janji_temu SET versi = versi WHERE id IN ({chosen});
        INSERT INTO sistem.arsip ({columns})
        SELECT {columns} FROM dbo.janji_temu AS j WHERE j.id IN ({chosen}) AND {};
        DELETE FROM dbo.janji_temu WHERE id IN ({chosen}) AND id IN (SELECT a.id FROM sistem.arsip AS a);
        SELECT COUNT_BIG(*) AS jumlah FROM sistem.arsip WHERE id IN ({chosen});",
        archivable()
    )
}
