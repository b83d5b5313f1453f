//! Stories of the secrets by which calendars are fetched.

use domain::{Pengguna, Role};
use store::{kalender::SecretHash, pengguna::PenggunaChanges};

use crate::school::{School, at};

stories![
    a_secret_opens_its_owners_calendar,
    a_new_secret_ends_the_one_before,
    a_revoked_secret_opens_nothing,
    a_deactivated_user_has_no_calendar,
];

async fn opened_by(school: &School, rahasia: SecretHash) -> Option<Pengguna> {
    school.store.kalender().find_pemilik(rahasia).await.unwrap()
}

async fn a_secret_opens_its_owners_calendar(school: &School) {
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let kalender = school.store.kalender();
    assert_eq!((kalender.find(guru.id).await.unwrap(), opened_by(school, [1; 32]).await), (None, None));
    kalender.set(guru.id, [1; 32], at("08:00")).await.unwrap();
    kalender.set(other.id, [2; 32], at("09:00")).await.unwrap();
    assert_eq!(kalender.find(guru.id).await.unwrap(), Some(at("08:00")));
    assert_eq!(opened_by(school, [1; 32]).await, Some(guru));
    assert_eq!(opened_by(school, [2; 32]).await, Some(other));
    assert_eq!(opened_by(school, [3; 32]).await, None);
}

async fn a_new_secret_ends_the_one_before(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let kalender = school.store.kalender();
    kalender.set(guru.id, [1; 32], at("08:00")).await.unwrap();
    kalender.set(guru.id, [2; 32], at("09:00")).await.unwrap();
    assert_eq!(kalender.find(guru.id).await.unwrap(), Some(at("09:00")));
    assert_eq!(opened_by(school, [1; 32]).await, None);
    assert_eq!(opened_by(school, [2; 32]).await, Some(guru));
}

async fn a_revoked_secret_opens_nothing(school: &School) {
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let kalender = school.store.kalender();
    kalender.set(guru.id, [1; 32], at("08:00")).await.unwrap();
    kalender.set(other.id, [2; 32], at("08:00")).await.unwrap();
    for _ in 0..2 {
        kalender.revoke(guru.id).await.unwrap();
        assert_eq!((kalender.find(guru.id).await.unwrap(), opened_by(school, [1; 32]).await), (None, None));
    }
    assert!(opened_by(school, [2; 32]).await.is_some());
}

async fn a_deactivated_user_has_no_calendar(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    school.store.kalender().set(guru.id, [1; 32], at("08:00")).await.unwrap();
    let ubah = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    school.store.pengguna().update(guru.id, ubah, at("09:00")).await.unwrap();
    assert_eq!(opened_by(school, [1; 32]).await, None);
}
