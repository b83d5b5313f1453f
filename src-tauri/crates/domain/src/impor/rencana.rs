//! What becomes of each line of a file, beside the users who are there.

use std::collections::HashMap;

use super::{Calon, Catatan, Dikenal, Kolom, Line, Perbedaan, Rencana, Tindakan, Ubahan};
use crate::{
    IdPengguna, Telp,
    isian::{FieldError, FieldErrors, KodeIsian},
    kata,
    pengguna::{Kepegawaian, address, has_email},
};

/// Says for each line what becomes of it. Nothing else decides it.
pub fn plan(baris: Vec<Line>, dikenal: &[Dikenal]) -> Vec<Rencana> {
    let known = Known::new(dikenal);
    let mut before = Before::default();
    let plan_one = |mut baris: Line| {
        let mut catatan = std::mem::take(&mut baris.catatan);
        if baris.is_unit() {
            catatan.push(Catatan::Unit);
            return Rencana { baris, tindakan: Tindakan::Unit, catatan };
        }
        let tindakan = baris
            .check()
            .and_then(|calon| {
                before.note(baris.nomor, &calon)?;
                known.decide(calon, baris.nomor, &mut before, &mut catatan)
            })
            .unwrap_or_else(Tindakan::Salah);
        Rencana { baris, tindakan, catatan }
    };
    baris.into_iter().map(plan_one).collect()
}

impl Calon {
    /// The address under which a new user is kept.
    pub fn address(&self) -> String {
        address(self.email.as_deref(), &self.kepegawaian).unwrap_or_default()
    }

    /// What a new user teaches.
    pub fn jabatan_baru(&self) -> Option<&str> {
        self.jabatan.as_deref().or(self.jenis_ptk.as_deref())
    }
}

/// The users who are there, by what tells them apart.
struct Known<'a> {
    by_nuptk: HashMap<&'a str, &'a Dikenal>,
    by_nip: HashMap<&'a str, &'a Dikenal>,
    by_email: HashMap<&'a str, &'a Dikenal>,
}

impl<'a> Known<'a> {
    fn new(dikenal: &'a [Dikenal]) -> Self {
        let of = |part: fn(&Dikenal) -> Option<&str>| {
            dikenal.iter().filter_map(|one| part(one).map(|text| (text, one))).collect()
        };
        Self {
            by_nuptk: of(|one| one.kepegawaian.nuptk.as_deref()),
            by_nip: of(|one| one.kepegawaian.nip.as_deref()),
            by_email: of(|one| Some(&one.pengguna.email)),
        }
    }

    fn decide(
        &self,
        calon: Calon,
        nomor: u32,
        before: &mut Before,
        catatan: &mut Vec<Catatan>,
    ) -> Result<Tindakan, FieldErrors> {
        let Some(one) = self.find(&calon) else {
            if let Some(other) = self.by_email.get(&*calon.address()) {
                return Err(belongs_to(Kolom::Email, other));
            }
            if calon.email.is_none() {
                catatan.push(Catatan::TanpaEmail);
            }
            if calon.role.is_none() {
                catatan.push(Catatan::PeranGuru);
            }
            return Ok(Tindakan::Buat(Box::new(calon)));
        };
        before.meant(nomor, one.pengguna.id)?;
        self.check_same(&calon, one)?;
        if !self.is_numbered(&calon) && !is_alike(&calon.nama, &one.pengguna.nama) {
            catatan.push(Catatan::NamaBerbeda);
        }
        notes(&calon, one, catatan);
        Ok(change(calon, one))
    }

