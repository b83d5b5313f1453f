//! Stories of the archive: what goes there, and that nobody who looks notices.

use chrono::{DateTime, Duration, Utc};
use domain::{IdJanjiTemu, JanjiTemu, Role, Status, VisitChange, VisitStep, jadwal::Span, pindai::Hasil};
use store::{
    SearchTerms,
    copy::TABLES,
    janji_temu::{Creation, JanjiTemuFilter, NewJanjiTemu, TamuOf, VisitCorrection},
    pemeliharaan::Rencana,
    pengguna::Deletion,
    tamu::NewErasure,
    ulasan::{Hiding, UlasanFilter},
};

use super::{ago, kept, visit};
use crate::school::{FIRST_PAGE, School, assert_conflict, at, janji_baru, langsung_baru, made, perubahan};

stories![
    reports_lists_and_cards_are_the_same_before_and_after,
    what_is_open_or_still_needed_stays,
    a_batch_is_bounded_and_the_oldest_go_first,
    a_key_of_an_archived_visit_is_not_new,
    nothing_moves_an_archived_visit,
    an_archived_visit_is_corrected_hidden_and_erased,
    whose_visits_are_archived_has_a_history,
    the_archive_has_the_columns_of_the_book,
];

/// What is archived in these stories: all from before so many days ago.
fn before(days: i64) -> Rencana {
    Rencana { arsip: Some(ago(days)), pesan: at("23:00"), ..super::plan() }
}

async fn count(school: &School, table: &str) -> u64 {
    let table = TABLES.iter().find(|one| one.name == table).unwrap();
    school.store.rows().count_rows(table).await.unwrap()
}

/// Numbers that are the same in each run of the tests.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Visits of three years, of each kind and state, some with a review.
async fn three_years(school: &School, seed: u64) -> Vec<IdJanjiTemu> {
    let mut dice = Dice(seed);
    let gurus = [school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await];
    let guests = [school.tamu().await, school.tamu().await, school.tamu().await];
    let mut ids = Vec::new();
    for n in 0..60 {
        let guru = &gurus[dice.below(2) as usize];
        let tamu = TamuOf::Id(guests[dice.below(3) as usize].id);
        let jadwal = ago(dice.below(1100) as i64) + Duration::minutes(dice.below(600) as i64);
        let keperluan = ["Rapor", "Konsultasi nilai", "Mengantar surat"][dice.below(3) as usize].to_owned();
        let atas_nama = (dice.below(4) == 0).then(|| "Pak Budi".to_owned());
        let jumlah_orang = 1 + dice.below(4) as u16;
        let with = |baru: NewJanjiTemu| NewJanjiTemu {
            keperluan,
            atas_nama,
            jumlah_orang,
            izinkan_bentrok: true,
            kunci: Some(format!("kunci-{seed}-{n}")),
            waktu: jadwal - Duration::days(1),
            ..baru
        };
        let is_walk_in = dice.below(3) == 0;
        let made = match is_walk_in {
            true => made(school.store.janji_temu().create(with(langsung_baru(guru, tamu, jadwal))).await),
            false => made(school.store.janji_temu().create(with(janji_baru(guru, tamu, jadwal))).await),
        };
        ids.push(made.id);
        go_through(school, made, is_walk_in, &mut dice).await;
    }
    ids
}

/// Takes a visit as far as the dice say.
async fn go_through(school: &School, made: JanjiTemu, is_walk_in: bool, dice: &mut Dice) {
    let jadwal = made.jadwal;
    let here = match (is_walk_in, dice.below(5)) {
        (true, _) => made,
        (false, 0) => return,
        (false, 1) => {
            let batal = VisitStep::Batal { alasan: Some("Sakit".to_owned()), oleh_tamu: false };
            school.step(&made, batal, jadwal).await;
            return;
        }
        (false, more) => {
            let terlambat = more == 2;
            school.step(&made, VisitStep::Datang { terlambat, di_meja: true }, jadwal).await
        }
    };
    let met = match dice.below(2) {
        0 => here,
        _ => school.step(&here, VisitStep::Mulai, jadwal + Duration::minutes(7)).await,
    };
    if dice.below(8) == 0 {
        return;
    }
    let waktu_selesai = jadwal + Duration::minutes(30);
    school.step(&met, VisitStep::Pulang { waktu_selesai, di_meja: true }, waktu_selesai).await;
    if dice.below(2) == 0 {
        let (rating, komentar) = (1 + dice.below(5) as u8, Some("Ramah sekali".to_owned()));
        // Where the desk did not see the guest come, there is none.
        school.store.ulasan().create(met.id, rating, komentar, waktu_selesai).await.unwrap();
    }
}

