//! Who is meant, what changes, and that a plan that was carried out leaves nothing to do.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::IdPengguna;

const NUPTK: &str = "3352761662200013";
const NIP: &str = "198503152010012003";

fn baris(nomor: u32, cells: &[(Kolom, &str)]) -> Line {
    let isi = cells.iter().map(|(kolom, text)| (*kolom, (*text).to_owned())).collect();
    Line { nomor, isi, ..Line::default() }
}

fn dikenal(id: i64, email: &str, nuptk: Option<&str>, nip: Option<&str>) -> Dikenal {
    let pengguna = Pengguna {
        id: IdPengguna(id),
        nama: "Ratna Wulandari".to_owned(),
        sapaan: None,
        jabatan: Some("Matematika".to_owned()),
        email: email.to_owned(),
        telp: None,
        role: Role::Guru,
        wajib_ganti_password: false,
        aktif: true,
        unit: false,
        dibuat_pada: DateTime::UNIX_EPOCH,
        rusak: false,
    };
    let kepegawaian =
        Kepegawaian { nuptk: nuptk.map(str::to_owned), nip: nip.map(str::to_owned), tugas_tambahan: None };
    Dikenal { pengguna, kepegawaian }
}

fn errors(rencana: &Rencana) -> Vec<(&str, &str, &[i64])> {
    let Tindakan::Salah(errors) = &rencana.tindakan else { return Vec::new() };
    errors.iter().map(|(field, error)| (field.as_str(), error.kode, &error.batas[..])).collect()
}

