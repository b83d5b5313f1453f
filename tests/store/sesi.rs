//! Stories of signed-in devices.

use std::sync::Arc;

use chrono::Duration;
use domain::{IdPengguna, Role, sesi::DEVICES_MAX};
use store::{
    pengguna::{NewPassword, PenggunaChanges},
    sesi::{Exchange, NewSesi, Perangkat, Rotation, SessionHolder, SessionIdentity, TokenHash},
};

use crate::school::{School, at, at_once, password_baru, sesi_baru};

stories![
    a_session_lives_until_it_ends,
    a_session_belongs_to_whoever_may_sign_in,
    a_token_is_exchanged_and_the_session_goes_on,
    an_exchange_asked_again_answers_the_same,
    a_token_used_twice_ends_the_family,
    of_32_who_show_one_token_at_most_one_gets_the_next,
    an_ended_session_gives_no_token,
    ended_sessions_are_purged,
    a_session_opens_only_while_the_verified_password_stands,
    of_a_login_and_a_change_of_password_at_once_no_session_of_the_old_one_is_left,
    a_session_ends_however_often_it_is_renewed,
    what_a_guest_opened_with_a_temporary_password_ends_with_it,
    a_session_of_a_clock_that_was_ahead_is_not_believed,
    the_sessions_own_device_may_show_a_token_twice_at_once,
    a_device_is_known_to_the_accounts_that_signed_in_from_it,
];

/// A session from 08:00 to 10:00.
fn sesi(id: &str, pemilik: SessionHolder, token: TokenHash) -> NewSesi {
    NewSesi { kedaluwarsa_pada: at("10:00"), ..sesi_baru(id, pemilik, token) }
}

/// A guru signed in as session `satu` with token 1.
async fn sign_in(school: &School) -> IdPengguna {
    let guru = school.pengguna(Role::Guru).await;
    assert!(
        school.store.sesi().create(sesi("satu", SessionHolder::Pengguna(guru.id), [1; 32])).await.unwrap()
    );
    guru.id
}

/// Shows token `lama` for token `baru`, without a device.
fn shown(lama: u8, baru: u8, time: &str) -> Exchange {
    Exchange {
        lama: [lama; 32],
        baru: [baru; 32],
        perangkat: None,
        kedaluwarsa_pada: at("20:00"),
        waktu: at(time),
    }
}

async fn refresh(school: &School, lama: u8, baru: u8, time: &str) -> Rotation {
    school.store.sesi().refresh(shown(lama, baru, time)).await.unwrap()
}

async fn lives(school: &School, time: &str) -> bool {
    school.store.sesi().find("satu", at(time)).await.unwrap().is_some()
}

async fn a_session_lives_until_it_ends(school: &School) {
    sign_in(school).await;
    assert!(lives(school, "09:59").await);
    assert!(!lives(school, "10:00").await);
    school.store.sesi().revoke("satu", at("09:00")).await.unwrap();
    assert!(!lives(school, "09:00").await);
    school.store.sesi().revoke("satu", at("09:30")).await.unwrap();
    school.store.sesi().revoke("tidak ada", at("09:30")).await.unwrap();
    assert!(school.store.sesi().find("tidak ada", at("09:00")).await.unwrap().is_none());
}

async fn a_session_belongs_to_whoever_may_sign_in(school: &School) {
    let id = sign_in(school).await;
    let tamu = school.tamu().await;
    school.store.tamu().update_password(tamu.id, password_baru("hash", false)).await.unwrap();
    assert!(school.store.sesi().create(sesi("dua", SessionHolder::Tamu(tamu.id), [2; 32])).await.unwrap());
    let find = |id| school.store.sesi().find(id, at("09:00"));
    assert!(matches!(find("satu").await.unwrap(), Some(SessionIdentity::Pengguna(guru)) if guru.id == id));
    assert!(matches!(find("dua").await.unwrap(), Some(SessionIdentity::Tamu(found)) if found == tamu));
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    school.store.pengguna().update(id, inactive, at("09:00")).await.unwrap();
    assert!(find("satu").await.unwrap().is_none());
}

