//! Stories of units: users that are visited and have several people behind them.

use domain::{
    IdPengguna, JanjiTemu, JenisTanggapan, Pengguna, Role, Tanggapan, VisitStep, perubahan::NewJadwal,
    tanggapan::TanggapanMasuk,
};
use store::{
    Conflict,
    janji_temu::{JanjiTemuFilter, Rescheduling, TamuOf},
    pengguna::{Deletion, NewPassword, OrderBy, PenggunaChanges, PenggunaFilter, PenggunaOrder, UnitBaru},
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, assert_not_found, at, at_once, janji_baru, langsung_baru, tamu_baru,
};

stories![
    a_unit_is_a_user_without_a_password_that_has_members,
    only_active_people_are_behind_a_unit,
    who_is_behind_it_is_changed_as_a_whole,
    every_member_has_its_notifications_and_nobody_else,
    the_first_answer_stands,
    of_many_answers_at_once_one_stands,
    an_answer_that_is_over_or_asked_for_again_is_open_to_all,
    its_visits_are_its_members_own,
    guests_come_to_it_at_one_time,
    a_message_to_it_goes_to_each_member,
    who_leaves_the_school_leaves_the_unit,
];

pub(crate) fn unit_baru(nama: &str, anggota: &[&Pengguna]) -> UnitBaru {
    UnitBaru {
        nama: nama.to_owned(),
        jabatan: Some("Surat-menyurat".to_owned()),
        email: format!("unit-{}@tanpa-email.invalid", nama.to_lowercase().replace(' ', "-")),
        telp: None,
        anggota: anggota.iter().map(|one| one.id).collect(),
        waktu: at("07:00"),
    }
}

/// "Tata Usaha" with two members: a guru and a receptionist.
async fn tata_usaha(school: &School) -> (Pengguna, Pengguna, Pengguna) {
    let (one, two) = (school.pengguna(Role::Guru).await, school.pengguna(Role::PenerimaTamu).await);
    let unit = school.store.pengguna().create_unit(unit_baru("Tata Usaha", &[&one, &two])).await.unwrap();
    (unit, one, two)
}

fn answer(jenis: JenisTanggapan, menit: Option<i64>) -> Tanggapan {
    let masuk = TanggapanMasuk { jenis: Some(jenis), menit, ..TanggapanMasuk::default() };
    Tanggapan::check(masuk).unwrap().unwrap()
}

async fn respond(
    school: &School,
    here: &JanjiTemu,
    who: &Pengguna,
    jenis: JenisTanggapan,
    time: &str,
) -> JanjiTemu {
    let menit = (jenis == JenisTanggapan::Sebentar).then_some(5);
    let tanggapan = Some(answer(jenis, menit));
    school.store.notifikasi().respond(here.id, who.id, tanggapan, at(time)).await.unwrap()
}

async fn members(school: &School, unit: &Pengguna) -> Vec<IdPengguna> {
    let mut behind = school.store.pengguna().list_anggota(vec![unit.id]).await.unwrap();
    let mut ids: Vec<_> = behind.remove(&unit.id).unwrap_or_default().iter().map(|one| one.id).collect();
    ids.sort_unstable();
    ids
}

fn anggota(anggota: &[&Pengguna]) -> PenggunaChanges {
    PenggunaChanges {
        anggota: Some(anggota.iter().map(|one| one.id).collect()),
        ..PenggunaChanges::default()
    }
}

