//! What the log tells of security: what was refused or limited, by identities only. What was done leaves an entry in
//! the [audit](crate::audit) instead.
//!
//! Each line has the target `audit` and an `aksi`. A name, an address, a number, a token or a code never stands in one.

/// Logs it: its word, then identities as `name = number`. `WARN` in front marks one that somebody should look at.
macro_rules! refused {
    (WARN, $aksi:literal $(, $id:ident = $value:expr)* $(,)?) => {
        tracing::warn!(target: "audit", aksi = $aksi $(, $id = $value)*)
    };
    ($aksi:literal $(, $id:ident = $value:expr)* $(,)?) => {
        tracing::info!(target: "audit", aksi = $aksi $(, $id = $value)*)
    };
}

pub(crate) use refused;
