//! Sends the queued messages: by e-mail and by WhatsApp, each in its own words, once.
//!
//! The queue is the database's. A worker takes a message out for a while, writes it with what is true now, sends it by
//! the first channel that can, and notes what became of it.

pub mod channel;
