//! The real program: its command lines, how it starts, stops and dies, and what it leaves on disk and in its log.

mod api;
#[cfg(unix)]
mod audit;
#[cfg(unix)]
mod backup;
#[cfg(unix)]
mod before_update;
mod copy;
mod database;
#[cfg(unix)]
mod few_files;
mod flow;
mod init;
mod kill;
mod log;
#[cfg(unix)]
mod messages;
#[cfg(unix)]
mod place;
mod program;
#[cfg(unix)]
mod restore;
mod school;
mod secrets;
mod start;
#[cfg(unix)]
mod stop;
mod unusable;
mod upkeep;
