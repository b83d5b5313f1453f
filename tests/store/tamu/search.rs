//! How guests are found: by adjacent words, by separate words, by the end of a number; page by page.

use std::collections::BTreeSet;

use domain::kata;
use proptest::{prelude::*, test_runner::TestRunner};
use store::{
    PageRequest, SearchTerms, Store,
    copy::{Row, TABLES, Value},
    halaman::MAX_HITS,
    tamu::NewTamu,
};

use crate::school::{FIRST_PAGE, School, tamu_baru};

stories![
    words_in_a_row_stand_before_words_apart,
    the_last_word_may_be_incomplete,
    name_and_institution_are_found_together,
    a_guest_with_a_word_twice_is_one_hit,
    pages_go_on_from_words_in_a_row_to_words_apart,
    no_more_than_so_many_are_listed,
    a_number_stands_before_a_word,
    a_search_finds_what_a_look_at_every_guest_finds,
];

/// Enters guests, each as `Name` or `Name, Institution`, with numbers that end in 1000 and so on.
async fn enter(school: &School, guests: &[&str]) {
    for (n, guest) in (1000..).zip(guests) {
        let (nama, instansi) = guest.split_once(", ").map_or((*guest, None), |(nama, of)| (nama, Some(of)));
        let baru =
            NewTamu { instansi: instansi.map(str::to_owned), ..tamu_baru(nama, &format!("0812 3456 {n}")) };
        school.store.tamu().create(baru).await.unwrap();
    }
}

/// The names on a page, and the total.
async fn page(school: &School, text: &str, nomor: u32, ukuran: u32) -> (Vec<String>, u64) {
    let list =
        school.store.tamu().list(SearchTerms::new(text).into(), PageRequest { nomor, ukuran }).await.unwrap();
    (list.data.into_iter().map(|tamu| tamu.nama).collect(), list.total)
}

async fn names(school: &School, text: &str) -> Vec<String> {
    let (names, total) = page(school, text, 1, 100).await;
    assert_eq!(names.len() as u64, total, "{text}");
    names
}

async fn words_in_a_row_stand_before_words_apart(school: &School) {
    enter(school, &["Siti Dewi Rahma", "Rahma Siti", "Dewi Siti Rahma", "Siti Rahmawati", "Siti Aminah"])
        .await;
    let found = names(school, "Siti RAHMA").await;
    // A name begins again after its end: Siti comes after Rahma, and Rahma after Siti.
    assert_eq!(found, ["Rahma Siti", "Dewi Siti Rahma", "Siti Rahmawati", "Siti Dewi Rahma"]);
    assert_eq!(
        names(school, "rahma siti").await,
        ["Rahma Siti", "Siti Dewi Rahma", "Dewi Siti Rahma", "Siti Rahmawati"]
    );
    assert_eq!(names(school, "rahma dewi").await, ["Dewi Siti Rahma", "Siti Dewi Rahma"]);
    assert_eq!(names(school, "rahma siti budi").await, [""; 0]);
}

async fn the_last_word_may_be_incomplete(school: &School) {
    enter(school, &["Siti Rahma Dewi", "José\u{301} Rahmat", "Siti Ratna"]).await;
    assert_eq!(names(school, "siti rahma d").await, ["Siti Rahma Dewi"]);
    assert_eq!(names(school, "siti ra").await, ["Siti Rahma Dewi", "Siti Ratna"]);
    assert_eq!(names(school, "sit rah").await, ["Siti Rahma Dewi"], "and so may the others");
    assert_eq!(names(school, "josé rah").await, ["José\u{301} Rahmat"]);
    assert_eq!(names(school, "iti rahma").await, [""; 0]);
    assert_eq!(names(school, "siti siti").await.len(), 2, "a word asked for twice stands once");
}

