//! Evacuations.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, RUSAK,
    evakuasi::{DI_GEDUNG_MAX, DiGedung, EvacuationChange, EvacuationState, EvacuationStep, Evakuasi},
    rusak, status,
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{bit_opt, int, small, text_opt, waktu, waktu_opt, word, word_opt, words},
};
use crate::{EvakuasiStore, Result, seen::Seen};

/// The one that goes on.
const RUNNING: &str = "(SELECT MAX(id) FROM sistem.evakuasi WHERE selesai IS NULL)";

/// Whoever changes an evacuation waits for the others.
const LOCK: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu evakuasi', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;
    DECLARE @n int = 0;";

/// Begins one, unless one goes on, or has ended since something that was kept. Counts into `@n` what was changed.
const START: &str = "
    INSERT INTO sistem.evakuasi (mulai, id_mulai)
    SELECT @pada, @oleh
    WHERE NOT EXISTS (SELECT 1 FROM sistem.evakuasi
            WHERE selesai IS NULL OR (@kept = 1 AND selesai > @pada));
    SET @n = @n + @@ROWCOUNT;";

#[async_trait]
impl EvakuasiStore for MssqlStore {
    async fn get(&self, sejak: DateTime<Utc>) -> Result<EvacuationState> {
        let statement = Statement::new(format!(
            "SELECT TOP (1) e.mulai, p.nama AS mulai_oleh, e.selesai
            FROM sistem.evakuasi AS e
            LEFT JOIN dbo.pengguna AS p ON p.id = e.id_mulai
            ORDER BY CASE WHEN e.selesai IS NULL THEN 0 ELSE 1 END, e.mulai DESC, e.id DESC;
            SELECT TOP ({DI_GEDUNG_MAX})
                j.id, j.status, j.waktu_datang, j.atas_nama, t.nama AS nama_tamu, j.jumlah_orang,
                COALESCE(j.instansi, t.instansi) AS instansi, g.nama AS nama_guru, g.sapaan,
                j.tanggapan_tempat, c.aman, c.pada, p.nama AS oleh
            FROM dbo.janji_temu AS j
            LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
            LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu
            LEFT JOIN sistem.centang AS c ON c.id_janji_temu = j.id AND c.id_evakuasi = {RUNNING}
            LEFT JOIN dbo.pengguna AS p ON p.id = c.id_pengguna
            WHERE j.status IN ({}) AND j.waktu_datang >= @sejak
            ORDER BY j.waktu_datang, j.id;",
            words(status::on_site())
        ));
        let answer = self.engine.read(statement.bind("sejak", sejak)).await?;
        Ok(EvacuationState {
            evakuasi: answer.first().map(evakuasi).transpose()?,
            di_gedung: answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?,
        })
    }

    async fn apply(&self, change: &EvacuationChange) -> Result<()> {
        let statement = match change.step {
            EvacuationStep::Start => Statement::new(format!("{LOCK} {START}")).bind("kept", false),
            EvacuationStep::End => Statement::new(format!(
                "{LOCK}
                UPDATE sistem.evakuasi SET selesai = @pada, id_selesai = @oleh
                WHERE selesai IS NULL;
                SET @n = @@ROWCOUNT;"
            )),
            EvacuationStep::Tick { id, aman, kept } => {
                Statement::new(tick()).bind("id", id.0).bind("aman", aman).bind("kept", kept)
            }
        };
        let statement = statement.audited_if("@n > 0").bind("pada", change.pada).bind("oleh", change.oleh.0);
        self.engine.write_again(statement).await.map(drop)
    }
}

fn tick() -> String {
    format!(
        "{LOCK} {START}
        UPDATE sistem.centang SET aman = @aman, id_pengguna = @oleh, pada = @pada
        WHERE id_janji_temu = @id AND id_evakuasi = {RUNNING}
            AND (@kept = 0 OR pada <= @pada);
        SET @n = @n + @@ROWCOUNT;
        INSERT INTO sistem.centang (id_evakuasi, id_janji_temu, aman, id_pengguna, pada)
        SELECT e.id, j.id, @aman, @oleh, @pada
        FROM dbo.janji_temu AS j
        INNER JOIN sistem.evakuasi AS e ON e.id = {RUNNING}
        WHERE j.id = @id
            AND NOT EXISTS (
                SELECT 1 FROM sistem.centang AS c WHERE c.id_evakuasi = e.id AND c.id_janji_temu = j.id
            );
        SET @n = @n + @@ROWCOUNT;"
    )
}

fn evakuasi(row: &Row) -> Result<Evakuasi> {
    Ok(Evakuasi {
        mulai: waktu(row, "mulai")?,
        mulai_oleh: text_opt(row, "mulai_oleh")?,
        selesai: waktu_opt(row, "selesai")?,
    })
}

/// Reads a row as far as it can be read: whoever is in the building is on the list.
fn from_row(row: &Row) -> Result<DiGedung> {
    let id = int(row, "id")?;
    let mut seen = Seen::of("janji_temu", id);
    let nama_tamu = seen.name_of("id_tamu", "nama_tamu", text_opt(row, "nama_tamu"));
    let nama_guru = seen.name_of("id_guru", "nama_guru", text_opt(row, "nama_guru"));
    let sapaan = seen.optional("sapaan", word_opt(row, "sapaan"));
    Ok(DiGedung {
        id: IdJanjiTemu(id),
        nama: seen.optional("atas_nama", text_opt(row, "atas_nama")).unwrap_or(nama_tamu),
        instansi: seen.optional("instansi", text_opt(row, "instansi")),
        jumlah_orang: seen.shown("jumlah_orang", small(row, "jumlah_orang"), 1),
        guru: DiGedung::guru_disapa(sapaan.filter(|_| nama_guru != RUSAK), &nama_guru),
        tempat: seen.optional("tanggapan_tempat", text_opt(row, "tanggapan_tempat")),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        sejak: seen.decides("waktu_datang", waktu(row, "waktu_datang"), DateTime::UNIX_EPOCH),
        aman: bit_opt(row, "aman")?.unwrap_or(false),
        dicentang_oleh: text_opt(row, "oleh")?,
        dicentang_pada: waktu_opt(row, "pada")?,
    })
}
