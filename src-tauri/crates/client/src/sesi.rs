//! The session: its tokens, and whether somebody is signed in.

mod pair;

use domain::ErrorCode;

pub(crate) use pair::Sesi;

use crate::Error;

/// Whether another access token would help. The server did not act upon such a request. A wrong password is a 401 too;
/// sent again, it would count as one more failed attempt.
pub(crate) fn is_about_token(error: &Error) -> bool {
    matches!(error, Error::Problem(problem) if problem.status == 401 && problem.code != ErrorCode::KredensialSalah)
}

/// Whether somebody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Somebody is. Each sign-in has another number.
    In(u64),
    /// Nobody is.
    Out(Reason),
}

impl Status {
    /// Whether nobody is signed in.
    pub fn is_out(self) -> bool {
        matches!(self, Status::Out(_))
    }
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has signed in on this PC yet, or the last user has signed out.
    SignedOut,
    /// The server ended the session, because it grew too old, the password was changed or the user was deactivated.
    Ended,
}
