//! A guru's answer to an arrival: a kind with its words, so that every screen can show it in its reader's language.

use chrono::{DateTime, Utc};

use crate::{
    IdPengguna, JanjiTemu,
    columns::{Columns, Value},
    isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    words::words,
};

words! {
    /// What an answer means.
    pub enum JenisTanggapan, else UnknownJenisTanggapan "jenis tanggapan tidak dikenal" {
        /// The guru comes to the lobby.
        KeLobi = "ke_lobi",
        /// The guru comes in so many minutes.
        Sebentar = "sebentar",
        /// The guest shall be brought to a place.
        Antar = "antar",
        /// The guru cannot meet the guest.
        TidakBisa = "tidak_bisa",
        /// Whatever the words say.
        Teks = "teks",
    }
}

impl JenisTanggapan {
    /// Whether the answer calls the guest. A guest who is scanned a while after being called leaves.
    pub const fn memanggil(self) -> bool {
        match self {
            JenisTanggapan::KeLobi | JenisTanggapan::Antar => true,
            JenisTanggapan::Sebentar | JenisTanggapan::TidakBisa | JenisTanggapan::Teks => false,
        }
    }
}

/// An answer, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tanggapan {
    /// What it means.
    pub jenis: JenisTanggapan,
    /// Its words, as the guru sent them, or the standard ones of the kind.
    pub teks: String,
    /// Of `sebentar`: in how many minutes, 1 to 240.
    pub menit: Option<u16>,
    /// Of `antar`: where to.
    pub tempat: Option<String>,
}

/// An answer as it is sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct TanggapanMasuk<'a> {
    /// The words.
    pub teks: Option<&'a str>,
    /// The kind; missing from clients that know words only.
    pub jenis: Option<JenisTanggapan>,
    /// Minutes.
    pub menit: Option<i64>,
    /// A place.
    pub tempat: Option<&'a str>,
}

/// Longest wait that an answer can name.
pub const MENIT_MAX: i64 = 240;

/// Words of `antar` if no place is named.
const ANTAR: &str = "Antar ke ruang";

impl Tanggapan {
    /// Checks an answer; `None` takes back what was answered before. Words without a kind are the kind whose standard
    /// words they are, or `teks`. A kind without words has its standard ones. Nothing that was sent is dropped: minutes
    /// belong to `sebentar`, a place to `antar`.
    ///
    /// # Errors
    /// Messages under the names of the fields in JSON.
    pub fn check(masuk: TanggapanMasuk<'_>) -> Result<Option<Self>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let teks = collect(&mut errors, "tanggapan", isian::tanggapan(masuk.teks));
        let tempat = collect(&mut errors, "tanggapan_tempat", isian::optional_line(masuk.tempat));
        let menit = masuk.menit.map(|menit| isian::number::<u16>(menit, 1, MENIT_MAX)).transpose();
        let menit = collect(&mut errors, "tanggapan_menit", menit);
        let (Some(teks), Some(tempat), Some(menit)) = (teks, tempat, menit) else { return Err(errors) };

        let meant = teks.as_deref().map(Self::of_words);
        let jenis = match (masuk.jenis, &meant) {
            (Some(jenis), _) => jenis,
            (None, Some(meant)) => meant.jenis,
            (None, None) if menit.is_none() && tempat.is_none() => return Ok(None),
            (None, None) => return Err(one_error("tanggapan_jenis", InvalidIsian::Empty)),
        };
        // What the words mean by themselves counts if the field was left out.
        let meant = meant.filter(|meant| meant.jenis == jenis);
        let menit = menit.or_else(|| meant.as_ref()?.menit);
        let tempat = tempat.or_else(|| meant.as_ref()?.tempat.clone());

        let is_missing = |field: &str| one_error(field, InvalidIsian::Empty);
        match jenis {
            JenisTanggapan::Sebentar if menit.is_none() => return Err(is_missing("tanggapan_menit")),
            JenisTanggapan::Antar if tempat.is_none() && meant.is_none() => {
                return Err(is_missing("tanggapan_tempat"));
            }
            JenisTanggapan::Teks if teks.is_none() => return Err(is_missing("tanggapan")),
            _ => {}
        }
        if menit.is_some() && jenis != JenisTanggapan::Sebentar {
            return Err(one_error("tanggapan_menit", only_of("sebentar")));
        }
        if tempat.is_some() && jenis != JenisTanggapan::Antar {
            return Err(one_error("tanggapan_tempat", only_of("antar")));
        }
        let teks = teks.unwrap_or_else(|| standard_words(jenis, menit, tempat.as_deref()));
        Ok(Some(Self { jenis, teks, menit, tempat }))
    }