    /// The user whom a line means.
    fn find(&self, calon: &Calon) -> Option<&'a Dikenal> {
        let nuptk = calon.kepegawaian.nuptk.as_deref().and_then(|nuptk| self.by_nuptk.get(nuptk));
        let by_nip = || calon.kepegawaian.nip.as_deref().and_then(|nip| self.by_nip.get(nip));
        let by_email = || calon.email.as_deref().and_then(|email| self.by_email.get(email));
        nuptk.or_else(by_nip).or_else(by_email).copied()
    }

    /// Whether a number tells whom a line means.
    fn is_numbered(&self, calon: &Calon) -> bool {
        let Kepegawaian { nuptk, nip, .. } = &calon.kepegawaian;
        nuptk.as_deref().is_some_and(|nuptk| self.by_nuptk.contains_key(nuptk))
            || nip.as_deref().is_some_and(|nip| self.by_nip.contains_key(nip))
    }

    /// Whether nothing in the line says that somebody else is meant.
    fn check_same(&self, calon: &Calon, one: &Dikenal) -> Result<(), FieldErrors> {
        let is_other =
            |found: Option<&&Dikenal>| found.is_some_and(|other| other.pengguna.id != one.pengguna.id);
        let nip = calon.kepegawaian.nip.as_deref();
        let by_nip = nip.and_then(|nip| self.by_nip.get(nip));
        if is_other(by_nip) {
            return Err(by_nip.map_or_else(FieldErrors::new, |other| belongs_to(Kolom::Nip, other)));
        }
        let email = calon.email.as_deref().filter(|_| !has_email(&one.pengguna.email));
        let by_email = email.and_then(|email| self.by_email.get(email));
        if is_other(by_email) {
            return Err(by_email.map_or_else(FieldErrors::new, |other| belongs_to(Kolom::Email, other)));
        }
        let nuptk = calon.kepegawaian.nuptk.as_deref();
        if differs(nuptk, one.kepegawaian.nuptk.as_deref()) {
            return Err(differs_from_stored(Kolom::Nuptk));
        }
        // Who is known by the address alone must have the same number.
        let is_known_by_nuptk = nuptk.is_some() && nuptk == one.kepegawaian.nuptk.as_deref();
        if !is_known_by_nuptk && differs(nip, one.kepegawaian.nip.as_deref()) {
            return Err(differs_from_stored(Kolom::Nip));
        }
        Ok(())
    }
}

/// Whether two names have a word in common, or one the beginning of the other's. Titles are no names.
fn is_alike(one: &str, other: &str) -> bool {
    const TITLES: [&str; 6] = ["dra", "drs", "prof", "haji", "hajah", "ners"];
    let words = |name: &str| -> Vec<String> {
        let words = kata::frasa(name);
        let is_name = |word: &&str| word.chars().count() >= 3 && !TITLES.contains(word);
        words.split(' ').filter(is_name).map(str::to_owned).collect()
    };
    let (one_words, other_words) = (words(one), words(other));
    if one_words.is_empty() || other_words.is_empty() {
        return kata::is_same(one, other);
    }
    one_words
        .iter()
        .any(|one| other_words.iter().any(|other| one.starts_with(&**other) || other.starts_with(&**one)))
}

fn differs(new: Option<&str>, stored: Option<&str>) -> bool {
    new.zip(stored).is_some_and(|(new, stored)| new != stored)
}

fn belongs_to(kolom: Kolom, other: &Dikenal) -> FieldErrors {
    let text = format!("milik {}", other.pengguna.nama);
    FieldErrors::from([(kolom.as_str().to_owned(), FieldError::new(KodeIsian::MilikLain, text))])
}

fn differs_from_stored(kolom: Kolom) -> FieldErrors {
    let text = "berbeda dengan yang tersimpan untuk orang ini";
    FieldErrors::from([(kolom.as_str().to_owned(), FieldError::new(KodeIsian::BedaTersimpan, text))])
}

/// What is left as it is although the file says otherwise.
fn notes(calon: &Calon, one: &Dikenal, catatan: &mut Vec<Catatan>) {
    let email = calon.email.as_deref();
    if has_email(&one.pengguna.email) && email.is_some_and(|email| email != one.pengguna.email) {
        catatan.push(Catatan::EmailBerbeda);
    }
    if calon.role.is_some_and(|role| role != one.pengguna.role) {
        catatan.push(Catatan::PeranBerbeda);
    }
    if !one.pengguna.aktif {
        catatan.push(Catatan::Nonaktif);
    }
}