/// Everything that anybody can see of the visits, as text.
async fn seen(school: &School, ids: &[IdJanjiTemu]) -> Vec<String> {
    let store = &*school.store;
    let mut seen = Vec::new();
    let mut see = |what: &dyn std::fmt::Debug| seen.push(format!("{what:?}"));
    let spans = [(1100, -1), (1100, 700), (760, 700), (400, 370), (30, -1)]
        .map(|(from, to)| Span { start: ago(from), end: ago(to) });
    for id in ids {
        let row = store.janji_temu().find(*id).await.unwrap().unwrap();
        see(&store.tamu().is_tamu_guru(row.id_tamu, row.id_guru).await.unwrap());
        see(&row);
    }
    let one = store.janji_temu().find(ids[0]).await.unwrap().unwrap();
    let any = JanjiTemuFilter::default;
    for saring in [
        any(),
        JanjiTemuFilter { id_guru: Some(one.id_guru), ..any() },
        JanjiTemuFilter { id_tamu: Some(one.id_tamu), ..any() },
        JanjiTemuFilter { status: vec![Status::Selesai, Status::Batal], ..any() },
        JanjiTemuFilter { jadwal: Some(spans[2]), ..any() },
        JanjiTemuFilter { cari: SearchTerms::new("rapor"), ..any() },
        JanjiTemuFilter { cari: SearchTerms::new("budi dewi"), ..any() },
        JanjiTemuFilter { cari: SearchTerms::new("0812 3456 0002"), ..any() },
    ] {
        for nomor in [1, 2, 5] {
            let page = store::PageRequest { nomor, ukuran: 7 };
            see(&store.janji_temu().list(saring.clone(), page).await.unwrap());
        }
    }
    for span in spans {
        see(&store.laporan().list_baris(span).await.unwrap());
        let saring = UlasanFilter { waktu: Some(span), ..UlasanFilter::default() };
        see(&store.ulasan().list(saring, FIRST_PAGE).await.unwrap());
        see(&store.ulasan().count(Some(span)).await.unwrap());
    }
    let terms = SearchTerms::new("dewi").unwrap();
    see(&store.tamu().list_untuk_guru(one.id_guru, terms, FIRST_PAGE).await.unwrap());
    seen
}

async fn reports_lists_and_cards_are_the_same_before_and_after(school: &School) {
    let mut ids = three_years(school, 42).await;
    ids.extend(three_years(school, 7).await);
    school.store.janji_temu().expire_belum(at("00:00")).await.unwrap();
    let before_it = seen(school, &ids).await;
    let all = count(school, "janji_temu").await;
    let mut archived = 0;
    for days in [900, 365, 100] {
        archived += kept(school).archive(before(days)).await.unwrap();
        assert_eq!(seen(school, &ids).await, before_it, "{days}");
        let (left, gone) = (count(school, "janji_temu").await, count(school, "arsip").await);
        assert_eq!((gone, left), (archived, all - archived), "each is in one of the two");
    }
    assert!(archived > 80, "{archived} went");
}

async fn what_is_open_or_still_needed_stays(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let waits = NewJanjiTemu { waktu: ago(500), ..langsung_baru(&guru, TamuOf::Id(tamu.id), ago(500)) };
    let waits = made(school.store.janji_temu().create(waits).await);
    let awaited = NewJanjiTemu { waktu: ago(500), ..janji_baru(&guru, TamuOf::Id(tamu.id), ago(499)) };
    let awaited = made(school.store.janji_temu().create(awaited).await);
    let scanned = NewJanjiTemu { waktu: ago(500), ..langsung_baru(&guru, TamuOf::Id(tamu.id), ago(498)) };
    let scanned = made(school.store.janji_temu().create(scanned).await);
    let leave = VisitStep::Pulang { waktu_selesai: ago(498), di_meja: true };
    let leave = VisitChange {
        kunci: Some(("kunci-1".to_owned(), Hasil::Pulang)),
        ..perubahan(scanned.id, scanned.status, leave, ago(498))
    };
    school.store.janji_temu().apply(leave).await.unwrap().unwrap();
    let young = visit(school, &guru, &tamu, ago(364)).await;
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 0);
    school.store.janji_temu().purge_tercatat(ago(0)).await.unwrap();
    assert_eq!(
        kept(school).archive(Rencana { pesan: ago(499), ..before(365) }).await.unwrap(),
        0,
        "a message"
    );
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 1, "the key has gone");
    assert_eq!(count(school, "janji_temu").await, 3, "{waits:?} {awaited:?} {young:?}");
}

