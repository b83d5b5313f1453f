//! Stories of messages: who has them, what became of them, and the channels that carry them.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{
    JanjiTemu, Role, VisitStep,
    jadwal::Span,
    pesan::{AlasanPesan, KeadaanPesan, PesanKeluar, Saluran, Tentang},
};
use store::{
    StoreError,
    pesan::{FirstPassword, LeasedPesan, PesanFilter, PesanOutcome},
};

use crate::{
    janji_temu::reschedule::jadwal_baru,
    school::{FIRST_PAGE, School, at, at_once, pengguna_baru},
};

stories![
    a_message_is_taken_out_once_and_comes_back_when_the_lease_ends,
    of_32_workers_at_once_no_two_have_the_same_message,
    what_became_of_it_is_kept_by_the_worker_that_has_it_only,
    a_failed_message_waits_with_its_reason_and_can_be_sent_again,
    reports_go_forwards_and_a_failure_goes_back_into_the_queue,
    a_first_password_is_given_once_and_leaves_with_its_message,
    a_users_password_is_queued_with_the_user,
    tomorrows_guests_are_reminded_once_unless_they_were_just_told,
    what_was_moved_before_it_left_is_told_once,
    a_list_shows_what_was_asked_for,
    old_messages_go_and_those_that_wait_stay,
    a_channel_is_set_up_noted_and_takes_turns,
];

async fn lease(school: &School, penyewa: &str, time: &str) -> Vec<LeasedPesan> {
    let now = at(time);
    school.store.pesan().lease(penyewa, now, now + TimeDelta::minutes(5), 50).await.unwrap()
}

async fn settle(
    school: &School,
    row: &LeasedPesan,
    penyewa: &str,
    outcome: PesanOutcome,
) -> Option<PesanKeluar> {
    school.store.pesan().settle(row.id, penyewa, outcome, at("09:01")).await.unwrap()
}

fn left(id_penyedia: Option<&str>) -> PesanOutcome {
    let id_penyedia = id_penyedia.map(str::to_owned);
    PesanOutcome::Left { saluran: Saluran::Whatsapp, keadaan: KeadaanPesan::Diserahkan, id_penyedia }
}

async fn invited(school: &School) -> JanjiTemu {
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("11:00")).await
}

async fn a_message_is_taken_out_once_and_comes_back_when_the_lease_ends(school: &School) {
    let janji = invited(school).await;
    let due = school.store.pesan().next_due().await.unwrap();
    assert_eq!(due, Some(janji.dibuat_pada));
    let taken = lease(school, "a", "10:00").await;
    assert_eq!(taken.len(), 1);
    assert_eq!((taken[0].tentang, taken[0].percobaan), (Tentang::JanjiTemu(janji.id), 0));
    assert_eq!(lease(school, "b", "10:04").await, []);
    assert_eq!(school.store.pesan().next_due().await.unwrap(), Some(at("10:05")));
    let again = lease(school, "c", "10:05").await;
    assert_eq!(again[0].id, taken[0].id);
    assert_eq!(settle(school, &taken[0], "a", left(None)).await, None, "it is another's by now");
    assert!(settle(school, &again[0], "c", left(None)).await.is_some());
    assert_eq!(school.store.pesan().next_due().await.unwrap(), None);
}

