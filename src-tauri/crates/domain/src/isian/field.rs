//! A field of a form, checked where it is read.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::{FieldError, FieldErrors, InvalidIsian, bulan, collect, tanggal, waktu};
use crate::{IdJanjiTemu, IdPengguna, IdTamu};

/// What somebody entered into a field, or what is wrong with it. Reading a form so fails over no field: all that is
/// wrong with the form is told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T>(Result<T, InvalidIsian>);

impl<T: Clone> Field<T> {
    /// What was entered; what is wrong goes under the field's name.
    pub fn collect(&self, errors: &mut FieldErrors, name: &str) -> Option<T> {
        collect(errors, name, self.0.clone())
    }

    /// What was entered.
    ///
    /// # Errors
    /// What is wrong, under the field's name.
    pub fn get(&self, name: &str) -> Result<T, FieldErrors> {
        self.0.clone().map_err(|error| FieldErrors::from([(name.to_owned(), FieldError::from(error))]))
    }
}

impl<'de, T: Entered> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::Sent::deserialize(deserializer).map(T::check).map(Self)
    }
}

/// What can be entered into a field of its own kind.
pub trait Entered: Sized {
    /// How it is sent.
    type Sent: DeserializeOwned;

    /// What was meant.
    ///
    /// # Errors
    /// What is wrong with what was sent.
    fn check(sent: Self::Sent) -> Result<Self, InvalidIsian>;
}

/// Identities count from 1.
macro_rules! identity {
    ($($id:ident),+) => {$(
        impl Entered for $id {
            type Sent = i64;

            fn check(sent: i64) -> Result<Self, InvalidIsian> {
                if sent >= 1 { Ok(Self(sent)) } else { Err(InvalidIsian::Id) }
            }
        }
    )+};
}

identity!(IdPengguna, IdTamu, IdJanjiTemu);

/// A day, `YYYY-MM-DD`.
impl Entered for NaiveDate {
    type Sent = String;

    fn check(sent: String) -> Result<Self, InvalidIsian> {
        tanggal(&sent)
    }
}

/// A time of a day, `HH:MM`.
impl Entered for NaiveTime {
    type Sent = String;

    fn check(sent: String) -> Result<Self, InvalidIsian> {
        waktu(&sent)
    }
}

/// A month, `YYYY-MM`, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bulan(pub NaiveDate);

impl Entered for Bulan {
    type Sent = String;

    fn check(sent: String) -> Result<Self, InvalidIsian> {
        bulan(&sent).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Form {
        id: Option<Field<IdTamu>>,
        tanggal: Field<NaiveDate>,
        waktu: Field<NaiveTime>,
        bulan: Field<Bulan>,
    }

    #[test]
    fn all_that_is_wrong_with_a_form_is_told_at_once() {
        let form = r#"{ "id": 0, "tanggal": "2026-02-30", "waktu": "7", "bulan": "2026-13" }"#;
        let Form { id, tanggal, waktu, bulan } = serde_json::from_str(form).unwrap();
        let mut errors = FieldErrors::new();
        assert_eq!(id.and_then(|id| id.collect(&mut errors, "id")), None);
        assert_eq!(tanggal.collect(&mut errors, "tanggal"), None);
        assert_eq!(waktu.collect(&mut errors, "waktu"), None);
        assert_eq!(bulan.collect(&mut errors, "bulan"), None);
        assert_eq!(errors.into_keys().collect::<Vec<_>>(), ["bulan", "id", "tanggal", "waktu"]);
    }

    #[test]
    fn what_was_meant_is_read_and_what_is_of_another_kind_is_not() {
        let form = r#"{ "tanggal": "2026-02-28", "waktu": "07:05:59", "bulan": "2026-12" }"#;
        let form: Form = serde_json::from_str(form).unwrap();
        assert!(form.id.is_none());
        assert_eq!(form.tanggal.get("tanggal").unwrap().to_string(), "2026-02-28");
        assert_eq!(form.waktu.get("waktu").unwrap().to_string(), "07:05:00");
        assert_eq!(form.bulan.get("bulan").unwrap().0.to_string(), "2026-12-01");
        assert!(serde_json::from_str::<Field<IdTamu>>("\"7\"").is_err());
        assert!(serde_json::from_str::<Field<NaiveDate>>("20260228").is_err());
    }
}
