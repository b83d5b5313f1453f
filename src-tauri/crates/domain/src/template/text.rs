//! One text of a template, taken apart into lines and placeholders.

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::{Placeholder, Values};
use crate::{
    isian::{self, FieldError, InvalidIsian, KodeIsian},
    pesan::JenisPesan,
};

/// Characters of a subject.
pub const SUBJEK_MAX: usize = 150;
/// Characters of a body.
pub const ISI_MAX: usize = 4000;

/// Characters of an unknown placeholder that are told back.
const TOLD: usize = 40;

/// What is wrong with a template's text.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum InvalidTemplate {
    /// Empty or too long.
    #[error(transparent)]
    Length(#[from] InvalidIsian),
    /// A brace that belongs to no placeholder, in this line.
    #[error("baris {0}: kurung kurawal hanya untuk isian, ditulis seperti {{{{nama_tamu}}}}")]
    Braces(usize),
    /// No placeholder, or none of this text.
    #[error("{{{{{name}}}}} tidak dikenal di sini; yang bisa dipakai: {}", listed(allowed, ", "))]
    Unknown {
        /// As it was written.
        name: String,
        /// What can stand here.
        allowed: Vec<Placeholder>,
    },
    /// At least one of these has to be there.
    #[error("{} harus ada", listed(.0, " atau "))]
    Missing(&'static [Placeholder]),
}

fn listed(placeholders: &[Placeholder], between: &str) -> String {
    let braced: Vec<_> = placeholders.iter().map(|one| format!("{{{{{}}}}}", one.as_str())).collect();
    braced.join(between)
}

impl From<InvalidTemplate> for FieldError {
    fn from(error: InvalidTemplate) -> Self {
        match error {
            InvalidTemplate::Length(error) => error.into(),
            InvalidTemplate::Braces(line) => {
                Self { batas: vec![line as i64], ..Self::new(KodeIsian::KurungKurawal, error) }
            }
            InvalidTemplate::Unknown { .. } => Self::new(KodeIsian::IsianAsing, error),
            InvalidTemplate::Missing(_) => Self::new(KodeIsian::IsianKurang, error),
        }
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Placeholder),
}

/// A line, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line(Vec<Piece>);

impl Line {
    /// Takes a line apart.
    fn parse(line: &str, number: usize, allowed: &[Placeholder]) -> Result<Self, InvalidTemplate> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").ok_or(InvalidTemplate::Braces(number))?;
            pieces.push(Piece::Text(plain(before, number)?));
            pieces.push(Piece::Value(known(plain(name, number)?.trim(), allowed)?));
            rest = after;
        }
        pieces.push(Piece::Text(plain(rest, number)?));
        Ok(Self(pieces))
    }

    fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(placeholder) => Some(*placeholder),
            Piece::Text(_) => None,
        })
    }

    /// Whether it has placeholders, and all of them are empty.
    pub(super) fn is_left_out(&self, values: &Values) -> bool {
        let mut placeholders = self.placeholders().peekable();
        placeholders.peek().is_some() && placeholders.all(|one| values.get(one).is_empty())
    }

    /// The line with its values.
    pub(super) fn render(&self, values: &Values) -> String {
        let mut line = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => line.push_str(text),
                Piece::Value(placeholder) if placeholder.is_spoken() => {
                    let name = unsaid(&line, values.get(*placeholder));
                    line.push_str(name);
                }
                Piece::Value(placeholder) => line.push_str(values.get(*placeholder)),
            }
        }
        line
    }
}

/// A name without the form of address that a school's own words say before it already.
fn unsaid<'a>(before: &str, name: &'a str) -> &'a str {
    let ends = name.match_indices(' ').map(|(at, _)| at + 1);
    ends.rev().find(|end| before.ends_with(&name[..*end])).map_or(name, |end| &name[end..])
}

/// A stretch of text between placeholders.
fn plain(text: &str, number: usize) -> Result<String, InvalidTemplate> {
    if text.contains(['{', '}']) { Err(InvalidTemplate::Braces(number)) } else { Ok(text.to_owned()) }
}

fn known(name: &str, allowed: &[Placeholder]) -> Result<Placeholder, InvalidTemplate> {
    let found = allowed.iter().copied().find(|one| one.as_str() == name);
    found.ok_or_else(|| InvalidTemplate::Unknown {
        name: name.chars().take(TOLD).collect(),
        allowed: allowed.to_vec(),
    })
}

