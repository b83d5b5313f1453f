//! Why a picture file gives no picture, or no text.

use std::{fmt, io};

use super::kind::Stranger;

/// Why a file gives no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("cannot read the file: {0}")]
    Io(#[from] io::Error),
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// A picture or document of a kind that is not read here.
    #[error("{0} is not read here")]
    Stranger(Stranger),
    /// The content is no picture, or it is damaged.
    #[error("not a picture that can be read: {0}")]
    Broken(String),
    /// The picture would need more memory or work than is granted.
    #[error("the picture is too large: {0}")]
    TooLarge(String),
}

/// Why a picture file gave no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// A good picture without a code.
    NoCode,
    /// A picture that is damaged or cut off, or no picture at all.
    Broken,
    /// The file is empty.
    Empty,
    /// The picture has more pixels or bytes than are read.
    TooLarge,
    /// A picture or document of a kind that is not read here.
    Stranger(Stranger),
    /// The operating system does not give the file.
    Denied,
    /// It took too long, because too much in it looks like codes.
    GivenUp,
}

impl Unread {
    /// The word by which pages know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoCode => "no_code",
            Self::Broken => "broken",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Stranger(_) => "unknown_format",
            Self::Denied => "denied",
            Self::GivenUp => "given_up",
        }
    }
}

impl From<&PictureError> for Unread {
    fn from(error: &PictureError) -> Self {
        match error {
            PictureError::Io(_) => Self::Denied,
            PictureError::Empty => Self::Empty,
            PictureError::Stranger(stranger) => Self::Stranger(*stranger),
            PictureError::Broken(_) => Self::Broken,
            PictureError::TooLarge(_) => Self::TooLarge,
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCode => f.write_str("no code was found in it"),
            Self::Broken => f.write_str("it is damaged, cut off, or no picture"),
            Self::Empty => f.write_str("the file is empty"),
            Self::TooLarge => f.write_str("it is larger than is read"),
            Self::Stranger(stranger) => write!(f, "{stranger} is not read"),
            Self::Denied => f.write_str("the file cannot be opened"),
            Self::GivenUp => f.write_str("reading it took too long"),
        }
    }
}
