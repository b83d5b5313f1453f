//! The server's own shapes, which pages know from its OpenAPI document under the same names.

use domain::{
    Pengguna,
    cadangan::BackupAlarm,
    json::{ChannelState, JanjiTemu, Presence, Problem},
    notifikasi::Notifikasi,
    password::InvalidPassword,
    pesan::PesanKeluar,
};
use serde::{Deserialize, Serialize};
use ts_rs::{Config, TS};

/// A shape of the server's, as it is.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Api<T>(pub T);

/// What the server's document calls it.
trait Named: 'static {
    const NAME: &'static str;
}

macro_rules! named {
    ($($Shape:ident),*) => {
        $(impl Named for $Shape {
            const NAME: &'static str = stringify!($Shape);
        })*

        /// Every such shape.
        #[cfg(test)]
        pub(crate) const NAMES: &[&str] = &[$(stringify!($Shape)),*];
    };
}

named!(
    BackupAlarm,
    ChannelState,
    InvalidPassword,
    JanjiTemu,
    Notifikasi,
    Pengguna,
    PesanKeluar,
    Presence,
    Problem
);

impl<T: Named> TS for Api<T> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        T::NAME.to_owned()
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }
}
