//! Which passwords may be chosen, and how hard one is to guess. Hashing is the server's.
//!
//! `zxcvbn` estimates how many guesses a password takes. What it does not know is added here: Indonesian words, and
//! what everybody can find out about the person who chooses.

use std::sync::LazyLock;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Serialize;
use thiserror::Error;
use zxcvbn::zxcvbn;

/// The least length of a password, in bytes.
pub const MIN_BYTES: usize = 8;
/// The greatest length of a password, in bytes. bcrypt ignores the rest.
pub const MAX_BYTES: usize = 72;

/// Why a password is refused. The names are the codes of the answer.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvalidPassword {
    /// Under 8 bytes.
    #[error("paling sedikit 8 karakter")]
    #[serde(rename = "terlalu_pendek")]
    TooShort,
    /// Over 72 bytes, beyond which bcrypt would ignore the rest.
    #[error("paling banyak 72 byte")]
    #[serde(rename = "terlalu_panjang")]
    TooLong,
    /// bcrypt ends at a zero byte.
    #[error("berisi karakter yang tidak boleh dipakai")]
    #[serde(rename = "karakter_terlarang")]
    ForbiddenCharacter,
    /// Among the first that an attacker tries, or made of such words.
    #[error("terlalu umum; pilih yang tidak mudah ditebak")]
    #[serde(rename = "terlalu_umum")]
    TooCommon,
    /// The person's own name and little else.
    #[error("hampir seluruhnya nama Anda; pilih yang tidak mudah ditebak")]
    #[serde(rename = "memuat_nama")]
    OwnName,
    /// The person's own address and little else.
    #[error("hampir seluruhnya alamat email Anda; pilih yang tidak mudah ditebak")]
    #[serde(rename = "memuat_email")]
    OwnEmail,
    /// The person's own number and little else.
    #[error("hampir seluruhnya nomor telepon Anda; pilih yang tidak mudah ditebak")]
    #[serde(rename = "memuat_telp")]
    OwnTelp,
    /// The school's name and little else.
    #[error("hampir seluruhnya nama sekolah; pilih yang tidak mudah ditebak")]
    #[serde(rename = "memuat_nama_sekolah")]
    SchoolName,
    /// Years or a date, and little else.
    #[error("hampir seluruhnya tahun atau tanggal; pilih yang tidak mudah ditebak")]
    #[serde(rename = "pola_tahun")]
    YearPattern,
    /// Guessed in too few attempts.
    #[error("terlalu mudah ditebak; tambahkan beberapa kata")]
    #[serde(rename = "mudah_ditebak")]
    Guessable,
}

impl InvalidPassword {
    /// The code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "terlalu_pendek",
            Self::TooLong => "terlalu_panjang",
            Self::ForbiddenCharacter => "karakter_terlarang",
            Self::TooCommon => "terlalu_umum",
            Self::OwnName => "memuat_nama",
            Self::OwnEmail => "memuat_email",
            Self::OwnTelp => "memuat_telp",
            Self::SchoolName => "memuat_nama_sekolah",
            Self::YearPattern => "pola_tahun",
            Self::Guessable => "mudah_ditebak",
        }
    }
}

/// What everybody can find out about the person who chooses. A field is empty if nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Their name.
    pub nama: String,
    /// Their address.
    pub email: String,
    /// Their number.
    pub telp: String,
    /// Their school.
    pub nama_sekolah: String,
}

/// How hard a password is to guess, and whether it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// 0, guessed at once, to 4, guessed by nobody.
    pub score: u8,
    /// Why it is refused; `None` if it is accepted.
    pub refused: Option<InvalidPassword>,
}

/// Accepts a new password if it has 8 to 72 bytes, is hard to guess, and is not made of what others know of the
/// person. Some take tenths of a second.
///
/// # Errors
/// [`InvalidPassword`].
pub fn check_new(password: &str, known: &Known) -> Result<(), InvalidPassword> {
    match rate(password, known).refused {
        Some(refused) => Err(refused),
        None => Ok(()),
    }
}

/// Rates how hard a password is to guess, and whether [`check_new`] accepts it.
pub fn rate(password: &str, known: &Known) -> Rating {
    let form = if password.len() < MIN_BYTES {
        Some(InvalidPassword::TooShort)
    } else if password.len() > MAX_BYTES {
        Some(InvalidPassword::TooLong)
    } else if password.contains('\0') {
        Some(InvalidPassword::ForbiddenCharacter)
    } else {
        None
    };
    if form.is_some() {
        return Rating { score: 0, refused: form };
    }
    let words = known.words();
    if let Some(made_of) = made_of(password, &words) {
        return Rating { score: 0, refused: Some(made_of) };
    }
    let inputs: Vec<_> = words
        .iter()
        .map(|(word, _)| word.as_str())
        .chain(WORDS.iter().copied())
        .chain(COMMONEST.lines())
        .collect();
    let estimate = zxcvbn(password, &inputs);
    let refused = (estimate.guesses() < GUESSES_MIN).then_some(InvalidPassword::Guessable);
    Rating { score: u8::from(estimate.score()), refused }
}

