//! Why a command did nothing. Every command fails in this one shape. A kind exists only if a page acts on it;
//! everything else is `other`.

use domain::json::Problem;
use serde::Serialize;
use ts_rs::TS;

use crate::{Api, FinishReason};

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "CommandFailure")]
pub enum Failure {
    /// The server refused, and says why.
    Problem {
        /// In its own words.
        #[ts(as = "Api<Problem>")]
        problem: Box<Problem>,
        /// The same request may be sent again after so many seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        retry_after_s: Option<u64>,
    },
    /// Nobody answered, or somebody else did.
    Unreachable,
    /// The server answered that its database does not.
    Unavailable,
    /// Nobody is signed in any more.
    SignedOut,
    /// The page missed messages: it has to be loaded anew.
    Gone,
    /// No server answers at a typed address.
    Address {
        /// What is in the way.
        reason: AddressFault,
    },
    /// The PC is not what it was to become.
    Setup {
        /// What is in the way.
        reason: FinishReason,
        /// The field to mend it in.
        field: Option<String>,
        /// In the program's own words.
        detail: String,
    },
    /// Nothing that a page could mend.
    Other {
        /// In the program's own words, for whoever looks for the cause.
        detail: String,
    },
}

impl Failure {
    /// Nothing that a page could mend.
    pub fn other(detail: impl ToString) -> Self {
        Self::Other { detail: detail.to_string() }
    }

    /// The PC is not what it was to become, for this reason.
    pub fn setup(reason: impl Into<FinishReason>, field: Option<&str>, detail: impl ToString) -> Self {
        Self::Setup { reason: reason.into(), field: field.map(str::to_owned), detail: detail.to_string() }
    }
}

/// Why there is no server at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AddressFault {
    /// It is no address.
    Address,
    /// Nobody answers.
    Unreachable,
    /// No secure connection comes about.
    Tls,
}
