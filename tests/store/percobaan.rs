//! Stories of failed logins.

use domain::Role;
use store::percobaan::Percobaan;

use crate::school::{School, at};

stories![
    counts_are_kept_until_a_right_login,
    old_counts_are_forgotten,
    all_failures_of_an_account_are_forgotten_together
];

const AKUN: [u8; 32] = [0xA0; 32];

fn failed(gagal: u32, time: &str) -> Percobaan {
    Percobaan { gagal, terkunci_sampai: Some(at("12:00")), terakhir_pada: Some(at(time)) }
}

async fn counts_are_kept_until_a_right_login(school: &School) {
    let store = school.store.percobaan();
    let guru = school.pengguna(Role::Guru).await;
    // Any bytes, some of which are no text in any alphabet.
    let (account, address) = (std::array::from_fn(|n| 0x80 + n as u8), [0xFF; 32]);
    let none = Percobaan::default();
    assert_eq!(store.list(vec![account, address]).await.unwrap(), [none, none]);
    store
        .update(vec![(account, failed(1, "09:00")), (address, failed(7, "09:00"))], AKUN, Some(guru.id))
        .await
        .unwrap();
    store.update(vec![(account, failed(2, "09:01"))], AKUN, None).await.unwrap();
    assert_eq!(
        store.list(vec![address, account, [3; 32]]).await.unwrap(),
        [failed(7, "09:00"), failed(2, "09:01"), none],
        "in the order asked for"
    );
    store.update(vec![(account, none)], AKUN, Some(guru.id)).await.unwrap();
    assert_eq!(store.list(vec![account, address]).await.unwrap(), [none, failed(7, "09:00")]);
    store.update(vec![(address, none)], AKUN, None).await.unwrap();
    assert_eq!(store.list(vec![address]).await.unwrap(), [none]);
    store.update(Vec::new(), AKUN, Some(guru.id)).await.unwrap();
}

async fn old_counts_are_forgotten(school: &School) {
    let store = school.store.percobaan();
    let counts = vec![([1; 32], failed(1, "08:00")), ([2; 32], failed(1, "09:00"))];
    store.update(counts, AKUN, None).await.unwrap();
    assert_eq!(store.purge(at("09:00")).await.unwrap(), 1);
    let left = store.list(vec![[1; 32], [2; 32]]).await.unwrap();
    assert_eq!(left, [Percobaan::default(), failed(1, "09:00")]);
}

async fn all_failures_of_an_account_are_forgotten_together(school: &School) {
    let store = school.store.percobaan();
    let guru = school.pengguna(Role::Guru).await;
    let (here, there, network, other) = ([1; 32], [2; 32], [3; 32], [4; 32]);
    for place in [here, there] {
        let counts =
            vec![(place, failed(9, "09:00")), (network, failed(3, "09:00")), (AKUN, failed(3, "09:00"))];
        store.update(counts, AKUN, Some(guru.id)).await.unwrap();
    }
    store.update(vec![(other, failed(9, "09:00"))], [0xB0; 32], None).await.unwrap();
    store.forget(AKUN, guru.id).await.unwrap();
    let none = Percobaan::default();
    let left = store.list(vec![here, there, AKUN, network, other]).await.unwrap();
    assert_eq!(left, [none, none, none, failed(3, "09:00"), failed(9, "09:00")]);
}