fn differences(rencana: &Rencana) -> Vec<(Kolom, &str)> {
    match &rencana.tindakan {
        Tindakan::Ubah(ubahan) => ubahan.beda.iter().map(|beda| (beda.field, &*beda.ke)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_person_is_known_by_number_or_address_and_never_by_name() {
    let all = [dikenal(7, "ratna@sekolah.example", Some(NUPTK), None)];
    let name = (Kolom::Nama, "Ratna Wulandari");
    for cells in [
        vec![name, (Kolom::Nuptk, NUPTK)],
        vec![name, (Kolom::Email, "RATNA@sekolah.example")],
        vec![name, (Kolom::Nuptk, NUPTK), (Kolom::Email, "lain@sekolah.example")],
    ] {
        let planned = plan(vec![baris(2, &cells)], &all);
        assert_eq!(planned[0].tindakan, Tindakan::Tetap(IdPengguna(7)), "{cells:?}");
    }
    let alone = plan(vec![baris(2, &[name])], &all);
    assert_eq!(errors(&alone[0]), [("nuptk", "tidak_dikenali", &[][..])]);
    let other = plan(vec![baris(2, &[name, (Kolom::Nip, NIP)])], &all);
    assert!(matches!(&other[0].tindakan, Tindakan::Buat(_)), "the same name is another person");
}

#[test]
fn what_stands_in_the_file_changes_and_what_is_missing_stays() {
    let all = [dikenal(7, "ratna@sekolah.example", Some(NUPTK), None)];
    let cells = [
        (Kolom::Nama, "Dra. Ratna Wulandari"),
        (Kolom::Nuptk, NUPTK),
        (Kolom::Nip, NIP),
        (Kolom::JenisPtk, "Guru Mapel"),
        (Kolom::TugasTambahan, "Wali kelas VIII-B"),
        (Kolom::Telp, "81200005604"),
        (Kolom::Email, "lain@sekolah.example"),
        (Kolom::Role, "Admin"),
    ];
    let planned = plan(vec![baris(2, &cells)], &all);
    let expected = [
        (Kolom::Nama, "Dra. Ratna Wulandari"),
        (Kolom::Telp, "+6281200005604"),
        (Kolom::Nip, NIP),
        (Kolom::TugasTambahan, "Wali kelas VIII-B"),
    ];
    assert_eq!(differences(&planned[0]), expected, "what is taught, the address and the role stay");
    assert_eq!(planned[0].catatan, [Catatan::EmailBerbeda, Catatan::PeranBerbeda]);
}

#[test]
fn who_has_no_address_gets_the_one_of_the_file_and_keeps_it() {
    let without = address(NUPTK);
    let all = [dikenal(7, &without, Some(NUPTK), None)];
    let cells =
        [(Kolom::Nama, "Ratna Wulandari"), (Kolom::Nuptk, NUPTK), (Kolom::Email, "r@sekolah.example")];
    let planned = plan(vec![baris(2, &cells)], &all);
    assert_eq!(differences(&planned[0]), [(Kolom::Email, "r@sekolah.example")]);
    let made = plan(vec![baris(2, &cells[..2])], &[]);
    assert_eq!(made[0].catatan, [Catatan::TanpaEmail, Catatan::PeranGuru]);
    let Tindakan::Buat(calon) = &made[0].tindakan else { panic!("{made:?}") };
    assert_eq!(calon.address(), without);
}

fn address(nomor: &str) -> String {
    crate::pengguna::address_without_email(nomor)
}

#[test]
fn a_line_that_contradicts_another_or_a_user_is_wrong() {
    let all = [
        dikenal(7, "ratna@sekolah.example", Some(NUPTK), None),
        dikenal(8, "agus@sekolah.example", None, Some(NIP)),
    ];
    let name = (Kolom::Nama, "Ratna Wulandari");
    let twice =
        plan(vec![baris(9, &[name, (Kolom::Nuptk, NUPTK)]), baris(14, &[name, (Kolom::Nuptk, NUPTK)])], &all);
    assert_eq!(errors(&twice[1]), [("nuptk", "sama_baris", &[9][..])]);
    let by_two_ways = plan(
        vec![
            baris(2, &[name, (Kolom::Nuptk, NUPTK)]),
            baris(3, &[name, (Kolom::Email, "ratna@sekolah.example")]),
        ],
        &all,
    );
    assert_eq!(errors(&by_two_ways[1]), [("nama", "sama_baris", &[2][..])]);
    let foreign = plan(vec![baris(2, &[name, (Kolom::Nuptk, NUPTK), (Kolom::Nip, NIP)])], &all);
    assert_eq!(errors(&foreign[0]), [("nip", "milik_lain", &[][..])]);
    let other = "8888777766665555";
    let cells = [name, (Kolom::Nuptk, other), (Kolom::Email, "ratna@sekolah.example")];
    assert_eq!(errors(&plan(vec![baris(2, &cells)], &all)[0]), [("nuptk", "beda_tersimpan", &[][..])]);
}

#[test]
fn every_wrong_field_is_told_at_once() {
    let cells = [
        (Kolom::Nama, "12"),
        (Kolom::Email, "bambang@nusalentera"),
        (Kolom::Telp, "12"),
        (Kolom::Nuptk, "123"),
        (Kolom::Nip, "1.98503E+17"),
        (Kolom::Role, "Kepala"),
        (Kolom::Sapaan, "Mbak"),
    ];
    let planned = plan(vec![baris(2, &cells)], &[]);
    let codes: Vec<_> = errors(&planned[0]).into_iter().map(|(field, kode, _)| (field, kode)).collect();
    let expected = [
        ("email", "email"),
        ("nama", "tanpa_huruf"),
        ("nip", "angka_terpotong"),
        ("nuptk", "nuptk"),
        ("role", "peran"),
        ("sapaan", "tidak_sah"),
        ("telp", "telp"),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn of_two_numbers_in_a_cell_the_first_counts() {
    let cells = [(Kolom::Nama, "Ani"), (Kolom::Nip, NIP), (Kolom::Telp, "0812 3456 7890 / 0813 1111 2222")];
    let Tindakan::Buat(calon) = &plan(vec![baris(2, &cells)], &[])[0].tindakan else {
        panic!("somebody new")
    };
    assert_eq!(calon.telp.as_ref().map(Telp::as_str), Some("+6281234567890"));
}

#[test]
fn a_number_that_a_spreadsheet_rounded_is_told() {
    let codes = |kolom: Kolom, nomor: &str| {
        let cells = [(Kolom::Nama, "Ani"), (Kolom::Email, "ani@sekolah.example"), (kolom, nomor)];
        let planned = plan(vec![baris(2, &cells)], &[]);
        errors(&planned[0]).into_iter().map(|(_, kode, _)| kode.to_owned()).collect::<Vec<_>>()
    };
    for (kolom, nomor) in [
        (Kolom::Nip, "198503152010012000"),
        (Kolom::Nip, "198513152010012003"),
        (Kolom::Nip, "198502302010012003"),
        (Kolom::Nip, "999999999999999999"),
        (Kolom::Nuptk, "3352761662200000"),
        (Kolom::Nuptk, "9999999999999999"),
    ] {
        assert_eq!(codes(kolom, nomor), ["angka_terpotong"], "{nomor}");
    }
    for (kolom, nomor) in [
        (Kolom::Nip, NIP),
        (Kolom::Nip, "199001012022211010"),
        (Kolom::Nuptk, "3352761662200010"),
        (Kolom::Nuptk, NUPTK),
    ] {
        assert!(codes(kolom, nomor).is_empty(), "{nomor}");
    }
}

#[test]
fn a_unit_of_the_own_list_holds_up_nobody() {
    let unit = [(Kolom::Nama, "Tata Usaha"), (Kolom::Role, "Guru"), (Kolom::Unit, "ya")];
    let person = [
        (Kolom::Nama, "Ani"),
        (Kolom::Email, "ani@sekolah.example"),
        (Kolom::Unit, "tidak"),
        (Kolom::Role, "Guru"),
    ];
    let planned = plan(vec![baris(2, &unit), baris(3, &person)], &[]);
    assert_eq!((&planned[0].tindakan, &planned[0].catatan[..]), (&Tindakan::Unit, &[Catatan::Unit][..]));
    assert!(matches!(planned[1].tindakan, Tindakan::Buat(_)), "{planned:?}");
    assert!(planned[1].catatan.is_empty(), "{planned:?}");
}

#[test]
fn another_name_at_a_known_address_is_told() {
    let all = [dikenal(7, "ratna@sekolah.example", Some(NUPTK), None)];
    let notes = |nama: &str, nuptk: Option<&str>| {
        let mut cells = vec![(Kolom::Nama, nama), (Kolom::Email, "ratna@sekolah.example")];
        cells.extend(nuptk.map(|nuptk| (Kolom::Nuptk, nuptk)));
        plan(vec![baris(2, &cells)], &all)[0].catatan.clone()
    };
    assert_eq!(notes("Budi Santoso, S.Pd.", None), [Catatan::NamaBerbeda]);
    for nama in ["Dra. Ratna W.", "RATNA", "Wulandari, M.Pd.", "Hj. Ratnawati Wulan"] {
        assert_eq!(notes(nama, None), [], "{nama}");
    }
    assert_eq!(notes("Budi Santoso", Some(NUPTK)), [], "the number says that it is her");
}

/// Carries a plan out.
fn carry_out(planned: &[Rencana], all: &mut Vec<Dikenal>) {
    for rencana in planned {
        match &rencana.tindakan {
            Tindakan::Buat(calon) => {
                let mut new = dikenal(all.len() as i64 + 1, &calon.address(), None, None);
                new.pengguna.nama.clone_from(&calon.nama);
                new.pengguna.jabatan = calon.jabatan_baru().map(str::to_owned);
                new.pengguna.telp.clone_from(&calon.telp);
                new.kepegawaian = calon.kepegawaian.clone();
                all.push(new);
            }
            Tindakan::Ubah(ubahan) => {
                let one = all.iter_mut().find(|one| one.pengguna.id == ubahan.id).unwrap();
                let Calon { nama, jabatan, email, telp, kepegawaian, .. } = ubahan.jadi.clone();
                one.pengguna.nama = nama;
                one.pengguna.jabatan = jabatan.or(one.pengguna.jabatan.take());
                one.pengguna.telp = telp.or(one.pengguna.telp.take());
                one.pengguna.email = email.unwrap_or(one.pengguna.email.clone());
                let stored = &mut one.kepegawaian;
                stored.nuptk = kepegawaian.nuptk.or(stored.nuptk.take());
                stored.nip = kepegawaian.nip.or(stored.nip.take());
                stored.tugas_tambahan = kepegawaian.tugas_tambahan.or(stored.tugas_tambahan.take());
            }
            Tindakan::Tetap(_) | Tindakan::Unit => {}
            Tindakan::Salah(errors) => panic!("{errors:?}"),
        }
    }
}

fn cell(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

prop_compose! {
    fn any_baris()(
        nama in cell(&["Ratna W.", "Agus", "Ani"]),
        nuptk in cell(&["", NUPTK, "1111222233334444", "5555666677778888"]),
        nip in cell(&["", NIP, "199001012015011001"]),
        email in cell(&["", "ratna@sekolah.example", "agus@sekolah.example", "ani@sekolah.example"]),
        telp in cell(&["", "081234567890", "6281234567890"]),
        jenis in cell(&["", "Guru Kelas", "Guru Mapel"]),
        tugas in cell(&["", "Wali kelas", "Kepala lab"]),
    ) -> Line {
        let cells = [
            (Kolom::Nama, nama), (Kolom::Nuptk, nuptk), (Kolom::Nip, nip), (Kolom::Email, email),
            (Kolom::Telp, telp), (Kolom::JenisPtk, jenis), (Kolom::TugasTambahan, tugas),
        ];
        baris(0, &cells.into_iter().filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>())
    }
}

proptest! {
    #[test]
    fn the_same_file_again_changes_nothing(mut lines in prop::collection::vec(any_baris(), 1..6)) {
        for (line, nomor) in lines.iter_mut().zip(2..) {
            line.nomor = nomor;
        }
        let mut all = vec![
            dikenal(1, "ratna@sekolah.example", Some(NUPTK), None),
            dikenal(2, "agus@sekolah.example", None, Some(NIP)),
        ];
        let right = |rencana: &Rencana| !matches!(rencana.tindakan, Tindakan::Salah(_));
        // Wrong lines are taken out, as the admin does.
        let mut planned = plan(lines, &all);
        while !planned.iter().all(right) {
            let lines = planned.into_iter().filter(right).map(|rencana| rencana.baris).collect();
            planned = plan(lines, &all);
        }
        let lines: Vec<_> = planned.iter().map(|rencana| rencana.baris.clone()).collect();
        carry_out(&planned, &mut all);
        let mut addresses: Vec<_> = all.iter().map(|one| one.pengguna.email.clone()).collect();
        addresses.sort_unstable();
        addresses.dedup();
        prop_assert_eq!(addresses.len(), all.len(), "addresses stay unique");
        for rencana in plan(lines, &all) {
            prop_assert!(matches!(&rencana.tindakan, Tindakan::Tetap(_)), "{:?}", rencana);
        }
    }
}