async fn a_unit_is_a_user_without_a_password_that_has_members(school: &School) {
    let store = school.store.pengguna();
    let (unit, one, two) = tata_usaha(school).await;
    assert!(unit.unit && unit.can_be_visited() && !one.unit);
    assert_eq!(store.find(unit.id).await.unwrap().unwrap(), unit);
    assert_eq!(members(school, &unit).await, [one.id, two.id]);
    assert!(store.is_anggota(unit.id, one.id).await.unwrap());
    assert!(!store.is_anggota(one.id, unit.id).await.unwrap());

    assert!(store.find_kredensial(&unit.email).await.unwrap().is_none(), "nobody signs in with it");
    assert!(store.find_kredensial_by_id(unit.id).await.unwrap().is_none());
    let baru =
        NewPassword { hash: "x".to_owned(), sementara: true, lama: None, rahasia: None, waktu: at("08:00") };
    assert_not_found(store.update_password(unit.id, baru).await);
    assert_conflict(store.create_unit(unit_baru("Tata Usaha", &[])).await, Conflict::PenggunaEmail);

    let list =
        |saring| store.list_rinci(saring, PenggunaOrder { menurut: OrderBy::Nama, turun: false }, FIRST_PAGE);
    let units = list(PenggunaFilter { unit: Some(true), ..PenggunaFilter::default() }).await.unwrap();
    assert_eq!((units.total, units.data[0].anggota.len()), (1, 2));
    let people = list(PenggunaFilter { unit: Some(false), ..PenggunaFilter::default() }).await.unwrap();
    assert_eq!(people.total, 2);
    let own = PenggunaFilter { beranggota: Some(one.id), ..PenggunaFilter::default() };
    assert_eq!(store.list(own, FIRST_PAGE).await.unwrap().data, std::slice::from_ref(&unit));
    assert!(store.list_dikenal().await.unwrap().iter().all(|known| known.pengguna.id != unit.id));
    assert!(store.exists(Role::Guru).await.unwrap());
}

async fn only_active_people_are_behind_a_unit(school: &School) {
    let store = school.store.pengguna();
    let (unit, one, _) = tata_usaha(school).await;
    let gone = school.pengguna(Role::Guru).await;
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    store.update(gone.id, inactive, at("08:00")).await.unwrap();
    for wrong in [unit_baru("BK", &[&unit]), unit_baru("BK", &[&one, &gone])] {
        assert_conflict(store.create_unit(wrong).await, Conflict::Anggota);
    }
    let mut nobody = unit_baru("BK", &[&one]);
    nobody.anggota.push(IdPengguna(4711));
    assert_conflict(store.create_unit(nobody).await, Conflict::Anggota);
    let filter = PenggunaFilter { unit: Some(true), ..PenggunaFilter::default() };
    assert_eq!(store.list(filter, FIRST_PAGE).await.unwrap().total, 1, "what was refused left nothing");
    assert_conflict(store.update(one.id, anggota(&[&gone]), at("08:00")).await, Conflict::Anggota);
    assert_conflict(store.update(unit.id, anggota(&[&unit]), at("08:00")).await, Conflict::Anggota);
    assert!(store.create_unit(unit_baru("BK", &[])).await.unwrap().unit, "nobody has to be behind it");
}

async fn who_is_behind_it_is_changed_as_a_whole(school: &School) {
    let store = school.store.pengguna();
    let (unit, one, two) = tata_usaha(school).await;
    let third = school.pengguna(Role::Admin).await;
    store.update(unit.id, anggota(&[&two, &third]), at("08:00")).await.unwrap();
    assert_eq!(members(school, &unit).await, [two.id, third.id]);
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    store.update(two.id, inactive, at("08:01")).await.unwrap();
    assert_eq!(members(school, &unit).await, [two.id, third.id], "who may not sign in stays");
    let changed = PenggunaChanges { nama: Some("TU".to_owned()), ..anggota(&[&one, &two]) };
    let changed = store.update(unit.id, changed, at("08:02")).await.unwrap();
    assert_eq!((changed.nama.as_str(), members(school, &unit).await), ("TU", vec![one.id, two.id]));
    store.update(unit.id, anggota(&[]), at("08:03")).await.unwrap();
    assert_eq!(members(school, &unit).await, []);
}

