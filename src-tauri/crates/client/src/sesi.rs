//! The session: its tokens, and whether somebody is signed in.

mod pair;

pub(crate) use pair::Sesi;

use crate::Error;

/// The code of a 401 that is not about the token. Sent again, such a request would count as one more failed attempt.
const WRONG_PASSWORD: &str = "kredensial_salah";

/// Whether another access token would help. The server did not act upon such a request.
pub(crate) fn is_about_token(error: &Error) -> bool {
    matches!(error, Error::Problem(problem) if problem.status == 401 && problem.code != WRONG_PASSWORD)
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
