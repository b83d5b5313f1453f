//! What the desktop program's pages may ask of it, and what they are told: every command with its request, its reply
//! and the windows that may call it, each declared once.
//!
//! The declaration is `list.rs`. The program's build script makes the windows' capabilities from it, and the program
//! its handlers. A test here makes the types that the pages are checked against (`ui/src/host/contract.d.mts`). A
//! command that is missing on one side, or has another type there, does not compile.

#[macro_use]
mod list;
mod api;
mod bytes;
mod channel;
mod command;
mod desk;
mod failure;
mod luring;
mod program;
mod secret;
mod setup;
#[cfg(test)]
mod typescript;
mod updates;

pub use api::Api;
pub use bytes::{Body, Bytes, Reply};
pub use channel::{Channel, Message};
pub use command::*;
pub use desk::{
    Pairing, PictureFault, ScanRejection, Scanner, ScannerFault, ScannerKind, ScannerState, WhyRejected,
};
pub use failure::{AddressFault, Failure};
pub use luring::{Alasan, Kegiatan, Luring, MovedJournal, Unsettled};
pub use program::{Language, ProgramInfo, Role, TrayChoice, UnknownRole};
pub use secret::Secret;
pub use setup::{
    Devices, FinishReason, FoundBackup, Nilai, RestoreProgress, RestoreStep, RestoredSchool, ServerAddress,
    Setup, SetupAdmin, SetupScanners, SetupServer, Sighting, Trouble, TroubleReason,
};
pub use updates::{SesiStatus, SignedOut, Update};
