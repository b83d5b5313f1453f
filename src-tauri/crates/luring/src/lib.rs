//! A desk while no server can be reached: what it knows of the school, what it decides by the rules of `domain`, and
//! what it remembers. It does no input or output and asks no clock: whoever holds a [`Memory`] says what time it is,
//! writes down the [`Record`]s that it gives, and sends its entries. So a program and a page in a browser go on alike.
//!
//! - `request`: which requests of a page a desk can answer
//! - `book`: what is known of the school; `decide`, `moves`, `guests` and `listing` answer from it
//! - `memory`: the book with what has happened since
//! - `news`: what a guru is told while only the database is away
//! - `replay`: what the server says to an entry
//! - `moving`: entries that go to another desk

mod answer;
mod book;
mod decide;
mod entry;
mod guests;
mod listing;
mod memory;
mod moves;
mod moving;
mod named;
mod news;
mod replay;
mod request;

pub use answer::{Answer, is_away};
pub use book::Pack;
pub use entry::{Conflict, Entry, Kegiatan, Reason, Record, Unsettled};
pub use memory::{Decided, Memory, Next, Request, Standing};
pub use moving::Moved;
pub use named::Named;
pub use news::{NEWS_PATH, is_heard};
pub use replay::{Verdict, verdict};
pub use request::{Asked, read};
