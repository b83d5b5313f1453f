//! Signing in: access tokens, refresh tokens, passwords, and what slows down guessing.

pub(crate) mod device;
pub mod password;
pub(crate) mod queue;
pub(crate) mod refresh;
pub(crate) mod throttle;
pub mod token;
