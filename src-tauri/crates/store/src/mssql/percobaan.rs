//! Failed logins, by HMAC.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::IdPengguna;
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    row::{bytes, count, small, waktu, waktu_opt},
};
use crate::{
    PercobaanStore, Result,
    percobaan::{FailureKey, Percobaan},
};

/// The columns of a known account that follow its count.
const UPDATE_PENGGUNA: &str = "
    UPDATE dbo.pengguna SET gagal_login = @gagal0, terkunci_sampai = @terkunci0 WHERE id = @id_pengguna;";

#[async_trait]
impl PercobaanStore for MssqlStore {
    async fn list(&self, sidik: Vec<FailureKey>) -> Result<Vec<Percobaan>> {
        if sidik.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<_> = (0..sidik.len()).map(|n| format!("@sidik{n}")).collect();
        let mut statement = Statement::new(format!(
            "SELECT sidik, gagal, terkunci_sampai, terakhir_pada FROM sistem.percobaan WHERE sidik IN ({})",
            names.join(", ")
        ));
        for (n, sidik) in sidik.iter().enumerate() {
            statement = statement.bind(format!("sidik{n}"), *sidik);
        }
        let answer = self.engine.read(statement).await?;
        let found: Vec<_> = answer.rows().iter().map(from_row).collect::<Result<_>>()?;
        let of = |wanted: &FailureKey| found.iter().find(|(sidik, _)| sidik == wanted);
        Ok(sidik.iter().map(|sidik| of(sidik).map(|(_, percobaan)| *percobaan).unwrap_or_default()).collect())
    }

    async fn update(
        &self,
        baru: Vec<(FailureKey, Percobaan)>,
        akun: FailureKey,
        pengguna: Option<IdPengguna>,
    ) -> Result<()> {
        if baru.is_empty() {
            return Ok(());
        }
        let mut sql: String = (0..baru.len()).map(keep).collect();
        if pengguna.is_some() {
            sql.push_str(UPDATE_PENGGUNA);
        }
        let mut statement =
            Statement::new(sql).bind("id_pengguna", pengguna.map(|id| id.0)).bind("akun", akun);
        for (n, (sidik, percobaan)) in baru.iter().enumerate() {
            statement = statement
                .bind(format!("sidik{n}"), *sidik)
                // Written out here: not every server turns bytes into digits.
                .bind(format!("giliran{n}"), format!("bukutamu percobaan {}", HEXLOWER.encode(sidik)))
                .bind(format!("gagal{n}"), i64::from(percobaan.gagal))
                .bind(format!("terkunci{n}"), percobaan.terkunci_sampai)
                .bind(format!("terakhir{n}"), percobaan.terakhir_pada);
        }
        self.engine.write_again(statement).await.map(drop)
    }

    async fn forget(&self, akun: FailureKey, pengguna: IdPengguna) -> Result<()> {
        let statement = Statement::new(
            "DECLARE @n int;
            DELETE FROM sistem.percobaan WHERE akun = @akun OR sidik = @akun;
            SET @n = @@ROWCOUNT;
            UPDATE dbo.pengguna SET gagal_login = 0, terkunci_sampai = NULL
            WHERE id = @id AND (gagal_login <> 0 OR terkunci_sampai IS NOT NULL);
            SET @n = @n + @@ROWCOUNT;",
        );
        let statement = statement.audited_if("@n > 0").bind("akun", akun).bind("id", pengguna.0);
        self.engine.write_again(statement).await.map(drop)
    }

    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        let statement = Statement::new(
            "DELETE FROM sistem.percobaan WHERE terakhir_pada < @sebelum;
            SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
        );
        let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
        count(self.engine.write(statement).await?.one()?, "jumlah")
    }
}

/// Keeps the count of number `n`. An empty count leaves no row. If two callers keep the first count of an account at
/// once, the later one finds no row and may not insert its own. So each waits for its turn.
fn keep(n: usize) -> String {
    // Only the first is of the account at one place.
    let akun = if n == 0 { "@akun" } else { "NULL" };
    format!(
        "DECLARE @izin{n} int;
        EXEC @izin{n} = sp_getapplock @Resource = @giliran{n}, @LockMode = N'Exclusive',
            @LockOwner = N'Transaction', @LockTimeout = 5000;
        IF @izin{n} < 0 THROW 50001, N'no lock', 1;
        DELETE FROM sistem.percobaan WHERE sidik = @sidik{n};
        INSERT INTO sistem.percobaan (sidik, gagal, terkunci_sampai, terakhir_pada, akun)
        SELECT @sidik{n}, @gagal{n}, @terkunci{n}, @terakhir{n}, {akun} WHERE @terakhir{n} IS NOT NULL;
        "
    )
}

fn from_row(row: &Row) -> Result<(Vec<u8>, Percobaan)> {
    let percobaan = Percobaan {
        // A damaged count keeps nobody from signing in.
        gagal: small(row, "gagal").unwrap_or_default(),
        terkunci_sampai: waktu_opt(row, "terkunci_sampai").unwrap_or_default(),
        terakhir_pada: waktu(row, "terakhir_pada").ok(),
    };
    Ok((bytes(row, "sidik")?, percobaan))
}
