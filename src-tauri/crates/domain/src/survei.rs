//! The satisfaction survey that Permenpan RB 14/2017 asks of public services (SKM): nine elements, answered 1 to 4.
//!
//! Elements are named, never numbered, because printed forms swap the last two. The survey is anonymous: nothing here
//! names a visit or a guest.

pub mod columns;
mod ringkasan;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    words::words,
};

pub use ringkasan::{Indeks, Mutu, RingkasanSurvei, RingkasanUnsur, Total, Totals};

words! {
    /// An element of the service that is asked about.
    pub enum Unsur, else UnknownUnsur "unsur tidak dikenal" {
        /// What a guest had to bring or fulfil.
        Persyaratan = "persyaratan",
        /// System, mechanism and procedure.
        Prosedur = "prosedur",
        /// How long it took.
        Waktu = "waktu",
        /// What it cost.
        Biaya = "biaya",
        /// What came of it.
        Produk = "produk",
        /// What the staff know.
        Kompetensi = "kompetensi",
        /// How the staff behave.
        Perilaku = "perilaku",
        /// How complaints are handled.
        Pengaduan = "pengaduan",
        /// The premises.
        Sarana = "sarana",
    }
}

words! {
    /// How old a respondent is.
    pub enum Usia, else UnknownUsia "kelompok usia tidak dikenal" {
        /// Under 20.
        DiBawah20 = "di_bawah_20",
        /// 20 to 29.
        Dari20 = "20_29",
        /// 30 to 39.
        Dari30 = "30_39",
        /// 40 to 49.
        Dari40 = "40_49",
        /// 50 or older.
        Dari50 = "50_ke_atas",
    }
}

words! {
    /// The highest school that a respondent has finished.
    pub enum Pendidikan, else UnknownPendidikan "pendidikan tidak dikenal" {
        /// Primary school.
        Sd = "sd",
        /// Lower secondary school.
        Smp = "smp",
        /// Upper secondary school.
        Sma = "sma",
        /// A diploma.
        Diploma = "diploma",
        /// A bachelor's degree.
        S1 = "s1",
        /// A higher degree.
        S2 = "s2_ke_atas",
    }
}

words! {
    /// What a respondent does for a living.
    pub enum Pekerjaan, else UnknownPekerjaan "pekerjaan tidak dikenal" {
        /// A civil servant.
        Pns = "pns",
        /// Of the army or the police.
        TniPolri = "tni_polri",
        /// Employed.
        Swasta = "swasta",
        /// With a business of one's own.
        Wirausaha = "wirausaha",
        /// At school or university.
        Pelajar = "pelajar",
        /// Anything else.
        Lainnya = "lainnya",
    }
}

words! {
    /// A respondent's sex.
    pub enum JenisKelamin, else UnknownJenisKelamin "jenis kelamin tidak dikenal" {
        /// Male.
        LakiLaki = "laki_laki",
        /// Female.
        Perempuan = "perempuan",
    }
}

/// The worst answer and the best.
pub const NILAI: (i64, i64) = (1, 4);

/// An answer about one element: 1 is the worst, 4 the best. Never the 1 to 5 stars of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u8, minimum = 1, maximum = 4))]
#[serde(try_from = "i64")]
pub struct Nilai(u8);

impl Nilai {
    /// 1 to 4.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Nilai {
    type Error = InvalidIsian;

    fn try_from(value: i64) -> Result<Self, InvalidIsian> {
        isian::number(value, NILAI.0, NILAI.1).map(Self)
    }
}

/// No element was answered.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("jawab paling sedikit satu unsur")]
pub struct NoAnswer;

/// What one respondent answers: at least one element, and any may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "BTreeMap<Unsur, Option<Nilai>>")]
pub struct Jawaban(BTreeMap<Unsur, Nilai>);

impl Jawaban {
    /// The answers that were given.
    ///
    /// # Errors
    /// [`NoAnswer`] if there are none.
    pub fn new(answers: impl IntoIterator<Item = (Unsur, Nilai)>) -> Result<Self, NoAnswer> {
        let answers = BTreeMap::from_iter(answers);
        if answers.is_empty() { Err(NoAnswer) } else { Ok(Self(answers)) }
    }

    /// The answers as a form sends them.
    ///
    /// # Errors
    /// What is wrong, under `unsur.` and the element's name; under `unsur` if nothing was answered.
    pub fn check(sent: &BTreeMap<Unsur, Option<i64>>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut answers = BTreeMap::new();
        for (unsur, value) in sent.iter().filter_map(|(unsur, value)| Some((*unsur, (*value)?))) {
            let nilai = collect(&mut errors, &format!("unsur.{}", unsur.as_str()), Nilai::try_from(value));
            answers.extend(nilai.map(|nilai| (unsur, nilai)));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Self::new(answers).map_err(|error| FieldErrors::from([("unsur".to_owned(), error.into())]))
    }

    /// The answer about an element. `None` if it was left out.
    pub fn get(&self, unsur: Unsur) -> Option<Nilai> {
        self.0.get(&unsur).copied()
    }

    /// The answers that were given, in the order of the elements.
    pub fn iter(&self) -> impl Iterator<Item = (Unsur, Nilai)> {
        self.0.iter().map(|(unsur, nilai)| (*unsur, *nilai))
    }
}

impl TryFrom<BTreeMap<Unsur, Option<Nilai>>> for Jawaban {
    type Error = NoAnswer;