async fn every_member_has_its_notifications_and_nobody_else(school: &School) {
    let store = school.store.notifikasi();
    let (unit, one, two) = tata_usaha(school).await;
    let stranger = school.pengguna(Role::Guru).await;
    let here = school.arrival(&unit).await;
    let mut told: Vec<_> = here.dikunjungi().collect();
    told.sort_unstable();
    let mut everybody = [unit.id, one.id, two.id];
    everybody.sort_unstable();
    assert_eq!(told, everybody);
    let own = school.arrival(&one).await;
    assert_eq!(own.dikunjungi().collect::<Vec<_>>(), [one.id]);

    let unread = store.list_belum_dibaca(two.id, FIRST_PAGE).await.unwrap();
    assert_eq!((unread.total, unread.data[0].id), (1, here.id));
    assert_eq!(unread.data[0].unit.as_deref(), Some("Tata Usaha"));
    assert_eq!(store.list_belum_dibaca(one.id, FIRST_PAGE).await.unwrap().total, 2);
    assert_eq!(store.list_belum_dibaca_terbaru(one.id, 9).await.unwrap().len(), 2);
    assert_eq!(store.list_belum_dibaca_sebelum(one.id, own.id, 9).await.unwrap().len(), 1);
    assert_eq!(store.list(two.id, FIRST_PAGE).await.unwrap().total, 1);
    assert_eq!(store.list_belum_dibaca(stranger.id, FIRST_PAGE).await.unwrap().total, 0);
    assert_not_found(store.mark_read(here.id, stranger.id, at("09:01")).await);
    let said = Some(answer(JenisTanggapan::KeLobi, None));
    assert_not_found(store.respond(here.id, stranger.id, said, at("09:01")).await);
    store.mark_read(here.id, two.id, at("09:01")).await.unwrap();
    assert_eq!(store.list_belum_dibaca(one.id, FIRST_PAGE).await.unwrap().total, 1, "read is read for all");
}

async fn the_first_answer_stands(school: &School) {
    let store = school.store.notifikasi();
    let (unit, one, two) = tata_usaha(school).await;
    let here = school.arrival(&unit).await;
    let first = respond(school, &here, &two, JenisTanggapan::KeLobi, "09:01").await;
    assert_eq!((first.ditanggapi_oleh, first.nama_penanggap.as_deref()), (Some(two.id), Some(&*two.nama)));
    let late = respond(school, &here, &one, JenisTanggapan::TidakBisa, "09:02").await;
    assert_eq!(late, first, "another member's answer changes nothing");
    assert!(late.is_answered_by_another(one.id) && !late.is_answered_by_another(two.id));
    assert_eq!(
        store.respond(here.id, one.id, None, at("09:02")).await.unwrap(),
        first,
        "nor is it taken back"
    );
    let changed = respond(school, &here, &two, JenisTanggapan::TidakBisa, "09:03").await;
    assert_eq!(changed.tanggapan_jenis, Some(JenisTanggapan::TidakBisa), "who answered may change it");
    let back = store.respond(here.id, two.id, None, at("09:04")).await.unwrap();
    assert_eq!((back.tanggapan, back.ditanggapi_oleh), (None, None));
    let other = respond(school, &here, &one, JenisTanggapan::KeLobi, "09:05").await;
    assert_eq!(other.ditanggapi_oleh, Some(one.id));

    let own = school.arrival(&one).await;
    let said = respond(school, &own, &one, JenisTanggapan::KeLobi, "09:06").await;
    assert_eq!(
        (said.ditanggapi_oleh, said.nama_penanggap),
        (Some(one.id), None),
        "a guru answers for oneself"
    );
}

