//! Making an appointment or walk-in: its guest, its row, its code and its messages, all or nothing.
//!
//! A code holds the identity that its row was given, so there are two statements in a transaction: the first makes the
//! rows, the second signs them. A caller that was overtaken, by the same key or by the same new guest, starts again and
//! finds what the other made.

use domain::{
    IdJanjiTemu, IdTamu,
    jadwal::Span,
    kata,
    langkah::Awal,
    pengguna,
    tamu::{Placement, TamuDetails, sendiri, tempatkan},
    token::Token,
};
use tiberius::Row;

use super::{SELECT, SELECT_SEMUA, change, from_row, sibuk};
use crate::{
    Conflict, Result, SchoolSecrets, StoreError,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    mssql::{
        conflict::Failure,
        engine::{Answer, Audited, Engine, Statement, Transaction},
        kata_tamu, pesan_keluar,
        row::{int, int_opt, text_opt, words},
        tamu,
    },
};

/// What became of one that was to be made. Only a transaction that made it has changed anything to keep.
#[allow(clippy::large_enum_variant, reason = "one at a time is made, looked at and gone")]
pub(super) enum Outcome {
    Made(Creation),
    Refused(Conflict),
}

pub(super) async fn create(
    engine: &Engine,
    kunci: &SchoolSecrets,
    baru: &NewJanjiTemu,
) -> Result<Creation, Failure> {
    let mut transaction = engine.begin().await?;
    match enter(&mut transaction, kunci, baru, "").await? {
        Outcome::Made(made @ Creation::Dibuat(_)) => {
            transaction.commit().await?;
            Ok(made)
        }
        Outcome::Made(before) => {
            transaction.roll_back().await?;
            Ok(before)
        }
        Outcome::Refused(conflict) => {
            transaction.roll_back().await?;
            Err(StoreError::Conflict(conflict).into())
        }
    }
}

/// Makes one within a transaction; `first` is done before anything else.
pub(super) async fn enter(
    transaction: &mut Transaction<'_>,
    kunci: &SchoolSecrets,
    baru: &NewJanjiTemu,
    first: &str,
) -> Result<Outcome, Failure> {
    let answer = transaction.query(make(baru, kunci, first)?).await.map_err(overtaken)?;
    let made = answer.one()?;
    if let Some(before) = answer.rows_of(1).first() {
        if text_opt(made, "seri_lama")? != baru.seri {
            return Ok(Outcome::Refused(Conflict::Kunci));
        }
        return Ok(Outcome::Made(Creation::SudahAda(from_row(before, kunci)?)));
    }
    let Some(id) = int_opt(made, "id")?.map(IdJanjiTemu) else {
        return Ok(Outcome::Refused(why_refused(made)?));
    };
    let answer = sign(transaction, kunci, baru, id, made).await.map_err(overtaken)?;
    Ok(Outcome::Made(Creation::Dibuat(from_row(answer.one()?, kunci)?)))
}

/// Another caller has made the same in the meantime, so this one starts again.
fn overtaken(failure: Failure) -> Failure {
    match failure {
        Failure::Final(error @ StoreError::Conflict(Conflict::Kunci | Conflict::TamuTelp)) => {
            Failure::Again(error)
        }
        failure => failure,
    }
}

/// A caller who asks whether the guru is free waits for every earlier caller, until that one's appointment can be seen.
pub(super) const GURU_LOCK: &str = "
    DECLARE @izin int;
    DECLARE @giliran nvarchar(255) = N'bukutamu guru ' + CAST(@id_guru AS nvarchar(20));
    EXEC @izin = sp_getapplock @Resource = @giliran, @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;";

/// The guest of that identity, or the one whom that guest was merged into.
const KNOWN: &str = "
    SELECT @tamu = id, @nama_lama = nama FROM dbo.tamu
    WHERE id = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE id = @id_tamu);";

/// The guest with that number: a new one, or the known one with what is known.
fn enter_or_find() -> String {
    format!(
        "SELECT @tamu = id, @nama_lama = nama, @email_lama = email, @instansi_lama = instansi
        FROM dbo.tamu
        WHERE id = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE telp_indeks = @telp_indeks);
        IF @tamu IS NULL
        BEGIN
            {}
            SET @tamu = CAST(SCOPE_IDENTITY() AS bigint);
        END;",
        tamu::INSERT
    )
}

/// The row, if guru and guest are there, the guru is free and the key is new: all in one statement.
fn insert(awal: &Awal) -> String {
    let (names, places) = change::names(&awal.columns);
    format!(
        "INSERT INTO dbo.janji_temu (
            id_guru, id_tamu, keperluan, jadwal, durasi_menit, kunci, seri, jumlah_orang, dibuat_oleh, dibuat_pada,
            {names}
        )
        SELECT
            g.id, t.id, @keperluan, @jadwal, @durasi_menit, @kunci, @seri, @jumlah_orang, @dibuat_oleh, @waktu,
            {places}
        FROM dbo.pengguna AS g
        INNER JOIN dbo.tamu AS t ON t.id = @tamu AND t.dianonimkan_pada IS NULL
        WHERE g.id = @id_guru AND g.aktif = 1 AND g.role IN ({})
            AND (@boleh_bentrok = 1 OR NOT EXISTS (
                SELECT 1 FROM {} AND (@seri IS NULL OR lain.seri IS NULL OR lain.seri <> @seri)
            ));
        IF @@ROWCOUNT > 0 SET @dibuat = CAST(SCOPE_IDENTITY() AS bigint);",
        words(pengguna::receiving()),
        sibuk::taking()
    )
}

