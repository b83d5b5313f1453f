//! Stories of what is remembered of the clock.

use domain::Role;
use store::clock::{ClockDoubt, ClockNote};

use crate::school::{School, at};

stories![a_note_replaces_the_one_before, the_latest_row_tells_where_there_is_no_note];

async fn a_note_replaces_the_one_before(school: &School) {
    let store = school.store.clock();
    assert_eq!(store.find().await.unwrap(), None);
    let doubt = ClockDoubt { told: at("23:59"), observed_secs: 600, needed_secs: 86_400 };
    let doubted = ClockNote { believed: at("08:00"), doubt: Some(doubt) };
    store.update(doubted).await.unwrap();
    assert_eq!(store.find().await.unwrap(), Some(doubted));
    let believed = ClockNote { believed: at("09:00"), doubt: None };
    store.update(believed).await.unwrap();
    assert_eq!(store.find().await.unwrap(), Some(believed));
}

async fn the_latest_row_tells_where_there_is_no_note(school: &School) {
    let store = school.store.clock();
    assert_eq!(store.find_latest_row().await.unwrap(), None);
    let guru = school.pengguna(Role::Guru).await;
    assert_eq!(store.find_latest_row().await.unwrap(), Some(at("00:00")));
    let mut later =
        crate::school::janji_baru(&guru, store::janji_temu::TamuOf::Id(school.tamu().await.id), at("15:00"));
    later.waktu = at("10:30");
    crate::school::made(school.store.janji_temu().create(later).await);
    assert_eq!(store.find_latest_row().await.unwrap(), Some(at("10:30")));
}