async fn name_and_institution_are_found_together(school: &School) {
    enter(school, &["Budi Santoso, SMP Negeri 3", "Budi Hartono, SMA Negeri 3", "Santoso, Dinas"]).await;
    assert_eq!(
        names(school, "santoso smp").await,
        ["Budi Santoso"],
        "from the name's end into the institution"
    );
    assert_eq!(names(school, "negeri 3").await, ["Budi Hartono", "Budi Santoso"]);
    assert_eq!(names(school, "budi smp").await, ["Budi Santoso"]);
    assert_eq!(names(school, "smp budi").await, ["Budi Santoso"]);
    assert_eq!(names(school, "3 santoso negeri").await, ["Budi Santoso"]);
    assert_eq!(names(school, "dinas budi").await, [""; 0]);
}

async fn a_guest_with_a_word_twice_is_one_hit(school: &School) {
    enter(school, &["Ali Ali", "Ali Akbar Alim", "Siti Ali Sitorus Ali"]).await;
    assert_eq!(names(school, "ali").await, ["Ali Akbar Alim", "Ali Ali", "Siti Ali Sitorus Ali"]);
    assert_eq!(names(school, "ali ali").await, ["Ali Ali", "Ali Akbar Alim", "Siti Ali Sitorus Ali"]);
    assert_eq!(names(school, "sit ali").await, ["Siti Ali Sitorus Ali"]);
}

async fn pages_go_on_from_words_in_a_row_to_words_apart(school: &School) {
    let apart: Vec<_> = ('a'..='e').map(|c| format!("Budi {c} Siregar Putra")).collect();
    let in_a_row: Vec<_> = ('a'..='e').map(|c| format!("Budi Siregar {c}")).collect();
    let all: Vec<_> = apart.iter().chain(&in_a_row).map(String::as_str).collect();
    enter(school, &all).await;
    let expected = [in_a_row, apart].concat();
    for ukuran in 1..=11 {
        let mut found = Vec::new();
        for nomor in 1.. {
            let (names, total) = page(school, "budi siregar", nomor, ukuran).await;
            assert_eq!(total, 10);
            if names.is_empty() {
                break;
            }
            found.extend(names);
        }
        assert_eq!(found, expected, "{ukuran} on a page");
    }
}

/// Entered as rows, because one by one would take too long.
async fn many(school: &School, nama: impl Fn(usize) -> String, count: usize) {
    let table = TABLES.iter().find(|table| table.name == "tamu").unwrap();
    let rows = (1..=count).map(|n| -> Row {
        let column = |name: &str| match name {
            "id" => Value::Int(n as i64),
            "nama" => Value::Text(nama(n)),
            "telp_akhir" => Value::Text("0000".to_owned()),
            "kode_qr" => Value::Text(format!("kode {n}")),
            "telp_indeks" => {
                let telp = domain::Telp::parse(&format!("0812{n:04}0000")).unwrap();
                Value::Bytes(school.kunci.telp.indeks(&telp).to_vec())
            }
            "telp" => {
                let telp = domain::Telp::parse(&format!("0812{n:04}0000")).unwrap();
                Value::Bytes(school.kunci.telp.encrypt(&telp).unwrap())
            }
            "dibuat_pada" => Value::Int(0),
            _ => Value::Null,
        };
        table.columns.iter().map(|c| column(c.name)).collect()
    });
    school.store.rows().insert_rows(table, rows.collect()).await.unwrap();
}

async fn no_more_than_so_many_are_listed(school: &School) {
    // One in three guests has both names side by side, the others have them apart.
    let nama = |n: usize| match n % 3 {
        0 => format!("Budi Siregar {n:04}"),
        _ => format!("Budi {n:04} Siregar Putra"),
    };
    many(school, nama, MAX_HITS + 200).await;
    for (text, total) in [
        ("budi", MAX_HITS),
        ("0000", MAX_HITS),
        ("budi siregar", MAX_HITS),
        ("siregar budi", MAX_HITS),
        ("budi 0001", 1),
        ("0001 budi siregar", 1),
    ] {
        let mut found = BTreeSet::new();
        for nomor in 1..=11 {
            let halaman = PageRequest { nomor, ukuran: 100 };
            let list = school.store.tamu().list(SearchTerms::new(text).into(), halaman).await.unwrap();
            assert_eq!(list.total, total as u64, "{text}");
            assert!(list.data.into_iter().all(|tamu| found.insert(tamu.id.0)), "{text}: no guest twice");
        }
        assert_eq!(found.len(), total, "{text}: none missing of those counted");
    }
}

