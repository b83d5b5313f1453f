//! How appointments are found.

use domain::{IdTamu, JanjiTemu, Role, Status, VisitStep, jadwal::Span};
use store::{
    PageRequest, SearchTerms,
    janji_temu::{JanjiTemuFilter, NewJanjiTemu, TamuOf},
    pengguna::PenggunaBaru,
    tamu::NewTamu,
};

use crate::school::{FIRST_PAGE, School, at, janji_baru, langsung_baru, made, pengguna_baru, tamu_baru};

stories![
    each_filter_alone_and_together,
    a_search_looks_where_people_look,
    people_are_found_as_they_are_spoken,
    when_a_guru_is_taken,
];

async fn ids(school: &School, saring: JanjiTemuFilter) -> Vec<i64> {
    let list = school.store.janji_temu().list(saring, FIRST_PAGE).await.unwrap();
    assert_eq!(list.total, list.data.len() as u64);
    list.data.into_iter().map(|janji: JanjiTemu| janji.id.0).collect()
}

async fn each_filter_alone_and_together(school: &School) {
    let (one, two) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let late = school.janji(&one, at("15:00")).await;
    let early = school.janji(&one, at("09:00")).await;
    let other = school.janji(&two, at("10:00")).await;
    school.step(&other, VisitStep::Datang { terlambat: false, di_meja: true }, at("10:00")).await;
    let all = JanjiTemuFilter::default;

    assert_eq!(ids(school, all()).await, [early.id.0, other.id.0, late.id.0], "by scheduled time");
    let of_one = JanjiTemuFilter { id_guru: Some(one.id), ..all() };
    assert_eq!(ids(school, of_one.clone()).await, [early.id.0, late.id.0]);
    let of_guest = JanjiTemuFilter { id_tamu: Some(late.id_tamu), ..all() };
    assert_eq!(ids(school, of_guest).await, [late.id.0]);
    let morning = Some(Span { start: at("09:00"), end: at("15:00") });
    let in_the_morning = JanjiTemuFilter { jadwal: morning, ..all() };
    assert_eq!(ids(school, in_the_morning).await, [early.id.0, other.id.0], "the end is outside");
    let here = JanjiTemuFilter { status: vec![Status::Menunggu, Status::SedangBerlangsung], ..all() };
    assert_eq!(ids(school, here.clone()).await, [other.id.0]);
    assert_eq!(ids(school, JanjiTemuFilter { id_guru: Some(one.id), ..here }).await, [0; 0]);
    let everything = JanjiTemuFilter {
        id_tamu: Some(early.id_tamu),
        jadwal: morning,
        status: vec![Status::Belum],
        cari: SearchTerms::new("nilai"),
        ..of_one
    };
    assert_eq!(ids(school, everything).await, [early.id.0]);

    let page = school.store.janji_temu().list(all(), PageRequest { nomor: 2, ukuran: 2 }).await.unwrap();
    assert_eq!((page.data.len(), page.data[0].id, page.total), (1, late.id, 3));
}

async fn a_search_looks_where_people_look(school: &School) {
    let guru =
        PenggunaBaru { nama: "Agus Salim".to_owned(), ..pengguna_baru(Role::Guru, "a@sekolah.example") };
    let guru = school.store.pengguna().create(guru).await.unwrap();
    let tamu = NewTamu { instansi: Some("PT 100% Baja".to_owned()), ..tamu_baru("Dewi", "0812 3456 7890") };
    let baru =
        NewJanjiTemu { keperluan: "Magang".to_owned(), ..janji_baru(&guru, TamuOf::Baru(tamu), at("09:00")) };
    let janji = made(school.store.janji_temu().create(baru).await);
    school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    let search = |text: &str| JanjiTemuFilter { cari: SearchTerms::new(text), ..JanjiTemuFilter::default() };
    for text in ["dewi", "100%", "SALIM", "magang", "081234567890", "7890"] {
        assert!(ids(school, search(text)).await.contains(&janji.id.0), "{text}");
    }
    for text in ["_ewi", "081234567899", "1234", "'; DROP TABLE tamu; --"] {
        assert_eq!(ids(school, search(text)).await, [0; 0], "{text}");
    }
    assert_eq!(ids(school, JanjiTemuFilter { id_tamu: Some(IdTamu(999)), ..search("dewi") }).await, [0; 0]);
}

async fn people_are_found_as_they_are_spoken(school: &School) {
    let guru = PenggunaBaru {
        nama: "Nu’man Ångström".to_owned(),
        ..pengguna_baru(Role::Guru, "a@sekolah.example")
    };
    let guru = school.store.pengguna().create(guru).await.unwrap();
    let baru = NewJanjiTemu {
        keperluan: "Résumé kelas".to_owned(),
        atas_nama: Some("Chloe\u{301} O’Neill".to_owned()),
        ..janji_baru(&guru, TamuOf::Baru(tamu_baru("Ma'ruf", "0812 3456 7890")), at("09:00"))
    };
    let janji = made(school.store.janji_temu().create(baru).await);
    school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    let search = |text: &str| JanjiTemuFilter { cari: SearchTerms::new(text), ..JanjiTemuFilter::default() };
    for text in [
        "maruf",
        "ma’ruf",
        "MARUF",
        "numan",
        "nu'man",
        "angstrom",
        "chloé",
        "chloe",
        "oneill",
        "o'neill",
        "resume",
        "maruf numan",
        "kelas chloe",
        "\u{2068}maruf\u{2069}",
    ] {
        assert_eq!(ids(school, search(text)).await, [janji.id.0], "{text}");
    }
    for text in ["maruf dewi", "%", "'"] {
        assert_eq!(ids(school, search(text)).await, [0; 0], "{text}");
    }
}

async fn when_a_guru_is_taken(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let nine = school.janji(&guru, at("09:00")).await;
    let off = school.janji(&guru, at("10:00")).await;
    school.step(&off, VisitStep::Batal { alasan: None, oleh_tamu: false }, at("08:00")).await;
    let walk_in = langsung_baru(&guru, TamuOf::Id(school.tamu().await.id), at("08:40"));
    made(store.create(walk_in).await);
    school.janji(&school.pengguna(Role::Guru).await, at("09:15")).await;
    let span = |start, end| Span { start: at(start), end: at(end) };
    let taken = |start, end| store.list_sibuk(guru.id, span(start, end), None);
    assert_eq!(taken("00:00", "23:00").await.unwrap(), [span("08:40", "09:10"), span("09:00", "09:30")]);
    assert_eq!(taken("09:10", "09:20").await.unwrap(), [span("09:00", "09:30")]);
    assert_eq!(taken("09:30", "12:00").await.unwrap(), []);
    let but_for = |id| store.list_sibuk(guru.id, span("00:00", "23:00"), Some(id));
    assert_eq!(but_for(nine.id).await.unwrap(), [span("08:40", "09:10")]);
    assert_eq!(but_for(off.id).await.unwrap().len(), 2);
}
