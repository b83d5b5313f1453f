//! The client against a small stand-in for the server, over lines that break.

mod chain;
mod support;
