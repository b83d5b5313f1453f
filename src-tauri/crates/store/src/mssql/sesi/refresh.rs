//! The exchange of a refresh token. A token is exchanged once; if it is shown a second time, its session ends. There
//! are two exceptions. A client that wants the very same successor again, and has not used it yet, repeats a question
//! whose answer was lost. The session's own device may have asked twice at once.

use domain::sesi::REUSE_GRACE;

use super::{KEEP_TOKEN, LIVES, REVOKE, bind_bounds, find, siapa};
use crate::{
    Result, SchoolSecrets,
    mssql::{
        engine::{Engine, Statement},
        row::{bytes_opt, text, unreadable},
    },
    sesi::{Exchange, Rotation},
};

pub(super) async fn refresh(
    engine: &Engine,
    kunci: &SchoolSecrets,
    pertukaran: &Exchange,
) -> Result<Rotation> {
    let statement = statement()
        .bind("lama", pertukaran.lama)
        .bind("token", pertukaran.baru)
        .bind("perangkat", pertukaran.perangkat)
        .bind("kedaluwarsa_pada", pertukaran.kedaluwarsa_pada)
        .bind("sejak", pertukaran.waktu - REUSE_GRACE)
        .bind("waktu", pertukaran.waktu);
    // If it is asked again after a lost connection, it finds the exchange made and answers the same.
    let answer = engine.write_again(bind_bounds(statement, pertukaran.waktu)).await?;
    let row = answer.one()?;
    let hasil = text(row, "hasil")?;
    let id_sesi = bytes_opt(row, "id_sesi")?.map(String::from_utf8).transpose();
    let id_sesi = id_sesi.map_err(|_| unreadable("id_sesi"))?;
    Ok(match (hasil.as_str(), id_sesi, siapa(&answer, 1, kunci)?) {
        ("disegarkan", Some(id_sesi), Some(siapa)) => Rotation::Disegarkan { id_sesi, siapa },
        ("dipakai ulang", Some(id_sesi), _) => Rotation::DipakaiUlang { id_sesi },
        _ => Rotation::Ditolak,
    })
}

/// First the token is used up. Of all callers that show it, only one manages that. If it was used up here, the session
/// goes on with the new token if its owner may sign in. If another caller used it up, it is the same exchange again,
/// the same device at the same time, or re-use.
fn statement() -> Statement {
    Statement::new(format!(
        "DECLARE @terpakai int, @hidup int, @dicabut int = 0, @id varbinary(100), @hasil nvarchar(20) = N'ditolak';
        UPDATE sistem.token_segar SET dipakai_pada = @waktu
        WHERE hash = @lama AND dipakai_pada IS NULL
            AND kedaluwarsa_pada > @ends_after AND kedaluwarsa_pada <= @ends_by
            AND EXISTS (SELECT 1 FROM sistem.sesi AS s WHERE s.id = id_sesi AND {LIVES});
        SET @terpakai = @@ROWCOUNT;
        SELECT @id = id_sesi FROM sistem.token_segar WHERE hash = @lama AND dipakai_pada IS NOT NULL;
        IF @terpakai = 0 AND EXISTS (
            SELECT 1 FROM sistem.token_segar
            WHERE hash = @token AND id_sesi = @id AND dipakai_pada IS NULL
        )
            SET @hasil = N'disegarkan';
        ELSE IF @terpakai > 0 OR EXISTS (
            SELECT 1 FROM sistem.token_segar AS t
            INNER JOIN sistem.sesi AS s ON s.id = t.id_sesi
            WHERE t.hash = @lama AND t.dipakai_pada > @sejak AND t.dipakai_pada <= @waktu
                AND s.perangkat = @perangkat AND {LIVES}
                AND NOT EXISTS (SELECT 1 FROM sistem.token_segar WHERE hash = @token)
        )
        BEGIN
            UPDATE sistem.sesi SET kedaluwarsa_pada = @kedaluwarsa_pada
            WHERE id = @id AND dicabut_pada IS NULL
                AND (
                    id_tamu IS NOT NULL
                    OR EXISTS (SELECT 1 FROM dbo.pengguna AS p WHERE p.id = id_pengguna AND p.aktif = 1)
                );
            SET @hidup = @@ROWCOUNT;
            IF @hidup > 0
            BEGIN
                {KEEP_TOKEN}
                SET @hasil = N'disegarkan';
            END;
        END
        ELSE
        BEGIN
            {REVOKE}
            SET @dicabut = @@ROWCOUNT;
            IF @dicabut > 0 SET @hasil = N'dipakai ulang';
        END;
        SELECT @hasil AS hasil, @id AS id_sesi;
        {}",
        find()
    ))
}
