//! A line checked: the person whom it describes, or what is wrong with each field.

use chrono::{Datelike, NaiveDate};

use super::{Calon, Kolom, Line};
use crate::{
    Role, Telp,
    isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    pengguna::Kepegawaian,
};

impl Line {
    /// The text of a column.
    pub(super) fn text(&self, kolom: Kolom) -> Option<&str> {
        self.isi.get(&kolom).map(String::as_str)
    }

    /// Whether the line is about a unit, as the program's own list tells.
    pub(super) fn is_unit(&self) -> bool {
        let told = self.text(Kolom::Unit).map(super::kolom::fold);
        told.is_some_and(|told| matches!(&*told, "ya" | "y" | "true" | "1" | "unit"))
    }

    /// The person whom the line describes.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(super) fn check(&self) -> Result<Calon, FieldErrors> {
        let mut errors = FieldErrors::new();
        let nama = collect(&mut errors, "nama", isian::nama(self.text(Kolom::Nama).unwrap_or_default()));
        let sapaan = collect(&mut errors, "sapaan", isian::sapaan(self.text(Kolom::Sapaan)));
        let mut line = |kolom: Kolom| {
            collect(&mut errors, kolom.as_str(), isian::optional_line(self.text(kolom))).flatten()
        };
        let (jabatan, jenis_ptk) = (line(Kolom::Jabatan), line(Kolom::JenisPtk));
        let tugas_tambahan = line(Kolom::TugasTambahan);
        let email = collect(&mut errors, "email", isian::optional_email(self.text(Kolom::Email)));
        let telp = self.text(Kolom::Telp).map(first_number).transpose();
        let telp = collect(&mut errors, "telp", telp);
        let role = collect(&mut errors, "role", self.text(Kolom::Role).map(role).transpose());
        let nuptk = collect(&mut errors, "nuptk", self.text(Kolom::Nuptk).map(nuptk).transpose());
        let nip = collect(&mut errors, "nip", self.text(Kolom::Nip).map(nip).transpose());
        let (Some(nama), Some(sapaan), Some(email), Some(telp), Some(role), Some(nuptk), Some(nip), true) =
            (nama, sapaan, email, telp, role, nuptk, nip, errors.is_empty())
        else {
            return Err(errors);
        };
        if nuptk.is_none() && nip.is_none() && email.is_none() {
            let unknown = FieldError::new(
                KodeIsian::TidakDikenali,
                "tanpa NUPTK, NIP, dan e-mail: tidak bisa dikenali",
            );
            return Err(FieldErrors::from([("nuptk".to_owned(), unknown)]));
        }
        let kepegawaian = Kepegawaian { nuptk, nip, tugas_tambahan };
        Ok(Calon { nama, sapaan, jabatan, jenis_ptk, email, telp, role, kepegawaian })
    }
}

/// The first of several numbers in one cell.
fn first_number(text: &str) -> Result<Telp, FieldError> {
    let whole = Telp::parse(text);
    let first = || text.split([',', ';', '/']).map(str::trim).find_map(|part| Telp::parse(part).ok());
    whole.or_else(|error| first().ok_or(error)).map_err(FieldError::from)
}

/// A NUPTK that a spreadsheet has not rounded: it keeps 15 digits.
fn nuptk(text: &str) -> Result<String, InvalidIsian> {
    isian::nuptk(text)
        .and_then(|nomor| if is_rounded(&nomor) { Err(InvalidIsian::CutDigits) } else { Ok(nomor) })
}

/// A NIP that a spreadsheet has not rounded: it begins with a day of birth, and ends with a number that counts from
/// 001 on.
fn nip(text: &str) -> Result<String, InvalidIsian> {
    let nomor = isian::nip(text)?;
    let born = nomor.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
    let is_born = born.is_some_and(|day| (1920..2100).contains(&day.year()));
    if is_rounded(&nomor) || !is_born { Err(InvalidIsian::CutDigits) } else { Ok(nomor) }
}

/// What is left of a long number after a spreadsheet, or one that was put there in its place.
fn is_rounded(nomor: &str) -> bool {
    nomor.ends_with("000") || nomor.bytes().all(|digit| digit == b'9')
}

fn role(text: &str) -> Result<Role, FieldError> {
    let wanted = super::kolom::fold(text);
    let found = Role::ALL.into_iter().find(|role| super::kolom::fold(role.as_str()) == wanted);
    found.ok_or_else(|| FieldError::new(KodeIsian::Peran, "pilih Admin, Guru, atau Penerima Tamu"))
}