async fn a_batch_is_bounded_and_the_oldest_go_first(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let batch = i64::from(store::pemeliharaan::BATCH);
    // SQL Server takes its time to make so many.
    if !school.is_on_sqlite() {
        return;
    }
    let mut ids = Vec::new();
    for n in 0..batch + 3 {
        let jadwal = ago(400) + Duration::minutes(n);
        let baru = NewJanjiTemu {
            izinkan_bentrok: true,
            waktu: ago(401),
            ..janji_baru(&guru, TamuOf::Id(tamu.id), jadwal)
        };
        ids.push(made(school.store.janji_temu().create(baru).await).id);
    }
    school.store.janji_temu().expire_belum(ago(1)).await.unwrap();
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), batch.unsigned_abs());
    let left = school.store.rows().list_rows(&TABLES[2], None, 10).await.unwrap();
    assert_eq!(left.len(), 3, "the rest waits for its turn");
    assert_eq!(left[0][0], store::copy::Value::Int(ids[500].0));
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 3);
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 0);
}

async fn a_key_of_an_archived_visit_is_not_new(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let asked = NewJanjiTemu {
        kunci: Some("kunci-1".to_owned()),
        waktu: ago(401),
        ..janji_baru(&guru, TamuOf::Id(tamu.id), ago(400))
    };
    let first = made(school.store.janji_temu().create(asked.clone()).await);
    school.store.janji_temu().expire_belum(ago(1)).await.unwrap();
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 1);
    let again = school.store.janji_temu().create(asked.clone()).await.unwrap();
    assert!(matches!(&again, Creation::SudahAda(row) if row.id == first.id), "{again:?}");
    let together = school.store.janji_temu().create_seri(vec![vec![asked.clone()]]).await.unwrap();
    assert!(matches!(&together[0][0], Some(Creation::SudahAda(row)) if row.id == first.id), "{together:?}");
    let other = NewJanjiTemu { keperluan: "Lain".to_owned(), ..asked };
    assert_conflict(school.store.janji_temu().create_seri(vec![vec![other]]).await, store::Conflict::Kunci);
    assert_eq!((count(school, "janji_temu").await, count(school, "arsip").await), (0, 1));
    // The next one gets a number of its own, although the table is empty.
    let next = school.janji(&guru, at("15:00")).await;
    assert!(next.id > first.id, "{next:?}");
}

async fn nothing_moves_an_archived_visit(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let gone = visit(school, &guru, &tamu, ago(400)).await;
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 1);
    let store = &*school.store;
    let waktu_selesai = at("10:00");
    for langkah in [VisitStep::Pamit, VisitStep::Pulang { waktu_selesai, di_meja: true }] {
        let moved = store.janji_temu().apply(perubahan(gone.id, gone.status, langkah, at("10:00"))).await;
        assert_eq!(moved.unwrap(), None);
    }
    assert_eq!(store.ulasan().create(gone.id, 5, None, at("10:00")).await.unwrap(), None);
    assert_eq!(store.notifikasi().list(guru.id, FIRST_PAGE).await.unwrap().total, 0);
    assert_eq!(store.janji_temu().find(gone.id).await.unwrap(), Some(gone));
}