async fn of_many_answers_at_once_one_stands(school: &School) {
    let mut people = Vec::new();
    for _ in 0..8 {
        people.push(school.pengguna(Role::Guru).await);
    }
    let all: Vec<_> = people.iter().collect();
    let unit = school.store.pengguna().create_unit(unit_baru("Piket", &all)).await.unwrap();
    let here = school.arrival(&unit).await;
    let ids: Vec<_> = people.iter().map(|one| one.id).collect();
    let rows = at_once(|n| {
        let (store, id, who) = (school.store.clone(), here.id, ids[n % ids.len()]);
        async move {
            let said =
                Tanggapan { teks: format!("Saya, nomor {who}"), ..answer(JenisTanggapan::KeLobi, None) };
            store.notifikasi().respond(id, who, Some(said), at("09:01")).await.unwrap()
        }
    })
    .await;
    let first = &rows[0];
    assert!(first.ditanggapi_oleh.is_some());
    assert!(
        rows.iter()
            .all(|row| row.ditanggapi_oleh == first.ditanggapi_oleh && row.tanggapan == first.tanggapan)
    );
    assert_eq!(rows.iter().map(|row| row.versi).max(), Some(here.versi + 1), "it was answered once");
}

async fn an_answer_that_is_over_or_asked_for_again_is_open_to_all(school: &School) {
    let (unit, one, two) = tata_usaha(school).await;
    let here = school.arrival(&unit).await;
    respond(school, &here, &one, JenisTanggapan::Sebentar, "09:01").await;
    let early = respond(school, &here, &two, JenisTanggapan::KeLobi, "09:05").await;
    assert_eq!(early.ditanggapi_oleh, Some(one.id));
    let over = respond(school, &here, &two, JenisTanggapan::KeLobi, "09:06").await;
    assert_eq!(over.ditanggapi_oleh, Some(two.id), "the five minutes are over");
    school.store.notifikasi().beri_tahu(here.id, at("09:10")).await.unwrap().unwrap();
    let again = respond(school, &here, &one, JenisTanggapan::TidakBisa, "09:11").await;
    assert_eq!(again.ditanggapi_oleh, Some(one.id), "the desk has asked again");
}