async fn a_number_stands_before_a_word(school: &School) {
    enter(school, &["Siti, SMA 1001", "Budi, SMA 1001"]).await;
    assert_eq!(names(school, "1001").await, ["Budi", "Siti"], "each once");
    assert_eq!(names(school, "1000").await, ["Siti"]);
}

/// Names made of few words, so that they share them in all orders.
fn guests() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    let words = || {
        let word =
            prop::sample::select(&["Siti", "Sitorus", "RAHMA", "Rahmawati", "Ali", "b", "O'Neil", "Ömer"]);
        prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
    };
    prop::collection::vec((words(), prop::option::weighted(0.4, words())), 1..25)
}

fn typed() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(&["siti", "SIT", "s", "rahma", "rahmaw", "ali", "b", "neil", "o'ne", "öm", "x"]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

/// What a search promises, computed over every guest: places in `guests`, in order.
fn looked_at_one_by_one(guests: &[(String, Option<String>)], text: &str) -> Vec<usize> {
    let words = |text: &str| kata::frasa(text).split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (typed, rows) = (kata::searched(text), kata::searched_in_a_row(text));
    let mut hits: Vec<(usize, String, usize)> = Vec::new();
    for (n, (nama, instansi)) in guests.iter().enumerate() {
        let own = words(&format!("{nama} {}", instansi.as_deref().unwrap_or_default()));
        if !typed.iter().all(|typed| own.iter().any(|own| own.starts_with(typed))) {
            continue;
        }
        let from_each = || {
            (0..own.len()).map(|first| {
                let mut own = own.clone();
                own.rotate_left(first);
                own.join(" ")
            })
        };
        // Adjacent in either order, or else any of the words.
        let ways = rows.iter().map(std::slice::from_ref).chain([&*typed]).enumerate();
        let first = |(way, begins): (usize, &[String])| {
            let from = from_each().filter(|from| begins.iter().any(|begin| from.starts_with(begin))).min();
            from.map(|from| (way, from, n))
        };
        hits.extend(ways.filter_map(first).next());
    }
    hits.sort();
    hits.into_iter().map(|(.., n)| n).collect()
}

async fn a_search_finds_what_a_look_at_every_guest_finds(school: &School) {
    // On a server each case takes seconds.
    let cases = if school.is_on_sqlite() { 64 } else { 4 };
    let tokio = tokio::runtime::Handle::current();
    let mut runner = TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let strategy = (guests(), prop::collection::vec(typed(), 10), 1..8_u32);
    tokio::task::block_in_place(|| {
        let run = runner.run(&strategy, |(guests, texts, ukuran)| {
            tokio.block_on(compare(&*school.store, &guests, &texts, ukuran));
            Ok(())
        });
        run.unwrap();
    });
}

async fn compare(store: &dyn Store, guests: &[(String, Option<String>)], texts: &[String], ukuran: u32) {
    store.rows().begin_copy().await.unwrap();
    let mut ids = Vec::new();
    for (n, (nama, instansi)) in guests.iter().enumerate() {
        let baru = NewTamu { instansi: instansi.clone(), ..tamu_baru(nama, &format!("0812 3456 {n:04}")) };
        ids.push(store.tamu().create(baru).await.unwrap().id);
    }
    for text in texts {
        let expected: Vec<_> = looked_at_one_by_one(guests, text).into_iter().map(|n| ids[n]).collect();
        let mut found = Vec::new();
        for nomor in 1..=FIRST_PAGE.ukuran {
            let list = store
                .tamu()
                .list(SearchTerms::new(text).into(), PageRequest { nomor, ukuran })
                .await
                .unwrap();
            assert_eq!(list.total, expected.len() as u64, "{text} among {guests:?}");
            if list.data.is_empty() {
                break;
            }
            found.extend(list.data.into_iter().map(|tamu| tamu.id));
        }
        assert_eq!(found, expected, "{text} among {guests:?}");
    }
}
