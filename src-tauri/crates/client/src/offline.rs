//! The desk while no server can be reached: it goes on by itself.
//!
//! A desk's program sends its page's requests through a [`Desk`]. While the server is there, the desk passes them on
//! and keeps what it would need without it. If nobody answers, or the database is away, the desk answers the same
//! requests in the same shapes: it decides by the rules of `domain`, writes into a journal, and only then says so. Once
//! the server is back, the entries go to it in their order, each as the request that it was, with the time at which it
//! happened. The server decides again, by the same rules. If it decides otherwise than the desk did, the entry is a
//! [`Conflict`] that a person has to look at. No entry is dropped.
//!
//! - [`clock`]: the server's time, as far as this PC knows it
//! - the crate `luring`: what the desk knows, decides and remembers
//! - `journal`: the file that survives a power cut; `seal` encrypts it, `files` says where it stands
//! - `moving`: a journal that goes to another PC

pub mod clock;
mod desk;
mod files;
mod journal;
mod moving;
mod seal;
mod state;

pub use clock::Clock;
pub use desk::{Desk, Standing};
pub use files::{PROFILE, folder};
pub use luring::{Conflict, Kegiatan, Reason, Unsettled};
pub use moving::Moving;
