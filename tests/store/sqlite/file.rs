//! What is in the file, and what is not.

use std::{fs, sync::Arc};

use domain::{Role, Status, VisitStep};
use store::{
    SearchTerms, SqliteStore,
    janji_temu::{JanjiTemuFilter, TamuOf},
    pengguna::PenggunaFilter,
    tamu::{NewErasure, NewTamu},
};

use crate::school::{FIRST_PAGE, School, at, at_once, janji_baru, made, perubahan, tamu_baru};

#[tokio::test]
async fn no_guests_number_stands_in_the_files_in_plain() {
    let school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    let tamu = TamuOf::Baru(tamu_baru("Dewi", "0812 3456 7890"));
    let janji = made(school.store.janji_temu().create(janji_baru(&guru, tamu, at("09:00"))).await);
    school.step(&janji, VisitStep::Datang { terlambat: false, di_meja: true }, at("09:00")).await;
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

/// The names and addresses of the guests who are erased here stand in rows, in indexes and among the words of a search,
/// on pages that become free in part and as a whole.
#[tokio::test]
async fn what_was_erased_stands_in_no_file() {
    let school = School::on_sqlite();
    let store = school.store.tamu();
    let stays = store.create(tamu_baru("Wijayakusuma", "0812 3456 7890")).await.unwrap();
    let mut erased = Vec::new();
    for n in 0..60 {
        let tamu = NewTamu {
            email: Some(format!("zqxjv{n}@kwyjibo.example")),
            instansi: Some(format!("Vgrblk {n} {}", "qpzxw ".repeat(10))),
            ..tamu_baru(&format!("Xylqvort {n}"), &format!("0813 0000 {n:04}"))
        };
        erased.push(store.create(tamu).await.unwrap().id);
    }
    let found = |marks: &[&str]| {
        let mut found = Vec::new();
        for entry in fs::read_dir(school.path().parent().unwrap()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
            let holds = |mark: &str| bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
            found.extend(marks.iter().filter(|mark| holds(mark)).map(|mark| (*mark).to_owned()));
        }
        found
    };
    let marks = ["zqxjv", "kwyjibo", "xylqvort", "vgrblk", "qpzxw"];
    assert!(marks.iter().all(|mark| found(&marks).contains(&(*mark).to_owned())), "they were there");
    for id in erased {
        let done = store.erase(id, NewErasure { batalkan: false, waktu: at("09:00") }).await.unwrap();
        assert!(done.selesai);
    }
    assert_eq!(store.find(stays.id).await.unwrap(), Some(stays));
    // The last to close the database empties its log.
    school.store.close().await;
    assert_eq!(found(&marks), [""; 0]);
    assert!(!found(&["wijayakusuma"]).is_empty(), "the files were read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_is_there_after_a_drop_without_close() {
    let mut school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    let mut expected = 0;
    for round in 0..3 {
        let results = at_once(|n| {
            let (store, guru) = (Arc::clone(&school.store), guru.clone());
            let tamu = TamuOf::Baru(tamu_baru("Dewi", &format!("0812 3456 {round}{n:03}")));
            let jadwal = at("00:00") + chrono::Duration::hours(i64::try_from(n).unwrap() + 100 * round);
            async move {
                let janji = made(store.janji_temu().create(janji_baru(&guru, tamu, jadwal)).await);
                let arrival = VisitStep::Datang { terlambat: false, di_meja: true };
                let arrival = perubahan(janji.id, Status::Belum, arrival, jadwal);
                store.janji_temu().apply(arrival).await.unwrap().unwrap()
            }
        })
        .await;
        expected += results.len();
        let store = SqliteStore::open(&school.path(), Arc::clone(&school.kunci)).unwrap();
        school.store = Arc::new(store);
        let there = school.store.notifikasi().list_belum_dibaca(guru.id, FIRST_PAGE).await.unwrap();
        assert_eq!(there.total, expected as u64);
        for janji in results {
            assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap(), Some(janji));
        }
    }
}

#[tokio::test]
async fn words_that_an_older_program_folded_otherwise_are_made_anew() {
    let mut school = School::on_sqlite();
    for n in 0..3 {
        school.store.tamu().create(tamu_baru("Ma’ruf", &format!("0812 3456 789{n}"))).await.unwrap();
    }
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    school.store.close().await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    conn.execute_batch(
        "DELETE FROM sistem_kata_tamu;
        INSERT INTO sistem_kata_tamu (frasa, id_tamu) VALUES ('ma ruf', 1), ('ruf ma', 1);
        UPDATE sistem_info SET nilai = 'lengkap' WHERE nama = 'kata_tamu';
        UPDATE pengguna SET kata = '';
        UPDATE janji_temu SET kata = '';",
    )
    .unwrap();
    drop(conn);
    let store = SqliteStore::open(&school.path(), Arc::clone(&school.kunci)).unwrap();
    school.store = Arc::new(store);
    let found = school.store.tamu().list(SearchTerms::new("maru").into(), FIRST_PAGE).await.unwrap();
    assert_eq!((found.total, found.data.len()), (3, 3));
    assert_eq!(school.store.tamu().list(SearchTerms::new("ruf").into(), FIRST_PAGE).await.unwrap().total, 0);
    let users = PenggunaFilter { cari: SearchTerms::new("matematika"), ..PenggunaFilter::default() };
    assert_eq!(school.store.pengguna().list(users, FIRST_PAGE).await.unwrap().data, [guru]);
    let visits = JanjiTemuFilter { cari: SearchTerms::new("nilai ratna"), ..JanjiTemuFilter::default() };
    assert_eq!(school.store.janji_temu().list(visits, FIRST_PAGE).await.unwrap().data, [janji]);
    school.store.close().await;
}

/// Rows of an older program in its file, before a migration and after it.
#[test]
fn rows_from_before_the_visit_had_names_and_kinds_are_kept() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let migration = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let conn = rusqlite::Connection::open_in_memory().unwrap();
    for older in ["V1__awal.sql", "V2__kata_tamu.sql"] {
        conn.execute_batch(&migration(older)).unwrap();
    }
    conn.execute_batch(
        "INSERT INTO pengguna (id, nama, email, password_hash, role, dibuat_pada, diubah_pada)
            VALUES (1, 'Ratna', 'r@sekolah.example', '', 'Guru', 0, 0);
        INSERT INTO tamu (id, nama, telp, telp_indeks, telp_akhir, kode_qr, dibuat_pada)
            VALUES (7, 'Dewi', x'01', x'02', '7890', 'K', 0);
        INSERT INTO sistem_sesi (id, id_tamu, dibuat_pada, kedaluwarsa_pada) VALUES ('s', 7, 0, 9);
        INSERT INTO sistem_kata_tamu (frasa, id_tamu) VALUES ('dewi', 7);
        INSERT INTO janji_temu (
            id, id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, tanggapan, dibaca_pada, dibuat_oleh,
            dibuat_pada
        ) VALUES
            (1, 1, 7, 'nilai', 0, 30, 'janji', 'menunggu', 'Saya ke lobi', 5, 1, 0),
            (2, 1, 7, 'nilai', 0, 30, 'janji', 'menunggu', '5 menit lagi', 6, 1, 0),
            (3, 1, 7, 'nilai', 0, 30, 'janji', 'menunggu', 'Mohon tunggu', 7, 1, 0),
            (4, 1, 7, 'nilai', 0, 30, 'janji', 'belum', NULL, NULL, 1, 0);",
    )
    .unwrap();
    conn.execute_batch(&migration("V3__kunjungan.sql")).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let answers = "SELECT concat_ws(' ', tanggapan_jenis, tanggapan_menit, ditanggapi_pada, jumlah_orang)
        FROM janji_temu";
    assert_eq!(rows(answers), ["ke_lobi 5 1", "sebentar 5 6 1", "teks 7 1", "1"]);
    assert_eq!(rows("SELECT id FROM sistem_sesi WHERE id_tamu = 7"), ["s"], "a guest stays signed in");
    assert_eq!(rows("SELECT frasa FROM sistem_kata_tamu"), ["dewi"]);
    conn.execute_batch("INSERT INTO tamu (nama, dibuat_pada) VALUES ('Tanpa', 0), ('Telepon', 0)").unwrap();
    let twice = "INSERT INTO tamu (nama, telp_indeks, dibuat_pada) VALUES ('Sama', x'02', 0)";
    assert!(conn.execute_batch(twice).unwrap_err().to_string().contains("telp_indeks"));
    assert_eq!(rows("SELECT CAST(id AS TEXT) FROM tamu ORDER BY id"), ["7", "8", "9"]);
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
        ("UPDATE janji_temu SET versi = 1 WHERE status = 'belum' AND jadwal < 1", "(status=? AND jadwal<?)"),
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
        // The unique constraint's own index.
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