/// Passwords of 8 characters and more that published lists put first, and those that a school would think of; one a
/// line.
const COMMONEST: &str = include_str!("password/commonest.txt");

/// Words that Indonesian passwords are made of.
static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<_> = include_str!("password/words.txt").split_whitespace().collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// The guesses that eight random characters take. Fewer are not enough.
const GUESSES_MIN: u64 = 100_000_000;

/// A password needs at least this many characters besides what is known.
const REST_MIN: usize = 4;

/// Shorter words are ignored: they stand in others by chance.
const WORD_MIN: usize = 3;

impl Known {
    /// The words of all fields in lower-case letters and digits, the longest first, and the refusal that using one
    /// means.
    fn words(&self) -> Vec<(String, InvalidPassword)> {
        let sources = [
            (&self.nama, InvalidPassword::OwnName),
            (&self.email, InvalidPassword::OwnEmail),
            (&self.nama_sekolah, InvalidPassword::SchoolName),
        ];
        let mut words = Vec::new();
        for (text, meaning) in sources {
            words.push((plain(text), meaning));
            words.extend(text.split(|c: char| !c.is_alphanumeric()).map(|word| (plain(word), meaning)));
        }
        // A number is written with a country code, with a zero or with neither.
        let digits = plain(&self.telp);
        words.push((digits.trim_start_matches("62").to_owned(), InvalidPassword::OwnTelp));
        words.retain(|(word, _)| word.chars().count() >= WORD_MIN && !is_everyones(word));
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words
    }
}

/// The ends of addresses say nothing about the person, and occur in other words.
fn is_everyones(word: &str) -> bool {
    ["com", "net", "org", "sch", "gmail", "yahoo", "example"].contains(&word)
}

/// What a password is made of, if it holds next to nothing else.
fn made_of(password: &str, words: &[(String, InvalidPassword)]) -> Option<InvalidPassword> {
    // Once as it is written, and once with figures read as the letters that they stand for.
    [plain(password), plain(&unmasked(password))].into_iter().find_map(|text| {
        let (mut rest, mut found) = (text, None);
        for (word, meaning) in words {
            if rest.contains(word.as_str()) {
                rest = rest.replace(word.as_str(), " ");
                found = found.or(Some(*meaning));
            }
        }
        let (without_words, has_words) = without_common(&rest);
        let (rest, has_years) = without_years(&without_words);
        let left = rest.chars().filter(|c| c.is_alphanumeric()).count();
        let meaning = found
            .or(has_words.then_some(InvalidPassword::TooCommon))
            .or(has_years.then_some(InvalidPassword::YearPattern));
        meaning.filter(|_| left < REST_MIN)
    })
}

/// Lower-case letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Replaces figures and signs by the letters that they stand for.
fn unmasked(text: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    };
    text.chars().map(letter).collect()
}

/// The text without common words, and whether there were any.
fn without_common(text: &str) -> (String, bool) {
    let mut rest = text.to_owned();
    let mut longest_first: Vec<_> = WORDS.iter().filter(|word| word.len() >= WORD_MIN).collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest_first {
        rest = rest.replace(*word, " ");
    }
    let has_words = rest != text;
    (rest, has_words)
}

/// The text without years of this century and the last, and without a day and month beside one; and whether there were
/// any.
fn without_years(text: &str) -> (String, bool) {
    let mut chars: Vec<char> = text.chars().collect();
    let mut found = false;
    let mut at = 0;
    while at + 4 <= chars.len() {
        let year = &chars[at..at + 4];
        let is_year = matches!(year[..2], ['1', '9'] | ['2', '0']) && year.iter().all(char::is_ascii_digit);
        if !is_year {
            at += 1;
            continue;
        }
        found = true;
        let digits_before = chars[..at].iter().rev().take(4).take_while(|c| c.is_ascii_digit()).count();
        let digits_after = chars[at + 4..].iter().take(4).take_while(|c| c.is_ascii_digit()).count();
        let next_is_year =
            chars[at + 4..].first().is_some_and(|c| matches!(c, '1' | '2')) && digits_after == 4;
        let after = if next_is_year { 0 } else { digits_after };
        chars[at - digits_before..at + 4 + after].fill(' ');
        at += 4;
    }
    (chars.into_iter().collect(), found)
}

/// As it is hashed: keyboards write the same letter, such as `é`, in different ways.
pub fn composed(password: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(password).into_owned()
}

/// How a password may be meant that was typed so: as it is hashed, as it was hashed by older versions, and without
/// the blanks that are copied with a first password.
pub fn readings(typed: &str) -> Vec<String> {
    let mut readings = vec![composed(typed)];
    for reading in [typed.to_owned(), composed(typed.trim())] {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

#[cfg(test)]
mod tests;
