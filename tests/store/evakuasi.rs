//! Stories of evacuations.

use domain::{
    IdJanjiTemu, Pengguna, Role, VisitStep,
    evakuasi::{EvacuationChange, EvacuationState, EvacuationStep},
};
use store::janji_temu::TamuOf;

use crate::school::{School, at, langsung_baru, made};

stories![
    who_is_in_the_building,
    the_tables_and_the_list_in_memory_say_the_same,
    a_change_made_again_changes_nothing,
    a_tick_of_a_visit_that_is_gone_is_forgotten,
];

async fn seen(school: &School) -> EvacuationState {
    school.store.evakuasi().get(at("00:00")).await.unwrap()
}

fn change(step: EvacuationStep, oleh: &Pengguna, pada: &str) -> EvacuationChange {
    EvacuationChange { step, oleh: oleh.id, nama: oleh.nama.clone(), pada: at(pada) }
}

fn tick(id: IdJanjiTemu, aman: bool) -> EvacuationStep {
    EvacuationStep::Tick { id, aman, kept: false }
}

fn kept(id: IdJanjiTemu) -> EvacuationStep {
    EvacuationStep::Tick { id, aman: true, kept: true }
}

async fn who_is_in_the_building(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("15:00")).await;
    assert_eq!(seen(school).await, EvacuationState::default());
    let here = school.arrival(&guru).await;
    let met = school.arrival(&guru).await;
    school.step(&met, VisitStep::Mulai, at("09:05")).await;
    let mut group = langsung_baru(&guru, TamuOf::Id(school.tamu().await.id), at("09:10"));
    (group.jumlah_orang, group.atas_nama) = (12, Some("Kadek Surya Dharma".to_owned()));
    let group = made(school.store.janji_temu().create(group).await);

    let listed = seen(school).await.di_gedung;
    assert_eq!(listed.iter().map(|row| row.id).collect::<Vec<_>>(), [here.id, met.id, group.id]);
    let last = &listed[2];
    assert_eq!((last.nama.as_str(), last.jumlah_orang), ("Kadek Surya Dharma", 12));
    assert_eq!((&last.guru, &last.tempat, last.aman), (&guru.nama, &None, false));
    assert_eq!(listed[0].sejak, at("09:00"));

    school.step(&here, VisitStep::Pulang { waktu_selesai: at("09:30"), di_meja: true }, at("09:30")).await;
    assert_eq!(seen(school).await.di_gedung.len(), 2);
    let later = school.store.evakuasi().get(at("09:05")).await.unwrap();
    assert_eq!(later.di_gedung.len(), 1, "who came before does not count");
}

/// Whatever is done in whatever order, the tables hold what [`EvacuationState::apply`] says.
async fn the_tables_and_the_list_in_memory_say_the_same(school: &School) {
    let (guru, admin) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Admin).await);
    let (one, two) = (school.arrival(&guru).await.id, school.arrival(&guru).await.id);
    let mut expected = seen(school).await;
    let steps = [
        (EvacuationStep::Start, &admin, "10:00"),
        (EvacuationStep::Start, &guru, "10:01"),
        (tick(one, true), &guru, "10:02"),
        (tick(two, true), &guru, "10:03"),
        (tick(two, false), &admin, "10:05"),
        (kept(two), &guru, "10:04"),
        (kept(one), &admin, "10:06"),
        (EvacuationStep::End, &admin, "10:10"),
        (EvacuationStep::End, &admin, "10:11"),
        (kept(one), &guru, "10:09"),
        (tick(one, true), &guru, "11:00"),
        (EvacuationStep::Start, &admin, "11:01"),
    ];
    for (step, oleh, pada) in steps {
        let change = change(step, oleh, pada);
        school.store.evakuasi().apply(&change).await.unwrap();
        expected.apply(&change);
        assert_eq!(seen(school).await, expected, "{change:?}");
    }
    assert!(expected.is_running(), "the tick at eleven began another one");
}

async fn a_change_made_again_changes_nothing(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await.id;
    let mut before = seen(school).await;
    for (step, pada) in
        [(EvacuationStep::Start, "10:00"), (tick(here, true), "10:01"), (EvacuationStep::End, "10:02")]
    {
        let change = change(step, &guru, pada);
        before.apply(&change);
        for _ in 0..2 {
            school.store.evakuasi().apply(&change).await.unwrap();
            assert_eq!(seen(school).await, before);
        }
    }
}

async fn a_tick_of_a_visit_that_is_gone_is_forgotten(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let change = change(tick(IdJanjiTemu(987_654), true), &guru, "10:00");
    school.store.evakuasi().apply(&change).await.unwrap();
    assert!(seen(school).await.is_running());
}
