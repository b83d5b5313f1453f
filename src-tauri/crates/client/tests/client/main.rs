//! The client with a small stand-in for the server, over lines that break.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

mod chain;
mod cuts;
mod pin;
mod repeat;
mod sesi;
mod subscription;
mod support;
