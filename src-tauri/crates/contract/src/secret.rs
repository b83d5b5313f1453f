//! Passwords and PINs.

use std::ops::Deref;

use serde::Deserialize;
use ts_rs::{Config, TS};
use zeroize::Zeroizing;

/// A password or a PIN. It is shown nowhere, and its memory is cleared.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(Zeroizing<String>);

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Secret> for Zeroizing<String> {
    fn from(Secret(text): Secret) -> Self {
        text
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned().into())
    }
}

impl TS for Secret {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        "string".to_owned()
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}
