//! Identities of the three entities. Newtypes, so that a guest's number is never taken for a guru's.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// Identity of a [`Pengguna`](crate::Pengguna): a 64-bit number given by the database, from 1 on.
    IdPengguna
);
id!(
    /// Identity of a [`Tamu`](crate::Tamu).
    IdTamu
);
id!(
    /// Identity of a [`JanjiTemu`](crate::JanjiTemu), and of the notification that derives from it.
    IdJanjiTemu
);