/// What changes of a user: each field that the file fills and that differs.
fn change(calon: Calon, one: &Dikenal) -> Tindakan {
    let mut beda = Vec::new();
    let mut differs = |field: Kolom, dari: Option<&str>, ke: Option<&str>| {
        let ke = ke.filter(|ke| dari != Some(ke))?;
        beda.push(Perbedaan { field, dari: dari.map(str::to_owned), ke: ke.to_owned() });
        Some(())
    };
    let (stored, pegawai) = (&one.pengguna, &one.kepegawaian);
    let is_named = differs(Kolom::Nama, Some(&stored.nama), Some(&calon.nama)).is_some();
    let is_addressed =
        differs(Kolom::Sapaan, stored.sapaan.map(|s| s.as_str()), calon.sapaan.map(|s| s.as_str()));
    let taught = calon.jabatan.as_deref().or_else(|| {
        // What the register calls a person never replaces what the school wrote.
        calon.jenis_ptk.as_deref().filter(|_| stored.jabatan.is_none())
    });
    let jabatan = differs(Kolom::Jabatan, stored.jabatan.as_deref(), taught).and(taught).map(str::to_owned);
    let address = calon.email.as_deref().filter(|_| !has_email(&stored.email));
    let email = differs(Kolom::Email, None, address).and(address).map(str::to_owned);
    let is_called =
        differs(Kolom::Telp, stored.telp.as_ref().map(Telp::as_str), calon.telp.as_ref().map(Telp::as_str));
    let told = &calon.kepegawaian;
    let nuptk = differs(Kolom::Nuptk, pegawai.nuptk.as_deref(), told.nuptk.as_deref());
    let nip = differs(Kolom::Nip, pegawai.nip.as_deref(), told.nip.as_deref());
    let duty =
        differs(Kolom::TugasTambahan, pegawai.tugas_tambahan.as_deref(), told.tugas_tambahan.as_deref());
    if beda.is_empty() {
        return Tindakan::Tetap(stored.id);
    }
    let jadi = Calon {
        nama: if is_named { calon.nama } else { stored.nama.clone() },
        sapaan: is_addressed.and(calon.sapaan),
        jabatan,
        jenis_ptk: None,
        email,
        telp: is_called.and(calon.telp),
        role: None,
        kepegawaian: Kepegawaian {
            nuptk: nuptk.and(calon.kepegawaian.nuptk),
            nip: nip.and(calon.kepegawaian.nip),
            tugas_tambahan: duty.and(calon.kepegawaian.tugas_tambahan),
        },
    };
    Tindakan::Ubah(Box::new(Ubahan { id: stored.id, jadi, beda }))
}

/// The lines above: nobody stands in a file twice.
#[derive(Default)]
struct Before {
    told: HashMap<(Kolom, String), u32>,
    meant: HashMap<IdPengguna, u32>,
}

impl Before {
    fn note(&mut self, nomor: u32, calon: &Calon) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::new();
        for (kolom, label, text) in [
            (Kolom::Nuptk, "NUPTK", &calon.kepegawaian.nuptk),
            (Kolom::Nip, "NIP", &calon.kepegawaian.nip),
            (Kolom::Email, "E-mail", &calon.email),
        ] {
            let Some(text) = text else { continue };
            let first = *self.told.entry((kolom, text.clone())).or_insert(nomor);
            if first != nomor {
                errors.insert(kolom.as_str().to_owned(), same_as(label, first));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn meant(&mut self, nomor: u32, id: IdPengguna) -> Result<(), FieldErrors> {
        let first = *self.meant.entry(id).or_insert(nomor);
        if first == nomor {
            return Ok(());
        }
        Err(FieldErrors::from([(Kolom::Nama.as_str().to_owned(), same_as("orangnya", first))]))
    }
}

fn same_as(what: &str, first: u32) -> FieldError {
    let text = format!("{what} sama dengan baris {first}");
    FieldError { batas: vec![i64::from(first)], ..FieldError::new(KodeIsian::SamaBaris, text) }
}