async fn of_32_workers_at_once_no_two_have_the_same_message(school: &School) {
    for _ in 0..24 {
        invited(school).await;
    }
    let taken = at_once(|n| {
        let store = school.store.clone();
        async move {
            let name = format!("pekerja {n}");
            store.pesan().lease(&name, at("10:00"), at("10:05"), 2).await.unwrap()
        }
    })
    .await;
    let ids: Vec<_> = taken.iter().flatten().map(|row| row.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    let rest = lease(school, "sisa", "10:00").await.len();
    assert_eq!(ids.len() + rest, 24, "none is lost");
}

async fn what_became_of_it_is_kept_by_the_worker_that_has_it_only(school: &School) {
    let janji = invited(school).await;
    let row = lease(school, "a", "10:00").await.remove(0);
    assert_eq!(settle(school, &row, "b", left(None)).await, None);
    let kept = settle(school, &row, "a", left(Some("wamid.1"))).await.unwrap();
    assert_eq!((kept.keadaan, kept.saluran), (KeadaanPesan::Diserahkan, Some(Saluran::Whatsapp)));
    assert_eq!((kept.id_janji_temu, kept.penerima.as_str()), (Some(janji.id), "Dewi Lestari"));
    assert_eq!((kept.percobaan_berikut, kept.diubah_pada), (None, at("09:01")));
    assert_eq!(settle(school, &row, "a", left(None)).await, None, "once");
    assert_eq!(school.store.pesan().find(row.id).await.unwrap(), Some(kept));
    assert_eq!(school.store.pesan().find_dikunjungi(row.id).await.unwrap(), [janji.id_guru]);
    assert_eq!(school.store.pesan().find_dikunjungi(999).await.unwrap(), []);
}

async fn a_failed_message_waits_with_its_reason_and_can_be_sent_again(school: &School) {
    invited(school).await;
    let row = lease(school, "a", "10:00").await.remove(0);
    let failed = Some((Saluran::Whatsapp, AlasanPesan::TidakMenjawab, 1));
    let waits = PesanOutcome::Waits { kirim_pada: at("10:30"), failed };
    let kept = settle(school, &row, "a", waits).await.unwrap();
    assert_eq!((kept.keadaan, kept.alasan), (KeadaanPesan::Menunggu, Some(AlasanPesan::TidakMenjawab)));
    assert_eq!((kept.percobaan, kept.percobaan_berikut), (1, Some(at("10:30"))));
    assert_eq!(lease(school, "b", "10:29").await, []);
    let row = lease(school, "c", "10:30").await.remove(0);
    assert_eq!((row.saluran, row.percobaan), (Some(Saluran::Whatsapp), 1));
    // Put off without an attempt: the reason stays.
    let later = PesanOutcome::Waits { kirim_pada: at("10:40"), failed: None };
    assert_eq!(settle(school, &row, "c", later).await.unwrap().alasan, Some(AlasanPesan::TidakMenjawab));
    let row = lease(school, "d", "10:40").await.remove(0);
    let alasan = AlasanPesan::NomorTanpaWhatsapp;
    let outcome = PesanOutcome::Failed { saluran: Some(Saluran::Whatsapp), alasan };
    let kept = settle(school, &row, "d", outcome).await.unwrap();
    assert_eq!((kept.keadaan, kept.alasan), (KeadaanPesan::Gagal, Some(alasan)));
    assert_eq!(lease(school, "e", "23:00").await, [], "it is settled");
    let again = school.store.pesan().resend(row.id, at("11:00")).await.unwrap();
    assert_eq!((again.keadaan, again.saluran, again.percobaan), (KeadaanPesan::Menunggu, None, 0));
    assert_eq!(lease(school, "f", "11:00").await.len(), 1);
    assert!(matches!(school.store.pesan().resend(999, at("11:00")).await, Err(StoreError::NotFound)));
}

async fn reports_go_forwards_and_a_failure_goes_back_into_the_queue(school: &School) {
    invited(school).await;
    let row = lease(school, "a", "10:00").await.remove(0);
    settle(school, &row, "a", left(Some("wamid.1"))).await.unwrap();
    let report = |id: &'static str, keadaan, alasan| async move {
        let pesan = school.store.pesan();
        pesan
            .report(Saluran::Whatsapp, id, keadaan, alasan, at("10:01"))
            .await
            .unwrap()
            .map(|row| row.keadaan)
    };
    assert_eq!(report("wamid.2", KeadaanPesan::Sampai, None).await, None, "nobody's");
    assert_eq!(report("wamid.1", KeadaanPesan::Terkirim, None).await, Some(KeadaanPesan::Terkirim));
    assert_eq!(report("wamid.1", KeadaanPesan::Terkirim, None).await, None, "once");
    let alasan = Some(AlasanPesan::NomorTanpaWhatsapp);
    assert_eq!(report("wamid.1", KeadaanPesan::Gagal, alasan).await, Some(KeadaanPesan::Menunggu));
    let again = lease(school, "b", "10:01").await.remove(0);
    assert_eq!((again.id, again.saluran, again.alasan), (row.id, Some(Saluran::Whatsapp), alasan));
    settle(school, &again, "b", left(Some("wamid.3"))).await.unwrap();
    assert_eq!(report("wamid.3", KeadaanPesan::Dibaca, None).await, Some(KeadaanPesan::Dibaca));
    assert_eq!(report("wamid.3", KeadaanPesan::Sampai, None).await, None, "it is behind");
    assert_eq!(report("wamid.3", KeadaanPesan::Gagal, alasan).await, None, "it has arrived");
}