async fn a_token_is_exchanged_and_the_session_goes_on(school: &School) {
    let id = sign_in(school).await;
    let Rotation::Disegarkan { id_sesi, siapa: SessionIdentity::Pengguna(guru) } =
        refresh(school, 1, 2, "09:00").await
    else {
        panic!("a fresh token is good")
    };
    assert_eq!((id_sesi.as_str(), guru.id), ("satu", id));
    assert!(lives(school, "19:59").await, "the session's end moved");
    assert!(matches!(refresh(school, 2, 3, "19:00").await, Rotation::Disegarkan { .. }));
    assert!(matches!(refresh(school, 99, 4, "19:00").await, Rotation::Ditolak), "unknown");
}

async fn an_exchange_asked_again_answers_the_same(school: &School) {
    sign_in(school).await;
    for time in ["09:00", "09:01", "09:02"] {
        assert!(matches!(refresh(school, 1, 2, time).await, Rotation::Disegarkan { .. }), "{time}");
    }
    assert!(matches!(refresh(school, 2, 3, "09:03").await, Rotation::Disegarkan { .. }));
    let late = refresh(school, 1, 2, "09:04").await;
    assert!(matches!(late, Rotation::DipakaiUlang { .. }), "whoever used the answer does not ask again");
    assert!(!lives(school, "09:04").await);
}

async fn a_token_used_twice_ends_the_family(school: &School) {
    sign_in(school).await;
    refresh(school, 1, 2, "09:00").await;
    let reused = refresh(school, 1, 3, "09:01").await;
    assert!(matches!(reused, Rotation::DipakaiUlang { id_sesi } if id_sesi == "satu"));
    assert!(!lives(school, "09:01").await);
    assert!(matches!(refresh(school, 2, 4, "09:02").await, Rotation::Ditolak), "the good one too");
    assert!(matches!(refresh(school, 1, 5, "09:03").await, Rotation::Ditolak), "it has ended before");
}

async fn of_32_who_show_one_token_at_most_one_gets_the_next(school: &School) {
    sign_in(school).await;
    let results = at_once(|n| {
        let store = Arc::clone(&school.store);
        let shown = shown(1, u8::try_from(n).unwrap() + 100, "09:00");
        async move { store.sesi().refresh(shown).await.unwrap() }
    })
    .await;
    let count = |test: fn(&Rotation) -> bool| results.iter().filter(|result| test(result)).count();
    assert_eq!(count(|result| matches!(result, Rotation::Disegarkan { .. })), 1);
    assert_eq!(count(|result| matches!(result, Rotation::DipakaiUlang { .. })), 1, "told once");
    assert!(!lives(school, "09:00").await);
}

async fn an_ended_session_gives_no_token(school: &School) {
    sign_in(school).await;
    assert!(matches!(refresh(school, 1, 2, "10:00").await, Rotation::Ditolak), "past its end");
    assert!(
        matches!(refresh(school, 1, 2, "09:00").await, Rotation::Disegarkan { .. }),
        "it was not used up"
    );
    school.store.sesi().revoke("satu", at("09:30")).await.unwrap();
    assert!(matches!(refresh(school, 2, 3, "09:30").await, Rotation::Ditolak), "revoked");
}

async fn ended_sessions_are_purged(school: &School) {
    let id = sign_in(school).await;
    let store = school.store.sesi();
    store.create(sesi("dua", SessionHolder::Pengguna(id), [10; 32])).await.unwrap();
    store.create(sesi("tiga", SessionHolder::Pengguna(id), [20; 32])).await.unwrap();
    store.revoke("dua", at("08:30")).await.unwrap();
    refresh(school, 1, 2, "09:00").await;
    assert_eq!(store.purge(at("08:30")).await.unwrap(), 0);
    assert_eq!(store.purge(at("10:30")).await.unwrap(), 2, "one was revoked, one ran out");
    assert!(lives(school, "10:30").await);
    let forgotten = refresh(school, 1, 3, "10:31").await;
    assert!(
        matches!(forgotten, Rotation::Ditolak),
        "a used token is known as long as it would have been good"
    );
    assert!(lives(school, "10:31").await);
    assert!(matches!(refresh(school, 2, 4, "10:32").await, Rotation::Disegarkan { .. }));
}

