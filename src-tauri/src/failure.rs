//! What became of a command, in the shape that pages know: `{ok: true, data}` or `{ok: false, failure}`.

use client::{Error, Refusal};
use domain::json::Problem;
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Failure {
    /// The server refused, and says why.
    Problem {
        /// In its own words.
        problem: Box<Problem>,
        /// The same request may be sent again after so many seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_s: Option<u64>,
    },
    /// Nobody answered, or somebody else did.
    Unreachable,
    /// The server answered that its database does not.
    Unavailable,
    /// Nobody is signed in any more.
    SignedOut,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        match error {
            Error::Problem(refusal) if refusal.code == "database_tidak_tersedia" => Self::Unavailable,
            Error::Problem(refusal) => {
                let Refusal { problem, retry_after_s } = &**refusal;
                Self::Problem { problem: Box::new(problem.clone()), retry_after_s: *retry_after_s }
            }
            Error::Unauthorised => Self::SignedOut,
            error => {
                tracing::info!(%error, "no answer");
                Self::Unreachable
            }
        }
    }
}

/// A [`Result`] as pages read it.
pub(crate) struct Outcome<T>(Result<T, Failure>);

impl<T> From<Result<T, Failure>> for Outcome<T> {
    fn from(result: Result<T, Failure>) -> Self {
        Self(result)
    }
}

impl<T: Serialize> Serialize for Outcome<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Outcome", 2)?;
        fields.serialize_field("ok", &self.0.is_ok())?;
        match &self.0 {
            Ok(data) => fields.serialize_field("data", data)?,
            Err(failure) => fields.serialize_field("failure", failure)?,
        }
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use client::Unreachable;
    use serde_json::json;

    #[test]
    fn pages_read_the_outcome_they_know() {
        let good: Outcome<u8> = Ok(7).into();
        assert_eq!(serde_json::to_value(good).unwrap(), json!({"ok": true, "data": 7}));
        let bad: Outcome<u8> = Err(Failure::from(&Error::from(Unreachable::Connect))).into();
        let expected = json!({"ok": false, "failure": {"kind": "unreachable"}});
        assert_eq!(serde_json::to_value(bad).unwrap(), expected);
    }
}
