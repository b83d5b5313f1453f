//! Every way to tamper with a chain is noticed, and erasing a guest is none.

use super::*;

const KEY: [u8; 32] = [7; 32];

fn row(id: i64) -> AuditRow {
    AuditRow {
        id,
        waktu: DateTime::from_timestamp_millis(1_700_000_000_000 + id).unwrap(),
        id_pelaku: Some(1),
        nama_pelaku: Some("Ani".to_owned()),
        role: Some("Admin".to_owned()),
        alamat: Some("192.0.2.7".to_owned()),
        aksi: "ubah".to_owned(),
        objek: "tamu".to_owned(),
        id_objek: Some(40 + id),
        id_tamu: Some(40 + id),
        sebelum: Some(r#"{"nama":"Budi"}"#.to_owned()),
        sesudah: Some(r#"{"nama":"Bayu"}"#.to_owned()),
        seal: None,
    }
}

fn sealed(rows: impl IntoIterator<Item = AuditRow>) -> Vec<AuditRow> {
    let mut at = Link::START;
    let seal = |mut row: AuditRow| {
        let seal = row.seal(&KEY, at);
        at = Link { nomor: seal.nomor, segel: seal.segel };
        row.seal = Some(seal);
        row
    };
    rows.into_iter().map(seal).collect()
}

fn end(rows: &[AuditRow]) -> Option<Link> {
    rows.last().and_then(|row| row.seal).map(|seal| Link { nomor: seal.nomor, segel: seal.segel })
}

fn check(rows: &[AuditRow], removed: Option<Link>, newest: Option<Link>) -> Result<(), Broken> {
    let mut walk = Walk::new(removed);
    rows.iter().try_for_each(|row| walk.step(&KEY, row))?;
    walk.finish(newest)
}

#[test]
fn a_chain_as_it_was_made_is_whole_and_may_have_lost_its_beginning() {
    let rows = sealed((1..=9).map(row));
    assert_eq!(check(&rows, None, end(&rows)), Ok(()));
    assert_eq!(check(&rows[4..], end(&rows[..4]), end(&rows)), Ok(()));
    assert_eq!(check(&[], None, None), Ok(()), "a new school");
}

#[test]
fn any_field_that_changes_is_noticed() {
    let changes: [fn(&mut AuditRow); 14] = [
        |row| row.id += 100,
        |row| row.waktu += chrono::TimeDelta::milliseconds(1),
        |row| row.id_pelaku = None,
        |row| row.nama_pelaku = Some("Ina".to_owned()),
        |row| row.role = Some("Guru".to_owned()),
        |row| row.alamat = None,
        |row| row.aksi = "hapus".to_owned(),
        |row| row.objek = "pengguna".to_owned(),
        |row| row.id_objek = Some(1),
        |row| row.id_tamu = None,
        |row| row.sebelum = None,
        |row| row.sesudah = Some("{}".to_owned()),
        |row| row.seal.as_mut().unwrap().pribadi[0] ^= 1,
        |row| row.seal.as_mut().unwrap().segel[31] ^= 1,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut rows = sealed((1..=5).map(row));
        let newest = end(&rows);
        change(&mut rows[2]);
        let id = rows[2].id;
        assert_eq!(check(&rows, None, newest), Err(Broken::Changed { nomor: 3, id }), "change {number}");
    }
}

#[test]
fn what_is_missing_is_named_wherever_it_was() {
    for at in 0..5 {
        let mut rows = sealed((1..=5).map(row));
        let newest = end(&rows);
        rows.remove(at);
        assert_eq!(check(&rows, None, newest), Err(Broken::Missing { nomor: at as i64 + 1 }));
    }
    let rows = sealed((1..=5).map(row));
    assert_eq!(check(&rows, None, None), Err(Broken::End(End::Newest)));
    assert_eq!(check(&[], None, end(&rows)), Err(Broken::Missing { nomor: 1 }), "all of them");
}

#[test]
fn an_entry_cannot_be_put_in_or_moved() {
    let mut rows = sealed((1..=5).map(row));
    let newest = end(&rows);
    rows.swap(1, 2);
    assert!(check(&rows, None, newest).is_err());
    let other_key = AuditRow { seal: Some(row(6).seal(&[8; 32], end(&rows).unwrap())), ..row(6) };
    let mut rows = sealed((1..=5).map(row));
    rows.push(other_key);
    assert_eq!(check(&rows, None, end(&rows)), Err(Broken::Changed { nomor: 6, id: 6 }));
}

#[test]
fn a_guest_is_emptied_only_with_an_erasure() {
    let empty = |row: &mut AuditRow| (row.sebelum, row.sesudah) = (None, None);
    let erasure = AuditRow { aksi: "hapus".to_owned(), id_tamu: Some(42), ..row(6) };
    let mut rows = sealed((1..=5).map(row).chain([erasure]));
    empty(&mut rows[1]);
    assert_eq!(check(&rows, None, end(&rows)), Ok(()));
    empty(&mut rows[2]);
    assert_eq!(check(&rows, None, end(&rows)), Err(Broken::Emptied { nomor: 3 }));
}

#[test]
fn a_guests_own_address_goes_too_and_a_users_stays() {
    let own = AuditRow { role: Some("Tamu".to_owned()), ..row(1) };
    let erasure = AuditRow { aksi: "anonimkan".to_owned(), ..row(1) };
    let mut rows = sealed([own, erasure]);
    (rows[0].sebelum, rows[0].sesudah) = (None, None);
    assert!(check(&rows, None, end(&rows)).is_err(), "half emptied");
    rows[0].alamat = None;
    assert_eq!(check(&rows, None, end(&rows)), Ok(()));
}