async fn a_first_password_is_given_once_and_leaves_with_its_message(school: &School) {
    let janji = invited(school).await;
    let row = lease(school, "a", "10:00").await.remove(0);
    let baru = |hash: &str, waktu: &str| FirstPassword {
        id_tamu: janji.id_tamu,
        hash: hash.to_owned(),
        sampai: at("12:00"),
        waktu: at(waktu),
        rahasia: vec![7; 40],
    };
    let pesan = school.store.pesan();
    assert!(!pesan.first_password(row.id, "b", baru("x", "10:00")).await.unwrap(), "another has the message");
    assert!(pesan.first_password(row.id, "a", baru("satu", "10:00")).await.unwrap());
    assert!(!pesan.first_password(row.id, "a", baru("dua", "10:00")).await.unwrap(), "the guest has one");
    let kept = school.store.tamu().find_kredensial_by_id(janji.id_tamu).await.unwrap().unwrap();
    assert_eq!((kept.password_hash.as_deref(), kept.password_sampai), (Some("satu"), Some(at("12:00"))));
    let again = lease(school, "c", "10:05").await.remove(0);
    assert_eq!(again.rahasia, Some(vec![7; 40]), "a second copy brings the same");
    assert!(
        pesan.first_password(row.id, "c", baru("tiga", "12:00")).await.unwrap(),
        "the first one has ended"
    );
    let sent =
        PesanOutcome::Left { saluran: Saluran::Email, keadaan: KeadaanPesan::Terkirim, id_penyedia: None };
    settle(school, &again, "c", sent).await.unwrap();
    pesan.resend(row.id, at("12:01")).await.unwrap();
    assert_eq!(lease(school, "d", "12:01").await.remove(0).rahasia, None, "it is gone once it has left");
}

async fn a_users_password_is_queued_with_the_user(school: &School) {
    let mut baru = pengguna_baru(Role::Guru, "baru@sekolah.example");
    baru.rahasia = Some(vec![9; 60]);
    let pengguna = school.store.pengguna().create(baru).await.unwrap();
    let row = lease(school, "a", "23:00").await.remove(0);
    assert_eq!((row.tentang, row.rahasia), (Tentang::Pengguna(pengguna.id), Some(vec![9; 60])));
    let shown = school.store.pesan().find(row.id).await.unwrap().unwrap();
    assert_eq!((shown.penerima, shown.id_janji_temu), (pengguna.nama, None));
}

async fn tomorrows_guests_are_reminded_once_unless_they_were_just_told(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("11:00")).await;
    let off = school.janji(&guru, at("12:00")).await;
    school.step(&off, VisitStep::Batal { alasan: None, oleh_tamu: false }, at("09:00")).await;
    let day = Span { start: at("00:00"), end: at("23:59") };
    let remind = |now| async move { school.store.pesan().queue_pengingat(day, now).await.unwrap() };
    let told = janji.dibuat_pada;
    assert_eq!(remind(told + TimeDelta::hours(19)).await, 0, "the invitation has just been queued");
    assert_eq!(remind(told + TimeDelta::hours(21)).await, 1);
    assert_eq!(remind(told + TimeDelta::hours(60)).await, 0, "once");
}

async fn what_was_moved_before_it_left_is_told_once(school: &School) {
    let janji = invited(school).await;
    let baru = jadwal_baru(&janji, at("13:00"));
    school.store.janji_temu().reschedule(baru).await.unwrap().unwrap();
    assert_eq!(
        school.pesan_keluar().await,
        [("undangan".to_owned(), janji.id)],
        "it is written when it leaves"
    );
    let row = lease(school, "a", "23:00").await.remove(0);
    let baru = jadwal_baru(&janji, at("14:00"));
    school.store.janji_temu().reschedule(baru).await.unwrap().unwrap();
    let kinds = ["undangan", "pindah"].map(|kind| (kind.to_owned(), janji.id));
    assert_eq!(school.pesan_keluar().await, kinds, "the one that is leaving says the old time");
    settle(school, &row, "a", left(None)).await.unwrap();
    assert!(lease(school, "b", "23:00").await.remove(0).sudah_dikabari);
}