/// A subject or a body, as it was entered and taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    source: String,
    lines: Vec<Line>,
}

impl Text {
    /// A subject. It must hold nothing, and may hold no secret.
    pub(super) fn subjek(jenis: JenisPesan, entered: &str) -> Result<Self, InvalidTemplate> {
        let open = jenis.allowed().filter(|placeholder| !placeholder.is_secret());
        Self::parse(isian::required(entered, SUBJEK_MAX)?, &open.collect::<Vec<_>>())
    }

    /// A body, with what it must hold.
    pub(super) fn isi(jenis: JenisPesan, entered: &str) -> Result<Self, InvalidTemplate> {
        let entered = isian::required_lines(entered, ISI_MAX)?;
        let text = Self::parse(entered, &jenis.allowed().collect::<Vec<_>>())?;
        let has = |placeholder: &Placeholder| {
            text.lines.iter().any(|line| line.placeholders().any(|one| one == *placeholder))
        };
        match jenis.required().iter().find(|group| !group.iter().any(has)) {
            Some(group) => Err(InvalidTemplate::Missing(group)),
            None => Ok(text),
        }
    }

    fn parse(source: String, allowed: &[Placeholder]) -> Result<Self, InvalidTemplate> {
        let numbered = source.lines().zip(1..);
        let lines =
            numbered.map(|(line, number)| Line::parse(line, number, allowed)).collect::<Result<_, _>>()?;
        Ok(Self { source, lines })
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn isi(text: &str) -> Result<Text, InvalidTemplate> {
        Text::isi(JenisPesan::Ulasan, text)
    }

    #[test]
    fn a_form_of_address_is_said_once() {
        assert_eq!(unsaid("Yth. ", "Bapak/Ibu Siti Aminah"), "Bapak/Ibu Siti Aminah");
        assert_eq!(unsaid("Yth. Bapak/Ibu ", "Bapak/Ibu Siti Aminah"), "Siti Aminah");
        assert_eq!(unsaid("dengan Bu ", "Bu Ratna"), "Ratna");
        assert_eq!(unsaid("", "Siti"), "Siti");
    }

    #[test]
    fn braces_are_for_placeholders_only() {
        for (text, line) in [
            ("{{tautan}}\n\n{{tautan", 3),
            ("{{tautan}} }}", 1),
            ("{tautan}", 1),
            ("{{{tautan}}}", 1),
            ("{{tautan}} {", 1),
            ("{{tau\ntan}}", 1),
            ("{{ {{tautan}} }}", 1),
        ] {
            assert_eq!(isi(text), Err(InvalidTemplate::Braces(line)), "{text:?}");
        }
        let error = FieldError::from(InvalidTemplate::Braces(3));
        assert_eq!(&*error.teks, "baris 3: kurung kurawal hanya untuk isian, ditulis seperti {{nama_tamu}}");
        assert_eq!(error.batas, [3]);
    }

    #[test]
    fn an_unknown_placeholder_is_named_with_those_that_are_known() {
        let Err(InvalidTemplate::Unknown { name, allowed }) = isi("{{tautan}} {{Nama_Tamu}}") else {
            panic!()
        };
        assert_eq!(name, "Nama_Tamu");
        assert!(allowed.contains(&Placeholder::NamaTamu) && !allowed.contains(&Placeholder::Password));
        let long = isi(&format!("{{{{{}}}}}", "a".repeat(3000))).unwrap_err();
        assert!(long.to_string().len() < 400, "{long}");
        assert!(matches!(isi("{{}}"), Err(InvalidTemplate::Unknown { .. })));
    }

    #[test]
    fn lengths_are_of_characters() {
        let longest = format!("{{{{tautan}}}}{}", "é".repeat(ISI_MAX - 10));
        assert!(isi(&longest).is_ok());
        assert_eq!(isi(&format!("{longest}é")), Err(InvalidIsian::TooLong(ISI_MAX).into()));
        let subjek = |len| Text::subjek(JenisPesan::Ulasan, &"é".repeat(len));
        assert!(subjek(SUBJEK_MAX).is_ok());
        assert_eq!(subjek(SUBJEK_MAX + 1), Err(InvalidIsian::TooLong(SUBJEK_MAX).into()));
        assert_eq!(isi(" \n\u{200B}\n"), Err(InvalidIsian::Empty.into()));
    }
}