    fn try_from(answers: BTreeMap<Unsur, Option<Nilai>>) -> Result<Self, NoAnswer> {
        Self::new(answers.into_iter().filter_map(|(unsur, nilai)| Some((unsur, nilai?))))
    }
}

impl From<NoAnswer> for FieldError {
    fn from(error: NoAnswer) -> Self {
        Self::new(KodeIsian::Wajib, error)
    }
}

/// What a respondent tells about themselves. All of it may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Responden {
    /// Age.
    pub usia: Option<Usia>,
    /// School.
    pub pendidikan: Option<Pendidikan>,
    /// Occupation.
    pub pekerjaan: Option<Pekerjaan>,
    /// Sex.
    pub jenis_kelamin: Option<JenisKelamin>,
}

/// How many respondents are who; those who do not tell are in none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kelompok {
    /// By age.
    pub usia: BTreeMap<Usia, u32>,
    /// By school.
    pub pendidikan: BTreeMap<Pendidikan, u32>,
    /// By occupation.
    pub pekerjaan: BTreeMap<Pekerjaan, u32>,
    /// By sex.
    pub jenis_kelamin: BTreeMap<JenisKelamin, u32>,
}

/// A survey that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Survei {
    /// The answers.
    pub unsur: Jawaban,
    /// Who answers.
    #[serde(flatten)]
    pub responden: Responden,
    /// In the respondent's words, as [`isian::komentar`] keeps them.
    #[serde(default)]
    pub saran: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(answers: &[(Unsur, Option<i64>)]) -> Result<Jawaban, FieldErrors> {
        Jawaban::check(&answers.iter().copied().collect())
    }

    #[test]
    fn answers_are_1_to_4_and_any_may_be_left_out() {
        let jawaban =
            sent(&[(Unsur::Waktu, Some(1)), (Unsur::Sarana, Some(4)), (Unsur::Biaya, None)]).unwrap();
        assert_eq!(jawaban.get(Unsur::Waktu).map(Nilai::get), Some(1));
        assert_eq!(jawaban.get(Unsur::Sarana).map(Nilai::get), Some(4));
        assert_eq!(jawaban.get(Unsur::Biaya), None);
        assert_eq!(jawaban.iter().count(), 2);
        for value in [0, 5, -1, 257, i64::MIN] {
            let errors = sent(&[(Unsur::Produk, Some(value)), (Unsur::Waktu, Some(9))]).unwrap_err();
            let fields: Vec<_> = errors.keys().map(String::as_str).collect();
            assert_eq!(fields, ["unsur.produk", "unsur.waktu"], "{value}");
            assert_eq!(errors["unsur.produk"].batas, [1, 4]);
        }
    }

    #[test]
    fn a_form_without_an_answer_is_refused() {
        for nothing in [&[][..], &[(Unsur::Waktu, None)]] {
            let errors = sent(nothing).unwrap_err();
            assert_eq!(errors["unsur"].kode, "wajib");
        }
        assert!(serde_json::from_str::<Jawaban>(r#"{ "waktu": null }"#).is_err());
    }

    #[test]
    fn json_names_elements_and_refuses_what_is_no_answer() {
        let json = r#"{ "unsur": { "persyaratan": 4, "pengaduan": null, "sarana": 3 }, "usia": "30_39" }"#;
        let survei: Survei = serde_json::from_str(json).unwrap();
        assert_eq!(survei.responden.usia, Some(Usia::Dari30));
        assert_eq!(survei.responden.pekerjaan, None);
        let written = serde_json::to_value(&survei).unwrap();
        assert_eq!(written["unsur"], serde_json::json!({ "persyaratan": 4, "sarana": 3 }));
        for json in [r#"{ "mutu": 4 }"#, r#"{ "waktu": 5 }"#, r#"{ "waktu": 3.5 }"#, r#"{ "waktu": "4" }"#] {
            assert!(serde_json::from_str::<Jawaban>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn word_and_json_agree() {
        for unsur in Unsur::ALL {
            assert_eq!(unsur.as_str().parse(), Ok(unsur));
            assert_eq!(serde_json::to_value(unsur).unwrap(), unsur.as_str());
        }
        let words = (Usia::ALL.len(), Pendidikan::ALL.len(), Pekerjaan::ALL.len(), JenisKelamin::ALL.len());
        assert_eq!(words, (5, 6, 6, 2));
        assert_eq!("s2_ke_atas".parse(), Ok(Pendidikan::S2));
    }
}
