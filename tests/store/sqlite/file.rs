//! What stands in the file, and what does not.

use std::{fs, sync::Arc};

use domain::{Role, Status};
use store::{
    Cari, SqliteStore,
    janji_temu::{Langkah, TamuUntuk},
};

use crate::school::{FIRST_PAGE, School, at, at_once, janji_baru, made, perubahan, tamu_baru};

#[tokio::test]
async fn no_guests_number_stands_in_the_files_in_plain() {
    let school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    let tamu = TamuUntuk::Telp(tamu_baru("Dewi", "0812 3456 7890"));
    let janji = made(school.store.janji_temu().create(janji_baru(&guru, tamu, at("09:00"))).await);
    school.step(&janji, Langkah::Datang { terlambat: false }, at("09:00")).await;
    let mut scanned = 0;
    for entry in fs::read_dir(school.path().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        scanned += bytes.len();
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        assert!(!holds(b"81234567890") && !holds(b"812345678"), "a number stands in {}", path.display());
    }
    assert!(scanned > 10_000, "the files were read");
    school.store.close().await;
    let bytes = fs::read(school.path()).unwrap();
    assert!(bytes.windows(4).any(|window| window == b"Dewi"), "the database file has the row by now");
    assert!(!bytes.windows(9).any(|window| window == b"812345678"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_is_there_after_a_drop_without_close() {
    let mut school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    let mut expected = 0;
    for round in 0..3 {
        let results = at_once(|n| {
            let (store, guru) = (Arc::clone(&school.store), guru.clone());
            let tamu = TamuUntuk::Telp(tamu_baru("Dewi", &format!("0812 3456 {round}{n:03}")));
            let jadwal = at("00:00") + chrono::Duration::hours(i64::try_from(n).unwrap() + 100 * round);
            async move {
                let janji = made(store.janji_temu().create(janji_baru(&guru, tamu, jadwal)).await);
                let arrival = Langkah::Datang { terlambat: false };
                let arrival = perubahan(janji.id, Status::Belum, arrival, jadwal);
                store.janji_temu().apply(arrival).await.unwrap().unwrap()
            }
        })
        .await;
        expected += results.len();
        let store = SqliteStore::open(&school.path(), Arc::clone(&school.kunci)).unwrap();
        school.store = Arc::new(store);
        let there = school.store.notifikasi().list_belum_dibaca(guru.id).await.unwrap();
        assert_eq!(there.len(), expected);
        for janji in results {
            assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap(), Some(janji));
        }
    }
}

#[tokio::test]
async fn guests_from_before_the_index_of_words_are_found() {
    let mut school = School::on_sqlite();
    for n in 0..3 {
        school.store.tamu().create(tamu_baru("Dewi", &format!("0812 3456 789{n}"))).await.unwrap();
    }
    school.store.close().await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    conn.execute_batch(
        "DROP TABLE sistem_kata_tamu;
        DELETE FROM sistem_info WHERE nama = 'kata_tamu';
        DELETE FROM sistem_riwayat_skema WHERE version = 2;",
    )
    .unwrap();
    drop(conn);
    let store = SqliteStore::open(&school.path(), Arc::clone(&school.kunci)).unwrap();
    school.store = Arc::new(store);
    let found = school.store.tamu().list(Cari::new("dew"), FIRST_PAGE).await.unwrap();
    assert_eq!((found.total, found.data.len()), (3, 3));
    school.store.close().await;
}

#[tokio::test]
async fn the_questions_asked_most_find_their_index() {
    let school = School::on_sqlite();
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    for (sql, index) in [
        ("SELECT * FROM janji_temu WHERE jadwal >= 1 AND jadwal < 2", "ix_janji_temu_jadwal"),
        ("SELECT * FROM janji_temu WHERE id_guru = 1 AND jadwal > 1 AND jadwal < 2", "ix_janji_temu_guru"),
        (
            "SELECT * FROM janji_temu WHERE id_guru = 1 AND waktu_datang IS NOT NULL AND dibaca_pada IS NULL
                AND notifikasi_dihapus_pada IS NULL",
            "ix_janji_temu_belum_dibaca",
        ),
        (
            "SELECT COUNT(*) FROM janji_temu WHERE status IN ('menunggu', 'sedang berlangsung')",
            "ix_janji_temu_di_lokasi",
        ),
        ("UPDATE janji_temu SET versi = 1 WHERE status = 'belum' AND jadwal < 1", "ix_janji_temu_belum"),
        (
            "SELECT * FROM janji_temu WHERE (jadwal >= 1 AND jadwal < 2) OR (waktu_datang >= 1 AND waktu_datang < 2)",
            "ix_janji_temu_datang",
        ),
        (
            "SELECT * FROM janji_temu WHERE ulasan_pada IS NOT NULL ORDER BY ulasan_pada DESC LIMIT 20",
            "ix_janji_temu_ulasan",
        ),
        (
            "SELECT frasa, id_tamu FROM sistem_kata_tamu WHERE frasa >= 'a' AND frasa < 'b'
                ORDER BY frasa, id_tamu LIMIT 20",
            "SEARCH sistem_kata_tamu USING PRIMARY KEY (frasa>? AND frasa<?)",
        ),
        ("SELECT * FROM sistem_kata_tamu WHERE id_tamu = 1 AND frasa >= 'a'", "ix_sistem_kata_tamu_tamu"),
        (
            "SELECT id FROM tamu WHERE telp_akhir = '1' ORDER BY nama COLLATE NOCASE, id LIMIT 20",
            "SEARCH tamu USING COVERING INDEX ix_tamu_telp_akhir (telp_akhir=?)",
        ),
        // The unique constraint's own.
        ("SELECT * FROM tamu WHERE telp_indeks = x'00'", "sqlite_autoindex_tamu_1"),
    ] {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> =
            statement.query_map((), |row| row.get("detail")).unwrap().collect::<Result<_, _>>().unwrap();
        assert!(plan.iter().any(|step| step.contains(index)), "{sql} does not use {index}: {plan:?}");
        assert!(!sql.contains("sistem_kata") || plan.len() == 1, "it sorts: {plan:?}");
    }
    school.store.close().await;
}
