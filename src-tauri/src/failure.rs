//! Translates the client's errors into what pages are told.

use client::{Error, Refusal};
use contract::Failure;
use domain::ErrorCode;

/// Why there is no answer.
pub(crate) fn of(error: &Error) -> Failure {
    match error {
        Error::Problem(refusal) if refusal.code == ErrorCode::DatabaseTidakTersedia => Failure::Unavailable,
        Error::Problem(refusal) => {
            let Refusal { problem, retry_after_s } = &**refusal;
            Failure::Problem { problem: Box::new(problem.clone()), retry_after_s: *retry_after_s }
        }
        Error::Unauthorised => Failure::SignedOut,
        error => {
            tracing::info!(%error, "no answer");
            Failure::Unreachable
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use client::Unreachable;
    use serde_json::json;

    #[test]
    fn pages_read_the_failure_they_know() {
        let failure = of(&Error::from(Unreachable::Connect));
        assert_eq!(serde_json::to_value(failure).unwrap(), json!({"kind": "unreachable"}));
    }
}