async fn a_list_shows_what_was_asked_for(school: &School) {
    let (first, second) = (invited(school).await, invited(school).await);
    let rows = lease(school, "a", "10:00").await;
    settle(school, &rows[0], "a", left(None)).await.unwrap();
    let list = |saring| async move { school.store.pesan().list(saring, FIRST_PAGE).await.unwrap() };
    let all = list(PesanFilter::default()).await;
    let about: Vec<_> = all.data.iter().map(|row| row.id_janji_temu).collect();
    assert_eq!((about, all.total), (vec![Some(second.id), Some(first.id)], 2), "newest first");
    for saring in [
        PesanFilter {
            keadaan: vec![KeadaanPesan::Diserahkan, KeadaanPesan::Gagal],
            ..PesanFilter::default()
        },
        PesanFilter { id_janji_temu: Some(first.id), ..PesanFilter::default() },
        PesanFilter { id_guru: Some(first.id_guru), ..PesanFilter::default() },
    ] {
        let found = list(saring.clone()).await;
        assert_eq!((found.total, found.data[0].id_janji_temu), (1, Some(first.id)), "{saring:?}");
    }
    let failed = PesanOutcome::Failed { saluran: None, alasan: AlasanPesan::TanpaSaluran };
    settle(school, &rows[1], "a", failed).await.unwrap();
    for (alasan, about) in [(AlasanPesan::TanpaSaluran, Some(second.id)), (AlasanPesan::TanpaAlamat, None)] {
        let found = list(PesanFilter { alasan: Some(alasan), ..PesanFilter::default() }).await;
        assert_eq!(found.data.first().and_then(|row| row.id_janji_temu), about, "{alasan:?}");
        assert_eq!(found.total, u64::from(about.is_some()));
    }
    let jadwal = Some(Span { start: at("11:01"), end: at("12:00") });
    assert_eq!(list(PesanFilter { jadwal, ..PesanFilter::default() }).await.total, 0);
}

async fn old_messages_go_and_those_that_wait_stay(school: &School) {
    invited(school).await;
    let row = lease(school, "a", "10:00").await.remove(0);
    settle(school, &row, "a", PesanOutcome::Obsolete(AlasanPesan::TidakPerlu)).await.unwrap();
    invited(school).await;
    let pesan = school.store.pesan();
    assert_eq!(pesan.purge_pesan(at("09:01")).await.unwrap(), 0);
    assert_eq!(pesan.purge_pesan(at("23:59")).await.unwrap(), 1);
    assert_eq!(school.pesan_keluar().await.len(), 1);
}

async fn a_channel_is_set_up_noted_and_takes_turns(school: &School) {
    let saluran = school.store.saluran();
    assert_eq!(saluran.list().await.unwrap(), []);
    saluran.configure(Saluran::Whatsapp, Some(vec![1, 2, 3])).await.unwrap();
    assert!(
        saluran.note(Saluran::Whatsapp, None, at("09:58")).await.unwrap(),
        "it was tried for the first time"
    );
    assert!(!saluran.note(Saluran::Whatsapp, None, at("09:59")).await.unwrap());
    let wrong = Some(AlasanPesan::SesiPutus);
    assert!(saluran.note(Saluran::Whatsapp, wrong, at("10:00")).await.unwrap());
    assert!(!saluran.note(Saluran::Whatsapp, wrong, at("10:01")).await.unwrap(), "that is no news");
    let row = saluran.list().await.unwrap().remove(0);
    assert_eq!((row.nama, row.alasan, row.versi), (Saluran::Whatsapp, wrong, 1));
    assert_eq!((row.konfigurasi, row.diperiksa_pada), (Some(vec![1, 2, 3]), Some(at("10:00"))));
    assert!(saluran.note(Saluran::Whatsapp, None, at("10:02")).await.unwrap());
    saluran.configure(Saluran::Whatsapp, None).await.unwrap();
    let row = saluran.list().await.unwrap().remove(0);
    assert_eq!((row.konfigurasi, row.versi), (None, 2));

    let turn = |now: &'static str, next: &'static str| async move {
        saluran.take_turn(Saluran::Email, at(now), at(next)).await.unwrap()
    };
    assert_eq!(turn("10:00", "10:05").await, None);
    assert_eq!(turn("10:04", "10:09").await, Some(at("10:05")));
    assert_eq!(turn("10:05", "10:10").await, None);
    assert_eq!(turn("09:00", "09:05").await, None, "a clock that was ahead holds nobody back");
}
