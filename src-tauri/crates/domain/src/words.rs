//! Words of the tables and of JSON, as enums.

/// An enum whose variants are words of the tables and of JSON, each said once, and the error of a word that is none of
/// them.
macro_rules! words {
    (
        $(#[$about:meta])*
        pub enum $name:ident, else $unknown:ident $message:literal {
            $($(#[$meaning:meta])* $variant:ident = $word:tt,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$meaning])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in this order.
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// The word in tables and JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        /// A word that is none of them.
        #[derive(Debug, thiserror::Error, PartialEq, Eq)]
        #[error($message)]
        pub struct $unknown;

        impl std::str::FromStr for $name {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, $unknown> {
                Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or($unknown)
            }
        }
    };
}

pub(crate) use words;