    /// Whether it is what stands as the answer.
    pub fn stands_in(&self, janji_temu: &JanjiTemu) -> bool {
        (janji_temu.tanggapan_jenis, janji_temu.tanggapan_menit) == (Some(self.jenis), self.menit)
            && janji_temu.tanggapan.as_ref() == Some(&self.teks)
            && janji_temu.tanggapan_tempat == self.tempat
    }

    /// What an answer that `oleh` gave at `waktu` sets of its appointment. An answer also marks the notification as
    /// read.
    pub fn columns(&self, oleh: IdPengguna, waktu: DateTime<Utc>) -> Columns {
        let mut columns = columns(Some(self), Some((oleh, waktu)));
        columns.push(("dibaca_pada", Value::FirstTime(waktu)));
        columns
    }

    /// The answer that words alone stand for.
    fn of_words(teks: &str) -> Self {
        let plain = teks.trim_end_matches(['.', '!']).to_lowercase();
        let (jenis, menit, tempat) = match plain.as_str() {
            "saya ke lobi" => (JenisTanggapan::KeLobi, None, None),
            "tidak bisa" => (JenisTanggapan::TidakBisa, None, None),
            "antar ke ruang" => (JenisTanggapan::Antar, None, None),
            words => match (minutes(words), place(teks)) {
                (Some(menit), _) => (JenisTanggapan::Sebentar, Some(menit), None),
                (None, Some(tempat)) => (JenisTanggapan::Antar, None, Some(tempat)),
                (None, None) => (JenisTanggapan::Teks, None, None),
            },
        };
        Self { jenis, teks: teks.to_owned(), menit, tempat }
    }
}

/// What taking an answer back leaves of it.
pub fn taken_back() -> Columns {
    columns(None, None)
}

fn columns(tanggapan: Option<&Tanggapan>, ditanggapi: Option<(IdPengguna, DateTime<Utc>)>) -> Columns {
    let (oleh, pada) = ditanggapi.unzip();
    let menit = tanggapan.and_then(|tanggapan| tanggapan.menit);
    vec![
        ("tanggapan", Value::Text(tanggapan.map(|tanggapan| tanggapan.teks.clone()))),
        ("tanggapan_jenis", Value::Text(tanggapan.map(|tanggapan| tanggapan.jenis.as_str().to_owned()))),
        ("tanggapan_menit", Value::Number(menit.map(i64::from))),
        ("tanggapan_tempat", Value::Text(tanggapan.and_then(|tanggapan| tanggapan.tempat.clone()))),
        ("ditanggapi_pada", Value::Time(pada)),
        ("ditanggapi_oleh", Value::Number(oleh.map(|id| id.0))),
    ]
}

/// The words of a kind, in the school's own language.
fn standard_words(jenis: JenisTanggapan, menit: Option<u16>, tempat: Option<&str>) -> String {
    match (jenis, menit, tempat) {
        (JenisTanggapan::KeLobi, ..) => "Saya ke lobi".to_owned(),
        (JenisTanggapan::Sebentar, Some(menit), _) => format!("{menit} menit lagi"),
        (JenisTanggapan::Antar, _, Some(tempat)) => format!("Antar ke {tempat}"),
        (JenisTanggapan::Antar, ..) => ANTAR.to_owned(),
        (JenisTanggapan::TidakBisa, ..) => "Tidak bisa".to_owned(),
        (JenisTanggapan::Sebentar | JenisTanggapan::Teks, ..) => String::new(),
    }
}

/// Of "5 menit lagi".
fn minutes(plain: &str) -> Option<u16> {
    let number: i64 = plain.strip_suffix(" menit lagi")?.parse().ok()?;
    isian::number(number, 1, MENIT_MAX).ok()
}

/// Of "Antar ke Ruang 3". A whole sentence is words, not a place.
fn place(teks: &str) -> Option<String> {
    let (antar, tempat) = teks.split_at_checked("antar ke ".len())?;
    let is_place = antar.eq_ignore_ascii_case("antar ke ") && !tempat.contains([',', '.', ';', '!', '?']);
    is_place.then(|| tempat.to_owned()).filter(|tempat| !tempat.is_empty() && tempat.chars().count() <= 40)
}

fn one_error(field: &str, error: impl Into<FieldError>) -> FieldErrors {
    FieldErrors::from([(field.to_owned(), error.into())])
}

