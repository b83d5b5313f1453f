//! Corrections of one visit.

use domain::{IdJanjiTemu, Role};
use store::{
    SearchTerms,
    janji_temu::{JanjiTemuFilter, VisitCorrection},
};

use crate::school::{FIRST_PAGE, School, assert_not_found, at};

stories![what_is_given_changes_and_is_found_what_is_missing_stays];

async fn what_is_given_changes_and_is_found_what_is_missing_stays(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let made = school.janji(&guru, at("09:00")).await;
    let whole = VisitCorrection {
        atas_nama: Some(Some("Rina".to_owned())),
        jumlah_orang: Some(3),
        instansi: Some(Some("SMP Mekar".to_owned())),
    };
    let after = store.update(made.id, whole.clone()).await.unwrap();
    assert_eq!((after.atas_nama.as_deref(), after.jumlah_orang), (Some("Rina"), 3));
    assert_eq!((after.instansi.as_deref(), after.versi), (Some("SMP Mekar"), made.versi + 1));
    assert_eq!(store.find(made.id).await.unwrap(), Some(after));
    let found = async |text: &str| {
        let saring = JanjiTemuFilter { cari: SearchTerms::new(text), ..JanjiTemuFilter::default() };
        store.list(saring, FIRST_PAGE).await.unwrap().total
    };
    assert_eq!((found("rina").await, found("mekar").await), (1, 1));
    let fewer = VisitCorrection { jumlah_orang: Some(2), ..VisitCorrection::default() };
    let after = store.update(made.id, fewer).await.unwrap();
    assert_eq!((after.atas_nama.as_deref(), after.jumlah_orang), (Some("Rina"), 2));
    let emptied = VisitCorrection { atas_nama: Some(None), instansi: Some(None), jumlah_orang: None };
    let after = store.update(made.id, emptied).await.unwrap();
    assert_eq!((after.atas_nama, after.instansi, after.jumlah_orang), (None, made.instansi, 2));
    assert_eq!((found("rina").await, found("mekar").await), (0, 0));
    assert_not_found(store.update(IdJanjiTemu(999), whole).await);
}
