//! A command is one type: the request. Its name, its windows and its reply belong to that type.

use domain::{IdJanjiTemu, Pengguna};
use serde::{Deserialize, de::DeserializeOwned};
use ts_rs::TS;

use crate::{
    Api, Bytes, Channel, Devices, FoundBackup, Language, Message, MovedJournal, Nilai, Pairing, ProgramInfo,
    Reply, RestoreProgress, RestoredSchool, ScanRejection, Scanner, Secret, ServerAddress, SesiStatus, Setup,
    Sighting, TrayChoice, Trouble, Unsettled, Update,
};

/// A request of a page. A value of the type is one request.
pub trait Command: DeserializeOwned + TS + Send + 'static {
    /// The name by which pages call it.
    const NAME: &'static str;
    /// The windows that may call it.
    const WINDOWS: &'static [&'static str];
    /// The call's body is bytes. The request then stands as JSON in the header [`ARGS_HEADER`], percent-encoded.
    const HAS_BYTES: bool;
    /// The answer. Every command fails in the same shape: [`crate::Failure`].
    type Reply: Reply + TS + 'static;
}

/// The header with the request, if the body is bytes.
pub const ARGS_HEADER: &str = "x-args";

macro_rules! declare {
    ($($windows:tt {$(
        $(#[$about:meta])*
        $name:ident $Request:ident { $($(#[$attribute:meta])* $field:ident: $Type:ty),* } $(with $bytes:ident)?
            -> $Reply:ty;
    )*})*) => {$($(
        $(#[$about])*
        #[derive(Deserialize, TS)]
        #[allow(missing_docs, reason = "the command's text says what its fields are")]
        pub struct $Request {
            $($(#[$attribute])* pub $field: $Type,)*
        }

        impl Command for $Request {
            const NAME: &'static str = stringify!($name);
            const WINDOWS: &'static [&'static str] = &$windows;
            const HAS_BYTES: bool = !stringify!($($bytes)?).is_empty();
            type Reply = $Reply;
        }
    )*)*};
}

with_commands!(declare);