fn only_of(jawaban: &str) -> FieldError {
    FieldError::new(KodeIsian::BukanUntukJawabanItu, format_args!("hanya untuk jawaban {jawaban}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(teks: &str) -> Tanggapan {
        Tanggapan::check(TanggapanMasuk { teks: Some(teks), ..TanggapanMasuk::default() }).unwrap().unwrap()
    }

    fn fields(masuk: TanggapanMasuk<'_>) -> Vec<String> {
        Tanggapan::check(masuk).unwrap_err().into_keys().collect()
    }

    #[test]
    fn words_alone_are_the_kind_whose_standard_words_they_are() {
        let kinds = [
            ("Saya ke lobi", JenisTanggapan::KeLobi, None, None),
            ("saya ke lobi.", JenisTanggapan::KeLobi, None, None),
            ("5 menit lagi", JenisTanggapan::Sebentar, Some(5), None),
            ("15 menit lagi", JenisTanggapan::Sebentar, Some(15), None),
            ("Antar ke ruang", JenisTanggapan::Antar, None, None),
            ("Antar ke Ruang 3", JenisTanggapan::Antar, None, Some("Ruang 3")),
            ("Tidak bisa", JenisTanggapan::TidakBisa, None, None),
            ("Tidak bisa hari ini", JenisTanggapan::Teks, None, None),
            ("900 menit lagi", JenisTanggapan::Teks, None, None),
            ("Antar ke ruang guru, saya menyusul", JenisTanggapan::Teks, None, None),
            ("Mohon tunggu", JenisTanggapan::Teks, None, None),
        ];
        for (teks, jenis, menit, tempat) in kinds {
            let expected =
                Tanggapan { jenis, teks: teks.to_owned(), menit, tempat: tempat.map(str::to_owned) };
            assert_eq!(words(teks), expected);
        }
    }

    #[test]
    fn a_kind_without_words_has_its_standard_ones_and_is_read_back_as_itself() {
        let kinds = [
            (JenisTanggapan::KeLobi, None, None, "Saya ke lobi"),
            (JenisTanggapan::Sebentar, Some(10), None, "10 menit lagi"),
            (JenisTanggapan::Antar, None, Some("Ruang 3"), "Antar ke Ruang 3"),
            (JenisTanggapan::TidakBisa, None, None, "Tidak bisa"),
        ];
        for (jenis, menit, tempat, teks) in kinds {
            let masuk = TanggapanMasuk { teks: None, jenis: Some(jenis), menit, tempat };
            let made = Tanggapan::check(masuk).unwrap().unwrap();
            assert_eq!(made.teks, teks);
            assert_eq!(words(teks), made);
        }
    }

    #[test]
    fn a_kind_keeps_the_words_it_came_with() {
        let masuk = TanggapanMasuk {
            teks: Some("Maaf, sedang rapat"),
            jenis: Some(JenisTanggapan::TidakBisa),
            ..TanggapanMasuk::default()
        };
        let made = Tanggapan::check(masuk).unwrap().unwrap();
        assert_eq!((made.jenis, &*made.teks), (JenisTanggapan::TidakBisa, "Maaf, sedang rapat"));
    }

    #[test]
    fn nothing_takes_the_answer_back() {
        assert_eq!(Tanggapan::check(TanggapanMasuk::default()), Ok(None));
        let blank = TanggapanMasuk { teks: Some("  "), ..TanggapanMasuk::default() };
        assert_eq!(Tanggapan::check(blank), Ok(None));
    }

    #[test]
    fn what_belongs_to_another_kind_or_is_missing_is_told() {
        let of = |jenis| TanggapanMasuk { jenis: Some(jenis), ..TanggapanMasuk::default() };
        assert_eq!(fields(of(JenisTanggapan::Sebentar)), ["tanggapan_menit"]);
        assert_eq!(fields(of(JenisTanggapan::Antar)), ["tanggapan_tempat"]);
        assert_eq!(fields(of(JenisTanggapan::Teks)), ["tanggapan"]);
        let ke_lobi = of(JenisTanggapan::KeLobi);
        assert_eq!(fields(TanggapanMasuk { menit: Some(5), ..ke_lobi }), ["tanggapan_menit"]);
        assert_eq!(fields(TanggapanMasuk { tempat: Some("Ruang 3"), ..ke_lobi }), ["tanggapan_tempat"]);
        for menit in [0, -1, 241, i64::MAX] {
            let masuk = TanggapanMasuk { menit: Some(menit), ..of(JenisTanggapan::Sebentar) };
            assert_eq!(fields(masuk), ["tanggapan_menit"], "{menit}");
        }
        let unkind = TanggapanMasuk { menit: Some(5), ..TanggapanMasuk::default() };
        assert_eq!(fields(unkind), ["tanggapan_jenis"]);
    }

    #[test]
    fn word_and_json_agree() {
        for jenis in JenisTanggapan::ALL {
            assert_eq!(jenis.as_str().parse(), Ok(jenis));
            assert_eq!(serde_json::to_value(jenis).unwrap(), jenis.as_str());
        }
    }
}