async fn its_visits_are_its_members_own(school: &School) {
    let store = school.store.janji_temu();
    let (unit, one, two) = tata_usaha(school).await;
    let stranger = school.pengguna(Role::Guru).await;
    let of_unit = school.janji(&unit, at("10:00")).await;
    let of_one = school.janji(&one, at("11:00")).await;
    let list = |saring: JanjiTemuFilter| async move {
        let found = store.list(saring, FIRST_PAGE).await.unwrap();
        found.data.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let milik = |who: &Pengguna| JanjiTemuFilter { milik: Some(who.id), ..JanjiTemuFilter::default() };
    assert_eq!(list(milik(&one)).await, [of_unit.id, of_one.id]);
    assert_eq!(list(milik(&two)).await, [of_unit.id]);
    assert_eq!(list(milik(&stranger)).await, []);
    assert_eq!(list(JanjiTemuFilter { id_guru: Some(unit.id), ..milik(&one) }).await, [of_unit.id]);
    assert_eq!(
        list(JanjiTemuFilter { id_guru: Some(one.id), ..JanjiTemuFilter::default() }).await,
        [of_one.id]
    );
    let counted = store.count_status(milik(&one)).await.unwrap();
    assert_eq!(counted.iter().map(|(_, count)| count).sum::<u64>(), 2);
    assert!(of_unit.unit && of_unit.is_to(two.id) && !of_unit.is_to(stranger.id) && !of_one.is_to(two.id));
    let guests = school.store.tamu();
    assert!(guests.is_tamu_guru(of_unit.id_tamu, two.id).await.unwrap());
    assert!(!guests.is_tamu_guru(of_one.id_tamu, two.id).await.unwrap());
}

async fn guests_come_to_it_at_one_time(school: &School) {
    let store = school.store.janji_temu();
    let (unit, one, _) = tata_usaha(school).await;
    let first = school.janji(&unit, at("10:00")).await;
    school.janji(&unit, at("10:00")).await;
    let day = domain::jadwal::Span::minutes(at("08:00"), 480);
    assert_eq!(store.list_sibuk(unit.id, day, None).await.unwrap(), [], "it is free at any time");
    school.janji(&one, at("10:00")).await;
    let tamu = school.tamu().await;
    let clash = store.create(janji_baru(&one, TamuOf::Id(tamu.id), at("10:00"))).await;
    assert_conflict(clash, Conflict::Bentrok);
    let third = school.janji(&unit, at("12:00")).await;
    let moved = NewJadwal {
        id: third.id,
        dari_guru: unit.id,
        id_guru: unit.id,
        jadwal: first.jadwal,
        durasi_menit: third.durasi_menit,
        kode_expiry: at("23:00"),
        izinkan_bentrok: false,
        waktu: at("08:00"),
    };
    assert!(matches!(store.reschedule(moved).await, Ok(Some(Rescheduling::Diubah(_)))));
}

async fn a_message_to_it_goes_to_each_member(school: &School) {
    let (unit, one, two) = tata_usaha(school).await;
    let here = school.arrival(&unit).await;
    let own = school.arrival(&one).await;
    let leased = school.store.pesan().lease("pekerja", at("10:00"), at("10:05"), 50).await.unwrap();
    let kedatangan = domain::pesan::JenisPesan::Kedatangan;
    let arrivals = |janji: &JanjiTemu| {
        let about = domain::pesan::Tentang::JanjiTemu(janji.id);
        let own = leased.iter().filter(move |row| row.jenis == kedatangan && row.tentang == about);
        let mut to: Vec<_> = own.map(|row| row.untuk).collect();
        to.sort_unstable();
        to
    };
    assert_eq!(arrivals(&here), [Some(one.id), Some(two.id)]);
    assert_eq!(arrivals(&own), [None]);
    let invitations = leased.iter().filter(|row| row.jenis.is_to_tamu()).count();
    assert_eq!(invitations, 2, "a guest is told once");
    let row = leased.iter().find(|row| row.untuk == Some(two.id)).unwrap();
    let mut about = school.store.pesan().find_dikunjungi(row.id).await.unwrap();
    about.sort_unstable();
    let mut everybody = vec![unit.id, one.id, two.id];
    everybody.sort_unstable();
    assert_eq!(about, everybody);
}

async fn who_leaves_the_school_leaves_the_unit(school: &School) {
    let store = school.store.pengguna();
    let (unit, one, two) = tata_usaha(school).await;
    assert_eq!(store.delete(one.id, at("08:00")).await.unwrap(), Deletion::Dihapus);
    assert_eq!(members(school, &unit).await, [two.id]);
    let empty = store.create_unit(unit_baru("Perpustakaan", &[&two])).await.unwrap();
    assert_eq!(store.delete(empty.id, at("08:01")).await.unwrap(), Deletion::Dihapus);

    let here = school.arrival(&unit).await;
    respond(school, &here, &two, JenisTanggapan::KeLobi, "09:01").await;
    assert_eq!(store.delete(two.id, at("09:02")).await.unwrap(), Deletion::Dinonaktifkan, "two has answered");
    assert_eq!(members(school, &unit).await, [two.id]);
    assert_eq!(store.delete(unit.id, at("09:03")).await.unwrap(), Deletion::Dinonaktifkan);
    let tamu = school.store.tamu().create(tamu_baru("Tono", "0812 9999 0001")).await.unwrap();
    let refused =
        school.store.janji_temu().create(langsung_baru(&unit, TamuOf::Id(tamu.id), at("10:00"))).await;
    assert_conflict(refused, Conflict::Guru);
    assert_eq!(stepped(school, &here).await, Some(two.id));
}

/// Who answered, after the visit has gone on.
async fn stepped(school: &School, here: &JanjiTemu) -> Option<IdPengguna> {
    let row = school.store.janji_temu().find(here.id).await.unwrap().unwrap();
    school.step(&row, VisitStep::Mulai, at("09:30")).await.ditanggapi_oleh
}