async fn an_archived_visit_is_corrected_hidden_and_erased(school: &School) {
    let (guru, admin) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Admin).await);
    let tamu = school.tamu().await;
    let baru = NewJanjiTemu {
        dibuat_oleh: admin.id,
        waktu: ago(400),
        ..langsung_baru(&guru, TamuOf::Id(tamu.id), ago(400))
    };
    let here = made(school.store.janji_temu().create(baru).await);
    let leave = VisitStep::Pulang { waktu_selesai: ago(400), di_meja: true };
    let gone = school.step(&here, leave, ago(400)).await;
    let store = &*school.store;
    store.ulasan().create(gone.id, 2, Some("Kasar".to_owned()), ago(400)).await.unwrap().unwrap();
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 1);
    let ubah = VisitCorrection {
        atas_nama: Some(Some("Budi Santoso".to_owned())),
        jumlah_orang: Some(4),
        instansi: Some(Some("Dinas Pendidikan".to_owned())),
    };
    let row = store.janji_temu().update(gone.id, ubah).await.unwrap();
    assert_eq!((row.atas_nama.as_deref(), row.jumlah_orang), (Some("Budi Santoso"), 4));
    let found = |text| {
        let saring = JanjiTemuFilter { cari: SearchTerms::new(text), ..JanjiTemuFilter::default() };
        async move { store.janji_temu().list(saring, FIRST_PAGE).await.unwrap().total }
    };
    assert_eq!(found("santoso dinas").await, 1, "by its new words");
    let hiding = Hiding { alasan: "Kasar sekali".to_owned(), oleh: admin.id, waktu: at("09:00") };
    assert!(store.ulasan().hide(gone.id, Some(hiding)).await.unwrap());
    assert!(store.ulasan().find(gone.id).await.unwrap().unwrap().tersembunyi);

    assert!(
        store
            .tamu()
            .erase(tamu.id, NewErasure { batalkan: false, waktu: at("12:00") })
            .await
            .unwrap()
            .selesai
    );
    let row = store.janji_temu().find(gone.id).await.unwrap().unwrap();
    assert_eq!((row.atas_nama, row.instansi, row.komentar, row.telp), (None, None, None, None));
    assert_eq!((row.rating, row.jumlah_orang, row.status), (Some(2), 4, gone.status), "it still counts");
    assert_eq!(store.ulasan().find(gone.id).await.unwrap().unwrap().alasan_tersembunyi, None);
    assert_eq!(found("santoso").await, 0);
    assert_eq!(found("konsultasi").await, 1, "what it was for stays");
}

async fn whose_visits_are_archived_has_a_history(school: &School) {
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::PenerimaTamu).await);
    let tamu = school.tamu().await;
    let jadwal: DateTime<Utc> = ago(400);
    let baru = NewJanjiTemu {
        dibuat_oleh: other.id,
        waktu: jadwal,
        ..langsung_baru(&guru, TamuOf::Id(tamu.id), jadwal)
    };
    let here = made(school.store.janji_temu().create(baru).await);
    school.step(&here, VisitStep::Pulang { waktu_selesai: jadwal, di_meja: true }, jadwal).await;
    assert_eq!(kept(school).archive(before(365)).await.unwrap(), 1);
    for user in [guru, other] {
        let ended = school.store.pengguna().delete(user.id, at("12:00")).await.unwrap();
        assert_eq!(ended, Deletion::Dinonaktifkan);
    }
}

/// A column that is only in one of them would be lost on the way there.
async fn the_archive_has_the_columns_of_the_book(school: &School) {
    let mut columns = Vec::new();
    if school.is_on_sqlite() {
        let conn = rusqlite::Connection::open(school.path()).unwrap();
        for table in ["janji_temu", "sistem_arsip", "janji_temu_semua"] {
            let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY name").unwrap();
            let names = statement.query_map([table], |row| row.get(0)).unwrap();
            columns.push(names.collect::<Result<Vec<String>, _>>().unwrap());
        }
    } else {
        for table in ["dbo.janji_temu", "sistem.arsip", "dbo.janji_temu_semua"] {
            let sql =
                format!("SELECT name FROM sys.columns WHERE object_id = OBJECT_ID('{table}') ORDER BY name");
            let rows = school.database().rows(&sql).await;
            columns.push(rows.iter().map(|row| row.get::<&str, _>(0).unwrap().to_owned()).collect());
        }
    }
    let [book, archive, both] = &columns[..] else { panic!("three") };
    assert!(!book.is_empty());
    assert_eq!((archive, both), (book, book));
    let mut moved: Vec<_> =
        TABLES.iter().filter(|table| ["janji_temu", "arsip"].contains(&table.name)).collect();
    moved.dedup_by_key(|table| table.columns);
    assert_eq!(moved.len(), 1, "a copy moves the same columns of both");
    assert_eq!(moved[0].columns.len(), book.len());
}
