//! Stories of appointments and visits: how they are made, moved on, given another time, and found.

mod apply;
mod create;
mod list;
mod machine;
pub(crate) mod reschedule;
mod seri;
mod ubah;
mod urung;