async fn a_session_opens_only_while_the_verified_password_stands(school: &School) {
    let (store, guru) = (school.store.sesi(), school.pengguna(Role::Guru).await);
    let of_guru = |id: &str, n: u8| sesi(id, SessionHolder::Pengguna(guru.id), [n; 32]);
    let late = NewSesi { password_hash: "lama".to_owned(), ..of_guru("satu", 1) };
    assert!(!store.create(late).await.unwrap(), "the password was changed meanwhile");
    assert!(store.find("satu", at("09:00")).await.unwrap().is_none());
    let tamu = school.tamu().await;
    let of_tamu = || sesi("dua", SessionHolder::Tamu(tamu.id), [2; 32]);
    assert!(!store.create(of_tamu()).await.unwrap(), "the guest has none");
    school.store.tamu().update_password(tamu.id, password_baru("hash", false)).await.unwrap();
    assert!(store.create(of_tamu()).await.unwrap());
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    school.store.pengguna().update(guru.id, inactive, at("08:00")).await.unwrap();
    assert!(!store.create(of_guru("tiga", 3)).await.unwrap(), "the user may not sign in any more");
    assert!(!store.create(sesi("empat", SessionHolder::Pengguna(IdPengguna(999)), [4; 32])).await.unwrap());
}

async fn of_a_login_and_a_change_of_password_at_once_no_session_of_the_old_one_is_left(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    at_once(|n| {
        let store = Arc::clone(&school.store);
        async move {
            if n == 16 {
                store.pengguna().update_password(guru.id, password_baru("baru", false)).await.unwrap();
                return;
            }
            let token = [u8::try_from(n).unwrap() + 1; 32];
            let baru = sesi(&format!("sesi-{n}"), SessionHolder::Pengguna(guru.id), token);
            store.sesi().create(baru).await.unwrap();
        }
    })
    .await;
    for n in 0..32 {
        let left = school.store.sesi().find(&format!("sesi-{n}"), at("09:00")).await.unwrap();
        assert!(left.is_none(), "sesi-{n} outlived the password that it was opened with");
    }
}

async fn a_session_ends_however_often_it_is_renewed(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let first = NewSesi {
        kedaluwarsa_pada: at("08:00") + Duration::days(30),
        ..sesi("satu", SessionHolder::Pengguna(guru.id), [1; 32])
    };
    assert!(school.store.sesi().create(first).await.unwrap());
    let mut now = at("08:00");
    let mut renew = async |n: u8, days: i64| {
        now += Duration::days(days);
        let kedaluwarsa_pada = now + Duration::days(30);
        let pertukaran = Exchange { kedaluwarsa_pada, waktu: now, ..shown(n, n + 1, "08:00") };
        school.store.sesi().refresh(pertukaran).await.unwrap()
    };
    for n in 1..=4 {
        let renewed = renew(n, 22).await;
        assert!(matches!(renewed, Rotation::Disegarkan { .. }), "after {} days", 22 * n);
    }
    let find = async |days: i64| {
        school.store.sesi().find("satu", at("08:00") + Duration::days(days)).await.unwrap().is_some()
    };
    assert!(find(89).await && !find(90).await, "its ninetieth day is the last");
    assert!(matches!(renew(5, 2).await, Rotation::Ditolak));
}

async fn a_session_of_a_clock_that_was_ahead_is_not_believed(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let store = school.store.sesi();
    for (n, ahead) in [Duration::hours(1), Duration::days(40), Duration::days(1096)].into_iter().enumerate() {
        let id = format!("sesi-{n}");
        let token = [u8::try_from(n).unwrap() + 1; 32];
        let baru = NewSesi {
            kedaluwarsa_pada: at("08:00") + ahead + Duration::days(30),
            waktu: at("08:00") + ahead,
            ..sesi(&id, SessionHolder::Pengguna(guru.id), token)
        };
        assert!(store.create(baru).await.unwrap());
        let is_hour = ahead == Duration::hours(1);
        assert_eq!(store.find(&id, at("08:00")).await.unwrap().is_some(), is_hour, "{ahead} ahead");
        let pertukaran = Exchange { lama: token, ..shown(0, token[0] + 100, "08:00") };
        let renewed = store.refresh(pertukaran).await.unwrap();
        assert_eq!(matches!(renewed, Rotation::Disegarkan { .. }), is_hour, "{ahead} ahead");
    }
}

