//! Stories of the school's settings.

use domain::Setelan;

use crate::school::School;

stories![what_was_set_is_kept_and_the_rest_is_as_from_the_start];

async fn what_was_set_is_kept_and_the_rest_is_as_from_the_start(school: &School) {
    let store = school.store.setelan();
    assert_eq!(store.get().await.unwrap(), Setelan::default());
    let changed = Setelan {
        nama_sekolah: "SMA \"Harapan\" 1".to_owned(),
        zona_waktu: "Asia/Makassar".parse().unwrap(),
        toleransi_terlambat_menit: 0,
        ..Setelan::default()
    };
    for setelan in [changed, Setelan::default()] {
        store.update(setelan.clone()).await.unwrap();
        assert_eq!(store.get().await.unwrap(), setelan);
    }
}
