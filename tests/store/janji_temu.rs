//! Stories of appointments and visits: how they are made, how they move on, how they are given another time,
//! how they are found.

mod apply;
mod create;
mod list;
mod machine;
mod reschedule;
mod ubah;
mod urung;