/// The first statement. Answers what was made or why not, and, of a key that was used before, what was made then.
fn make(baru: &NewJanjiTemu, kunci: &SchoolSecrets, first: &str) -> Result<Statement> {
    let awal = baru.awal();
    let (guest, known) = match &baru.tamu {
        TamuOf::Id(id) => (KNOWN.to_owned(), Some(id.0)),
        TamuOf::Baru(_) => (enter_or_find(), None),
    };
    let lock = if awal.boleh_bentrok { "" } else { GURU_LOCK };
    let statement = Statement::new(format!(
        "{first}
        DECLARE @lama bigint, @tamu bigint, @dibuat bigint;
        DECLARE @nama_lama nvarchar(200), @email_lama nvarchar(254), @instansi_lama nvarchar(200);
        {lock}
        SELECT @lama = id FROM dbo.janji_temu_semua WHERE kunci = @kunci;
        IF @lama IS NULL
        BEGIN
            {guest}
            {}
        END;
        SELECT
            @dibuat AS id, @tamu AS id_tamu, (SELECT seri FROM dbo.janji_temu WHERE id = @lama) AS seri_lama,
            @nama_lama AS nama_lama, @email_lama AS email_lama, @instansi_lama AS instansi_lama,
            (
                SELECT COUNT(*) FROM dbo.pengguna
                WHERE id = @id_guru AND aktif = 1 AND role IN ({})
            ) AS ada_guru,
            (SELECT COUNT(*) FROM dbo.tamu WHERE id = @tamu AND dianonimkan_pada IS NULL) AS ada_tamu;
        {SELECT_SEMUA} WHERE j.id = @lama;",
        insert(&awal),
        words(pengguna::receiving())
    ));
    let statement = sibuk::bind(statement, Span::minutes(baru.jadwal, baru.durasi_menit));
    let statement = change::bind(statement, awal.columns)
        .bind("id_guru", baru.id_guru.0)
        .bind("id_tamu", known)
        .bind("keperluan", &baru.keperluan)
        .bind("durasi_menit", i64::from(baru.durasi_menit))
        .bind("boleh_bentrok", awal.boleh_bentrok)
        .bind("kunci", baru.kunci.as_ref())
        .bind("seri", baru.seri.as_ref())
        .bind("jumlah_orang", i64::from(baru.jumlah_orang))
        .bind("dibuat_oleh", baru.dibuat_oleh.0)
        .bind("waktu", baru.waktu);
    match &baru.tamu {
        TamuOf::Id(_) => Ok(statement),
        TamuOf::Baru(baru) => tamu::bind_new(statement, baru, kunci),
    }
}

/// The second statement: codes, what of the visit is its own, what is known of the guest now, and the message.
async fn sign(
    transaction: &mut Transaction<'_>,
    kunci: &SchoolSecrets,
    baru: &NewJanjiTemu,
    id: IdJanjiTemu,
    made: &Row,
) -> Result<Answer, Failure> {
    let id_tamu = IdTamu(int(made, "id_tamu")?);
    let known = text_opt(made, "nama_lama")?;
    let (email_lama, instansi_lama) = (text_opt(made, "email_lama")?, text_opt(made, "instansi_lama")?);
    let atas_nama = baru.atas_nama.as_deref();
    let (own, guest, statement) = match (&baru.tamu, known) {
        (TamuOf::Baru(tamu), None) => {
            let sql = [tamu::SIGN, kata_tamu::ENTER].concat();
            let own = tempatkan(tamu.keterangan(), tamu.keterangan(), atas_nama, false);
            (own, sql, tamu::bind_made(Statement::new(""), id_tamu, tamu, kunci))
        }
        (TamuOf::Baru(tamu), Some(nama)) => {
            let dikenal =
                TamuDetails { nama: &nama, email: email_lama.as_deref(), instansi: instansi_lama.as_deref() };
            let own = tempatkan(dikenal, tamu.keterangan(), atas_nama, baru.orang_yang_sama);
            let (sql, statement) = tamu::correct(id_tamu, dikenal, &own.tamu);
            (own, sql, statement)
        }
        (TamuOf::Id(_), nama) => {
            let atas_nama = sendiri(&nama.unwrap_or_default(), atas_nama);
            (Placement { atas_nama, ..Placement::default() }, String::new(), Statement::new(""))
        }
    };
    let kata = kata::of_janji_temu(&baru.keperluan, own.atas_nama.as_deref(), own.instansi.as_deref());
    let statement = statement
        .text(format!(
            "UPDATE dbo.janji_temu SET
                kode_qr = @kode_qr, atas_nama = @atas_nama, instansi = @instansi_kunjungan,
                email = @email_kunjungan, kata = @kata
            WHERE id = @id;
            {guest}
            {}
            {SELECT} WHERE j.id = @id;",
            pesan_keluar::queue(baru.awal().pesan)
        ))
        .audited(Audited { id: Some("@id"), id_tamu: Some("@tamu_ini"), ..Audited::default() })
        .bind("id", id.0)
        .bind("tamu_ini", id_tamu.0)
        .bind("kode_qr", kunci.qr.sign(&Token::janji_temu(id, baru.kode_expiry)))
        .bind("atas_nama", own.atas_nama)
        .bind("instansi_kunjungan", own.instansi)
        .bind("email_kunjungan", own.email)
        .bind("kata", kata)
        .bind("pesan", baru.awal().pesan.as_str())
        .bind("waktu", baru.waktu);
    transaction.query(statement).await
}

/// Which condition of [`insert`] was not met. The insert has decided; this only says why.
fn why_refused(made: &Row) -> Result<Conflict> {
    Ok(match (int(made, "ada_guru")?, int(made, "ada_tamu")?) {
        (0, _) => Conflict::Guru,
        (_, 0) => Conflict::Tamu,
        _ => Conflict::Bentrok,
    })
}
