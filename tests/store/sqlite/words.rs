//! The words that a table takes are those that the program knows: a new one needs a migration, and this tells it.

use domain::{
    JenisTanggapan, Role, Sapaan, Status,
    janji_temu::Jenis,
    pemeliharaan::{KeadaanPemeliharaan, Pemicu},
    pesan::JenisPesan,
};

use crate::school::School;

#[tokio::test]
async fn tables_take_the_words_that_the_program_knows() {
    let school = School::on_sqlite();
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    let mut tables = conn.prepare("SELECT sql FROM sqlite_master WHERE type = 'table'").unwrap();
    let tables: Vec<String> =
        tables.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let known: [(&str, Vec<&str>); 8] = [
        ("ck_pengguna_role", Role::ALL.iter().map(|word| word.as_str()).collect()),
        ("ck_pengguna_sapaan", Sapaan::ALL.iter().map(|word| word.as_str()).collect()),
        ("ck_janji_temu_jenis", Jenis::ALL.iter().map(|word| word.as_str()).collect()),
        ("ck_janji_temu_status", Status::ALL.iter().map(|word| word.as_str()).collect()),
        ("ck_janji_temu_tanggapan_jenis", JenisTanggapan::ALL.iter().map(|word| word.as_str()).collect()),
        ("ck_sistem_pemeliharaan_pemicu", Pemicu::ALL.iter().map(|word| word.as_str()).collect()),
        (
            "ck_sistem_pemeliharaan_keadaan",
            KeadaanPemeliharaan::ALL.iter().map(|word| word.as_str()).collect(),
        ),
        ("ck_sistem_pesan_jenis", JenisPesan::ALL.iter().map(|word| word.as_str()).collect()),
    ];
    for (constraint, mut known) in known {
        let taken = tables.iter().find_map(|sql| words_of(sql, constraint));
        let mut taken = taken.unwrap_or_else(|| panic!("there is no {constraint}"));
        taken.sort_unstable();
        known.sort_unstable();
        assert_eq!(taken, known, "{constraint}: a migration changes it, for both databases");
    }
    school.store.close().await;
}

/// The words in `CONSTRAINT name CHECK (… IN ('a', 'b'))`.
fn words_of<'a>(sql: &'a str, constraint: &str) -> Option<Vec<&'a str>> {
    let (_, after) = sql.split_once(&format!("CONSTRAINT {constraint} "))?;
    let (_, list) = after.split_once("IN (")?;
    let (list, _) = list.split_once(')')?;
    Some(list.split('\'').skip(1).step_by(2).collect())
}
