//! Stories of failed logins.

use domain::Role;
use store::percobaan::Percobaan;

use crate::school::{School, at};

stories![counts_are_kept_until_a_right_login, old_counts_are_forgotten];

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
        .update(vec![(account, failed(1, "09:00")), (address, failed(7, "09:00"))], Some(guru.id))
        .await
        .unwrap();
    store.update(vec![(account, failed(2, "09:01"))], None).await.unwrap();
    assert_eq!(
        store.list(vec![address, account, [3; 32]]).await.unwrap(),
        [failed(7, "09:00"), failed(2, "09:01"), none],
        "in the order asked for"
    );
    store.update(vec![(account, none)], Some(guru.id)).await.unwrap();
    assert_eq!(store.list(vec![account, address]).await.unwrap(), [none, failed(7, "09:00")]);
    store.update(vec![(address, none)], None).await.unwrap();
    assert_eq!(store.list(vec![address]).await.unwrap(), [none]);
    store.update(Vec::new(), Some(guru.id)).await.unwrap();
}

async fn old_counts_are_forgotten(school: &School) {
    let store = school.store.percobaan();
    store.update(vec![([1; 32], failed(1, "08:00")), ([2; 32], failed(1, "09:00"))], None).await.unwrap();
    assert_eq!(store.purge(at("09:00")).await.unwrap(), 1);
    let left = store.list(vec![[1; 32], [2; 32]]).await.unwrap();
    assert_eq!(left, [Percobaan::default(), failed(1, "09:00")]);
}
