//! What SQLite promises beyond the stories, about its file and about being opened.

mod file;
mod laporan;
mod older;
mod open;
#[cfg(unix)]
mod place;
mod words;
