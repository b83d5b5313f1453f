//! What the log tells of security: who did what, to whom, by identities only.
//!
//! Each line has the target `audit` and an `aksi`. A name, an address, a number, a token or a code never stands in one.

/// Logs an act: its word, then identities as `name = number`. `WARN` in front marks one that somebody should look at.
macro_rules! audit {
    (WARN, $aksi:literal $(, $id:ident = $value:expr)* $(,)?) => {
        tracing::warn!(target: "audit", aksi = $aksi $(, $id = $value)*)
    };
    ($aksi:literal $(, $id:ident = $value:expr)* $(,)?) => {
        tracing::info!(target: "audit", aksi = $aksi $(, $id = $value)*)
    };
}

pub(crate) use audit;