async fn the_sessions_own_device_may_show_a_token_twice_at_once(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let perangkat = Some(Perangkat { sidik: [7; 32], akun: [8; 32] });
    let baru = NewSesi { perangkat, ..sesi("satu", SessionHolder::Pengguna(guru.id), [1; 32]) };
    assert!(school.store.sesi().create(baru).await.unwrap());
    let show = async |lama: u8, baru: u8, seconds: i64, perangkat: Option<TokenHash>| {
        let waktu = at("09:00") + Duration::seconds(seconds);
        school
            .store
            .sesi()
            .refresh(Exchange { perangkat, waktu, ..shown(lama, baru, "09:00") })
            .await
            .unwrap()
    };
    let own = Some([7; 32]);
    assert!(matches!(show(1, 2, 0, own).await, Rotation::Disegarkan { .. }));
    assert!(matches!(show(1, 3, 29, own).await, Rotation::Disegarkan { .. }), "another window of the same");
    assert!(matches!(show(2, 4, 30, own).await, Rotation::Disegarkan { .. }), "both go on");
    assert!(matches!(show(3, 5, 30, own).await, Rotation::Disegarkan { .. }), "both go on");
    assert!(matches!(show(4, 6, 60, own).await, Rotation::Disegarkan { .. }));
    assert!(matches!(show(4, 7, 61, Some([9; 32])).await, Rotation::DipakaiUlang { .. }), "another device");
    assert!(!lives(school, "09:02").await);

    let baru = NewSesi { perangkat, ..sesi("dua", SessionHolder::Pengguna(guru.id), [21; 32]) };
    assert!(school.store.sesi().create(baru).await.unwrap());
    assert!(matches!(show(21, 22, 0, own).await, Rotation::Disegarkan { .. }));
    assert!(matches!(show(21, 23, 30, own).await, Rotation::DipakaiUlang { .. }), "too late");
}

async fn a_device_is_known_to_the_accounts_that_signed_in_from_it(school: &School) {
    let (store, guru) = (school.store.sesi(), school.pengguna(Role::Guru).await);
    let known = async |n: u8| store.is_known([n; 32]).await.unwrap();
    let max = u8::try_from(DEVICES_MAX).unwrap();
    for n in 0..=max {
        let perangkat = Some(Perangkat { sidik: [n; 32], akun: [n; 32] });
        let waktu = at("08:00") + Duration::seconds(i64::from(n));
        let baru = NewSesi {
            perangkat,
            waktu,
            ..sesi(&format!("sesi-{n}"), SessionHolder::Pengguna(guru.id), [n + 100; 32])
        };
        assert!(!known(n).await);
        assert!(store.create(baru).await.unwrap());
        assert!(known(n).await);
    }
    assert!(!known(0).await && known(1).await, "the one that was not seen for longest is forgotten");
    store.purge(at("08:00") + Duration::days(365) + Duration::seconds(2)).await.unwrap();
    assert!(!known(1).await && known(2).await, "nobody has signed in from it for a year");
    school.store.pengguna().update_password(guru.id, password_baru("hash", false)).await.unwrap();
    assert!(known(max).await, "a change of one's own password does not make one's devices strangers");
    school.store.pengguna().update_password(guru.id, password_baru("hash", true)).await.unwrap();
    assert!(!known(max).await, "a password given by the admin does");
}

async fn what_a_guest_opened_with_a_temporary_password_ends_with_it(school: &School) {
    let tamu = school.tamu().await;
    // It ends at ten.
    let waktu = at("07:00") - Duration::days(7) + Duration::hours(3);
    let baru = NewPassword { waktu, ..password_baru("hash", true) };
    school.store.tamu().update_password(tamu.id, baru).await.unwrap();
    let opened = sesi_baru("satu", SessionHolder::Tamu(tamu.id), [1; 32]);
    assert!(school.store.sesi().create(opened).await.unwrap());
    assert!(lives(school, "09:59").await);
    assert!(matches!(refresh(school, 1, 2, "09:59").await, Rotation::Disegarkan { .. }));
    assert!(!lives(school, "10:00").await);
    assert!(matches!(refresh(school, 2, 3, "10:00").await, Rotation::Ditolak));
}
