//! What can go wrong between here and the server, in the distinctions that a caller acts on.
//!
//! No variant carries a token, a telephone number, an address with its query, or a body, because these texts are
//! logged.

use std::error::Error as StdError;
use std::{io, ops::Deref};

use domain::{ErrorCode, json::Problem};
use thiserror::Error;

use crate::pin::PinMismatch;

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a request got no answer, or not the one that was asked for. Cheap to clone, so that requests that wait for the
/// same renewal of a token share its outcome.
#[derive(Clone, Debug, Error)]
pub enum Error {
    /// The server understood the request and refused it. Programs branch on `code`.
    #[error("the server refused: {} {}", .0.status, .0.code)]
    Problem(Box<Refusal>),
    /// No answer: nobody is there, it came too late, or the connection broke.
    #[error("the server cannot be reached: {0}")]
    Unreachable(#[from] Unreachable),
    /// The certificate is not the paired one: it is another server, or somebody in between. Nothing was sent.
    #[error("the server's certificate is not the paired one")]
    PinMismatch,
    /// No secure connection for another reason, such as a certificate that no known authority signed.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// Whatever answered is no Buku Tamu server of a version that this program knows.
    #[error("unexpected answer: {0}")]
    Protocol(String),
    /// Nobody is signed in, or the session has ended. Ask for the password.
    #[error("not signed in")]
    Unauthorised,
    /// The address cannot be used as it is.
    #[error("the address cannot be used: {0}")]
    Address(&'static str),
    /// Neither the keyring nor a file keeps the session.
    #[error("the session cannot be kept: {0}")]
    Storage(String),
}

/// Why the server could not be reached.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Unreachable {
    /// No connection was made, so the server has not seen the request.
    #[error("no connection")]
    Connect,
    /// No answer came in time. The server may have acted on the request.
    #[error("timed out")]
    Timeout,
    /// The connection broke before the answer was complete. The server may have acted on the request.
    #[error("the connection was cut")]
    Cut,
}

/// What the server refused with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The server's own words.
    pub problem: Problem,
    /// After how many seconds the same request may be sent again; `None` if the server did not say.
    pub retry_after_s: Option<u64>,
}

impl Deref for Refusal {
    type Target = Problem;

    fn deref(&self) -> &Problem {
        &self.problem
    }
}

impl Error {
    /// The problem document's `code`, if there is one.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Error::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }

    /// Whether the same request may succeed a moment later by itself.
    pub fn is_temporary(&self) -> bool {
        match self {
            Error::Unreachable(_) => true,
            Error::Problem(problem) => matches!(problem.status, 502..=504),
            _ => false,
        }
    }

    /// Reads an error of the HTTP library. Leaves out the address, which may hold a guest's name or code.
    pub(crate) fn from_reqwest(error: &reqwest::Error) -> Self {
        if let Some(tls) = tls_cause(error) {
            return Self::from_tls(tls);
        }
        match error {
            error if error.is_connect() => Unreachable::Connect.into(),
            error if error.is_timeout() => Unreachable::Timeout.into(),
            error if error.is_builder() => Self::Protocol("the request could not be built".to_owned()),
            _ => Unreachable::Cut.into(),
        }
    }

    /// Reads an error of a socket, or of TLS over it.
    pub(crate) fn from_io(error: &io::Error) -> Self {
        match tls_cause(error) {
            Some(tls) => Self::from_tls(tls),
            None if error.kind() == io::ErrorKind::TimedOut => Unreachable::Timeout.into(),
            None => Unreachable::Cut.into(),
        }
    }

    fn from_tls(error: &rustls::Error) -> Self {
        use rustls::{CertificateError, Error as Tls};
        match error {
            Tls::InvalidCertificate(CertificateError::Other(other)) if other.0.is::<PinMismatch>() => {
                Self::PinMismatch
            }
            other => Self::Tls(other.to_string()),
        }
    }
}

/// The TLS error at the root. `io::Error` hides what it wraps from `source()`, so this looks inside, too.
fn tls_cause<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}
